"""Excerpts with their tags; none is written whose quote differs from its span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from briefer.domain.articles import ReadyExcerpt
from briefer.domain.excerpts import Anchoring, Excerpt, ExcerptKind, assert_verbatim
from briefer.domain.indexing import Texts
from briefer.domain.spans import Span
from briefer.domain.tags import Role, Tag, TagKind
from briefer.storage import retagged, search_index
from briefer.storage.ids import chunks
from briefer.storage.many import Many
from briefer.storage.pages import listed
from briefer.storage.tables import (
    brief_excerpts,
    excerpt_tags,
    excerpts,
    snapshots,
    sources,
    tags,
)
from briefer.storage.types import in_utc

# Made once: building these for each of thousands of imported lines costs more than running them.
_LAST = f"SELECT max(number) FROM {excerpts.name}"  # noqa: S608  (own names)
_NUMBERS = f"SELECT id, number FROM {excerpts.name} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
_UNTAG = f"DELETE FROM {excerpt_tags.name} WHERE excerpt_number IN (SELECT value FROM json_each(?))"  # noqa: S608
_TAG_NUMBER = f'SELECT number FROM {tags.name} WHERE kind = ? AND "key" = ? AND role = ?'  # noqa: S608
_NEW = Many(excerpts)
_TAGGED = f"INSERT INTO {excerpt_tags.name} (excerpt_number, tag_number, position) VALUES (?, ?, ?)"  # noqa: S608
_CHANGED = update(excerpts).where(excerpts.c.number == bindparam("which"))
_CAPTURED: Select[Any] = (
    select(
        *snapshots.c["id", "text"],
        sources.c.id.label("source_id"),
        *sources.c["number", "title", "publisher", "container", "published", "language", "reliability"],
    )
    .join_from(snapshots, sources)
    .where(snapshots.c.id.in_(bindparam("ids", expanding=True)))
)


class SqliteExcerpts:
    """The excerpts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tag_numbers: dict[Tag, int] = {}

    def add(self, excerpts_: Sequence[Excerpt]) -> None:
        """Store new excerpts.

        Raises:
            KnownError: ``quote-changed``; nothing of the call is stored.
        """
        if not excerpts_:
            return
        captured = self._verified(excerpts_)
        given = [(e, captured[e.snapshot_id]) for e in excerpts_]
        texts = [search_index.excerpt_texts(e, row) for e, row in given]
        first = self.put([(e, row.number, row.published) for e, row in given], texts)

        def facts() -> list[set[str]]:
            return [search_index.facts(e, row, e.tags) for e, row in given]

        search_index.sort_in(self._connection, [search_index.New(first, texts, facts)])

    def put(self, given: Sequence[tuple[Excerpt, int, str | None]], texts: Sequence[Texts]) -> int:
        """Store new excerpts, given with the numbers and dates of their sources and their columns of the index.

        Returns the number of the first of them; it is for the caller to have them sorted in, and before that, to
        see that the quotes are verbatim.
        """
        first = (self._connection.exec_driver_sql(_LAST).scalar() or 0) + 1
        rows = [
            {"number": number, "id": excerpt.id, **_values(excerpt, source, published)}
            for number, (excerpt, source, published) in enumerate(given, first)
        ]
        _NEW.put(self._connection, rows)
        self._write_tags([(number, excerpt) for number, (excerpt, _, _) in enumerate(given, first)])
        search_index.EXCERPTS.enter(self._connection, dict(enumerate(texts, first)))
        return first

    def put_ready(
        self,
        given: Sequence[tuple[ReadyExcerpt, str, int, str | None, str]],
        at: datetime,
        tags_: Sequence[Tag],
    ) -> int:
        """Store new excerpts as :meth:`put` does, given with their ids and the numbers, dates and snapshots of their sources.

        ``at`` is when they were made, ``tags_`` those that they name by their places.
        """
        self._learn_tags(set(tags_))
        tag_numbers = [self._tag_numbers[tag] for tag in tags_]
        first = (self._connection.exec_driver_sql(_LAST).scalar() or 0) + 1
        when = in_utc(at)
        rows = [
            (
                number, id_, source, published or "", when, excerpt.kind.value, snapshot, excerpt.start,
                excerpt.end, excerpt.paragraph, excerpt.speaker, excerpt.quote, excerpt.comment, *_UNSAID,
            )
            for number, (excerpt, id_, source, published, snapshot) in enumerate(given, first)
        ]  # fmt: skip
        borne = [
            (number, tag_numbers[place], position)
            for number, (excerpt, *_) in enumerate(given, first)
            for position, place in enumerate(excerpt.tags)
        ]
        if rows:
            self._connection.exec_driver_sql(_READY, rows)
        if borne:
            self._connection.exec_driver_sql(_TAGGED, borne)
        return first

    def get(self, excerpt_id: str) -> Excerpt | None:
        """Return the excerpt, or None."""
        return self.get_many([excerpt_id]).get(excerpt_id)

    def get_many(self, excerpt_ids: Iterable[str]) -> dict[str, Excerpt]:
        """Return the excerpts that exist, by id."""
        found: dict[str, Excerpt] = {}
        for chunk in chunks(excerpt_ids):
            found.update((e.id, e) for e in self._load(_all_excerpts().where(excerpts.c.id.in_(chunk))))
        return found

    def of_source(self, source_id: str) -> tuple[Excerpt, ...]:
        """Return the excerpts of a source: those of its latest snapshot first, each snapshot's in text order."""
        own = _all_excerpts().join(snapshots, snapshots.c.id == excerpts.c.snapshot_id)
        place = excerpts.c["span_start", "span_end", "number"]
        latest_first = own.where(sources.c.id == source_id).order_by(snapshots.c.position.desc(), *place)
        return tuple(self._load(latest_first))

    def retagged(self, excerpt_ids: Iterable[str]) -> frozenset[str]:
        """Return which of them something else than Briefer has given other tags."""
        return retagged.altered(self._connection, frozenset(excerpt_ids))

    def update(self, excerpts_: Sequence[Excerpt]) -> None:
        """Store changed excerpts (tags included).

        Raises:
            KnownError: ``quote-changed``; nothing of the call is stored.
        """
        if not excerpts_:
            return
        captured = self._verified(excerpts_)
        numbers = self._numbers(e.id for e in excerpts_)
        numbered = [(_known(numbers, e.id), e) for e in excerpts_]
        rows = [
            {"which": n, **_values(e, captured[e.snapshot_id].number, captured[e.snapshot_id].published)}
            for n, e in numbered
        ]
        for some, which in zip(chunks(numbered), chunks(rows), strict=True):
            among = [number for number, _ in some]
            with search_index.changing(self._connection, among):
                self._connection.execute(_CHANGED, which)
                self._connection.exec_driver_sql(_UNTAG, (listed(among),))
                self._write_tags(some)

    def remove(self, excerpt_ids: Iterable[str]) -> None:
        """Take excerpts out."""
        for chunk in chunks(self._numbers(excerpt_ids).values()):
            with search_index.changing(self._connection, chunk):
                self._connection.execute(delete(excerpts).where(excerpts.c.number.in_(chunk)))

    def used_in(self, excerpt_id: str) -> tuple[str, ...]:
        """Return the ids of the briefs that quote or cite it."""
        users = select(brief_excerpts.c.brief_id).where(brief_excerpts.c.excerpt_id == excerpt_id)
        return tuple(self._connection.scalars(users.order_by(brief_excerpts.c.brief_id)))

    def _numbers(self, ids: Iterable[str]) -> dict[str, int]:
        packed = msgspec.json.encode(list(ids)).decode()
        return {id_: number for id_, number in self._connection.exec_driver_sql(_NUMBERS, (packed,)).all()}  # noqa: C416

    def _load(self, wanted: Select[Any]) -> list[Excerpt]:
        rows = self._connection.execute(wanted).all()
        tags_of = self._tags_of([row.number for row in rows])
        return [_excerpt_of(row, tags_of[row.number]) for row in rows]

    def _tags_of(self, numbers: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
        found: defaultdict[int, tuple[Tag, ...]] = defaultdict(tuple)
        for chunk in chunks(numbers):
            wanted = (
                select(excerpt_tags.c.excerpt_number, *tags.c["kind", "key", "role"])
                .join_from(excerpt_tags, tags)
                .where(excerpt_tags.c.excerpt_number.in_(chunk))
                .order_by(excerpt_tags.c.excerpt_number, excerpt_tags.c.position)
            )
            for row in self._connection.execute(wanted):
                tag = Tag(TagKind(row.kind), row.key, Role(row.role) if row.role else None)
                found[row.excerpt_number] += (tag,)
        return found

    def _verified(self, excerpts_: Sequence[Excerpt]) -> dict[str, Row[Any]]:
        """Return what was captured, by snapshot, once every quote is seen to equal its span."""
        captured: dict[str, Row[Any]] = {}
        for chunk in chunks({e.snapshot_id for e in excerpts_}):
            captured.update((row.id, row) for row in self._connection.execute(_CAPTURED, {"ids": chunk}))
        for excerpt in excerpts_:
            row = _known(captured, excerpt.snapshot_id)
            if row.source_id != excerpt.source_id:
                raise LookupError(excerpt.source_id)
            assert_verbatim(excerpt, row.text)
        return captured

    def _write_tags(self, numbered: Sequence[tuple[int, Excerpt]]) -> None:
        # By identity, because excerpts that are imported share their tags, and to hash these takes longer.
        borne = {id(tag): tag for _, excerpt in numbered for tag in excerpt.tags}
        self._learn_tags(set(borne.values()))
        number_of = {which: self._tag_numbers[tag] for which, tag in borne.items()}
        rows = [
            (number, tag, position)
            for number, excerpt in numbered
            for position, tag in enumerate(dict.fromkeys([number_of[id(tag)] for tag in excerpt.tags]))
        ]
        if rows:
            self._connection.exec_driver_sql(_TAGGED, rows)

    def _learn_tags(self, wanted: set[Tag]) -> None:
        for tag in wanted - self._tag_numbers.keys():
            name = (tag.kind.value, tag.key, (tag.role or ""))
            number = self._connection.exec_driver_sql(_TAG_NUMBER, name).scalar()
            if number is None:
                kind, key, role = name
                new = insert(tags).values(kind=kind, key=key, role=role, folded=key.casefold())
                number = self._connection.execute(new).lastrowid
            self._tag_numbers[tag] = number


def _all_excerpts() -> Select[Any]:
    return select(excerpts, sources.c.id.label("source_id")).join_from(excerpts, sources)


def _excerpt_of(row: Row[Any], tags_: tuple[Tag, ...]) -> Excerpt:
    return Excerpt(
        id=row.id,
        source_id=row.source_id,
        snapshot_id=row.snapshot_id,
        span=Span(row.span_start, row.span_end),
        quote=row.quote,
        paragraph=row.paragraph,
        created_at=row.created_at,
        kind=ExcerptKind(row.kind),
        speaker=row.speaker,
        comment=row.comment,
        credibility=row.credibility,
        marking=row.marking,
        translation=row.translation,
        translation_official=row.translation_official,
        comment_marking=row.comment_marking,
        tags=tags_,
        anchored=Anchoring(row.anchored) if row.anchored else None,
        page=row.page,
    )


def _values(excerpt: Excerpt, source: int, published: str | None) -> dict[str, object]:
    return {
        "source_number": source,
        "published": published or "",
        "created_at": excerpt.created_at,
        "kind": excerpt.kind.value,  # of a kind of text that is its own, sqlite3 takes several times as long
        "credibility": excerpt.credibility,
        "snapshot_id": excerpt.snapshot_id,
        "span_start": excerpt.span.start,
        "span_end": excerpt.span.end,
        "paragraph": excerpt.paragraph,
        "speaker": excerpt.speaker,
        "marking": excerpt.marking,
        "quote": excerpt.quote,
        "comment": excerpt.comment,
        "translation": excerpt.translation,
        "translation_official": excerpt.translation_official,
        "comment_marking": excerpt.comment_marking,
        "anchored": excerpt.anchored or "",
        "page": excerpt.page,
    }


def _known(found: dict[str, Any], key: str) -> Any:
    if key not in found:
        raise LookupError(key)
    return found[key]


def _ready() -> tuple[str, tuple[object, ...]]:
    """Return the statement that stores a ready excerpt, and the values of what nobody has said of it yet."""
    said = (
        "number", "id", "source_number", "published", "created_at", "kind", "snapshot_id", "span_start", "span_end",
        "paragraph", "speaker", "quote", "comment",
    )  # fmt: skip
    blank = Excerpt("", "", "", Span(0, 1), "", None, datetime.min.replace(tzinfo=UTC))
    unsaid = {name: value for name, value in _values(blank, 0, None).items() if name not in said}
    names = (*said, *unsaid)
    statement = f"INSERT INTO {excerpts.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    return statement, tuple(unsaid.values())


_READY, _UNSAID = _ready()
