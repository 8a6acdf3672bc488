"""Looks for stored values that Briefer has never written: what a damaged page may hold without being malformed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sqlalchemy import Column, Connection, select
from sqlalchemy.types import TypeDecorator

from briefer.domain.briefs import BlockKind
from briefer.domain.dates import Basis
from briefer.domain.excerpts import Anchoring, ExcerptKind
from briefer.domain.tags import Role, TagKind
from briefer.domain.trash import TrashKind
from briefer.storage.tables import blocks, excerpts, is_index_table, metadata, sources, tags, terms, trash
from briefer.storage.types import UnreadableValueError

# '' where there is none.
_KINDS: tuple[tuple[Column[str], type[StrEnum], bool], ...] = (
    (sources.c.published_basis, Basis, False),
    (sources.c.event_basis, Basis, False),
    (excerpts.c.kind, ExcerptKind, False),
    (excerpts.c.anchored, Anchoring, True),
    (tags.c.kind, TagKind, False),
    (tags.c.role, Role, True),
    (terms.c.kind, TagKind, False),
    (blocks.c.kind, BlockKind, False),
    (trash.c.kind, TrashKind, False),
)


def problems(connection: Connection) -> Iterator[str]:
    """Yield what cannot be read, in English sentences."""
    for table in metadata.sorted_tables:
        typed = [c for c in table.columns if isinstance(c.type, TypeDecorator)]
        if typed and not is_index_table(table.name):
            names = ", ".join(f'"{c.name}"' for c in typed)
            rows = connection.exec_driver_sql(f'SELECT {names} FROM "{table.name}"')  # noqa: S608  (own names)
            wrong = sum(not _readable(typed, row) for row in rows)
            if wrong:
                yield f"values: {wrong} row(s) of {table.name} hold what cannot be read"
    for column, kind, may_be_empty in _KINDS:
        known = {*kind, *([""] if may_be_empty else [])}
        for value in connection.scalars(select(column).distinct()):
            if value not in known:
                yield f"values: {column.table.name} hold {value!r}, which is no {column.name}"


def _readable(columns: list[Column[object]], row: Iterable[object]) -> bool:
    try:
        for column, value in zip(columns, row, strict=True):
            column.type.process_result_value(value, None)  # type: ignore[attr-defined]
    except UnreadableValueError:
        return False
    return True
