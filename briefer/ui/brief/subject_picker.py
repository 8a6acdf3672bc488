"""Choosing what a brief is about: a field that completes over the vocabulary, and the chosen tags as chips."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QVBoxLayout, QWidget

from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary
from briefer.ui.elided import ElidedLabel
from briefer.ui.flow import FlowLayout
from briefer.ui.library.completion import fitting, named
from briefer.ui.text import fill

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LINE = 26  # the height of a chip in pixels
_KINDS = (TagKind.PARTNER, TagKind.RISK)


def tag_of(term: Term) -> Tag:
    """Return the tag that stands for a term as a subject."""
    return Tag(term.kind, term.key, Role.PARTNER if term.kind is TagKind.PARTNER else None)


class SubjectsModel(QAbstractListModel):
    """The partners and risks of a vocabulary that fit what is typed, best first."""

    def __init__(self, vocabulary: Vocabulary, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms = [t for kind in _KINDS for t in vocabulary.terms if t.kind is kind]
        self._shown = self._terms
        self._language = language

    def show_fitting(self, text: str) -> None:
        """Show what ``text`` may mean."""
        self.beginResetModel()
        self._shown = fitting(text, self._terms)
        self.endResetModel()

    def term(self, row: int) -> Term | None:
        """Return the term in a row, or None."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def find(self, text: str) -> Term | None:
        """Return the term that ``text`` means best, or None."""
        return next(iter(fitting(text, self._terms)), None) if text.strip() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        term = self.term(index.row()) if index.isValid() else None
        if term is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            kind = self.tr("partner") if term.kind is TagKind.PARTNER else self.tr("risk")
            return fill(self.tr("%1 · %2"), term.label(self._language), kind)
        return term.label(self._language) if role == Qt.ItemDataRole.EditRole else None


class _Field(QLineEdit):
    """Backspace in the empty field takes the last tag away."""

    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class SubjectPicker(QWidget):
    """Chosen tags, and the field to choose more."""

    changed = Signal()

    def __init__(self, vocabulary: Vocabulary, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = vocabulary
        self._language = language
        self._tags: list[Tag] = []
        self.model = SubjectsModel(vocabulary, language, self)
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Partner or risk, such as India or supply…"))
        self.field.setAccessibleName(self.tr("What the brief is about"))
        # Before the completer: it is to find the list as the new text has it.
        self.field.textEdited.connect(self.model.show_fitting)
        completer = QCompleter(self.model, self)
        completer.setCompletionRole(Qt.ItemDataRole.EditRole.value)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.field.setCompleter(completer)
        self.objection = ElidedLabel()
        self.objection.setProperty("role", "error")
        self.objection.setTextFormat(Qt.TextFormat.PlainText)
        self.objection.hide()
        # The first line of chips has its place from the beginning, so that the fields below do not move.
        below = QWidget()
        below.setMinimumHeight(_LINE)
        self._chips = FlowLayout(below)
        self._chips.addWidget(self.objection)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.field)
        box.addWidget(below)
        self.setFocusProxy(self.field)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.field.returnPressed.connect(self._take_typed)
        self.field.editingFinished.connect(self._leave)
        self.field.textChanged.connect(self._follow_text)
        self.field.emptied.connect(self._drop_last)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What was chosen."""
        return tuple(self._tags)

    def set_tags(self, tags: tuple[Tag, ...]) -> None:
        """Choose these and no others."""
        self._tags = list(dict.fromkeys(tags))
        self._show()

    def add(self, tag: Tag) -> None:
        """Choose one more."""
        if tag not in self._tags:
            self._tags.append(tag)
            self._show()

    def check(self) -> bool:
        """Say where a text stands in the field that was not chosen; return whether none does.

        The whole name of a partner or risk is as good as chosen.
        """
        text = self.field.text().strip()
        term = self.model.find(text)
        if term is not None and named(term, text):
            self._take_typed()
        elif term is not None:
            label = term.label(self._language)
            self._object(fill(self.tr("“%1” is not chosen yet: Enter takes %2."), text, label))
        elif text:
            self._object(
                fill(self.tr("No partner or risk is called “%1”: choose another, or empty the field."), text)
            )
        return self.objection.isHidden()

    def _take(self, index: QModelIndex) -> None:
        term = self.model.find(str(index.data(Qt.ItemDataRole.EditRole)))
        if term is not None:
            self.add(tag_of(term))
        # The completer writes its choice into the field after this slot.
        QTimer.singleShot(0, self.field, self.field.clear)

    def _take_typed(self) -> None:
        term = self.model.find(self.field.text())
        if term is not None:
            self.field.clear()
            self.add(tag_of(term))
        else:
            self.check()

    def _leave(self) -> None:
        """Look at what is left in the field; its list is a window of its own, and going there is not leaving."""
        popup = self.field.completer().popup()
        if not self.field.hasFocus() and not (popup and popup.isVisible()):
            self.check()

    def _follow_text(self) -> None:
        self._object("")

    def _object(self, why: str) -> None:
        self.objection.setText(why)
        self.objection.setToolTip(why)
        self.objection.setVisible(bool(why))
        self.field.setAccessibleDescription(why)

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(self._tags[-1])

    def _drop(self, tag: Tag) -> None:
        self._tags.remove(tag)
        self._show()
        self.field.setFocus()

    def _show(self) -> None:
        self._chips.removeWidget(self.objection)
        self._chips.clear()
        for tag in self._tags:
            label = self._vocabulary.label(tag, self._language)
            chip = QPushButton(f"{label}  ✕")
            chip.setProperty("chip", True)
            chip.setProperty("kind", tag.kind.value)
            chip.setAutoDefault(False)
            chip.setAccessibleName(fill(self.tr("Remove %1"), label))
            chip.clicked.connect(lambda _checked=False, gone=tag: self._drop(gone))
            self._chips.addWidget(chip)
        self._chips.addWidget(self.objection)
        self.changed.emit()
