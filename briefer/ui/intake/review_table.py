"""The review's table and its keys: arrows move, Enter edits, Tab goes to what needs a person, A accepts.

In a title, a date or a publisher, letters are what is typed and no keys of their own; so a row is entered at what is
to be looked at in it, where nothing is typed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from briefer.ui.context import Context
from briefer.ui.elided import in_two_lines
from briefer.ui.intake.review_model import COLUMN_OF, FIELD_OF, Column, ReviewModel, alignment
from briefer.ui.intake.row import date_objection
from briefer.ui.pressing import types
from briefer.ui.rows import choose_row

_Index = QModelIndex | QPersistentModelIndex
_ROW = 32
_HIGH_ROW = 50
_TITLE_IN_ONE_LINE = 320
"""Where a title has less room, it has two lines, and so has what is to be looked at."""
_WIDTHS = {
    Column.PUBLISHED: 150,
    Column.PUBLISHER: 130,
    Column.KIND: 100,
    Column.LANGUAGE: 88,
    Column.PARAGRAPHS: 46,
    Column.SURE: 58,
}
_LEAST = {Column.TITLE: 170, Column.LOOK_AT: 150}
_GIVEN_UP = (Column.KIND, Column.LANGUAGE, Column.PARAGRAPHS)
"""The columns that a narrow window leaves out, the first first."""


class ReviewTable(QTableView):
    """Sources to review. Nothing here writes: what is wanted is told by signals."""

    accept_wanted = Signal()
    accept_all_wanted = Signal()
    removal_wanted = Signal()
    current_changed = Signal()
    objection = Signal(str)
    """Why what is typed cannot be a date; nothing where it can."""

    def __init__(self, context: Context, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        delegate = FieldDelegate(context, model, self)
        delegate.objection.connect(self.objection)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self.tr("Sources to review"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setMinimumSectionSize(30)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW)
        self.selectionModel().currentChanged.connect(lambda *_indexes: self.current_changed.emit())

    @property
    def is_editing(self) -> bool:
        """Whether a field is being edited."""
        return self.state() is QAbstractItemView.State.EditingState

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected sources, in the order of the rows."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self._model.rows[n].source.id for n in numbers)

    def choose(self, row: int, column: int = Column.LOOK_AT) -> None:
        """Make a cell current and select its row; a row past the end is the last one."""
        if self._model.rowCount():
            choose_row(self, min(max(row, 0), self._model.rowCount() - 1), column)
            self.scrollTo(self.currentIndex())

    def edit_current(self) -> None:
        """Edit the present field; where it cannot be edited, the first of its row that needs a person."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if index.column() not in FIELD_OF:
            fields = self._model.rows[index.row()].seen.fields or ("title",)
            choose_row(self, index.row(), COLUMN_OF[fields[0]])
        self.edit(self.currentIndex())

    def go_to_needing(self, step: int) -> bool:
        """Go to the next field (``step`` 1 or -1) that needs a person; tell whether there is another one.

        A row whose fields were not gone through yet comes first, and behind the last row the first one. Backwards it
        ends at the first: so the keys lead out of the table.
        """
        present = self.currentIndex()
        row, column = (present.row(), present.column()) if present.isValid() else (0, -1)
        if step > 0 and not self._model.needs(row, column):
            column = -1
        found = self._model.needing((row, column), step)
        if step > 0 and not found.isValid():
            found = self._model.needing((0, -1), step)
        if not found.isValid() or found == present:
            return False
        choose_row(self, found.row(), found.column())
        self.scrollTo(found)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep letters from the page's keys where they are typed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._types(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _types(self, event: QKeyEvent) -> bool:
        return self.currentIndex().column() in FIELD_OF and types(event) and not event.text().isspace()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing:
            # A line editor lets Enter through to its parent, after the field has dealt with it.
            super().keyPressEvent(event)
            return
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        is_enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and modifiers == control:
            self.accept_wanted.emit()
        elif is_enter and modifiers == control | shift:
            self.accept_all_wanted.emit()
        elif (is_enter or key == Qt.Key.Key_F2) and not modifiers:
            self.edit_current()
        elif key == Qt.Key.Key_Delete and not modifiers:
            self.removal_wanted.emit()
        elif self._types(event):
            self._type_over(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go nowhere: letters outside of a field are no search among its rows."""

    def _type_over(self, text: str) -> None:
        """Edit the present field from this text on."""
        self.edit(self.currentIndex())
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, FieldEdit):
            editor.setText(text)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  (Qt's name)
        """Tab stops at each field that needs a person, in turn; it leaves the table where no other one does."""
        if self.hasFocus() and self.go_to_needing(1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        steps = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
        }
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.objection.emit("")
        if hint in steps and self.go_to_needing(steps[hint]):
            self.edit(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the room out; what matters least goes when there is too little of it."""
        header, room = self.horizontalHeader(), self.viewport().width()
        left_out: set[Column] = set()
        for column in _GIVEN_UP:
            needed = sum(_LEAST.values()) + sum(w for c, w in _WIDTHS.items() if c not in left_out)
            if needed > room:
                left_out.add(column)
        widths = {**_WIDTHS, Column.PUBLISHER: max(_WIDTHS[Column.PUBLISHER], room // 8)}
        for column, width in widths.items():
            header.setSectionHidden(column, column in left_out)
            header.resizeSection(column, width)
        rest = max(sum(_LEAST.values()), room - sum(w for c, w in widths.items() if c not in left_out))
        high = int(rest * 0.55) < _TITLE_IN_ONE_LINE
        self.verticalHeader().setDefaultSectionSize(_HIGH_ROW if high else _ROW)
        header.resizeSection(Column.TITLE, int(rest * 0.55))
        header.resizeSection(Column.LOOK_AT, rest - int(rest * 0.55))


class FieldDelegate(QStyledItemDelegate):
    """Paints the present cell with a ring, and edits title, date and publisher in place."""

    objection = Signal(str)

    def __init__(self, context: Context, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._context.colours
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        text, ink = self._model.painted(index)
        painter.setPen(ink)
        painter.setFont(option.font)
        inside = option.rect.adjusted(8, 0, -8, 0)
        if index.column() in _LEAST and option.rect.height() >= _HIGH_ROW:
            text = in_two_lines(text, option.font, inside.width())
        else:
            text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(alignment(Column(index.column()))), text)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent_strong), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = FieldEdit(parent)
        if index.column() == Column.PUBLISHED:
            editor.set_dates()
            editor.objection.connect(self.objection)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), 190 if index.column() == Column.PUBLISHED else 220))
        editor.setGeometry(rect)


class FieldEdit(QLineEdit):
    """A field of the table while it is edited; one of a date refuses what is none, and says why."""

    objection = Signal(str)

    def set_dates(self) -> None:
        """Take dates only."""
        self.setValidator(_DateValidator(self))
        self.setPlaceholderText(self.tr("2025-12-17, or empty"))
        self.textChanged.connect(self._judge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._judge(self.text())

    def _judge(self, text: str) -> None:
        wrong = date_objection(text)
        self.objection.emit(wrong)
        self.setProperty("wrong", bool(wrong))
        self.style().unpolish(self)
        self.style().polish(self)


class _DateValidator(QValidator):
    """Everything may be typed, but only a date is taken."""

    def validate(self, text: str, at: int) -> object:
        state = QValidator.State.Intermediate if date_objection(text) else QValidator.State.Acceptable
        return state, text, at
