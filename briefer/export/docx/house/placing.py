"""The blocks of the brief into the places that a template has for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import Document, Heading
from briefer.domain.templates import BODY, SECTION, SECTION_TEXT
from briefer.errors import InputError
from briefer.export.docx.house.cleaning import drop, text_of
from briefer.export.docx.house.fields import Place
from briefer.export.docx.xml import Element, w

_LEVELS = {"Heading1": 1, "Heading2": 2, "Heading3": 3, "AnnexHeading": 1}
_NOTE_MARKS = (w("footnoteReference"), w("endnoteReference"))


@dataclass
class Chunk:
    """A heading with all that stands under it, up to the next one of its level; ``type`` is its section's."""

    type: str
    level: int
    start: int
    end: int


def style_of(element: Element) -> str:
    """Return the style id of a paragraph, or nothing."""
    found = element.find(f"{w('pPr')}/{w('pStyle')}")
    return found.get(w("val"), "") if found is not None else ""


def chunks(elements: Sequence[Element], document: Document) -> list[Chunk]:
    """Return the sections among the elements of a written body, by the bookmarks of their headings."""
    types = {
        bookmark_name(block.anchor): block.section
        for block in document.blocks
        if isinstance(block, Heading) and block.anchor and block.section
    }
    found: list[Chunk] = []
    for index, element in enumerate(elements):
        level = _LEVELS.get(style_of(element)) if element.tag == w("p") else None
        if level is None:
            continue
        for chunk in found:
            if chunk.end == len(elements) and level <= chunk.level:
                chunk.end = index
        names = (mark.get(w("name"), "") for mark in element.iter(w("bookmarkStart")))
        kind = next((types[name] for name in names if name in types), "")
        found.append(Chunk(kind, level, index, len(elements)))
    return found


class Filler:
    """Puts the elements of a written body into the places of a template, each once."""

    def __init__(self, house: str, elements: list[Element], document: Document) -> None:
        self._house = house
        self._elements = elements
        self._chunks = chunks(elements, document)
        self._taken = [False] * len(elements)

    def fill(self, places: Sequence[Place], end: Element) -> None:
        """Fill ``places`` in their order; what has none of its own goes to ``body``, or before ``end``.

        Raises:
            InputError: ``template-order`` where the notes of the brief would not stand in their order, on which
                the short forms of citations rest.
        """
        given = {id(place): self._section(place.name) for place in places if place.name != BODY}
        rest = [e for e, taken in zip(self._elements, self._taken, strict=True) if not taken]
        main = next((place for place in places if place.name == BODY), None)
        if main is not None:
            given[id(main)] = rest
        self._check_order([(place, given.get(id(place), [])) for place in places], [] if main else rest)
        for place in places:
            for element in given.get(id(place), []):
                place.element.addprevious(element)
        if main is None:
            for element in rest:
                end.addprevious(element)
        for place in places:
            if not place.kept:
                _take_out(place.element)

    def _section(self, name: str) -> list[Element]:
        kind = name.removeprefix(SECTION).removeprefix(SECTION_TEXT)
        found: list[Element] = []
        for chunk in self._chunks:
            if chunk.type != kind or self._taken[chunk.start]:
                continue
            free = [n for n in range(chunk.start, chunk.end) if not self._taken[n]]
            inside = [self._elements[n] for n in free]
            for n in free:
                self._taken[n] = True
            found += inside if name.startswith(SECTION) else _without_heading(inside)
        return found

    def _check_order(self, placed: Sequence[tuple[Place, list[Element]]], rest: list[Element]) -> None:
        last = 0
        for name, elements in [*((place.name, found) for place, found in placed), (BODY, rest)]:
            for element in elements:
                for mark in element.iter(*_NOTE_MARKS):
                    number = int(mark.get(w("id"), "0"))
                    if number < last:
                        raise InputError("template-order", name=self._house, section=name)
                    last = number


def _without_heading(elements: list[Element]) -> list[Element]:
    """Return what stands under a heading; the bookmarks of the heading go to the first paragraph there."""
    heading, *below = elements
    first = next((e for e in below if e.tag == w("p")), None)
    if first is not None:
        place = 1 if first.find(w("pPr")) is not None else 0
        marks = [e for e in heading.iter(w("bookmarkStart"), w("bookmarkEnd")) if e.getparent() is heading]
        for mark in reversed(marks):
            first.insert(place, mark)
    return below


def _take_out(element: Element) -> None:
    """Take out the paragraph of a field; a cell has to keep one, and to end with one."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == w("tc") and (len(parent) == 0 or parent[-1].tag != w("p")):
        etree.SubElement(parent, w("p"))


def clear_end(body: Element) -> None:
    """Take out the empty paragraphs at the end of a template's body, where nothing is to be filled."""
    for element in reversed(body):
        if element.tag == w("sectPr"):
            continue
        if element.tag != w("p") or len(text_of(element)) or _says_something(element):
            return
        drop(element)


def _says_something(paragraph: Element) -> bool:
    empty = {w(name) for name in ("p", "pPr", "r", "bookmarkStart", "bookmarkEnd", "t")}
    return (
        any(e.tag not in empty and next(e.iterancestors(w("pPr")), None) is None for e in paragraph.iter())
        or paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
    )
