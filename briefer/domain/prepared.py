"""Prepared text: what the full-text indexes hold and what is looked for in them, made in one way.

Each run of Japanese, Chinese, Korean, Thai, Lao, Burmese or Khmer becomes overlapping pairs of characters followed by its last character
alone, so that any part of a run can be found (pairs recall every substring; word splitters do not).
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

from briefer.domain.folding import DOTS, RULES, RUN, UNPARTED, folded
from briefer.domain.queries import Words
from briefer.domain.spans import fold

VERSION = f"5 {RULES}"
"""Changes with every change of :func:`prepare`; a library with another one is indexed anew when opened."""

_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else ord(" ") for i in range(256))
# What stands between two parts that are ASCII, until they are prepared: a control character is in hardly any text.
_BETWEEN = "\x1f"
_ASCII_PARTS = bytes(byte if byte == ord(_BETWEEN) else word for byte, word in enumerate(_ASCII_WORDS))
_ONE = re.compile(f"[{UNPARTED}]")
# A private-use character is part of a token for FTS5 and of none here: no phrase reaches across it.
_WALL = "\ue000"


def prepare(*parts: str | None) -> str:
    """Return the index text of ``parts``; a phrase is never found across two of them."""
    given = [part for part in parts if part]
    if len(given) > 1:
        together = f" {_BETWEEN} ".join(given)
        # One after the other takes three times as long.
        if together.isascii() and together.count(_BETWEEN) == len(given) - 1:
            return _ascii(together, _ASCII_PARTS).decode().replace(_BETWEEN, _WALL)
    return f" {_WALL} ".join(map(_joined, given))


def sought(words: Words) -> tuple[list[str], bool]:
    """Return the tokens that stand side by side where ``words`` are, and whether the last is a beginning."""
    tokens = _tokens(words.text)
    # A single character of a run begins a pair wherever it is not the last one of the run.
    return tokens, bool(tokens) and (words.prefix or _ONE.fullmatch(tokens[-1]) is not None)


def phrase(words: Words) -> str:
    """Return the FTS5 string that finds ``words``, or '' when there is no letter or digit in them."""
    tokens, prefix = sought(words)
    return f'"{" ".join(tokens)}"{"*" if prefix else ""}' if tokens else ""


@lru_cache(maxsize=8192)  # an excerpt's text is prepared again as a part of its source
def _joined(text: str) -> str:
    if text.isascii():
        return ascii_words(text).decode()
    return " ".join([word or piece[0] + piece[1:].translate(_PAIRED) for piece, word in _runs(text)])


def ascii_words(text: str) -> bytes:
    """Return the index text of a part that is ASCII: nothing to normalise, and most of many libraries."""
    return _ascii(text, _ASCII_WORDS)


def _ascii(text: str, table: bytes) -> bytes:
    words = DOTS.sub("", text).encode().translate(table)
    while b"  " in words:  # several times as fast as to split and to join
        words = words.replace(b"  ", b" ")
    return words.strip()


def _tokens(text: str) -> list[str]:
    """Return the words of what is looked for."""
    if text.isascii():
        return ascii_words(text).decode().split()
    tokens: list[str] = []
    runs = _runs(text)
    for at, (piece, word) in enumerate(runs):
        if word:
            tokens.append(word)
            continue
        tokens.extend(map(add, piece, piece[1:]))
        # What is looked for may go on in the text, except where another run follows it in the phrase.
        if len(piece) == 1 or at < len(runs) - 1:
            tokens.append(piece[-1])
    return tokens


def _runs(text: str) -> list[tuple[str, str]]:
    # White space is folded before, because a line break inside Japanese text is none.
    return RUN.findall(folded(fold(text)))


class _Paired(dict[int, str]):
    """What str.translate makes of the second and further characters of a run: the end of one pair, the start of the next."""

    def __missing__(self, code: int) -> str:
        found = self[code] = f"{chr(code)} {chr(code)}"
        return found


_PAIRED = _Paired()
