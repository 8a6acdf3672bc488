"""Whether the days that a text names exist, and are of the weekday that it says."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache

from briefer.domain.checks.days import days_at
from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.checks.sentences import own_words
from briefer.domain.citations import uncited
from briefer.domain.findings import Finding

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KANJI = "月火水木金土日"
_WHOLE = "|".join(_WEEKDAYS)
_SHORT = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\b\.?"
# A newspaper is not meant: «The Sun, 3 March».
_BEFORE = re.compile(
    rf"\b(?:(?P<whole>{_WHOLE})|(?P<short>{_SHORT}|(?<=[Oo]n )Sun\b\.?)),?\s+(?:the\s+)?$"
    rf"|(?P<kanji>[{_KANJI}])曜日?[のに、,\s]*$"
)
_AFTER = re.compile(
    rf"\s?[(（]\s?(?:(?P<whole>{_WHOLE})|(?P<short>{_SHORT}|Sun\b\.?)"
    rf"|(?P<kanji>[{_KANJI}])(?:曜日?)?(?:[・･、,]?\s?(?:祝日?|休日?|振替休日))?)\s?[)）]"
    rf"|\s?(?P<plain>[{_KANJI}])曜"
)
# Without one of these a text names no day that could be wrong; most have none, and are not read further.
_CUES = (
    *(name[:3] for name in _WEEKDAYS), "曜", *(f"{kanji}{mark}" for kanji in _KANJI for mark in ")）・･、"),
    "29", "30", "31", "２９", "３０", "３１", "二十", "三十", "十日", "thirt", "twenty", "Thirt", "Twenty",
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REACH = 24
_MOST_DAYS = 31
_FIRST_YEAR = 1900
"""Before it countries kept different calendars."""

_Named = tuple[str, int | None, tuple[str, ...]]
"""A day as it is written, the number of the weekday beside it, and the days that it may be (:func:`days`)."""


def weekdays(material: Material) -> Iterator[Finding]:
    """Yield days that do not exist, and weekdays that do not fit their days; quotations are their sources' business."""
    meeting = material.brief.meeting_date or ""
    year = int(meeting[:4]) if meeting[:4].isdecimal() else material.today.year
    for written, weekday, found in _named(material.brief.title):
        # A day of the title without a year is the meeting's, if it can be.
        years = {year} if any(day[-5:] == meeting[-5:] for day in found) else _near(year)
        yield from _told(written, weekday, found, years)
    for section in material.brief.sections:
        for written, weekday, found in _named(section.heading):
            yield from _told(written, weekday, found, _near(year), section.id)
    for section, block in material.prose():
        for written, weekday, found in _named(block.markdown):
            of_sources = (source.published.value or "" for _, source in material.cited(block))
            said = _YEAR.findall(" ".join((block.markdown, *of_sources)))
            yield from _told(written, weekday, found, {*_near(year), *map(int, said)}, section.id, block.id)


def _near(year: int) -> set[int]:
    """Return the years of which a day is, most probably, that is named without one."""
    return {year - 1, year, year + 1}


@lru_cache(maxsize=4096)
def _named(markdown: str) -> tuple[_Named, ...]:
    text = uncited(markdown)
    return tuple(_with_weekdays(own_words(text))) if any(cue in text for cue in _CUES) else ()


def _with_weekdays(text: str) -> Iterator[_Named]:
    for match, found in days_at(text):
        if any(int(day[-2:]) > _MOST_DAYS for day in found):
            continue  # a count, of people who marched on a day in March
        begin = max(match.start() - _REACH, 0)
        before, after = _BEFORE.search(text[begin : match.start()]), _AFTER.match(text, match.end())
        start = begin + before.start() if before else match.start()
        end = after.end() if after and not before else match.end()
        weekday = _weekday(before or after)
        yield text[start:end].strip(), weekday, found


def _weekday(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    name = next(filter(None, match.groups()))
    return _KANJI.find(name) if name in _KANJI else [w[:3] for w in _WEEKDAYS].index(name[:3])


def _told(
    written: str,
    weekday: int | None,
    found: Iterable[str],
    years: set[int],
    section: str = "",
    block: str = "",
) -> Iterator[Finding]:
    possible: list[date] = []
    for day in found:
        dates = tuple(_dates(day, years))
        if not dates:
            message = f"“{written}”: the calendar has no such day."
            yield finding("date-impossible", message, section, block)
            return
        possible += dates
    fits = any(day.year < _FIRST_YEAR or day.weekday() == weekday for day in possible)
    if weekday is None or fits or not possible:
        return
    names = {_WEEKDAYS[day.weekday()] for day in possible}
    name = f"a {names.pop()}" if len(names) == 1 else f"no {_WEEKDAYS[weekday]}"
    when = " or ".join(dict.fromkeys(str(day.year) for day in possible))
    message = f"“{written}”: in {when} that day is {name}."
    yield finding("date-impossible", message, section, block)


def _dates(day: str, years: set[int]) -> Iterator[date]:
    """Yield the dates that a day may be; none where the calendar has no such day. Without its year it may be of any of ``years``."""
    of = years if day.startswith("--") else {int(day[:4])}
    if day == "--02-29":
        of = {year for year in range(min(years), max(years) + 4) if isleap(year)}
    for year in sorted(of):
        with suppress(ValueError):
            yield date(year, int(day[-5:-3]), int(day[-2:]))
