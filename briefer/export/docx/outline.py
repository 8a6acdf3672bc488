"""The headings of a document before it is written: what a table of contents and references show of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Contents,
    Document,
    Heading,
    HeatMap,
    ListBlock,
    Paragraph,
    Table,
    plain_text,
)
from briefer.export.frame import every
from briefer.export.headings import Headings


@dataclass(frozen=True)
class Entry:
    """One heading: its level (1 to 3), its number or "", its text, and the bookmark of its own."""

    heading: Heading
    level: int
    number: str
    text: str
    bookmark: str


def outline(document: Document) -> tuple[Entry, ...]:
    """Return the headings of ``document`` in reading order."""
    headings = Headings(document)
    found = []
    for count, block in enumerate((b for b in every(document.blocks) if isinstance(b, Heading)), 1):
        level, number = headings.next(block)
        text = " ".join(xml_safe(plain_text(block.inlines)).split())
        # Word's own name for what a table of contents leads to.
        found.append(Entry(block, level, number, text, f"_Toc{count:08d}"))
    return tuple(found)


def contents_depth(document: Document) -> int:
    """Return the level of the deepest headings that a table of contents shows; 0 where there is none."""
    return max((block.depth for block in document.blocks if isinstance(block, Contents)), default=0)


def targets(document: Document, entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    r"""Return what references can lead to, by bookmark: texts that a REF field makes, and the switch for each.

    Without a switch the field shows the text in the bookmark, with ``\r`` the number of its paragraph.
    """
    found: dict[str, dict[str, str]] = {
        bookmark_name(block.anchor): {}
        for block in every(document.blocks)
        if block.anchor and _leaves_something(block, entries)
    }
    for block in every(document.blocks):
        if isinstance(block, Paragraph) and block.anchor and block.number is not None:
            found[bookmark_name(block.anchor)].setdefault(str(block.number), r"\r")
    for entry in entries:
        texts = found.get(bookmark_name(entry.heading.anchor)) if entry.heading.anchor else None
        if texts is not None and not texts:
            texts[entry.text] = ""
            if entry.number:
                texts[entry.number] = r"\r"
    return found


def _leaves_something(block: BlockNode, entries: Sequence[Entry]) -> bool:
    """Whether a block is written at all, and so can bear a bookmark."""
    match block:
        case Table():
            return bool(block.caption or block.header)
        case HeatMap():
            return bool(block.caption or (block.rows and block.columns))
        case ListBlock():
            return bool(block.items)
        case Contents():
            return any(entry.level <= block.depth and entry.text for entry in entries)
        case _:
            return True
