"""Where the words of a query stand in a text: for snippets and for the marks in lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from briefer.domain.folding import INSIDE, RUN, WITHIN, folded, letters, parted
from briefer.domain.queries import Words
from briefer.domain.spans import Span, fold

_ELLIPSIS = "…"


def highlights(text: str, words: Iterable[Words]) -> tuple[Span, ...]:
    """Return the spans where one of ``words`` stands, in order and without overlap.

    Compared as the index compares: without case, accents and width. Words are found from their beginning and,
    unless they are prefixes, must be whole; Japanese is found anywhere.
    """
    plain, places = _plain(text)
    found: list[Span] = []
    for word in words:
        matches = _pattern(word).finditer(plain) if word.text.strip() else ()
        found += (Span(places[m.start()], places[m.end() - 1] + 1) for m in matches)
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def snippet(text: str, words: Iterable[Words], length: int = 160) -> str:
    """Return about ``length`` characters of ``text`` around its first hit, cut at words, with … where it is cut."""
    if len(text) <= length:
        return text
    found = _first(text, words)
    start = 0 if found is None else max(0, min(found - length // 3, len(text) - length))
    end = start + length
    if start:
        start = text.find(" ", start, start + 20) + 1 or start
    if end < len(text):
        cut = text.rfind(" ", end - 20, end)
        end = cut if cut > start else end
    return f"{_ELLIPSIS if start else ''}{text[start:end]}{_ELLIPSIS if end < len(text) else ''}"


def _first(text: str, words: Iterable[Words]) -> int | None:
    """Return where the first of the :func:`highlights` begins, or None; several times as fast."""
    plain, places = _plain(text)
    matches = [match for word in words if word.text.strip() and (match := _pattern(word).search(plain))]
    return places[min(match.start() for match in matches)] if matches else None


@lru_cache(maxsize=256)
def _pattern(word: Words) -> re.Pattern[str]:
    return pattern_of(word, lambda piece: _plain(piece)[0])


def pattern_of(word: Words, plain: Callable[[str], str] = str) -> re.Pattern[str]:
    """Return what finds a word in folded text, as the index finds it.

    ``plain`` makes the pieces of a phrase what the text is, where that is folded further.
    """
    text = folded(fold(word.text))
    runs = list(RUN.finditer(text))
    if not runs:
        return re.compile(re.escape(plain(text)))
    first, last = runs[0], runs[-1]
    pattern = re.escape(plain(first[0]))
    if first[2]:
        # Not \b: between Latin letters and Japanese there is no word boundary for `re`, but there is for readers.
        # The letters come first: a pattern that begins with what precedes them is tried at every place of a text.
        pattern += f"(?<!{_beside(first[0][0])}{pattern})"
    for former, run in pairwise(runs):
        # Where the script changes, a word ends with or without a blank.
        between = r"[\W_]*" if bool(former[1]) != bool(run[1]) else r"[\W_]+"
        pattern += between + re.escape(plain(run[0]))
    if last[2] and not word.prefix:
        pattern += f"(?!{_beside(last[0][-1])})"
    return re.compile(pattern)


def _beside(letter: str) -> str:
    # `re` takes milliseconds over sets as large as those of INSIDE, and by far the most words need none.
    return "[a-z0-9]" if letter.isascii() else INSIDE


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded, and for each character of that the place in ``text`` it comes from."""
    if text.isascii():
        return _without(text.lower(), range(len(text)))
    pieces = list(map(_plain_letter, text))
    plain = "".join(pieces)
    if len(plain) == len(text) and "" not in pieces:
        return _without(plain, range(len(text)))
    return _without(plain, [place for place, piece in enumerate(pieces) for _ in piece])


def _without(plain: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return folded text without the marks inside words."""
    marks = {mark.start() for mark in WITHIN.finditer(plain)}
    if marks:
        places = [place for at, place in enumerate(places) if at not in marks]
    return parted(WITHIN.sub("", plain) if marks else plain), places


@lru_cache(maxsize=16384)
def _plain_letter(char: str) -> str:
    # Decomposed, so that half-width kana and their voicing marks, two characters, equal the one of full width.
    return unicodedata.normalize("NFKD", letters(char))
