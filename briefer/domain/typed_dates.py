"""Dates as people type them into a field, in English or Japanese: read where they can mean one day only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.dates import ERAS, MONTHS, is_edtf

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
        rf"(?:(?P<e>{'|'.join(ERAS)}) ?(?P<ey>元|\d{{1,2}})|(?P<y>\d{{4}})) ?年 ?(?:(?P<m>\d{{1,2}}) ?月 ?(?:(?P<d>\d{{1,2}}) ?日)?)?",
    )
)
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)


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
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if match := _DAY_OR_MONTH_FIRST.fullmatch(plain):
        return _either_way(int(match[1]), int(match[3]), match[4])
    for shape in _SHAPES:
        if match := shape.fullmatch(plain):
            found = match.groupdict()
            month = str(_MONTHS[found["n"].casefold()]) if found.get("n") else found.get("m") or ""
            return _checked(_year(found), month, found.get("d") or "")
    return TypedDate(None, Fault.SHAPE)


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
