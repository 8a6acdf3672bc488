"""The navigation at the left edge: one button a page, settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from briefer.ui.icons import icon
from briefer.ui.text import counted
from briefer.ui.theme import Colours, readable_on

LIBRARY, BRIEFS, COVERAGE, IMPORTS = range(4)
_MOST = 999


class Rail(QFrame):
    """Library, Briefs, Coverage, Imports with the number of sources to review; Settings."""

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
        self._buttons: dict[str, _RailButton] = {}
        for number, (name, text) in enumerate(
            (
                ("library", self.tr("Library")),
                ("briefs", self.tr("Briefs")),
                ("coverage", self.tr("Coverage")),
                ("imports", self.tr("Imports")),
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

    def show_unreviewed(self, count: int) -> None:
        """Show how many imported sources nobody has looked at."""
        button = self._buttons["imports"]
        button.show_count(count)
        text = self.tr("Review imports (Ctrl+4)")
        told = counted(count, self.tr("1 source to review"), self.tr("%1 sources to review"))
        button.setToolTip(f"{text}\n{told}" if count else text)
        button.setAccessibleName(self.tr("Imports"))
        button.setAccessibleDescription(told if count else "")

    def set_open(self, is_open: bool) -> None:
        """Let the pages be chosen, or not while no library is open."""
        for button in self._pages.buttons():
            button.setEnabled(is_open)

    def ink(self, colours: Colours) -> None:
        """Draw the icons in the colours of the theme."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, colours.rail_text, "#ffffff", colours.text_faint))
            button.badge_ground = QColor(colours.rail_mark)

    def _button(self, name: str, text: str) -> _RailButton:
        button = _RailButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(84, 60)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[name] = button
        return button


class _RailButton(QToolButton):
    """A button that can bear a number in its corner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.badge_ground = QColor("#6c9cf5")
        self._count = 0

    def show_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        text = f"{self._count}" if self._count <= _MOST else f"{_MOST}+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(8)
        font.setBold(True)
        painter.setFont(font)
        width = max(17.0, painter.fontMetrics().horizontalAdvance(text) + 9.0)
        badge = QRectF(min(47.0, self.width() - width - 3), 4, width, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.badge_ground)
        painter.drawRoundedRect(badge, 8.5, 8.5)
        painter.setPen(readable_on(self.badge_ground, QColor("#10161f"), QColor("#ffffff")))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
