from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from briefer.domain.queries import Words
from briefer.domain.results import Hit
from briefer.services.desk import Desk
from briefer.services.ports import Progress
from briefer.ui.context import Context
from briefer.ui.library import page as library_page
from briefer.ui.library.asking import find
from briefer.ui.library.facet_kinds import counts_of
from briefer.ui.library.grouping import Grouping
from briefer.ui.library.page import LibraryPage
from tests.ui.endless import Endless


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> LibraryPage:
    made = LibraryPage(context)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.enter()
    _settle(context, qtbot)
    made.activateWindow()
    made.search.field.setFocus()
    qtbot.waitUntil(made.search.field.hasFocus)
    return made


def _settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


def _saved(page: LibraryPage, row: int = 0) -> QTreeWidgetItem:
    item = page.saved.topLevelItem(row)
    assert item is not None
    return item


def test_a_field_and_its_value_are_completed_with_the_keyboard(page: LibraryPage, qtbot: QtBot) -> None:
    field, offered = page.search.field, page.search.help
    qtbot.keyClicks(field, "partn")
    assert offered.isVisible()
    assert offered.currentRow() == -1
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "partner:"
    qtbot.keyClicks(field, "germ")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "partner:DE "
    assert not offered.isVisible()


def test_enter_searches_while_nothing_is_chosen(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search.field, "india")
    assert page.search.help.isVisible()
    qtbot.keyClick(page.search.field, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert page.search.text == "india"
    assert not page.search.help.isVisible()
    assert desk.searches.recent() == ("india",)


def test_escape_closes_the_offers_before_it_clears_the_field(page: LibraryPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search.field, "risk:")
    qtbot.keyClick(page.search.field, Qt.Key.Key_Escape)
    assert not page.search.help.isVisible()
    assert page.search.text == "risk:"
    qtbot.keyClick(page.search.field, Qt.Key.Key_Escape)
    assert page.search.text == ""


def test_searches_used_lately_come_with_down(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    desk.searches.note("rare earth")
    desk.searches.note("partner:IN")
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    qtbot.waitUntil(page.search.help.isVisible)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Up)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert page.search.text == "rare earth"
    assert desk.searches.recent()[0] == "rare earth"


def test_down_goes_to_the_list_where_nothing_is_offered(
    page: LibraryPage, context: Context, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.search.list_wanted):
        qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    page.search.set_text("partner:IN ")
    with qtbot.waitSignal(page.search.list_wanted):
        qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    _settle(context, qtbot)


def test_opening_a_hit_keeps_the_search(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page.search.set_text("partner:IN")
    _settle(context, qtbot)
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert desk.searches.recent() == ("partner:IN",)


@pytest.mark.parametrize("sources", [False, True])
def test_what_is_read_stays_chosen_when_the_search_is_taken_away(
    page: LibraryPage, context: Context, qtbot: QtBot, *, sources: bool
) -> None:
    if sources:
        page.list.show_sources()
        _settle(context, qtbot)
    view = page.list.sources if sources else page.list.excerpts
    view.choose_row(7)
    _settle(context, qtbot)
    item, read = view.current_item(), page.source.view
    assert item is not None
    assert read is not None
    for text in ("nothing has these words", ""):
        page.search.set_text(text)
        _settle(context, qtbot)
    assert page.source.view is not None
    assert page.source.view.source.id == read.source.id
    chosen = view.current_item()
    assert chosen is not None
    assert chosen.source.id == item.source.id
    if isinstance(item, Hit):
        assert isinstance(chosen, Hit)
        assert chosen.excerpt.id == item.excerpt.id
    page.search.set_text("ports")
    _settle(context, qtbot)
    assert view.currentIndex().row() == 0


@pytest.mark.parametrize("by", [Grouping.SOURCE, Grouping.PARTNER])
def test_what_is_read_stays_chosen_when_the_list_is_grouped(
    page: LibraryPage, context: Context, qtbot: QtBot, by: Grouping
) -> None:
    view = page.list.excerpts
    view.choose_row(7)
    _settle(context, qtbot)
    item = view.current_item()
    assert isinstance(item, Hit)
    for grouping in (by, Grouping.NONE):
        page.list.head.arrange(page.list.head.sort, grouping)
        _settle(context, qtbot)
        assert page.source.inspector.excerpt == item.excerpt
    assert view.currentIndex().row() == 7


def test_hints_stand_below_the_field(page: LibraryPage, context: Context, qtbot: QtBot) -> None:
    page.search.set_text("rare (earth")
    _settle(context, qtbot)
    assert page.search.objection.isVisible()
    assert page.search.objection.text().startswith("Character 6:")
    assert page.search.objection.property("role") == "soft"
    page.search.set_text("organisation")
    _settle(context, qtbot)
    assert page.search.objection.text() == "Character 1: “organization” in its place finds 1"
    assert page.list._nothing.isVisible()
    assert page.list._nothing.text().endswith("\n\n“organization” in its place finds 1")
    page.search.set_text("organis")
    _settle(context, qtbot)
    assert not page.search.objection.isVisible()
    page.search.set_text("after:soon")
    _settle(context, qtbot)
    assert page.search.objection.property("role") == "error"
    page.search.set_text("rare")
    _settle(context, qtbot)
    assert not page.search.objection.isVisible()


def test_a_search_is_saved_named_counted_and_opened(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    assert not page.saved.isVisible()
    page.search.set_text("partner:IN")
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    _settle(context, qtbot)
    qtbot.waitUntil(lambda: bool(page.saved.findChildren(QLineEdit)))
    (editor,) = page.saved.findChildren(QLineEdit)
    qtbot.keyClicks(editor, "India")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [s.name for s in desk.searches.saved()] == ["India"])
    _settle(context, qtbot)
    assert [s.query for s in desk.searches.saved()] == ["partner:IN"]
    assert _saved(page).text(1) == str(desk.find.excerpts("partner:IN", limit=0).total)
    page.search.set_text("")
    page.saved.setCurrentItem(_saved(page))
    qtbot.keyClick(page.saved, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert page.search.text == "partner:IN"


def test_a_search_is_not_saved_twice(page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot) -> None:
    page.saved.save("rare")
    page.saved.save("   ")
    _settle(context, qtbot)
    page.saved.save("rare ")
    _settle(context, qtbot)
    assert [s.query for s in desk.searches.saved()] == ["rare"]


def test_saved_counts_follow_changes(page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot) -> None:
    context.change(lambda: desk.searches.save("All", "partner:IN"))
    _settle(context, qtbot)
    before = int(_saved(page).text(1))
    first = desk.find.excerpt_ids("partner:IN -used:yes")[0]
    context.change(lambda: desk.curate.remove_excerpts([first]))
    qtbot.waitUntil(lambda: _saved(page).text(1) == str(before - 1))
    _settle(context, qtbot)


def test_a_saved_search_is_removed_and_brought_back(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    context.change(lambda: desk.searches.save("Soon", "risk:cyber"))
    _settle(context, qtbot)
    page.saved.setCurrentItem(_saved(page))
    qtbot.keyClick(page.saved, Qt.Key.Key_Delete)
    _settle(context, qtbot)
    assert desk.searches.saved() == ()
    assert not page.saved.isVisible()
    context.undo()
    _settle(context, qtbot)
    assert [s.name for s in desk.searches.saved()] == ["Soon"]
    assert page.saved.isVisible()


def test_a_damaged_index_is_told_and_made_anew(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def harm() -> None:
        with closing(sqlite3.connect(desk.library.path)) as connection:
            connection.execute("UPDATE excerpt_index_data SET block = x'00' WHERE id > 10")
            connection.commit()

    told: list[bool] = []
    repair = desk.library.repair

    def watched(progress: Progress | None = None) -> tuple[str, ...]:
        told.append(page.notice.isVisible())
        return repair(progress)

    monkeypatch.setattr(desk.library, "repair", watched)
    harm()
    page.search.set_text("letterboxes")
    _settle(context, qtbot)
    assert told == [True]
    assert not page.notice.isVisible()
    assert page.list.excerpt_model.rowCount() > 0
    assert not desk.find.excerpts("letterboxes").scanned
    assert desk.library.problems() == ()
    # What is damaged again at once is made anew by a person, who may rather look at the disk.
    harm()
    page.search.set_text("harbour")
    _settle(context, qtbot)
    assert told == [True]
    assert page.notice.isVisible()
    page.notice._repair.click()
    _settle(context, qtbot)
    assert told == [True, True]
    assert not page.notice.isVisible()


def test_an_index_that_is_untrue_because_of_a_forged_title_is_made_anew(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    source, *_ = desk.collect.sources()
    with closing(sqlite3.connect(desk.library.path)) as connection, connection:
        connection.execute("UPDATE sources SET title = ? WHERE id = ?", ("Never there " * 60, source.id))
    context.change(lambda: desk.collect.change_source(replace(source, title="Lanterns")))
    _settle(context, qtbot)
    assert not page.notice.isVisible()
    assert desk.find.index_is_sound()
    assert not [problem for problem in desk.library.problems() if "index" in problem]
    assert desk.collect.source(source.id).source.title == "Lanterns"


def test_an_index_that_is_not_as_it_was_left_is_made_anew(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.notice.look()
    _settle(context, qtbot)
    assert not page.notice.isVisible()
    monkeypatch.setattr(desk.find, "index_is_sound", lambda: False)
    repaired: list[str] = []
    page.notice.repaired.connect(lambda: repaired.append(page.search.text))
    page.notice.look()
    _settle(context, qtbot)
    assert repaired == [""]
    assert not page.notice.isVisible()


def test_searches_are_made_quicker_after_opening_and_after_imports(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(desk.find, "prepare", lambda: prepared.append(page.search.text))
    page.notice.look()
    _settle(context, qtbot)
    assert prepared == [""]
    source, *_ = desk.collect.sources()
    for title in ("Lanterns", "Lamps"):
        context.change(partial(desk.collect.change_source, replace(source, title=title)))
        _settle(context, qtbot)
    assert prepared == [""]
    assert page.notice._calm.isActive()
    page.notice._calm.start(0)
    qtbot.waitUntil(lambda: prepared == ["", ""])
    _settle(context, qtbot)


def test_a_later_keystroke_breaks_off_the_search_of_an_earlier(
    page: LibraryPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Endless(find, "slow")
    monkeypatch.setattr(library_page, "find", long)
    page.search.set_text("slow")
    qtbot.waitUntil(long.begun.is_set)
    page.search.set_text("india")
    qtbot.waitUntil(long.broken_off.is_set)
    _settle(context, qtbot)
    assert page.list.excerpt_model.words == (Words("india", prefix=True),)


def test_a_later_keystroke_breaks_off_the_counts_of_an_earlier(
    page: LibraryPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Endless(counts_of, "ports")
    monkeypatch.setattr(library_page, "counts_of", long)
    page.search.set_text("ports")
    qtbot.waitUntil(long.begun.is_set)
    page.search.set_text("india")
    qtbot.waitUntil(long.broken_off.is_set)
    _settle(context, qtbot)
    assert page.list.excerpt_model.words == (Words("india", prefix=True),)
