"""Inlines as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from html import escape

from briefer.domain.characters import by_script, xml_safe
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitationText,
    CrossReference,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    Run,
    RunStyle,
)
from briefer.export.frame import anchors, safe_link, same_language


class InlineWriter:
    """Writes the inlines of one page; cross-references lead to its ``blocks``."""

    def __init__(self, language: str, blocks: Sequence[BlockNode]) -> None:
        self._language = language
        self._blocks = blocks
        self.notes: list[int] = []
        """The numbers of the notes that were referred to."""
        self.referred = False
        """Whether a cross-reference was written: its look depends on the other blocks."""

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(anchors(self._blocks))

    def write(self, inlines: Inlines) -> str:
        """Return ``inlines`` as HTML."""
        return "".join(self._inline(inline) for inline in by_script(tuple(_opened(inlines)), self._language))

    def text(self, text: str) -> str:
        """Return plain text as HTML, Japanese marked as such."""
        return self.write((Run(text),))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Run():
                return self._run(inline)
            case LineBreak():
                return "<br>"
            case NoteRef(number=number):
                self.notes.append(number)
                return (
                    f'<sup><a role="doc-noteref" href="#note-{number}" id="ref-{number}">{number}</a></sup>'
                )
            case CrossReference(anchor=anchor, text=text):
                self.referred = True
                shown = self.text(text)
                return (
                    f'<a href="#{escape(xml_safe(anchor))}">{shown}</a>' if anchor in self._places else shown
                )
            case Citation() | CitationText():
                raise ValueError("a citation was not resolved")

    def _run(self, run: Run) -> str:
        text = escape(xml_safe(run.text)).replace("\n", "<br>")
        marks = {
            "code": run.code,
            "sup": run.superscript,
            "sub": run.subscript,
            "u": run.underline,
            "i": run.italic,
            "b": run.bold,
        }
        for name, on in marks.items():
            if on:
                text = f"<{name}>{text}</{name}>"
        if run.small_caps:
            text = f'<span style="font-variant: small-caps;">{text}</span>'
        if run.style is not RunStyle.NONE:
            text = f'<span class="{run.style}">{text}</span>'
        if run.language and not same_language(run.language, self._language):
            text = f'<span lang="{escape(run.language)}">{text}</span>'
        address = safe_link(run.link)
        return f'<a href="{escape(address)}">{text}</a>' if address else text


def _opened(inlines: Inlines) -> Iterable[Inline]:
    for inline in inlines:
        if isinstance(inline, CitationText):
            yield from inline.inlines
        else:
            yield inline
