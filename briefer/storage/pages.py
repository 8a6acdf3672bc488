"""Reads the excerpts of a page with their sources, tags and uses: in as few statements as can be.

As text, because SQLAlchemy takes longer to put such statements together than SQLite to run them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Anchoring, Excerpt, ExcerptKind
from briefer.domain.results import Hit
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.domain.tags import Role, Tag, TagKind
from briefer.storage.directly import rows as rows_of
from briefer.storage.tables import brief_excerpts, excerpt_tags, excerpts, snapshots, sources, tags
from briefer.storage.types import UnreadableValueError

_DIALECT = sqlite.dialect()
_EXCERPTS = f"""
SELECT e.number, e.source_number, e.id, e.snapshot_id, e.span_start, e.span_end, e.quote, e.paragraph, e.created_at,
    e.kind, e.speaker, e.comment, e.credibility, e.marking, e.translation, e.anchored, e.page, e.translation_official,
    e.comment_marking,
    (SELECT count(*) FROM {brief_excerpts.name} AS b WHERE b.excerpt_id = e.id)
FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e ON e.number = wanted.value
"""  # noqa: S608  (own names)
_TAGS = f"""
SELECT t.excerpt_number, t.position, t.tag_number
FROM json_each(?) AS wanted CROSS JOIN {excerpt_tags.name} AS t ON t.excerpt_number = wanted.value
"""  # noqa: S608
_NAMED = f"""
SELECT tag.number, tag.kind, tag.key, tag.role
FROM json_each(?) AS wanted CROSS JOIN {tags.name} AS tag ON tag.number = wanted.value
"""  # noqa: S608
_DATINGS = ("published", "event")
_DATING_COLUMNS = [
    sources.c[f"{name}{part}"] for name in _DATINGS for part in ("", "_as_written", "_basis", "_reference")
]
_ELSEWHERE = {"number", "url_key", "text_digest", *(column.name for column in _DATING_COLUMNS)}
_SOURCE_COLUMNS = [column for column in sources.c if column.name not in _ELSEWHERE]
_SOURCES = f"""
SELECT {", ".join(f"s.{column.name}" for column in _SOURCE_COLUMNS)}, snapshot.sha256,
    {", ".join(f"s.{column.name}" for column in _DATING_COLUMNS)}, s.number
FROM json_each(?) AS wanted CROSS JOIN {sources.name} AS s ON s.number = wanted.value
CROSS JOIN {snapshots.name} AS snapshot INDEXED BY ix_snapshots_digest ON snapshot.id = s.snapshot_id
"""  # noqa: S608


_SOURCE_NAMES = (*(column.name for column in _SOURCE_COLUMNS), "sha256")
# What the table has in other types, and what makes these of its values.
_CONVERSIONS = [
    (column.name, column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
    for column in _SOURCE_COLUMNS
]
_CONVERTED = [(name, convert) for name, convert in _CONVERSIONS if convert is not None]
_MOST_SOURCES = 2_000
T = TypeVar("T")


class PageReader:
    """Excerpts and their sources as they are in one state of the library; sources are kept for further pages."""

    def __init__(self) -> None:
        self._sources: dict[int, Source] = {}
        self._tags: dict[int, Tag] = {}

    def hits(self, connection: Connection, numbers: Iterable[int]) -> list[Hit]:
        """Return the hits of these numbers, in their order."""
        wanted = list(numbers)
        packed = listed(wanted)
        rows = {row[0]: row for row in rows_of(connection, _EXCERPTS, packed)}
        borne: defaultdict[int, list[Tag]] = defaultdict(list)
        tagged = sorted(rows_of(connection, _TAGS, packed))
        named = self._named(connection, {tag for *_, tag in tagged})
        for number, _, tag in tagged:
            if tag in named:
                borne[number].append(named[tag])
        owners = self._owners(connection, {row[1] for row in rows.values()})
        return [_hit(rows[number], owners[rows[number][1]], tuple(borne[number])) for number in wanted]

    def _named(self, connection: Connection, numbers: set[int]) -> dict[int, Tag]:
        if missing := numbers - self._tags.keys():
            for number, kind, key, role in rows_of(connection, _NAMED, listed(missing)):
                self._tags[number] = Tag(TagKind(kind), key, Role(role) if role else None)
        return self._tags

    def _owners(self, connection: Connection, numbers: set[int]) -> dict[int, Source]:
        found = {number: self._sources[number] for number in numbers & self._sources.keys()}
        missing = numbers - found.keys()
        if missing:
            rows = rows_of(connection, _SOURCES, listed(sorted(missing)))
            found.update((row[-1], _source(row)) for row in rows)
            if lost := missing - found.keys():
                raise UnreadableValueError(f"source number {min(lost)} cannot be read")
            if len(self._sources) + len(missing) > _MOST_SOURCES:
                self._sources = {}
            self._sources.update((number, found[number]) for number in missing)
        return found


def listed(values: Iterable[int | str]) -> str:
    """Return numbers or ids as the JSON that a statement reads by ``json_each``."""
    return msgspec.json.encode(list(values)).decode()


def _hit(row: Sequence[Any], source: Source, tags_: tuple[Tag, ...]) -> Hit:
    (
        *_, id_, snapshot_id, start, end, quote, paragraph, created_at, kind, speaker, comment, credibility, marking,
        translation, anchored, page, official, comment_marking, used_in,
    ) = row  # fmt: skip
    excerpt = {
        "id": id_,
        "source_id": source.id,
        "snapshot_id": snapshot_id,
        "span": made(Span, {"start": start, "end": end}),
        "quote": quote,
        "paragraph": paragraph,
        "created_at": datetime.fromisoformat(created_at),
        "kind": _KINDS[kind],
        "speaker": speaker,
        "comment": comment,
        "credibility": credibility,
        "marking": marking,
        "translation": translation,
        "tags": tags_,
        "anchored": Anchoring(anchored) if anchored else None,
        "page": page,
        "translation_official": bool(official),
        "comment_marking": comment_marking,
    }
    return made(Hit, {"excerpt": made(Excerpt, excerpt), "source": source, "used_in": used_in, "why": None})


def _source(row: Sequence[Any]) -> Source:
    values: dict[str, Any] = dict(zip(_SOURCE_NAMES, row, strict=False))
    for name, convert in _CONVERTED:
        values[name] = convert(values[name])
    values["published"], values["event"] = _dating(*row[-9:-5]), _dating(*row[-5:-1])
    return made(Source, values)


@lru_cache(maxsize=4096)
def _dating(value: str | None, written: str | None, basis: str, reference: str | None) -> Dating:
    return Dating(value, written, Basis(basis), reference)


def made(of: type[T], values: dict[str, Any]) -> T:
    """Return a frozen object with all its fields, which its constructor would set in thirty times the time."""
    one = object.__new__(of)
    object.__setattr__(one, "__dict__", values)
    return one


_KINDS = {kind.value: kind for kind in ExcerptKind}
