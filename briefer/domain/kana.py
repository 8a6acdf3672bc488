"""How a Japanese source is read: the kana by which a source list sorts it, kept with its further CSL variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from briefer.domain.sources import Source

_KEY: Final = "reading"


def reading_of(source: Source) -> str:
    """Return the reading of the first author, or of the title where nobody is named; empty where none was given."""
    custom = source.extra.get("custom")
    further = custom.get(_KEY) if isinstance(custom, Mapping) else None
    found = source.extra.get(_KEY) or further
    return found if isinstance(found, str) else ""


def with_reading(source: Source, reading: str) -> Source:
    """Return the source with that reading in the place of another; an empty one takes it away."""
    extra = {key: value for key, value in source.extra.items() if key != _KEY}
    custom = extra.pop("custom", None)
    if isinstance(custom, Mapping):
        kept = {key: value for key, value in custom.items() if key != _KEY}
        extra |= {"custom": kept} if kept else {}
    return replace(source, extra=extra | ({_KEY: reading} if reading else {}))
