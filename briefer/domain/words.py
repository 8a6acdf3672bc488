"""Where the words of a text begin and end, in any script that parts them with blanks.

The rules are those of Unicode Standard Annex #29, with two differences. Kana, kanji and the scripts of South-East Asia
part no words for the eye, so nothing is ever cut within one there. And a full stop joins letters only in abbreviations
(U.S.), because a text out of a page often lacks the blank between two sentences.
"""

from __future__ import annotations

import re
import unicodedata

from briefer.domain.spans import Span

_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u30ff\u3100-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffef"  # Chinese, Japanese, full width
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_EXTENDING = {"Mn", "Mc", "Me", "Cf"}
_APOSTROPHES = "'’‧·"
_IN_FIGURES = ",.;'’"


def splits_word(text: str, at: int) -> bool:
    """Whether a cut of ``text`` before the character ``at`` (0 to its length) goes through a word."""
    # A blank is in no word: the usual case.
    if not 0 < at < len(text) or text[at].isspace() or text[at - 1].isspace():
        return False
    if _extends(text[at]):
        return True
    before = _last(text, at - 1)
    if _in_word(text, before) and _in_word(text, at):
        return True
    # A mark between two letters or figures belongs to the word on both of its sides.
    return _joins(text, before) or (_in_word(text, before) and _joins(text, at))


def whole_words(text: str, span: Span, start: int, end: int) -> Span:
    """Return ``span`` widened to whole words, nowhere beyond ``start`` and ``end``."""
    first, last = span.start, span.end
    while first > start and splits_word(text, first):
        first -= 1
    while last < end and splits_word(text, last):
        last += 1
    return Span(first, last)


def _joins(text: str, at: int) -> bool:
    """Whether what stands ``at`` is a mark within a word (don’t, U.S, 1,000.5)."""
    if not 0 < at < len(text) - 1 or text[at] not in _APOSTROPHES + _IN_FIGURES:
        return False
    before, after = _last(text, at - 1), at + 1
    if not (_in_word(text, before) and _in_word(text, after)):
        return False
    if text[before].isdecimal() and text[after].isdecimal():
        return text[at] in _IN_FIGURES
    if not (text[before].isalpha() and text[after].isalpha()):
        return False
    alone = before == 0 or not _in_word(text, _last(text, before - 1))
    return text[at] in _APOSTROPHES or (text[at] == "." and alone)


def _last(text: str, at: int) -> int:
    """Return where the character begins to which the marks at and before ``at`` belong."""
    while at > 0 and _extends(text[at]):
        at -= 1
    return at


def _in_word(text: str, at: int) -> bool:
    return (text[at].isalnum() or text[at] == "_") and not _UNPARTED.match(text[at])


def _extends(char: str) -> bool:
    return not char.isascii() and char != "\u200b" and unicodedata.category(char) in _EXTENDING
