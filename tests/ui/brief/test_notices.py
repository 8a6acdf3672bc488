from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QToolTip

from briefer.domain.editing import add_block
from briefer.domain.findings import Finding, Level
from briefer.services.compose import prose
from briefer.ui.brief.notices import notices, step
from tests.ui.brief.conftest import Open
from tests.unit.factories import make_brief, make_section
from tests.unit.factories import prose as text

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def found(place: str, level: Level = Level.AMBER, *, section: str = "") -> Finding:
    return Finding("no-source", level, f"At {place}.", section, place)


def test_notices_are_by_place_red_first_and_told_without_colour() -> None:
    made = notices([found("a"), found("a", Level.RED), found("", section="s"), found("")])
    assert set(made) == {"a", "s"}
    assert (made["a"].red, made["s"].red) == (True, False)
    assert made["a"].told == "● At a.\n▲ At a."


@pytest.mark.parametrize(
    ("here", "by", "place"),
    [
        ("", 1, "b"),
        ("b", 1, "d"),
        ("d", 1, "s2"),
        ("s2", 1, "b"),
        ("b", -1, "s2"),
        ("c", -1, "b"),
        ("c", 1, "d"),
    ],
)
def test_the_next_finding_is_that_of_the_next_place(here: str, by: int, place: str) -> None:
    blocks = [replace(text("Text."), id=id_) for id_ in "abcd"]
    brief = make_brief(sections=(make_section(*blocks, id="s1"), make_section(id="s2")))
    findings = [found("", section="s2"), found("d"), found("b"), found("gone"), found("")]
    reached = step(findings, brief, here, by)
    assert reached is not None
    assert (reached.block or reached.section) == place
    assert step([found("")], brief, here, by) is None


def test_findings_show_beside_their_rows_while_one_writes_and_move_nothing(opened: Open) -> None:
    section = opened.session.brief.sections[0]
    block = prose("Text without a claim.")
    opened.session.edit("Add", lambda brief: add_block(brief, section.id, block))
    opened.settle()
    row = opened.row(block.id)
    opened.qtbot.waitUntil(lambda: opened.workspace.checks.model.rowCount() >= 0)
    QApplication.processEvents()
    before = [r.geometry() for r in opened.rows()]
    row.show_notice(notices([found(block.id, Level.RED)])[block.id])
    QApplication.processEvents()
    assert [r.geometry() for r in opened.rows()] == before
    assert row.toolTip() == f"● At {block.id}."
    assert row.content.accessibleDescription().endswith(row.toolTip())
    row.show_notice(None)
    assert row.toolTip() == ""
    assert "At " not in row.content.accessibleDescription()


def test_a_key_leads_from_finding_to_finding(opened: Open) -> None:
    first = opened.session.brief.sections[0]

    block = prose("Output rose by 47 % in 2031.")
    opened.session.edit("Add", lambda brief: add_block(brief, first.id, block))
    opened.qtbot.waitUntil(lambda: opened.row(block.id).notice is not None, timeout=10_000)
    notice = opened.row(block.id).notice
    assert notice is not None
    assert not notice.red
    assert "No source for" in notice.told
    opened.editor.jump(first.id)
    opened.press(opened.workspace, Qt.Key.Key_F8)
    seen = []
    for _ in range(40):
        seen.append(opened.editor.current_block)
        if seen[-1] == block.id:
            break
        opened.press(opened.workspace, Qt.Key.Key_F8)
    assert seen[-1] == block.id
    assert QToolTip.text() == notice.told
    chosen = opened.workspace.checks.model.finding(opened.workspace.checks.view.currentIndex().row())
    assert chosen in notice.findings
    opened.press(opened.workspace, Qt.Key.Key_F8, SHIFT)
    assert opened.workspace.checks.view.currentIndex().isValid()


def test_the_key_says_where_a_finding_needs_judgement(opened: Open) -> None:
    told: list[str] = []
    opened.session.context.told.connect(told.append)
    checks = opened.workspace.checks
    opened.qtbot.waitUntil(lambda: checks.model.rowCount() > 0, timeout=10_000)
    checks.view.setCurrentIndex(QModelIndex())
    opened.press(opened.workspace, Qt.Key.Key_Period, CONTROL)
    assert "F8" in told.pop()
    cited = opened.session.brief.excerpt_ids()[0]
    block = prose(f"They said “nothing of the kind was ever said” [@{cited}].")
    opened.session.edit("Add", lambda brief: add_block(brief, brief.sections[0].id, block))
    opened.qtbot.waitUntil(lambda: opened.row(block.id).notice is not None, timeout=10_000)
    notice = opened.row(block.id).notice
    assert notice is not None
    finding = next(f for f in notice.findings if f.check == "quote-altered")
    checks.choose(finding)
    opened.press(opened.workspace, Qt.Key.Key_Period, CONTROL)
    assert told == [f"This needs your judgement: {finding.message}"]
    opened.workspace.checks.waive_wanted.emit(finding, "It is so.")
    opened.qtbot.waitUntil(
        lambda: any(checks.model.waiver(row) for row in range(checks.model.rowCount())), timeout=10_000
    )
    row = next(row for row in range(checks.model.rowCount()) if checks.model.waiver(row))
    checks.view.setCurrentIndex(checks.model.index(row))
    opened.press(opened.workspace, Qt.Key.Key_Period, CONTROL)
    assert told[1:] == [f"This was let pass: {finding.message}"]


def test_a_key_mends_what_needs_no_judgement(opened: Open) -> None:
    section = opened.session.brief.sections[0]
    block = prose("So it is [@gone-1234].")
    opened.session.edit("Add", lambda brief: add_block(brief, section.id, block))
    opened.qtbot.waitUntil(lambda: opened.row(block.id).notice is not None, timeout=10_000)
    notice = opened.row(block.id).notice
    assert notice is not None
    checks = opened.workspace.checks
    checks.choose(notice.findings[0])
    assert checks.mend.text() == "Take it out (Ctrl+.)"
    opened.press(opened.workspace, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert [b.markdown for _, b in opened.stored.blocks() if b.id == block.id] == ["So it is."]
    opened.qtbot.waitUntil(lambda: opened.row(block.id).notice is None, timeout=10_000)
    opened.undo()
    assert [b.markdown for _, b in opened.stored.blocks() if b.id == block.id] == [block.markdown]
