"""A part of a pane that is as high as its content, or so high as it may be, and is scrolled then."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class LowArea(QScrollArea):
    """Holds a widget whose height follows from its width. It is hidden with it, and never scrolled sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._most: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
        # The pane shows through; setWidget has the content painted over.
        for part in (self.viewport(), content):
            part.setAutoFillBackground(False)
        content.installEventFilter(self)
        self._fit()

    def set_most(self, height: int | None) -> None:
        """Set how high it may be, in pixels; None for as high as the content."""
        self._most = height
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return a width in which nothing is cut off."""
        return QSize(self._content.minimumSizeHint().width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        content, layout = self._content, self._content.layout()
        self.setHidden(content.isHidden())
        needed = layout.totalHeightForWidth(self.width()) if layout and layout.hasHeightForWidth() else -1
        needed = needed if needed >= 0 else content.sizeHint().height()
        whole = self._most is None or needed <= self._most
        # Else a bar that came for a moment would stay: in the width that it leaves, the content needs more lines.
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if whole else bars.ScrollBarAsNeeded)
        self.setFixedHeight(needed if whole or self._most is None else self._most)
