"""Plain text to speak from: the points to make and the answers, if the brief has them, else all of it.

Nothing in it interrupts a voice: notes have no marks, and the sources of a paragraph stand in brackets behind it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.csl import date_from_csl
from briefer.domain.dates import in_words
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitationText,
    Contents,
    Document,
    Heading,
    HeatMap,
    Inline,
    Inlines,
    ListBlock,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.domain.forms import SPOKEN
from briefer.export.frame import as_table, check_notes, every, opening
from briefer.export.headings import Entry, outline
from briefer.export.list_signs import signs_of

_WIDTH = 76  # columns, as mail programs want it
_RULES = {1: "=", 2: "-"}


def to_text(document: Document) -> str:
    """Return ``document`` as plain text. English is wrapped; Japanese is not, as it has no blanks to break at."""
    check_notes(document)
    writer = _Writer(document)
    marking = [xml_safe(document.marking.text)] if document.marking else []
    above = (Run(document.marking.text),) if document.marking else ()
    parts = [
        *marking,
        *([_underlined(_one_line(document.title), "=")] if document.title else []),
        *writer.blocks(block for block in opening(document) if block.inlines != above),
        *writer.blocks(tuple(spoken(document.blocks)) or document.blocks),
        *marking,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def spoken(blocks: Iterable[BlockNode]) -> Iterator[BlockNode]:
    """Yield the sections that are spoken, with what stands below them."""
    within = 0
    for block in blocks:
        if isinstance(block, Heading) and not block.lane and (not within or block.level <= within):
            within = block.level if block.section in SPOKEN else 0
        if within:
            yield block


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = {note.number: note.inlines for note in document.notes}
        self._works = {work.id: work.csl for work in document.works}
        self._japanese = is_japanese(document.language)
        self._signs = signs_of(document)
        self._depth = 0
        headings = (block for block in every(document.blocks) if isinstance(block, Heading))
        # Two headings may be equal, so that only their places tell them apart.
        self._entries: dict[int, Entry] = {
            id(heading): entry for heading, entry in zip(headings, outline(document), strict=True)
        }

    def blocks(self, blocks: Iterable[BlockNode]) -> Iterator[str]:
        """Yield each block's text."""
        for block in blocks:
            match block:
                case Heading():
                    yield self._heading(block)
                case Paragraph():
                    yield self._paragraph(block)
                case ListBlock():
                    yield self._list(block)
                case Table():
                    yield self._table(block)
                case HeatMap():
                    yield _joined([xml_safe(block.alt), self._table(as_table(block))])
                case Contents():
                    pass

    def _heading(self, block: Heading) -> str:
        entry = self._entries[id(block)]
        text = _one_line(f"{entry.number} {entry.text}")
        return _underlined(text, _RULES[entry.level]) if entry.level in _RULES else text

    def _paragraph(self, block: Paragraph) -> str:
        if block.style is ParagraphStyle.CODE:
            return _indented(xml_safe(plain_text(block.inlines)), "    ", "    ")
        number = "" if block.number is None else f"{block.number}. "
        inset = "    " if block.style in {ParagraphStyle.QUOTATION, ParagraphStyle.TRANSLATION} else ""
        text = self._line(block.inlines)
        return _wrapped(text, inset + number, inset + " " * len(number)) if text else ""

    def _list(self, block: ListBlock) -> str:
        items, sign = [], self._signs.at(self._depth)
        self._depth += 1
        for number, item in enumerate(block.items, block.start):
            mark = f"{sign.text(number)} " if block.ordered else "- "
            text = "\n".join(part for part in self.blocks(item.blocks) if part)
            items.append(_indented(text, mark, " " * _width(mark)).rstrip())
        self._depth -= 1
        return "\n".join(items)

    def _table(self, table: Table) -> str:
        """Return a line for each row: its first cell, then the others by their headers."""
        header = [self._line(cell) for cell in table.header]
        colon, gap = ("：", "、") if self._japanese else (": ", "; ")
        lines = []
        for row in table.rows:
            first, *others = [self._line(cell) for cell in row]
            told = gap.join(
                f"{name}{colon}{text}" for name, text in zip(header[1:], others, strict=True) if text
            )
            lines.append(_wrapped(" – ".join(part for part in (first, told) if part), "- ", "  "))
        return _joined([_one_line(table.caption), "\n".join(lines)])

    # --- sources ------------------------------------------------------------------------------------------------

    def _line(self, inlines: Inlines) -> str:
        """Return the words of inlines, their sources behind them."""
        words = xml_safe(plain_text(i for i in inlines if not self._short(i)))
        sources = list(dict.fromkeys(source for inline in inlines for source in self._sources(inline)))
        if not sources:
            return words
        opened, closed, gap = ("［", "］", "；") if self._japanese else (" [", "]", "; ")
        return f"{words.rstrip()}{opened}{gap.join(sources)}{closed}"

    def _short(self, inline: Inline) -> bool:
        return isinstance(inline, CitationText) and all(item.work in self._works for item in inline.items)

    def _sources(self, inline: Inline) -> Iterator[str]:
        if isinstance(inline, Citation):
            raise ValueError("a citation was not resolved")  # noqa: TRY004 (it is no wrong type, but a wrong time)
        if isinstance(inline, NoteRef):
            yield from self._noted(self._notes[inline.number])
        elif isinstance(inline, CitationText) and self._short(inline):
            yield from (_named(self._works[item.work], self._document.language) for item in inline.items)

    def _noted(self, inlines: Inlines) -> Iterator[str]:
        """Yield the sources of a note; what else it says is for readers."""
        cited = [source for inline in inlines for source in self._sources(inline)]
        yield from cited or [_one_line(plain_text(inlines)).rstrip(".。")]


def _named(csl: Mapping[str, Any], language: str) -> str:
    """Return a work in a few words: who published it, and when; a date that is not stated stands in brackets."""
    japanese = is_japanese(language)
    names = (_one_line(str(csl.get(key) or "")) for key in ("publisher", "container-title", "title"))
    dating = date_from_csl(csl.get("issued"))
    when = (
        in_words(dating.value, "ja" if japanese else language)
        if dating.value
        else _one_line(dating.as_written or "")
    )
    if when and dating.value and not dating.certain:
        when = f"[{when}]"
    undated = "日付不明" if japanese else "n.d."
    return ("、" if japanese else ", ").join(filter(None, (next(filter(None, names), ""), when or undated)))


# --- lines ---------------------------------------------------------------------------------------------------------


def _joined(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return " ".join(xml_safe(text).split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _underlined(text: str, rule: str) -> str:
    return f"{text}\n{rule * min(_width(text), _WIDTH)}" if text else ""


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines))


def _wrapped(text: str, first: str, rest: str) -> str:
    """Break lines at blanks; Japanese lines stay whole."""
    lines: list[str] = []
    for part in text.split("\n"):
        japanese = len(part) < _width(part) * 2 / 3
        lines += [part.strip()] if japanese else _broken(part.split(" "), _WIDTH - len(rest)) or [""]
    return _indented("\n".join(lines), first, rest)


def _broken(words: Sequence[str], width: int) -> list[str]:
    lines: list[list[str]] = []
    room = 0
    for word in filter(None, words):
        wide = _width(word)
        if not lines or wide >= room:
            lines.append([word])
            room = width - wide
        else:
            lines[-1].append(word)
            room -= wide + 1
    return [" ".join(line) for line in lines]
