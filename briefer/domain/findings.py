"""Checks over a brief and what they found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from briefer.domain.hashing import text_sha256


class Level(StrEnum):
    """Red must be mended before a brief leaves; amber should be looked at."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True)
class Finding:
    """What a check found: ``section`` and ``block`` are ids, empty for the brief as a whole.

    ``digest`` is that of the whole words that it was found in (:func:`digest_of`), of which a message shows no more than
    the beginning; empty where the message says all. ``words`` are the first of them as they stand, to be led to; whether
    two findings are the same does not depend on them.
    """

    check: str
    level: Level
    message: str
    section: str = ""
    block: str = ""
    digest: str = ""
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class Waiver:
    """A finding that somebody has let pass: what was found, why it may stay, who decided and when (ISO, UTC).

    It holds for what the check found in these very words, wherever in the brief they stand: where the words change
    (``digest``), or a marking that it was given for, the check speaks again.
    """

    check: str
    message: str
    reason: str
    who: str = ""
    at: str = ""
    digest: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether it is this finding that may stay."""
        found = (finding.check, finding.message, finding.digest)
        return (self.check, self.message, self.digest) == found


def digest_of(*words: str) -> str:
    """Return the digest of what something was found in: 32 hex digits, empty without any words."""
    # With their lengths, so that no words can pass from one text into the next.
    whole = "".join(f"{len(text)}:{text}" for text in words)
    return text_sha256(whole)[:32] if words else ""
