"""The text of a story of a Word file (body, note, header), with tracked changes accepted and refused.

What belongs together is found in content controls, tables and text boxes too; the second form of a drawing that old
programs take (``mc:Fallback``) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from briefer.domain.bookmarks import PREFIX
from briefer.export.docx.xml import Element, w

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PUT_IN = {w("ins"), w("moveTo")}
_TAKEN_OUT = {w("del"), w("moveFrom")}
# Properties hold former states too; readings above characters and codes of fields are no text of their own.
_PASSED_OVER = {
    w(name) for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "trPr", "tcPr", "rt")
}
_AS_TEXT = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): "\t"}
_CITATION_ID = re.compile(r'"citationID"\s*:\s*"([0-9A-Za-z_-]+)"')
CITATION_TAG = "briefer-citation-"


@dataclass
class Stretch:
    """A paragraph while it is read; ``notes`` are (kind, id, whether it is there when changes are accepted)."""

    style: str = ""
    text: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, bool]] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)

    def joined(self, other: Stretch) -> None:
        """Take in the paragraph that follows, whose style the whole has, as Word does."""
        self.style = other.style or self.style
        self.text += other.text
        self.before += other.before
        self.bookmarks += other.bookmarks
        self.notes += other.notes
        self.citations += other.citations


class StoryReader:
    """Reads one story into its paragraphs, in the order in which they begin."""

    def __init__(self) -> None:
        self._found: list[Stretch] = []
        self._open: list[Stretch] = []
        self._loose: list[str] = []
        self._fields: list[list[str]] = []
        self._joins: list[Stretch] = []
        self._splits: list[Stretch] = []

    def read(self, story: Element) -> tuple[Stretch, ...]:
        """Return the paragraphs of ``story``; one whose mark a tracked change takes out is one with the next."""
        self._children(story, accepted=True, refused=True)
        if self._loose and self._found:
            self._found[-1].bookmarks += self._loose
        return tuple(self._merged())

    def _children(self, parent: Element, *, accepted: bool, refused: bool) -> None:
        for child in parent:
            self._element(child, accepted=accepted, refused=refused)

    def _element(self, element: Element, *, accepted: bool, refused: bool) -> None:
        tag = element.tag
        if tag == w("p"):
            self._paragraph(element, accepted=accepted, refused=refused)
        elif tag in _PASSED_OVER or tag == _FALLBACK:
            pass
        elif tag in _PUT_IN:
            self._children(element, accepted=accepted, refused=False)
        elif tag in _TAKEN_OUT:
            self._children(element, accepted=False, refused=refused)
        elif tag == w("r") and _hidden(element):
            self._children(element, accepted=False, refused=False)
        elif tag == w("bookmarkStart"):
            self._bookmark(element)
        elif self._open and tag in _LEAVES:
            self._leaf(element, accepted=accepted, refused=refused)
        else:
            if self._open and tag == w("sdt"):
                self._control(element)
            self._children(element, accepted=accepted, refused=refused)

    def _paragraph(self, element: Element, *, accepted: bool, refused: bool) -> None:
        style = element.find(f"{w('pPr')}/{w('pStyle')}")
        stretch = Stretch(style.get(w("val")) or "" if style is not None else "")
        stretch.bookmarks += self._loose
        self._loose.clear()
        self._found.append(stretch)
        self._open.append(stretch)
        self._children(element, accepted=accepted, refused=refused)
        self._open.pop()
        mark = element.find(f"{w('pPr')}/{w('rPr')}")
        if mark is not None and any(mark.find(name) is not None for name in _TAKEN_OUT):
            self._joins.append(stretch)
        if mark is not None and any(mark.find(name) is not None for name in _PUT_IN):
            self._splits.append(stretch)

    def _bookmark(self, element: Element) -> None:
        name = element.get(w("name")) or ""
        if name.startswith(PREFIX):
            # Programs set marks between paragraphs as well: they belong to the next one.
            (self._open[-1].bookmarks if self._open else self._loose).append(name)

    def _control(self, element: Element) -> None:
        tag = element.find(f"{w('sdtPr')}/{w('tag')}")
        value = tag.get(w("val")) or "" if tag is not None else ""
        if value.startswith(CITATION_TAG):
            self._open[-1].citations.append(value.removeprefix(CITATION_TAG))

    def _leaf(self, element: Element, *, accepted: bool, refused: bool) -> None:
        stretch, tag = self._open[-1], element.tag
        if tag == w("fldChar"):
            self._field(element.get(w("fldCharType")))
        elif tag == w("instrText"):
            if self._fields:
                self._fields[-1].append(element.text or "")
        elif tag in _NOTE_MARKS:
            kind = "endnote" if tag == w("endnoteReference") else "footnote"
            stretch.notes.append((kind, element.get(w("id")) or "", accepted))
        else:
            text = _AS_TEXT.get(str(tag), element.text or "")
            if accepted:
                stretch.text.append(text)
            if refused:
                stretch.before.append(text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            code = "".join(self._fields.pop())
            found = _CITATION_ID.search(code) if "ZOTERO_ITEM" in code else None
            if found:
                self._open[-1].citations.append(found[1])

    def _merged(self) -> Iterator[Stretch]:
        """Yield the paragraphs; those that a tracked change cut in two read as one where changes are refused."""
        joins, splits = {id(s) for s in self._joins}, {id(s) for s in self._splits}
        held: Stretch | None = None
        first: Stretch | None = None
        for stretch in self._found:
            joined, split = id(stretch) in joins, id(stretch) in splits
            if first is not None:
                first.before += stretch.before
                stretch.before = []
            if held is not None:
                held.joined(stretch)
                stretch = held  # noqa: PLW2901
            held = stretch if joined else None
            first = (first or stretch) if split else None
            if held is None:
                yield stretch
        if held is not None:
            yield held


_NOTE_MARKS = {w("footnoteReference"), w("endnoteReference")}
_LEAVES = {w("t"), w("delText"), w("fldChar"), w("instrText"), *_NOTE_MARKS, *_AS_TEXT}


def _hidden(run: Element) -> bool:
    """Whether a run is hidden text: it is there, but nobody who reads the document sees it."""
    vanish = run.find(f"{w('rPr')}/{w('vanish')}")
    return vanish is not None and vanish.get(w("val")) not in {"0", "false", "off"}


def texts(stretches: Iterable[Stretch]) -> tuple[str, str]:
    """Return the text of paragraphs, a line each, with tracked changes accepted and refused."""
    found = tuple(stretches)
    after = "\n".join("".join(stretch.text) for stretch in found)
    return after.strip(), "\n".join("".join(stretch.before) for stretch in found).strip()
