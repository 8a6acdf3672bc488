"""HTML into blocks of visible text, each with what its place in the page tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from briefer.intake.facts.claims import tidy
from briefer.intake.pasted.lines import Line
from briefer.intake.web import tables

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "svg",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "canvas",
        "select",
        "datalist",
        "audio",
        "video",
        "math",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_REGIONS = {
    "nav": "menu",
    "menu": "menu",
    "footer": "foot of the page",
    "aside": "beside the article",
    "form": "form",
    "button": "button",
    "dialog": "notice",
}
_ROLES = {
    "navigation": "menu",
    "contentinfo": "foot of the page",
    "complementary": "beside the article",
    "search": "form",
    "menu": "menu",
    "dialog": "notice",
    "alertdialog": "notice",
}
_NAMED = (
    (re.compile(r"cookie|consent|gdpr|onetrust", re.IGNORECASE), "cookie notice"),
    (
        re.compile(r"\brelated|recommend|more-stories|read-?next|you-may|outbrain|taboola", re.IGNORECASE),
        "related stories",
    ),
    (re.compile(r"most-?(?:read|popular|viewed)|ranking|trending", re.IGNORECASE), "ranking"),
    (re.compile(r"\bcomments?\b|disqus", re.IGNORECASE), "comments"),
    (re.compile(r"newsletter|subscri(?:be|ption)|paywall", re.IGNORECASE), "newsletter"),
    (re.compile(r"\bshar(?:e|ing)\b|social", re.IGNORECASE), "share buttons"),
    (re.compile(r"\bbreadcrumb|\bnavbar|\bmenu\b|\bnav\b", re.IGNORECASE), "menu"),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u00a0]+")
_BREAKS = re.compile(r"\n\s*\n+")


@dataclass(slots=True)
class _Open:
    """The state of the walk inside one element."""

    tag: str
    region: str
    linked: bool


@dataclass(slots=True)
class _Builder:
    blocks: list[tuple[str, _Open, float]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    size: int = 0
    linked: int = 0

    def text(self, text: str | None, state: _Open) -> None:
        if not text:
            return
        self.parts.append(_SPACE.sub(" ", text))
        count = len("".join(text.split()))
        self.size += count
        self.linked += count if state.linked else 0

    def flush(self, state: _Open) -> None:
        if not self.parts:
            return
        text = "".join(self.parts)
        share = self.linked / self.size if self.size else 0.0
        for piece in _BREAKS.split(text):
            lines = [_SPACE.sub(" ", line).strip() for line in piece.split("\n")]
            whole = "\n".join(line for line in lines if line)
            if whole:
                self.blocks.append((whole, state, share))
        self.parts, self.size, self.linked = [], 0, 0


def build(tree: HtmlElement) -> tuple[str, tuple[Line, ...]]:
    """Return the visible text of a page, an empty line between blocks, and the blocks as lines of it."""
    builder = _walk(tree)
    lines: list[Line] = []
    at = 0
    for text, state, linked in builder.blocks:
        flat = text if state.tag == "tr" else tidy(text)
        lines.append(Line(at, at + len(text), flat, 1 if lines else 0, state.tag, state.region, linked))
        at += len(text) + 2
    return "\n\n".join(text for text, _, _ in builder.blocks), tuple(lines)


def _walk(tree: HtmlElement) -> _Builder:
    """Walk the tree without recursion: what is deeply nested must not exhaust the stack."""
    builder = _Builder()
    root = _Open("body", "", linked=False)
    stack: list[tuple[HtmlElement, Iterator[HtmlElement], _Open, _Open]] = []
    state = _enter(builder, tree, root)
    stack.append((tree, iter(tree), state, root))
    while stack:
        element, children, state, outer = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if element.tag in _BLOCKS:
                builder.flush(state)
            if stack:
                builder.text(element.tail, outer)
        elif _skipped(child):
            builder.text(child.tail, state)
        elif child.tag == "br":
            builder.parts.append("\n")
            builder.text(child.tail, state)
        elif child.tag == "table" and (rows := tables.rows(child)):
            _table(builder, child, rows, state)
        else:
            stack.append((child, iter(child), _enter(builder, child, state), state))
    builder.flush(root)
    return builder


def _table(builder: _Builder, table: HtmlElement, rows: Sequence[str], outer: _Open) -> None:
    """Add a table of data: its caption, and each row as a block, cells parted by tabs."""
    builder.flush(outer)
    region = _region(table, "table", outer.region)
    for caption in table.iterchildren("caption"):
        builder.text(caption.text_content(), outer)
        builder.flush(_Open("caption", region, linked=False))
    builder.blocks += ((row, _Open("tr", region, linked=False), 0.0) for row in rows)
    builder.text(table.tail, outer)


def _skipped(element: HtmlElement) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _enter(builder: _Builder, element: HtmlElement, outer: _Open) -> _Open:
    tag = str(element.tag)
    if tag not in _BLOCKS:
        state = _Open(outer.tag, outer.region, outer.linked or tag == "a")
    else:
        builder.flush(outer)
        kept = outer.tag if outer.tag[0] == "h" and outer.tag[1:].isdigit() else ""
        inner = outer.tag if tag in {"div", "section"} and outer.tag in {"li", "figcaption"} else tag
        state = _Open(kept or inner, _region(element, tag, outer.region), outer.linked)
    builder.text(element.text, state)
    return state


def _region(element: HtmlElement, tag: str, outer: str) -> str:
    found = _REGIONS.get(tag) or _ROLES.get(element.get("role") or "")
    if found:
        return found
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    if len(named) > 1 and tag not in {"body", "html", "main", "article"}:
        for pattern, why in _NAMED:
            if pattern.search(named):
                return why
    return outer
