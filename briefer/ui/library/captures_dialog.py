"""The captures of one source: what changed between them, and carrying excerpts to the latest."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefer.domain.differences import Difference, DifferenceKind
from briefer.domain.excerpts import Anchoring
from briefer.domain.sources import Snapshot
from briefer.ui.context import Context
from briefer.ui.text import counted, fill

if TYPE_CHECKING:
    from briefer.services.recapture import Offer

_OFFER = Qt.ItemDataRole.UserRole
_AROUND = 1
"""So many unchanged paragraphs are shown beside a changed one."""


class CapturesDialog(QDialog):
    """Lists the captures, latest first; shows the changes since the chosen one; offers excerpts their new places."""

    capture_chosen = Signal(str)
    """The id of the snapshot that the reader is to show."""

    def __init__(self, context: Context, source_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Captures"))
        self.resize(940, 620)
        self._context = context
        self._source_id = source_id
        self._snapshots: tuple[Snapshot, ...] = ()
        self.captures = QListWidget()
        self.captures.setAccessibleName(self.tr("Captures, latest first"))
        self.changes = QTextBrowser()
        self.changes.setAccessibleName(self.tr("What changed"))
        self.changes.setOpenLinks(False)
        self.offers = QListWidget()
        self.offers.setAccessibleName(self.tr("Excerpts on older captures"))
        self.offers.setWordWrap(True)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told = QLabel()
        self._told.setProperty("role", "soft")
        self.carry = QPushButton(self.tr("&Carry the ticked excerpts over"))
        self.carry.setToolTip(
            self.tr("They will stand on the latest capture, marked with how they were found")
        )
        self.show_capture = QPushButton(self.tr("&Read this capture"))
        self._lay_out()
        self.captures.currentRowChanged.connect(self._compare)
        self.carry.clicked.connect(self._carry)
        self.show_capture.clicked.connect(self._choose)
        self._read()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.captures, 1)
        column.addWidget(self.show_capture)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.changes, 3)
        beside.addWidget(self._told)
        beside.addWidget(self.offers, 2)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.carry)
        beside.addLayout(line)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([270, 650])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)

    # --- reading and showing -----------------------------------------------------------------------------

    def _read(self) -> None:
        desk, source_id = self._context.desk, self._source_id
        if desk is not None:
            self._context.run(lambda: desk.recapture.snapshots(source_id), self._take)
            self._context.run(lambda: desk.recapture.offers(source_id), self._take_offers)

    def _take(self, snapshots: tuple[Snapshot, ...]) -> None:
        self._snapshots = snapshots
        self.captures.clear()
        for number, snapshot in enumerate(snapshots):
            latest = self.tr("latest") if number == 0 else ""
            lines = [f"{snapshot.captured_at:%Y-%m-%d %H:%M} UTC", snapshot.file_name, latest]
            item = QListWidgetItem("\n".join(line for line in lines if line))
            item.setToolTip(fill(self.tr("SHA-256 %1\nRead by %2"), snapshot.sha256, snapshot.tool))
            self.captures.addItem(item)
        self.captures.setCurrentRow(min(1, len(snapshots) - 1))

    def _compare(self, row: int) -> None:
        desk, shots = self._context.desk, self._snapshots
        if desk is None or not 0 <= row < len(shots):
            return
        if row == 0:
            self.changes.setPlainText(self.tr("This is the latest capture. Choose an older one to compare."))
            return
        old, new = shots[row].id, shots[0].id
        self._context.run(
            lambda: desk.recapture.differences(old, new), self._show_changes, latest="differences"
        )

    def _show_changes(self, found: tuple[Difference, ...]) -> None:
        if all(d.kind is DifferenceKind.SAME for d in found):
            self.changes.setPlainText(self.tr("The article is the same; only what stands around it differs."))
            return
        near = {
            i + offset
            for i, d in enumerate(found)
            if d.kind is not DifferenceKind.SAME
            for offset in range(-_AROUND, _AROUND + 1)
        }
        parts: list[str] = []
        skipped = False
        for i, difference in enumerate(found):
            if i in near:
                parts.append(f"<p>{self._marked(difference)}</p>")
            elif not skipped:
                parts.append("<p>…</p>")
            skipped = i not in near
        self.changes.setHtml("".join(parts))

    def _marked(self, difference: Difference) -> str:
        """Return a paragraph as HTML: what is new underlined, what is gone struck through."""
        colours = self._context.colours
        styles = {
            DifferenceKind.SAME: ("", ""),
            DifferenceKind.ADDED: (f'<u style="color: {colours.accent_strong}">', "</u>"),
            DifferenceKind.REMOVED: (f'<s style="color: {colours.danger}">', "</s>"),
        }
        return "".join(
            f"{styles[piece.kind][0]}{html.escape(piece.text)}{styles[piece.kind][1]}"
            for piece in difference.pieces
        )

    def _take_offers(self, offers: tuple[Offer, ...]) -> None:
        self.offers.clear()
        hows = {
            Anchoring.EXACT: self.tr("the same words"),
            Anchoring.NORMALISED: self.tr("the same letters (quotation marks, width or case differ)"),
            Anchoring.FUZZY: self.tr("nearly the same words: compare them"),
        }
        for offer in offers:
            quote = f"“{offer.excerpt.quote}”"
            if offer.place is None:
                told = fill(self.tr("Not found any more, stays on its capture\n%1"), quote)
            elif offer.place.method is Anchoring.FUZZY:
                told = fill(self.tr("%1\nwas: %2\nnow: “%3”"), hows[Anchoring.FUZZY], quote, offer.quote)
            else:
                told = f"{hows[offer.place.method]}\n{quote}"
            item = QListWidgetItem(told)
            item.setData(_OFFER, offer)
            if offer.place is not None:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                sure = offer.place.method is not Anchoring.FUZZY
                item.setCheckState(Qt.CheckState.Checked if sure else Qt.CheckState.Unchecked)
            self.offers.addItem(item)
        count = len(offers)
        none = self.tr("All excerpts stand on the latest capture.")
        one = self.tr("1 excerpt stands on an older capture:")
        many = self.tr("%1 excerpts stand on older captures:")
        self._told.setText(counted(count, one, many) if count else none)
        self.offers.setVisible(count > 0)
        self.carry.setVisible(any(o.place for o in offers))

    # --- what a person does ------------------------------------------------------------------------------

    def _carry(self) -> None:
        desk = self._context.desk
        items = (self.offers.item(row) for row in range(self.offers.count()))
        chosen = [item.data(_OFFER) for item in items if item.checkState() is Qt.CheckState.Checked]
        if desk is not None and chosen:
            self._context.change(lambda: desk.recapture.carry(chosen), done=lambda _change: self._read())

    def _choose(self) -> None:
        row = self.captures.currentRow()
        if 0 <= row < len(self._snapshots):
            self.capture_chosen.emit(self._snapshots[row].id)
            self.close()
