"""A group of fields below a heading that opens and closes it, and tells what is chosen inside while it is closed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from briefer.domain.exporting import ExportOptions
from briefer.ui.brief.export.words import Names, differences
from briefer.ui.elided import ElidedLabel

_INDENT = 24


class Group(QFrame):
    """Base of the groups: some options of an export, in widgets.

    ``fields`` are the names of its options (:class:`ExportOptions`). Subclasses fill ``inner``, say by
    :meth:`tie` which widgets belong to which option, and emit ``changed``.
    """

    changed = Signal()
    grown = Signal()
    """There is more to see inside than before."""

    def __init__(self, title: str, fields: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = frozenset(fields)
        self._title = title
        self._tied: dict[str, tuple[QWidget, ...]] = {}
        self._tips: dict[QWidget, str] = {}
        self.setObjectName("group")
        self.head = QToolButton()
        self.head.setObjectName("grouphead")
        self.head.setCheckable(True)
        self.head.setAccessibleName(title)
        self._told = ElidedLabel()
        self._told.setProperty("role", "soft")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body = QWidget()
        self.inner = QVBoxLayout(self.body)
        self.inner.setContentsMargins(_INDENT, 4, 12, 12)
        self.inner.setSpacing(8)
        line = QHBoxLayout()
        line.setContentsMargins(4, 3, 12, 3)
        line.setSpacing(10)
        line.addWidget(self.head)
        line.addWidget(self._told, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addWidget(self.body)
        self.head.toggled.connect(self._turn)
        self._turn(False)

    def tie(self, field: str, *widgets: QWidget) -> None:
        """Say which widgets show an option."""
        self._tied[field] = widgets

    def open(self) -> None:
        """Show what is inside."""
        self.head.setChecked(True)

    def take(self, options: ExportOptions) -> None:
        """Show choices."""
        raise NotImplementedError

    def put(self, options: ExportOptions) -> ExportOptions:
        """Return ``options`` with what is chosen here."""
        raise NotImplementedError

    def tell(self, options: ExportOptions, usual: ExportOptions, names: Names) -> None:
        """Tell beside the heading what is chosen here that is not the usual."""
        told = " · ".join(differences(options, usual, names, of=self.fields))
        self._told.setText(told)
        self._told.setToolTip(told)

    def let(self, idle: Mapping[str, str]) -> None:
        """Disable the options that mean nothing now, each with its reason; enable the others."""
        for field, widgets in self._tied.items():
            let(widgets, idle.get(field, ""))

    def _turn(self, opened: bool) -> None:
        self.body.setVisible(opened)
        if opened:
            self.grown.emit()
        self.head.setText(("▾  " if opened else "▸  ") + self._title)


def let(widgets: tuple[QWidget, ...], reason: str) -> None:
    """Disable widgets for a reason, told on hover and to screen readers; enable them where there is none."""
    for widget in widgets:
        widget.setEnabled(not reason)
        widget.setToolTip(reason)
        widget.setAccessibleDescription(reason)


def soft(text: str) -> QLabel:
    """Return a quiet sentence that wraps."""
    label = QLabel(text)
    label.setProperty("role", "soft")
    label.setWordWrap(True)
    return label
