"""Taking things in: files, folders, what is dropped, and the clipboard, until a library is there for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from briefer.in_use import SUFFIX
from briefer.ui.context import Context
from briefer.ui.intake.carried import What, carried
from briefer.ui.intake.importer import Importer
from briefer.ui.text import counted


class Taking(QObject):
    """The doors through which things come into the open library; files wait where none is open."""

    library_wanted = Signal(object)
    """The path of a library that was among what is to be taken in: the rest waits until it is open."""
    told = Signal(str)
    """A sentence that tells of nothing wrong."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.importer = Importer(context, self)
        self._waiting: list[Path] = []

    def wait(self, files: Sequence[Path]) -> None:
        """Keep files until a library is open."""
        self._waiting += files

    def take_waiting(self) -> None:
        """Take in what waits: a library is open now."""
        waiting, self._waiting = self._waiting, []
        self.take(waiting)

    def forget_waiting(self) -> None:
        """Let go what was to come into a library that did not open."""
        self._waiting.clear()

    def take(self, paths: Sequence[Path]) -> None:
        """Import files and folders into the open library; a library among them is opened first.

        Without an open library they wait for one.
        """
        library = next((p for p in paths if p.suffix == SUFFIX), None)
        files = [p for p in paths if p.suffix != SUFFIX]
        if library is not None:
            self._waiting += files
            self.library_wanted.emit(library)
        elif files and self._context.desk is not None:
            self.importer.take_paths(files)
        elif files:
            self._waiting += files
            self.told.emit(
                counted(
                    len(self._waiting),
                    self.tr("Open a library or make a new one: the file is imported then."),
                    self.tr("Open a library or make a new one: the %1 files are imported then."),
                )
            )

    def take_carried(self, mime: QMimeData | None) -> None:
        """Import what a drag or the clipboard carries; an empty clipboard has None."""
        found = carried(mime if mime is not None else QMimeData())
        if found.paths:
            self.take(found.paths)
        elif found.what is What.ADDRESS:
            self.told.emit(
                self.tr("Briefer opens no addresses: save the page in the browser, and import the file.")
            )
        elif found.taken is None:
            self.told.emit(self.tr("There is nothing to take in: copy text, a picture or files first."))
        elif self._context.desk is None:
            self.told.emit(self.tr("Open a library or make a new one first."))
        else:
            self.importer.take([found.taken])

    def paste(self) -> None:
        """Import what is on the clipboard."""
        self.take_carried(QGuiApplication.clipboard().mimeData())

    def ask_files(self) -> None:
        """Ask which files to import."""
        names, _filter = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import files"), str(usual_folder(self._context)), self._patterns()
        )
        self.take([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Ask which folder to import."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Import a folder"), str(usual_folder(self._context))
        )
        if name:
            self.take([Path(name)])

    def _patterns(self) -> str:
        kinds = (
            (self.tr("All files"), "*"),
            (self.tr("Web pages"), "*.html *.htm *.xhtml *.mhtml *.mht"),
            (self.tr("PDF"), "*.pdf"),
            (self.tr("Word, OpenDocument, RTF"), "*.docx *.odt *.rtf"),
            (self.tr("Text"), "*.txt *.md"),
            (self.tr("E-mail"), "*.eml"),
            (self.tr("Reference lists"), "*.ris *.bib *.json *.rdf *.jsonl"),
            (self.tr("Archives"), "*.zip"),
        )
        return ";;".join(f"{name} ({patterns})" for name, patterns in kinds)


def usual_folder(context: Context) -> Path:
    """Return where a dialog that asks for a file begins: beside the open library, else among the documents."""
    if context.desk is not None:
        return context.desk.library.path.parent
    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()
