"""What citation styles have no words for: where a source was reproduced, and warnings about it."""

from __future__ import annotations

import re

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.sources import Source

_FLAGS = {
    "ai-written": ("AI-written", "AIによる執筆"),
    "ai-assisted": ("AI-assisted", "AIを利用して執筆"),
    "withdrawn": ("withdrawn", "撤回済み"),
    "superseded": ("superseded", "改訂版あり"),
}
_SPACE = re.compile(r"\s+")


def clean(text: str | None) -> str:
    """Return ``text`` on one line, without what XML forbids."""
    return _SPACE.sub(" ", xml_safe(text or "")).strip()


def warnings(source: Source, language: str) -> str:
    """Return ``withdrawn; AI-written``, or nothing: flags that only matter in the library are left out."""
    japanese = is_japanese(language)
    found = [words for flag in source.flags if (words := _flag(clean(flag), japanese=japanese))]
    return ("、" if japanese else "; ").join(found)


def bracketed(words: str, language: str) -> str:
    """Return words in round brackets of the language; nothing for none."""
    if not words:
        return ""
    return f"（{words}）" if is_japanese(language) else f"({words})"


def reproduced(container: str, language: str) -> str:
    """Return that a source was reproduced in ``container``, without capital and full stop; nothing for none."""
    if not container:
        return ""
    return f"{container}に転載" if is_japanese(language) else f"reproduced on {container}"


def _flag(flag: str, *, japanese: bool) -> str:
    key = flag.casefold().replace(" ", "-").replace("_", "-")
    if key.startswith("superseded-by"):
        newer = flag[len("superseded by") :].strip(" :")
        if not newer:
            return _flag("superseded", japanese=japanese)
        return f"{newer}に改訂" if japanese else f"superseded by {newer}"
    english, translated = _FLAGS.get(key, ("", ""))
    return translated if japanese else english
