"""How long texts are, in words or characters."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil

from briefer.domain.citations import uncited

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々]")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")


@lru_cache(maxsize=32_768)
def count_words(text: str, language: str = "en") -> int:
    """Return the number of words, citations aside; in Japanese, of characters, as its offices count."""
    plain = uncited(text)
    if plain.isascii():
        return len(_WORD.findall(plain))
    japanese = len(_JAPANESE.findall(plain))
    others = len(_WORD.findall(_JAPANESE.sub(" ", plain)))
    return japanese + others if language == "ja" else ceil(japanese / 2) + others
