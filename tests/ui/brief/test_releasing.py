"""A releasable version in the window, and what is asked before red findings leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from briefer.domain.briefs import Brief
from briefer.domain.editing import add_block
from briefer.domain.record import Act
from briefer.domain.repeats import words_of
from briefer.services.compose import prose, quotation
from briefer.services.evidence import Evidence, evidence_of
from briefer.services.ports import UnitOfWork
from briefer.ui.brief.export.dialog import ExportDialog
from tests.ui.brief.conftest import Open

SECRET = "uk-gscp/secret"


@pytest.fixture
def dialog(opened: Open, tmp_path: Path) -> ExportDialog:
    opened.workspace.export.ask_options()
    made = opened.workspace.export.dialog
    assert made is not None
    opened.settle()
    made.usual.target.folder.setText(str(tmp_path))
    made.usual.choose_format(".md")
    return made


def mark_first(opened: Open) -> str:
    """Mark the first quotation and the brief as secret; return the quotation's words."""
    block = next(b for _, b in opened.session.brief.blocks() if b.excerpt_id)
    excerpt = opened.session.hits[block.excerpt_id or ""].excerpt
    desk = opened.session.desk
    opened.session.context.change(lambda: desk.curate.annotate(replace(excerpt, marking=SECRET)))
    opened.session.edit("Mark", lambda brief: replace(brief, marking=SECRET))
    opened.settle()
    return excerpt.quote


def finish(opened: Open) -> None:
    opened.settle()
    QApplication.processEvents()


def test_a_version_is_released_below_the_briefs_marking(opened: Open, tmp_path: Path) -> None:
    quote = mark_first(opened)
    opened.workspace.export.ask_options()
    dialog = opened.workspace.export.dialog
    assert dialog is not None
    dialog.usual.target.folder.setText(str(tmp_path))
    dialog.usual.choose_format(".md")
    release = dialog.release
    offered = [release.ceiling.itemData(row) for row in range(release.ceiling.count())]
    assert offered == [
        "",
        *(f"uk-gscp/{level}" for level in ("official", "official-sensitive", "secret", "top-secret")),
    ]
    release.ceiling.setCurrentIndex(release.ceiling.findData("uk-gscp/official"))
    opened.settle()
    assert "left out: " in release.left_out.text()
    shown = [release.list.item(row).text() for row in range(release.list.count())]
    assert any("“" in text and text.endswith("\nMarked SECRET") for text in shown)
    assert not release.list.isHidden()
    assert dialog.told.text() == "Other than usual: nothing above OFFICIAL."
    assert release._told.text() == "nothing above OFFICIAL"
    assert "bear no marking and stay" in release.unmarked.text()
    assert dialog.usual.target.path.name.endswith(" – OFFICIAL.md")
    dialog.export.click()
    finish(opened)
    (out,) = tmp_path.glob("*OFFICIAL.md")
    text = out.read_text()
    assert quote[:40] not in text
    assert "left out of this version, which is released at OFFICIAL" in text
    assert opened.workspace.export.last.options.ceiling == ""


def test_the_name_of_the_file_gives_no_high_title_away(opened: Open, tmp_path: Path) -> None:
    opened.session.edit("Mark", lambda brief: replace(brief, title_marking=SECRET, marking=SECRET))
    opened.settle()
    opened.workspace.export.ask_options()
    dialog = opened.workspace.export.dialog
    assert dialog is not None
    assert "India" in dialog.usual.target.name.text()
    release = dialog.release
    release.ceiling.setCurrentIndex(1)
    opened.settle()
    assert dialog.usual.target.name.text() == "Meeting brief – OFFICIAL"
    assert "1 in title, day, audience and author" in release.left_out.text()
    dialog.usual.target.name.setText("My own name")
    release.ceiling.setCurrentIndex(0)
    opened.settle()
    assert dialog.usual.target.name.text() == "My own name"
    assert release.left_out.text() == ""
    assert release.list.isHidden()
    dialog.reject()


def test_words_that_a_version_repeats_are_listed_with_their_place(opened: Open) -> None:
    quote = mark_first(opened)
    section = opened.session.brief.sections[-1]
    repeating = replace(prose(f"As said before: {quote}"), marking="uk-gscp/official")
    opened.session.edit("Write", lambda brief: add_block(brief, section.id, repeating))
    opened.settle()
    opened.workspace.export.ask_options()
    dialog = opened.workspace.export.dialog
    assert dialog is not None
    release = dialog.release
    release.ceiling.setCurrentIndex(release.ceiling.findData("uk-gscp/official"))
    opened.settle()
    shown = [release.list.item(row).text() for row in range(release.list.count())]
    words = " ".join(words_of(quote)[:6])
    assert any(text.startswith(f"A text under “{section.heading}”\nRepeats “{words}” of “") for text in shown)
    dialog.reject()


def break_it(opened: Open) -> None:
    """Quote what is not in the library, which is red."""
    section = opened.session.brief.sections[0]
    opened.session.edit("Quote", lambda brief: add_block(brief, section.id, quotation("0" * 36)))
    opened.settle()


def test_red_findings_leave_only_with_a_name_and_a_reason(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(opened)
    button, out = opened.workspace.export, tmp_path / "out.md"
    read: list[str] = []

    def counted(work: UnitOfWork, brief: Brief) -> Evidence:
        read.append(brief.id)
        return evidence_of(work, brief)

    monkeypatch.setattr("briefer.services.publish.evidence_of", counted)
    button.export(out)
    finish(opened)
    assert read == [opened.session.brief.id], "once is enough to find out what is red"
    asked = button.held
    assert asked is not None
    assert asked.isVisible()
    assert "has no source in this library" in asked.told.text()
    assert not out.exists()
    assert not asked.export.isEnabled()
    asked.name.setText("B. Boss")
    opened.qtbot.keyClicks(asked.reason, "It is for the file.")
    assert asked.export.isEnabled()
    asked.export.click()
    finish(opened)
    assert out.exists()
    assert button.held is None
    entries = opened.session.desk.record.of(opened.session.brief.id)
    (entry,) = (e for e in entries if e.kind == Act.EXPORT)
    assert (entry.facts["let_by"], entry.facts["reason"]) == ("B. Boss", "It is for the file.")
    assert [let["check"] for let in entry.facts["let_leave"]] == ["source-missing"]


def test_who_does_not_let_them_is_led_to_the_checks(
    opened: Open, dialog: ExportDialog, tmp_path: Path
) -> None:
    break_it(opened)
    dialog.export.click()
    finish(opened)
    asked = opened.workspace.export.held
    assert asked is not None
    opened.press(asked, Qt.Key.Key_Escape)
    assert dialog.export.isEnabled()
    dialog.export.click()
    finish(opened)
    asked = opened.workspace.export.held
    assert asked is not None
    asked.show_checks.click()
    assert opened.workspace.checks.isVisible()
    assert not list(tmp_path.glob("*.md"))
