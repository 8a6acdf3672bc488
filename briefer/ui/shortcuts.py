"""The list of commands and their keys (F1), which finds them and does what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefer.ui.commands import Commands
from briefer.ui.keys import Groups
from briefer.ui.pressing import KeyDialog

_PAGE = 10
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ShortcutsDialog(KeyDialog):
    """What can be done, by place. Typing narrows the list, the arrows choose a row of it, Enter does it."""

    run_wanted = Signal(int, str, str)
    """The number of a group, and the key and the words of one of its rows; the dialog is closed by then."""

    def __init__(self, groups: Groups, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._commands = commands
        self._rows: list[tuple[QTreeWidgetItem, QTreeWidgetItem]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            self.tr("A key or what it does, such as Ctrl+E or export; Enter does it")
        )
        self.search.setAccessibleName(self.tr("Search the keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.look_for)
        self.told = QLabel()
        self.told.setProperty("role", "soft")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.fontMetrics().lineSpacing() + 4)
        self.list = self._listed(groups)
        self.list.itemDoubleClicked.connect(self._do)
        self.list.currentItemChanged.connect(lambda: self._tell(""))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        self.search.setFocus()
        self.setMinimumSize(480, 320)
        self.resize(760, 600)

    def look_for(self, text: str) -> None:
        """Show the rows that have all words of ``text`` in their keys, in what they do or in their place."""
        words = text.casefold().split()
        fitting = {id(group): False for group, _row in self._rows}
        for group, row in self._rows:
            told = f"{row.text(0)} {row.text(1)} {group.text(0)}".casefold()
            row.setHidden(not all(word in told for word in words))
            fitting[id(group)] = fitting[id(group)] or not row.isHidden()
        for group, _row in self._rows:
            group.setHidden(not fitting[id(group)])
        shown = self._shown()
        if shown and words:
            self.list.setCurrentItem(shown[0])
        else:
            self.list.setCurrentIndex(QModelIndex())
        self._tell("" if shown else self.tr("No key does that."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list from the field too, which has no use for these keys."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_PAGE,
            Qt.Key.Key_PageDown: _PAGE,
        }
        current: QTreeWidgetItem | None = self.list.currentItem()
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in _ENTER and current is not None and not self._on_button:
            self._do(current)
        else:
            super().keyPressEvent(event)

    @property
    def _on_button(self) -> bool:
        return isinstance(self.focusWidget(), QPushButton)

    def _step(self, by: int) -> None:
        shown, current = self._shown(), self.list.currentItem()
        if not shown:
            return
        at = shown.index(current) + by if current in shown else 0
        self.list.setCurrentItem(shown[max(0, min(at, len(shown) - 1))])

    def _do(self, row: QTreeWidgetItem) -> None:
        place = row.data(0, Qt.ItemDataRole.UserRole)
        if place is None:
            return
        why = self._commands.why_not(place, row.text(0), row.text(1))
        self._tell(why)
        if not why:
            self.close()
            self.run_wanted.emit(place, row.text(0), row.text(1))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.list.setAccessibleDescription(text)

    def _shown(self) -> list[QTreeWidgetItem]:
        return [row for _group, row in self._rows if not row.isHidden()]

    def _listed(self, groups: Groups) -> QTreeWidget:
        made = QTreeWidget()
        made.setColumnCount(2)
        made.header().hide()
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        made.setRootIsDecorated(False)
        made.setItemsExpandable(False)
        made.setIndentation(0)
        made.setAllColumnsShowFocus(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setAccessibleName(QCoreApplication.translate("Keys", "Keys"))
        for number, (heading, keys) in enumerate(groups):
            group = QTreeWidgetItem([heading, ""])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = made.font()
            font.setBold(True)
            group.setFont(0, font)
            made.addTopLevelItem(group)
            for key, what in keys:
                row = QTreeWidgetItem(group, [key, what])
                row.setToolTip(1, what)
                row.setData(0, Qt.ItemDataRole.UserRole, number)
                self._rows.append((group, row))
        made.expandAll()
        return made
