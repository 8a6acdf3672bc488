from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefer.domain.results import Corroboration, Hit
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query
from briefer.ui.context import Context
from briefer.ui.library import list_actions
from briefer.ui.library.brief_chooser import BriefChooser
from briefer.ui.library.corroboration import corroborated
from briefer.ui.library.page import LibraryPage
from briefer.ui.library.work_bar import WorkBar

_FREE = parse_tag("free:reviewed")
_COPY = (
    "The harbour authority said on Monday that spare gearboxes for its cranes would be held in common with three "
    "neighbouring ports, after a year in which late deliveries had stopped work on eleven days."
)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> LibraryPage:
    made = LibraryPage(context)
    qtbot.addWidget(made)
    made.resize(1400, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.enter()
    _settle(context, qtbot)
    return made


def _settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


def _choose(page: LibraryPage, qtbot: QtBot, count: int) -> None:
    page.list.excerpts.choose_row(0)
    for _time in range(count - 1):
        qtbot.keyClick(page.list.excerpts, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def _menu(page: LibraryPage) -> dict[str, object]:
    item = page.list.excerpts.current_item() or page.list.sources.current_item()
    page.list.menu_wanted.emit(item, QPoint(10, 10))
    menu = page.list.findChild(QMenu, "entry")
    assert menu is not None
    entries = {a.text().partition("\t")[0].replace("&", ""): a.trigger for a in menu.actions() if a.text()}
    menu.close()
    return {**entries}


def test_the_bar_is_there_while_several_are_chosen(page: LibraryPage, qtbot: QtBot) -> None:
    assert not page._bar.isVisible()
    _choose(page, qtbot, 3)
    assert page._bar.isVisible()
    assert page._bar._count.text() == "3 selected"
    page._bar.ended.emit()
    assert not page._bar.isVisible()
    _choose(page, qtbot, 3)
    page.search.set_text("nothing has these words")
    qtbot.waitUntil(lambda: page.list.excerpt_model.rowCount() == 0)
    assert not page._bar.isVisible()


@pytest.mark.parametrize("where", ["list", "facets", "search", "reader", "bar", "head"])
def test_escape_ends_a_selection_wherever_the_focus_is(page: LibraryPage, qtbot: QtBot, where: str) -> None:
    _choose(page, qtbot, 3)
    places: dict[str, QWidget] = {
        "list": page.list.excerpts,
        "facets": page.facets,
        "search": page.search.field,
        "reader": page.source.reader,
        "bar": page._bar.findChildren(QPushButton)[0],
        "head": page.list.head.findChildren(QAbstractButton)[0],
    }
    places[where].setFocus()
    qtbot.keyClick(places[where], Qt.Key.Key_Escape)
    assert not page._bar.isVisible()
    assert page.list.excerpts.hasFocus()
    assert page.list.excerpts.chosen_rows() == ((2, 2),)


def test_a_selection_is_tagged_untagged_and_undone(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    ids = desk.find.excerpt_ids("")[:4]
    _choose(page, qtbot, 4)
    told: list[str] = []
    page.told.connect(told.append)
    page._bar.tag_wanted.emit(_FREE)
    _settle(context, qtbot)
    assert set(desk.find.excerpt_ids("free:reviewed")) == set(ids)
    assert told == ["4 excerpts are changed."]
    assert page.doing.chosen == 4
    page._bar.untag_wanted.emit(_FREE)
    _settle(context, qtbot)
    assert desk.find.excerpt_ids("free:reviewed") == ()
    context.undo()
    context.undo()
    context.redo()
    _settle(context, qtbot)
    assert set(desk.find.excerpt_ids("free:reviewed")) == set(ids)


def test_t_in_the_list_tags_all_that_are_chosen(page: LibraryPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.excerpts.setFocus()
    _choose(page, qtbot, 3)
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_T)
    assert page._bar._tags.isVisible()
    page._bar._tags.close()
    page._bar.ended.emit()
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_T)
    assert not page._bar._tags.isVisible()
    assert page.source.inspector._popup.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_a_key_that_acts_on_one_says_so_where_several_are_chosen(
    page: LibraryPage, context: Context, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    told: list[str] = []
    context.told.connect(told.append)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.focus()
    qtbot.keyClick(page.list.excerpts, key, modifier)
    _settle(context, qtbot)
    assert told == []
    page.search.set_text("")
    page.search.search_now()
    _settle(context, qtbot)
    page.list.focus()
    _choose(page, qtbot, 3)
    qtbot.keyClick(page.list.excerpts, key, modifier)
    assert told == ["3 are selected; this is for the current one alone."]
    _settle(context, qtbot)


@pytest.mark.parametrize("sources", [False, True])
def test_delete_in_the_list_removes_all_that_are_chosen(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot, *, sources: bool
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    view = page.list.excerpts
    page.search.set_text("used:no")
    _settle(context, qtbot)
    if sources:
        page.list.show_sources()
        _settle(context, qtbot)
        view = page.list.sources
    view.choose_row(0)
    for _time in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page._bar._count.text() == "3 selected"
    before = desk.find.counts()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    _settle(context, qtbot)
    after = desk.find.counts()
    if sources:
        assert after.sources == before.sources - 3
    else:
        assert (after.sources, after.excerpts) == (before.sources, before.excerpts - 3)
    assert told == ["3 are in the trash; Ctrl+Z brings them back."]
    context.undo()
    _settle(context, qtbot)
    assert desk.find.counts() == before


@pytest.mark.parametrize("sources", [False, True])
def test_what_one_removes_is_told(
    page: LibraryPage, context: Context, qtbot: QtBot, *, sources: bool
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.search.set_text("used:no")
    _settle(context, qtbot)
    view = page.list.sources if sources else page.list.excerpts
    if sources:
        page.list.show_sources()
        _settle(context, qtbot)
    view.choose_row(0)
    item = view.current_item()
    assert item is not None
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    _settle(context, qtbot)
    named = f"“{item.source.title}”" if sources else "The excerpt"
    assert told == [f"{named} is in the trash; Ctrl+Z brings it back."]


def test_more_than_the_trash_takes_at_once_are_refused_with_a_word(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_actions, "_MOST_REMOVED", 2)
    told: list[str] = []
    page.told.connect(told.append)
    before = desk.find.counts()
    _choose(page, qtbot, 3)
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_Delete)
    _settle(context, qtbot)
    assert desk.find.counts() == before
    assert told == ["The trash takes 2 at once; 3 are chosen."]


def test_all_hits_are_tagged_without_being_listed(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page.search.set_text("partner:IN")
    _settle(context, qtbot)
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page._bar.tag_wanted.emit(_FREE)
    _settle(context, qtbot)
    assert set(desk.find.excerpt_ids("free:reviewed")) == set(desk.find.excerpt_ids("partner:IN"))


def test_a_selection_is_exported(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    _choose(page, qtbot, 5)
    told: list[str] = []
    page.told.connect(told.append)
    page.doing.export(tmp_path / "out.jsonl")
    _settle(context, qtbot)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum(len(line["excerpts"]) for line in lines) == 5
    assert told == ["5 excerpts written to out.jsonl."]
    page.doing.export(tmp_path / "none" / "out.jsonl")
    with qtbot.waitSignal(context.problem):
        pass
    _settle(context, qtbot)


def test_a_selection_is_quoted_in_a_brief(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    brief, _change = desk.compose.create(NewBrief("risk-brief", (parse_tag("risk:cyber"),), title="Cyber"))
    ids = [i for i in desk.find.excerpt_ids("")[:30] if i not in brief.excerpt_ids()][:1]
    page.search.set_text("")
    _settle(context, qtbot)
    rows = [page.list.excerpt_model.row_of(i) for i in ids]
    assert rows[0] is not None
    page.list.excerpts.choose_row(rows[0])
    assert page.doing.chosen == 1
    page.doing.ask_brief()
    dialog = page.list.findChild(BriefChooser)
    assert dialog is not None
    qtbot.waitUntil(dialog._ok.isEnabled)
    assert dialog.chosen[2] == "Cyber"
    dialog._ok.click()
    _settle(context, qtbot)
    assert ids[0] in desk.compose.brief(brief.id).excerpt_ids()
    context.undo(brief.id)
    _settle(context, qtbot)
    assert ids[0] not in desk.compose.brief(brief.id).excerpt_ids()


def test_too_many_for_a_brief_are_told(
    page: LibraryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefer.ui.library.list_actions.MOST_IN_BRIEF", 2)
    _choose(page, qtbot, 3)
    with qtbot.waitSignal(page.told) as told:
        page.doing.ask_brief()
    assert "2" in told.args[0]


def test_similar_excerpts_are_listed_and_left_again(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = _two_outlets(desk, tmp_path)
    page.search.set_text("gearboxes")
    _settle(context, qtbot)
    page.list.excerpts.choose_row(0)
    _settle(context, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_S, _CTRL_SHIFT)
    _settle(context, qtbot)
    similar = page.list.similar
    assert similar.isVisible()
    heading = similar.model.heading(0)
    assert heading is not None
    assert heading.label == "The same text"
    hit = similar.view.current_item()
    assert isinstance(hit, Hit)
    assert {hit.source.id, similar.of.source_id if similar.of else ""} == {first, second}
    assert "in common" in similar._delegate.meta_of(hit)
    assert page.source.inspector.excerpt == hit.excerpt
    qtbot.keyClick(similar.view, Qt.Key.Key_Escape)
    _settle(context, qtbot)
    assert page.list.excerpts.isVisible()
    assert page.source.inspector.excerpt == similar.of


def test_a_copy_is_said_to_tell_the_same_story(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = _two_outlets(desk, tmp_path)
    page.search.set_text("gearboxes")
    _settle(context, qtbot)
    page._show_similar()
    _settle(context, qtbot)
    hit = page.list.similar.view.current_item()
    assert isinstance(hit, Hit)
    page.list.menu_wanted.emit(hit, QPoint(10, 10))
    menu = page.list.findChild(QMenu, "entry")
    assert menu is not None
    join = next(action for action in menu.actions() if "same s" in action.text())
    join.trigger()
    menu.close()
    _settle(context, qtbot)
    assert [c.id for c in desk.collect.source(first).carriers] == [second]
    assert page.list.shows_similar


def test_what_nothing_resembles_says_so(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    excerpt = desk.find.excerpts("", limit=1).hits[0].excerpt
    page.list.show_similar(excerpt)
    page.list.similar._take(())
    assert page.list.similar._none.isVisible()
    page.list.similar._back.click()
    _settle(context, qtbot)
    assert page.list.excerpts.isVisible()


def test_more_from_a_source_is_searched_and_named(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    hit = page.list.excerpts.current_item()
    assert isinstance(hit, Hit)
    qtbot.keyClick(page, Qt.Key.Key_M, _CTRL_SHIFT)
    _settle(context, qtbot)
    own = len(desk.collect.source(hit.source.id).excerpts)
    assert page.list.excerpt_model.rowCount() == own
    chip = page.search._flow.itemAt(0)
    assert chip is not None
    widget = chip.widget()
    assert widget is not None
    assert hit.source.title[:20] in widget.accessibleName()


def test_what_is_listed_after_a_search_begun_twice_is_what_was_asked_for(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    """Going on to more of a source looks anew and then for the source, before the first answer is there."""
    page.search.set_text("india")
    _settle(context, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_M, _CTRL_SHIFT)
    _settle(context, qtbot)
    assert page.list.excerpt_model.words == ()
    page.list.excerpts.selectAll()
    (stretch,) = page.list.stretches()
    assert set(desk.find.excerpt_ids(stretch.query)) == set(desk.find.excerpt_ids(page.search.text))


def test_a_change_while_a_search_is_under_way_leaves_the_new_search(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page.search.set_text("risk:cyber")
    context.change(lambda: desk.searches.save("", "india"))
    page._search_again()
    _settle(context, qtbot)
    assert page.list.excerpt_model.query == parse_query("risk:cyber")
    first = page.list.excerpt_model.hit(0)
    assert first is not None
    assert first.excerpt.id == desk.find.excerpt_ids("risk:cyber")[0]


def test_outlets_and_origins_are_told(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = _two_outlets(desk, tmp_path)
    page.search.set_text("gearboxes")
    _settle(context, qtbot)
    label = page.source.inspector.corroboration.label
    qtbot.waitUntil(lambda: label.text() == "Reported by 2 outlets, 1 origin")
    page.search.set_text("partner:IN")
    _settle(context, qtbot)
    qtbot.waitUntil(lambda: label.text() == "Reported by 1 outlet")
    assert first != second


def test_sources_of_one_story_are_said_to_be_so(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page.list.show_sources()
    _settle(context, qtbot)
    page.list.sources.choose_row(0)
    qtbot.keyClick(page.list.sources, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page._bar._story.isVisible()
    ids = page.list.chosen_sources()
    page._bar._story.click()
    _settle(context, qtbot)
    assert [c.id for c in desk.collect.source(ids[0]).carriers] == [ids[1]]
    context.undo()
    _settle(context, qtbot)
    assert desk.collect.source(ids[0]).carriers == ()


def test_sources_of_chosen_excerpts_are_joined_from_the_menu(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    hits = desk.find.excerpts("", limit=20).hits
    wanted = next(n for n, hit in enumerate(hits) if hit.source.id != hits[0].source.id)
    _choose(page, qtbot, wanted + 1)
    join = _menu(page)["Sources of the same story"]
    assert callable(join)
    join()
    _settle(context, qtbot)
    assert hits[wanted].source.id in {c.id for c in desk.collect.source(hits[0].source.id).carriers}


def test_the_menu_has_what_can_be_done(page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot) -> None:
    entries = _menu(page)
    assert list(entries) == [
        "Similar excerpts",
        "More from this source",
        "Quote in a brief…",
        "Export…",
        "Where used…",
        "Remove",
    ]
    page.search.set_text("-used:yes")
    _settle(context, qtbot)
    before = desk.find.counts().excerpts
    remove = _menu(page)["Remove"]
    assert callable(remove)
    remove()
    _settle(context, qtbot)
    assert desk.find.counts().excerpts == before - 1


def test_long_work_tells_how_far_it_is(context: Context, qtbot: QtBot) -> None:
    bar = WorkBar(context)
    qtbot.addWidget(bar)
    tell, stopped = bar.begin("Tagging")
    assert not bar.isVisible()
    assert bar.text == "Tagging…"
    tell(3000, 100_000, "")
    QApplication.processEvents()
    assert bar.text == "Tagging: 3,000 of 100,000"
    qtbot.waitUntil(bar.isVisible)
    assert not stopped()
    qtbot.mouseClick(bar._cancel, Qt.MouseButton.LeftButton)
    assert stopped()
    assert bar.text == "Stopping…"
    bar.end()
    assert not bar.isVisible()


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _two_outlets(desk: Desk, folder: Path) -> tuple[str, str]:
    """Take in one text from two outlets, and make an excerpt of it in each."""
    ids = []
    for number, outlet in enumerate(("Harbour Post", "The Courier")):
        line = {
            "csl": {
                "type": "article-newspaper",
                "title": f"Ports share spare parts, {outlet}",
                "publisher": outlet,
                "issued": {"date-parts": [[2026, 1, number + 1]]},
            },
            "text": _COPY,
            "excerpts": [{"quote": _COPY}],
        }
        file = folder / f"{number}.jsonl"
        file.write_text(json.dumps(line), encoding="utf-8")
        report = desk.exchange.import_lines(file.name, [file.read_bytes()])
        ids.append(report.source_ids[0])
    return ids[0], ids[1]


def test_all_outlets_that_carry_an_excerpt_are_counted(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "copies.jsonl"
    lines = [
        {"csl": {"title": f"T{n}", "publisher": f"Outlet {n}"}, "text": _COPY, "excerpts": [{"quote": _COPY}]}
        for n in range(70)
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    desk.importing.import_paths([file])
    (first, *_) = desk.find.excerpt_ids('"neighbouring ports"')
    assert corroborated(desk, first) == Corroboration(outlets=70, origins=1)
