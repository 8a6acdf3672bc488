from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from briefer.domain.queries import EVERYTHING, Field, Match, Words
from briefer.domain.results import Hit, HitPage, Sort, Why
from briefer.errors import LibraryError
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.library import card_view
from briefer.ui.library.asking import Asked, find
from briefer.ui.library.cards import HEADING, ExcerptDelegate, shown_quote, small_font
from briefer.ui.library.grouping import MOST_BY_SOURCE, Grouping, grouped
from briefer.ui.library.in_words import why_in_words
from briefer.ui.library.list_pane import ListPane
from briefer.ui.library.results import ITEM, PAGE, ExcerptModel, Group, Heading, Stretch
from briefer.ui.theme import DARK


@pytest.fixture
def pane(context: Context, desk: Desk, qtbot: QtBot) -> ListPane:
    made = ListPane(context)
    qtbot.addWidget(made)
    made.resize(480, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.show_found(find(desk, Asked("")), refreshing=False)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return made


def _group(pane: ListPane, desk: Desk, by: Grouping, text: str = "") -> None:
    pane.head.arrange(Sort.NEWEST, by)
    pane.show_found(find(desk, Asked(text, Sort.NEWEST, by)), refreshing=False)


def _ids(desk: Desk, stretches: tuple[Stretch, ...]) -> list[str]:
    return [i for s in stretches for i in desk.find.excerpt_ids(s.query)[s.first : s.last + 1]]


def test_partners_are_counted_as_they_are_listed(pane: ListPane, context: Context, desk: Desk) -> None:
    _group(pane, desk, Grouping.PARTNER)
    model = pane.excerpt_model
    headings = [model.heading(row) for row in model.headings()]
    counts = desk.find.facets("").partner
    told = {heading.label: heading.count for heading in headings if heading}
    assert told["India"] == counts["IN"]
    assert model.rowCount() == len(headings) + sum(told.values())
    assert told.get("No partner", 0) == desk.find.excerpts("-partner:", limit=0).total


@pytest.mark.parametrize("by", [Grouping.SOURCE, Grouping.PUBLISHER])
def test_every_excerpt_is_in_one_group(desk: Desk, by: Grouping) -> None:
    total = desk.find.counts().excerpts
    groups = grouped(desk, EVERYTHING, total, by, Sort.NEWEST)
    assert groups is not None
    found = [i for group in groups for i in desk.find.excerpt_ids(group.query)]
    assert sorted(found) == sorted(desk.find.excerpt_ids(""))
    assert [group.count for group in groups] == [len(desk.find.excerpt_ids(group.query)) for group in groups]


def test_groups_by_source_have_a_limit_and_say_so(pane: ListPane, desk: Desk) -> None:
    assert grouped(desk, EVERYTHING, MOST_BY_SOURCE + 1, Grouping.SOURCE, Sort.NEWEST) is None
    pane.head.arrange(Sort.NEWEST, Grouping.SOURCE)
    pane.show_found(find(desk, Asked("")), refreshing=False)
    assert pane._told.isVisible()
    assert "2,000" in pane._told.text()


def test_a_group_is_folded_and_unfolded_with_the_keyboard(
    pane: ListPane, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    _group(pane, desk, Grouping.PARTNER)
    model, view = pane.excerpt_model, pane.excerpts
    before = model.rowCount()
    view.choose_row(0)
    assert isinstance(view.currentIndex().data(ITEM), Heading)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    first = model.heading(0)
    assert first is not None
    assert first.folded
    assert model.rowCount() == before - first.count
    assert str(view.currentIndex().data()).endswith("folded")
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert model.rowCount() == before - first.count
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert model.rowCount() == before


def test_rows_of_groups_show_what_their_queries_find(
    pane: ListPane, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    _group(pane, desk, Grouping.PUBLISHER)
    model = pane.excerpt_model
    for row in model.headings():
        model.index(row + 1).data(ITEM)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    for row in model.headings():
        heading, hit = model.heading(row), model.hit(row + 1)
        assert heading is not None
        assert hit is not None
        assert heading.label in {hit.source.publisher, "not stated"}
        assert model.row_of(hit.excerpt.id) == row + 1


def test_grouped_models_keep_the_rules_of_qt(context: Context, desk: Desk, qtbot: QtBot) -> None:
    model = ExcerptModel(context)
    tester = QAbstractItemModelTester(model)
    first = desk.find.excerpts(EVERYTHING, limit=PAGE)
    india = Match(Field.PARTNER, "IN")
    groups = (Group("India", desk.find.excerpts(india, limit=0).total, india), Group("Nobody", 0, india))
    model.show(EVERYTHING, Sort.NEWEST, (), first, groups)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    model.fold(0)
    assert model.rowCount() == 2
    model.refresh(first, groups)
    model.fold(1)
    model.fold(0)
    model.refresh(first)
    assert model.rowCount() == first.total
    assert tester is not None


def test_rows_passed_by_are_not_read(context: Context, desk: Desk, qtbot: QtBot) -> None:
    model = ExcerptModel(context)
    first = desk.find.excerpts(EVERYTHING, limit=PAGE)
    model.show(EVERYTHING, Sort.NEWEST, (), HitPage(1_000_000, None, first.hits))
    for row in range(PAGE, 1_000_000, 5_000):
        assert model.index(row).data(ITEM) is None
    assert len(model._wanted) + len(model._asked) < 30
    assert max(page for _group, page in model._wanted) > 19_000
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert not model._asked


def test_all_hits_are_selected_without_reading_them(pane: ListPane, desk: Desk, qtbot: QtBot) -> None:
    pane.excerpts.setFocus()
    qtbot.keyClick(pane.excerpts, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    (stretch,) = pane.stretches()
    assert stretch == Stretch(EVERYTHING, 0, desk.find.counts().excerpts - 1)
    qtbot.keyClick(pane.excerpts, Qt.Key.Key_Escape)
    assert pane.stretches() == (Stretch(EVERYTHING, 0, 0),)


def test_rows_are_selected_with_shift(pane: ListPane, desk: Desk, qtbot: QtBot) -> None:
    pane.excerpts.choose_row(2)
    for _time in range(3):
        qtbot.keyClick(pane.excerpts, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert _ids(desk, pane.stretches()) == list(desk.find.excerpt_ids("")[2:6])


def test_a_selection_across_groups_leaves_headings_out(pane: ListPane, desk: Desk) -> None:
    _group(pane, desk, Grouping.PARTNER)
    model = pane.excerpt_model
    second = model.headings()[1]
    stretches = model.stretches([(second - 2, second + 1)])
    counts = [model.heading(row) for row in model.headings()]
    assert counts[0] is not None
    assert [(s.first, s.last) for s in stretches] == [(counts[0].count - 2, counts[0].count - 1), (0, 0)]
    model.fold(0)
    assert model.stretches([(0, 2)]) == (Stretch(stretches[1].query, 0, 0),)


@pytest.mark.parametrize("by", list(Grouping))
def test_rows_of_a_long_list_lose_the_heights_of_headings_that_stood_there(
    pane: ListPane, desk: Desk, monkeypatch: pytest.MonkeyPatch, by: Grouping
) -> None:
    monkeypatch.setattr(card_view, "_FITTED", 5)
    _group(pane, desk, Grouping.SOURCE)
    _group(pane, desk, by)
    headings = set(pane.excerpt_model.headings())
    card = pane.excerpts.verticalHeader().defaultSectionSize()
    assert card > HEADING
    heights = [pane.excerpts.rowHeight(row) for row in range(pane.excerpt_model.rowCount())]
    assert heights == [HEADING if row in headings else card for row in range(len(heights))]


def test_a_hit_tells_why_it_stands_there(pane: ListPane, context: Context) -> None:
    index = pane.excerpt_model.index(0)
    hit = index.data(ITEM)
    assert isinstance(hit, Hit)
    assert hit.why is not None
    assert index.data(Qt.ItemDataRole.ToolTipRole) == why_in_words(hit.why, context)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == why_in_words(hit.why, context)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why(3, 3, 4, "B2"), "matches 3 words, 4 days old, B2"),
        (Why(1, 1, 1, "F6"), "matches 1 word, 1 day old, not graded"),
        (Why(1, 2, None, "B2"), "matches 1 of 2 words, no date, B2"),
        (Why(2, 2, 1, "B2", 1, "title"), "matches 2 words, 1 only in the title, 1 day old, B2"),
        (Why(2, 3, 1, "B2", 2, "speaker"), "matches 2 of 3 words, only in the speaker, 1 day old, B2"),
        (Why(2, 2, 1, "B2", 2), "matches 2 words, only beside the quotation, 1 day old, B2"),
        (Why(0, 0, 900, "A1"), "2 years old, A1"),
    ],
)
def test_why_in_words(context: Context, why: Why, told: str) -> None:
    assert why_in_words(why, context) == told


def test_a_failed_page_is_told_once(context: Context, desk: Desk) -> None:
    told: list[object] = []
    context.problem.connect(told.append)
    model = ExcerptModel(context)
    first = desk.find.excerpts(EVERYTHING, limit=PAGE)
    model.show(EVERYTHING, Sort.NEWEST, (), first)
    model._asked.add((0, 1))
    model._fail((0, 1), LibraryError("library-locked", name="x", holder="y"))
    assert len(told) == 1
    assert not model._asked


def test_a_word_far_into_an_excerpt_is_shown(desk: Desk) -> None:
    hit = desk.find.excerpts("", limit=1).hits[0]
    long = replace(hit, excerpt=replace(hit.excerpt, quote=f"{'Much is said first. ' * 20}Then gallium."))
    assert "gallium" in shown_quote(long, (Words("gallium"),))[:130]
    curly = replace(hit, excerpt=replace(hit.excerpt, quote=f"{'It’s said first. ' * 20}Then gallium."))
    assert len(shown_quote(curly, (Words("gallium"),))) > 110
    assert shown_quote(long, ()).startswith("“Much is said")
    wide = replace(hit, excerpt=replace(hit.excerpt, quote=f"{'輸出管理を強化した。' * 20}半導体である。"))
    assert "半導体" in shown_quote(wide, (Words("半導"),))[:66]


def test_cards_are_painted_anew_when_colours_or_words_change(pane: ListPane, context: Context) -> None:
    delegate = pane.excerpts.itemDelegate()
    assert isinstance(delegate, ExcerptDelegate)
    before = pane.excerpts.viewport().grab().toImage()
    assert pane.excerpts.viewport().grab().toImage() == before
    context.set_colours(DARK)
    pane.repaint_cards()
    dark = pane.excerpts.viewport().grab().toImage()
    assert dark != before
    pane.excerpt_model.words = (Words("the"),)
    assert pane.excerpts.viewport().grab().toImage() != dark


def test_end_and_home_go_to_the_last_and_the_first(pane: ListPane, qtbot: QtBot) -> None:
    last = pane.excerpt_model.rowCount() - 1
    qtbot.keyClick(pane.excerpts, Qt.Key.Key_End)
    assert pane.excerpts.currentIndex().row() == last
    qtbot.keyClick(pane.excerpts, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert pane.excerpts.currentIndex().row() == 0
    assert pane.excerpts.chosen_rows() == ((0, last),)


def test_a_narrow_card_tells_what_it_is_used_in(pane: ListPane, desk: Desk) -> None:
    delegate = pane.excerpts._delegate
    assert isinstance(delegate, ExcerptDelegate)
    found = desk.find.excerpts("", limit=1).hits[0]
    source = replace(found.source, publisher="The Gazette of Merchants and Harbours", reliability="F")
    hit = Hit(replace(found.excerpt, credibility="6"), source, used_in=2)
    font = pane.font()
    assert "not graded" in delegate.fitting_meta(hit, 2000, font)
    narrow = delegate.fitting_meta(hit, 330, font)
    assert "not graded" not in narrow
    assert "…" in narrow
    assert narrow.startswith("The G")
    assert narrow.endswith("used in 2 briefs")
    metrics = QFontMetricsF(small_font(font))
    assert metrics.horizontalAdvance(narrow) <= 330
    whole = metrics.horizontalAdvance(delegate.meta_of(hit, short=True))
    assert delegate.fitting_meta(hit, whole, font) == delegate.meta_of(hit, short=True)
