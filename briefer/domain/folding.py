"""How text is folded for searching: letters that are the same to a reader become the same letters."""

from __future__ import annotations

import re
import unicodedata

from briefer.domain.variants import NEW_FORMS

RULES = f"4 {unicodedata.unidata_version}"
"""Changes with every change of what :func:`folded` gives; Python's version of Unicode is a part of it."""

CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
"""The letters of Japanese, Chinese and Korean, of which words are found in any part: ranges for a pattern's brackets."""

LETTER = rf"[^\W_{CJK}]"
"""The pattern of a letter or figure of other scripts, whose words are found whole or from their beginning."""

RUN = re.compile(rf"([{CJK}]+)|({LETTER}+)")
"""A run of :data:`CJK` or, as its second group, a word of other letters."""

# Accents, and the signs of vowels in Hebrew and Arabic, which are written for learners and in names, if at all.
_ACCENT = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
# What is not seen: soft hyphens, zero-width joiners and spaces, marks of direction, and variation selectors, which
# choose between drawings of one character; and the stroke that only lengthens an Arabic word. Web pages have them inside words.
_UNSEEN = re.compile(
    "[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# Beyond these, all of which have neither case nor accents in NFKC, there may be something to take off.
_BEYOND = re.compile("[^\x00-\x7f\u2013\u2014\u2018-\u201d\u3000-\u9fff\uff00-\uffee]")
_OLD_FORM = re.compile(f"[{''.join(map(chr, NEW_FORMS))}]")
# Letters that are not a base with an accent for Unicode, and are typed as one.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
_CHANGES = str.maketrans(_PLAIN) | NEW_FORMS
# To look first is several times as fast as to go through a table that changes nothing.
_CHANGED = re.compile(f"[{''.join(_PLAIN)}{''.join(map(chr, NEW_FORMS))}]")


def folded(text: str) -> str:
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
