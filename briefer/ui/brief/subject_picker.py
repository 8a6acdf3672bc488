"""Choosing what a brief is about: a field that completes over the vocabulary, and the chosen tags as chips."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary
from briefer.ui.text import fill

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_KINDS = (TagKind.PARTNER, TagKind.RISK)


def tag_of(term: Term) -> Tag:
    """Return the tag that stands for a term as a subject."""
    return Tag(term.kind, term.key, Role.PARTNER if term.kind is TagKind.PARTNER else None)


class SubjectsModel(QAbstractListModel):
    """The partners and risks of a vocabulary; completion looks at both languages and the key."""

    def __init__(self, vocabulary: Vocabulary, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms = [t for kind in _KINDS for t in vocabulary.terms if t.kind is kind]
        self._language = language

    def term(self, row: int) -> Term | None:
        """Return the term in a row, or None."""
        return self._terms[row] if 0 <= row < len(self._terms) else None

    def find(self, text: str) -> Term | None:
        """Return the first term of which ``text`` is a label, the key, or a part of one."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        whole = (t for t in self._terms if wanted in {t.label_en.casefold(), t.label_ja, t.key.casefold()})
        return next(whole, None) or next((t for t in self._terms if wanted in _searched(t).casefold()), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._terms)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        term = self.term(index.row()) if index.isValid() else None
        if term is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            kind = self.tr("partner") if term.kind is TagKind.PARTNER else self.tr("risk")
            return fill(self.tr("%1 · %2"), term.label(self._language), kind)
        return _searched(term) if role == Qt.ItemDataRole.EditRole else None


def _searched(term: Term) -> str:
    return f"{term.label_en} {term.label_ja} {term.key}"


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
        completer = QCompleter(self.model, self)
        completer.setCompletionRole(Qt.ItemDataRole.EditRole.value)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._chips.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.field)
        box.addLayout(self._chips)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.field.returnPressed.connect(self._take_typed)
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

    def _take(self, index: QModelIndex) -> None:
        term = self.model.find(str(index.data(Qt.ItemDataRole.EditRole)))
        if term is None:
            searched = str(index.data(Qt.ItemDataRole.EditRole))
            terms = (self.model.term(row) for row in range(self.model.rowCount()))
            term = next((t for t in terms if t and _searched(t) == searched), None)
        if term is not None:
            self.add(tag_of(term))
        # The completer writes its choice into the field after this slot.
        QTimer.singleShot(0, self.field, self.field.clear)

    def _take_typed(self) -> None:
        term = self.model.find(self.field.text())
        if term is not None:
            self.add(tag_of(term))
            self.field.clear()

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(self._tags[-1])

    def _drop(self, tag: Tag) -> None:
        self._tags.remove(tag)
        self._show()

    def _show(self) -> None:
        while self._chips.count() > 1:
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        for place, tag in enumerate(self._tags):
            label = self._vocabulary.label(tag, self._language)
            chip = QPushButton(f"{label}  ✕")
            chip.setProperty("chip", True)
            chip.setProperty("kind", tag.kind.value)
            chip.setAutoDefault(False)
            chip.setAccessibleName(fill(self.tr("Remove %1"), label))
            chip.clicked.connect(lambda _checked=False, gone=tag: self._drop(gone))
            self._chips.insertWidget(place, chip)
        self.changed.emit()
