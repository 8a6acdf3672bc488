"""The small window in which a tag is typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from briefer.domain.tags import Tag, TagKind
from briefer.ui.context import Context
from briefer.ui.library.completion import Offer, offers
from briefer.ui.text import fill

_TAG = Qt.ItemDataRole.UserRole
_GAP = 6


class TagPopup(QFrame):
    """A field with the tags that fit below it; Enter adds the marked one and leaves the field open for more."""

    added = Signal(object)
    """The :class:`Tag`."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self.suggested: tuple[Tag, ...] = ()
        """Tags that stand first as long as nothing is typed."""
        self._taken: set[Tag] = set()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedSize(330, 320)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Tag: india, risk supply, cn/source …"))
        self.field.setAccessibleName(self.tr("Tag"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Tags that fit"))
        told = QLabel(hint or self.tr("Enter adds · Esc closes · /source, /third, /venue give a role"))
        told.setProperty("role", "soft")
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(told)
        self.field.textChanged.connect(self._offer)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._add)

    def open_at(self, corner: QPoint, taken: Iterable[Tag] = ()) -> None:
        """Show the popup, empty, at a place of the screen; tags that are ``taken`` are offered where they are typed only."""
        self._taken = set(taken)
        self.field.clear()
        self._offer("")
        screen = self.screen().availableGeometry()
        x = min(corner.x(), screen.right() - self.width())
        y = corner.y() if corner.y() + self.height() < screen.bottom() else corner.y() - self.height() - 30
        self.move(max(screen.left(), x), max(screen.top(), min(y, screen.bottom() - self.height())))
        self.show()
        self.field.setFocus()

    def open_beside(self, place: QRect, level: int, taken: Iterable[Tag] = ()) -> bool:
        """Show the popup left or right of a part of the screen, its foot at ``level``; return whether there is room."""
        screen = self.screen().availableGeometry()
        left, right = place.left() - self.width() - _GAP, place.right() + _GAP
        fits = [x for x in (left, right) if screen.left() <= x and x + self.width() <= screen.right() + 1]
        if fits:
            self.open_at(QPoint(fits[0], max(screen.top(), level - self.height())), taken)
        return bool(fits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                step = 1 if key == Qt.Key.Key_Down else -1
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._add(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _offer(self, text: str) -> None:
        self.list.clear()
        first = () if text.strip() else tuple(Offer(tag) for tag in self.suggested)
        others = (o for o in offers(text, self._context.vocabulary) if o not in first)
        # A name that is typed stays what it is: without its tag, a free one would come first.
        left_out = self._taken if not text.strip() else ()
        for offer in (o for o in (*first, *others) if o.tag not in left_out):
            kind = self._kind(offer.tag.kind)
            label = self._context.label(offer.tag)
            shown = fill(self.tr("%1   ·   %2"), label, kind)
            if offer in first:
                shown = fill(self.tr("%1   ·   %2, suggested here"), label, kind)
            if not offer.known:
                shown = fill(self.tr("“%1” as a free tag"), label)
            item = QListWidgetItem(shown)
            item.setData(_TAG, offer.tag)
            item.setForeground(QColor(self._context.colours.pill(offer.tag.kind)[0]))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _add(self, item: QListWidgetItem | None) -> None:
        tag = item.data(_TAG) if item is not None else None
        if isinstance(tag, Tag):
            self._taken.add(tag)
            self.added.emit(tag)
            self.field.clear()
            self._offer("")

    def _kind(self, kind: TagKind) -> str:
        return {
            TagKind.PARTNER: self.tr("partner"),
            TagKind.RISK: self.tr("risk"),
            TagKind.THEME: self.tr("theme"),
            TagKind.FREE: self.tr("free"),
        }[kind]
