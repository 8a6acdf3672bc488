"""Find and replace over all texts of a brief."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from briefer.ui.brief.kept_line import SteppingLine


class FindBar(QWidget):
    """Two lines above the page; the editor finds and replaces."""

    changed = Signal()
    """Something else is looked for."""
    find_wanted = Signal(int)
    """Go to the next (1) or former (-1) place."""
    replace_wanted = Signal()
    replace_all_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = SteppingLine()
        self.wanted.setPlaceholderText(self.tr("Find in this brief…"))
        self.wanted.setAccessibleName(self.tr("Find in this brief"))
        self.by = SteppingLine()
        self.by.setPlaceholderText(self.tr("Replace with…"))
        self.by.setAccessibleName(self.tr("Replace with"))
        self.case = QCheckBox(self.tr("Match case"))
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self.former = self._button("↑", self.tr("Former place (Shift+Enter)"))
        self.following = self._button("↓", self.tr("Next place (Enter)"))
        self._close = self._button("✕", self.tr("Close (Esc)"))
        self.one = QPushButton(self.tr("&Replace"))
        self.all = QPushButton(self.tr("Replace &all"))
        self._lay_out()
        self.wanted.textChanged.connect(lambda _text: self.changed.emit())
        self.case.toggled.connect(lambda _on: self.changed.emit())
        for acted in (self.find_wanted, self.replace_wanted, self.replace_all_wanted):
            acted.connect(self._forget_steps)
        self.by.returnPressed.connect(self.replace_wanted)
        self.former.clicked.connect(lambda: self.find_wanted.emit(-1))
        self.following.clicked.connect(lambda: self.find_wanted.emit(1))
        self.one.clicked.connect(self.replace_wanted)
        self.all.clicked.connect(self.replace_all_wanted)
        self._close.clicked.connect(self._leave)
        self.hide()

    def ask(self, words: str, *, replacing: bool) -> None:
        """Appear, with ``words`` to be found; with the second line where something shall be replaced."""
        for widget in (self.by, self.one, self.all):
            widget.setVisible(replacing or (not widget.isHidden() and self.isVisible()))
        if words:
            self.wanted.setText(words)
        self.show()
        self.wanted.setFocus()
        self.wanted.selectAll()

    @property
    def told(self) -> str:
        """What is said to be found."""
        return self._told.text()

    def tell(self, text: str) -> None:
        """Say what was found."""
        self._told.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.wanted.hasFocus():
            self.find_wanted.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _forget_steps(self, *_step: int) -> None:
        # What was typed here has been used: undo from now on takes back what was done with it.
        self.wanted.forget_steps()
        self.by.forget_steps()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def _button(self, sign: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        first = (self.wanted, self.former, self.following, self.case, self._told, self._close)
        for column, widget in enumerate(first):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.by, 1, 0)
        grid.addWidget(self.one, 1, 1, 1, 2)
        grid.addWidget(self.all, 1, 3)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(4, 1)
        order = (
            self.wanted,
            self.by,
            self.former,
            self.following,
            self.one,
            self.all,
            self.case,
            self._close,
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
