from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefer.domain.queries import EVERYTHING, Field, as_typed, words_in
from briefer.domain.results import Hit, HitPage, Sort
from briefer.domain.spans import Span
from briefer.domain.tags import Role, Tag, TagKind, partner
from briefer.errors import KnownError
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query
from briefer.ui.context import Context
from briefer.ui.library.page import LibraryPage
from briefer.ui.library.reader import SPAN_MIME
from briefer.ui.library.results import ITEM, PAGE, ExcerptModel, SourceModel
from briefer.ui.library.tag_popup import TagPopup
from briefer.ui.library.uses_dialog import UsesDialog

_TEXT = """Ministers meet in Delhi

17 December 2025

First 🙂 paragraph: India and Japan agree on 𠮷野 rare earths, officials said after the talks in the capital.
"""


def _settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> LibraryPage:
    made = LibraryPage(context)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.enter()
    _settle(context, qtbot)
    return made


def _select(page: LibraryPage, words: str) -> None:
    reader = page.source.reader
    found = reader.document().find(words)
    assert not found.isNull()
    reader.setTextCursor(found)


def _open_own(page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot) -> str:
    file = tmp_path / "own.txt"
    file.write_text(_TEXT, encoding="utf-8")
    (result,) = desk.importing.import_paths([file]).results
    assert result.source is not None
    page.source.show_source(result.source.id)
    _settle(context, qtbot)
    return result.source.id


def test_it_begins_with_all_excerpts_and_reads_the_first(page: LibraryPage, desk: Desk) -> None:
    counts = desk.find.counts()
    assert page.list.excerpt_model.rowCount() == counts.excerpts
    assert page.source.inspector.excerpt == desk.find.excerpts("").hits[0].excerpt
    assert str(counts.excerpts) in page.search.found.text()


def test_typing_searches_after_a_moment(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.search.query_changed):
        qtbot.keyClicks(page.search.field, "rare earth")
    _settle(context, qtbot)
    assert page.list.excerpt_model.rowCount() == desk.find.excerpts("rare earth").total > 0


def test_a_wrong_query_is_told_in_place_and_keeps_the_list(
    page: LibraryPage, context: Context, qtbot: QtBot
) -> None:
    rows = page.list.excerpt_model.rowCount()
    page.search.set_text("after:soon")
    _settle(context, qtbot)
    assert page.search.objection.isVisible()
    assert "1" in page.search.objection.text()
    assert page.list.excerpt_model.rowCount() == rows
    page.search.set_text("after:2025")
    _settle(context, qtbot)
    assert not page.search.objection.isVisible()


def test_facets_filter_and_chips_take_the_filter_away(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page.facets.toggled.emit(Field.PARTNER, "IN")
    _settle(context, qtbot)
    assert page.search.text == "partner:IN"
    assert page.list.excerpt_model.rowCount() == desk.find.excerpts("partner:IN").total
    chips = [b for b in page.search.findChildren(QPushButton) if b.property("chip") and b.isVisible()]
    assert [chip.text() for chip in chips] == ["India  ✕"]
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    _settle(context, qtbot)
    assert page.search.text == ""


def test_a_facet_is_chosen_with_the_keyboard(page: LibraryPage, context: Context, qtbot: QtBot) -> None:
    group = page.facets.topLevelItem(0)
    assert group is not None
    first = group.child(0)
    assert first is not None
    page.facets.setCurrentItem(first)
    qtbot.keyClick(page.facets, Qt.Key.Key_Return)
    assert page.search.text.startswith("partner:")
    _settle(context, qtbot)


def test_a_selection_becomes_an_excerpt_exactly(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    _select(page, "🙂 paragraph: India and Japan agree on 𠮷野 rare")
    qtbot.keyClick(page.source.reader, Qt.Key.Key_E)
    _settle(context, qtbot)
    (excerpt,) = desk.collect.source(source_id).excerpts
    assert excerpt.quote == "🙂 paragraph: India and Japan agree on 𠮷野 rare"
    assert page.source.inspector.excerpt == excerpt
    popup = page.source.inspector.findChild(type(page.source.inspector._popup))
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClicks(popup.field, "in")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert desk.collect.source(source_id).excerpts[0].tags == (Tag(TagKind.PARTNER, "IN", Role.PARTNER),)
    popup.hide()
    context.undo()
    context.undo()
    _settle(context, qtbot)
    assert desk.collect.source(source_id).excerpts == ()
    assert page.source.inspector.excerpt is None


def test_a_selection_can_be_dropped_on_the_tray(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    _select(page, "officials said")
    data: QMimeData = page.source.reader.createMimeDataFromSelection()
    assert data.hasFormat(SPAN_MIME)
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.source.tray.dropEvent(drop)
    _settle(context, qtbot)
    page.source.inspector._popup.hide()
    assert [e.quote for e in desk.collect.source(source_id).excerpts] == ["officials said"]


def test_what_is_not_the_article_is_refused_calmly(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    problems: list[KnownError] = []
    context.problem.connect(problems.append)
    view = page.source.view
    assert view is not None
    furniture = next(s for s in view.snapshot.reading.segments if s.kind == "furniture")
    page.source.reader.excerpt_wanted.emit(Span(furniture.span.start, furniture.span.end))
    _settle(context, qtbot)
    assert [p.code for p in problems] == ["quote-furniture"]


def test_furniture_is_hidden_until_wanted(page: LibraryPage, qtbot: QtBot) -> None:
    view = page.source.view
    assert view is not None
    furniture = next(s for s in view.snapshot.reading.segments if s.kind == "furniture")
    text = view.snapshot.text[furniture.span.start : furniture.span.end]
    before = page.source.reader.toPlainText().count(text)
    page.source.reader.setFocus()
    qtbot.keyClick(page.source.reader, Qt.Key.Key_H)
    assert page.source.reader.toPlainText().count(text) > before
    qtbot.keyClick(page.source.reader, Qt.Key.Key_H)
    assert page.source.reader.toPlainText().count(text) == before


def test_suggestions_are_confirmed_one_by_one_and_together(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    offered = desk.collect.source(source_id).suggestions
    assert offered
    page.source.reader.suggestion_confirmed.emit(0)
    _settle(context, qtbot)
    view = desk.collect.source(source_id)
    assert len(view.suggestions) == len(offered) - 1
    assert any(offered[0].tag in e.tags for e in view.excerpts)
    shown = page.source.inspector.excerpt
    assert shown is not None, "the panel shows what the suggestion went to"
    assert offered[0].tag in shown.tags
    there = len(view.excerpts)
    told = page.source._confirm.text()
    page.source.reader.setFocus()
    qtbot.keyClick(page.source.reader, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    _settle(context, qtbot)
    assert desk.collect.source(source_id).suggestions == ()
    made = len(desk.collect.source(source_id).excerpts) - there
    assert (str(made) in told.partition(":")[2]) is bool(made)
    assert "Shift+S" in told


def test_keys_shown_on_buttons_work_from_the_lists_and_not_in_the_search_field(
    page: LibraryPage,
    context: Context,
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tagged: list[bool] = []
    monkeypatch.setattr(page.source.inspector._popup, "open_at", lambda *_place: tagged.append(True))
    page.list.excerpts.setFocus()
    first = page.list.excerpts.currentIndex()
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_T)
    assert tagged
    assert page.list.excerpts.currentIndex() == first
    page.search.field.setFocus()
    qtbot.keyClicks(page.search.field, "Tt")
    assert (page.search.text, len(tagged)) == ("Tt", 1)
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    assert desk.collect.source(source_id).suggestions
    page.source.reader.setFocus()
    qtbot.keyClick(page.source.reader, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    _settle(context, qtbot)
    assert desk.collect.source(source_id).suggestions == ()


def test_the_tags_of_the_passage_come_first_and_the_field_stands_beside_it(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    source, wanted = next(
        (s, suggestion)
        for s in desk.collect.sources()
        for suggestion in desk.collect.source(s.id).suggestions
        if any(e.paragraph == suggestion.paragraph for e in desk.collect.source(s.id).excerpts)
    )
    excerpts = desk.collect.source(source.id).excerpts
    page.show_source(source.id, next(e.id for e in excerpts if e.paragraph == wanted.paragraph))
    _settle(context, qtbot)
    popup = page.source.inspector._popup
    page.source.inspector._add.click()
    assert popup.isVisible()
    here = [s.tag for s in desk.collect.source(source.id).suggestions if s.paragraph == wanted.paragraph]
    shown = [popup.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.list.count())]
    assert shown[: len(here)] == here
    assert len(shown) == len(set(shown))
    popup.field.setText("zz")
    assert not {popup.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.list.count())} & {
        *here
    }
    popup.hide()


def test_the_field_of_tags_stands_beside_where_there_is_room(context: Context, qtbot: QtBot) -> None:
    popup = TagPopup(context)
    qtbot.addWidget(popup)
    screen = popup.screen().availableGeometry()
    pane = QRect(screen.right() - 300, screen.top(), 300, screen.height())
    assert popup.open_beside(pane, screen.bottom())
    assert not popup.geometry().intersects(pane)
    assert screen.contains(popup.geometry())
    popup.hide()
    assert not popup.open_beside(screen, screen.bottom())
    assert not popup.isVisible()


def test_a_tag_that_was_added_is_not_offered_first_again(context: Context, qtbot: QtBot) -> None:
    popup = TagPopup(context)
    qtbot.addWidget(popup)
    added: list[Tag] = []
    popup.added.connect(added.append)
    india, germany, japan = partner("IN"), partner("DE"), partner("JP")
    popup.suggested = (india, germany, japan)

    def offered() -> list[Tag]:
        return [popup.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.list.count())]

    popup.open_at(QPoint(0, 0), [germany])
    assert offered()[:2] == [india, japan]
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert added == [india]
    assert offered()[0] == japan
    assert not {india, germany} & {*offered()}
    popup.field.setText("india")
    assert offered()[0] == india
    popup.hide()
    popup.open_at(QPoint(0, 0))
    assert offered()[:3] == [india, germany, japan]
    popup.hide()


def test_a_suggestion_is_reached_and_confirmed_with_the_keyboard(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    before = len(desk.collect.source(source_id).suggestions)
    page.source.reader.setFocus()
    page.source.reader.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(page.source.reader, Qt.Key.Key_S)
    qtbot.keyClick(page.source.reader, Qt.Key.Key_Return)
    _settle(context, qtbot)
    assert len(desk.collect.source(source_id).suggestions) < before


def test_tab_goes_through_the_notes_as_they_stand(page: LibraryPage, qtbot: QtBot) -> None:
    inspector = page.source.inspector
    assert inspector.excerpt is not None
    tags = len(inspector.excerpt.tags)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    next(chip for chip in inspector._tags.findChildren(QPushButton) if chip.isVisible()).setFocus()
    passed: list[QWidget | None] = []
    for _ in range(tags + 6):
        passed.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    texts = [b.text() for b in passed if isinstance(b, QPushButton)]
    assert texts[tags : tags + 2] == ["＋ Tag (T)", "Remove"]
    assert passed[tags + 1 : tags + 3] == [inspector._kind, inspector._credibility]
    assert passed[tags + 4 :] == [inspector._speaker, inspector._comment]


def test_on_a_low_screen_the_notes_are_folded_and_the_text_has_room(
    page: LibraryPage, context: Context, qtbot: QtBot
) -> None:
    pane = page.source
    notes = pane._notes
    assert pane.inspector.excerpt is not None
    qtbot.waitUntil(lambda: notes.height() == pane.inspector.height())
    assert pane.inspector._speaker.isVisible()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.resize(1180, 600)
    qtbot.waitUntil(lambda: not pane.inspector._speaker.isVisible())
    qtbot.waitUntil(lambda: notes.height() == pane.inspector.height())
    pane.reader.setFocus()
    qtbot.keyClick(pane.reader, Qt.Key.Key_N)
    assert pane.inspector._speaker.hasFocus()
    qtbot.waitUntil(lambda: notes.height() < pane.inspector.height())
    qtbot.waitUntil(lambda: pane.reader.height() > notes.height())
    assert pane.inspector.width() <= notes.viewport().width()
    notes.verticalScrollBar().setValue(notes.verticalScrollBar().maximum())
    pane.edit_tags()
    assert notes.verticalScrollBar().value() == 0
    assert pane.inspector._fold is not None
    pane.inspector._fold.click()
    qtbot.waitUntil(lambda: pane.reader.height() > 3 * notes.height())
    page.resize(1180, 900)
    qtbot.waitUntil(pane.inspector._speaker.isVisible)
    qtbot.waitUntil(lambda: notes.height() == pane.inspector.height())
    pane.inspector.show_excerpt(None)
    assert notes.isHidden()


def test_notes_of_an_excerpt_are_kept(page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot) -> None:
    excerpt = page.source.inspector.excerpt
    assert excerpt is not None
    comment = page.source.inspector._comment
    comment.setFocus()
    comment.setText("check with the desk")
    qtbot.keyClick(comment, Qt.Key.Key_Return)
    _settle(context, qtbot)
    kept = next(e for e in desk.collect.source(excerpt.source_id).excerpts if e.id == excerpt.id)
    assert kept.comment == "check with the desk"
    assert kept.tags == excerpt.tags


def test_what_is_read_from_elsewhere_is_what_the_list_marks(
    page: LibraryPage, context: Context, qtbot: QtBot
) -> None:
    model = page.list.excerpt_model
    first = page.list.excerpts.current_item()
    assert isinstance(first, Hit)
    row, last = next(
        (row, hit)
        for row in range(model.rowCount())
        if (hit := model.hit(row)) is not None and hit.source.id != first.source.id
    )
    page.show_source(last.source.id, last.excerpt.id)
    _settle(context, qtbot)
    assert page.list.excerpts.current_item() == last
    assert page.list.excerpts.chosen_rows() == ((row, row),)
    assert page.source.view is not None
    assert page.source.view.source.id == last.source.id
    page.search.set_text(f"source:{first.source.id}")
    _settle(context, qtbot)
    page.show_source(last.source.id, last.excerpt.id)
    _settle(context, qtbot)
    assert page.list.excerpts.current_item() is None
    assert page.list.excerpts.chosen_rows() == ()
    assert page.source.view.source.id == last.source.id


def test_sources_are_listed_and_removed_and_brought_back(
    page: LibraryPage, context: Context, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source_id = _open_own(page, context, desk, tmp_path, qtbot)
    page.list.show_sources()
    page.search.search_now()
    _settle(context, qtbot)
    count = page.list.source_count
    page.list.choose_source(source_id)
    qtbot.keyClick(page.list.sources, Qt.Key.Key_Delete)
    _settle(context, qtbot)
    assert page.list.source_count == count - 1
    context.undo()
    _settle(context, qtbot)
    assert page.list.source_count == count


def test_models_keep_the_rules_of_qt(context: Context, desk: Desk, qtbot: QtBot) -> None:
    excerpts, sources = ExcerptModel(context), SourceModel(context)
    testers = [QAbstractItemModelTester(model) for model in (excerpts, sources)]
    first = desk.find.excerpts(EVERYTHING, limit=PAGE)
    excerpts.show(EVERYTHING, Sort.NEWEST, (), first)
    sources.show(desk.find.sources(EVERYTHING), ())
    _settle(context, qtbot)
    excerpts.refresh(HitPage(first.total - 5, first.sources, first.hits))
    excerpts.refresh(first)
    _settle(context, qtbot)
    excerpts.clear()
    assert len(testers) == 2


def test_pages_are_read_as_they_are_shown(context: Context, desk: Desk, qtbot: QtBot) -> None:
    model = ExcerptModel(context)
    model.show(EVERYTHING, Sort.NEWEST, (), desk.find.excerpts(EVERYTHING, limit=PAGE))
    last = model.index(model.rowCount() - 1)
    assert model.rowCount() > PAGE
    with qtbot.waitSignal(model.page_read):
        assert last.data(ITEM) is None
    assert last.data(ITEM) is not None


def test_new_brief_takes_the_tags_of_the_query(page: LibraryPage, context: Context, qtbot: QtBot) -> None:
    page.search.set_text("rare partner:IN risk:cyber theme:promotion")
    _settle(context, qtbot)
    with qtbot.waitSignal(page.brief_wanted) as wanted:
        page.search.brief_wanted.emit()
    assert [str(tag) for tag in wanted.args[0]] == ["partner:IN", "risk:cyber"]


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("rare ear", True),
        ("rare earth ", False),
        ('"rare earth"', False),
        ("ear partner:IN", False),
        ("e", True),
    ],
)
def test_the_word_being_typed_counts_as_a_beginning(text: str, prefix: bool) -> None:
    words = words_in(as_typed(parse_query(text), text))
    assert words[-1].prefix is prefix
    assert not any(word.prefix for word in words[:-1])


def test_a_row_whose_page_is_not_read_yet_is_read_and_shown(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    last = desk.find.counts().excerpts - 1
    page.list.excerpts.choose_row(last)
    _settle(context, qtbot)
    assert page.source.inspector.excerpt == desk.find.excerpts("", limit=1, offset=last).hits[0].excerpt


def test_where_the_shown_excerpt_is_used_opens_the_brief(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    (brief,) = desk.compose.briefs()
    used = desk.compose.brief(brief.id).excerpt_ids()[0]
    page.doing.ask_uses("", used)
    qtbot.waitUntil(lambda: page.findChild(UsesDialog) is not None)
    dialog = page.findChild(UsesDialog)
    assert isinstance(dialog, UsesDialog)
    with qtbot.waitSignal(page.opening_wanted) as opened:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert opened.args == [brief.id]


def test_a_library_without_excerpts_says_how_to_make_one(
    page: LibraryPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    for brief in desk.compose.briefs():
        desk.compose.remove(brief.id)
    desk.curate.remove_excerpts([hit.excerpt.id for hit in desk.find.excerpts("", limit=1000).hits])
    page.search.search_now()
    _settle(context, qtbot)
    page.list.show_excerpts()
    _settle(context, qtbot)
    assert page.list._nothing.isVisible()
    assert "no excerpts yet" in page.list._nothing.text()
    page.search.set_text("minister")
    page.search.search_now()
    _settle(context, qtbot)
    assert "No excerpt matches" in page.list._nothing.text()
