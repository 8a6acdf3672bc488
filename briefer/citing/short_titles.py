"""Titles in a few words, for notes that cite a source again.

By the Chicago Manual of Style (17th edition, 14.33, 14.34): a title of more than four words is cut to its key words, as
a rule the first ones without the article; the order of words stays. One of five words is left, too.
"""

from __future__ import annotations

import re
from typing import Final

from briefer.domain.characters import has_cjk
from briefer.domain.names import words_of

_FEWEST_WORDS, _KEY_WORDS, _MOST_WORDS = 3, 4, 5
_ARTICLES: Final = words_of("a an the")
_WEAK: Final = _ARTICLES | words_of(
    "and as at but by for from in into is its nor not of off on onto or over per that their this to towards under up"
    " upon via vs vs. was with within without"
)
_END: Final = re.compile(r"(?:[:;?!]|\s[-–—|])\s|[—―]|\.\s(?=\w{4})")
_JAPANESE_END: Final = re.compile(r"[：:；;―—–‐〜～！？、。]|──|\s-\s|　")
_PAIRS: Final = (
    ("“", "”"),
    ("‘", "’"),
    ("(", ")"),
    ("[", "]"),
    ("「", "」"),
    ("『", "』"),
    ("（", "）"),
    ("《", "》"),
)
_LONGEST: Final = 20  # characters of a Japanese title that is not cut


def short_title(title: str) -> str:
    """Return the title in a few words; empty where it is short, or has no place at which it can be cut.

    A subtitle goes: what follows a colon, semicolon or dash. Japanese, which has no blanks, is cut only there.
    """
    if has_cjk(title):
        found = _before(title, _JAPANESE_END) if len(title) > _LONGEST else ""
    else:
        found = _in_words(title)
    return "" if found == title or any(found.count(a) != found.count(b) for a, b in _open(found)) else found


def _in_words(title: str) -> str:
    if len(title.split()) <= _MOST_WORDS:
        return ""
    words = _before(title, _END).split()
    if len(words) > 1 and words[0].casefold() in _ARTICLES:
        words = words[1:]
    if len(words) > _MOST_WORDS:
        words = _first(words)
    # One word may be any number of sources («Report: …»).
    text = " ".join(words).rstrip(",.") if len(words) > 1 else ""
    return text[:1].upper() + text[1:]


def _first(words: list[str]) -> list[str]:
    """Return the first words, three to five, up to where a phrase ends; four where none ends there, of more than six."""
    ends = (n for n in range(_FEWEST_WORDS, _MOST_WORDS + 1) if words[n].casefold() in _WEAK)
    end = next(ends, len(words) if len(words) == _MOST_WORDS + 1 else _KEY_WORDS)
    while end and words[end - 1].casefold() in _WEAK:
        end -= 1
    return words[:end]


def _before(title: str, end: re.Pattern[str]) -> str:
    """Return what stands before the first end of a title's main part, the whole where there is none."""
    match = end.search(title, 2)
    return title[: match.start()].rstrip() if match else title


def _open(text: str) -> list[tuple[str, str]]:
    """Return the pairs of brackets and quotation marks that count; an apostrophe is the end of none."""
    return [pair for pair in _PAIRS if pair[0] in text]
