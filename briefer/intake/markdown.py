"""Markdown into a capture: its marks tell the structure, its front matter the facts. Nothing is judged by a model.

Front matter is YAML's simple part between ``---`` (keys with one value or a list of values) or TOML between ``+++``.
Segments begin after the marks of headings, list items and quotations; marks inside a line stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefer.domain.dates import Basis, Dating, is_edtf
from briefer.domain.sources import Capture, How, SegmentKind
from briefer.intake.binary import refuse_binary
from briefer.intake.captures import MOST_CHARACTERS, MOST_LINES, finish, unjudged
from briefer.intake.encoding import decode
from briefer.intake.facts.claims import Claims
from briefer.intake.facts.dating import find_dates
from briefer.intake.facts.heads import byline, dated_line, read_head
from briefer.intake.facts.origins import web_address
from briefer.intake.format import Format
from briefer.intake.pasted.lines import Judged, Line, is_prose
from briefer.intake.pasted.reading import Read, build
from briefer.intake.pasted.words import furniture
from briefer.intake.web.metadata import Page
from briefer.services.ports import Taken

MEDIA_TYPE = "text/markdown"
_YAML = re.compile(
    r"\A---[ \t]*\n(?P<inside>(?:(?!---[ \t]*$|\.\.\.[ \t]*$).*\n){1,200})(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_TOML = re.compile(
    r"\A\+\+\+[ \t]*\n(?P<inside>(?:(?!\+\+\+).*\n){1,200})\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE
)
_KEY = re.compile(r"^(?P<key>[A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>.+?)[ \t]*$")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T ])")
_CONTAINER = re.compile(r"[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))[ \t]*(?:\[[ xX]\][ \t]+)?")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_IMAGES = re.compile(r"(?:!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\s*)+")
_DEFINITION = re.compile(r"[ \t]*\[[^\]]+\]:[ \t]*\S")
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_SIGNS = re.compile(
    r"^#{1,6}[ \t]+\S|^[-*+][ \t]+\S|^>[ \t]+\S|^```|\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|^\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.MULTILINE,
)
_FEWEST_SIGNS = 3
_MARKUP = "markup"


def plainly_markdown(text: str) -> bool:
    """Whether a text without a telling name is Markdown: it has front matter, or opens with a heading among marks.

    A page copied from a site may be Markdown too, but then has furniture that must be told from the article.
    """
    if _facts(text)[0].keys() & {"title", "author", "authors", "date"}:
        return True
    start = text.lstrip()
    if not _HASHES.match(start) or len(_SIGNS.findall(start[:MOST_CHARACTERS])) < _FEWEST_SIGNS:
        return False
    return not any(
        furniture().why(line.strip()) or furniture().stop_heading(line.strip())
        for line in start.split("\n")
        if line.strip()
    )


def read_markdown(text: str, encoding: str, modified: datetime) -> Capture:
    """Make a capture of Markdown."""
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        return unjudged(text, encoding, MEDIA_TYPE)
    facts, above = _facts(text)
    claims = Claims()
    _claim(claims, facts)
    judged = _Blocks(text, text.count("\n", 0, above)).judged()
    fore = sum(item.line.end <= above for item in judged)
    title, first = _head(judged, fore)
    head = read_head(judged[fore:first], first - fore, title, modified)
    for item in judged[fore:first]:
        if item.kind is SegmentKind.FURNITURE and not item.why:
            item.set(SegmentKind.PARAGRAPH)
    read = Read(build(judged, ()), head, tuple(judged))
    return finish(text, encoding, MEDIA_TYPE, read, Page(claims), modified)


def _head(judged: Sequence[Judged], fore: int) -> tuple[str | None, int]:
    """Mark title, date and names above the text; return the title and the index of the text's first line."""
    title = None
    for i in range(fore, len(judged)):
        item = judged[i]
        if title is None and item.line.tag == "h1":
            item.set(SegmentKind.TITLE)
            title = item.line.text
        elif item.kind is SegmentKind.PARAGRAPH and (dated_line(item.line) or byline(item.line)):
            item.set(SegmentKind.FURNITURE)
        elif item.body:
            return title, i
    return title, len(judged)


def _facts(text: str) -> tuple[dict[str, list[str]], int]:
    """Return what the front matter states, and where it ends (0: there is none)."""
    if match := _TOML.match(text):
        try:
            stated = tomllib.loads(match["inside"])
        except tomllib.TOMLDecodeError:
            return {}, 0
        return {
            k.casefold(): [str(v) for v in (value if isinstance(value, list) else [value])]
            for k, value in stated.items()
        }, match.end()
    match = _YAML.match(text)
    facts: dict[str, list[str]] = {}
    key = ""
    for line in match["inside"].split("\n") if match else ():
        if named := _KEY.match(line):
            key = named["key"].casefold()
            facts[key] = _values(named["value"] or "")
        elif key and (item := _ITEM.match(line)):
            facts[key] += _values(item["value"])
    return (facts, match.end()) if match and facts else ({}, 0)


def _values(written: str) -> list[str]:
    inner = written[1:-1].split(",") if written.startswith("[") and written.endswith("]") else [written]
    values = [value.strip() for value in inner]
    plain = [
        v[1:-1] if len(v) > 1 and v[0] == v[-1] and v[0] in "\"'" else re.sub(r"\s+#.*$", "", v)
        for v in values
    ]
    return [re.sub(r"^name\s*:\s*", "", v) for v in plain if v]


def _claim(claims: Claims, facts: dict[str, list[str]]) -> None:
    where = "front matter"

    def first(*keys: str) -> str:
        return next((facts[key][0] for key in keys if facts.get(key)), "")

    claims.add("title", first("title"), How.STATED, 0.95, where)
    authors = tuple(name for key in ("author", "authors", "by") for name in facts.get(key, ()))
    claims.add("authors", authors, How.STATED, 0.95, where)
    claims.add("publisher", first("publisher", "site", "publication"), How.STATED, 0.85, where)
    claims.add(
        "url", web_address(first("url", "source", "canonical", "link", "permalink")), How.STATED, 0.8, where
    )
    language = first("lang", "language")[:2].casefold()
    claims.add(
        "language", language if language.isalpha() and language.isascii() else "", How.STATED, 0.9, where
    )
    date = first("date", "published", "publishdate", "date_published", "created")
    claims.add("published", _dating(date), How.STATED, 0.9, where)


def _dating(written: str) -> Dating:
    if (match := _ISO.match(written)) and is_edtf(match[0]):
        return Dating(match[0], written, Basis.EXPLICIT)
    found = find_dates(written)
    return found[0].dating if found else Dating(None, written or None)


@dataclass
class _Blocks:
    """The blocks of a text, of which the first ``fore`` lines are front matter."""

    text: str
    fore: int

    def judged(self) -> list[Judged]:
        """Return every non-blank line, or block of lines, with what it is."""
        starts = [0, *(m.end() for m in re.finditer("\n", self.text)), len(self.text) + 1]
        self.lines = list(pairwise(starts))
        self.taken = [False] * len(self.lines)
        found = [item for token, depth, tag in self._tokens() for item in self._block(token, depth, tag)]
        found += self._left()
        return sorted(found, key=lambda item: item.line.start)

    def _tokens(self) -> Iterator[tuple[Token, int, str]]:
        """Yield the blocks with their depth in lists and quotations, and what they stand in."""
        parser = MarkdownIt("commonmark").enable("table")
        parser.core.ruler.disable("inline")
        rest = self.text[self.lines[self.fore][0] :] if self.fore < len(self.lines) else ""
        within: list[str] = []
        for token in parser.parse(rest):
            if token.type in {"blockquote_open", "list_item_open"}:
                within.append("li" if token.type == "list_item_open" else "blockquote")
            elif token.type in {"blockquote_close", "list_item_close"}:
                within.pop()
            elif token.map:
                yield token, len(within), within[-1] if within else ""

    def _block(self, token: Token, depth: int, tag: str) -> Iterator[Judged]:
        assert token.map
        first, end = (n + self.fore for n in token.map)
        match token.type:
            case "heading_open" if token.markup.startswith("#"):
                yield from self._span(first, end, depth, SegmentKind.HEADING, tag=token.tag)
            case "heading_open":
                yield from self._span(first, end - 1, depth, SegmentKind.HEADING, tag=token.tag)
                yield from self._span(end - 1, end, 0, SegmentKind.FURNITURE, _MARKUP)
            case "paragraph_open" | "tr_open" | "code_block":
                yield from self._span(first, end, depth, SegmentKind.PARAGRAPH, tag=tag)
            case "fence":
                closed = end - 1 > first and token.markup in self._line(end - 1)
                yield from self._span(first, first + 1, 0, SegmentKind.FURNITURE, _MARKUP)
                yield from self._span(first + 1, end - closed, depth, SegmentKind.PARAGRAPH, tag="pre")
                yield from self._span(end - closed, end, 0, SegmentKind.FURNITURE, _MARKUP)
            case "html_block":
                words = _TAGS.sub("", "\n".join(map(self._line, range(first, end)))).strip()
                kind = SegmentKind.PARAGRAPH if words else SegmentKind.FURNITURE
                yield from self._span(first, end, depth, kind, "" if words else _MARKUP)

    def _line(self, number: int) -> str:
        start, end = self.lines[number]
        return self.text[start : end - 1]

    def _span(
        self, first: int, end: int, depth: int, kind: SegmentKind, why: str = "", tag: str = ""
    ) -> Iterator[Judged]:
        """Yield the lines ``first`` to ``end`` (excluded) as one, without the marks before and after."""
        numbers = [n for n in range(first, end) if self._line(n).strip() and not self.taken[n]]
        if not numbers:
            return
        for n in numbers:
            self.taken[n] = True
        start, close = self.lines[numbers[0]][0], self.lines[numbers[-1]][1] - 1
        for _ in range(depth):
            mark = _CONTAINER.match(self.text, start, close)
            start = mark.end() if mark else start
        if kind is SegmentKind.HEADING:
            start += len(self.text[start:close]) - len(self.text[start:close].lstrip())
            hashes = _HASHES.match(self.text, start, close)
            start = hashes.end() if hashes else start
            close -= len(m[0]) if (m := _CLOSING.search(self.text[start:close])) else 0
        inner = self.text[start:close]
        start, close = start + len(inner) - len(inner.lstrip()), close - len(inner) + len(inner.rstrip())
        if start >= close:
            # Marks around nothing.
            raw = self._line(numbers[0])
            start = self.lines[numbers[0]][0] + len(raw) - len(raw.lstrip())
            close, kind, why = start + len(raw.strip()), SegmentKind.FURNITURE, _MARKUP
        yield self._judged(start, close, kind, why, tag)

    def _judged(self, start: int, end: int, kind: SegmentKind, why: str, tag: str) -> Judged:
        line = Line(start, end, self.text[start:end], tag=tag)
        if kind is SegmentKind.PARAGRAPH and _IMAGES.fullmatch(line.text):
            kind, why = SegmentKind.CAPTION, "picture"
        elif kind is SegmentKind.PARAGRAPH and furniture().machine_notice(line.text):
            kind, why = SegmentKind.FURNITURE, furniture().why(line.text)
        elif kind is not SegmentKind.FURNITURE and line.only_marks:
            kind, why = SegmentKind.FURNITURE, _MARKUP
        return Judged(line, is_prose(line), why, kind, why)

    def _left(self) -> Iterator[Judged]:
        """Yield the lines that no block has: front matter, rules, definitions of links."""
        for n in range(len(self.lines)):
            line = self._line(n)
            if self.taken[n] or not line.strip():
                continue
            if n < self.fore:
                yield from self._span(n, n + 1, 0, SegmentKind.FURNITURE, "front matter")
            elif _DEFINITION.match(line) or Line(0, 0, line.strip()).only_marks:
                yield from self._span(n, n + 1, 0, SegmentKind.FURNITURE, _MARKUP)
            else:
                yield from self._span(n, n + 1, 0, SegmentKind.PARAGRAPH)


def _read(taken: Taken) -> Capture:
    refuse_binary(taken)
    return read_markdown(*decode(taken.name, taken.data), taken.modified)


FORMAT = Format(name="Markdown", media_types=(MEDIA_TYPE,), suffixes=(".md", ".markdown"), read=_read)
