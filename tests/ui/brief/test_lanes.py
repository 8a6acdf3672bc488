"""Lanes in the window: set by key and menu, seen without colour, kept by undo, chosen at the export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from briefer.domain.briefs import Block, Lane
from briefer.domain.exporting import ExportOptions, Lanes
from briefer.services.desk import Desk
from briefer.ui.brief import moves
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.comparison_view import ComparisonView
from briefer.ui.brief.export.words import idle
from briefer.ui.brief.moves import Place, RowKind
from briefer.ui.brief.versions_panel import VersionsPanel
from tests.ui.brief.conftest import Open

_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def block(opened: Open, identifier: str) -> Block:
    return next(b for _s, b in opened.stored.blocks() if b.id == identifier)


def set_apart(opened: Open) -> CardRow:
    """Set the first quotation of the brief apart, by its keys."""
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    row.go(at_end=False)
    opened.press(row.content, Qt.Key.Key_N, _KEYS)
    opened.settle()
    return row


def test_a_block_is_set_apart_by_keys_and_undone(opened: Open) -> None:
    before = opened.stored
    row = set_apart(opened)
    assert block(opened, row.key.id).lane is Lane.CLOSED
    seen = [row.is_closed]
    opened.undo()
    assert opened.stored.sections == before.sections
    seen.append(row.is_closed)
    opened.redo()
    seen.append(row.is_closed)
    assert seen == [True, False, True]


def test_the_lane_is_told_in_words_and_by_a_line_above_its_first_block(opened: Open) -> None:
    row = set_apart(opened)
    section, _place = next((s, b) for s, b in opened.stored.blocks() if b.id == row.key.id)
    labels = [(opened.row(b.id).lane_label, opened.row(b.id).is_closed) for b in section.blocks]
    assert labels[-1] == ("⊘ Not for disclosure", True)
    assert [closed for _label, closed in labels] == [False] * (len(labels) - 1) + [True]
    if len(labels) > 1:
        assert labels[0] == ("May be used", False)
    assert row.content.accessibleDescription().startswith("Not for disclosure. ")
    tall = row.height()
    opened.press(row.content, Qt.Key.Key_N, _KEYS)
    opened.settle()
    opened.qtbot.waitUntil(lambda: row.height() < tall)
    assert (row.lane_label, row.content.accessibleDescription()[:9]) == ("", "Quotation")


def test_the_card_and_the_toolbar_offer_it(opened: Open) -> None:
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    row.go(at_end=False)
    (action,) = [a for a in row.menu().actions() if a.text().startswith("Not for disclosure")]
    assert not action.isChecked()
    action.trigger()
    opened.settle()
    (action,) = [a for a in row.menu().actions() if a.text().startswith("Not for disclosure")]
    assert action.isChecked()
    opened.workspace.toolbar.buttons["lane"].click()
    assert block(opened, row.key.id).lane is Lane.OPEN


def test_what_is_written_or_dropped_below_is_not_for_disclosure_either(opened: Open) -> None:
    row = set_apart(opened)
    opened.press(row.content, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert block(opened, opened.editor.current_block).lane is Lane.CLOSED
    brief = opened.stored
    section, _ = next((s, b) for s, b in brief.blocks() if b.id == row.key.id)
    other = next(b for s, b in brief.blocks() if s.id != section.id)
    dropped = moves.move_block_to(brief, other.id, Place(section.id, len(section.blocks)))
    assert moves.block_of(dropped, other.id) == Block(**{**vars(other), "lane": Lane.CLOSED})
    above = moves.move_block_to(brief, other.id, Place(section.id, 0))
    assert moves.block_of(above, other.id) == other


def test_keys_pass_a_block_over_the_other_lane(opened: Open) -> None:
    row = set_apart(opened)
    places = [s.id for s in opened.stored.sections]
    home = next(s.id for s, b in opened.stored.blocks() if b.id == row.key.id)
    row.go(at_end=False)
    opened.press(row.content, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    now = next(s for s, b in opened.stored.blocks() if b.id == row.key.id)
    assert places.index(now.id) == places.index(home) - 1
    assert now.blocks[-1].lane is Lane.CLOSED


def test_the_export_offers_lanes_where_something_is_set_apart(opened: Open, tmp_path: Path) -> None:
    button = opened.workspace.export
    button.ask_options()
    assert button.dialog is not None
    assert not button.dialog.usual.lanes.isEnabled()
    button.dialog.reject()
    set_apart(opened)
    button.ask_options()
    assert button.dialog is not None
    lanes = button.dialog.usual.lanes
    assert lanes.isEnabled()
    lanes.setCurrentIndex(lanes.findData(Lanes.MAY_BE_USED))
    assert button.dialog.options.lanes is Lanes.MAY_BE_USED
    assert "only what may be used" in button.dialog.told.text()
    button.dialog.export_wanted.emit(tmp_path / "x.md", button.dialog.options)
    opened.settle()
    assert "may be used" in button.text()
    assert (tmp_path / "x.md").is_file()
    assert "Not for disclosure" not in (tmp_path / "x.md").read_text("utf-8")
    opened.undo()
    assert "may be used" not in button.text()


def test_a_brief_that_keeps_nothing_apart_is_exported_whole_whatever_was_chosen_last() -> None:
    assert set(idle(".docx", apart=False)) >= {"lanes"}
    assert "lanes" not in idle(".docx", apart=True)
    assert ExportOptions().lanes is Lanes.BOTH


def test_versions_keep_lanes_and_a_comparison_names_them(opened: Open, desk: Desk) -> None:
    set_apart(opened)
    kept = desk.compose.save_version(opened.session.brief.id, "apart")
    opened.undo()
    told = desk.renewal.compared(kept, opened.stored)
    view = ComparisonView(opened.session.context.colours)
    opened.qtbot.addWidget(view)
    view.show_comparison(told)
    assert "now may be used:" in view.toPlainText()
    assert isinstance(opened.workspace.versions, VersionsPanel)
    view.show_comparison(desk.renewal.compared(opened.stored, kept.brief))
    assert "now not for disclosure:" in view.toPlainText()
