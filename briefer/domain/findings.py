"""Checks over a brief and what they found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Red must be mended before a brief leaves; amber should be looked at."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True)
class Finding:
    """What a check found: ``section`` and ``block`` are ids, empty for the brief as a whole."""

    check: str
    level: Level
    message: str
    section: str = ""
    block: str = ""
