"""How text is folded for searching: letters that are the same to a reader become the same letters."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, pairwise

from briefer.domain.variants import NEW_FORMS

RULES = f"5 {unicodedata.unidata_version}"
"""Changes with every change of what :func:`folded` gives; Python's version of Unicode is a part of it."""

_KATAKANA = "\u3099\u309a\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_CJK = (
    rf"\u3005-\u3007\u3041-\u3096\u309d-\u309f{_KATAKANA}"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
# Thai, Lao, Burmese and Khmer, with the signs of their vowels.
_SOUTH_EAST = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf"
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\uaa60-\uaa76\uaa7a-\uaa7f\u1780-\u17d3\u17d7\u17dc\u17dd"
)
UNPARTED = f"{_CJK}{_SOUTH_EAST}"
"""The letters of scripts without blanks, and of Korean, of which words are found in any part: ranges for a pattern's brackets."""

# Where signs stand that are no letters for `re` and make other words of the same letters, as vowels do in Hindi.
_SIGNED = (range(0x700, 0x1AB0), range(0x1B00, 0x1D00), range(0xA800, 0xAC00), range(0x11000, 0x12000))
_SIGNS = "".join(
    chr(code)
    for code in chain(*_SIGNED, range(0x653, 0x656))
    if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)

LETTER = rf"[^\W_{UNPARTED}]"
"""The pattern of a letter or figure of other scripts, whose words are found whole or from their beginning."""

INSIDE = rf"(?:{LETTER}|[{_SIGNS}])"
"""The pattern of one character of such a word, but for the first, which is no sign."""

RUN = re.compile(rf"([{UNPARTED}]+)|({LETTER}+(?:[{_SIGNS}]+{LETTER}*)*)")
"""A run of :data:`UNPARTED` or, as its second group, a word of other letters."""

# Accents, and the signs of vowels in Hebrew and Arabic, which are written for learners and in names, if at all.
_ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff\u302a-\u302f\ufe20-\ufe2f]"
)
# What is not seen: soft hyphens, zero-width joiners, marks of direction, and variation selectors, which
# choose between drawings of one character; and the stroke that only lengthens an Arabic word. Web pages have them inside words.
_UNSEEN = re.compile(
    "[\u00ad\u0640\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# A blank of no width parts words, as Unicode has it, in scripts whose words are parted.
_NO_WIDTH = "\u200b"
# Of scripts with capitals, Latin, Greek and Cyrillic, without accents.
_CASED = "A-Za-z\u03b1-\u03c9\u0430-\u044f"
_ABBREVIATED = rf"(?<=(?<![0-9{_CASED}])[{_CASED}]\.)(?=[{_CASED}](?![0-9{_CASED}]))"
# Scripts without blanks, roughly: as many ranges as those of UNPARTED take milliseconds to compile.
_CLOSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff"
DOTS = re.compile(rf"\.{_ABBREVIATED}")
"""The dots between the letters of an abbreviation."""
WITHIN = re.compile(
    rf"[.・=゠·‐–−\-{_NO_WIDTH}](?:{_ABBREVIATED}|(?<=[{_KATAKANA}][^.{_NO_WIDTH}])(?=[{_KATAKANA}])"
    rf"|(?<=[{_CLOSE}]{_NO_WIDTH})(?=[{_CLOSE}]))"
)
"""Marks inside a word that is the same without: U.S. is US, サウジ・アラビア is サウジアラビア. For folded text."""
# Beyond these, all of which have neither case nor accents in NFKC, there may be something to take off.
_BEYOND = re.compile("[^\x00-\x7f\u2013\u2014\u2018-\u201d\u3000-\u3029\u3030-\u9fff\uff00-\uffee]")
_OLD_FORM = re.compile(f"[{''.join(map(chr, NEW_FORMS))}]")
_TONES = range(0x302A, 0x3030)
_IN_JAPANESE = sorted({*NEW_FORMS, *_TONES, ord("゠"), ord("・")})
_UNRULED = "".join(
    f"{chr(last + 1)}-{chr(first - 1)}"
    for last, first in pairwise([0x2FFF, *_IN_JAPANESE, 0xA000])
    if first - last > 1
)
# What any of the rules may change: beyond the characters of _BEYOND, old forms and what may be a mark inside a word.
_RULED = re.compile(f"[^\x00-,/-<>-\x7f\u2014\u2018-\u201d\uff00-\uffee{_UNRULED}]")
# Letters that are not a base with an accent for Unicode, and are typed as one.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
_CHANGES = str.maketrans(_PLAIN) | NEW_FORMS
# To look first is several times as fast as to go through a table that changes nothing.
_CHANGED = re.compile(f"[{''.join(_PLAIN)}{''.join(map(chr, NEW_FORMS))}]")


def folded(text: str) -> str:
    """Return ``text`` as :func:`letters` does, and without marks inside words (:data:`WITHIN`)."""
    if text.isascii():
        return DOTS.sub("", text.lower())
    same = unicodedata.normalize("NFKC", text)
    # One look instead of one for each rule: by far the most Japanese texts need none of them.
    if not _RULED.search(same):
        return same.lower()
    return parted(WITHIN.sub("", letters(same)))


def parted(text: str) -> str:
    """Return folded ``text`` with blanks where there are blanks of no width."""
    return text.replace(_NO_WIDTH, " ")


def letters(text: str) -> str:
    """Return ``text`` without case, width, accents, signs of vowels, old forms of kanji and what is not seen.

    Voicing marks of kana stay.
    """
    if text.isascii():
        return text.lower()
    same = unicodedata.normalize("NFKC", text)
    if not _BEYOND.search(same):
        plain = same.lower()
        return plain.translate(NEW_FORMS) if _OLD_FORM.search(plain) else plain
    # Twice, because some characters that case folding gives can be composed only then.
    same = unicodedata.normalize("NFKC", same.casefold())
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", _UNSEEN.sub("", same)))
    plain = unicodedata.normalize("NFC", bare)
    return plain.translate(_CHANGES) if _CHANGED.search(plain) else plain
