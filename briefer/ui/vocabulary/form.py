"""The fields of one term."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from briefer.domain.tags import TagKind, Term


class TermForm(QWidget):
    """Labels, the words that suggest the term, and the phrases in which they do not count; one a line."""

    saved = Signal(object)
    """The :class:`Term` as the fields have it."""
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self.kind = QComboBox()
        for kind, text in (
            (TagKind.PARTNER, self.tr("partner")),
            (TagKind.RISK, self.tr("risk")),
            (TagKind.THEME, self.tr("theme")),
        ):
            self.kind.addItem(text, kind.value)
        self.key, self.label_en, self.label_ja = QLineEdit(), QLineEdit(), QLineEdit()
        self.group, self.definition = QLineEdit(), QLineEdit()
        self.words_en, self.words_ja, self.blocked = (QPlainTextEdit() for _ in range(3))
        for field in (self.words_en, self.words_ja, self.blocked):
            field.setTabChangesFocus(True)
            field.setMinimumHeight(56)
        self._objection = QLabel()
        self._objection.setProperty("role", "error")
        self._objection.setWordWrap(True)
        self.save = QPushButton(self.tr("&Save term"))
        self.remove = QPushButton(self.tr("&Remove"))
        self._lay_out()
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self.removal_wanted)
        self.show_term(None)

    def show_term(self, term: Term | None) -> None:
        """Show a term, or empty fields for a new one. Kind and key of a term stay: tags refer to them."""
        self._term = term
        shown = term or Term(TagKind.RISK, "", "")
        self.kind.setCurrentIndex(max(0, self.kind.findData(shown.kind.value)))
        self.kind.setEnabled(term is None)
        self.key.setReadOnly(term is not None)
        for field, text in (
            (self.key, shown.key),
            (self.label_en, shown.label_en),
            (self.label_ja, shown.label_ja),
            (self.group, shown.group),
            (self.definition, shown.definition),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        for area, words in (
            (self.words_en, shown.words_en),
            (self.words_ja, shown.words_ja),
            (self.blocked, shown.blocked),
        ):
            area.setPlainText("\n".join(words))
        self.remove.setEnabled(term is not None)
        self._object("")

    def term(self) -> Term:
        """Return the term as the fields have it."""
        return Term(
            TagKind(self.kind.currentData()),
            self.key.text().strip(),
            self.label_en.text().strip(),
            self.label_ja.text().strip(),
            _lines(self.words_en),
            _lines(self.words_ja),
            _lines(self.blocked),
            self.definition.text().strip(),
            self.group.text().strip(),
        )

    def _save(self) -> None:
        term = self.term()
        if not term.key or any(c.isspace() or c in "/:" for c in term.key):
            self._object(self.tr("The key is a short name without blanks, such as DE or supply-chain."))
            self.key.setFocus()
        elif not term.label_en:
            self._object(self.tr("Give the term an English name."))
            self.label_en.setFocus()
        else:
            self._object("")
            self.saved.emit(term)

    def _object(self, text: str) -> None:
        self._objection.setText(text)
        self._objection.setVisible(bool(text))

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(12, 0, 0, 0)
        form.setVerticalSpacing(7)
        for text, field in (
            (self.tr("&Kind"), self.kind),
            (self.tr("Ke&y"), self.key),
            (self.tr("&English"), self.label_en),
            (self.tr("&Japanese"), self.label_ja),
            (self.tr("&Words (English)"), self.words_en),
            (self.tr("W&ords (Japanese)"), self.words_ja),
            (self.tr("&Not in the phrases"), self.blocked),
            (self.tr("&Definition"), self.definition),
            (self.tr("&Group"), self.group),
        ):
            form.addRow(text, field)
        form.addRow(self._objection)
        line = QHBoxLayout()
        line.addWidget(self.remove)
        line.addStretch(1)
        line.addWidget(self.save)
        form.addRow(line)


def _lines(area: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in area.toPlainText().splitlines() if line.strip())
