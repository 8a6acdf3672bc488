"""What citation styles have no words for: where a source was reproduced, and what stands in brackets."""

from __future__ import annotations

import re

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.dates import in_words, is_edtf

_JAPANESE_PLACES = {
    "page": "{}頁",
    "paragraph": "第{}段落",
    "section": "第{}節",
    "chapter": "第{}章",
    "line": "{}行",
}
_ENGLISH_PLACES = {
    "page": ("p.", "pp."),
    "paragraph": ("para.", "paras."),
    "section": ("sec.", "secs."),
    "chapter": ("chap.", "chaps."),
    "line": ("line", "lines"),
}
_SEVERAL = re.compile(r"[-–,]")
_SPACE = re.compile(r"\s+")


def clean(text: str | None) -> str:
    """Return ``text`` on one line, without what XML forbids."""
    return _SPACE.sub(" ", xml_safe(text or "")).strip()


def bracketed(words: str, language: str) -> str:
    """Return words in round brackets of the language; nothing for none."""
    if not words:
        return ""
    return f"（{words}）" if is_japanese(language) else f"({words})"


def placed(locator: str, label: str, language: str) -> str:
    """Return ``pp. 3-4`` or 3-4頁, for styles that give no place in a source; the bare number for a rare label."""
    if not locator:
        return ""
    if is_japanese(language):
        return _JAPANESE_PLACES.get(label, "{}").format(locator)
    one, some = _ENGLISH_PLACES.get(label, ("", ""))
    word = some if _SEVERAL.search(locator) else one
    return f"{word} {locator}".lstrip()


def reproduced(container: str, language: str) -> str:
    """Return that a source was reproduced in ``container``, without capital and full stop; nothing for none."""
    if not container:
        return ""
    return f"{container}に転載" if is_japanese(language) else f"reproduced on {container}"


def agency(wire: str, language: str) -> str:
    """Return which agency a text came from."""
    return f"配信：{wire}" if is_japanese(language) else f"agency text from {wire}"


def access(day: str, language: str) -> str:
    """Return when a source was looked at; a day that is not EDTF as it is written."""
    spoken = "ja" if is_japanese(language) else language
    words = in_words(day, spoken) if is_edtf(day) else clean(day)
    return f"{words}閲覧" if is_japanese(language) else f"accessed {words}"


def archived(language: str) -> str:
    """Return the words before the digest of the archived copy."""
    return "保存した写しのSHA-256：" if is_japanese(language) else "archived copy: SHA-256 "
