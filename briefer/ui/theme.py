"""Colours of the window, light and dark, and the style sheet that is made of them.

Text reaches a contrast of 4.5 : 1 on what it stands on (WCAG 2.2, 1.4.3); tests hold that.
"""

from __future__ import annotations

import string
from dataclasses import asdict, dataclass

from PySide6.QtGui import QColor, QFont, QPalette

from briefer import assets
from briefer.domain.tags import TagKind

FONTS = ("Segoe UI", "SF Pro Text", "Source Sans 3", "Noto Sans CJK JP", "Noto Sans", "DejaVu Sans")


@dataclass(frozen=True)
class Colours:
    """The tokens of one theme, as ``#rrggbb``."""

    dark: bool
    window: str
    surface: str
    surface_low: str
    line: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_strong: str
    on_accent: str
    selection: str
    picked: str
    picked_text: str
    rail: str
    rail_text: str
    rail_current: str
    rail_mark: str
    hit: str
    hit_text: str
    excerpt: str
    danger: str
    danger_surface: str
    warning: str
    warning_surface: str
    partner: str
    partner_surface: str
    risk: str
    risk_surface: str
    theme: str
    theme_surface: str
    free: str
    free_surface: str
    heat: str

    def pill(self, kind: TagKind) -> tuple[QColor, QColor]:
        """Return the text and the ground of a tag of that kind."""
        return QColor(getattr(self, kind.value)), QColor(getattr(self, f"{kind.value}_surface"))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(ground: QColor, ink: QColor, share: float) -> QColor:
    """Return ``ground`` with a share (0 to 1) of ``ink`` laid over it."""

    def mixed(below: int, above: int) -> int:
        return round(below + (above - below) * share)

    return QColor(
        mixed(ground.red(), ink.red()), mixed(ground.green(), ink.green()), mixed(ground.blue(), ink.blue())
    )


def readable_on(ground: QColor, *inks: QColor) -> QColor:
    """Return the one of ``inks`` that is read best on ``ground``."""
    return max(inks, key=lambda ink: contrast(ink, ground))


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


LIGHT = Colours(
    dark=False,
    window="#f5f7fa", surface="#ffffff", surface_low="#eef1f5", line="#d7dde5",
    text="#1c2632", text_soft="#556170", text_faint="#5f6a78",
    accent="#2859b0", accent_strong="#1f4890", on_accent="#ffffff", selection="#dbe6fb",
    picked="#2859b0", picked_text="#ffffff",
    rail="#202b3c", rail_text="#c9d3e0", rail_current="#2f3e57", rail_mark="#6c9cf5",
    hit="#ffedb0", hit_text="#2b2200", excerpt="#d8e5fd",
    danger="#a11c1c", danger_surface="#fdeaea", warning="#7a4306", warning_surface="#fff2e2",
    partner="#1f47a6", partner_surface="#e2ebfd", risk="#8c2f12", risk_surface="#fde8dc",
    theme="#0d5f54", theme_surface="#dbf3ee", free="#4a4560", free_surface="#ebe9f2",
    heat="#5087de",
)  # fmt: skip

DARK = Colours(
    dark=True,
    window="#161b22", surface="#1e252e", surface_low="#12161c", line="#37424f",
    text="#e6ebf1", text_soft="#a9b5c2", text_faint="#93a0ae",
    accent="#3465bd", accent_strong="#8cb2f8", on_accent="#ffffff", selection="#2a3f63",
    picked="#8cb2f8", picked_text="#10161f",
    rail="#0f141b", rail_text="#b9c5d3", rail_current="#253248", rail_mark="#6c9cf5",
    hit="#6a5410", hit_text="#fff6d8", excerpt="#274272",
    danger="#ff9d96", danger_surface="#43201f", warning="#f5c07c", warning_surface="#3d2c14",
    partner="#b5cdfd", partner_surface="#263a63", risk="#fbbb9f", risk_surface="#54301f",
    theme="#9fe2d5", theme_surface="#1c4841", free="#d2cbea", free_surface="#3b3650",
    heat="#3f74cc",
)  # fmt: skip


def font() -> QFont:
    """Return the window's font: what the desktop has of a few quiet families."""
    chosen = QFont()
    chosen.setFamilies(list(FONTS))
    chosen.setPointSizeF(10)
    return chosen


def palette(colours: Colours) -> QPalette:
    """Return the colours for what style sheets do not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for key, value in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.surface_low),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.text_faint),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Link, colours.accent_strong),
        (role.Accent, colours.accent),
        (role.Mid, colours.line),
    ):
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.text_faint))
    return made


def style_sheet(colours: Colours) -> str:
    """Return the style sheet of the whole window."""
    arrow = assets.resources() / "icons" / ("arrow-on-dark.svg" if colours.dark else "arrow.svg")
    check = assets.resources() / "icons" / "check.svg"
    return string.Template(_SHEET).substitute(asdict(colours), arrow=arrow.as_posix(), check=check.as_posix())


_SHEET = """
* { outline: none; }
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#page { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 17pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="soft"], QCheckBox[role="soft"] { color: $text_soft; font-size: 9.5pt; }
QLabel[role="error"] { color: $danger; font-size: 9.5pt; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: $surface; border: 1px solid $line; border-radius: 5px; padding: 5px 8px;
  selection-background-color: $selection; selection-color: $text;
}
QTextBrowser#reader { selection-background-color: $picked; selection-color: $picked_text; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
  border: 2px solid $accent; padding: 4px 7px;
}
QLineEdit[search="true"] { padding: 8px 11px; border-radius: 6px; }
QLineEdit[search="true"]:focus { padding: 7px 10px; }
QLineEdit[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $text_faint; background: $surface_low; }
QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 13px; height: 13px; border: 1px solid $text_faint; border-radius: 3px; background: $surface;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$check");
}
QRadioButton::indicator:checked {
  border-color: $accent; background: qradialgradient(
    cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 $on_accent, stop: 0.42 $on_accent, stop: 0.5 $accent, stop: 1 $accent
  );
}
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $rail_mark; width: 11px; height: 11px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $surface_low; }
QCheckBox::indicator:checked:disabled { background: $text_faint; }
QCheckBox:disabled, QRadioButton:disabled, QLabel:disabled { color: $text_faint; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QSpinBox QLineEdit, QSpinBox QLineEdit:focus {
  border: none; padding: 0; background: transparent;
}
QSpinBox { padding: 5px 0; }
QSpinBox:focus { padding: 4px 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
  background: $surface; border: 1px solid $line; border-radius: 0;
}

QPushButton, QToolButton[button="true"] {
  background: $surface; border: 1px solid $line; border-radius: 6px; padding: 7px 13px;
}
QPushButton:hover, QToolButton[button="true"]:hover { background: $surface_low; }
QPushButton:focus, QToolButton[button="true"]:focus { border: 2px solid $accent; padding: 6px 12px; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled { color: $text_faint; background: $surface_low; }
QPushButton[primary="true"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover { background: $accent; border-color: $text; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $surface_low; color: $text_faint; border-color: $line; }
QPushButton[quiet="true"], QToolButton { background: transparent; border: 1px solid transparent; }
QToolButton { border-radius: 5px; padding: 4px 8px; }
QPushButton[link="true"] {
  background: transparent; border: none; color: $text_soft; font-size: 9.5pt; text-align: left; padding: 2px 4px;
}
QPushButton[link="true"]:hover { color: $text; }
QPushButton[link="true"]:focus { border: 2px solid $accent; padding: 0 2px; }
QPushButton[quiet="true"]:hover, QToolButton:hover { background: $surface_low; }
QPushButton[quiet="true"]:focus, QToolButton:focus { border: 2px solid $accent; }
QToolButton:checked { background: $selection; font-weight: 600; }

QPushButton[chip="true"] {
  border: 1px solid transparent; border-radius: 11px; padding: 2px 10px; font-size: 9.5pt;
  background: $surface_low; color: $text;
}
QPushButton[chip="true"][kind="partner"] { background: $partner_surface; color: $partner; }
QPushButton[chip="true"][kind="risk"] { background: $risk_surface; color: $risk; }
QPushButton[chip="true"][kind="theme"] { background: $theme_surface; color: $theme; }
QPushButton[chip="true"][kind="free"] { background: $free_surface; color: $free; }
QPushButton[chip="true"]:hover { border-color: $text_soft; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; padding: 1px 9px; }
QPushButton[ghost="true"] { background: $surface; border: 1px dashed $text_faint; }

QFrame[card="true"], QTreeView, QListView, QTableView, QTextBrowser {
  background: $surface; border: 1px solid $line; border-radius: 7px;
}
QTreeView:focus, QListView:focus, QTableView:focus, QTextBrowser:focus { border: 2px solid $accent; }
QTableView[cards="true"] {
  background: transparent; border: none; selection-background-color: transparent;
}
QTableView[cards="true"]::item, QTableView[cards="true"]::item:selected { background: transparent; }
QTreeView::item { padding: 3px 2px; border: none; color: $text; }
QTreeView::item:hover, QListView::item:hover { background: $surface_low; }
QTreeView::item:selected, QListView::item:selected { background: $selection; color: $text; }
QListView::item { padding: 6px 8px; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $text; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line; padding: 6px 8px;
}
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line; }
QSplitter::handle { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0;
}

QMenuBar { background: $window; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 18px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $text_faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QStatusBar { background: $surface_low; color: $text_soft; font-size: 9.5pt; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_soft; font-size: 9.5pt; }

QFrame#rail { background: $rail; border: none; }
QFrame#rail QToolButton {
  color: $rail_text; border: none; border-left: 3px solid transparent; border-radius: 0;
  padding: 6px 3px 4px 0; font-size: 9pt; font-weight: 600;
}
QFrame#rail QToolButton:disabled { color: $text_faint; }
QFrame#rail QToolButton:enabled:hover { background: $rail_current; }
QFrame#rail QToolButton:checked {
  background: $rail_current; border-left-color: $rail_mark; color: #ffffff;
}
QFrame#rail QToolButton:focus { border: 2px solid $rail_mark; }

QFrame#problems { background: $warning_surface; border: none; border-bottom: 1px solid $line; }
QFrame#problems QLabel { color: $warning; }
QFrame#notice { background: $partner_surface; border: 1px solid $partner; border-radius: 7px; }
QFrame#notice QLabel { color: $partner; }
QFrame#tray { background: $surface_low; border: 1px dashed $text_faint; border-radius: 7px; }
QLabel#drop { background: $accent; color: $on_accent; border-radius: 4px; padding: 3px 8px; }
QFrame#tray[hot="true"] { background: $selection; border: 2px dashed $accent; }
"""
