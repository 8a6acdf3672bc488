"""The panel of what the checks found, red first; choosing a finding leads to its place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.briefs import Brief
from briefer.domain.checks import RULES, Remedy
from briefer.domain.findings import Finding, Level, Waiver
from briefer.services.review import Reviewed
from briefer.ui.rows import choose_row
from briefer.ui.text import fill
from briefer.ui.theme import Colours
from briefer.ui.wrapping_list import WrappingList

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WRAP = Qt.TextFlag.TextWordWrap.value


class FindingRole(IntEnum):
    """What a row stands for."""

    FINDING = Qt.ItemDataRole.UserRole + 1
    PLACE = Qt.ItemDataRole.UserRole + 2
    WAIVER = Qt.ItemDataRole.UserRole + 3


class FindingsModel(QAbstractListModel):
    """Findings with the heading of their section; below them, those that somebody has let pass."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[Finding, Waiver | None], ...] = ()
        self._headings: dict[str, str] = {}

    def show_findings(self, reviewed: Reviewed, brief: Brief) -> None:
        """Show other findings."""
        self._headings = {s.id: s.heading for s in brief.sections}
        rows = (*((finding, None) for finding in reviewed.findings), *reviewed.waived)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def finding(self, row: int) -> Finding | None:
        """Return the finding in a row, or None."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def waiver(self, row: int) -> Waiver | None:
        """Return by what the finding in a row was let pass, or None."""
        return self._rows[row][1] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.finding(index.row()) if index.isValid() else None
        if finding is None:
            return None
        red, waiver = finding.level is Level.RED, self.waiver(index.row())
        place = self._headings.get(finding.section, "")
        if waiver is not None:
            place = fill(self.tr("let pass: %1"), waiver.reason)
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            level = self.tr("must be mended") if red else self.tr("should be looked at")
            return ". ".join(filter(None, (level, finding.message, place)))
        answers = {
            # With the standard that the rule comes from: it is for those who ask.
            Qt.ItemDataRole.ToolTipRole: RULES[finding.check].why,
            FindingRole.FINDING: finding,
            FindingRole.PLACE: place,
            FindingRole.WAIVER: waiver,
        }
        return answers.get(role)  # type: ignore[call-overload]


class FindingDelegate(QStyledItemDelegate):
    """Paints the mark of the level, the message, and the heading of the section below it."""

    def __init__(self, colours: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        box = option.fontMetrics.boundingRect(0, 0, width - 42, 10_000, _WRAP, str(index.data()))
        below = option.fontMetrics.height() if index.data(FindingRole.PLACE) else 0
        return QSize(width, box.height() + below + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding: Finding = index.data(FindingRole.FINDING)
        box, red = option.rect, finding.level is Level.RED
        passed = index.data(FindingRole.WAIVER) is not None
        loud = self.colours.danger if red else self.colours.warning
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self.colours.selection))
        painter.setFont(option.font)
        painter.setPen(QColor(self.colours.text_soft if passed else loud))
        sign = "✓" if passed else "●" if red else "▲"
        painter.drawText(box.adjusted(10, 8, 0, 0), Qt.AlignmentFlag.AlignTop, sign)
        painter.setPen(QColor(self.colours.text_soft if passed else self.colours.text))
        painter.drawText(box.adjusted(30, 8, -12, 0), _WRAP, finding.message)
        painter.setPen(QColor(self.colours.text_soft))
        told = option.fontMetrics.elidedText(
            str(index.data(FindingRole.PLACE)), Qt.TextElideMode.ElideRight, box.width() - 42
        )
        painter.drawText(box.adjusted(30, 0, -12, -8), Qt.AlignmentFlag.AlignBottom, told)
        painter.restore()


_FROM_OUTSIDE = frozenset({"data-altered", "source-altered"})


class ChecksPanel(QWidget):
    """Lists findings."""

    place_wanted = Signal(str, str)
    """The id of a block or section, and the words there that the finding is about."""
    """The id of the block or section that a finding is about."""
    waive_wanted = Signal(object, str)
    """A finding, and the reason why it may stay."""
    outside_wanted = Signal()
    """What something else than Briefer has changed is to be shown, and confirmed there."""
    mend_wanted = Signal(object)
    """A :class:`Remedy`."""
    told = Signal(str)
    """Why nothing was mended."""
    unwaive_wanted = Signal(object)
    """The waiver that is to be taken back."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FindingsModel(self)
        title = QLabel(self.tr("Checks"))
        title.setProperty("role", "heading")
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self._told.setWordWrap(True)
        self.view = WrappingList()
        self.view.setModel(self.model)
        self._delegate = FindingDelegate(colours, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(self.tr("What the checks found"))
        self._why = QLabel()
        self._why.setProperty("role", "soft")
        self._why.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it may stay"))
        self.reason.setAccessibleName(self.tr("Why the finding may stay"))
        self.let_pass = QPushButton()
        self.mend = QPushButton()
        self.outside = QPushButton(self.tr("Changes from outside…"))
        self._remedies: Mapping[Finding, Remedy] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        for widget in (title, self._told, self.view, self._why, self.mend, self.outside, self._passing()):
            box.addWidget(widget)
        box.setStretchFactor(self.view, 1)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.model.modelReset.connect(self._follow)
        self.reason.textChanged.connect(self._follow)
        self.reason.returnPressed.connect(self._pass_or_check)
        self.let_pass.clicked.connect(self._pass_or_check)
        self.mend.clicked.connect(self._press_mend)
        self.outside.clicked.connect(self.outside_wanted)
        self._follow()

    def show_findings(self, reviewed: Reviewed, brief: Brief) -> None:
        """Show what the checks found in ``brief``."""
        self._remedies = reviewed.remedies
        row, scrolled = self.view.currentIndex().row(), self.view.verticalScrollBar().value()
        chosen = (self.model.finding(row), self.model.waiver(row) is not None)
        self.model.show_findings(reviewed, brief)
        if row >= 0 and not self.view.currentIndex().isValid():
            self._choose_again(row, chosen)
            self.view.verticalScrollBar().setValue(scrolled)
        told = self.tr("● red: mend it before the brief leaves. ▲ amber: look at it.")
        self._told.setText(told if reviewed.findings else self.tr("Nothing found. The brief can leave."))

    def take_focus(self) -> None:
        """Put the focus into the list, on a finding."""
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            choose_row(self.view, 0)
        self.view.setFocus()

    def mend_chosen(self) -> None:
        """Mend the chosen finding, if that needs no judgement; say so where it does."""
        row = self.view.currentIndex().row()
        finding = self.model.finding(row)
        made = self._remedies.get(finding) if finding else None
        if made is not None:
            self.mend_wanted.emit(made)
        elif finding is None:
            self.told.emit(self.tr("No finding of the checks is chosen. F8 goes to the next one."))
        elif self.model.waiver(row) is not None:
            self.told.emit(fill(self.tr("This was let pass: %1"), finding.message))
        else:
            self.told.emit(fill(self.tr("This needs your judgement: %1"), finding.message))

    def choose(self, finding: Finding) -> None:
        """Choose a finding in the list."""
        for row in range(self.model.rowCount()):
            if self.model.finding(row) == finding:
                choose_row(self.view, row)

    def _choose_again(self, row: int, chosen: tuple[Finding | None, bool]) -> None:
        """Choose the same finding as before, or where it is gone from its part of the list, what stands at its row."""
        count = self.model.rowCount()
        same = (
            n for n in range(count) if (self.model.finding(n), self.model.waiver(n) is not None) == chosen
        )
        at = next(same, min(row, count - 1))
        if at >= 0:
            choose_row(self.view, at)

    def _passing(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.reason, 1)
        row.addWidget(self.let_pass)
        made = QWidget()
        made.setLayout(row)
        return made

    def _follow(self, *_indexes: object) -> None:
        """Say why the chosen finding is one, and offer what can be done with it."""
        row = self.view.currentIndex().row()
        finding, waiver = self.model.finding(row), self.model.waiver(row)
        self._why.setText(RULES[finding.check].plain if finding else "")
        self._why.setToolTip(RULES[finding.check].why if finding else "")
        self._why.setVisible(finding is not None)
        made = self._remedies.get(finding) if finding else None
        self.mend.setText(fill(self.tr("%1 (Ctrl+.)"), made.label) if made else "")
        self.mend.setVisible(made is not None)
        self.outside.setVisible(finding is not None and finding.check in _FROM_OUTSIDE)
        self.reason.setVisible(waiver is None)
        self.reason.setEnabled(finding is not None)
        self.let_pass.setText(self.tr("Check again") if waiver else self.tr("Let pass"))
        self.let_pass.setEnabled(waiver is not None or bool(finding and self.reason.text().strip()))

    def _press_mend(self) -> None:
        self.view.setFocus()
        self.mend_chosen()

    def _pass_or_check(self) -> None:
        row = self.view.currentIndex().row()
        finding, waiver = self.model.finding(row), self.model.waiver(row)
        # What is pressed may go: Qt would give the focus to the text, which would scroll to where it begins.
        if waiver is not None:
            self.view.setFocus()
            self.unwaive_wanted.emit(waiver)
        elif finding is not None and self.reason.text().strip():
            self.view.setFocus()
            self.waive_wanted.emit(finding, self.reason.text().strip())
            self.reason.clear()

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._delegate.colours = colours
        self.view.viewport().update()

    def _go(self, index: QModelIndex) -> None:
        finding = self.model.finding(index.row())
        if finding and (finding.block or finding.section):
            self.place_wanted.emit(finding.block or finding.section, finding.words)
