"""Asks where words of a text shall lead."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

_LINKED = re.compile(r"(?:https?://\S+|mailto:\S+@\S+|#\S+)", re.IGNORECASE)


class LinkDialog(QDialog):
    """One address: a web page, a mail address, or a place of the brief; empty takes the link away."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Link"))
        self.field = QLineEdit(address)
        self.field.setPlaceholderText("https://…")
        self.field.setMinimumWidth(380)
        self._usual = self.tr("A web page or mail address; empty takes the link away.")
        self._told = QLabel(self._usual)
        self._told.setProperty("role", "soft")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.tr("&Address"), self.field)
        form.addRow(self._told)
        form.addRow(buttons)
        self.field.textChanged.connect(self._check)
        self.field.selectAll()

    @property
    def told(self) -> str:
        """What is said about the address."""
        return self._told.text()

    @property
    def address(self) -> str:
        """The address, with its scheme, or nothing."""
        text = self.field.text().strip()
        if not text or _LINKED.fullmatch(text):
            return text
        return f"mailto:{text}" if "@" in text and "/" not in text else f"https://{text}"

    def _check(self) -> None:
        usable = not self.address or _LINKED.fullmatch(self.address) is not None
        self._ok.setEnabled(usable)
        wrong = self.tr("This is no address of a web page or of mail: it holds no spaces.")
        self._told.setText(self._usual if usable else wrong)
