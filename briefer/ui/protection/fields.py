"""Fields in which passphrases are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

_WIDTH = 520


class PassphraseField(QLineEdit):
    """A line that shows dots; no input method and no history of words learns what is typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumWidth(320)
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        """Show what is typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        # A field that shows its text would otherwise let the system learn its words.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )


class PassphraseDialog(QDialog):
    """A dialog of one width, as high as its sentences need, which come and go; ``agree`` is its button that accepts."""

    def __init__(
        self,
        parent: QWidget | None = None,
        agree: QDialogButtonBox.StandardButton = QDialogButtonBox.StandardButton.Ok,
    ) -> None:
        super().__init__(parent)
        self.buttons = QDialogButtonBox(agree | QDialogButtonBox.StandardButton.Cancel)
        self.agree = self.buttons.button(agree)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def rows(self) -> QFormLayout:
        """Lay the dialog out as rows of labelled fields, and return them."""
        form = QFormLayout(self)
        form.setContentsMargins(20, 18, 20, 16)
        form.setVerticalSpacing(10)
        return form

    def fit(self) -> None:
        """Take the height that the sentences need now."""
        self.setFixedWidth(_WIDTH)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            # Without a sentence, no height depends on the width.
            depends = layout.hasHeightForWidth()
            self.setFixedHeight(
                layout.totalHeightForWidth(_WIDTH) if depends else layout.totalSizeHint().height()
            )


def showing(text: str, fields: Sequence[PassphraseField]) -> QCheckBox:
    """Return a box that shows what is typed in the fields while it is ticked."""
    box = QCheckBox(text)

    def show(shown: bool) -> None:
        for field in fields:
            field.show_text(shown=shown)

    box.toggled.connect(show)
    return box


def note(text: str = "") -> QLabel:
    """Return a label for sentences."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
