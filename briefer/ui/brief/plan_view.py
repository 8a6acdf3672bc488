"""What goes where in a new brief: excerpts by section, with the reason, to be ticked or left out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from briefer.domain.assembly import Choice, Left, LeftOut, PlannedSection
from briefer.domain.forms import GENERATED
from briefer.domain.results import Hit, HitPage
from briefer.domain.tags import Tag, TagKind, Vocabulary
from briefer.ui.brief.figures import source_line
from briefer.ui.text import counted, fill

_EXCERPT = Qt.ItemDataRole.UserRole + 1
_LEFT_OUT_SHOWN = 20
_NOTHING = HitPage(0, 0, ())
_LINES = 2.8
"""The height of an excerpt in lines of this font: two of Japanese, whose lines are higher."""


class PlanView(QTreeWidget):
    """A tree of sections and their excerpts; :attr:`excluded` and :attr:`included` are what a person ticked."""

    chosen = Signal()
    """Somebody ticked an excerpt, or left one out."""

    def __init__(self, vocabulary: Vocabulary, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = vocabulary
        self._language = language
        self.excluded: frozenset[str] = frozenset()
        self.included: frozenset[str] = frozenset()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(1, 130)
        self.setAccessibleName(self.tr("What goes where"))
        self.itemChanged.connect(self._tick)

    def show_plan(self, planned: tuple[PlannedSection, ...], beside: HitPage = _NOTHING) -> None:
        """Show another plan; what was open or chosen stays so. ``beside`` may be ticked too, though it fits less."""
        current = self.currentItem()
        here = str(current.data(0, _EXCERPT) or "") if current else ""
        self.blockSignals(True)
        self.clear()
        for section in planned:
            above = self.topLevelItem(self.topLevelItemCount() - 1)
            item = QTreeWidgetItem([section.heading, self._amount(section)])
            item.setToolTip(0, section.heading)
            if section.level > 1 and above is not None:
                above.addChild(item)
            else:
                self.addTopLevelItem(item)
            self._fill(item, section)
            item.setExpanded(True)
        self._offer(beside)
        self.blockSignals(False)
        if here:
            self._go_back_to(here)

    def forget(self) -> None:
        """Forget what was ticked: the plan is about something else now."""
        self.excluded = self.included = frozenset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return belongs to the dialog; the space bar ticks.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _fill(self, item: QTreeWidgetItem, section: PlannedSection) -> None:
        for choice in section.choices:
            item.addChild(self._row(choice.hit, self._reason(choice), chosen=True))
        out = sorted(section.left_out, key=lambda left: left.why is not Left.UNWANTED)
        for left in out[:_LEFT_OUT_SHOWN]:
            item.addChild(self._row(left.hit, self._why_not(left), chosen=False))
        if len(out) > _LEFT_OUT_SHOWN:
            told = fill(self.tr("and %1 more that are left out"), len(out) - _LEFT_OUT_SHOWN)
            item.addChild(QTreeWidgetItem([told, ""]))

    def _offer(self, beside: HitPage) -> None:
        """Offer the excerpts that bear the risk and not the partner; those that are wanted stand in the plan."""
        left = beside.total - len(self.included & {hit.excerpt.id for hit in beside.hits})
        if not left:
            return
        count = counted(left, self.tr("1 excerpt"), self.tr("%1 excerpts"))
        group = QTreeWidgetItem([self.tr("With the risk only, not with the partner"), count])
        group.setToolTip(0, self.tr("These are left out; tick what belongs into the brief all the same."))
        self.addTopLevelItem(group)
        shown = [hit for hit in beside.hits if hit.excerpt.id not in self.included]
        for hit in shown:
            group.addChild(self._row(hit, self.tr("the risk only"), chosen=False))
        if left > len(shown):
            group.addChild(
                QTreeWidgetItem([fill(self.tr("and %1 older ones"), f"{left - len(shown):,}"), ""])
            )
        group.setExpanded(True)

    def _row(self, hit: Hit, reason: str, *, chosen: bool) -> QTreeWidgetItem:
        row = QTreeWidgetItem([hit.excerpt.quote, reason])
        row.setData(0, _EXCERPT, hit.excerpt.id)
        row.setSizeHint(0, QSize(0, round(_LINES * self.fontMetrics().lineSpacing())))
        row.setCheckState(0, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        row.setToolTip(0, f"{hit.excerpt.quote}\n\n{source_line(hit, self._language)}")
        row.setToolTip(1, f"{reason}\n{source_line(hit, self._language)}")
        row.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, reason)
        return row

    def _reason(self, choice: Choice) -> str:
        if choice.hit.excerpt.id in self.included:
            return self.tr("you want it")
        names = dict.fromkeys(self._name(tag) for tag in reversed(choice.because))
        return ", ".join(names) or self.tr("matches")

    def _name(self, tag: Tag) -> str:
        label = self._vocabulary.label(tag, self._language)
        return label if tag.kind is not TagKind.FREE else tag.key

    def _why_not(self, left: LeftOut) -> str:
        return {
            Left.SAME_WORDS: self.tr("the same words"),
            Left.ALIKE: self.tr("nearly the same text"),
            Left.FULL: self.tr("no room left"),
            Left.UNWANTED: self.tr("left out by you"),
        }[left.why]

    def _amount(self, section: PlannedSection) -> str:
        if section.form.type in GENERATED:
            return self.tr("by Briefer")
        if not section.choices:
            return ""
        return counted(len(section.choices), self.tr("1 excerpt"), self.tr("%1 excerpts"))

    def _tick(self, item: QTreeWidgetItem, _column: int) -> None:
        excerpt_id = str(item.data(0, _EXCERPT) or "")
        if not excerpt_id:
            return
        if item.checkState(0) is Qt.CheckState.Checked:
            self.excluded -= {excerpt_id}
            self.included |= {excerpt_id}
        else:
            self.included -= {excerpt_id}
            self.excluded |= {excerpt_id}
        self.chosen.emit()

    def _go_back_to(self, excerpt_id: str) -> None:
        stack = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        while stack:
            item = stack.pop()
            if item is None:
                continue
            if item.data(0, _EXCERPT) == excerpt_id:
                self.setCurrentItem(item)
                return
            stack += [item.child(n) for n in range(item.childCount())]
