"""Asking for the passwords of files that are locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.problems import message
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.desk import Desk
    from briefer.services.import_results import ImportReport, ImportResult


class PasswordDialog(QDialog):
    """One locked file after the other: its name, a field, and the choice to leave it out."""

    answered = Signal(object)
    """What became of the files whose passwords were given: {place in the list: results}."""

    def __init__(
        self, context: Context, desk: Desk, locked: Sequence[ImportResult], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._locked = tuple(locked)
        self._place = 0
        self._opened: dict[int, tuple[ImportResult, ...]] = {}
        self.setWindowTitle(self.tr("Password"))
        self.setMinimumWidth(480)
        self._counter = QLabel()
        self._counter.setProperty("role", "soft")
        self._name = QLabel()
        self._name.setProperty("role", "heading")
        self._name.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password of the file"))
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        self._objection.setWordWrap(True)
        self._lay_out()
        self._ask()

    @property
    def objection(self) -> str:
        """Why the last password did not do, or nothing."""
        return self._objection.text()

    def _lay_out(self) -> None:
        self._open = QPushButton(self.tr("Open"))
        self._open.setProperty("primary", True)
        self._open.setDefault(True)
        self._skip = QPushButton(self.tr("Skip"))
        self._skip.setToolTip(self.tr("Leave this file out"))
        self._skip_all = QPushButton(self.tr("Skip all"))
        self._skip_all.setVisible(len(self._locked) > 1)
        self._open.clicked.connect(self._try)
        self._skip.clicked.connect(self._next)
        self._skip_all.clicked.connect(self.reject)
        self.field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        self.finished.connect(lambda _result: self.answered.emit(self._opened))
        buttons = QHBoxLayout()
        buttons.addWidget(self._skip_all)
        buttons.addStretch(1)
        buttons.addWidget(self._skip)
        buttons.addWidget(self._open)
        intro = QLabel(self.tr("This file is locked. Its password opens it for this import and is not kept."))
        intro.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(8)
        for widget in (self._counter, self._name, intro, self.field, self._objection):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _ask(self) -> None:
        """Ask for the password of the present file."""
        locked = self._locked[self._place]
        self._name.setText(Path(locked.file).name)
        self._name.setToolTip(locked.file)
        self._counter.setText(fill(self.tr("%1 of %2"), self._place + 1, len(self._locked)))
        self._counter.setVisible(len(self._locked) > 1)
        self._object("")
        self.field.clear()
        self._set_busy(busy=False)

    def _next(self) -> None:
        self._place += 1
        if self._place == len(self._locked):
            self.accept()
        else:
            self._ask()

    def _try(self) -> None:
        taken = self._locked[self._place].locked
        assert taken is not None, "only locked files are asked for"
        tried = replace(taken, password=self.field.text())

        def work() -> tuple[object, object]:
            report = self._desk.importing.import_taken([tried])
            return report, report.change

        self._set_busy(busy=True)
        self._context.change(work, done=self._take, failed=self._fail)

    def _take(self, report: ImportReport) -> None:
        if any(result.locked for result in report.results):
            self._set_busy(busy=False)
            self._object(self.tr("That password does not open the file."))
            self.field.selectAll()
            return
        self._opened[self._place] = report.results
        self._next()

    def _fail(self, error: KnownError) -> None:
        self._set_busy(busy=False)
        self._object(message(error))

    def _object(self, text: str) -> None:
        self._objection.setText(text)
        self._objection.setVisible(bool(text))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.field, self._skip, self._skip_all):
            widget.setEnabled(not busy)
        self._open.setEnabled(not busy and bool(self.field.text()))
        if not busy:
            self.field.setFocus()
