"""When a source is too old for a meeting: one rule, by the days that the form allows."""

from __future__ import annotations

from datetime import date, timedelta

from briefer.domain.dates import first_day

GAP_DAYS = 90
"""After how many days without anything newer a partner and risk count as a gap."""


def is_gap(newest: str | None, today: date) -> bool:
    """Whether the newest of some excerpts (EDTF, None where nothing is dated) is too old to go by."""
    return newest is None or first_day(newest) < today - timedelta(days=GAP_DAYS)


def too_old(published: str | None, limit: int | None, meeting: date) -> bool:
    """Whether an EDTF date lies more than ``limit`` days before the meeting; never where one of them is None."""
    if limit is None or published is None:
        return False
    return meeting - _last_day(published) > timedelta(days=limit)


def _last_day(value: str) -> date:
    """Return the last day that an EDTF value covers: what is only dated by its year may be of its end."""
    day = first_day(value)
    if len(value) == 4:
        return day.replace(month=12, day=31)
    if len(value) == 7:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day
