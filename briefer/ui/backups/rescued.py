"""The dialog that tells what could be saved of a damaged library, and what could not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from briefer.domain.rescue import Rescued
from briefer.ui.text import counted, fill


class RescuedDialog(QDialog):
    """Tells it in numbers, and lists what is lost or harmed; the list can be copied."""

    def __init__(self, rescued: Rescued, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What was saved"))
        saved = rescued.saved
        held = (
            counted(saved.sources, self.tr("1 source"), self.tr("%1 sources")),
            counted(saved.excerpts, self.tr("1 excerpt"), self.tr("%1 excerpts")),
            counted(saved.briefs, self.tr("1 brief"), self.tr("%1 briefs")),
        )
        self.text = QLabel(fill(self.tr("Saved into the new library: %1."), ", ".join(held)))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setAccessibleName(self.tr("What is lost or harmed"))
        lines = [*rescued.lost, *rescued.harmed]
        self.list.setPlainText("\n".join(lines) or self.tr("Nothing is lost."))
        note = QLabel(self.tr("The damaged file stays as it is."))
        note.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        for widget in (self.text, self.list, note, buttons):
            box.addWidget(widget)
        self.resize(680, 420)
