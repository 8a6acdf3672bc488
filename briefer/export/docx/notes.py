"""The parts of foot- and endnotes: two separators, then the notes."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.domain.documents import Note
from briefer.export.docx.runs import RunWriter
from briefer.export.docx.xml import Element, add, add_text, root

_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


def separators(kind: str) -> Element:
    """Return the part of ``footnote`` or ``endnote`` with the separators that the settings name."""
    part = root(f"{kind}s")
    for number, name in _SEPARATORS:
        note = add(part, kind, type=name, id=str(number))
        paragraph = add(note, "p")
        add(add(paragraph, "pPr"), "pStyle", val=f"{kind.capitalize()}Text")
        add(add(paragraph, "r"), name)
    return part


def notes_part(kind: str, notes: Sequence[Note], runs: RunWriter) -> Element:
    """Return the part of ``footnote`` or ``endnote`` with ``notes``."""
    part = separators(kind)
    style = kind.capitalize()
    for note in notes:
        paragraph = add(add(part, kind, id=str(note.number)), "p")
        add(add(paragraph, "pPr"), "pStyle", val=f"{style}Text")
        mark = add(paragraph, "r")
        add(add(mark, "rPr"), "rStyle", val=f"{style}Reference")
        add(mark, f"{kind}Ref")
        add_text(add(paragraph, "r"), " ")
        runs.write(paragraph, note.inlines)
    return part
