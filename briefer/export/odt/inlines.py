"""Inlines into spans of named character styles, links and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.characters import by_script, xml_safe
from briefer.domain.documents import (
    CitationText,
    CrossReference,
    Document,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    Run,
    RunStyle,
)
from briefer.domain.exporting import NotesAt
from briefer.export.frame import anchors, safe_link, same_language
from briefer.export.odt.xml import Element, TextWriter, add

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")
_STYLES = {RunStyle.EDITORIAL: "Editorial", RunStyle.PORTION: "Portion_20_Mark"}


def language_parts(tag: str) -> tuple[str, str] | None:
    """Return language and country (``none`` where there is none) of a BCP 47 tag, or None for no such tag."""
    match = _LANGUAGE.fullmatch(tag)
    return (match[1].lower(), (match[2] or "none").upper().replace("NONE", "none")) if match else None


class InlineWriter:
    """Writes inlines; ``languages`` are the tags for which a character style is needed."""

    def __init__(self, document: Document, notes: NotesAt) -> None:
        self._language = document.language
        self._kind = "endnote" if notes is NotesAt.END else "footnote"
        self._notes = {note.number: note.inlines for note in document.notes}
        self._places: Collection[str] = frozenset(anchors(document.blocks))
        self.languages: set[str] = set()

    def write(self, parent: Element, inlines: Inlines) -> None:
        """Append ``inlines`` to a paragraph or heading."""
        text = TextWriter()
        for inline in by_script(tuple(_opened(inlines)), self._language):
            match inline:
                case Run():
                    self._run(parent, inline, text)
                case LineBreak():
                    text.line_break(parent)
                case NoteRef(number=number):
                    self._note(parent, number)
                    text.other()
                case CrossReference(anchor=anchor, text=words):
                    place = f"#{bookmark_name(anchor)}" if anchor in self._places else None
                    text.write(_link(parent, place) if place else parent, words)
                case _:
                    raise ValueError("a citation was not resolved")

    def _run(self, parent: Element, run: Run, text: TextWriter) -> None:
        if not xml_safe(run.text):
            return
        element = parent
        if address := safe_link(run.link):
            element = _link(element, address)
        for style in self._styles(run):
            element = add(element, "text:span", {"text:style-name": style})
        text.write(element, run.text)

    def _styles(self, run: Run) -> Iterator[str]:
        formats = (
            ("Strong_20_Emphasis", run.bold),
            ("Emphasis", run.italic),
            ("Small_20_Capitals", run.small_caps),
            ("Superscript", run.superscript),
            ("Subscript", run.subscript),
            ("Underlined", run.underline),
            ("Source_20_Text", run.code),
        )
        if run.language and not same_language(run.language, self._language):
            found = language_parts(run.language)
            if found:
                tag = "-".join(part for part in found if part != "none")
                self.languages.add(tag)
                yield f"Language_20_{tag}"
        if run.style in _STYLES:
            yield _STYLES[run.style]
        yield from (name for name, on in formats if on)

    def _note(self, parent: Element, number: int) -> None:
        note = add(parent, "text:note", {"text:id": f"note{number}", "text:note-class": self._kind})
        add(note, "text:note-citation", text=str(number))
        body = add(note, "text:note-body")
        paragraph = add(body, "text:p", {"text:style-name": self._kind.capitalize()})
        self.write(paragraph, self._notes[number])


def _link(parent: Element, address: str) -> Element:
    return add(parent, "text:a", {"xlink:type": "simple", "xlink:href": address})


def _opened(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, CitationText):
            yield from inline.inlines
        else:
            yield inline
