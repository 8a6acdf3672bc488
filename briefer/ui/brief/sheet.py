"""What the open brief adds to the window's style sheet: text on the page bears no frames."""

from __future__ import annotations

import string
from dataclasses import asdict

from briefer.ui.theme import Colours

_SHEET = """
QScrollArea#editor { background: $surface; border: 1px solid $line; border-radius: 7px; }
QWidget#column { background: $surface; }
QTextEdit#prose, QTextEdit#prose:focus {
  border: none; padding: 0; background: transparent; font-size: 11.5pt;
}
QLineEdit#heading, QLineEdit#title {
  border: 1px solid transparent; background: transparent; padding: 1px 3px; border-radius: 4px;
}
QLineEdit#heading:hover, QLineEdit#title:hover { background: $surface_low; }
QLineEdit#heading:focus, QLineEdit#title:focus {
  border: 1px solid $accent; background: $surface; padding: 1px 3px;
}
QLineEdit#title { font-size: 17pt; font-weight: 600; }
QPushButton#marking {
  background: $warning_surface; color: $warning; font-weight: 600; font-size: 9.5pt; padding: 5px;
  border: 1px solid transparent; border-bottom-color: $line; border-radius: 0;
}
QPushButton#marking[empty="true"] { background: $surface_low; color: $text_soft; font-weight: 400; }
QPushButton#marking[below="true"] { background: $danger_surface; color: $danger; }
QPushButton#marking:hover { border-color: $text_soft; }
QPushButton#marking:focus { border: 2px solid $accent; padding: 4px; }
QFrame#popup { background: $surface; border: 1px solid $text_faint; border-radius: 7px; }
QFrame#exported { background: $theme_surface; border: 1px solid $line; border-radius: 7px; }
QFrame#exported QLabel { color: $theme; }
QFrame#exported QLabel#warnings { color: $warning; padding-bottom: 4px; }
QFrame#group { background: $surface; border: 1px solid $line; border-radius: 7px; }
QFrame#foot { border: none; border-top: 1px solid $line; background: $window; }
QToolButton#tool { padding: 4px 5px; }
QToolButton#grouphead { border: 2px solid transparent; padding: 3px 6px; font-weight: 600; }
QToolButton#grouphead:checked { background: transparent; }
QToolButton#grouphead:focus { border-color: $accent; }
QPushButton:checked { background: $selection; border-color: $accent; }
QTextBrowser#paper { background: #ffffff; color: #1c2632; padding: 8px; }
QTableView { padding: 0; }
QTableView::item { padding: 0 8px; border: none; }
QTableView::item:selected { background: $selection; color: $text; }
QListView#cards { background: transparent; border: none; }
QListView#cards:focus { border: none; }
QListView#cards::item { padding: 0; }
QListView#cards::item:selected, QListView#cards::item:hover { background: transparent; }
QToolButton#primary {
  background: $accent; color: $on_accent; border: 1px solid $accent; border-radius: 6px;
  padding: 7px 34px 7px 13px; font-weight: 600;
}
QToolButton#primary:focus { border: 2px solid $text; padding: 6px 33px 6px 12px; }
QToolButton#primary:hover { border-color: $text; }
QToolButton#primary::menu-button {
  border: none; border-left: 1px solid $on_accent; width: 22px; margin: 5px 0;
}
"""


def brief_sheet(colours: Colours) -> str:
    """Return the style sheet of the Briefs page."""
    return string.Template(_SHEET).substitute(asdict(colours))
