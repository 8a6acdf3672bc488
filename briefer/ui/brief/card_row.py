"""A quotation in the editor: a card, locked to its excerpt."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.results import Hit
from briefer.ui.brief.figures import source_line
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.rows import Row
from briefer.ui.pressing import types
from briefer.ui.text import fill
from briefer.ui.theme import Colours

_MARGIN_X = 16
_MARGIN_Y = 8
_GAP = 3
_WRAP = Qt.TextFlag.TextWordWrap.value


class QuotationCard(QWidget):
    """Paints one excerpt: its words, who said them, and where they stand."""

    entered = Signal()
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quote = ""
        self._speaker = ""
        self._source = ""
        self._colours: Colours | None = None
        self._menu_button: QToolButton | None = None
        self._current = False
        self._marked: tuple[int, int] | None = None
        self._lead = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_excerpt(self, hit: Hit | None, language: str, shown: str = "") -> None:
        """Show an excerpt, in its shortened form if it has one; None where the library has not got it."""
        former = self._quote
        self._lead = 0
        if hit is None:
            self._quote, self._speaker = self.tr("The source of this quotation is not in the library."), ""
            self._source = ""
        else:
            words = shown or hit.excerpt.quote
            japanese = hit.source.language == "ja"
            marks = "「{}」" if japanese else "“{}”"
            quoted = hit.excerpt.kind is ExcerptKind.QUOTATION
            self._quote, self._lead = (marks.format(words) if quoted else words), int(quoted)
            self._speaker = f"— {hit.excerpt.speaker}" if hit.excerpt.speaker else ""
            self._source = source_line(hit, language)
        if self._quote != former:
            self._marked = None
        self.setAccessibleName(" ".join(filter(None, (self._quote, self._speaker, self._source))))
        self.setAccessibleDescription(self.tr("Quotation, locked to its source"))
        whole = fill(self.tr("Shortened. In the source: %1"), hit.excerpt.quote) if shown and hit else ""
        self.setToolTip(whole or self.tr("Locked: a quotation always equals its source."))
        self._fit()
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._colours = colours
        self.update()

    def set_current(self, current: bool) -> None:
        """Look chosen, also while the focus is elsewhere, as in the line of what is looked for."""
        self._current = current
        self.update()

    def mark(self, span: tuple[int, int] | None) -> None:
        """Let the words from one place to another of the quote look found, or none."""
        self._marked = span
        self.update()

    @property
    def marked(self) -> str:
        """The words that look found."""
        start, end = self._marked or (0, 0)
        return self._quote[start + self._lead : end + self._lead]

    @property
    def quote(self) -> str:
        """The words, for the clipboard."""
        return " ".join(filter(None, (self._quote, self._speaker)))

    def _fonts(self) -> tuple[QFont, QFont]:
        words, small = QFont(self.font()), QFont(self.font())
        words.setPointSizeF(11.5)
        small.setPointSizeF(9.5)
        return words, small

    def _pieces(self) -> list[tuple[str, QFont, QRect]]:
        words, small = self._fonts()
        width = max(self.width() - 2 * _MARGIN_X - 18, 60)
        pieces: list[tuple[str, QFont, QRect]] = []
        y = _MARGIN_Y
        for text, font in ((self._quote, words), (self._speaker, small), (self._source, small)):
            if text:
                box = QFontMetrics(font).boundingRect(_MARGIN_X, y, width, 10_000, _WRAP, text)
                pieces.append((text, font, QRect(_MARGIN_X, y, width, box.height())))
                y += box.height() + _GAP
        return pieces

    def _fit(self) -> None:
        last = self._pieces()[-1][2]
        self.setFixedHeight(last.bottom() + _MARGIN_Y + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._fit()
        if self._menu_button:
            self._place_button(self._menu_button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange and self._quote:
            self._fit()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = self._current or self.hasFocus()
        ground = self._colours.selection if chosen else self._colours.surface_low
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(self.rect(), 6, 6)
        painter.setBrush(QColor(self._colours.accent if self.hasFocus() else self._colours.line))
        painter.drawRoundedRect(0, 0, 3, self.height(), 1.5, 1.5)
        for place, (text, font, box) in enumerate(self._pieces()):
            painter.setFont(font)
            painter.setPen(QColor(self._colours.text_soft if place else self._colours.text))
            if place == 0 and self.marked:
                self._paint_marked(painter, text, font, box)
            else:
                painter.drawText(box, _WRAP, text)

    def _paint_marked(self, painter: QPainter, text: str, font: QFont, box: QRect) -> None:
        """Paint the quote as ``drawText`` does (qt_format_text in qpainter.cpp), with the found words on their ground."""
        found = QTextLayout.FormatRange()
        start, _end = self._marked or (0, 0)
        found.start = _units(text[: start + self._lead])
        found.length = _units(self.marked)
        # The chosen card has the ground of a selection already.
        found.format.setBackground(self.palette().text())
        found.format.setForeground(self.palette().base())
        layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font, painter.device())
        leading = QFontMetrics(font).leading()
        below: float = -leading
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(box.width())
            below = ceil(below + leading)
            line.setPosition(QPointF(0, below))
            below += line.height()
        layout.endLayout()
        layout.draw(painter, QPointF(box.topLeft()), [found])

    # --- its menu --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.HoverEnter, QEvent.Type.FocusIn}:
            self._show_button(True)
        elif kind in {QEvent.Type.HoverLeave, QEvent.Type.FocusOut}:
            self._show_button(kind is QEvent.Type.HoverLeave and self.hasFocus())
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit()

    def _show_button(self, shown: bool) -> None:
        # Made when first needed: a brief has hundreds of cards, and one of them is under the pointer.
        if shown and self._menu_button is None:
            button = QToolButton(self)
            button.setText("⋯")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self.tr("Actions on this quotation"))
            button.clicked.connect(self.menu_wanted)
            self._menu_button = button
            self._place_button(button)
        if self._menu_button:
            self._menu_button.setVisible(shown)

    def _place_button(self, button: QToolButton) -> None:
        size = button.sizeHint()
        button.setGeometry(self.width() - size.width() - 4, 4, size.width(), size.height())


def _units(text: str) -> int:
    """Return how many places a text takes in Qt."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class CardRow(Row):
    """A quotation with its keys: Alt and arrows move it, Delete takes it out."""

    source_wanted = Signal()
    shorten_wanted = Signal()

    def __init__(self, key: RowKey) -> None:
        self.card = QuotationCard()
        super().__init__(key, self.card, movable=True)
        self.card.entered.connect(self.entered)
        self.card.menu_wanted.connect(self._open_menu)

    def set_colours(self, colours: Colours) -> None:
        super().set_colours(colours)
        self.card.set_colours(colours)

    def set_current(self, current: bool) -> None:
        super().set_current(current)
        self.card.set_current(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.key() in steps:
                self.stepped.emit(steps[Qt.Key(event.key())])
                return
            if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
                self.removed.emit()
                return
            # Not the space bar: in a menu that it opened, the rest of what somebody types here would choose.
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open_menu()
                return
            if event.key() == Qt.Key.Key_F2:
                self.shorten_wanted.emit()
                return
        if types(event):
            self._tell_locked()
            return
        super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the quotation."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Move up") + "\tAlt+↑", lambda: self.moved.emit(-1))
        menu.addAction(self.tr("Move down") + "\tAlt+↓", lambda: self.moved.emit(1))
        menu.addAction(self.tr("Add text below") + "\tCtrl+↵", self.text_wanted.emit)
        menu.addSeparator()
        lane = menu.addAction(self.tr("Not for disclosure") + "\tCtrl+Alt+N", self.lane_wanted.emit)
        lane.setCheckable(True)
        lane.setChecked(self.is_closed)
        menu.addAction(self.tr("Shorten…") + "\tF2", self.shorten_wanted.emit)
        menu.addAction(self.tr("Open source"), self.source_wanted.emit)
        menu.addAction(
            self.tr("Copy quotation"), lambda: QGuiApplication.clipboard().setText(self.card.quote)
        )
        menu.addSeparator()
        menu.addAction(self.tr("Remove from brief") + "\tDel", self.removed.emit)
        return menu

    def _tell_locked(self) -> None:
        told = self.tr("A quotation is locked to its source. Ctrl+Enter writes below it, F2 shortens it.")
        QToolTip.showText(self.card.mapToGlobal(self.card.rect().bottomLeft()), told, self.card)

    def _open_menu(self) -> None:
        self.menu().popup(self.card.mapToGlobal(self.card.rect().topRight()))
