from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.errors import MESSAGES, KnownError
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.context import Context
from briefer.ui.main_window import MainWindow
from briefer.ui.problems import BugDialog, message
from briefer.ui.rail import BRIEFS, COVERAGE, LIBRARY
from briefer.ui.status import StatusLine

_ARTICLE = (
    "A title of some length\n\n17 December 2025\n\nOne paragraph about India and rare earths in a market.\n"
)


@pytest.fixture
def window(bare_context: Context, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy)


def test_without_a_library_it_offers_the_sample(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.begin(None, None)
    assert window._stack.currentWidget() is window._welcome
    assert window._welcome._sample.hasFocus()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "mine"), ""))
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        qtbot.mouseClick(window._welcome._sample, Qt.MouseButton.LeftButton)
    _settle(window, qtbot)
    assert (tmp_path / "mine.briefer").exists()
    assert window._stack.currentWidget() is window._briefs
    assert window._context.settings.recent() == (tmp_path / "mine.briefer",)


def test_the_library_used_last_is_opened(window: MainWindow, sample_library: Path, qtbot: QtBot) -> None:
    window._context.settings.remember(sample_library)
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(None, None)
    _settle(window, qtbot)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    assert status.text.startswith("Library: sample.briefer · 16 sources · ")
    assert status.text.endswith("saved · offline")
    for page in (BRIEFS, COVERAGE, LIBRARY):
        window.show_page(page)
        _settle(window, qtbot)


def test_a_library_that_cannot_be_opened_is_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.libraries.failed):
        window.begin(tmp_path / "none.briefer", None)
    assert window.problems.isVisible()
    assert "none.briefer" in window.problems.text
    assert window._stack.currentWidget() is window._welcome


def test_files_are_dropped_on_the_window(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.create(tmp_path / "new.briefer")
    _settle(window, qtbot)
    assert window._library is not None
    assert window._library._empty.isVisible()
    file = tmp_path / "article.txt"
    file.write_text(_ARTICLE, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.libraries.imported):
        window.dropEvent(drop)
    _settle(window, qtbot)
    view = window._library.source.view
    assert view is not None
    assert view.source.title == "A title of some length"
    assert "1 source imported" in window.problems.text


def test_coverage_leads_to_excerpts(window: MainWindow, sample_library: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(sample_library, None)
    _settle(window, qtbot)
    assert window._coverage is not None
    assert window._library is not None
    window._coverage.excerpts_wanted.emit("partner:IN risk:critical-minerals")
    _settle(window, qtbot)
    assert window._stack.currentWidget() is window._library
    assert window._library.search.text == "partner:IN risk:critical-minerals"


def test_a_source_is_shown_for_an_excerpt_of_a_brief(
    window: MainWindow, sample_library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(sample_library, None)
    _settle(window, qtbot)
    desk = window._context.desk
    assert desk is not None
    assert window._library is not None
    hit = desk.find.excerpts("").hits[7]
    window._show_source(hit.excerpt.id)
    _settle(window, qtbot)
    assert window._library.source.inspector.excerpt == hit.excerpt


def test_every_known_error_has_words() -> None:
    class Anything(dict[str, object]):
        def __missing__(self, key: str) -> str:
            return "x"

    for code in MESSAGES:
        error = KnownError(code)
        error.data = Anything()
        assert message(error)


def test_a_bug_has_a_report_without_the_users_text(qtbot: QtBot) -> None:
    dialog = BugDialog(ZeroDivisionError("division by zero"))
    qtbot.addWidget(dialog)
    assert "ZeroDivisionError" in dialog._report.toPlainText()
    assert "Python" in dialog._report.toPlainText()
