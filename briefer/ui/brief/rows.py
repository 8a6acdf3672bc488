"""The rows of the editor: headings, prose, quotations, and what Briefer writes itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QWidget

from briefer.ui.brief.kept_line import KeptLine
from briefer.ui.brief.mime import BLOCK, carry
from briefer.ui.brief.moves import RowKey
from briefer.ui.brief.notices import Notice
from briefer.ui.theme import Colours

GUTTER = 26
_ABOVE_HEADING = 14
_HEADING_SIZES = {1: 15.5, 2: 13.0, 3: 11.5}


class Row(QWidget):
    """One row: its content, and at its left a gutter that shows the cursor's row and is the handle to drag it."""

    _first_line = 0
    """How far below the top of the content its first line begins, in pixels."""

    entered = Signal()
    stepped = Signal(int)
    """Go to the row above (-1) or below (1)."""
    moved = Signal(int)
    removed = Signal()
    text_wanted = Signal()
    """A prose block below."""
    lane_wanted = Signal()
    """The other lane for the block."""

    def __init__(self, key: RowKey, content: QWidget, *, movable: bool) -> None:
        super().__init__()
        self.key = key
        self.content = content
        self._movable = movable
        self._barred = True
        self._hovered = False
        self._current = False
        self._colours: Colours | None = None
        self._pressed_at: QPoint | None = None
        self._closed = False
        self._lane = ""
        self._notice: Notice | None = None
        self._box = box = QHBoxLayout(self)
        box.setContentsMargins(GUTTER, 0, 4, 0)
        box.setSpacing(0)
        box.addWidget(content)
        self.setFocusProxy(content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._colours = colours
        self.update()

    @property
    def is_closed(self) -> bool:
        """Whether it shows a block that is not for disclosure."""
        return self._closed

    @property
    def lane_label(self) -> str:
        """The name of the lane that begins with this row, or nothing."""
        return self._lane

    def show_lane(self, label: str, *, closed: bool) -> None:
        """Show whether the block is not for disclosure, and above the first of a lane the lane's name."""
        told = self.tr("Not for disclosure")
        described = self.content.accessibleDescription().removeprefix(told).removeprefix(". ")
        self.content.setAccessibleDescription(". ".join(filter(None, (told if closed else "", described))))
        if (label, closed) == (self._lane, self._closed):
            return
        self._lane, self._closed = label, closed
        above = QFontMetrics(self._lane_font()).height() + 8 if label else 0
        self._box.setContentsMargins(GUTTER, above, 4, 0)
        self.updateGeometry()
        self.update()

    @property
    def notice(self) -> Notice | None:
        """What the checks found here, if anything."""
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show in the gutter that the checks found something here; nothing moves by it."""
        if notice == self._notice:
            return
        former, now = self._notice, notice
        described = self.content.accessibleDescription()
        if former is not None:
            described = described.removesuffix(former.told).rstrip()
        told = now.told if now else ""
        self.content.setAccessibleDescription(" ".join(filter(None, (described, told))))
        self._notice = notice
        self.setToolTip(notice.told if notice else "")
        self.update()

    @property
    def is_current(self) -> bool:
        """Whether it is the row that keys act on."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Mark the row as the one that keys act on, or not."""
        if current != self._current:
            self._current = current
            self.update()

    @property
    def takes_focus(self) -> bool:
        """Whether keys can act on it."""
        return True

    @property
    def beside(self) -> int:
        """How much room of its width is not its content's."""
        margins = self._box.contentsMargins()
        return margins.left() + margins.right()

    def fitted(self, width: int) -> int:
        """Take a width, and return how high it then needs to be."""
        if self.width() != width:
            self.resize(width, self.height())
        box = self._box
        box.activate()
        return box.totalHeightForWidth(width) if box.hasHeightForWidth() else box.totalSizeHint().height()

    def go(self, *, at_end: bool) -> None:
        """Take the focus; ``at_end`` when it comes from below."""
        self.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self._movable and alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif control and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.text_wanted.emit()
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hovered = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._movable:
            self._pressed_at = event.position().toPoint()
        self.content.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        distance = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if distance >= QApplication.startDragDistance():
            self._pressed_at = None
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = self._box.contentsMargins().top()
        if self._lane:
            painter.setFont(self._lane_font())
            painter.setPen(QColor(self._colours.danger if self._closed else self._colours.text_soft))
            label = QRect(GUTTER, 0, self.width() - GUTTER, above)
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, self._lane)
        if self._closed:
            # A broken line beside the block, so that the lane is seen without its colour, too.
            painter.setPen(QPen(QColor(self._colours.danger), 2, Qt.PenStyle.DashLine))
            painter.drawLine(GUTTER - 3, above + 2, GUTTER - 3, self.height() - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._current and self._barred:
            painter.setBrush(QColor(self._colours.accent))
            painter.drawRoundedRect(GUTTER - 9, above + 3, 3, self.height() - above - 6, 1.5, 1.5)
        top = self._badged(painter, above + self._first_line)
        if self._movable and (self._hovered or self._current) and top + 22 <= self.height():
            painter.setBrush(QColor(self._colours.text_faint))
            for dot in range(6):
                painter.drawEllipse(QPoint(5 + 5 * (dot % 2), top + 11 + 5 * (dot // 2)), 1, 1)

    def _badged(self, painter: QPainter, top: int) -> int:
        """Paint the sign of what the checks found; return from where on the gutter is free."""
        if self._notice is None or self._colours is None:
            return top
        loud = self._colours.danger if self._notice.red else self._colours.warning
        painter.setBrush(QColor(loud))
        if self._notice.red:
            painter.drawEllipse(QRect(2, top + 6, 10, 10))
        else:
            painter.drawPolygon([QPoint(7, top + 5), QPoint(13, top + 16), QPoint(1, top + 16)])
        return top + 12

    def _lane_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(9.5)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(carry(BLOCK, self.key.id))
        shown = self.grab()
        if shown.height() > 160 * shown.devicePixelRatio():
            shown = shown.copy(0, 0, shown.width(), round(160 * shown.devicePixelRatio()))
        drag.setPixmap(shown)
        drag.setHotSpot(QPoint(8, 12))
        drag.exec(Qt.DropAction.MoveAction)


class HeadingEdit(KeptLine):
    """A heading in place: Escape gives it back as it was."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heading")
        self.setFrame(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            # Qt selects all: in the midst of a page the next key would replace a heading that nobody looked at.
            self.end(False)
        self.entered.emit()


class HeadingRow(Row):
    """A section's number and heading."""

    _first_line = _ABOVE_HEADING

    def __init__(self, key: RowKey) -> None:
        line = QWidget()
        super().__init__(key, line, movable=False)
        self._level = 0
        self._number = QLabel()
        self.edit = HeadingEdit()
        line.setFocusProxy(self.edit)
        box = QHBoxLayout(line)
        box.setContentsMargins(0, _ABOVE_HEADING, 0, 2)
        box.setSpacing(8)
        box.addWidget(self._number)
        box.addWidget(self.edit, 1)
        self.edit.setAccessibleName(self.tr("Heading of the section"))
        self.edit.entered.connect(self.entered)
        self.edit.returnPressed.connect(lambda: self.stepped.emit(1))

    def show_section(self, number: str, heading: str, level: int) -> None:
        """Show number, heading and level."""
        if level != self._level:
            self._level = level
            font = QFont(self.font())
            font.setPointSizeF(_HEADING_SIZES[level])
            font.setWeight(QFont.Weight.DemiBold)
            self._number.setFont(font)
            self.edit.setFont(font)
        self._number.setText(number)
        self._number.setVisible(bool(number))
        self.edit.show_stored(heading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if not event.modifiers() and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class GeneratedRow(Row):
    """What Briefer writes into a section when the brief is exported."""

    def __init__(self, key: RowKey) -> None:
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setProperty("role", "soft")
        self._text.setContentsMargins(4, 2, 4, 6)
        super().__init__(key, self._text, movable=False)

    @property
    def takes_focus(self) -> bool:
        return False

    def show_type(self, section_type: str) -> None:
        """Say what will stand here."""
        told = {
            "basis": self.tr("On what sources this brief rests, with their dates."),
            "coverage": self.tr("A table of what the brief cites, with the newest date of each."),
            "sources": self.tr("The list of all sources that are cited, in full."),
        }
        what = told.get(section_type, "")
        self._text.setText(what + " " + self.tr("Written by Briefer on export."))
