"""Asks before a dialog goes away with what was typed in it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QMessageBox


def ask_to_leave(dialog: QDialog, question: str) -> None:
    """Ask whether ``dialog`` is to be left and what was typed lost, and leave it then."""
    tr = QCoreApplication.translate
    ask = QMessageBox(dialog)
    ask.setWindowTitle(dialog.windowTitle())
    ask.setText(question)
    leave = ask.addButton(tr("Leaving", "Leave"), QMessageBox.ButtonRole.DestructiveRole)
    stay = ask.addButton(tr("Leaving", "Stay here"), QMessageBox.ButtonRole.RejectRole)
    ask.setDefaultButton(stay)
    ask.setEscapeButton(stay)
    ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    leave.clicked.connect(dialog.reject)
    ask.open()
