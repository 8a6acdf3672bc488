"""What a document can tell of how it came to leave: what was let pass in it, and where the brief went before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passed:
    """A finding that somebody let pass.

    ``place`` is the heading of its section, empty for the brief as a whole. ``at`` is ISO time in UTC, empty where it
    was let pass for the very document that tells of it.
    """

    check: str
    place: str
    message: str
    reason: str
    who: str
    at: str = ""


@dataclass(frozen=True)
class Sent:
    """A former export: the version, when (ISO, UTC), by whom, the file's name and its SHA-256."""

    version: int
    at: str
    who: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Account:
    """What is told of a document: findings that were waived, red ones that left nevertheless, former exports.

    Of what holds only a part of the brief (``whole`` is False) nothing but its own export is told: reasons, file names
    and findings of former times may give away what was left out.
    """

    waived: tuple[Passed, ...] = ()
    let: tuple[Passed, ...] = ()
    sent: tuple[Sent, ...] = ()
    whole: bool = True


NO_ACCOUNT = Account()
"""Of what has no findings that were let pass, and was never exported."""
