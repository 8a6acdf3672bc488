"""Who has a library open for writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Holder:
    """A person at a computer, in a process, since a moment (UTC). Empty where it could not be read."""

    user: str = ""
    host: str = ""
    pid: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class ReadOnly:
    """Why a library is open for reading only: somebody else holds it, the disk is ``full``, or its file cannot be written."""

    holder: Holder | None = None
    full: bool = False
