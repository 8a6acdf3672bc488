"""Choosing a citation style: by typing a part of its name, with a citation of the brief's own as an example."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.briefs import language_tag
from briefer.domain.citation_styles import CitationStyle
from briefer.domain.documents import Inlines, LineBreak, Run, flattened
from briefer.errors import KnownError
from briefer.ui.brief.export.problem import Problem
from briefer.ui.brief.session import BriefSession
from briefer.ui.problems import message
from briefer.ui.search_box import SearchBox
from briefer.ui.text import fill

_NAME = Qt.ItemDataRole.UserRole
_SAMPLE_LINES = 3


class StyleChooser(QWidget):
    """The box of styles, the example below it, and the way to add one's own."""

    changed = Signal()

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._styles: dict[str, CitationStyle] = {}
        self._wanted = ""
        self._language: str | None = None
        self.box = SearchBox()
        self.box.setAccessibleName(self.tr("Citation style"))
        self.box.line.setPlaceholderText(self.tr("Part of a name, such as APA or OSCOLA"))
        self.add = QPushButton(self.tr("&Add a style…"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._ask_file)
        self.sample = QLabel()
        self.sample.setProperty("role", "soft")
        self.sample.setTextFormat(Qt.TextFormat.RichText)
        self.sample.setWordWrap(True)
        self.sample.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sample.setFixedHeight(self.sample.fontMetrics().lineSpacing() * _SAMPLE_LINES)
        self.problem = Problem()
        line = QHBoxLayout()
        line.addWidget(self.box, 1)
        line.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(line)
        box.addWidget(self.problem)
        box.addWidget(self.sample)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._choose)
        self._read()

    @property
    def name(self) -> str:
        """The name of the chosen style."""
        return self._wanted

    @property
    def title(self) -> str:
        """What the chosen style calls itself."""
        style = self._styles.get(self._wanted)
        return style.title if style else self._wanted

    @property
    def in_text(self) -> bool:
        """Whether the chosen style cites in the text."""
        style = self._styles.get(self._wanted)
        return style.in_text if style else False

    def choose(self, name: str) -> None:
        """Choose the style of a name; one that is not there is told of when the styles are known."""
        self._wanted = name
        self._show_chosen()

    def sample_in(self, language: str | None) -> None:
        """Format the example in the language of the export."""
        self._language = language
        self._ask_sample()

    def refuse(self, error: KnownError) -> None:
        """Say what is wrong with the style."""
        self.problem.tell(message(error))

    def _read(self) -> None:
        styles = self._session.desk.styles
        self._session.context.run(styles.all, self._show_styles, failed=self.refuse, latest="styles")

    def _show_styles(self, styles: tuple[CitationStyle, ...]) -> None:
        self._styles = {style.name: style for style in styles}
        self.box.blockSignals(True)
        self.box.clear()
        for style in styles:
            self.box.addItem(self._label(style), style.name)
            if style.problem:
                self._set_unusable(self.box.count() - 1, style.problem)
        self.box.blockSignals(False)
        self._show_chosen()

    def _set_unusable(self, row: int, problem: str) -> None:
        model = self.box.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(row)
            item.setEnabled(False)
            item.setToolTip(problem)

    def _label(self, style: CitationStyle) -> str:
        label = fill("%1 – %2", style.title, style.name) if style.title != style.name else style.name
        return fill(self.tr("%1 (your own)"), label) if style.own else label

    def _show_chosen(self) -> None:
        if not self._styles:
            return
        row = self.box.findData(self._wanted)
        if row < 0:
            gone = fill(self.tr("The style %1 is not here any more; the usual one is chosen."), self._wanted)
            self.problem.tell(gone)
            self._wanted, row = str(self.box.itemData(0)), 0
        self.box.show_entry(row)
        self.changed.emit()
        self._ask_sample()

    def _choose(self, row: int) -> None:
        name = self.box.itemData(row)
        if not isinstance(name, str):
            return
        self._wanted = name
        self.problem.tell("")
        self.box.line.setCursorPosition(0)
        self.changed.emit()
        self._ask_sample()

    # --- the example -----------------------------------------------------------------------------------

    def _ask_sample(self) -> None:
        brief = self._session.brief
        hits = (self._session.hits.get(excerpt_id) for excerpt_id in brief.excerpt_ids())
        source = next((hit.source for hit in hits if hit is not None), None)
        if source is None:
            self.sample.setText(self.tr("The brief cites nothing yet: there is no example."))
            return
        styles, name, language = self._session.desk.styles, self._wanted, language_tag(brief, self._language)
        self._session.context.run(
            lambda: styles.sample(source, name, language),
            self._show_sample,
            failed=self._miss_sample,
            latest="style sample",
        )

    def _show_sample(self, inlines: Inlines) -> None:
        told = rich(inlines)
        self.sample.setText(told)
        self.sample.setToolTip(told)

    def _miss_sample(self, error: KnownError) -> None:
        self.sample.setText("")
        self.refuse(error)

    # --- one's own -------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Add a citation style"), "", self.tr("Citation styles (*.csl)")
        )
        if chosen:
            self.add_file(Path(chosen))

    def add_file(self, file: Path) -> None:
        """Take a ``.csl`` file among the user's own styles, and choose it; one that does not work is told of."""
        styles = self._session.desk.styles
        self._session.context.run(
            lambda: styles.add(file),
            self._added,
            fill(self.tr("Trying %1…"), file.name),
            failed=self.refuse,
            writes=True,
        )

    def _added(self, style: CitationStyle) -> None:
        self._wanted = style.name
        self.problem.tell("")
        self._read()


def rich(inlines: Inlines) -> str:
    """Return a citation as the rich text of a label."""
    parts = []
    for inline in flattened(inlines):
        if isinstance(inline, LineBreak):
            parts.append("<br>")
        elif isinstance(inline, Run):
            parts.append(_tagged(inline))
    return "".join(parts)


def _tagged(run: Run) -> str:
    text = html.escape(run.text)
    for wanted, tag in (
        (run.bold, "b"),
        (run.italic, "i"),
        (run.underline, "u"),
        (run.superscript, "sup"),
        (run.subscript, "sub"),
    ):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return f'<span style="font-variant: small-caps">{text}</span>' if run.small_caps else text
