from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from briefer.domain.briefs import Brief
from briefer.domain.exporting import DEFAULT_STYLE
from briefer.domain.pieces import Pieces
from briefer.errors import InputError, KnownError
from briefer.services.desk import Desk
from briefer.services.kept import Proof
from briefer.ui.brief.export.memory import ExportMemory
from briefer.ui.brief.export.target import file_name
from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.outline_model import OutlineRole
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def _choose(opened: Open, row: int) -> None:
    view = opened.workspace.outline.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, 0))


def test_sections_move_and_change_level_by_keys(opened: Open) -> None:
    view, before = opened.workspace.outline.view, opened.headings
    _choose(opened, 1)
    opened.press(view, Qt.Key.Key_Up, ALT)
    assert opened.headings[:2] == [before[1], before[0]]
    assert opened.workspace.outline.current == opened.session.brief.sections[0].id
    opened.press(view, Qt.Key.Key_Down, ALT)
    assert opened.headings == before
    opened.press(view, Qt.Key.Key_Right, ALT)
    assert opened.stored.sections[1].level == 2
    opened.press(view, Qt.Key.Key_Left, ALT)
    assert opened.stored.sections[1].level == 1
    for _step in range(4):
        opened.undo()
    assert opened.headings == before


def test_sections_are_added_renamed_and_removed(opened: Open) -> None:
    outline, before = opened.workspace.outline, opened.headings
    _choose(opened, 0)
    opened.press(outline.view, Qt.Key.Key_Insert)
    assert opened.headings[1] == "New section"
    assert outline.view.currentIndex().row() == 1
    line = outline.view.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    opened.qtbot.keyClicks(line, "Scene")
    opened.press(line, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: opened.headings[1] == "Scene")
    opened.qtbot.waitUntil(lambda: outline.view.state() == outline.view.State.NoState)
    opened.press(outline.view, Qt.Key.Key_Delete)
    assert opened.headings == before
    opened.undo()
    assert opened.headings[1] == "Scene"


def test_choosing_a_section_leads_the_editor_and_the_tray(opened: Open) -> None:
    index = next(i for i, s in enumerate(opened.session.brief.sections) if s.level == 2)
    section = opened.session.brief.sections[index]
    _choose(opened, index)
    opened.settle()
    assert opened.editor.current_section == section.id
    assert opened.editor.verticalScrollBar().value() > 0
    scoped = opened.session.desk.compose.candidates(section.scope)
    assert opened.workspace.tray.model.rowCount() == scoped.total


@pytest.mark.parametrize("hidden", [False, True])
def test_the_tray_follows_what_is_tagged_and_undone_elsewhere(
    opened: Open, desk: Desk, *, hidden: bool
) -> None:
    context, tray = opened.session.context, opened.workspace.tray
    opened.settle()
    fitting, scope = tray.model.rowCount(), tray._scope()
    others = (e for s in desk.collect.sources() for e in desk.collect.source(s.id).excerpts)
    chosen = next(e for e in others if tray.model.find(e.id) is None)

    def counted_now(rows: int) -> None:
        opened.page.show()
        opened.qtbot.waitUntil(lambda: tray.model.rowCount() == rows)
        assert str(rows) in tray._told.text()

    opened.page.setHidden(hidden)
    context.change(lambda: desk.curate.tag([chosen.id], add=scope))
    opened.settle()
    counted_now(fitting + 1)
    opened.page.setHidden(hidden)
    context.undo()
    opened.settle()
    counted_now(fitting)


def test_return_in_the_tray_quotes_and_control_return_cites(opened: Open) -> None:
    tray, row = opened.workspace.tray, opened.prose()
    row.go(at_end=True)
    hit = tray.model.hit(0)
    assert hit is not None
    tray.view.setCurrentIndex(tray.model.index(0))
    opened.press(tray.view, Qt.Key.Key_Return, CONTROL)
    opened.editor.flush()
    assert opened.stored.sections[0].blocks[0].markdown.endswith(f"[@{hit.excerpt.id}]")
    opened.press(tray.view, Qt.Key.Key_Return)
    assert opened.stored.sections[0].blocks[1].excerpt_id == hit.excerpt.id
    opened.undo()
    assert len(opened.stored.sections[0].blocks) == 1


def test_the_trays_search_leads_into_its_list(opened: Open) -> None:
    tray = opened.workspace.tray
    opened.page.activateWindow()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        tray.search.setFocus()
        opened.qtbot.waitUntil(tray.search.hasFocus)
        tray.view.setCurrentIndex(QModelIndex())
        opened.press(tray.search, key)
        assert tray.view.hasFocus()
        assert tray.view.currentIndex().row() == 0


def test_shift_return_in_the_trays_search_writes_the_first_sentence_that_is_found(opened: Open) -> None:
    tray, row = opened.workspace.tray, opened.prose()
    row.go(at_end=True)
    with_text = row.edit.markdown
    hits = [tray.model.hit(number) for number in range(tray.model.rowCount())]
    last = hits[-1]
    assert last is not None
    assert last != hits[0]
    tray.search.setText(" ".join(last.excerpt.quote.split()[:5]))
    opened.press(tray.search, Qt.Key.Key_Return, SHIFT)
    opened.qtbot.waitUntil(lambda: row.edit.markdown != with_text)
    opened.editor.flush()
    assert f"[@{last.excerpt.id}]" in opened.stored.sections[0].blocks[0].markdown
    before = row.edit.markdown
    opened.press(tray.search, Qt.Key.Key_Return, CONTROL)
    assert row.edit.markdown.count(f"[@{last.excerpt.id}]") == 1 + before.count(f"[@{last.excerpt.id}]")


def test_citing_below_a_quotation_begins_a_text(opened: Open) -> None:
    tray, card = opened.workspace.tray, opened.first(RowKind.QUOTATION)
    card.go(at_end=False)
    opened.settle()
    hit = tray.model.hit(0)
    assert hit is not None
    tray.cite_wanted.emit(hit)
    opened.editor.flush()
    assert any(b.markdown == f"[@{hit.excerpt.id}]" for _s, b in opened.stored.blocks())


def test_the_tray_searches_and_takes_half_a_query_calmly(opened: Open) -> None:
    tray = opened.workspace.tray
    problems: list[object] = []
    opened.session.context.problem.connect(problems.append)
    total = tray.model.rowCount()
    tray.search.setText("cable")
    opened.qtbot.waitUntil(lambda: 0 < tray.model.rowCount() < total)
    tray.search.setText("cable (")
    opened.qtbot.waitUntil(lambda: not tray._pause.isActive())
    opened.settle()
    assert problems == []


def test_findings_are_counted_and_lead_to_their_place(opened: Open) -> None:
    workspace = opened.workspace
    opened.qtbot.waitUntil(lambda: workspace.checks.model.rowCount() > 0)
    count = workspace.checks.model.rowCount()
    assert str(count) in workspace.header.buttons["checks"].text()
    workspace.header.buttons["checks"].click()
    assert workspace.checks.isVisible()
    finding = next(
        f for i in range(count) if (f := workspace.checks.model.finding(i)) is not None and f.section
    )
    row = next(i for i in range(count) if workspace.checks.model.finding(i) == finding)
    workspace.checks.view.clicked.emit(workspace.checks.model.index(row))
    assert opened.editor.current_section == finding.section


def test_a_version_is_kept_and_gone_back_to(opened: Open) -> None:
    panel, before = opened.workspace.versions, opened.headings
    opened.workspace.show_panel("versions")
    panel.name.setText("first")
    opened.press(panel.name, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    _choose(opened, 0)
    opened.workspace.outline.remove()
    assert opened.headings == before[1:]
    panel.view.setCurrentIndex(panel.model.index(0))
    panel.restore.click()
    assert opened.headings == before
    opened.undo()
    assert opened.headings == before[1:]


def test_the_preview_follows_after_a_pause(opened: Open) -> None:
    opened.workspace.show_panel("preview")
    browser = opened.workspace.preview.page
    opened.qtbot.waitUntil(lambda: opened.session.brief.title in browser.toPlainText(), timeout=20_000)
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " Freshly typed")
    opened.qtbot.waitUntil(lambda: "Freshly typed" in browser.toPlainText(), timeout=20_000)


def test_the_preview_says_that_it_is_being_made_until_there_is_something_to_see(opened: Open) -> None:
    opened.workspace.show_panel("preview")
    page = opened.workspace.preview.page
    assert page.document().isEmpty()
    assert page.placeholderText() == "The preview is being made…"
    opened.qtbot.waitUntil(lambda: not page.document().isEmpty(), timeout=20_000)


def test_the_preview_has_the_citation_style_of_an_export(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief, context = opened.stored, opened.session.context
    publish = opened.session.desk.publish
    assert opened.session.form is not None
    usual = opened.session.form.style
    other = next(s for s in ("apa", "chicago-notes") if s != usual and s in publish.styles())
    assert publish.pieces(brief) == publish.pieces(brief, style=usual) != publish.pieces(brief, style=other)
    assert publish.pieces(brief, style="none-such") == publish.pieces(brief, style=DEFAULT_STYLE)
    asked: list[str] = []
    made = publish.pieces

    def seen(brief: Brief, proof: Proof | None = None, style: str = "") -> Pieces:
        asked.append(style)
        return made(brief, proof, style)

    monkeypatch.setattr(publish, "pieces", seen)
    opened.workspace.show_panel("preview")
    opened.settle()
    assert set(asked) == {usual}
    last = opened.workspace.export.last
    kept = replace(last, options=replace(last.options, style=other))
    ExportMemory(context.settings).keep(brief.form, kept)
    opened.workspace.preview.refresh()
    opened.settle()
    assert asked[-1] == other


def test_opening_a_panel_leaves_the_cursor_where_it_is(opened: Open) -> None:
    row = opened.first(RowKind.QUOTATION)
    row.go(at_end=False)
    for name in ("checks", "versions", "preview", ""):
        opened.workspace.show_panel(name)
        opened.settle()
        assert opened.editor.current_block == row.key.id


def test_the_title_is_changed_in_place(opened: Open) -> None:
    title = opened.workspace.header.title
    title.setFocus()
    title.setText("A better title")
    title.editingFinished.emit()
    assert opened.stored.title == "A better title"
    opened.undo()
    assert title.text() != "A better title"


def test_an_export_takes_what_was_just_typed_and_says_where_it_is(opened: Open, tmp_path: Path) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " Freshly typed")
    target = tmp_path / "brief.md"
    with opened.qtbot.waitSignal(opened.workspace.export.exported, timeout=10_000):
        opened.workspace.export.export(target)
    assert "Freshly typed" in target.read_text(encoding="utf-8")
    assert opened.workspace._exported.isVisible()


def test_file_names_are_made_of_title_and_day(opened: Open) -> None:
    from dataclasses import replace

    brief = replace(opened.session.brief, title='Talks: India/EU "draft"', meeting_date="2026-01-15")
    assert file_name(brief, ".docx") == "Talks India EU draft 2026-01-15.docx"


def test_what_cannot_be_stored_is_stored_later(opened: Open, desk: Desk) -> None:
    problems: list[KnownError] = []
    opened.session.context.problem.connect(problems.append)
    edit = desk.compose.edit

    def full(*_arguments: object) -> object:
        raise InputError("library-full", name="library")

    desk.compose.edit = full  # type: ignore[assignment, method-assign]
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " kept")
    opened.editor.flush()
    opened.settle()
    assert [p.code for p in problems] == ["library-full"]
    assert not opened.session.settled
    desk.compose.edit = edit  # type: ignore[method-assign]
    opened.session._retry.timeout.emit()
    assert opened.stored.sections[0].blocks[0].markdown.endswith(" kept")
    assert opened.session.settled


def test_a_double_click_in_the_tray_quotes(opened: Open) -> None:
    tray = opened.workspace.tray
    hit = tray.model.hit(1)
    assert hit is not None
    tray.view.doubleClicked.emit(tray.model.index(1))
    assert hit.excerpt.id in [b.excerpt_id for b in opened.stored.sections[0].blocks]
    tray.view.quote_wanted.emit(QModelIndex())
    opened.workspace.grab()


def test_a_section_keeps_its_limit_when_its_heading_changes(opened: Open) -> None:
    outline, former = opened.workspace.outline, opened.session.brief.sections[0].heading
    told = str(outline.model.index(0).data(OutlineRole.WORDS))
    assert "/" in told
    outline.model.setData(outline.model.index(0), "What I ask of you")
    assert opened.headings[0] == "What I ask of you" != former
    assert outline.model.index(0).data(OutlineRole.WORDS) == told


def test_letters_typed_in_the_outline_go_on_to_the_text_of_the_section(opened: Open) -> None:
    opened.workspace.activateWindow()
    opened.qtbot.waitUntil(opened.workspace.isActiveWindow)
    view = opened.workspace.outline.view
    _choose(opened, 1)
    opened.press(view, Qt.Key.Key_A, CONTROL)
    assert view.hasFocus()
    opened.press(view, Qt.Key.Key_W)
    writer = QApplication.focusWidget()
    assert writer is not None
    assert writer is not view
    opened.press(writer, Qt.Key.Key_E)
    opened.workspace.editor.flush()
    opened.settle()
    written = "".join(block.markdown for block in opened.session.brief.sections[1].blocks)
    assert "we" in written
