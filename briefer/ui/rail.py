"""The navigation at the left edge: one button a page, settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from briefer.ui.icons import icon
from briefer.ui.theme import Colours

LIBRARY, BRIEFS, COVERAGE = range(3)


class Rail(QFrame):
    """Library, Briefs, Coverage; Settings."""

    chosen = Signal(int)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(84)
        self._pages = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 10)
        layout.setSpacing(4)
        self._buttons: dict[str, QToolButton] = {}
        for number, (name, text) in enumerate(
            (
                ("library", self.tr("Library")),
                ("briefs", self.tr("Briefs")),
                ("coverage", self.tr("Coverage")),
            )
        ):
            button = self._button(name, text)
            button.setCheckable(True)
            button.setToolTip(f"{text} (Ctrl+{number + 1})")
            self._pages.addButton(button, number)
            layout.addWidget(button)
        layout.addStretch(1)
        settings = self._button("settings", self.tr("Settings"))
        settings.setToolTip(self.tr("Settings (Ctrl+,)"))
        settings.clicked.connect(self.settings_wanted)
        layout.addWidget(settings)
        self._pages.idClicked.connect(self.chosen)

    def show_page(self, number: int | None) -> None:
        """Mark a page as the present one, or none."""
        self._pages.setExclusive(False)
        for button in self._pages.buttons():
            button.setChecked(self._pages.id(button) == number)
        self._pages.setExclusive(number is not None)

    def set_open(self, is_open: bool) -> None:
        """Let the pages be chosen, or not while no library is open."""
        for button in self._pages.buttons():
            button.setEnabled(is_open)

    def ink(self, colours: Colours) -> None:
        """Draw the icons in the colours of the theme."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, colours.rail_text, "#ffffff"))

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(84, 60)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[name] = button
        return button
