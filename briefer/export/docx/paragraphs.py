"""Paragraphs, and the hidden bookmarks that anchor what they belong to."""

from __future__ import annotations

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import Inlines
from briefer.export.direction import begins_leftward
from briefer.export.docx.runs import RunWriter
from briefer.export.docx.styles import BOLD_STYLES
from briefer.export.docx.xml import Element, add


class ParagraphWriter:
    """Appends paragraphs; every bookmark is written once."""

    def __init__(self, runs: RunWriter) -> None:
        self.runs = runs
        self._names: set[str] = set()

    def write(
        self,
        parent: Element,
        style: str,
        inlines: Inlines,
        *,
        anchors: tuple[str, ...] = (),
        bookmark: str = "",
        numbered: tuple[int, int] | None = None,
        keep: bool = False,
    ) -> Element:
        """Append a paragraph and return it.

        ``anchors`` are the ids of what begins here, ``bookmark`` another name for the place, ``numbered`` the
        list's id and the level; ``keep`` holds the paragraph to the next.
        """
        element = add(parent, "p")
        properties = add(element, "pPr")
        add(properties, "pStyle", val=style)
        if keep:
            add(properties, "keepNext")
        if numbered:
            number, level = numbered
            place = add(properties, "numPr")
            add(place, "ilvl", val=str(level))
            add(place, "numId", val=str(number))
        if begins_leftward(inlines):
            add(properties, "bidi")
        marks = [
            mark
            for name in (*(bookmark_name(anchor) for anchor in anchors if anchor), bookmark)
            if (mark := self._opened(element, name))
        ]
        self.runs.write(element, inlines, strong=style in BOLD_STYLES)
        for mark in reversed(marks):
            add(element, "bookmarkEnd", id=mark)
        return element

    def _opened(self, element: Element, name: str) -> str:
        """Open a bookmark and return its id; the second place of one name has none."""
        if not name or name in self._names:
            return ""
        self._names.add(name)
        number = str(len(self._names))
        add(element, "bookmarkStart", id=number, name=name)
        return number
