"""Days that a text names, in English and Japanese; years may be missing, of an era, or in kanji, and English days in words.

A day in figures whose order nobody says (02/12/2026) is read both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.domain.dates import ERAS, MONTHS

_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("Sep(?:", "Sept?(?:")
_TH = r"(?:st|nd|rd|th)?"
_FIRST_TO_NINTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENTH_TO_TWENTIETH = (
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
_AFTER_TWENTIETH = (*(f"twenty-{ordinal}" for ordinal in _FIRST_TO_NINTH), "thirtieth", "thirty-first")
_ORDINALS = (*_FIRST_TO_NINTH, *_TENTH_TO_TWENTIETH, *_AFTER_TWENTIETH)
_ORDINAL = "|".join(sorted((word.replace("-", "[- ]") for word in _ORDINALS), key=len, reverse=True))
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH_ALONE = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.?,? (?P<year>\d{{4}})(?!\d)"
    rf"|(?:(?P<year_ja>\d{{4}})年)?(?P<month_ja>{_COUNT})月(?![曜間末初上中下以期後ぶ])"
)
_DIGITS = {"零": 0, **{digit: value for value, digit in enumerate("〇一二三四五六七八九")}}
_DAY = re.compile(
    r"(?<![\d-])(?P<iso>\d{4}-\d{2}-\d{2})(?![\d-])"
    r"|(?<![\d/.])(?P<year_figures>\d{4})(?P<mark>[/.])(?P<month_figures>\d{1,2})(?P=mark)(?P<day_figures>\d{1,2})(?![\d/]|\.\d)"
    r"|(?<![\d/.])(?P<first>\d{1,2})(?P<between>[/.])(?P<second>\d{1,2})(?P=between)(?P<year_after>\d{4})(?![\d/]|\.\d)"
    rf"|(?<![\d.,])(?:(?P<from>\d{{1,2}}){_TH}?\s?(?:[-–—]|to|and)\s?)?(?P<day>\d{{1,2}}){_TH}(?:(?: day)? of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<month_first>{_MONTH})\.? (?P<day_second>\d{{1,2}}){_TH}(?!\d|[.:]\d)(?:\s?[-–—]\s?(?P<to>\d{{1,2}}))?(?:,? (?P<year_last>\d{{4}}))?"
    rf"|\b(?P<ordinal>(?i:{_ORDINAL}))(?: day)? of (?P<month_of>{_MONTH})\b\.?(?:,? (?P<year_of>\d{{4}}))?"
    # «In November the first talks were held» names no day.
    rf"|\b(?P<month_the>{_MONTH}) the (?P<ordinal_last>(?i:{_ORDINAL}))(?:,? (?P<year_the>\d{{4}})|(?=\s*(?:[.,;:!?)]|$)))"
    rf"|(?:(?:(?P<era>{'|'.join(ERAS)})(?P<of_era>元|{_COUNT})|(?P<year_ja>\d{{4}}|[〇零一二三四五六七八九]{{4}}))年)?"
    rf"(?P<month_ja>{_COUNT})月(?P<day_ja>{_COUNT})日"
)


def days(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each naming of a day as it is written, with the days themselves (two for «3-4 March»).

    They are ISO days, or ``--03-04`` where the year is not said.
    """
    for match, found in days_at(text):
        yield match[0], found


def days_at(text: str) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    """Yield each naming of a day as :func:`days` does, as the match of where it stands."""
    for match in _DAY.finditer(text):
        yield match, tuple(_read(match))


def months(text: str) -> Iterator[tuple[str, str]]:
    """Yield each naming of a month that is no day's, as it is written, with the month: ``2026-11``, or ``--11``.

    English ones have their year: May is also a word, and March a verb.
    """
    for match in _MONTH_ALONE.finditer(_DAY.sub(lambda day: " " * len(day[0]), text)):
        named, year = match["month"], match["year"] or match["year_ja"]
        month = [m[:3] for m in MONTHS].index(named[:3]) + 1 if named else _number(match["month_ja"])
        yield match[0], f"{year or '-'}-{month:02}"


def same(one: str, other: str) -> bool:
    """Whether two days are the same one, as far as both say it."""
    return one[-5:] == other[-5:] and (one == other or one.startswith("--") or other.startswith("--"))


def _read(match: re.Match[str]) -> Iterator[str]:
    found = match.groupdict()
    if found["iso"]:
        yield found["iso"]
        return
    if found["year_figures"]:
        yield from _figures(found["year_figures"], found["month_figures"], found["day_figures"])
        return
    if found["first"]:
        one, other = found["first"], found["second"]
        yield from _figures(found["year_after"], other, one)
        if one != other:
            yield from _figures(found["year_after"], one, other)
        return
    year = found["year"] or found["year_last"] or found["year_of"] or found["year_the"] or ""
    if found["era"]:
        year = str(ERAS[found["era"]] + _number(found["of_era"]))
    elif found["year_ja"]:
        year = "".join(str(_DIGITS.get(digit, digit)) for digit in found["year_ja"])
    named = found["month"] or found["month_first"] or found["month_of"] or found["month_the"]
    month = [m[:3] for m in MONTHS].index(named[:3]) + 1 if named else _number(found["month_ja"])
    year = f"{int(year):04}" if year else "-"
    if ordinal := found["ordinal"] or found["ordinal_last"]:
        yield f"{year}-{month:02}-{_ORDINALS.index(ordinal.lower().replace(' ', '-')) + 1:02}"
    for day in filter(None, (found["from"], found["day"], found["day_second"], found["to"], found["day_ja"])):
        yield f"{year}-{month:02}-{_number(day):02}"


def _figures(year: str, month: str, day: str) -> Iterator[str]:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        yield f"{year}-{int(month):02}-{int(day):02}"


def _number(text: str) -> int:
    """Return a number below a hundred, which may be in kanji; 元 is the first year of an era."""
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
