"""Applying the theme: the person's choice, or the desktop's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from briefer.ui.context import Context
from briefer.ui.settings import ThemeChoice
from briefer.ui.theme import DARK, LIGHT, Colours, font, palette, style_sheet


class Appearance(QObject):
    """Keeps the application in the colours that the preferences or the desktop ask for."""

    def __init__(self, app: QApplication, context: Context) -> None:
        super().__init__(app)
        self._app = app
        self._context = context
        app.setStyle("Fusion")
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Put the wanted colours on."""
        colours = self._wanted()
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours))
        self._context.set_colours(colours)

    def _wanted(self) -> Colours:
        choice = self._context.settings.preferences.theme
        if choice is ThemeChoice.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = choice is ThemeChoice.DARK
        return DARK if dark else LIGHT
