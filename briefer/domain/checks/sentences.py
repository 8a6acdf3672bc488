"""Prose in sentences."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")


def sentences(text: str) -> list[str]:
    """Return the sentences of English or Japanese text; the ends of lines end them too."""
    return _ENDS.split(text)
