"""The groups of the export dialog: citations, layout, markings, annexes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import Annex, ExportOptions, Live, SourceOrder
from briefer.ui.brief.export.group import Group, soft
from briefer.ui.choice import Choice
from briefer.ui.forms.words import numberings

_UNDER_A_RADIO = 22


class CitationsGroup(Group):
    """How sources are listed, and whether citations stay live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        fields = ("source_order", "wire", "accessed", "archived", "originals", "comments", "live")
        super().__init__(self.tr("Citations"), fields, parent)
        self.order = Choice()
        self.order.addItem(self.tr("As the style orders them"), SourceOrder.STYLE)
        self.order.addItem(self.tr("By type: primary, press, analysis"), SourceOrder.TYPE)
        line = QFormLayout()
        line.addRow(self.tr("S&ource list"), self.order)
        self.inner.addLayout(line)
        self.wire = QCheckBox(self.tr("Name the news agency that a text came from"))
        self.accessed = QCheckBox(self.tr("Give the day on which each source was accessed"))
        self.archived = QCheckBox(self.tr("Give the digest (SHA-256) of the archived copy"))
        self.originals = QCheckBox(self.tr("Give shortened quotations in full, in a note"))
        self.comments = QCheckBox(self.tr("Print the comments on quoted excerpts below them"))
        self._ticks = {
            "wire": self.wire,
            "accessed": self.accessed,
            "archived": self.archived,
            "originals": self.originals,
            "comments": self.comments,
        }
        for field, tick in self._ticks.items():
            self.inner.addWidget(tick)
            self.tie(field, tick)
            tick.toggled.connect(self.changed)
        self.tie("source_order", self.order)
        self.live = self._lives()
        self.order.currentIndexChanged.connect(self.changed)

    def _lives(self) -> QButtonGroup:
        """Return the choice of live citations, each with a sentence."""
        group = QButtonGroup(self)
        widgets: list[QWidget] = []
        for live, title, told in (
            (
                Live.NONE,
                self.tr("Plain citations"),
                self.tr("Ordinary notes and text: nobody needs any program, and nothing can break them."),
            ),
            (
                Live.ZOTERO,
                self.tr("Zotero fields"),
                self.tr("Zotero’s plug-in for Word takes the citations over and can restyle them."),
            ),
            (
                Live.WORD,
                self.tr("Word sources"),
                self.tr("Word’s References tab lists the sources, and can cite them again."),
            ),
        ):
            radio, sentence = QRadioButton(title), soft(told)
            group.addButton(radio, list(Live).index(live))
            box = QVBoxLayout()
            box.setSpacing(0)
            below = QVBoxLayout()
            below.setContentsMargins(_UNDER_A_RADIO, 0, 0, 0)
            below.addWidget(sentence)
            box.addWidget(radio)
            box.addLayout(below)
            self.inner.addLayout(box)
            widgets += [radio, sentence]
        group.button(0).setChecked(True)
        self.tie("live", *widgets)
        group.idToggled.connect(self._tell_live)
        return group

    def _tell_live(self, _id: int, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def take(self, options: ExportOptions) -> None:
        self.order.setCurrentIndex(self.order.findData(options.source_order))
        for field, tick in self._ticks.items():
            tick.setChecked(getattr(options, field))
        self.live.button(list(Live).index(options.live)).setChecked(True)

    def put(self, options: ExportOptions) -> ExportOptions:
        return replace(
            options,
            source_order=SourceOrder(self.order.currentData()),
            wire=self.wire.isChecked(),
            accessed=self.accessed.isChecked(),
            archived=self.archived.isChecked(),
            originals=self.originals.isChecked(),
            comments=self.comments.isChecked(),
            live=list(Live)[self.live.checkedId()],
        )


class LayoutGroup(Group):
    """Contents and numbering."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Layout"), ("contents", "numbering", "numbered"), parent)
        self.contents = QCheckBox(self.tr("Table of contents in front"))
        self.numbered = QCheckBox(self.tr("Number the paragraphs"))
        self.numbering = Choice()
        for numbering, text in numberings():
            self.numbering.addItem(text, numbering)
        self.numbering.setToolTip(self.tr("The editor and the preview number them so, too."))
        line = QFormLayout()
        line.addRow(self.tr("&Heading numbers"), self.numbering)
        self.inner.addLayout(line)
        self.inner.addWidget(self.numbered)
        self.inner.addWidget(self.contents)
        self.tie("contents", self.contents)
        self.tie("numbered", self.numbered)
        self.tie("numbering", self.numbering)
        self.contents.toggled.connect(self.changed)
        self.numbered.toggled.connect(self.changed)
        self.numbering.currentIndexChanged.connect(self.changed)

    def take(self, options: ExportOptions) -> None:
        self.contents.setChecked(options.contents)
        self.numbered.setChecked(options.numbered)
        self.numbering.setCurrentIndex(self.numbering.findData(options.numbering))

    def put(self, options: ExportOptions) -> ExportOptions:
        return replace(
            options,
            contents=self.contents.isChecked(),
            numbered=self.numbered.isChecked(),
            numbering=HeadingNumbering(self.numbering.currentData()),
        )


class MarkingsGroup(Group):
    """What stands beside the brief's own marking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Markings"), ("portions", "draft", "copy", "handling"), parent)
        self.portions = QCheckBox(self.tr("Mark each portion with its own marking"))
        self.draft = QCheckBox(self.tr("Say that it is a draft"))
        self.copy = QLineEdit()
        self.copy.setPlaceholderText(self.tr("2 of 5"))
        self.handling = QPlainTextEdit()
        self.handling.setPlaceholderText(self.tr("Return to the private office after the meeting"))
        self.handling.setTabChangesFocus(True)
        self.handling.setFixedHeight(58)
        self.handling.setAccessibleName(self.tr("Handling instructions, one a line"))
        self.inner.addWidget(self.portions)
        self.inner.addWidget(self.draft)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.addRow(self.tr("Co&py number"), self.copy)
        form.addRow(self.tr("Handlin&g, one a line"), self.handling)
        self.inner.addLayout(form)
        for field, widget in (
            ("portions", self.portions),
            ("draft", self.draft),
            ("copy", self.copy),
            ("handling", self.handling),
        ):
            self.tie(field, widget)
        self.portions.toggled.connect(self.changed)
        self.draft.toggled.connect(self.changed)
        self.copy.textChanged.connect(self.changed)
        self.handling.textChanged.connect(self.changed)

    def take(self, options: ExportOptions) -> None:
        self.portions.setChecked(options.portions)
        self.draft.setChecked(options.draft)
        self.copy.setText(options.copy)
        self.handling.setPlainText("\n".join(options.handling))

    def put(self, options: ExportOptions) -> ExportOptions:
        lines = (line.strip() for line in self.handling.toPlainText().splitlines())
        return replace(
            options,
            portions=self.portions.isChecked(),
            draft=self.draft.isChecked(),
            copy=self.copy.text().strip(),
            handling=tuple(filter(None, lines)),
        )


class AnnexesGroup(Group):
    """What is added behind the brief."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Annexes"), ("annexes",), parent)
        self.coverage = QCheckBox(self.tr("Coverage: what is cited on whom and which risk, with a heat map"))
        self.sources = QCheckBox(self.tr("Sources: a descriptor of each, and a summary statement (ICD 206)"))
        self.record = QCheckBox(self.tr("Record: what was let pass, by whom and why, and the exports so far"))
        self._ticks = {Annex.COVERAGE: self.coverage, Annex.SOURCES: self.sources, Annex.RECORD: self.record}
        for tick in self._ticks.values():
            self.inner.addWidget(tick)
            tick.toggled.connect(self.changed)
        self.tie("annexes", *self._ticks.values())

    def take(self, options: ExportOptions) -> None:
        for annex, tick in self._ticks.items():
            tick.setChecked(annex in options.annexes)

    def put(self, options: ExportOptions) -> ExportOptions:
        return replace(
            options, annexes=tuple(annex for annex, tick in self._ticks.items() if tick.isChecked())
        )
