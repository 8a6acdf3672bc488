"""Prose in sentences."""

from __future__ import annotations

import re
from functools import lru_cache

_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of English or Japanese text; the ends of lines end them too."""
    return tuple(_ENDS.split(text))
