"""What is known of one excerpt, to be changed in place: tags, kind, speaker, credibility, comment, translation, marking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from briefer.domain.excerpts import Excerpt, ExcerptKind
from briefer.domain.tags import Tag
from briefer.ui.chips import chip
from briefer.ui.choice import Choice
from briefer.ui.context import Context
from briefer.ui.flow import FlowLayout
from briefer.ui.library.corroboration import CorroborationLine
from briefer.ui.library.more_notes import MoreNotes
from briefer.ui.library.tag_popup import TagPopup
from briefer.ui.text import fill


class Inspector(QWidget):
    """The tags and notes of the chosen excerpt."""

    changed = Signal(object)
    """The excerpt as it is now said to be."""
    tag_added = Signal(object)
    tag_removed = Signal(object)
    removal_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._excerpt: Excerpt | None = None
        self._tags = QWidget()
        self._flow = FlowLayout(self._tags, 5)
        self._popup = TagPopup(context, self)
        self.suggested: Callable[[Excerpt], tuple[Tag, ...]] = lambda _excerpt: ()
        """Returns the tags to offer first for an excerpt."""
        self.beside: QWidget | None = None
        """What the field of tags must not cover."""
        self._popup.added.connect(self.tag_added)
        self._kind = Choice()
        self._kind.addItem(self.tr("Quotation"), ExcerptKind.QUOTATION)
        self._kind.addItem(self.tr("Fact"), ExcerptKind.FACT)
        self._credibility = Choice()
        for figure, text in self._grades():
            self._credibility.addItem(text, figure)
        self._speaker = QLineEdit()
        self._speaker.setPlaceholderText(self.tr("Whose own words"))
        self._speaker.setToolTip(
            self.tr(
                "The person whose own words these are: the name stands below the quotation. Where a reporter tells in "
                "other words what somebody said, leave it empty."
            )
        )
        self._comment = QLineEdit()
        self._comment.setPlaceholderText(self.tr("Your note"))
        self.more = MoreNotes(context)
        self.corroboration = CorroborationLine(context)
        self._fold: QPushButton | None = None
        self._foldable = self._unfolded = False
        self._lay_out()
        self._kind.activated.connect(self._commit)
        self._credibility.activated.connect(self._commit)
        self._speaker.editingFinished.connect(self._commit)
        self._comment.editingFinished.connect(self._commit)
        self.more.changed.connect(self._commit)
        self.hide()

    @property
    def excerpt(self) -> Excerpt | None:
        """The excerpt that is shown."""
        return self._excerpt

    def show_excerpt(self, excerpt: Excerpt | None) -> None:
        """Show another excerpt, or the same one changed."""
        same = excerpt is not None and self._excerpt is not None and excerpt.id == self._excerpt.id
        former, self._excerpt = self._excerpt, excerpt
        self.setVisible(excerpt is not None)
        self.corroboration.show_excerpt(excerpt)
        if excerpt is None:
            self._popup.hide()
            return
        if not same or former is None or former.tags != excerpt.tags or not self._flow.count():
            self._show_tags(excerpt)
        self._kind.setCurrentIndex(self._kind.findData(excerpt.kind))
        self._credibility.setCurrentIndex(self._credibility.findData(excerpt.credibility))
        # What is being typed is not taken away by an answer to an earlier change.
        if not (same and self._speaker.hasFocus()):
            self._speaker.setText(excerpt.speaker or "")
            self._speaker.setCursorPosition(0)
        if not (same and self._comment.hasFocus()):
            self._comment.setText(excerpt.comment)
        self.more.show_excerpt(excerpt)

    def edit_tags(self) -> None:
        """Open the tag field."""
        if self._excerpt is not None:
            self._popup.suggested = self.suggested(self._excerpt)
            below = self._add.mapToGlobal(QPoint(0, self._add.height() + 2))
            pane = self.beside or self
            place = QRect(pane.mapToGlobal(QPoint(0, 0)), pane.size())
            # Beside what is read: below is no room on most screens, and above stands the passage.
            taken = self._excerpt.tags
            if not self._popup.open_beside(place, below.y(), taken):
                self._popup.open_at(below, taken)

    def set_foldable(self, *, foldable: bool) -> None:
        """Have all but the tags folded until it is asked for, or always shown."""
        if foldable != self._foldable:
            self._foldable = foldable
            if self._excerpt is not None:
                self._show_tags(self._excerpt)
            self._show_fields()

    def edit_notes(self) -> None:
        """Put the focus into what is said of the excerpt, unfolding it."""
        if self._excerpt is not None:
            self._unfolded = True
            self._show_fields()
            self._speaker.setFocus()

    def _turn_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_fields()

    def _show_fields(self) -> None:
        shown = self._unfolded or not self._foldable
        fields = (self._kind, self._credibility, self._remove, self._speaker, self._comment)
        for field in (*fields, self.corroboration, self.more):
            field.setVisible(shown)
        if self._fold is not None:
            self._fold.setText(self._fold_text())

    def _fold_text(self) -> str:
        return self.tr("▾ Notes (N)") if self._unfolded else self.tr("▸ Notes (N)")

    def _lay_out(self) -> None:
        self._add = QPushButton(self.tr("＋ Tag (T)"))
        self._remove = remove = QPushButton(self.tr("Remove"))
        remove.setProperty("quiet", True)
        remove.setToolTip(self.tr("Remove the excerpt (Delete)"))
        remove.clicked.connect(self.removal_wanted)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._tags, 0, 0, 1, 3)
        for row, column, field in (
            (1, 0, self._kind),
            (1, 1, self._credibility),
            (2, 0, self._speaker),
            (1, 2, remove),
        ):
            grid.addWidget(field, row, column)
        grid.addWidget(self._comment, 2, 1, 1, 2)
        grid.addWidget(self.corroboration, 3, 0, 1, 3)
        grid.addWidget(self.more, 4, 0, 1, 3)
        QWidget.setTabOrder(self._credibility, remove)
        QWidget.setTabOrder(remove, self._speaker)
        self._kind.setAccessibleName(self.tr("Kind"))
        self._credibility.setAccessibleName(self.tr("Credibility"))
        self._credibility.setToolTip(self.tr("Credibility of what is said (Admiralty code)"))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._speaker.setAccessibleName(self.tr("Speaker"))
        self._comment.setAccessibleName(self.tr("Comment"))

    def _show_tags(self, excerpt: Excerpt) -> None:
        self._flow.clear()
        self._add = chip(self.tr("＋ Tag (T)"), None, self.tr("Add a tag"), self.edit_tags)
        chips = [*(self._pill(tag, self._context.label(tag)) for tag in excerpt.tags), self._add]
        if self._foldable:
            told = self.tr("Kind, credibility, speaker, your note, translation and marking")
            self._fold = chip(self._fold_text(), None, told, self._turn_fold)
            chips.append(self._fold)
        else:
            self._fold = None
        for one in chips:
            self._flow.addWidget(one)
        # Chips are made after the fields, and stand before them.
        for former, following in pairwise((self._before_tags(), *chips)):
            QWidget.setTabOrder(former, following)

    def _before_tags(self) -> QWidget:
        """Return what Tab stops at before the fields, the chips left aside."""
        found = self._kind.previousInFocusChain()
        while found is not None and self._is_passed_over(found):
            found = found.previousInFocusChain()
        return found or self._kind

    def _is_passed_over(self, widget: QWidget) -> bool:
        stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return not stop or self._tags.isAncestorOf(widget)

    def _pill(self, tag: Tag, label: str) -> QPushButton:
        name = fill(self.tr("Remove the tag %1"), label)
        return chip(f"{label}  ✕", tag.kind, name, lambda: self.tag_removed.emit(tag))

    def _commit(self) -> None:
        excerpt = self._excerpt
        if excerpt is None:
            return
        said = replace(
            self.more.on(excerpt),
            kind=ExcerptKind(self._kind.currentData()),
            credibility=str(self._credibility.currentData()),
            speaker=self._speaker.text().strip() or None,
            comment=self._comment.text().strip(),
        )
        if said != excerpt:
            self._excerpt = said
            self.changed.emit(said)

    def _grades(self) -> tuple[tuple[str, str], ...]:
        return (
            ("1", self.tr("1 confirmed")),
            ("2", self.tr("2 probably true")),
            ("3", self.tr("3 possibly true")),
            ("4", self.tr("4 doubtful")),
            ("5", self.tr("5 improbable")),
            ("6", self.tr("6 cannot be judged")),
        )
