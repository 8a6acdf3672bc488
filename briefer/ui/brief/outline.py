"""The outline at the left: sections with numbers and word counts, moved and renamed by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain import editing
from briefer.domain.documents import HeadingNumbering
from briefer.domain.form_parts import numbering_of, with_numbering
from briefer.services.compose import new_section
from briefer.ui.brief import moves
from briefer.ui.brief.figures import word_limits
from briefer.ui.brief.outline_model import OutlineModel, OutlineRole
from briefer.ui.brief.session import BriefSession
from briefer.ui.forms.words import numberings
from briefer.ui.pressing import types
from briefer.ui.rows import choose_row
from briefer.ui.text import counted, fill
from briefer.ui.theme import Colours

Index = QModelIndex | QPersistentModelIndex
_INDENT = 14


class OutlineDelegate(QStyledItemDelegate):
    """Paints number and heading at the left, word count and mark of the checks at the right."""

    def __init__(self, colours: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 11)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, box = self.colours, option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colours.surface_low))
        level = int(index.data(OutlineRole.LEVEL))
        words = str(index.data(OutlineRole.WORDS))
        small = QFont(option.font)
        small.setPointSizeF(9.5)
        painter.setFont(small)
        right = box.right() - 8 - painter.fontMetrics().horizontalAdvance(words)
        over = bool(index.data(OutlineRole.OVER))
        painter.setPen(QColor(colours.warning if over else colours.text_soft))
        end = QRect(right, box.top(), box.right() - right, box.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, words)
        badge = index.data(OutlineRole.BADGE)
        if badge is not None:
            # The sign tells red from amber as the list of checks does, so that colour is not alone in it.
            told = f"{'●' if badge.red else '▲'}{badge.count}"
            wide = painter.fontMetrics().horizontalAdvance(told)
            right -= wide + 8
            painter.setPen(QColor(colours.danger if badge.red else colours.warning))
            painter.drawText(
                QRect(right, box.top(), wide + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, told
            )
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text))
        left = box.left() + 10 + _INDENT * (level - 1)
        heading = f"{index.data(OutlineRole.NUMBER)} {index.data()}".strip()
        room = QRect(left, box.top(), right - left - 8, box.height())
        told = option.fontMetrics.elidedText(heading, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(4, 0, -4, 0))


class OutlineView(QListView):
    """A list whose Delete, arrows and drags move sections; letters go on to the text of the chosen one."""

    menu_wanted = Signal(object)
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.text_wanted.emit()
        elif types(event):
            self.text_wanted.emit()
            writer = QApplication.focusWidget()
            if writer is not None and writer is not self:
                QCoreApplication.sendEvent(writer, event)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class Outline(QWidget):
    """The outline of one session's brief."""

    section_chosen = Signal(str)
    text_wanted = Signal(str)
    """Return was pressed: on to the text of that section."""
    before_edit = Signal()
    """What is being typed must be stored now: the order of the steps matters for undo."""

    def __init__(self, session: BriefSession, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self.model = OutlineModel(self)
        self.view = OutlineView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Sections"))
        self._delegate = OutlineDelegate(colours, self.view)
        self.view.setItemDelegate(self._delegate)
        self._lay_out()
        self._add_actions()
        self.model.rename_wanted.connect(self._rename)
        self.model.move_wanted.connect(self._move_to)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.clicked.connect(self._choose)
        self.view.text_wanted.connect(lambda: self.text_wanted.emit(self.current))
        self.view.menu_wanted.connect(lambda place: self.menu().popup(place))
        session.brief_changed.connect(self.refresh)
        session.evidence_changed.connect(self.refresh)
        session.figures_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_briefs: object) -> None:
        """Show the session's brief as it now is."""
        brief = self._session.brief
        limits = word_limits(brief, self._session.form)
        self._following = True
        chosen = self.current
        told = self._session.figures
        self.model.show_brief(brief, told, limits, self._session.numbers)
        self._show_length(told.pages)
        self.show_current(chosen)
        self._following = False

    def set_colours(self, colours: Colours) -> None:
        """Take up the theme."""
        self._delegate.colours = colours
        self.view.viewport().update()

    @property
    def current(self) -> str:
        """The id of the chosen section, or nothing."""
        return self.model.section_id(self.view.currentIndex().row())

    def show_current(self, section_id: str) -> None:
        """Choose the section where the cursor is in the editor."""
        row = self.model.row_of(section_id)
        if row >= 0 and row != self.view.currentIndex().row():
            following, self._following = self._following, True
            choose_row(self.view, row)
            self._following = following

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the chosen section."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.view.actions())
        menu.addSeparator()
        present = numbering_of(self._session.brief, self._session.form)
        numbers = menu.addMenu(self.tr("Heading numbers"))
        for numbering, name in numberings():
            action = numbers.addAction(name)
            action.setCheckable(True)
            action.setChecked(numbering is present)
            action.triggered.connect(lambda _checked=False, wanted=numbering: self.number(wanted))
        return menu

    # --- what can be done ------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a section behind the chosen one with what belongs to it, at its level, and let it be named."""
        brief, current = self._session.brief, self.current
        family = editing.family(brief, current) if current else None
        level = brief.sections[family.start].level if family else 1
        at = family.stop if family else len(brief.sections)
        section = new_section(self.tr("New section"), level, brief.subjects)
        self._edit(self.tr("Add section"), lambda b: editing.add_section(b, section, at))
        self.show_current(section.id)
        self.view.setFocus()
        self.view.edit(self.view.currentIndex())

    def remove(self) -> None:
        """Take the chosen section out; its subsections stay."""
        current = self.current
        if current:
            row = self.view.currentIndex().row()
            self._edit(self.tr("Remove section"), lambda b: editing.remove_section(b, current))
            self.show_current(self.model.section_id(min(row, self.model.rowCount() - 1)))

    def step(self, step: int) -> None:
        """Move the chosen section up (-1) or down (1)."""
        current = self.current
        if current:
            self._edit(self.tr("Move section"), lambda b: moves.move_section_by(b, current, step))

    def number(self, numbering: HeadingNumbering) -> None:
        """Number the headings of the brief so, here and in its exports."""
        form = self._session.form
        self._edit(self.tr("Number headings"), lambda b: with_numbering(b, form, numbering))

    def indent(self, step: int) -> None:
        """Set the chosen section a level deeper (1) or higher (-1)."""
        current = self.current
        if current:
            label = self.tr("Indent section") if step > 0 else self.tr("Outdent section")
            self._edit(label, lambda b: moves.indent_section(b, current, step))

    def _show_length(self, pages: int) -> None:
        form = self._session.form
        budget = form.page_budget if form else None
        about = counted(pages, self.tr("about 1 page"), self.tr("about %1 pages"))
        told = f"{about} " + fill(self.tr("of %1"), budget) if budget else about
        over = bool(budget and pages > budget)
        self.length.setText(f"▲ {told}" if over else told)
        self.length.setProperty("role", "error" if over else "soft")
        self.length.style().polish(self.length)
        tip = self.tr("Estimated from the words. Over the budget of the form.") if over else ""
        self.length.setToolTip(
            tip or self.tr("Estimated from the words; the form says how many there may be.")
        )

    def _edit(self, label: str, change: Callable[..., object]) -> None:
        self.before_edit.emit()
        self._session.edit(label, change)  # type: ignore[arg-type]

    def _rename(self, section_id: str, heading: str) -> None:
        self._edit(
            self.tr("Rename section"), lambda b: editing.change_section(b, section_id, heading=heading)
        )

    def _move_to(self, section_id: str, to: int) -> None:
        self._edit(self.tr("Move section"), lambda b: editing.move_section(b, section_id, to))
        self.show_current(section_id)

    def _choose(self, index: QModelIndex) -> None:
        section = self.model.section_id(index.row())
        if section and not self._following:
            self.section_chosen.emit(section)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Sections"))
        title.setProperty("role", "heading")
        self.length = QLabel()
        self.length.setContentsMargins(4, 0, 0, 0)
        self.length.setWordWrap(True)
        self._add_button = QToolButton()
        self._add_button.setText(self.tr("+ Section"))
        self._add_button.setToolTip(self.tr("Add a section (Ins)"))
        self._add_button.clicked.connect(self.add)
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 0, 0)
        top.addWidget(title, 1)
        top.addWidget(self._add_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.view, 1)
        box.addWidget(self.length)

    def _add_actions(self) -> None:
        for text, keys, slot in (
            (self.tr("Add section"), "Ins", self.add),
            (self.tr("Rename"), "", lambda: self.view.edit(self.view.currentIndex())),
            (self.tr("Move up"), "Alt+Up", lambda: self.step(-1)),
            (self.tr("Move down"), "Alt+Down", lambda: self.step(1)),
            (self.tr("One level deeper"), "Alt+Right", lambda: self.indent(1)),
            (self.tr("One level higher"), "Alt+Left", lambda: self.indent(-1)),
            (self.tr("Remove section"), "Del", self.remove),
        ):
            action = QAction(text, self.view)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.view.addAction(action)
