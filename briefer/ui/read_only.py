"""The line that says why the open library can only be read, and tries again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefer.domain.holders import ReadOnly
from briefer.ui.context import Context
from briefer.ui.text import fill, moment

_LOOKED_MS = 5_000


class ReadOnlyBar(QFrame):
    """«Ann on PC-12 has this library open since …»; shown as long as nothing can be changed.

    Where the disk was full, it tries again by itself as soon as there is room.
    """

    again_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("problems")
        self.setProperty("calm", True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.again = QPushButton(self.tr("Try again"))
        self.again.setProperty("quiet", True)
        self.again.clicked.connect(self.again_wanted)
        self.watch = QTimer(self, interval=_LOOKED_MS)
        self.watch.timeout.connect(self._look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 10, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.again)
        context.desk_changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    def _show(self) -> None:
        desk = self._context.desk
        why = desk.library.read_only if desk is not None else None
        self.setVisible(why is not None)
        if why is not None:
            self._text.setText(self._sentence(why))
            self.setAccessibleName(self.text)
        if why is not None and why.full:
            self.watch.start()
        else:
            self.watch.stop()

    def _look(self) -> None:
        desk = self._context.desk
        if desk is not None and desk.library.has_room_again:
            self.watch.stop()  # until it is open again, in whichever way
            self.again_wanted.emit()

    def _sentence(self, why: ReadOnly) -> str:
        holder = why.holder
        if why.full:
            return self.tr(
                "Read only: the disk is full. As soon as there is space on it, this goes on by itself."
            )
        if holder is None:
            return self.tr(
                "Read only: the file or its folder cannot be written. Copy the library to a folder of your own to change it."
            )
        if holder.since is None:
            return self.tr("Read only: another window has this library open. Close it there, then try again.")
        return fill(
            self.tr("Read only: %1 on %2 has this library open since %3. Close it there, then try again."),
            holder.user or "?",
            holder.host or "?",
            moment(holder.since),
        )
