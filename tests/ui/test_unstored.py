"""What could not be stored: it is said to be so, kept in the window, and left by nobody who was not asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.domain import editing
from briefer.domain.briefs import BlockKind, Brief
from briefer.domain.tags import Tag, TagKind, Term
from briefer.errors import InputError
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.brief.session import BriefSession
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.unstored import UnstoredDialog, as_text

TYPED = "Typed after the drive was taken out."


@pytest.fixture
def library(sample_library: Path, tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "note.briefer"
    path.parent.mkdir()
    path.write_bytes(sample_library.read_bytes())
    return path


@pytest.fixture
def window(bare_context: Context, qapp: QApplication, library: Path, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.libraries.opened, timeout=20_000):
        made.begin(library, None)
    settle(made, qtbot)
    return made


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=20_000)


def opened(window: MainWindow, qtbot: QtBot) -> BriefSession:
    desk = window._context.desk
    assert desk is not None
    (brief,) = desk.compose.briefs()
    page = window._briefs
    assert page is not None
    window.show_page(1)
    page.show_brief(brief.id)
    qtbot.waitUntil(lambda: page.workspace is not None, timeout=20_000)
    settle(window, qtbot)
    assert page.workspace is not None
    return page.workspace.session


def typed(brief: Brief) -> Brief:
    block = next(block for _section, block in brief.blocks() if block.kind is BlockKind.PROSE)
    return editing.write_prose(brief, block.id, TYPED)


def asked(window: MainWindow) -> UnstoredDialog | None:
    return next((d for d in window.findChildren(UnstoredDialog) if d.isVisible()), None)


def only(window: MainWindow) -> UnstoredDialog:
    dialog = asked(window)
    assert dialog is not None
    return dialog


@pytest.fixture
def unstored(window: MainWindow, library: Path, qtbot: QtBot) -> Path:
    """An open brief with a change that could not be stored, as the library is elsewhere; where it is."""
    session = opened(window, qtbot)
    assert "saved" in window._status.text
    away = library.rename(library.with_name("away.briefer"))
    session.edit("Type", typed)
    settle(window, qtbot)
    return away


def test_it_is_said_and_stored_as_soon_as_it_can_be(
    window: MainWindow, library: Path, unstored: Path, qtbot: QtBot
) -> None:
    assert "NOT SAVED" in window._status.text
    assert "is not in its place any more" in window.problems.text
    unstored.rename(library)
    assert window._briefs is not None
    assert window._briefs.workspace is not None
    session = window._briefs.workspace.session
    session._store_again()  # else after some seconds
    settle(window, qtbot)
    assert " · saved · " in window._status.text
    desk = window._context.desk
    assert desk is not None
    assert TYPED in as_text(desk.compose.brief(session.brief.id))
    window.close()
    assert asked(window) is None


def test_nobody_leaves_it_without_being_asked(
    window: MainWindow, library: Path, unstored: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = window._briefs
    assert page is not None
    # To the list of briefs, to another library, back to a backup, out of the program.
    for leave in (
        page.show_list,
        lambda: window.libraries.create(tmp_path / "new.briefer"),
        window.close,
    ):
        leave()
        dialog = only(window)
        assert "is not in its place any more" in dialog.told.text()
        dialog.stay.click()
        qtbot.waitUntil(lambda: asked(window) is None)
        settle(window, qtbot)
        assert window.isVisible()
        assert page.workspace is not None
        assert TYPED in as_text(page.workspace.session.brief)
    assert not (tmp_path / "new.briefer").exists()
    window.close()
    dialog = only(window)
    target = tmp_path / "elsewhere.md"
    dialog.write(target)
    assert TYPED in target.read_text("utf-8")
    dialog.write(tmp_path / "nowhere" / "elsewhere.md")
    assert "cannot be written" in dialog.told.text()
    dialog.go.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_brief_can_be_left_without_it(window: MainWindow, unstored: Path, qtbot: QtBot) -> None:
    page = window._briefs
    assert page is not None
    page.show_list()
    only(window).go.click()
    qtbot.waitUntil(lambda: page.workspace is None)
    settle(window, qtbot)
    assert "NOT SAVED" not in window._status.text


def test_a_change_in_the_library_is_tried_again(window: MainWindow, library: Path, qtbot: QtBot) -> None:
    context = window._context
    desk = context.desk
    assert desk is not None
    away = library.rename(library.with_name("away.briefer"))

    def change(label: str) -> None:
        context.change(lambda: desk.terms.put([Term(TagKind.RISK, label.lower(), label)]))
        settle(window, qtbot)

    change("X")
    assert "NOT SAVED" in window._status.text
    assert window.problems.again.isVisible()
    window.problems.again.click()
    settle(window, qtbot)
    assert "NOT SAVED" in window._status.text
    away.rename(library)
    window.problems.again.click()
    settle(window, qtbot)
    assert " · saved · " in window._status.text
    assert not window.problems.isVisible()
    assert "X" in {term.label_en for term in desk.terms.vocabulary().terms}
    library.rename(away)
    for label in ("Y", "Z"):
        change(label)
    assert "NOT SAVED" in window._status.text
    away.rename(library)
    desk.terms.put([Term(TagKind.RISK, "z", "Of before")])
    change("ZZ")  # what was made before comes before it
    assert " · saved · " in window._status.text
    assert not window.problems.isVisible()
    terms = {term.key: term.label_en for term in desk.terms.vocabulary().terms}
    assert (terms["y"], terms["z"], terms["zz"]) == ("Y", "Z", "ZZ")
    library.rename(away)
    change("Q")
    assert "NOT SAVED" in window._status.text
    window.problems.dismiss.click()
    assert " · saved · " in window._status.text
    context.problem.emit(InputError("tag-form", text="x"))
    assert window.problems.isVisible()
    assert not window.problems.again.isVisible()
    away.rename(library)


def test_changes_of_the_library_that_wait_are_named_before_they_are_left(
    window: MainWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window._library is not None
    pane, context = window._library.source, window._context
    excerpt = pane.inspector.excerpt
    assert excerpt is not None
    away = library.rename(library.with_name("away.briefer"))
    pane.inspector.tag_added.emit(Tag(TagKind.FREE, "harbours"))
    pane.inspector.changed.emit(replace(excerpt, comment="Ask the embassy."))
    settle(window, qtbot)
    window.show_page(1)
    assert asked(window) is None
    for leave in (lambda: window.libraries.create(tmp_path / "new.briefer"), window.close):
        leave()
        dialog = only(window)
        assert "Tag harbours of the excerpt" in dialog.told.text()
        assert "Notes of the excerpt" in dialog.told.text()
        assert "is not in its place any more" in dialog.told.text()
        assert not dialog.save.isVisible()
        dialog.stay.click()
        qtbot.waitUntil(lambda: asked(window) is None)
        assert window.isVisible()
    away.rename(library)
    context.try_again()
    settle(window, qtbot)
    assert context.may_leave
    desk = context.desk
    assert desk is not None
    (stored,) = (e for e in desk.collect.source(excerpt.source_id).excerpts if e.id == excerpt.id)
    assert stored.comment == "Ask the embassy."
    library.rename(away)
    pane.inspector.tag_removed.emit(Tag(TagKind.FREE, "harbours"))
    settle(window, qtbot)
    window.close()
    only(window).go.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_is_typed_in_a_field_is_stored_when_the_window_closes(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    assert window._library is not None
    inspector, context = window._library.source.inspector, window._context
    excerpt = inspector.excerpt
    assert excerpt is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    inspector.edit_notes()
    inspector._comment.setFocus()
    qtbot.keyClicks(inspector._comment, " Ask the embassy.")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    settle(window, qtbot)
    desk = context.desk
    assert desk is not None
    (stored,) = (e for e in desk.collect.source(excerpt.source_id).excerpts if e.id == excerpt.id)
    assert stored.comment.endswith("Ask the embassy.")
