"""The dialog of the preferences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from briefer.ui.settings import Preferences, ThemeChoice, UiLanguage
from briefer.ui.styles_pane import StylesPane


class SettingsDialog(QDialog):
    """Theme, language and the author's name, and the scheme of markings that the open library prefers.

    The user's citation styles are changed at once.
    """

    def __init__(
        self,
        preferences: Preferences,
        styles: StylesPane,
        schemes: Sequence[tuple[str, str]] = (),
        preferred: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``schemes`` are ids and names, none where no library is open; ``preferred`` is one of the ids, or empty."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(560)
        self._theme = QComboBox()
        for choice, text in (
            (ThemeChoice.SYSTEM, self.tr("As the desktop")),
            (ThemeChoice.LIGHT, self.tr("Light")),
            (ThemeChoice.DARK, self.tr("Dark")),
        ):
            self._theme.addItem(text, choice)
        self._theme.setCurrentIndex(self._theme.findData(preferences.theme))
        self._language = QComboBox()
        for language, text in (
            (UiLanguage.SYSTEM, self.tr("As the desktop")),
            (UiLanguage.ENGLISH, "English"),
            (UiLanguage.JAPANESE, "日本語"),
        ):
            self._language.addItem(text, language)
        self._language.setCurrentIndex(self._language.findData(preferences.language))
        self._author = QLineEdit(preferences.author)
        self.scheme = QComboBox()
        self.scheme.addItem(self.tr("None before others") if schemes else self.tr("No library is open"), "")
        for scheme_id, name in schemes:
            self.scheme.addItem(name, scheme_id)
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(preferred)))
        self.scheme.setEnabled(bool(schemes))
        self.scheme.setToolTip(self.tr("Its levels are offered first wherever something is marked"))
        note = QLabel(self.tr("The language changes when Briefer is started again."))
        note.setProperty("role", "soft")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setContentsMargins(20, 18, 20, 16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Theme"), self._theme)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow("", note)
        form.addRow(self.tr("&Author of new briefs"), self._author)
        form.addRow(self.tr("&Markings of this library"), self.scheme)
        form.addRow(self.tr("Citation styles\nof your own"), styles)
        form.addRow(buttons)

    def preferences(self) -> Preferences:
        """Return what is chosen."""
        return Preferences(
            theme=ThemeChoice(self._theme.currentData()),
            language=UiLanguage(self._language.currentData()),
            author=self._author.text().strip(),
        )
