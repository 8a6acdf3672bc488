"""Accepting what came in: the line that tells what was accepted, with its way back, and the question before all are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QWidget

from briefer.domain.attention import Concern
from briefer.services.changes import Change
from briefer.ui.context import Context
from briefer.ui.elided import ElidedLabel
from briefer.ui.intake.review_model import ReviewModel
from briefer.ui.intake.review_table import ReviewTable
from briefer.ui.intake.row import Row
from briefer.ui.intake.words import concern_in_words
from briefer.ui.text import counted, fill

_TO_KNOW = frozenset({Concern.SAME_STORY, Concern.AI_WRITTEN})
"""What is told of a source, and asks nothing."""
_NAMED = 6
_LONGEST = 60


class Accepting(QWidget):
    """The line says what was accepted until something else is done. It stays hidden until then."""

    told = Signal()
    """The line came or went."""
    left = Signal()
    """It went with the focus in it, which has to go elsewhere."""

    def __init__(
        self, context: Context, model: ReviewModel, table: ReviewTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._table = table
        self._text = ElidedLabel()
        self.back = QPushButton(self.tr("&Undo"))
        self.back.setToolTip(self.tr("Lists it here again (Ctrl+Z)"))
        self.back.clicked.connect(lambda _checked=False: context.undo())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._text)
        row.addWidget(self.back)
        row.addStretch(1)
        context.changed.connect(self._withdraw)
        context.desk_changed.connect(self._withdraw)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says; nothing while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def accept_chosen(self) -> None:
        """Accept the selected sources."""
        chosen = set(self._table.chosen_ids())
        self._accept([row for row in self._model.rows if row.source.id in chosen])

    def accept_all(self) -> None:
        """Accept every source in the list; where something is open in some, ask whether these too."""
        rows = self._model.rows
        unsettled = [row for row in rows if open_in(row)]
        if not unsettled:
            self._accept(rows)
            return
        question = OpenQuestions(rows, unsettled, self.window())
        question.answered.connect(self._accept)
        question.open()

    def _accept(self, rows: Sequence[Row]) -> None:
        desk, ids = self._context.desk, tuple(row.source.id for row in rows)
        if desk is None or not ids:
            return
        told = counted(
            len(rows),
            fill(self.tr("“%1” accepted"), _short(rows[0].source.title)),
            self.tr("%1 sources accepted"),
        )

        def tell(_change: Change) -> None:
            self._text.setText(told)
            self._text.setToolTip(told)
            self.show()
            self.told.emit()

        self._context.change(lambda: desk.importing.accept(ids), done=tell)

    def _withdraw(self, *_change: object) -> None:
        if not self.isHidden():
            focused = self.back.hasFocus()
            self.hide()
            self.told.emit()
            if focused:
                self.left.emit()


class OpenQuestions(QMessageBox):
    """Names what is open in which sources; accepting the others is what Return does."""

    answered = Signal(object)
    """The rows to accept."""

    def __init__(self, rows: Sequence[Row], unsettled: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Accept all"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        one = self.tr("1 of %2 sources has something open.")
        many = self.tr("%1 of %2 sources have something open.")
        self.setText(fill(one if len(unsettled) == 1 else many, f"{len(unsettled):,}", f"{len(rows):,}"))
        lines = [f"“{_short(row.source.title)}”: {', '.join(open_in(row))}" for row in unsettled[:_NAMED]]
        if len(unsettled) > _NAMED:
            lines.append(fill(self.tr("… and %1 more"), f"{len(unsettled) - _NAMED:,}"))
        self.setInformativeText("\n".join(lines))
        settled = [row for row in rows if row not in unsettled]
        role = QMessageBox.ButtonRole.AcceptRole
        self.others = self.addButton(
            counted(len(settled), self.tr("Accept the &other one"), self.tr("Accept the %1 &others")), role
        )
        self.every = self.addButton(
            counted(len(rows), self.tr("&Accept it all the same"), self.tr("&Accept all %1")), role
        )
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.others.setVisible(bool(settled))
        self.setDefaultButton(self.others if settled else cancel)
        self.setEscapeButton(cancel)
        self.others.clicked.connect(lambda: self.answered.emit(settled))
        self.every.clicked.connect(lambda: self.answered.emit(rows))


def open_in(row: Row) -> tuple[str, ...]:
    """Return in words what a person has not settled in a source: what Tab goes to, and what its text asks."""
    return tuple(concern_in_words(concern, row) for concern in row.seen.concerns if concern not in _TO_KNOW)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
