"""The head of the open brief: title, figures, and the buttons for the panels and the export."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.briefs import Brief
from briefer.domain.findings import Finding, Level
from briefer.domain.forms import Form
from briefer.ui.brief.export_button import ExportButton
from briefer.ui.brief.figures import Figures
from briefer.ui.brief.kept_line import KeptLine
from briefer.ui.text import counted, fill


class TitleEdit(KeptLine):
    """The title in place, as wide as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("title")
        self.setAccessibleName(self.tr("Title of the brief"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 22
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())


class ElidedLabel(QLabel):
    """A soft line that ends in … where room is short, and is whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "soft")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def tell(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        told = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, told)


class Header(QWidget):
    """Shows what the brief is; its buttons choose the panel at the right."""

    back_wanted = Signal()
    panel_wanted = Signal(str)
    """``versions``, ``preview`` or ``checks``; empty for the tray."""

    def __init__(self, export: ExportButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleEdit()
        self._told = ElidedLabel()
        self.back = QToolButton()
        self.back.setText("‹")
        self.back.setToolTip(self.tr("All briefs (Alt+Home)"))
        self.back.setAccessibleName(self.tr("All briefs"))
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        for name, text, key in (
            ("versions", self.tr("Versions"), "Ctrl+Shift+H"),
            ("preview", self.tr("Preview"), "Ctrl+P"),
            ("checks", self.tr("Checks"), "F7"),
        ):
            button = QPushButton(text)
            button.setToolTip(key)
            button.setCheckable(True)
            self.buttons[name] = button
            button.clicked.connect(lambda checked, panel=name: self._toggle(panel, checked))
        self._lay_out(export)
        self.back.clicked.connect(self.back_wanted)

    def show_brief(self, brief: Brief, figures: Figures, form: Form | None) -> None:
        """Show title and figures."""
        self.title.show_stored(brief.title)
        budget = form.page_budget if form else None
        pages = (
            fill(self.tr("%1 of %2 pages (est.)"), figures.pages, budget)
            if budget
            else counted(figures.pages, self.tr("1 page (est.)"), self.tr("%1 pages (est.)"))
        )
        parts = [
            fill(self.tr("for %1"), brief.audience) if brief.audience else "",
            pages,
            counted(figures.citations, self.tr("1 citation"), self.tr("%1 citations")),
            counted(figures.sources, self.tr("1 source"), self.tr("%1 sources")),
        ]
        self._told.tell(" · ".join(filter(None, parts)))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Tell how many findings there are."""
        button = self.buttons["checks"]
        red = any(f.level is Level.RED for f in findings)
        mark = "● " if red else "▲ " if findings else ""
        button.setText(mark + fill(self.tr("Checks: %1"), len(findings)))

    def show_panel(self, panel: str) -> None:
        """Let the buttons show which panel is open."""
        for name, button in self.buttons.items():
            button.setChecked(name == panel)

    def _toggle(self, panel: str, checked: bool) -> None:
        self.panel_wanted.emit(panel if checked else "")

    def _lay_out(self, export: ExportButton) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self.title, 10)
        row.addWidget(self._told, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addWidget(export)


def stacked(*widgets: QWidget, parent: QWidget | None = None) -> QWidget:
    """Return a widget that shows others below one another, without margins."""
    made = QWidget(parent)
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    for widget in widgets:
        box.addWidget(widget)
    return made
