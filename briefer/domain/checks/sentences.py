"""Prose in sentences."""

from __future__ import annotations

import re
from functools import lru_cache

# A title, a month or an initial with a full stop ends nothing: Mr. Xi, Dec. 17, J. Doe.
_ABBREVIATED = (
    r"(?<!\b(?:Mr|Ms|Dr|St|No|Lt)\.)(?<!\b(?:Mrs|Gen|Sen|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)"
    r"(?<!\b(?:Prof|Sept)\.)(?<!\b[A-Z]\.)(?<!\b(?:e\.g|i\.e)\.)"
)
QUOTED = r"“[^”]*”|\"[^\"\n]*\"|「[^」]*」|『[^』]*』"
"""The pattern of what stands in quotation marks: the words of others."""

_ENDS = re.compile(rf"(?<=[.!?]){_ABBREVIATED}\s+|(?<=[。！？])|\n")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of English or Japanese text; the ends of lines end them too."""
    return tuple(_ENDS.split(text))
