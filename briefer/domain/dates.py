"""Dates as a source gives them: never invented, never more exact than what was written.

Values are EDTF level 0 and 1 (ISO 8601-2): ``2025``, ``2025-12``, ``2025-12-17``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Basis(StrEnum):
    """How a date became known."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Dating:
    """A date: its EDTF value or None, the text as written or None, and the basis of the value.

    ``reference`` is the EDTF day from which a relative date ("13 hours ago") was counted, else None.
    """

    value: str | None = None
    as_written: str | None = None
    basis: Basis = Basis.UNKNOWN
    reference: str | None = None

    @property
    def certain(self) -> bool:
        """Whether the value was written out in the source; others are shown in brackets."""
        return self.value is not None and self.basis is Basis.EXPLICIT


UNDATED = Dating()


def is_edtf(text: str) -> bool:
    """Whether ``text`` is a year, a year and month, or a day that exists."""
    match = _EDTF.fullmatch(text)
    if match is None:
        return False
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def first_day(value: str) -> date:
    """Return the first day that an EDTF value covers.

    Raises:
        ValueError: ``value`` is not of the form that :func:`is_edtf` accepts.
    """
    match = _EDTF.fullmatch(value)
    if match is None:
        raise ValueError(value)
    year, month, day = match.groups()
    return date(int(year), int(month or 1), int(day or 1))


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""The year before the first one of each Japanese era."""


def in_words(value: str, language: str = "en") -> str:
    """Return an EDTF value as a text writes it: ``17 December 2025``, 2025年12月17日, ``December 17, 2025`` (``en-US``)."""
    year, month, day = (*value.split("-"), "", "")[:3]
    if language == "ja":
        return f"{int(year)}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    if language == "en-US" and day:
        return f"{MONTHS[int(month) - 1]} {int(day)}, {int(year)}"
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", str(int(year))]
    return " ".join(p for p in parts if p)
