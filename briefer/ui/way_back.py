"""The way back to the brief from a source that a click on a citation opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.ui.context import Context
from briefer.ui.text import fill

_KEY = "Alt+Left"
_ON = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F6})


class WayBack(QFrame):
    """A line that leads back. It has the focus at first: who types on in the belief to be in the brief does nothing."""

    source_wanted = Signal(str, str)
    """The ids of a source and of its excerpt that shall be shown."""
    back_wanted = Signal()
    on_wanted = Signal()
    """To the source: a key was pressed that moves in it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        told = self.tr("The source of the citation.")
        self.setAccessibleName(told)
        self.button = QPushButton(fill(self.tr("← Back to the brief (%1)"), _KEY))
        self.button.clicked.connect(self.back_wanted)
        label = QLabel(told)
        label.setProperty("role", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self.button)
        row.addWidget(label, 1)
        self._key = QShortcut(QKeySequence(_KEY), self)
        self._key.activated.connect(self.back_wanted)
        self.withdraw()

    def lead(self, excerpt_id: str) -> None:
        """Lead to the source of an excerpt, and offer the way back."""
        desk = self._context.desk
        if desk is None:
            return

        def source_of() -> str:
            with desk.library.read() as work:
                excerpt = work.excerpts.get(excerpt_id)
            return excerpt.source_id if excerpt else ""

        self._context.run(source_of, lambda source_id: self._offer(source_id, excerpt_id))

    def _offer(self, source_id: str, excerpt_id: str) -> None:
        if not source_id:
            return
        self.source_wanted.emit(source_id, excerpt_id)
        self._key.setEnabled(True)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Lead nowhere any more."""
        self._key.setEnabled(False)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ON:
            self.on_wanted.emit()
        else:
            super().keyPressEvent(event)
