"""The menus of the window, with their shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QTextEdit

from briefer.ui.context import Context
from briefer.ui.dialogs import Dialogs
from briefer.ui.libraries import Libraries
from briefer.ui.taking import Taking
from briefer.ui.text import fill

PASTE_KEY = "Ctrl+Shift+V"
PASTE_KEYS = [QKeySequence(PASTE_KEY), QKeySequence("Ctrl+V")]


class Menus(QObject):
    """File, Edit, View, Help. ``in_library`` are the actions that need an open library."""

    told = Signal(str)
    """Why a key did nothing."""

    def __init__(self, window: QMainWindow, context: Context, libraries: Libraries, taking: Taking) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._libraries = libraries
        self._taking = taking
        self.in_library: list[QAction] = []
        self._recent = QMenu(self.tr("Open &recent"), window)
        self._recent.aboutToShow.connect(self._list_recent)

    def let_paste(self, *, by_key: bool) -> None:
        """Let the keys of «Paste» take a source in, or leave them to a text that is being written.

        A field that has the focus has the usual one first.
        """
        self.paste.setShortcuts(PASTE_KEYS if by_key else [])

    def tell_of_paste(self, event: QKeyEvent) -> bool:
        """Act on ``event`` if it is a key of «Paste» that nothing took; return whether it is.

        Into a text or field it pastes words without their look, as in word processors; elsewhere it says where a source
        is pasted.
        """
        if QKeySequence(event.keyCombination()) not in PASTE_KEYS:
            return False
        text = QApplication.focusWidget()
        if isinstance(text, QTextEdit) and not text.isReadOnly():
            words = QMimeData()
            words.setText(QGuiApplication.clipboard().text())
            text.insertFromMimeData(words)
            return True
        if isinstance(text, QLineEdit) and not text.isReadOnly():
            text.paste()
            return True
        self.told.emit(
            self.tr(
                "Nothing was pasted: there is no text here to paste into. The clipboard comes in as a source on the pages "
                "Library (Ctrl+1) and Imports (Ctrl+4), or by File → Paste as a source."
            )
            if self.paste.isEnabled()
            else self.tr("Open a library or make a new one first.")
        )
        return True

    def add_file(self, dialogs: Dialogs, backups: Callable[[], None], new_brief: Callable[[], None]) -> None:
        """Add the File menu."""
        menu = self._window.menuBar().addMenu(self.tr("&File"))
        doors, taking = self._libraries, self._taking
        self._add(menu, self.tr("Ne&w brief…"), "Ctrl+N", new_brief, needs_library=True)
        self._add(menu, self.tr("&New library…"), "Ctrl+Shift+N", doors.ask_new)
        self._add(menu, self.tr("&Open library…"), "Ctrl+O", doors.ask_open)
        menu.addMenu(self._recent)
        self._add(menu, self.tr("Open the &sample…"), "", doors.ask_sample)
        menu.addSeparator()
        self._add(menu, self.tr("&Import files…"), "Ctrl+I", taking.ask_files, needs_library=True)
        self._add(menu, self.tr("Import a &folder…"), "", taking.ask_folder, needs_library=True)
        self.paste = self._add(
            menu, self.tr("&Paste as a source"), PASTE_KEY, taking.paste, needs_library=True
        )
        self._add(menu, self.tr("&Back up to a file…"), "", doors.ask_backup, needs_library=True)
        self._add(menu, self.tr("Backups and &restoring…"), "", backups, needs_library=True)
        self._add(menu, self.tr("Recor&d…"), "", dialogs.show_record, needs_library=True)
        self._add(menu, self.tr("Chan&ges from outside…"), "", dialogs.show_outside, needs_library=True)
        self.protection = menu.addMenu(self.tr("Encr&yption"))
        menu.addSeparator()
        self._add(menu, self.tr("&Check a document…"), "Ctrl+Shift+K", dialogs.check_document)
        menu.addSeparator()
        self._add(menu, self.tr("S&ettings…"), "Ctrl+,", dialogs.edit_settings)
        self._add(menu, self.tr("&Quit"), "Ctrl+Q", self._window.close)

    def add_edit(
        self,
        undo: Callable[[], None],
        redo: Callable[[], None],
        find: Callable[[], None],
        vocabulary: Callable[[], None],
        forms: Callable[[], None],
        trash: Callable[[], None],
    ) -> tuple[QAction, QAction]:
        """Add the Edit menu; returns the actions of undo and redo."""
        menu = self._window.menuBar().addMenu(self.tr("&Edit"))
        undoing = self._add(menu, self.tr("&Undo"), "Ctrl+Z", undo, needs_library=True)
        redoing = self._add(menu, self.tr("&Redo"), "Ctrl+Y", redo, needs_library=True)
        redoing.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        menu.addSeparator()
        self._add(menu, self.tr("&Search"), "Ctrl+F", find, needs_library=True)
        self._add(menu, self.tr("&Vocabulary…"), "", vocabulary, needs_library=True)
        self._add(menu, self.tr("&Forms…"), "Ctrl+Shift+O", forms, needs_library=True)
        self._add(menu, self.tr("&Trash…"), "", trash, needs_library=True)
        return undoing, redoing

    def add_view(self, show: Callable[[int], None]) -> None:
        """Add the View menu, one entry a page."""
        menu = self._window.menuBar().addMenu(self.tr("&View"))
        for number, text in enumerate(
            (self.tr("&Library"), self.tr("&Briefs"), self.tr("&Coverage"), self.tr("Review &imports"))
        ):
            self._add(menu, text, f"Ctrl+{number + 1}", partial(show, number), needs_library=True)

    def add_help(self, shortcuts: Callable[[], None], about: Callable[[], None]) -> None:
        """Add the Help menu."""
        menu = self._window.menuBar().addMenu(self.tr("&Help"))
        self.help = menu.menuAction()
        self._add(menu, self.tr("&Keyboard shortcuts"), "F1", shortcuts)
        self._add(menu, self.tr("&About Briefer"), "", about)

    def _add(
        self, menu: QMenu, text: str, key: str, do: Callable[[], object], *, needs_library: bool = False
    ) -> QAction:
        action = menu.addAction(text)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: do())
        if needs_library:
            self.in_library.append(action)
        return action

    def _list_recent(self) -> None:
        self._recent.clear()
        paths = self._context.settings.recent()
        for path in paths:
            action = self._recent.addAction(fill(self.tr("%1   (%2)"), path.name, path.parent))
            action.triggered.connect(lambda _checked=False, library=path: self._open(library))
        if not paths:
            self._recent.addAction(self.tr("None yet")).setEnabled(False)

    def _open(self, path: Path) -> None:
        self._libraries.open(path)
