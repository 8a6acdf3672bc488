"""What is taken out of HTML before a parser sees it, and which pages a parser must not see at all.

Every step is linear in the length of the page: nested, endless or huge pages must not hold the program up.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

MOST_BYTES = 12_000_000
MOST_TAGS = 150_000
MOST_DEPTH = 400
MOST_LINKS = 15_000
_REMOVED = ("script", "style", "svg", "template", "noscript", "iframe", "object")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# A paragraph or a list item may stay open, so that its depth says nothing.
_OPTIONAL = frozenset(
    ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup"]
)
_DATA_URI = re.compile(r"data:[a-z]+/[a-z0-9.+-]+[;,][^\s\"'<>)]*", re.IGNORECASE)
_LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|h[1-6]|tr|td|ul|ol|section|article|header|footer|blockquote|table|nav)\b[^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(\[)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stripped:
    """HTML without scripts, styles, pictures and document type, and the JSON-LD that the scripts held."""

    markup: str
    json_ld: tuple[str, ...]
    harmless: bool


def strip(markup: str) -> Stripped:
    """Take out what is no text, and tell whether a parser may be given the rest."""
    markup = _DATA_URI.sub("", markup.replace("\x00", ""))
    markup = _without_doctype(_without_comments(markup))
    scripts: list[str] = []
    for name in _REMOVED:
        markup = _without_element(markup, name, scripts if name == "script" else None)
    return Stripped(markup, tuple(scripts), harmless=_harmless(markup))


def _without_comments(markup: str) -> str:
    return _cut_out(markup, "<!--", "-->")


def _without_doctype(markup: str) -> str:
    """Take the document type out, with the entities that it may declare."""
    match = _DOCTYPE.search(markup[:20_000])
    if match is None:
        return markup
    end = markup.find("]>" if match[1] else ">", match.start())
    return markup[: match.start()] + (markup[end + (2 if match[1] else 1) :] if end >= 0 else "")


def _cut_out(markup: str, start: str, end: str) -> str:
    pieces: list[str] = []
    at = 0
    while (begin := markup.find(start, at)) >= 0:
        pieces.append(markup[at:begin])
        close = markup.find(end, begin + len(start))
        if close < 0:
            # An unclosed comment hides nothing from a browser's reader; keep what follows.
            at = begin + len(start)
            break
        at = close + len(end)
    pieces.append(markup[at:])
    return "".join(pieces)


def _without_element(markup: str, name: str, kept: list[str] | None) -> str:
    low = _lower(markup)
    opening, closing = f"<{name}", f"</{name}"
    pieces: list[str] = []
    at = 0
    while (begin := low.find(opening, at)) >= 0:
        after = begin + len(opening)
        if after < len(low) and low[after].isalnum():
            pieces.append(markup[at:after])
            at = after
            continue
        pieces.append(markup[at:begin])
        inside = low.find(">", after)
        close = low.find(closing, after)
        if close < 0 or inside < 0:
            at = len(markup) if name in {"script", "style"} else after
            break
        if kept is not None and _LD_JSON.search(markup[after:inside]) and inside < close:
            kept.append(markup[inside + 1 : close])
        end = low.find(">", close)
        at = end + 1 if end >= 0 else len(markup)
    pieces.append(markup[at:])
    return "".join(pieces)


def _lower(text: str) -> str:
    """Return ``text`` in small letters, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _harmless(markup: str) -> bool:
    if len(markup) > MOST_BYTES or markup.count("<a ") > MOST_LINKS or markup.count("<p") > MOST_LINKS:
        return False
    tags = depth = 0
    for match in _TAG.finditer(markup):
        tags += 1
        name = match[2].lower()
        if name in _VOID or name in _OPTIONAL:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MOST_DEPTH or tags > MOST_TAGS:
            return False
    return True


def text_only(markup: str) -> str:
    """Return the text of a page that no parser may be given: its tags cut away, one line a block."""
    text = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n", markup))
    text = _SPACES.sub(" ", html.unescape(text))
    return _LINES.sub("\n\n", text).strip()
