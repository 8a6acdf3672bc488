"""A brief in the frame of a house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile

from briefer.domain.characters import is_japanese
from briefer.domain.dates import in_words, is_edtf
from briefer.domain.documents import Document
from briefer.domain.exporting import ExportOptions
from briefer.domain.templates import (
    AUDIENCE,
    AUTHOR,
    COPY,
    DATE,
    DRAFT,
    HANDLING,
    MARKING,
    OWN_STYLE,
    TITLE,
    Role,
)
from briefer.export.docx.custom_xml import carry_custom_xml
from briefer.export.docx.house.cleaning import clean
from briefer.export.docx.house.fields import (
    Place,
    block_places,
    fields_in,
    fill_texts,
    holder_of,
    marked_parts,
)
from briefer.export.docx.house.files import HouseFile, Part, read_house, tree_of
from briefer.export.docx.house.grafting import (
    carry_links,
    carry_relations,
    detached,
    fit,
    renumber_bookmarks,
    renumber_drawings,
)
from briefer.export.docx.house.lists import Lists
from briefer.export.docx.house.notes import KINDS, notes_of, notes_part, relations_of, renumber
from briefer.export.docx.house.own import OwnFile
from briefer.export.docx.house.package import parts_of
from briefer.export.docx.house.placing import Filler, clear_end, style_of
from briefer.export.docx.house.sections import Sections, line_of
from briefer.export.docx.house.settings import know_notes, speak
from briefer.export.docx.house.styles import HouseStyles
from briefer.export.docx.package import packed
from briefer.export.docx.properties import core
from briefer.export.docx.styles import LIST_ENDS
from briefer.export.docx.xml import Element, w
from briefer.export.frame import handling

WriteParts = Callable[[Document, ExportOptions], Mapping[str, bytes]]
"""Writes a document over Briefer's own template, and returns the parts."""

# Briefer's headers and footers rest on the stops of its own styles.
_OWN_HEADS = ((Role.HEADER.value, OWN_STYLE), (Role.FOOTER.value, OWN_STYLE))
_NAMES = {"theme": "word/theme/theme1.xml"}
_WITHIN = {end: style for style, end in LIST_ENDS.items()}
_HEAD = frozenset({"Title", "Subtitle", "MarkingText", "Handling"})
"""The styles of the paragraphs at the head of a brief."""


def to_house_docx(document: Document, options: ExportOptions, write: WriteParts) -> bytes:
    """Return ``document`` as a Word file in the frame of ``options.template``; ``write`` writes it without one.

    Raises:
        InputError: as ``house.files.read_house``, and ``template-order``.
        UsageError: ``template-role``, ``template-style`` for a chosen style that cannot be.
    """
    assert options.template is not None, "a house's file is asked for"
    house = read_house(options.template)
    clean(house)
    # On the first page the marking and the title stand as text, whatever the heads of pages say.
    asked = frozenset(
        f.name for f in fields_in(house) if f.place == "body" or f.name in {COPY, DRAFT, HANDLING}
    )
    own = OwnFile(write(_without(document, asked), options))
    values = _values(document)
    marked = marked_parts(house)
    title = holder_of(house, TITLE)
    fill_texts(house, values)
    _Frame(house, own, document, options, asked, title).fill(marked, values[MARKING])
    parts = parts_of(house, own, core(document))
    carry_custom_xml(parts, own.parts, house.main)
    return packed(parts)


def _values(document: Document) -> dict[str, str]:
    """Return what the fields of a template are filled with."""
    spoken = "ja" if is_japanese(document.language) else document.language
    return {
        TITLE: document.title,
        DATE: in_words(document.date, spoken) if is_edtf(document.date) else document.date,
        AUDIENCE: document.addressee or document.audience,
        AUTHOR: document.author,
        MARKING: document.marking.text if document.marking else "",
        HANDLING: "\n".join(handling(document)),
        COPY: document.copy,
        DRAFT: document.draft,
    }


def _without(document: Document, asked: frozenset[str]) -> Document:
    """Return the document without what the template says in a place of its own."""
    if DATE in asked:
        document = replace(document, date="", date_text="")
    if AUDIENCE in asked:
        document = replace(document, audience="")
    if COPY in asked:
        document = replace(document, copy="")
    if DRAFT in asked:
        document = replace(document, draft="")
    if HANDLING in asked:
        document = replace(document, handling=())
    return document


@dataclass
class _Frame:
    """One house's file while the brief is put into it."""

    house: HouseFile
    own: OwnFile
    document: Document
    options: ExportOptions
    asked: frozenset[str]
    title: Element | None

    def fill(self, marked: frozenset[str], marking: str) -> None:
        """Put the brief into its places, and see that everything it needs is there."""
        house, own = self.house, self.own
        places = block_places(house)
        sections = Sections(house)
        head, blocks = self._blocks()
        renumber_bookmarks(house, [*head, *blocks])
        renumber_drawings(house, blocks)
        if self.title is None:
            head, blocks = [], [*head, *blocks]
        Filler(house.name, blocks, self.document).fill(places, self._end(sections, places))
        for element in reversed(head):
            # What the head of a brief says stands on its first page, below its title.
            assert self.title is not None, "without a title of the house the head is with the other blocks"
            self.title.addnext(element)
        blocks = [*head, *blocks]
        framed = sections.has_any()
        heads = sections.mark(own, marked, marking) if framed else sections.take_own(own)
        elements = [*blocks, *self._notes(blocks), *heads]
        carry_relations(house, own, blocks)
        self._style(elements, () if framed else _OWN_HEADS)
        fit(blocks, self._styles.added, sections.text_width())

    def _blocks(self) -> tuple[list[Element], list[Element]]:
        """Return the head of the written body without what the template says itself, and the rest, out of its tree."""
        asked = self.asked
        blocks = [e for e in self.own.body if e.tag != w("sectPr")]
        head = detached(takewhile(lambda e: style_of(e) in _HEAD, blocks))
        marking = self.document.marking.text if self.document.marking else ""
        unsaid = [
            e
            for e in head
            if not (TITLE in asked and style_of(e) == "Title")
            and not (MARKING in asked and style_of(e) == "MarkingText" and line_of(e) == marking)
        ]
        return unsaid, detached(blocks[len(head) :])

    def _end(self, sections: Sections, places: Sequence[Place]) -> Element:
        if not places:
            clear_end(self.house.body)
        return self.house.body[-1] if self.house.body[-1].tag == w("sectPr") else sections.end

    def _notes(self, blocks: list[Element]) -> list[Element]:
        """Carry the notes over; returns them."""
        added = []
        for kind in KINDS:
            notes = notes_of(self.own, kind)
            if not notes:
                continue
            if self.house.related(f"{kind}s") is None:
                know_notes(tree_of(self._part("settings")), self.own.tree("word/settings.xml"), kind)
            part = notes_part(self.house, self.own, kind)
            marks = [mark for block in blocks for mark in block.iter(w(f"{kind}Reference"))]
            notes = renumber(notes, part, marks)
            carry_links(part, relations_of(self.own, kind), notes)
            tree_of(part).extend(notes)
            added += notes
        return added

    def _style(self, elements: list[Element], usual: tuple[tuple[str, str], ...]) -> None:
        """Give ``elements`` the house's styles and lists; ``usual`` is chosen where no person chose."""
        styles = tree_of(self._part("styles"))
        speak(styles, tree_of(self._part("settings")), self.own.styles)
        for kind in ("fontTable", "theme"):
            self._part(kind)
        self._styles = HouseStyles(styles, self.own.styles, (*usual, *self.options.template_styles))
        for element in elements:
            self._end_lists(element)
            for use in element.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
                self._styles.id(use.get(w("val"), ""))
        lists = Lists(tree_of(self._part("numbering")), self.own.numbering, self._styles)
        lists.apply(elements)
        lists.apply_styles(self.own.styles)
        self._styles.apply(elements)

    def _end_lists(self, element: Element) -> None:
        """Leave it to the house's styles of lists, where it has any, how far apart things stand."""
        for use in element.iter(w("pStyle")):
            within = _WITHIN.get(use.get(w("val"), ""))
            if within and not self._styles.is_added(within):
                use.set(w("val"), within)

    def _part(self, kind: str) -> Part:
        """Return the house's part of a kind that has one alone, a new one where it has none."""
        found = self.house.related(kind)
        if found is None:
            tree = _plain(self.own, kind)
            found = Part(self.house.free_name(_NAMES.get(kind, f"word/{kind}.xml")), kind, tree)
            self.house.add(found)
        return found


def _plain(own: OwnFile, kind: str) -> Element:
    """Return Briefer's part of a kind for a house that has none, without what the brief may not need."""
    tree = deepcopy(own.tree(_NAMES.get(kind, f"word/{kind}.xml")))
    unwanted: tuple[Element, ...] = ()
    if kind == "numbering":
        unwanted = tuple(tree)
    elif kind == "styles":
        unwanted = tuple(s for s in tree.iter(w("style")) if s.get(w("default")) is None)
    elif kind == "settings":
        unwanted = tuple(tree.iter(w("footnotePr"), w("endnotePr")))
    for element in unwanted:
        tree.remove(element)
    return tree
