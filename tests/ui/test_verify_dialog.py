"""Checking a document that came back, in the window."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain.findings import Level
from briefer.domain.verification import Row, Shape, Subject, Verdict, Verification
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.ui.appearance import Appearance
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.theme import DARK, LIGHT
from briefer.ui.verify.dialog import VerifyDialog
from briefer.ui.verify.model import STATE, TEXT
from briefer.ui.verify.words import as_rich_text, state

Check = Callable[[Context, Path], VerifyDialog]


@pytest.fixture
def exported(desk: Desk, tmp_path: Path) -> Path:
    (brief,) = desk.compose.briefs()
    path = tmp_path / "brief.docx"
    desk.publish.export(brief.id, path)
    return path


@pytest.fixture
def check(qtbot: QtBot) -> Check:
    def shown(context: Context, path: Path) -> VerifyDialog:
        dialog = VerifyDialog(context, LibraryOpener(Intake).verify)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.check(path)
        dialog.show()
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)
        return dialog

    return shown


def altered(path: Path, old: str, new: str) -> Path:
    """Return a copy of a Word file in whose body one stretch of text is another."""
    copy = path.with_name("altered.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                assert old in text
                data = text.replace(old, new, 1).encode()
            target.writestr(name, data)
    return copy


def quotation_of(desk: Desk) -> str:
    """Return the words of a quotation that the sample brief shows."""
    (summary,) = desk.compose.briefs()
    brief = desk.compose.brief(summary.id)
    quoted = next(block.excerpt_id for _section, block in brief.blocks() if block.excerpt_id)
    with desk.library.read() as work:
        excerpt = work.excerpts.get(quoted)
    assert excerpt is not None
    return excerpt.quote


def test_a_file_as_it_was_exported_is_all_right(check: Check, context: Context, exported: Path) -> None:
    dialog = check(context, exported)
    assert dialog.told.text().startswith("✓ All")
    assert dialog.model.rowCount() > 20
    assert not dialog.only.isEnabled()
    assert "open library" in dialog.about.text()
    assert "Meeting brief: India" in dialog.about.text()


def test_an_altered_quotation_is_told_in_words_and_copied(
    check: Check, context: Context, desk: Desk, exported: Path, qtbot: QtBot
) -> None:
    begins = quotation_of(desk)[:24]
    dialog = check(context, altered(exported, begins, "SOMETHING ELSE"))
    assert "● 1 to be looked into" in dialog.told.text()
    current = dialog.table.currentIndex()
    assert "altered" in current.siblingAtColumn(STATE).data()
    assert begins in current.siblingAtColumn(TEXT).data()
    assert "SOMETHING ELSE" in dialog.detail.toPlainText()
    ink = current.siblingAtColumn(STATE).data(Qt.ItemDataRole.ForegroundRole)
    assert ink.name() == LIGHT.danger
    everything = dialog.model.rowCount()
    dialog.only.click()
    assert 0 < dialog.model.rowCount() < everything
    assert begins in dialog.table.currentIndex().siblingAtColumn(TEXT).data()
    context.set_colours(DARK)
    ink = dialog.table.currentIndex().siblingAtColumn(STATE).data(Qt.ItemDataRole.ForegroundRole)
    assert ink.name() == DARK.danger
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "● altered · Quotation" in text
    assert "now: " in text
    assert "SOMETHING ELSE" in text


def test_it_works_without_a_library(check: Check, bare_context: Context, exported: Path) -> None:
    dialog = check(bare_context, exported)
    assert dialog.told.text().startswith("✓ All")
    assert "no library is open" in dialog.about.text()


def test_a_file_of_others_is_refused_with_the_reason(
    check: Check, bare_context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "note.docx"
    file.write_bytes(b"no Word document")
    dialog = check(bare_context, file)
    assert "note.docx" in dialog.told.text()
    assert dialog.model.rowCount() == 0
    assert not dialog.copy.isEnabled()


def test_it_opens_from_the_menu_without_a_library(
    bare_context: Context,
    exported: Path,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.begin(None, None)
    chosen = iter([("", ""), (str(exported), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: next(chosen))
    window._dialogs.check_document()
    assert not [d for d in window.findChildren(VerifyDialog) if d.isVisible()]
    window._dialogs.check_document()
    (dialog,) = [d for d in window.findChildren(VerifyDialog) if d.isVisible()]
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=20_000)
    dialog.close()


def test_every_state_has_words() -> None:
    rows = [Row(subject, verdict, "1") for subject in Subject for verdict in Verdict]
    assert len({state(row) for row in rows}) == len(Verdict)
    moved = Row(Subject.QUOTATION, Verdict.EXACT, "1", moved=True, shape=Shape.SPLIT, tracked=True)
    assert state(moved) == "as exported, moved, paragraph split, by tracked changes only"
    assert moved.level is Level.AMBER


def test_text_of_the_file_is_never_taken_for_markup() -> None:
    row = Row(Subject.CITATION, Verdict.ALTERED, "1", recorded="<b>x</b>", found="<img src=y>")
    assert "<img" not in as_rich_text(row, LIGHT)
    assert "&lt;b&gt;x" in as_rich_text(row, LIGHT)


def test_nothing_to_compare_is_said(exported: Path, desk: Desk) -> None:
    from dataclasses import replace

    from briefer.ui.verify.words import verdict_line

    found: Verification = replace(desk.verify.check(exported), rows=())
    assert "nothing to compare" in verdict_line(found)
