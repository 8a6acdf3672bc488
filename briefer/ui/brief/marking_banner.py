"""The brief's marking across the page, and the small window in which another is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from briefer.domain.markings import MarkingScheme, shown
from briefer.ui.brief.export.group import soft
from briefer.ui.marking_box import MarkingBox
from briefer.ui.text import fill

_WIDTH = 460


class MarkingBanner(QPushButton):
    """Shows the marking as the document will; a click asks for another."""

    chosen = Signal(str)
    """Another marking of the brief: ``scheme/level``, a text, or nothing."""

    def __init__(
        self, schemes: tuple[MarkingScheme, ...], language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._schemes = schemes
        self._marking = ""
        self.setObjectName("marking")
        self.setToolTip(self.tr("Marking of the brief (Ctrl+Shift+M)"))
        self.popup = MarkingPopup(schemes, language, self)
        self.popup.box.chosen.connect(self._take)
        self.clicked.connect(self.ask)

    def show_marking(self, label: str) -> None:
        """Show a marking, or that there is none."""
        marking = shown(label, self._schemes)
        self._marking = label
        self.setText(marking.text if marking else self.tr("Not marked"))
        self.setAccessibleName(fill(self.tr("Marking of the brief: %1"), self.text()))
        if self.property("empty") != (marking is None):
            self.setProperty("empty", marking is None)
            self.style().unpolish(self)
            self.style().polish(self)

    def ask(self) -> None:
        """Ask for another marking."""
        self.popup.show_at(
            self.mapToGlobal(QPoint((self.width() - _WIDTH) // 2, self.height())), self._marking
        )

    def _take(self, marking: str) -> None:
        self.popup.hide()
        self.chosen.emit(marking)


class MarkingPopup(QFrame):
    """The box of markings below the banner."""

    def __init__(self, schemes: tuple[MarkingScheme, ...], language: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setFixedWidth(_WIDTH)
        title = QLabel(self.tr("Marking of the brief"))
        title.setProperty("role", "heading")
        self._marking = ""
        self.box = MarkingBox(schemes, language, self.tr("Not marked"))
        self.box.setAccessibleName(title.text())
        title.setBuddy(self.box)
        note = soft(
            self.tr("Type a part of a level or of a scheme’s name. Any other text is taken as it is.")
        )
        inner = QVBoxLayout(self)
        inner.setContentsMargins(16, 12, 16, 14)
        inner.setSpacing(8)
        for widget in (title, self.box, note):
            inner.addWidget(widget)

    def show_at(self, place: QPoint, marking: str) -> None:
        """Open below a place of the screen."""
        self._marking = marking
        self.box.show_marking(marking)
        self.move(place)
        self.show()
        self.box.setFocus()
        self.box.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # What was typed is not taken when the focus leaves.
            self.box.line.setModified(False)
            self.box.show_marking(self._marking)
            self.hide()
        else:
            super().keyPressEvent(event)
