"""Inlines into runs: formats, languages, links, breaks and marks of notes."""

from __future__ import annotations

import re

from lxml import etree

from briefer.domain.characters import by_script, has_cjk, is_japanese, xml_safe
from briefer.domain.documents import Citation, Inline, Inlines, LineBreak, NoteRef, Run, flattened
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, R, add, add_text, w
from briefer.export.frame import full_language, safe_link, same_language

_PIECES = re.compile(r"([\n\t])")


class RunWriter:
    """Writes the inlines of one part."""

    def __init__(self, language: str, relations: Relations, note_kind: str = "footnote") -> None:
        self._language = language
        self._relations = relations
        self._note_kind = note_kind

    def write(self, parent: Element, inlines: Inlines) -> None:
        """Append ``inlines`` to a paragraph. Neighbouring runs with one address make one link."""
        link: Element | None = None
        address: str | None = None
        for inline in by_script(tuple(flattened(inlines)), self._language):
            found = safe_link(inline.link) if isinstance(inline, Run) else None
            if found != address or found is None:
                address = found
                link = self._link(parent, found) if found else None
            self._inline(parent if link is None else link, inline, linked=link is not None)

    def _link(self, parent: Element, address: str) -> Element:
        return etree.SubElement(
            parent, w("hyperlink"), {f"{{{R}}}id": self._relations.link(address), w("history"): "1"}
        )

    def _inline(self, parent: Element, inline: Inline, *, linked: bool) -> None:
        match inline:
            case Run():
                self._run(parent, inline, linked=linked)
            case LineBreak():
                add(add(parent, "r"), "br")
            case NoteRef(number=number):
                self._note_mark(parent, number)
            case Citation():
                raise ValueError("a citation was not resolved")

    def _note_mark(self, parent: Element, number: int) -> None:
        kind = self._note_kind
        run = add(parent, "r")
        add(add(run, "rPr"), "rStyle", val=f"{kind.capitalize()}Reference")
        add(run, f"{kind}Reference", id=str(number))

    def _run(self, parent: Element, run: Run, *, linked: bool) -> None:
        text = xml_safe(run.text).replace("\r\n", "\n").replace("\r", "\n")
        if not text:
            return
        element = add(parent, "r")
        self._properties(element, run, linked=linked)
        for piece in _PIECES.split(text) if "\n" in text or "\t" in text else (text,):
            if piece == "\n":
                add(element, "br")
            elif piece == "\t":
                add(element, "tab")
            elif piece:
                add_text(element, piece)

    def _properties(self, element: Element, run: Run, *, linked: bool) -> None:
        """The order of the elements is the schema's (CT_RPr)."""
        properties = etree.Element(w("rPr"))
        if linked or run.code:
            add(properties, "rStyle", val="Hyperlink" if linked else "CodeChar")
        japanese = self._is_japanese(run)
        if japanese:
            add(properties, "rFonts", hint="eastAsia")
        for name, on in (("b", run.bold), ("i", run.italic and not japanese), ("smallCaps", run.small_caps)):
            if on:
                add(properties, name)
        if run.underline:
            add(properties, "u", val="single")
        if run.superscript or run.subscript:
            add(properties, "vertAlign", val="superscript" if run.superscript else "subscript")
        if not same_language(run.language, self._language):
            key = "eastAsia" if japanese else "val"
            add(properties, "lang", **{key: full_language(run.language or "")})
        if len(properties):
            element.append(properties)

    def _is_japanese(self, run: Run) -> bool:
        if run.language is not None:
            return is_japanese(run.language)
        return is_japanese(self._language) and has_cjk(run.text)
