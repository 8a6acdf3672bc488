"""Asks before red findings leave: names them, and wants to know who lets them, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefer.domain.checks import RULES
from briefer.domain.findings import Finding
from briefer.services.leaving import Cleared
from briefer.ui.text import counted

_MOST = 8


class LetPassDialog(QDialog):
    """Shows what must be mended; exporting all the same takes a name and a reason."""

    def __init__(self, findings: Sequence[Finding], author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Before it leaves"))
        title = QLabel(
            counted(
                len(findings),
                self.tr("The checks found 1 thing that must be mended"),
                self.tr("The checks found %1 things that must be mended"),
            )
        )
        title.setProperty("role", "heading")
        told = [f"●  {finding.message}\n     {RULES[finding.check].plain}" for finding in findings[:_MOST]]
        if len(findings) > _MOST:
            told.append(self.tr("… and %1 more").replace("%1", str(len(findings) - _MOST)))
        self.told = QLabel("\n".join(told))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        note = QLabel(
            self.tr("The document can leave all the same. The record then keeps who let it, and why.")
        )
        note.setProperty("role", "soft")
        note.setWordWrap(True)
        self.name = QLineEdit(author)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it may leave like this"))
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Reason"), self.reason)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(
            self.tr("Export all the same"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.show_checks = self.buttons.addButton(
            self.tr("&Show the checks"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.show_checks.setDefault(True)
        self.export.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        for widget in (title, self.told, note):
            box.addWidget(widget)
        box.addLayout(form)
        box.addWidget(self.buttons)
        self.setMinimumWidth(560)
        for field in (self.name, self.reason):
            field.textChanged.connect(self._follow)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._follow()
        (self.reason if author else self.name).setFocus()

    @property
    def cleared(self) -> Cleared:
        """Who lets the findings leave, and why."""
        return Cleared(self.name.text().strip(), self.reason.text().strip())

    def _follow(self) -> None:
        self.export.setEnabled(bool(self.cleared.who and self.cleared.reason))
