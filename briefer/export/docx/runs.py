"""Inlines into runs: character styles, languages, links, references, breaks and marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.characters import by_script, has_cjk, xml_safe
from briefer.domain.documents import (
    Citation,
    CitationText,
    CrossReference,
    Inline,
    LineBreak,
    NoteRef,
    Run,
)
from briefer.export.direction import leftward_language, stretches
from briefer.export.docx.character_styles import (
    ENDNOTE_MARK,
    FOOTNOTE_MARK,
    CharacterLook,
    CharacterStyles,
    looks_of,
)
from briefer.export.docx.fields import begin_field, end_field
from briefer.export.docx.live import LiveFields
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, R, add, add_text, w
from briefer.export.frame import full_language, is_east_asian, safe_link, same_language

_PIECES = re.compile(r"([\n\t])")
NOTE_MARKS = {"footnote": FOOTNOTE_MARK, "endnote": ENDNOTE_MARK}


@dataclass(frozen=True)
class Shared:
    r"""What the writers of all parts of one file share.

    ``targets`` tells for each bookmark that references can lead to the texts that fields make of it, and the
    switch that makes them: the text of a heading without one, its number with ``\r``. ``live`` makes citations live,
    None leaves them text.
    """

    language: str
    styles: CharacterStyles
    note_kind: str = "footnote"
    targets: dict[str, dict[str, str]] = field(default_factory=dict)
    live: LiveFields | None = None


class RunWriter:
    """Writes the inlines of one part."""

    def __init__(self, shared: Shared, relations: Relations) -> None:
        self._shared = shared
        self._language = shared.language
        self._relations = relations

    def write(self, parent: Element, inlines: Iterable[Inline], *, strong: bool = False) -> None:
        """Append ``inlines`` to a paragraph, whose style is bold itself where ``strong``.

        Neighbouring runs with one address make one link.
        """
        link: Element | None = None
        address: str | None = None
        for inline in by_script(tuple(inlines), self._language):
            found = safe_link(inline.link) if isinstance(inline, Run) and inline.link else None
            if found != address or found is None:
                address = found
                link = self._link(parent, found) if found else None
            self._inline(parent if link is None else link, inline, linked=link is not None, strong=strong)

    def _link(self, parent: Element, address: str) -> Element:
        return etree.SubElement(
            parent, w("hyperlink"), {f"{{{R}}}id": self._relations.link(address), w("history"): "1"}
        )

    def _inline(self, parent: Element, inline: Inline, *, linked: bool, strong: bool) -> None:
        match inline:
            case Run():
                self._run(parent, inline, linked=linked, strong=strong)
            case LineBreak():
                add(add(parent, "r"), "br")
            case NoteRef(number=number):
                self._note_mark(parent, number)
            case CitationText():
                self._citation(parent, inline, strong=strong)
            case CrossReference():
                self._reference(parent, inline, strong=strong)
            case Citation():
                raise ValueError("a citation was not resolved")

    def _citation(self, parent: Element, citation: CitationText, *, strong: bool) -> None:
        if self._shared.live is None:
            self.write(parent, citation.inlines, strong=strong)
            return
        # Links inside a control of a citation make LibreOffice write files that nothing opens.
        plain = [
            replace(inline, link=None) if isinstance(inline, Run) else inline for inline in citation.inlines
        ]

        def write(place: Element) -> None:
            self.write(place, plain, strong=strong)

        self._shared.live.citation(parent, citation, write)

    def _note_mark(self, parent: Element, number: int) -> None:
        kind = self._shared.note_kind
        run = add(parent, "r")
        add(add(run, "rPr"), "rStyle", val=self._shared.styles.id((NOTE_MARKS[kind],)))
        add(run, f"{kind}Reference", id=str(number))

    def _reference(self, parent: Element, reference: CrossReference, *, strong: bool) -> None:
        """Append a field that makes the text, or a link where none makes it.

        A field would put the whole block in the place of any other text. Without such a block it is text alone.
        """
        name = bookmark_name(reference.anchor)
        shown = xml_safe(reference.text).strip()
        texts = self._shared.targets.get(name) if reference.anchor and shown else None
        text = (Run(reference.text),)
        if texts is None:
            self.write(parent, text, strong=strong)
        elif (switch := texts.get(reference.text)) is None:
            self.write(add(parent, "hyperlink", anchor=name, history="1"), text, strong=strong)
        else:
            begin_field(parent, " ".join(part for part in ("REF", name, switch, r"\h") if part))
            self.write(parent, text, strong=strong)
            end_field(parent)

    def _run(self, parent: Element, run: Run, *, linked: bool, strong: bool) -> None:
        text = xml_safe(run.text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text:
            return
        asian = self._is_east_asian(run)
        looks = looks_of(run, linked=linked, slanted=not asian, strong=not strong)
        if text.isascii():
            self._piece(parent, text, run, looks, asian=asian)
            return
        for stretch in stretches(text):
            self._piece(parent, stretch.text, run, looks, asian=asian, leftward=stretch.leftward)

    def _piece(
        self,
        parent: Element,
        text: str,
        run: Run,
        looks: tuple[CharacterLook, ...],
        *,
        asian: bool,
        leftward: bool = False,
    ) -> None:
        element = add(parent, "r")
        foreign = not same_language(run.language, self._language)
        if looks or asian or leftward or foreign:
            self._properties(add(element, "rPr"), text, run, looks, asian=asian, leftward=leftward)
        if "\n" not in text and "\t" not in text:
            add_text(element, text)
            return
        for piece in _PIECES.split(text):
            if piece == "\n":
                add(element, "br")
            elif piece == "\t":
                add(element, "tab")
            elif piece:
                add_text(element, piece)

    def _properties(
        self,
        properties: Element,
        text: str,
        run: Run,
        looks: tuple[CharacterLook, ...],
        *,
        asian: bool,
        leftward: bool,
    ) -> None:
        """The order of the elements is the schema's (CT_RPr)."""
        if looks:
            add(properties, "rStyle", val=self._shared.styles.id(looks))
        if asian:
            add(properties, "rFonts", hint="eastAsia")
        if leftward:
            add(properties, "rtl")
            add(properties, "lang", bidi=leftward_language(text, run.language))
        elif not same_language(run.language, self._language):
            key = "eastAsia" if asian else "val"
            add(properties, "lang", **{key: full_language(run.language or "")})

    def _is_east_asian(self, run: Run) -> bool:
        if run.language is not None:
            return is_east_asian(run.language)
        return is_east_asian(self._language) and has_cjk(run.text)
