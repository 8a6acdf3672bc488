"""What keys and drops on the rows of the editor change in the brief."""

from __future__ import annotations

from PySide6.QtCore import QObject

from briefer.domain import editing
from briefer.ui.brief import moves
from briefer.ui.brief.long_paste import paste_below
from briefer.ui.brief.moves import RowKey, RowKind
from briefer.ui.brief.rich_clipboard import Clip
from briefer.ui.brief.session import BriefSession


class RowEdits(QObject):
    """Edits that need nothing of the rows but their keys."""

    def __init__(self, session: BriefSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def remove(self, key: RowKey) -> None:
        """Take a block out of the brief."""
        if key.kind in {RowKind.PROSE, RowKind.QUOTATION}:
            self._session.edit(self.tr("Remove"), lambda brief: editing.remove_block(brief, key.id))

    def drop(self, block_id: str, before: RowKey | None) -> None:
        """Move a block before a row, or behind the last."""
        place = moves.place_before_row(self._session.brief, before)
        if place is not None and moves.block_of(self._session.brief, block_id):
            self._session.edit(self.tr("Move"), lambda b: moves.move_block_to(b, block_id, place))

    def paste(self, key: RowKey, clip: Clip) -> None:
        """Put a long paste below a text."""
        if key.kind is RowKind.EMPTY:
            paste_below(self._session, key.id, "", clip)
        else:
            section, _index = editing.block_place(self._session.brief, key.id)
            paste_below(self._session, section.id, key.id, clip)
