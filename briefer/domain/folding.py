"""How text is folded for searching: letters that are the same to a reader become the same letters."""

from __future__ import annotations

import re
import unicodedata

from briefer.domain.variants import NEW_FORMS

RULES = f"2 {unicodedata.unidata_version}"
"""Changes with every change of what :func:`folded` gives; Python's version of Unicode is a part of it."""

_ACCENT = re.compile("[\u0300-\u036f]")
# Variation selectors choose between drawings of one character.
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Beyond these, all of which have neither case nor accents in NFKC, there may be something to take off.
_BEYOND = re.compile("[^\x00-\x7f\u3000-\u9fff\uff00-\uffef]")
_OLD_FORM = re.compile(f"[{''.join(map(chr, NEW_FORMS))}]")
# Letters that are not a base with an accent for Unicode, and are typed as one.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """Return ``text`` without case, width, accents and old forms of kanji. Voicing marks of kana stay."""
    if text.isascii():
        return text.lower()
    same = unicodedata.normalize("NFKC", text)
    if not _BEYOND.search(same):
        plain = same.lower()
        return plain.translate(NEW_FORMS) if _OLD_FORM.search(plain) else plain
    # Twice, because some characters that case folding gives can be composed only then.
    same = unicodedata.normalize("NFKC", same.casefold())
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", _SELECTOR.sub("", same)))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN).translate(NEW_FORMS)
