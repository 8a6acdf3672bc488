"""Which script characters belong to, and which of them XML can hold."""

from __future__ import annotations

import re
from dataclasses import replace

from briefer.domain.documents import Inline, Inlines, Run

# XML 1.0, production 2 (Char): everything else makes a part that no program opens.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_CJK = (
    "\u3000-\u30ff"  # punctuation of full width, hiragana, katakana
    "\u31f0-\u31ff"  # katakana extensions
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kanji
    "\uff01-\uff9f\uffe0-\uffe6"  # full-width forms, half-width katakana
    "\U00020000-\U0003134f"  # kanji beyond the basic plane
)
# Figures that stand among kanji (2025年12月17日) and brackets that follow them, 日報(夕刊), are read with them.
_BRACKETS = rf"\([0-9 ]*[{_CJK}][0-9 {_CJK}]*\)"
_JAPANESE = re.compile(rf"(?:(?<![\w.,])[0-9]+)?[{_CJK}]+(?:{_BRACKETS}|[0-9 .,:/%-]{{0,8}}[{_CJK}]+)*")


def xml_safe(text: str) -> str:
    """Return ``text`` without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def is_japanese(language: str | None) -> bool:
    """Whether a BCP 47 tag is Japanese."""
    return language is not None and language.partition("-")[0].casefold() == "ja"


def has_cjk(text: str) -> bool:
    """Whether kana, kanji or full-width punctuation occur in ``text``."""
    return _JAPANESE.search(text) is not None


def by_script(inlines: Inlines, language: str = "en") -> Inlines:
    """Return ``inlines`` with Japanese stretches as runs of their own, marked ``ja``.

    Runs that already name a language stay, and so does everything where ``language``, the document's, is
    Japanese. A screen reader and a word processor choose voice, hyphenation and font by that mark.
    """
    if is_japanese(language):
        return inlines
    return tuple(part for inline in inlines for part in _split(inline))


def _split(inline: Inline) -> tuple[Inline, ...]:
    if not isinstance(inline, Run) or inline.language is not None or inline.text.isascii():
        return (inline,)
    parts: list[Run] = []
    end = 0
    for match in _JAPANESE.finditer(inline.text):
        if match.start() > end:
            parts.append(replace(inline, text=inline.text[end : match.start()]))
        parts.append(replace(inline, text=match[0], language="ja"))
        end = match.end()
    if end < len(inline.text) or not parts:
        parts.append(replace(inline, text=inline.text[end:]))
    return tuple(parts)
