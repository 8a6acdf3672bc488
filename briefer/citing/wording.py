"""What citation styles have no words for: where a source was reproduced, and what stands in brackets."""

from __future__ import annotations

import re

from briefer.domain.characters import is_japanese, xml_safe

_SPACE = re.compile(r"\s+")


def clean(text: str | None) -> str:
    """Return ``text`` on one line, without what XML forbids."""
    return _SPACE.sub(" ", xml_safe(text or "")).strip()


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
