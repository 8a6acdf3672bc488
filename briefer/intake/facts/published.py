"""When a thing was published: the dates that a page states, shows and has in its address, weighed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from briefer.domain.dates import Basis, Dating, first_day, in_words, is_edtf
from briefer.domain.sources import How, Known
from briefer.intake.facts.claims import Claim, Claims, agree, weighed
from briefer.intake.facts.dating import ambiguous, find_dates, month_first

_EARLIEST_STATED = "1990"
_SEARCHED = 300_000
_AHEAD = timedelta(days=2)
_LATE = timedelta(days=120)
_HISTORY = timedelta(days=3650)
_VICINITY = timedelta(days=10)
_ON_DAY = re.compile(r"\b(?:on|am|le|el|il|op|på)\s+([^\W\d_]{3,})", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|modifié|actualizado|aggiornato|atualizado|bijgewerkt|päivitetty"
    r"|uppdaterad|oppdatert|opdateret|aktualizacja|zaktualizowano|обновлено)\b|更新|最終改訂|改訂",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|released|issued|first published|veröffentlicht|publié|publicado|pubblicato|gepubliceerd"
    r"|julkaistu|publicerad|publisert|udgivet|opublikowano|опубликовано)\b|公開|掲載|配信|発表|発行",
    re.IGNORECASE,
)
_UTC = re.compile(r"(?P<hour>\d{2}):\d{2}.*(?:Z|[+-]00:?00|\b(?:UTC|GMT)(?:\+0+)?)\W*(?:\(.*\))?$")
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>0[1-9]|1[0-2])(?:[/-](?P<d>0[1-9]|[12]\d|3[01]))?(?=[/_-]|$)"
    r"|[/_-](?P<y2>20\d{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=\D|$)"
)
# Countries whose short dates put the month first; all others that use strokes put the day first.
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
_DAY_FIRST_LANGUAGES = frozenset(
    [
        "da",
        "de",
        "el",
        "es",
        "fi",
        "fr",
        "id",
        "it",
        "nl",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "tr",
        "uk",
        "vi",
        "cs",
    ]
)
_DAY_FIRST_SITES = re.compile(
    r"^https?://[^/]+\.(?:uk|au|nz|ie|in|sg|my|za|ng|ke|gh|lk|pk|bd|hk|eu)(?::\d+)?(?:/|$)"
)
_MONTH_FIRST_SITES = re.compile(r"^https?://[^/]+\.(?:gov|mil|us|ph)(?::\d+)?(?:/|$)")
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright)[^\n\d]{0,20}(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)\d{2})?", re.IGNORECASE
)
_NEAR = 24
_AMBIGUOUS = 0.3
# Hours by which local time may be behind and ahead of UTC.
_FARTHEST_WEST, _FARTHEST_EAST = 12, 14


def from_url(url: str) -> Dating:
    """Return the date that stands in an address (/2025/12/17/), as inferred."""
    match = _IN_URL.search(url.split("?", maxsplit=1)[0])
    if match is None:
        return Dating()
    year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
    value = "-".join(part for part in (year, month, day) if part)
    return Dating(value, None, Basis.INFERRED) if is_edtf(value) else Dating()


@functools.cache
def _weekdays() -> dict[str, int]:
    """Return the number of each day of the week (Monday is 0) by its names, those that mean one day only."""
    from babel.dates import get_day_names

    names: dict[str, set[int]] = {}
    for language in (
        "en",
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "pt",
        "pl",
        "fi",
        "sv",
        "da",
        "nb",
        "ja",
        "ru",
        "uk",
        "cs",
    ):
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, "format", language).items():
                plain = name.casefold().rstrip(".")
                if len(plain) > 2:
                    names.setdefault(plain, set()).add(number)
    return {name: min(days) for name, days in names.items() if len(days) == 1}


def weekday_near(text: str, start: int, end: int) -> int | None:
    """Return the day of the week (Monday is 0) that stands beside the date at ``start`` to ``end``, if one does."""
    around = f"{text[max(0, start - _NEAR) : start]} | {text[end : end + 6]}".casefold()
    found = {_weekdays()[word] for word in re.findall(r"[^\W\d_]+", around) if word in _weekdays()}
    japanese = re.match(r"\s?[（(]([月火水木金土日])[^）)]{0,2}[)）]", text[end : end + 8])
    inside = re.search(r"[（(]([月火水木金土日])[^）)]{0,2}[)）]", text[start:end])
    found |= {"月火水木金土日".index(m[1]) for m in (japanese, inside) if m}
    return found.pop() if len(found) == 1 else None


def fits_weekday(value: str, weekday: int | None) -> bool | None:
    """Whether the day ``value`` is that day of the week; None where there is nothing to compare."""
    return None if weekday is None or len(value) != 10 else first_day(value).weekday() == weekday


def settled(dating: Dating, text: str, *, language: str, region: str = "", url: str = "") -> Dating:
    """Return a numeric date whose order its page, its weekday, its site or its language decides; else it as it is."""
    days = ambiguous(dating.as_written or "")
    if days is None:
        return dating
    by_month, by_day = days
    start = text.find(dating.as_written or "")
    weekday = weekday_near(text, start, start + len(dating.as_written or "")) if start >= 0 else None
    fitting = [day for day in days if fits_weekday(day, weekday)]
    if len(fitting) == 1:
        return replace(dating, value=fitting[0], basis=Basis.EXPLICIT)
    first = month_first(text)
    if first is None:
        first = _customary(language, region, url)
    if first is None:
        told = _told_beside(days, text)
        return replace(dating, value=told, basis=Basis.INFERRED) if told else dating
    return replace(dating, value=by_month if first else by_day, basis=Basis.EXPLICIT)


def _told_beside(days: tuple[str, str], text: str) -> str | None:
    """Return the one of two days that the text speaks for: by another date near it, or by the weekdays it names.

    News tells of the day itself ("on Thursday") and of the days before it.
    """
    text = text[:_SEARCHED]
    others = [
        first_day(w.dating.value) for w in find_dates(text) if w.dating.value and len(w.dating.value) == 10
    ]
    near = [day for day in days if any(abs(first_day(day) - other) <= _VICINITY for other in others)]
    if len(near) == 1:
        return near[0]
    words = {word for match in _ON_DAY.finditer(text) if (word := match[1].casefold()) in _weekdays()}
    named = {_weekdays()[word] for word in words}
    fitting = [day for day in days if first_day(day).weekday() in named]
    return fitting[0] if len(fitting) == 1 and len(named) == 1 else None


def either(written: str) -> str:
    """Return "3 April or 4 March" of a numeric date that may mean either; nothing of any other."""
    days = ambiguous(written)
    return " or ".join(in_words(day).rsplit(" ", 1)[0] for day in reversed(days)) if days else ""


def _customary(language: str, region: str, url: str) -> bool | None:
    if region:
        return region.upper() in _MONTH_FIRST
    if language in _DAY_FIRST_LANGUAGES or _DAY_FIRST_SITES.match(url):
        return False
    return True if _MONTH_FIRST_SITES.match(url) else None


def contradicted(reference: str, text: str) -> bool:
    """Whether the dates in a text speak against its having been captured on the day ``reference``.

    A file keeps the day of its last copy rather than that of its capture. A page that counts in hours from the
    present, but whose latest date lies months back, was captured then; one dated later is from later.
    """
    day, text = first_day(reference), text[:_SEARCHED]
    written = [
        first_day(w.dating.value) for w in find_dates(text) if w.dating.value and len(w.dating.value) > 4
    ]
    recent = [d for d in written if day - _HISTORY <= d <= day + _AHEAD]
    years = [int(year) for match in _COPYRIGHT.finditer(text) for year in re.findall(r"\d{4}", match[0])]
    # In spring, last year's notice may still stand.
    old = bool(years) and max(years) < (day - _LATE).year
    return old or (bool(recent) and day - max(recent) > _LATE)


def claim_written(claims: Claims, dating: Dating, text: str, trusted: float) -> None:
    """Claim the date that the text shows above or below the article.

    ``trusted`` is how sure its place makes it. A day that does not fit the weekday beside it, or the word that
    the page was updated then, lower that.
    """
    written = dating.as_written or ""
    at = text.find(written) if written else -1
    where = f"line {text.count(chr(10), 0, at) + 1}" if at >= 0 else "the text"
    if dating.basis is Basis.RELATIVE:
        _claim_relative(claims, dating, text, where)
        return
    line = (
        text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1] if at >= 0 else ""
    )
    if dating.value and _UPDATED.search(line) and not _PUBLISHED.search(line):
        dating = replace(dating, basis=Basis.INFERRED)
        claims.add("published", dating, How.INFERRED, min(trusted, 0.45), f"{where}, day of the update")
        return
    fits = fits_weekday(dating.value or "", weekday_near(text, at, at + len(written)) if at >= 0 else None)
    sure = trusted * (0.5 if fits is False else 1.0) + (0.05 if fits else 0.0)
    if len(dating.value or "") < 10 and (days := either(written)):
        sure, where = min(sure, _AMBIGUOUS), f"{where}, {days}"
    elif len(dating.value or "") < 10:
        sure *= 0.85
    elif dating.basis is Basis.INFERRED:
        sure, where = sure * 0.75, f"{where}, order of day and month by the text"
    claims.add("published", dating, How.WRITTEN, sure if dating.value else 0.1, where)


def _claim_relative(claims: Claims, dating: Dating, text: str, where: str) -> None:
    if dating.reference and contradicted(dating.reference, text):
        unknown = Dating(None, dating.as_written)
        claims.add("published", unknown, How.UNKNOWN, 0.1, f"{where}; the file is from another time")
    else:
        claims.add("published", dating, How.INFERRED, 0.5, f"{where}, counted from the file time")


def believed_date(claims: Claims, reference: datetime | None) -> Claim | None:
    """Return the surest date of publication.

    Days ahead of the capture are believed only where there is nothing else. Where a page states a moment in UTC
    and shows the day before or after, the day that it shows is the one to cite.
    """
    made = [c for c in claims.of("published") if not _unlikely(c)]
    if not made:
        return None
    ahead = [c for c in made if _is_ahead(c, reference)]
    usable = [c for c in made if c not in ahead]
    if not usable:
        best = max(ahead, key=_rank)
        known = replace(best.known, confidence=round(min(best.known.confidence, 0.4), 2))
        return replace(best, known=known)
    best = _local_day(max(usable, key=_rank), usable)
    agreeing = [c for c in usable if c is not best]
    finer = [c for c in agreeing if _dating(c).value and agree(best.value, c.value)]
    if len(_dating(best).value or "") < 10 and finer:
        longest = max(finer, key=lambda c: len(_dating(c).value or ""))
        if len(_dating(longest).value or "") > len(_dating(best).value or ""):
            best, agreeing = longest, [c for c in usable if c is not longest]
    return weighed(best, (c for c in agreeing if not _a_day_apart(best, c)))


def _dating(claim: Claim) -> Dating:
    assert isinstance(claim.value, Dating)
    return claim.value


def _rank(claim: Claim) -> tuple[bool, float]:
    return _dating(claim).value is not None, claim.known.confidence


def _unlikely(claim: Claim) -> bool:
    """Whether the date is one that programs put where they know none (year 1, the first of January 1970)."""
    value = _dating(claim).value
    return claim.known.how is How.STATED and value is not None and value < _EARLIEST_STATED


def _is_ahead(claim: Claim, reference: datetime | None) -> bool:
    value = _dating(claim).value
    return bool(reference and value and first_day(value) > reference.date() + _AHEAD)


def _local_day(best: Claim, claims: Iterable[Claim]) -> Claim:
    """Return the claim that shows the local day of a moment stated in UTC: the day before in the Americas."""
    stated = _UTC.search(_dating(best).as_written or "") if best.known.how is How.STATED else None
    if stated is None:
        return best
    hour, day = int(stated["hour"]), _dating(best).value or ""
    for claim in claims:
        shown = _dating(claim).value or ""
        west = shown < day and hour < _FARTHEST_WEST
        east = shown > day and hour >= 24 - _FARTHEST_EAST
        visible = claim.known.how is How.WRITTEN and claim.known.confidence >= 0.5
        if visible and (west or east) and _a_day_apart(best, claim):
            return replace(claim, known=Known(How.WRITTEN, 0.85, claim.known.where))
    return best


def _a_day_apart(one: Claim, other: Claim) -> bool:
    values = [_dating(claim).value or "" for claim in (one, other)]
    if any(len(value) != 10 for value in values):
        return False
    first, second = map(date.fromisoformat, values)
    return abs(first - second) == timedelta(days=1)
