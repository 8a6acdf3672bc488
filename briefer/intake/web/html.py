"""Web pages into captures: all of the visible text, and which blocks of it are the article."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from briefer.domain.sources import Capture
from briefer.intake.binary import refuse_binary
from briefer.intake.captures import MOST_CHARACTERS, MOST_LINES, finish, unjudged
from briefer.intake.encoding import decode
from briefer.intake.facts.claims import letters
from briefer.intake.facts.origins import origin_of
from briefer.intake.format import Format
from briefer.intake.pasted.lines import Judged, Line, judge, split
from briefer.intake.pasted.reading import Read, read_lines, read_zone
from briefer.intake.pasted.zones import Zone
from briefer.intake.text import read_text
from briefer.intake.web import blocks, guards
from briefer.intake.web.metadata import read_metadata
from briefer.services.ports import Taken

_MEDIA = "text/html"
_LEAST_TEXT = 200
_TITLE_LONGEST = 400
_LEAST_BODY = 250
_LONGEST_JUNK = 120


_HEAD = 4096
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_html(markup: str, encoding: str, modified: datetime) -> Capture:
    """Make a capture of a decoded page."""
    stripped = guards.strip(markup)
    tree = _parse(stripped.markup) if stripped.harmless else None
    if tree is None:
        return _as_text(stripped.markup, encoding, modified)
    text, lines = blocks.build(tree)
    if len(text) < _LEAST_TEXT < len(plain := guards.text_only(stripped.markup)) and len(plain) > 3 * len(
        text
    ):
        return _as_text(stripped.markup, encoding, modified)
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        return unjudged(text, encoding, _MEDIA)
    shown = {letters(line.text): line.text for line in reversed(lines) if line.weight < _TITLE_LONGEST}
    origin = origin_of(markup)
    # What the page tells from the present ("13 hours ago") counts from its saving, where that is noted.
    reference = origin.moment or modified
    page = read_metadata(tree, stripped.json_ld, origin, shown)
    title = page.claims.believed("title")
    on_page = shown.get(letters(str(title.value))) if title else None
    read = _read(lines, extract(stripped.markup), on_page, reference)
    return finish(text, encoding, _MEDIA, read, page, reference)


def _parse(markup: str) -> HtmlElement | None:
    parser = HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        # Bytes, because a text that declares an encoding of its own is refused by the parser.
        return document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _as_text(markup: str, encoding: str, modified: datetime) -> Capture:
    return replace(read_text(guards.text_only(markup), encoding, modified), media_type=_MEDIA)


def extract(markup: str) -> str:
    """Return the article as the extractor sees it, one line a paragraph; nothing when it sees none."""
    # Imported here: it costs more than half a second, which only the first page should pay.
    from trafilatura import extract as article

    # What it has to say about a page's oddities is of no use to anybody here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return article(markup, include_comments=False, include_tables=True, with_metadata=False) or ""
    except (etree.LxmlError, ValueError, AttributeError, TypeError, RecursionError):
        # A page that its extractor stumbles over is read by the rules for plain text.
        return ""


def _read(lines: Sequence[Line], article: str, title: str | None, modified: datetime) -> Read:
    kept = with_tables(lines, align(lines, article))
    if sum(lines[i].weight for i in kept) < _LEAST_BODY:
        return read_lines(lines, modified, title)
    judged = [_judge(line, kept=i in kept) for i, line in enumerate(lines)]
    first, last = min(kept), max(kept)
    return read_zone(judged, Zone(first, last, last + 1), modified, title)


def _judge(line: Line, *, kept: bool) -> Judged:
    judged = judge(line)
    if kept and line.tag == "tr":
        judged.kept, judged.junk, judged.prose = True, "", True
    elif kept and not (judged.junk and line.weight < _LONGEST_JUNK):
        judged.kept, judged.junk, judged.prose = True, "", judged.prose or line.weight > 40
    else:
        judged.kept = False
        judged.junk = judged.junk or line.region
        judged.prose = judged.prose and not line.region
    return judged


def align(lines: Sequence[Line], article: str) -> set[int]:
    """Return which lines the extracted article consists of, found by their letters and in its order."""
    wanted = [letters(part.text) for part in split(article)]
    whole = "".join(wanted)
    exact = set(wanted)
    kept: set[int] = set()
    for i, line in enumerate(lines):
        own = letters(line.text)
        if own and (own in exact or (len(own) > 30 and own in whole)):
            kept.add(i)
    return _main_run(lines, kept)


def with_tables(lines: Sequence[Line], kept: set[int]) -> set[int]:
    """Return ``kept`` with the tables of data that stand between the article's lines or just below them."""
    if not kept:
        return kept
    first, last = min(kept), max(kept)
    while last + 1 < len(lines) and _row(lines[last + 1]):
        last += 1
    return kept | {i for i in range(first, last + 1) if _row(lines[i])}


def _row(line: Line) -> bool:
    return line.tag == "tr" and not line.region


def _main_run(lines: Sequence[Line], kept: set[int]) -> set[int]:
    """Drop short lines that stand far from the article and only happen to repeat some of its words."""
    strong = [i for i in kept if lines[i].weight > 60]
    if not strong:
        return kept
    low, high = min(strong) - 3, max(strong) + 3
    return {i for i in kept if low <= i <= high}


def _is_html(taken: Taken) -> bool:
    # Without the NUL bytes, UTF-16 can be told as well.
    head = taken.data[:_HEAD].replace(b"\x00", b"")
    return bool(
        _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    )


def _read_page(taken: Taken) -> Capture:
    refuse_binary(taken)
    return read_html(*decode(taken.name, taken.data), taken.modified)


FORMAT = Format(
    name="web page",
    media_types=("text/html", "application/xhtml+xml"),
    suffixes=(".html", ".htm", ".xhtml"),
    sniff=_is_html,
    read=_read_page,
)
