"""Find and replace in the text of a prose block; formats stay, and citations are never part of what is found.

Words in quotation marks in a paragraph that cites are those of its source: they are found, but never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from briefer.domain.checks.sentences import QUOTED
from briefer.domain.documents import (
    BlockNode,
    Citation,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock, Raw

_ADDRESS = re.compile(r"\]\([^()\s]*\)")
_SIGNS = re.compile(r"[\W_]+")
_QUOTED = re.compile(QUOTED)
_OTHER = "\N{OBJECT REPLACEMENT CHARACTER}"
_SINGLE, _DOUBLE = re.compile("['‘’]"), re.compile('["“”]')


def pattern(wanted: str, *, case: bool = False) -> re.Pattern[str]:
    """Return what finds exactly these words; without ``case``, in small and capital letters alike.

    Straight and curly quotation marks are the same.
    """
    words = _DOUBLE.sub('["“”]', _SINGLE.sub("['‘’]", re.escape(wanted)))
    return re.compile(words, re.NOFLAG if case else re.IGNORECASE)


def may_have(markdown: str, wanted: str) -> bool:
    """Whether ``wanted`` may stand in the text of ``markdown``: quick, and never wrong when it says no."""
    return _letters(wanted) in _letters(_ADDRESS.sub("", unescape(markdown) if "&" in markdown else markdown))


def replaced(
    blocks: Sequence[ProseBlock], wanted: re.Pattern[str], by: str
) -> tuple[tuple[ProseBlock, ...], int, int]:
    """Return ``blocks`` with ``by`` in place of what ``wanted`` finds, how often that was, and how many places stay.

    The new words have the format of the first letter that they stand for. What stays are words of a source.
    """
    counter = _Counter(wanted, by)
    return tuple(counter.block(block) for block in blocks), counter.count, counter.kept


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether some of what stands from ``start`` to ``end`` of a paragraph stands in quotation marks."""
    return any(match.start() < end and start < match.end() for match in _QUOTED.finditer(text))


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


class _Counter:
    def __init__(self, wanted: re.Pattern[str], by: str) -> None:
        self._wanted = wanted
        self._by = by
        self.count = self.kept = 0

    def block(self, block: ProseBlock) -> ProseBlock:
        match block:
            case Heading() | Paragraph():
                return replace(block, inlines=self._inlines(block.inlines))
            case ListBlock():
                return self._list(block)
            case Table():
                rows = tuple(tuple(map(self._inlines, row)) for row in block.rows)
                return replace(block, header=tuple(map(self._inlines, block.header)), rows=rows)
            case Raw(source=source):
                text, count = self._wanted.subn(lambda _match: self._by, source)
                self.count += count
                return Raw(text)

    def _list(self, block: ListBlock) -> ListBlock:
        return replace(block, items=tuple(ListItem(tuple(map(self._in_item, i.blocks))) for i in block.items))

    def _in_item(self, block: BlockNode) -> BlockNode:
        match block:
            case Paragraph():
                return replace(block, inlines=self._inlines(block.inlines))
            case ListBlock():
                return self._list(block)
            case _:
                return block

    def _inlines(self, inlines: Inlines) -> Inlines:
        text = "".join(i.text if isinstance(i, Run) else _OTHER for i in inlines)
        found = [m.span() for m in self._wanted.finditer(text) if m[0] and _OTHER not in m[0]]
        if any(isinstance(inline, Citation) for inline in inlines):
            own = [span for span in found if not is_quoted(text, *span)]
            self.kept += len(found) - len(own)
            found = own
        self.count += len(found)
        return tuple(self._changed(inlines, found)) if found else inlines

    def _changed(self, inlines: Inlines, found: list[tuple[int, int]]) -> Iterator[Inline]:
        at = 0
        for inline in inlines:
            if not isinstance(inline, Run):
                yield inline
                at += 1
                continue
            end = at + len(inline.text)
            pieces, place = [], at
            for start, stop in found:
                if stop <= at or start >= end:
                    continue
                pieces.append(inline.text[place - at : max(start, at) - at])
                pieces += [self._by] * (start >= at)
                place = min(stop, end)
            pieces.append(inline.text[place - at :])
            text = "".join(pieces)
            if text:
                yield replace(inline, text=text)
            at = end
