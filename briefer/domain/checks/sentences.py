"""Prose in sentences, and what of it are the words of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# A title, a month or an initial with a full stop ends nothing: Mr. Xi, Dec. 17, J. Doe.
_ABBREVIATED = (
    r"(?<!\b(?:Mr|Ms|Dr|St|No|Lt)\.)(?<!\b(?:Mrs|Gen|Sen|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)"
    r"(?<!\b(?:Prof|Sept)\.)(?<!\b[A-Z]\.)(?<!\b(?:e\.g|i\.e)\.)"
)
_LINE = r"\n(?![ \t]*\n)"  # a quotation ends with its paragraph, at the latest
_INSIDE = rf"(?:[^{{marks}}\n]++|{_LINE})++"
# Between letters an apostrophe is none but that; after an s and before a small letter it mostly is (the ministers’ plan).
_SINGLE = rf"(?:[^{{marks}}\n]|{_LINE}|{{within}}(?=\w)|(?<=s){{close}}(?= [a-z])){{{{1,2000}}}}(?<=\S){{close}}(?!\w)"
_CURLED = _SINGLE.format(marks="‘’", within="’", close="’")
_KEYED = _SINGLE.format(marks="'", within=r"(?<=\S)'", close="'")  # after a blank it begins another quotation
_KEYED_INSIDE = _INSIDE.format(marks='"')
MARKS = {
    **{
        kind: rf"{opens}{_INSIDE.format(marks=opens + closes)}[{closes}]"
        for kind, (opens, closes) in {
            "curly": ("“", "”"),
            "low": ("„", "“”"),
            "french": ("«", "»"),
            "german": ("»", "«"),
            "corner": ("「", "」"),
            "white": ("『", "』"),
        }.items()
    },
    "straight": rf'(?<![A-Za-z0-9])"(?=\S){_KEYED_INSIDE}(?<=\S)"(?![A-Za-z0-9])',
    "single": rf"(?<!\w)‘(?=\S)(?!\d\ds?\b){_CURLED}",
    "keyed": rf"(?<![\w'])'(?=[^\s'])(?!\d\ds?\b){_KEYED}",
}
"""The patterns of what stands in quotation marks, each with one mark at either end, by their kind."""
QUOTED = "|".join(MARKS.values())
"""The pattern of what stands in quotation marks of any kind: the words of others."""

_OTHERS = re.compile(rf"^ {{0,3}}>.*|{QUOTED}", re.MULTILINE)
_ANY_MARK = re.compile("[“„«»「『\"‘'>]")
_ENDS = re.compile(rf"(?<=[.!?]){_ABBREVIATED}\s+|(?<=[。！？])|\n")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of English or Japanese text; the ends of lines end them too."""
    return tuple(_ENDS.split(text))


@lru_cache(maxsize=4096)
def own_words(text: str) -> str:
    """Return a text with blanks for what stands in quotation marks or block quotations, each character for one.

    A stop stays where a quotation ends a sentence.
    """
    return _OTHERS.sub(_blanked, text) if _ANY_MARK.search(text) else text


def _blanked(match: re.Match[str]) -> str:
    words, after = match[0], match.string[match.end() : match.end() + 2]
    ends = words[-2:-1] in {".", "!", "?"} and after[:1].isspace() and after[1:].isupper()
    return " " * (len(words) - 1) + ("." if ends else " ")


def sentences_with(text: str, own: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text, each beside what of it stands in ``own`` (:func:`own_words`), where no quotation ends one."""
    start = 0
    for end in (*_ENDS.finditer(own), None):
        stop = end.start() if end else len(own)
        yield text[start:stop], own[start:stop]
        start = end.end() if end else stop
