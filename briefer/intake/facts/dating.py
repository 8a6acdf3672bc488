"""Dates as texts write them. What is not written is not given; of what is ambiguous, only the certain part."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefer.domain.dates import ERAS, UNDATED, Basis, Dating, is_edtf

_LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pl", "fi", "sv", "pt", "da", "nb",
    "cs", "sk", "ro", "ru", "uk", "tr", "el", "id",
)  # fmt: skip
_ERAS = {**ERAS, **{letter: ERAS[era] for letter, era in (("R", "令和"), ("H", "平成"), ("S", "昭和"))}}
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*(?:JST|GMT|UTC|BST|CET|CEST|E[SD]?T|P[SD]?T|EET|IST|AEST|Uhr)\b)?"
_ISO = re.compile(
    r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
_YEAR_FIRST = re.compile(r"(?<![\d/.])(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\d/]|\.\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_KANJI = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}
_COUNT = r"(?:\d{1,2}|(?=[一二三四五六七八九十])[一二三四五六七八九]?十?[一二三四五六七八九]?)"
_THOUSANDS = r"[一二]?千(?:[一二三四五六七八九]?百)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
_POWERS = {"十": 10, "百": 100, "千": 1000}
_JAPANESE = re.compile(
    rf"(?:(令和|平成|昭和|大正|明治)\s?(元|{_COUNT})|(\d{{4}}|[一二][〇一二三四五六七八九]{{3}}|{_THOUSANDS}))\s?年(?![度間代])\s?"
    rf"(?:({_COUNT})\s?月\s?(?:({_COUNT})\s?日)?)?(?:[（(][月火水木金土日](?:曜日?)?[）)])?"
    r"(?:\s?\d{1,2}(?:[:：]\d{2}|時(?:\d{1,2}分)?))?"
)
_ERA_LETTERS = re.compile(r"(?<![A-Za-z0-9])([RHS])(\d{1,2})([./])(\d{1,2})\3(\d{1,2})(?![\d/.]\d)")
_KOREAN = re.compile(
    r"(?<!\d)(\d{4})(?:년\s?(\d{1,2})월(?:\s?(\d{1,2})일)?|\.\s(\d{1,2})\.(?:\s(\d{1,2})\.)?)"
)
_JAPANESE_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_UNITS: dict[str, str] = {
    "minute": r"seconds?|sec|minutes?|mins?|秒|分|Minuten?|Sekunden?|secondes?|segundos?|minutos?|secondi|minut[oi]|minuten|seconden"
    r"|minut[yę]?|minuuttia?|minuter|minut",
    "hour": r"hours?|hrs?|h|時間|Stunden?|heures?|horas?|or[ae]|uur|uren|godzin[yęa]?|tuntia?|timmar|timme",
    "day": r"days?|d|日|Tag(?:en)?|jours?|d[ií]as?|giorn[oi]|dag(?:en|ar)?|dni|dzień|päivää?",
    "week": r"weeks?|wks?|週間|Wochen?|semaines?|semanas?|settiman[ae]|wek?en|tydzień|tygodni[ea]?|viikkoa?|veckor|vecka",
    "month": r"months?|か月|ヶ月|カ月|ヵ月|Monat(?:en)?|mois|meses|mes|mes[ei]|maand(?:en)?|miesi[aą]c[ea]?|kuukautta|kuukausi|månader|månad",
    "year": r"years?|yrs?|年|Jahr(?:en)?|ans?|años?|ann[io]|jaar|jaren|lat[a]?|rok|vuotta|vuosi|år",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_FIRST_MONTH = 12_000  # of the year 1000; days before are no news
_AMOUNT = r"(?P<n>\d{1,3}|an?|one|einer|einem|une?|un[ao]?|en|ett|een|yksi)"
_AFTER = re.compile(rf"{_AMOUNT}\s?(?:{_UNIT})\s?(?:ago|前|fa|geleden|temu|sitten)(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:vor|il y a|hace|há|för)\s{_AMOUNT}\s(?:{_UNIT})(?:\ssedan)?\b", re.IGNORECASE)
_HOUR = rf"(?:\s*(?:[,、]|at|um|à|om|kl\.?)?\s*{_CLOCK}|\s?(?:午[前後])?\s?\d{{1,2}}(?:[:：]\d{{2}}|時(?:\d{{1,2}}分)?))"
# "Today 12:01 AM" is not counted from the file time: copies of it are made on many a later day.
_NEAR_DAY = re.compile(
    r"^(?:(?:(?P<before>一昨日|おととい|vorgestern|avant-hier|anteayer)"
    r"|(?P<yesterday>yesterday|gestern|hier|ayer|ieri|gisteren|wczoraj|eilen|igår|昨日))"
    rf"(?:{_HOUR}|\b)|(?:今日|本日)(?:{_HOUR}|\b)"
    r"|(?P<today>today|heute|aujourd['’]hui|hoy|oggi|vandaag|dzisiaj|dziś|tänään|idag)\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千〇元]年")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Written:
    """A date found in a text, and where it stands."""

    dating: Dating
    start: int
    end: int


@functools.cache
def _months() -> dict[str, int]:
    """Return the names of months in Babel's data; a name that two languages use differently is left out."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    unclear: set[str] = set()
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    plain = name.casefold().rstrip(".")
                    if names.setdefault(plain, number) != number:
                        unclear.add(plain)
    names["sept"] = 9
    return {name: number for name, number in names.items() if name not in unclear and len(name) > 2}


@functools.lru_cache(maxsize=256)
def _named(months: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of dates with one of these names of months."""
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    clock = rf"(?:(?:{_CLOCK}),?\s+)?"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
    year = r"(?P<y>\d{4})(?!\d)"
    late = rf"(?:,?\s+(?:at\s+|um\s+|à\s+|-\s+)?{_CLOCK})?"
    texts = (
        rf"{clock}\b(?P<m>{month})\b\.?\s+{day},?\s+{year}{late}",
        rf"{clock}(?<!\d){day}\s+(?:of\s+|de\s+)?(?P<m>{month})\b\.?,?\s+(?:de\s+|del\s+)?{year}{late}",
        rf"\b(?P<m>{month})\b\.?,?\s+(?:de\s+)?{year}",
        rf"\b(?P<m>{month})\b\.?\s+{day}(?!\d|[.,]\d)",
        rf"(?<!\d){day}\s+(?:of\s+|de\s+)?(?P<m>{month})\b",
    )
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def _dating(year: int, month: int | None, day: int | None, written: str) -> Dating:
    value = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if not is_edtf(value) or not 1000 <= year <= 2200:
        return Dating(None, written, Basis.UNKNOWN)
    return Dating(value, written, Basis.EXPLICIT)


def _from_names(text: str) -> Iterator[Written]:
    if not _DIGIT.search(text):
        return
    # Far cheaper than trying some hundred names at each place.
    months = frozenset(_months().keys() & set(_WORD.findall(text.casefold())))
    for pattern in _named(months) if months else ():
        for match in pattern.finditer(text):
            found = match.groupdict()
            month = _months()[found["m"].casefold()]
            written = match[0].strip()
            if found.get("y") is None:
                yield Written(Dating(None, written), match.start(), match.end())
                continue
            day = int(found["d"]) if found.get("d") else None
            yield Written(_dating(int(found["y"]), month, day, written), match.start(), match.end())


def _from_numbers(text: str) -> Iterator[Written]:
    for match in _ISO.finditer(text):
        yield Written(
            _dating(int(match[1]), int(match[2]), int(match[3]), match[0]), match.start(), match.end()
        )
    for match in _YEAR_FIRST.finditer(text):
        yield Written(
            _dating(int(match[1]), int(match[3]), int(match[4]), match[0]), match.start(), match.end()
        )
    for match in _NUMERIC.finditer(text):
        yield Written(_ordered(match), match.start(), match.end())


def _ordered(match: re.Match[str]) -> Dating:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    # Points are written between day, month and year, in that order; strokes and hyphens in both orders.
    if match[2] == "." or first > 12 or first == second:
        return _dating(year, second, first, match[0])
    if second > 12:
        return _dating(year, first, second, match[0])
    return _dating(year, None, None, match[0])


def ambiguous(written: str) -> tuple[str, str] | None:
    """Return the two days that a date such as 03/04/2025 may mean: month first, then day first; else None."""
    match = _NUMERIC.fullmatch(written.strip())
    if match is None or len(_ordered(match).value or "") != 4:
        return None
    first, second, year = int(match[1]), int(match[3]), match[4]
    return f"{year}-{first:02}-{second:02}", f"{year}-{second:02}-{first:02}"


def month_first(text: str) -> bool | None:
    """Return whether the numeric dates of ``text`` put the month first, by those that leave no choice; else None."""
    told = set()
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        if match[2] != "." and max(first, second) <= 31 and (first > 12) != (second > 12):
            told.add(second > 12)
    return told.pop() if len(told) == 1 else None


def _from_japanese(text: str) -> Iterator[Written]:
    for match in _JAPANESE.finditer(text):
        era, count, *rest = match.groups()
        year, month, day = (_number(part) for part in rest)
        if era:
            year = _ERAS[era] + (1 if count == "元" else _number(count) or 0)
        yield Written(_dating(year or 0, month, day, match[0].strip()), match.start(), match.end())
    for match in _ERA_LETTERS.finditer(text):
        numbers = (_ERAS[match[1]] + int(match[2]), int(match[4]), int(match[5]))
        yield Written(_dating(*numbers, match[0]), match.start(), match.end())
    for match in _KOREAN.finditer(text):
        parts = (match[2] or match[4], match[3] or match[5])
        dating = _dating(int(match[1]), _number(parts[0]), _number(parts[1]), match[0])
        yield Written(dating, match.start(), match.end())
    for match in _JAPANESE_DAY.finditer(text):
        yield Written(Dating(None, match[0]), match.start(), match.end())


def _number(text: str | None) -> int | None:
    """Return the number that digits or Chinese numerals write, these by tens and hundreds or digit by digit."""
    if not text:
        return None
    if _POWERS.keys().isdisjoint(text):
        return int("".join(_KANJI.get(ch, ch) for ch in text))
    total, digit = 0, ""
    for character in text:
        if character in _POWERS:
            total += int(digit or "1") * _POWERS[character]
            digit = ""
        else:
            digit = _KANJI[character]
    return total + int(digit or "0")


def find_dates(text: str) -> tuple[Written, ...]:
    """Return the dates written in ``text``, in order, the longest where several readings overlap."""
    if not _DIGIT.search(text):
        return ()
    found = [*_from_names(text), *_from_numbers(text), *_from_japanese(text)]
    found.sort(key=lambda w: (w.start, w.start - w.end))
    kept: list[Written] = []
    for item in sorted(found, key=lambda w: (w.start - w.end, w.start)):
        if all(item.end <= k.start or k.end <= item.start for k in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda w: w.start))


def find_relative(text: str, reference: datetime) -> Written | None:
    """Return the first date in ``text`` that is told from the present, reckoned from ``reference``."""
    match = _AFTER.search(text) or _BEFORE.search(text)
    if match:
        unit = next(name for name in _UNITS if match[name])
        amount = int(match["n"]) if match["n"].isdigit() else 1
        value = _reckoned(reference, unit, amount)
    else:
        match = _NEAR_DAY.match(text)
        if match is None:
            return None
        value = _reckoned(reference, "day", 2 if match["before"] else 1 if match["yesterday"] else 0)
    basis = Basis.RELATIVE if value else Basis.UNKNOWN
    dating = Dating(value, match[0], basis, reference.date().isoformat() if value else None)
    return Written(dating, match.start(), match.end())


def _reckoned(reference: datetime, unit: str, amount: int) -> str | None:
    """Return the day for spans up to days, the month for weeks and months, the year for years."""
    length = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}
    try:
        if unit in length:
            day = (reference - timedelta(days=length[unit] * amount)).date().isoformat()
            return day[:7] if unit == "week" else day
        months = reference.year * 12 + reference.month - 1 - amount * (12 if unit == "year" else 1)
    except OverflowError:
        return None
    if months < _FIRST_MONTH:
        return None
    year, month = divmod(months, 12)
    return f"{year:04}" if unit == "year" else f"{year:04}-{month + 1:02}"


def from_metadata(text: str) -> Dating:
    """Return the date that a page states for machines: the day as written there, without its time."""
    written = text.strip()[:80]
    if not written:
        return UNDATED
    found = find_dates(written)
    if found and found[0].dating.value and not ambiguous(found[0].dating.as_written or ""):
        return Dating(found[0].dating.value, written, Basis.EXPLICIT)
    if re.fullmatch(r"\d{8}", written):
        return _dating(int(written[:4]), int(written[4:6]), int(written[6:]), written)
    if is_edtf(written):
        return Dating(written, written, Basis.EXPLICIT)
    return Dating(None, written)
