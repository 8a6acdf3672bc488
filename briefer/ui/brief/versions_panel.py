"""The panel of a brief's versions: keep the present state under a name, go back to an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.briefs import Version
from briefer.domain.results import Hit
from briefer.ui.brief.comparison_view import ComparisonView
from briefer.ui.brief.figures import citation_label
from briefer.ui.brief.kept_line import SteppingLine
from briefer.ui.brief.rich_clipboard import as_read
from briefer.ui.brief.session import BriefSession
from briefer.ui.text import fill, moment

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class VersionRole(IntEnum):
    """What a row stands for."""

    VERSION = Qt.ItemDataRole.UserRole + 1


class VersionsModel(QAbstractListModel):
    """Versions, latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._versions: tuple[Version, ...] = ()

    def show_versions(self, versions: tuple[Version, ...]) -> None:
        """Show other versions."""
        if versions != self._versions:
            self.beginResetModel()
            self._versions = versions
            self.endResetModel()

    def version(self, row: int) -> Version | None:
        """Return the version in a row, or None."""
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._versions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        version = self.version(index.row()) if index.isValid() else None
        if version is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            name = version.name or self.tr("kept at an export")
            return fill(self.tr("%1 · %2\n%3"), version.number, name, moment(version.created_at))
        return version if role == VersionRole.VERSION else None


class VersionsPanel(QWidget):
    """Lists and keeps versions."""

    before_save = Signal()
    """What is being typed must be stored first."""

    def __init__(self, session: BriefSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = VersionsModel(self)
        title = QLabel(self.tr("Versions"))
        title.setProperty("role", "heading")
        self.name = SteppingLine()
        self.name.setPlaceholderText(self.tr("Name, such as “sent for comment”"))
        self.name.setAccessibleName(self.tr("Name of the version"))
        self.save = QPushButton(self.tr("Save version"))
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Versions, latest first"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._told = QLabel(self.tr("No version yet. Each export keeps one by itself."))
        self._told.setProperty("role", "soft")
        self._told.setWordWrap(True)
        self.restore = QPushButton(self.tr("Go back to this version"))
        self.restore.setEnabled(False)
        self.comparison = ComparisonView(session.context.colours)
        self.comparison.hide()
        self._lay_out(title)
        self.save.clicked.connect(self.keep)
        self.name.returnPressed.connect(self.keep)
        self.restore.clicked.connect(self._go_back)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        session.context.colours_changed.connect(lambda: self.comparison.set_colours(session.context.colours))

    def refresh(self) -> None:
        """Read the versions again."""
        compose, brief_id = self._session.desk.compose, self._session.brief.id
        self._session.context.run(
            lambda: compose.versions(brief_id), self._take, latest=f"versions {brief_id}"
        )

    def keep(self) -> None:
        """Keep the present state under the name that was typed."""
        self.before_save.emit()
        compose, brief_id, name = self._session.desk.compose, self._session.brief.id, self.name.text().strip()
        self._session.context.run(
            lambda: compose.save_version(brief_id, name), self._kept, self.tr("Saving version…"), writes=True
        )

    def _kept(self, _version: Version) -> None:
        self.name.clear()
        self.refresh()

    def _take(self, versions: tuple[Version, ...]) -> None:
        self.model.show_versions(versions)
        self._told.setVisible(not versions)
        self._follow()

    def _chosen(self) -> list[Version]:
        """Return the chosen versions, the oldest first."""
        found = (self.model.version(index.row()) for index in self.view.selectedIndexes())
        return sorted((version for version in found if version), key=lambda version: version.number)

    def _follow(self, *_selections: object) -> None:
        """Compare the chosen version with the brief as it is, or the first and last of several chosen ones."""
        chosen = self._chosen()
        self.restore.setEnabled(len(chosen) == 1)
        self.comparison.setVisible(bool(chosen))
        if not chosen:
            return
        session = self._session
        renewal, after = session.desk.renewal, chosen[-1] if len(chosen) > 1 else session.brief
        markup, missing = session.desk.markup, self.tr("source missing")

        def read(markdown: str, hits: Mapping[str, Hit]) -> str:
            return as_read(markup.read(markdown), lambda source: citation_label(source, hits, missing))

        session.context.run(
            lambda: renewal.compared(chosen[0], after, read),
            self.comparison.show_comparison,
            latest=f"comparison {session.brief.id}",
        )

    def _go_back(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.before_save.emit()
            kept = chosen[0].brief
            self._session.edit(self.tr("Go back to version"), lambda _now: kept)

    def _lay_out(self, title: QLabel) -> None:
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(title)
        box.addLayout(line)
        box.addWidget(self._told)
        box.addWidget(self.view, 1)
        box.addWidget(self.restore)
        box.addWidget(self.comparison, 2)
