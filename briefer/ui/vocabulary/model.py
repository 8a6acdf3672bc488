"""The terms of the vocabulary as rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.ui.rows import Index, RowsModel


class TermsModel(RowsModel):
    """Kind, key, labels and the number of words; the terms that hold what is looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Term, ...] = ()
        self._shown: tuple[Term, ...] = ()
        self._wanted = ""

    def show_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Show other terms."""
        order = list(TagKind)
        self._all = tuple(
            sorted(vocabulary.terms, key=lambda t: (order.index(t.kind), t.label_en.casefold()))
        )
        self._choose()

    def look_for(self, text: str) -> None:
        """Show only the terms that hold ``text`` in key, label or words."""
        self._wanted = text.casefold().strip()
        self._choose()

    def term(self, row: int) -> Term:
        """Return the term of a row."""
        return self._shown[row]

    def row_of(self, kind: TagKind, key: str) -> int:
        """Return the row of a term, or -1."""
        return next((row for row, t in enumerate(self._shown) if (t.kind, t.key) == (kind, key)), -1)

    def count(self) -> int:
        return len(self._shown)

    def headings(self) -> tuple[str, ...]:
        return (self.tr("Kind"), self.tr("Key"), self.tr("English"), self.tr("Japanese"), self.tr("Words"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        term = self._shown[index.row()]
        words = ", ".join((*term.words_en, *term.words_ja))
        values = (self._kind(term.kind), term.key, term.label_en, term.label_ja, words)
        return values[index.column()]

    def _kind(self, kind: TagKind) -> str:
        return {
            TagKind.PARTNER: self.tr("partner"),
            TagKind.RISK: self.tr("risk"),
            TagKind.THEME: self.tr("theme"),
            TagKind.FREE: self.tr("free"),
        }[kind]

    def _choose(self) -> None:
        self.beginResetModel()
        self._shown = tuple(t for t in self._all if not self._wanted or self._wanted in _searched(t))
        self.endResetModel()


def _searched(term: Term) -> str:
    return "\n".join((term.key, term.label_en, term.label_ja, *term.words_en, *term.words_ja)).casefold()
