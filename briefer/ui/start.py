"""Starting the window: paint first, then import and open."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from briefer import assets
from briefer.ui.appearance import Appearance
from briefer.ui.collector import Collector
from briefer.ui.context import Context
from briefer.ui.icons import icon
from briefer.ui.intake.opened_files import OpenedFiles
from briefer.ui.main_window import MainWindow
from briefer.ui.settings import Settings

if TYPE_CHECKING:
    from briefer.services.desk import Opener

_SWITCH_SECONDS = 0.0005

_log = logging.getLogger(__name__)


def run(opener: Opener, library: Path | None, brief: str | None, files: Sequence[Path] = ()) -> int:
    """Show the window, open the library, import files; return the exit status when the window is closed."""
    # A worker's Python keeps the window's thread waiting for so long each time that it calls Qt. Measured with a search
    # under way in 100,000 excerpts: the longest wait of the window falls from 115 to 55 ms.
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = application()
    context = Context(Settings())
    translate(app, context.language)
    window = MainWindow(opener, context, Appearance(app, context))
    _report_bugs(context)
    collector = Collector(app)
    collector.start()
    OpenedFiles(app).opened.connect(window.taking.take)
    window.show()
    QTimer.singleShot(0, lambda: window.begin(library, brief, files))
    try:
        return app.exec()
    finally:
        context.close()
        collector.stop()


def application() -> QApplication:
    """Return the application object, named."""
    _know_libraries_by_name()
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Briefer")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("briefer")
    app.setWindowIcon(icon("briefer"))
    return app


def _know_libraries_by_name() -> None:
    """Have Qt tell libraries by their names (Shared MIME-info Specification).

    What has an unknown name its file dialogs open, to look what it is. Closing it again lets go the locks that SQLite
    holds on the open library in this process (sqlite.org/howtocorrupt.html, 2.2): another program then takes its
    journal away.
    """
    usual = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    ours = str(assets.resources() / "mime")
    if ours not in usual.split(":"):
        os.environ["XDG_DATA_DIRS"] = f"{usual}:{ours}"


def translate(app: QCoreApplication, language: str) -> None:
    """Put the window into ``language`` as far as there are translations."""
    if language == "en":
        return
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        (f"qtbase_{language}", qt_folder),
        (f"briefer_{language}", str(assets.resources() / "i18n")),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)


def _report_bugs(context: Context) -> None:
    """Show exceptions of the window's own thread in the report dialog as well."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("A fault in the window", exc_info=(kind, error, trace))
        context.bug.emit(error)

    sys.excepthook = hook
