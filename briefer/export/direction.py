"""Text that runs from right to left: word processors want it in runs and paragraphs that say so.

Which way a character runs is Unicode's (UAX 9: the classes R and AL are strong and run to the left).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefer.domain.documents import Inline, Run

_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_ARABIC = "\u0600-\u07bf\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc\U0001ec70-\U0001eeff"
_OTHER = "\u07c0-\u085f\u200f\U00010800-\U00010fff\U0001e800-\U0001e95f"
_RIGHT = re.compile(f"[{_HEBREW}{_ARABIC}{_OTHER}]")
# Between two words that run to the left stands what has no direction of its own, or figures.
_STRETCH = re.compile(
    f"[{_HEBREW}{_ARABIC}{_OTHER}](?:[^A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\u3040-\u9fff\uac00-\ud7af]*"
    f"[{_HEBREW}{_ARABIC}{_OTHER}\u0300-\u036f])*"
)
_FIRST_STRONG = re.compile(
    f"[A-Za-z\u00c0-\u024f\u0370-\u07ff\u0800-\u1fff\u3040-\ud7ff{_HEBREW}{_ARABIC}{_OTHER}]"
)
_HEBREW_TEXT = re.compile(f"[{_HEBREW}]")


@dataclass(frozen=True)
class Stretch:
    """A piece of a text, and whether it runs to the left."""

    text: str
    leftward: bool


def stretches(text: str) -> tuple[Stretch, ...]:
    """Return ``text`` in pieces that run one way each."""
    if text.isascii() or not _RIGHT.search(text):
        return (Stretch(text, leftward=False),)
    found = []
    end = 0
    for match in _STRETCH.finditer(text):
        if match.start() > end:
            found.append(Stretch(text[end : match.start()], leftward=False))
        found.append(Stretch(match[0], leftward=True))
        end = match.end()
    if end < len(text):
        found.append(Stretch(text[end:], leftward=False))
    return tuple(found)


def begins_leftward(inlines: Iterable[Inline]) -> bool:
    """Whether the first strong character of a paragraph runs to the left, and so the paragraph (UAX 9, P2)."""
    for inline in inlines:
        if not isinstance(inline, Run):
            continue
        if match := _FIRST_STRONG.search(inline.text):
            return _RIGHT.match(match[0]) is not None
    return False


def leftward_language(text: str, language: str | None) -> str:
    """Return the language tag of a piece that runs to the left: the run's own, else by its script."""
    if language and language.partition("-")[0].casefold() in {
        "ar",
        "he",
        "fa",
        "ur",
        "ps",
        "yi",
        "ckb",
        "ug",
    }:
        return language
    return "he-IL" if _HEBREW_TEXT.search(text) else "ar-SA"
