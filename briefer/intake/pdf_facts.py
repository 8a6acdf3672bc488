"""What a PDF tells of itself: its title, authors and dates, each with how it became known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.pages import Pages
from briefer.domain.sources import Capture, How, Known, SegmentKind
from briefer.domain.spans import fold
from briefer.intake.heads import choose_title, read_head, stated_publisher
from briefer.intake.lines import Judged, Line, judge
from briefer.intake.pdf_files import MEDIA_TYPE
from briefer.intake.pdf_text import Placed, Written
from briefer.intake.reading import Read, build, read_lines
from briefer.intake.text import finish
from briefer.intake.words import bare

_JUNK = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|unbenannt.*|document\s?\d*|dokument\s?\d*|title|slide \d+|print(?:ing)?"
    r"|powerpoint.*|\(?anonymous\)?|名称未設定.*|無題.*|文書\s?\d*|.*\.(?:docx?|pdf|odt|rtf|indd|pptx?|xlsx?|tex|qxd|txt|html?|p65|ai|jtd))$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:admin\w*|user\w*|owner|author|unknown|anonymous|microsoft.*|adobe.*|latex.*|[a-z]{1,3}\d*|.*[\\/@].*|.*\d{3,}.*|)$",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s\u3000]+")
_HEAD_LONGEST = 40
_FOOT = 40
_TITLE_LONGEST = 300


@dataclass(frozen=True)
class Stated:
    """The properties of the file: title and author as they stand there, the day of its making."""

    title: str = ""
    author: str = ""
    created: str | None = None


def capture(written: Written, stated: Stated, modified: datetime, pages: Pages) -> Capture:
    """Make the capture of a document that has text."""
    text = written.text
    judged = [_judged(placed, text) for placed in written.blocks]
    address = _address(written)
    if address:
        found = _as_web_page(judged, text, modified)
    else:
        found = _as_document(judged, written, stated, modified)
    return _with_facts(replace(found, pages=pages), stated, address)


def _judged(placed: Placed, text: str) -> Judged:
    line = Line(placed.start, placed.end, text[placed.start : placed.end], 1)
    kind, why = placed.block.kind, placed.block.why
    return Judged(line, prose=kind is SegmentKind.PARAGRAPH and not why, junk="", kind=kind, why=why)


def _address(written: Written) -> str | None:
    """Return the address that a browser has printed at the edge of the pages."""
    for placed in written.blocks:
        if placed.block.kind is SegmentKind.FURNITURE:
            match = _URL.search(written.text[placed.start : placed.end])
            if match:
                return match[0]
    return None


def _as_web_page(judged: Sequence[Judged], text: str, modified: datetime) -> Capture:
    """Read a printed web page by the rules for pasted ones, which know menus and related stories."""
    edges = [item for item in judged if item.kind is SegmentKind.FURNITURE]
    read = read_lines([item.line for item in judged if item.kind is not SegmentKind.FURNITURE], modified)
    lines = sorted([*edges, *read.lines], key=lambda item: item.line.start)
    return finish(text, "", MEDIA_TYPE, Read(build(lines, ()), read.head, tuple(lines)))


def _as_document(judged: Sequence[Judged], written: Written, stated: Stated, modified: datetime) -> Capture:
    own = [i for i, item in enumerate(judged) if item.kind is not SegmentKind.FURNITURE]
    first = _first_prose(judged, own)
    head = [judge(judged[i].line) for i in own[:first]]
    at = _title(judged, own[: first + 1], written, stated)
    title = None
    if at is not None:
        title = fold(judged[at].line.text)
        judged[at].set(SegmentKind.TITLE)
        if own.index(at) < len(head):
            head[own.index(at)].set(SegmentKind.TITLE)
    told = read_head(head, len(head), title, modified)
    for i, item in zip(own, head, strict=False):
        if item.kind in {SegmentKind.BYLINE, SegmentKind.DATELINE}:
            judged[i].set(item.kind)
    publisher = told.publisher or stated_publisher(
        [*head, *(item for item in judged[-_FOOT:] if not item.body)]
    )
    told = replace(told, publisher=publisher)
    found = finish(written.text, "", MEDIA_TYPE, Read(build(judged, ()), told, tuple(judged)))
    kind = "document" if found.kind == "article-newspaper" else found.kind
    named = None if title else _meant(stated.title)
    return replace(found, kind=kind, title=named or found.title)


def _first_prose(judged: Sequence[Judged], own: Sequence[int]) -> int:
    """Return how many blocks stand above the first of running text."""
    for count, i in enumerate(own[:_HEAD_LONGEST]):
        if judged[i].prose and judge(judged[i].line).prose:
            return count
    return min(len(own), 10)


def _meant(title: str) -> str | None:
    """Return a title of the file's properties if somebody meant it as one."""
    title = fold(title)
    if (
        len(title) < 4
        or len(title) > _TITLE_LONGEST
        or _JUNK.match(title)
        or not re.search(r"[^\W\d_]{2}", title)
    ):
        return None
    return None if "_" in title and " " not in title else title


def _title(judged: Sequence[Judged], own: Sequence[int], written: Written, stated: Stated) -> int | None:
    """Return which block is the title: the one that the properties name, else the largest type."""
    wanted = bare(_meant(stated.title) or "")
    for i in own:
        if wanted and bare(judged[i].line.text) == wanted:
            return i
    blocks = [(i, written.blocks[i].block) for i in own]
    page = min((block.lines[0].page for _, block in blocks), default=1)
    large = [
        (block.size, -i, i)
        for i, block in blocks
        if block.kind is SegmentKind.HEADING and block.lines[0].page == page and judged[i].line.weight > 5
    ]
    if large:
        return max(large)[2]
    lines = [judge(judged[i].line) for i in own]
    index = choose_title(lines, len(lines) - 1, len(lines) - 1) if len(lines) > 1 else None
    return None if index is None else own[index]


def _with_facts(found: Capture, stated: Stated, address: str | None) -> Capture:
    """Complete a capture from the properties of the file, and say of each field how it became known."""
    known = dict(found.known)
    meant = _meant(stated.title)
    if meant and bare(meant) == bare(found.title):
        known["title"] = Known(How.STATED, 0.95, "title in the properties")
    else:
        known.setdefault("title", Known(How.WRITTEN, 0.75, "type on the first page"))
    authors = found.authors
    if authors:
        known.setdefault("authors", Known(How.WRITTEN, 0.8, "byline"))
    elif not _NOBODY.match(stated.author):
        authors = tuple(a.strip() for a in re.split(r"\s*;\s*", stated.author) if a.strip())
        known["authors"] = Known(How.STATED, 0.5, "author in the properties")
    published = found.published
    if published != UNDATED:
        known.setdefault(
            "published", Known(How.WRITTEN, 0.8 if published.certain else 0.4, "head of the text")
        )
    elif stated.created:
        published = Dating(stated.created, None, Basis.INFERRED)
        known["published"] = Known(How.INFERRED, 0.2, "day on which the file was made")
    for name, value in (("publisher", found.publisher), ("language", found.language), ("kind", found.kind)):
        if value:
            how = How.WRITTEN if name == "publisher" else How.INFERRED
            known.setdefault(name, Known(how, {"publisher": 0.7, "language": 0.9, "kind": 0.4}[name]))
    if found.event != UNDATED:
        known.setdefault("event", Known(How.WRITTEN, 0.6, "first paragraphs"))
    if address:
        known["url"] = Known(How.WRITTEN, 0.7, "edge of the page")
    return replace(found, authors=authors, published=published, url=found.url or address, known=known)
