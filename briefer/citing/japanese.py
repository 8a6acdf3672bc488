"""Notes and entries in Japanese, as in 著者「題名」『発行者』2025年12月17日、第3段落."""

from __future__ import annotations

from briefer.citing.pieces import BOOKS, clean, linked
from briefer.citing.wording import flags, japanese_date, japanese_day
from briefer.domain.characters import has_cjk
from briefer.domain.documents import Run
from briefer.domain.sources import Source
from briefer.services.ports import Cite

SEPARATOR = "；"


def full(cite: Cite) -> list[Run]:
    """Return what a note says of a source, without prefix and full stop."""
    source = cite.source
    head = f"{_lead(source)}{_title(source, clean(source.title))}{_publisher(source)}"
    return [*_dated(source, head), *_where(cite), *_address(source), *_warnings(source)]


def entry(source: Source) -> list[Run]:
    """Return an entry of the source list; it begins with what it is sorted by."""
    title = _title(source, clean(source.title))
    publisher = _publisher(source)
    head = f"{publisher.rstrip('、')}{title}" if not _lead(source) and clean(source.publisher) else ""
    runs = _dated(source, head or f"{_lead(source)}{title}{publisher}")
    return [*runs, *_address(source), *_warnings(source), Run("。")]


def prefixed(cite: Cite, runs: list[Run]) -> list[Run]:
    """Return ``runs`` after the prefix of ``cite``."""
    prefix = clean(cite.prefix)
    blank = "" if has_cjk(prefix[-1:]) else " "
    return [Run(f"{prefix}{blank}"), *runs] if prefix else runs


def _lead(source: Source) -> str:
    if source.authors:
        return "、".join(clean(author) for author in source.authors)
    return clean(source.publisher) if source.kind in BOOKS else ""


def _title(source: Source, title: str) -> str:
    if source.kind in BOOKS:
        return f"『{title.replace('『', '「').replace('』', '」')}』"
    return f"「{title.replace('「', '『').replace('」', '』')}」"


def _publisher(source: Source) -> str:
    name = clean(source.publisher)
    if not name:
        return "発行者不明、"
    if source.kind in BOOKS:
        return "" if _lead(source) == name else f"{name}、"
    return f"『{name}』"


def _dated(source: Source, head: str) -> list[Run]:
    container = clean(source.container)
    found = f"（{container}に転載）" if container and container != clean(source.publisher) else ""
    return [Run(f"{head}{japanese_date(source.published)}{found}")]


def _where(cite: Cite) -> list[Run]:
    return [
        Run(f"、{text}") for given in (cite.locator, cite.suffix) if (text := clean(given).strip(" ,、。"))
    ]


def _address(source: Source) -> list[Run]:
    address = linked(source.url)
    if address is None:
        return []
    seen = [Run(f"（{japanese_day(source.accessed)}閲覧）")] if source.accessed else []
    return [Run("、"), address, *seen]


def _warnings(source: Source) -> list[Run]:
    found = flags(source.flags, japanese=True)
    return [Run(f"（{'、'.join(found)}）")] if found else []
