"""Tables of contents: a field whose entries are there already, so that no reader has to reckon them first.

Nothing is marked as out of date: Word would ask at opening whether to update from other files.
"""

from __future__ import annotations

from briefer.domain.documents import Contents, Run
from briefer.export.docx.fields import add_field, begin_field, end_field
from briefer.export.docx.outline import Entry
from briefer.export.docx.pagination import Pages
from briefer.export.docx.paragraphs import ParagraphWriter
from briefer.export.docx.xml import Element, add

_DEEPEST = 3
_GAP = "\u2003"  # a tab would go to a stop that only numbered entries want


class ContentsWriter:
    """Writes the tables of contents of one document."""

    def __init__(
        self,
        paragraphs: ParagraphWriter,
        entries: tuple[Entry, ...],
        pages: Pages,
        depth: int,
    ) -> None:
        self._paragraphs = paragraphs
        self._entries = entries
        self._pages = pages
        self._depth = depth

    def leads_to(self, entry: Entry) -> bool:
        """Whether some table of contents of the document leads to a heading; ``depth`` is of the deepest."""
        return entry.level <= self._depth

    def write(self, body: Element, block: Contents) -> None:
        """Append a table; nothing where there is no heading, of which Word would complain."""
        depth = min(max(block.depth, 1), _DEEPEST)
        shown = [
            (entry, page)
            for entry, page in zip(self._entries, self._pages.headings, strict=True)
            if entry.level <= depth and entry.text
        ]
        if not shown:
            return
        content = _control(body)
        if block.title:
            self._paragraphs.write(content, "TOCHeading", (Run(block.title),), anchors=(block.anchor,))
        paragraphs: list[Element] = []
        for entry, page in shown:
            anchors = () if paragraphs else (block.anchor,)
            paragraph = self._paragraphs.write(content, f"TOC{entry.level}", (), anchors=anchors)
            if not paragraphs:
                # Headings of Word's own names, and whatever else has an outline level (annexes).
                begin_field(paragraph, rf'TOC \o "1-{depth}" \h \z \u')
            self._entry(paragraph, entry, page)
            paragraphs.append(paragraph)
        end_field(paragraphs[-1])

    def _entry(self, paragraph: Element, entry: Entry, page: int) -> None:
        link = add(paragraph, "hyperlink", anchor=entry.bookmark, history="1")
        text = f"{entry.number}{_GAP}{entry.text}" if entry.number else entry.text
        self._paragraphs.runs.write(link, (Run(text),))
        add(add(link, "r"), "tab")
        add_field(link, rf"PAGEREF {entry.bookmark} \h", str(page))


def _control(body: Element) -> Element:
    """Append the content control by which Word knows its own tables of contents; return what holds the text."""
    control = add(body, "sdt")
    gallery = add(add(control, "sdtPr"), "docPartObj")
    add(gallery, "docPartGallery", val="Table of Contents")
    add(gallery, "docPartUnique")
    return add(control, "sdtContent")
