"""Notes and entries in English, after the Chicago Manual of Style (notes and bibliography)."""

from __future__ import annotations

from briefer.citing.pieces import BOOKS, PERIODICALS, clean, joined, linked, quoted, stopped
from briefer.citing.wording import english_date, english_day, flags
from briefer.domain.documents import Run
from briefer.domain.sources import Source
from briefer.services.ports import Cite

SEPARATOR = "; "


def full(cite: Cite) -> list[Run]:
    """Return what a note says of a source, without prefix and full stop."""
    source = cite.source
    parts = [*_lead(source), _title(clean(source.title), source, ",")]
    if not _led_by_publisher(source):
        parts.append(_publisher(source, "publisher not stated"))
    parts.append(Run(english_date(source.published)))
    if container := _container(source):
        parts.append(Run(f"reproduced on {container}"))
    parts += _where(cite)
    if source.url and source.accessed:
        parts.append(Run(f"accessed {english_day(source.accessed)}"))
    if address := linked(source.url):
        parts.append(address)
    return [*joined(parts, ","), *_warnings(source)]


def entry(source: Source) -> list[Run]:
    """Return an entry of the source list; it begins with what it is sorted by."""
    title = _title(clean(source.title), source, ".")
    date = Run(english_date(source.published))
    parts: list[Run]
    if source.authors:
        parts = [Run(_names(source.authors, limit=10)), title]
        if _led_by_publisher(source):
            parts.append(date)
        else:
            published = _publisher(source, "Publisher not stated")
            parts.append(published)
    elif clean(source.publisher):
        parts = [_publisher(source, ""), title, date]
    else:
        parts = [title, Run("Publisher not stated")]
    runs = joined(parts, ".")
    if date not in parts:
        runs = [*runs[:-1], *joined([runs[-1], date], ",")]
    tail: list[Run] = []
    if container := _container(source):
        tail.append(Run(f"Reproduced on {container}"))
    if source.url and source.accessed:
        tail.append(Run(f"Accessed {english_day(source.accessed)}"))
    if address := linked(source.url):
        tail.append(address)
    if tail:
        runs = [*stopped(runs), Run(" "), *joined(tail, ".")]
    return stopped([*runs, *_warnings(source)])


def begun(text: str) -> str:
    """Return a prefix as it stands at the beginning of a note."""
    return text[:1].upper() + text[1:]


def prefixed(cite: Cite, runs: list[Run]) -> list[Run]:
    """Return ``runs`` after the prefix of ``cite``."""
    prefix = clean(cite.prefix)
    return [Run(f"{prefix} "), *runs] if prefix else runs


def sort_key(source: Source) -> tuple[str, ...]:
    """Return what the source list is sorted by: author or publisher, title, date."""
    lead = " ".join(source.authors) or clean(source.publisher) or clean(source.title)
    keys = (lead, clean(source.title), source.published.value or "", source.id)
    return tuple(key.casefold().removeprefix("the ") for key in keys)


def _lead(source: Source) -> list[Run]:
    if source.authors:
        return [Run(_names(source.authors, limit=3))]
    return [Run(clean(source.publisher))] if _led_by_publisher(source) else []


def _led_by_publisher(source: Source) -> bool:
    """Whether the publisher is the (corporate) author, so that it is not named twice."""
    publisher = clean(source.publisher)
    if source.authors:
        return [clean(a) for a in source.authors] == [publisher]
    return bool(publisher) and source.kind in BOOKS


def _names(authors: tuple[str, ...], *, limit: int) -> str:
    names = [clean(author) for author in authors]
    if len(names) > limit:
        return f"{names[0]} et al."
    if len(names) > 2:
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return " and ".join(names)


def _title(title: str, source: Source, mark: str) -> Run:
    if source.kind in BOOKS:
        return Run(title.rstrip(" .,") or title, italic=True)
    return Run(quoted(title, mark))


def _publisher(source: Source, missing: str) -> Run:
    name = clean(source.publisher)
    return Run(name, italic=source.kind in PERIODICALS) if name else Run(missing)


def _container(source: Source) -> str:
    container = clean(source.container)
    return "" if container == clean(source.publisher) else container


def _where(cite: Cite) -> list[Run]:
    return [Run(text) for given in (cite.locator, cite.suffix) if (text := clean(given).strip(" ,"))]


def _warnings(source: Source) -> list[Run]:
    found = flags(source.flags, japanese=False)
    return [Run(f" ({'; '.join(found)})")] if found else []
