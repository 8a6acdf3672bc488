"""Fields of named values below one another; each tells below itself what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

_LINES_PX = 58
_INSET_PX = 6


@dataclass(frozen=True)
class _Field:
    widget: QWidget
    objection: QLabel
    read: Callable[[], object]
    show: Callable[[Any], None]


class Fields(QWidget):
    """A column of labelled fields by the names of their values."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._showing = False
        self.form = QFormLayout(self)
        self.form.setContentsMargins(4, 6, 8, 6)
        self.form.setVerticalSpacing(6)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def line(self, name: str, label: str, hint: str = "") -> QLineEdit:
        """Add a line of text."""
        widget = QLineEdit()
        widget.setPlaceholderText(hint)
        widget.textChanged.connect(self._change)
        self._add(name, label, widget, widget.text, widget.setText)
        return widget

    def lines(self, name: str, label: str, hint: str = "") -> QPlainTextEdit:
        """Add a text of several lines."""
        widget = QPlainTextEdit()
        widget.setPlaceholderText(hint)
        widget.setTabChangesFocus(True)
        widget.setFixedHeight(_LINES_PX)
        widget.textChanged.connect(self._change)
        self._add(name, label, widget, widget.toPlainText, widget.setPlainText)
        return widget

    def number(self, name: str, label: str, none: str, most: int = 9999) -> QSpinBox:
        """Add a number from 1; 0 stands for None, where ``none`` says what that means."""
        widget = QSpinBox()
        widget.setRange(0 if none else 1, most)
        widget.setSpecialValueText(none)
        # In line with the other fields: style sheets have no say inside a number's field.
        widget.lineEdit().setTextMargins(_INSET_PX, 0, _INSET_PX, 0)
        widget.valueChanged.connect(self._change)
        self._add(name, label, widget, lambda: widget.value() or None, lambda v: widget.setValue(v or 0))
        return widget

    def tick(self, name: str, text: str) -> QCheckBox:
        """Add a tick."""
        widget = QCheckBox(text)
        widget.toggled.connect(self._change)
        self._add(name, "", widget, widget.isChecked, widget.setChecked)
        return widget

    def choice(self, name: str, label: str, options: Iterable[tuple[object, str]]) -> QComboBox:
        """Add a choice of values, each with its words; a value that is none of them is added as it is."""
        widget = QComboBox()
        # The values stay here: Qt gives back lists for tuples and finds neither.
        values: list[object] = []
        for value, text in options:
            values.append(value)
            widget.addItem(text)
        widget.currentIndexChanged.connect(self._change)

        def show(value: object) -> None:
            if value not in values:
                values.append(value)
                widget.addItem(str(value))
            widget.setCurrentIndex(values.index(value))

        self._add(name, label, widget, lambda: values[widget.currentIndex()], show)
        return widget

    def widget(self, name: str) -> QWidget:
        """Return the widget of a field."""
        return self._fields[name].widget

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show values; those that have no field are passed over."""
        self._showing = True
        for name, field in self._fields.items():
            field.show(values[name])
        self._showing = False

    def values(self) -> dict[str, Any]:
        """Return what stands in the fields, by name."""
        return {name: field.read() for name, field in self._fields.items()}

    def tell(self, faults: Mapping[str, str]) -> None:
        """Say below the fields what is wrong with them."""
        for name, field in self._fields.items():
            why = faults.get(name, "")
            if field.objection.text() != why:
                field.objection.setText(why)
                field.objection.setVisible(bool(why))
                field.widget.setAccessibleDescription(why)

    def clear(self) -> None:
        """Take all fields out."""
        while self.form.rowCount():
            self.form.removeRow(0)
        self._fields.clear()

    def _add(
        self, name: str, label: str, widget: QWidget, read: Callable[[], object], show: Callable[[Any], None]
    ) -> None:
        objection = QLabel()
        objection.setProperty("role", "error")
        objection.setWordWrap(True)
        objection.hide()
        held = QWidget()
        box = QVBoxLayout(held)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(widget)
        box.addWidget(objection)
        if label:
            named = QLabel(label)
            named.setBuddy(widget)
            widget.setAccessibleName(label.replace("&", ""))
            self.form.addRow(named, held)
        else:
            self.form.addRow("", held)
        self._fields[name] = _Field(widget, objection, read, show)

    def _change(self, *_values: object) -> None:
        if not self._showing:
            self.changed.emit()
