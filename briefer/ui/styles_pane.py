"""The citation styles of one's own: listed, added, removed. They belong to the user, not to a library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.citation_styles import CitationStyle
from briefer.errors import KnownError
from briefer.ui.context import Context
from briefer.ui.problems import message
from briefer.ui.text import fill

if TYPE_CHECKING:
    from briefer.services.styles import Styles

_NAME = Qt.ItemDataRole.UserRole
_HEIGHT = 110
_Result = TypeVar("_Result")


class StylesPane(QWidget):
    """Works at once, unlike the settings beside it: a style is a file that is there or not.

    ``styles`` gives the service without a library; where one is open, its own is asked. The first is closed by
    :meth:`close_service`.
    """

    def __init__(self, context: Context, styles: Callable[[], Styles], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._make = styles
        self._made: Styles | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Citation styles of your own"))
        self.list.setFixedHeight(_HEIGHT)
        self.add = QPushButton(self.tr("A&dd a style…"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.add.clicked.connect(self._ask_file)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        self._read("")

    def add_file(self, file: Path) -> None:
        """Take a ``.csl`` file among the user's own styles, after a trial."""
        self._tell(fill(self.tr("Trying %1…"), file.name))
        self._run(lambda styles: styles.add(file).title, self._added)

    def close_service(self) -> None:
        """End what was started for this pane alone."""
        made, self._made = self._made, None
        if made is not None:
            # After what is still being tried with it.
            self._context.run(made.close, lambda _none: None, writes=True)

    def _service(self) -> Styles:
        desk = self._context.desk
        if desk is not None:
            return desk.styles
        if self._made is None:
            self._made = self._make()
        return self._made

    def _run(self, work: Callable[[Styles], _Result], done: Callable[[_Result], None]) -> None:
        # One after another: the service without a library is made by the first that needs it.
        self._context.run(lambda: work(self._service()), done, failed=self._refuse, writes=True)

    def _read(self, told: str) -> None:
        self._tell(told)
        self._run(lambda styles: styles.all(), self._show)

    def _show(self, styles: object) -> None:
        own = (
            [s for s in styles if isinstance(s, CitationStyle) and s.own] if isinstance(styles, tuple) else []
        )
        self.list.clear()
        for style in own:
            item = QListWidgetItem(fill("%1 – %2", style.title, style.name))
            item.setData(_NAME, style.name)
            item.setToolTip(style.problem or str(style.file))
            if style.problem:
                item.setText(f"▲ {item.text()}")
            self.list.addItem(item)
        self.remove.setEnabled(self.list.currentRow() >= 0)
        if not own and not self.told.text():
            self._tell(self.tr("None yet: sixteen styles come with Briefer."))

    def _added(self, title: str) -> None:
        self._read(fill(self.tr("Added: %1"), title))

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            name = str(item.data(_NAME))

            def work(styles: Styles) -> str:
                styles.remove(name)
                return name

            self._run(work, self._removed)

    def _removed(self, name: str) -> None:
        self._read(fill(self.tr("Removed: %1"), name))

    def _refuse(self, error: KnownError) -> None:
        self._tell(message(error), wrong=True)

    def _tell(self, sentence: str, *, wrong: bool = False) -> None:
        self.told.setProperty("role", "error" if wrong else "soft")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Add a citation style"), "", self.tr("Citation styles (*.csl)")
        )
        if chosen:
            self.add_file(Path(chosen))

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.list, 1)
        line.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(line)
        box.addWidget(self.told)
