"""Dates as a source gives them: never invented, never more exact than what was written.

Values are EDTF level 0 and 1 (ISO 8601-2): ``2025``, ``2025-12``, ``2025-12-17``. What a person types is read by
:func:`read_typed` everywhere: in the window's fields, in searches and on the command line.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefer.errors import UsageError

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


def beginning_with(value: str) -> str:
    """Return the longest time, as an EDTF value, that begins with ``value``: the year for 2025-01-01 and 2025-01."""
    while is_edtf(value) and value.endswith("-01"):
        value = value.removesuffix("-01")
    return value


def ending_with(value: str) -> str:
    """Return the longest time, as an EDTF value, that ends with ``value``: the year for 2025-12-31 and 2025-12."""
    if not is_edtf(value):
        return value
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    if day == monthrange(year, month or 1)[1]:
        value = value[: len("2025-12")]
        day = 0
    return value[: len("2025")] if month == len(MONTHS) and not day else value


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


_MONTHS = {name[:length].casefold(): at for at, name in enumerate(MONTHS, 1) for length in (3, len(name))}
_MONTHS["sept"] = 9
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        r"(?P<y>\d{4})(?:(?P<s>[-/.])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?)?",
        rf"{_DAY} ?(?:of )?(?P<n>{_MONTH})\.?,? ?(?P<y>\d{{4}})",
        rf"(?P<n>{_MONTH})\.? ?{_DAY}(?:, ?| )(?P<y>\d{{4}})",
        rf"(?P<n>{_MONTH})\.?,? ?(?P<y>\d{{4}})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        rf"(?:(?P<e>{'|'.join(ERAS)}) ?(?P<ey>元|\d{{1,2}})|(?P<y>\d{{4}})) ?年 ?(?:(?P<m>\d{{1,2}}) ?月 ?(?:(?P<d>\d{{1,2}}) ?日)?)?",
    )
)
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
# A Japanese keyboard gives a long vowel or another stroke where a hyphen is meant.
_HYPHENS = str.maketrans("ー−‐‑–", "-----")
_YEAR_FIRST = "write it as 2026, 2026-01 or 2026-01-15"


class Fault(StrEnum):
    """Why a text cannot be read as a date."""

    SHAPE = "shape"
    AMBIGUOUS = "ambiguous"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class TypedDate:
    """What was typed as EDTF (level 0), or why it is none.

    ``detail`` is the month or day that does not exist, or the two days that an ambiguous text may mean.
    """

    value: str | None
    fault: Fault | None = None
    detail: tuple[str, ...] = ()


def read_typed(text: str) -> TypedDate:
    """Read what a person typed: ``2025-12-11``, ``11 Dec 2025``, ``Dec 11, 2025``, 2025年12月11日, 令和7年12月11日.

    Full-width digits count as digits. A day and month in figures are read before the year only where they cannot be
    exchanged: ``17/12/2025`` is, ``11/12/2025`` is not.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_HYPHENS).split())
    if match := _DAY_OR_MONTH_FIRST.fullmatch(plain):
        return _either_way(int(match[1]), int(match[3]), match[4])
    for shape in _SHAPES:
        if match := shape.fullmatch(plain):
            found = match.groupdict()
            month = str(_MONTHS[found["n"].casefold()]) if found.get("n") else found.get("m") or ""
            return _checked(_year(found), month, found.get("d") or "")
    return TypedDate(None, Fault.SHAPE)


def why_not(typed: TypedDate) -> str:
    """Return what is wrong with what was typed, and how to write it; nothing where it is a date."""
    if typed.fault is None:
        return ""
    if typed.fault is Fault.AMBIGUOUS:
        one, other = map(in_words, typed.detail)
        return f"it may be {one} or {other}; write the month as a word, or the year first ({typed.detail[0]})"
    return {
        Fault.SHAPE: f"{_YEAR_FIRST}, as 15 January 2026 or 2026年1月15日",
        Fault.YEAR: "there is no year 0",
        Fault.MONTH: f"there is no month {''.join(typed.detail)}",
        Fault.DAY: f"that month has no day {''.join(typed.detail)}",
    }[typed.fault]


def edtf_of(text: str) -> str:
    """Return the EDTF value of what a person typed as a date. Raises UsageError ``date-form``."""
    typed = read_typed(text)
    if typed.value is None:
        raise UsageError("date-form", text=text, detail=why_not(typed))
    return typed.value


def check_edtf(text: str) -> None:
    """Raise UsageError ``date-form`` where :func:`is_edtf` does not accept ``text``."""
    if not is_edtf(text):
        raise UsageError("date-form", text=text, detail=_YEAR_FIRST)


def _either_way(first: int, second: int, year: str) -> TypedDate:
    ways = [_checked(year, str(month), str(day)).value for day, month in ((first, second), (second, first))]
    found = sorted({way for way in ways if way})
    if not found:
        return _checked(year, str(second), str(first))
    if len(found) > 1:
        return TypedDate(None, Fault.AMBIGUOUS, tuple(way for way in ways if way))
    return TypedDate(found[0])


def _year(found: dict[str, str | None]) -> str:
    era = found.get("e")
    if era is None:
        return found["y"] or ""
    count = found["ey"] or ""
    return f"{ERAS[era] + (1 if count == '元' else int(count)):04}"


def _checked(year: str, month: str, day: str) -> TypedDate:
    if int(year) == 0:
        return TypedDate(None, Fault.YEAR)
    if month and not 1 <= int(month) <= len(MONTHS):
        return TypedDate(None, Fault.MONTH, (month,))
    value = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    return TypedDate(value) if is_edtf(value) else TypedDate(None, Fault.DAY, (day,))
