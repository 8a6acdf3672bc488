"""Where a saved page came from, as the program that saved it noted down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from briefer.intake.facts.dating import from_metadata

_HEAD = 50_000
# The "mark of the web" of browsers, with the length of the address before it.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)\s*(?P<url>[^\s>]{4,2000})\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S{4,2000})(?:\s+saved date:\s*(?P<day>[^\n(]{8,80}))?"
)
# As JavaScript writes it: Tue Feb 04 2025 10:00:00 GMT+0100.
_TIME = re.compile(r"(?P<clock>\d{2}:\d{2}:\d{2}) (?:GMT|UTC)(?P<zone>[+-]\d{4})")
_ARCHIVE = re.compile(
    r"^(?:https?:)?//(?:(?P<wayback>web\.archive\.org)/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_)?"
    r"|(?P<today>archive\.(?:today|ph|is|li|md|vn|fo))/(?P<stamp2>\d{4,14}))/(?P<url>https?:/.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Origin:
    """The address that a page was saved from, the EDTF day and the moment; None where they are not noted."""

    url: str | None = None
    day: str | None = None
    moment: datetime | None = None


def origin_of(markup: str) -> Origin:
    """Return what the comments at the head of a page say of its saving."""
    head = markup[:_HEAD]
    match = _SINGLE_FILE.search(head)
    if match:
        day = from_metadata(match["day"] or "").value
        return Origin(web_address(match["url"]), day, _moment(day, match["day"] or ""))
    match = _SAVED_FROM.search(head)
    return Origin(web_address(match["url"])) if match else Origin()


def _moment(day: str | None, written: str) -> datetime | None:
    time = _TIME.search(written)
    if not day or len(day) < 10 or not time:
        return None
    try:
        return datetime.fromisoformat(f"{day}T{time['clock']}{time['zone']}")
    except ValueError:
        return None


def web_address(text: str | None, base: str | None = None) -> str | None:
    """Return an absolute http address, or None; a relative one is completed by ``base``."""
    if not text or len(text) > 2000:
        return None
    try:
        url = urljoin(base, text.strip()) if base else text.strip()
        parts = urlsplit(url)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and "." in parts.netloc and not re.search(r"[\s<>\"]", url)
    return url if good else None


@dataclass(frozen=True)
class Archived:
    """A page kept by a web archive: the address of the page itself, the archive, and the day of the copy."""

    url: str
    archive: str
    day: str | None


def archived(url: str) -> Archived | None:
    """Return what an address in a web archive keeps, or None for any other address."""
    match = _ARCHIVE.match(url)
    if match is None:
        return None
    # Some archives fold the two strokes of the address into one.
    inner = re.sub(r"^(https?):/+", r"\1://", match["url"])
    stamp = (match["stamp"] or match["stamp2"])[:8]
    name = "Internet Archive" if match["wayback"] else "archive.today"
    return Archived(inner, name, from_metadata(stamp).value if len(stamp) == 8 else None)
