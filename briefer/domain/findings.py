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


@dataclass(frozen=True)
class Waiver:
    """A finding that somebody has let pass: what was found, why it may stay, who decided and when (ISO, UTC).

    It holds for that finding alone: where the message changes, the check speaks again.
    """

    check: str
    message: str
    reason: str
    who: str = ""
    at: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether it is this finding that may stay."""
        return (self.check, self.message) == (finding.check, finding.message)
