"""Sources with their snapshots and original bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, false, func, select, update

from briefer.domain.articles import Article, Articles, found_by, url_key
from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.storage import copies, posting_writer, search_index
from briefer.storage.arrivals import Arrivals
from briefer.storage.directly import rows, value
from briefer.storage.full_text import MOST
from briefer.storage.ids import chunks
from briefer.storage.many import Many
from briefer.storage.pages import listed
from briefer.storage.snapshots import SqliteSnapshots, drop_blobs
from briefer.storage.tables import excerpts, snapshots, sources

_NEW_SOURCES = Many(sources)
_STORY = update(sources).where(sources.c.id == bindparam("which")).values(story=bindparam("carried"))
_NUMBER = f"SELECT number FROM {sources.name} WHERE id = ?"  # noqa: S608  (own names)
_IDS = f"SELECT number, id FROM {sources.name} WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
_LAST = select(func.max(sources.c.number))
_KNOWN = f"SELECT sha256 FROM {snapshots.name} WHERE sha256 IN (SELECT value FROM json_each(?))"  # noqa: S608  (own names)

MOST_WAITING = 1_000
"""So many of the sources that wait for a person are listed: a bulk import brings more than a window holds."""


def all_sources() -> Select[Any]:
    """Return the query of sources with what :func:`source_of` needs."""
    return select(sources, snapshots.c.sha256).join_from(
        sources, snapshots, snapshots.c.id == sources.c.snapshot_id
    )


def _by_sha256() -> Select[Any]:
    holders = select(snapshots.c.source_number).where(snapshots.c.sha256 == bindparam("sha256"))
    return all_sources().where(sources.c.number.in_(holders)).order_by(sources.c.number).limit(1)


# Made once: they are asked for each of thousands of records of a list, and to build them costs more than to run them.
_BY_SHA256 = _by_sha256()
_BY_ID = all_sources().where(sources.c.id == bindparam("which"))


def of_url_key(key: str) -> Select[Any]:
    """Return the query of the source that was first captured from an address."""
    same = all_sources().where(sources.c.url_key == key)
    return same.order_by(sources.c.created_at, sources.c.number).limit(1)


def of_text(digest: str) -> Select[Any]:
    """Return the query of the sources with one text, the first captured first."""
    same = all_sources().where(sources.c.text_digest == digest)
    return same.order_by(sources.c.created_at, sources.c.number)


def of_story(story: str) -> Select[Any]:
    """Return the query of the carriers of a story, the first published first, then those without a date."""
    carriers = all_sources().where(sources.c.story == story)
    dated_first = (sources.c.published.is_(None), sources.c.published)
    return carriers.order_by(*dated_first, sources.c.created_at, sources.c.number)


def unaccepted() -> Select[Any]:
    """Return the query of the latest of the sources that wait for a person, latest import first."""
    waiting = all_sources().where(sources.c.accepted == false())
    return waiting.order_by(sources.c.created_at.desc(), sources.c.number.desc()).limit(MOST_WAITING)


def source_of(row: Row[Any]) -> Source:
    """Return the source in a row of :func:`all_sources`."""
    return Source(
        id=row.id,
        title=row.title,
        created_at=row.created_at,
        kind=row.kind,
        authors=row.authors,
        publisher=row.publisher,
        container=row.container,
        published=Dating(
            row.published, row.published_as_written, Basis(row.published_basis), row.published_reference
        ),
        event=Dating(row.event, row.event_as_written, Basis(row.event_basis), row.event_reference),
        accessed=row.accessed,
        url=row.url,
        language=row.language,
        reliability=row.reliability,
        marking=row.marking,
        flags=row.flags,
        extra=row.extra,
        snapshot_id=row.snapshot_id,
        sha256=row.sha256,
        genre=row.genre,
        wire=row.wire,
        rights=row.rights,
        known=row.known,
        story=row.story,
        accepted=row.accepted,
    )


class SqliteSources(SqliteSnapshots):
    """The sources of one transaction."""

    def add(self, source: Source, snapshot: Snapshot, original: bytes) -> None:
        """Store a new source; its ``snapshot_id`` and ``sha256`` are the snapshot's."""
        self.put([Article(source, snapshot, original, found_by(source, snapshot.text, snapshot.reading))])

    def put(self, articles: Sequence[Article]) -> int:
        """Store new sources without their excerpts, and return the number of the first of them."""
        first = (self._connection.scalar(_LAST) or 0) + 1
        numbered = list(enumerate(articles, first))
        rows = [
            {
                **_values(article.source),
                "url_key": article.found_by.url_key,
                "number": number,
                "id": article.source.id,
                "snapshot_id": article.snapshot.id,
                "text_digest": article.found_by.text_digest,
            }
            for number, article in numbered
        ]
        _NEW_SOURCES.put(self._connection, rows)
        self._store_all([(number, 1, a.snapshot, a.original) for number, a in numbered])
        copies.add(self._connection, {number: a.found_by.marks for number, a in numbered})
        search_index.SOURCES.enter(self._connection, {number: a.found_by.texts for number, a in numbered})
        return first

    @contextmanager
    def taking_in(self) -> Iterator[Callable[[Articles], None]]:
        """Store many new sources with their excerpts: call what is given with some at a time.

        Raises:
            KnownError: ``quote-changed``; nothing of the transaction may then be kept.
        """
        arrivals = Arrivals(self._connection, self)
        yield arrivals.put
        arrivals.sort_in()

    def frequent(self) -> tuple[str, ...]:
        """Return the keys of the words that sets of excerpts are kept for."""
        return posting_writer.frequent(self._connection).names

    def known(self, digests: Iterable[str]) -> set[str]:
        """Return which of these SHA-256 digests are those of stored originals."""
        return set(self._connection.exec_driver_sql(_KNOWN, (listed(digests),)).scalars())

    def add_snapshot(self, snapshot: Snapshot, original: bytes) -> None:
        """Store a further snapshot of a source, which becomes its latest; excerpts stay on theirs."""
        number = self._number(snapshot.source_id)
        last = select(func.max(snapshots.c.position)).where(snapshots.c.source_number == number)
        position = (self._connection.scalar(last) or 0) + 1
        self._store_all([(number, position, snapshot, original)])
        self._make_latest(number, snapshot.id)

    def remove_snapshot(self, snapshot_id: str) -> None:
        """Take a source's latest snapshot out, so that the one before it is the latest again.

        Raises:
            LookupError: there is no such snapshot.
            ValueError: it is not the latest, it is the only one, or an excerpt stands on it.
        """
        row = self._connection.execute(
            select(*snapshots.c["source_number", "sha256", "position"], sources.c.snapshot_id)
            .join_from(snapshots, sources)
            .where(snapshots.c.id == snapshot_id)
        ).one_or_none()
        if row is None:
            raise LookupError(snapshot_id)
        standing = select(excerpts.c.number).where(excerpts.c.snapshot_id == snapshot_id).limit(1)
        before = self._connection.scalar(
            select(snapshots.c.id)
            .where(snapshots.c.source_number == row.source_number, snapshots.c.position < row.position)
            .order_by(snapshots.c.position.desc())
            .limit(1)
        )
        if before is None or row.snapshot_id != snapshot_id or self._connection.scalar(standing) is not None:
            raise ValueError(f"snapshot {snapshot_id} has to stay")
        self._make_latest(row.source_number, before)
        self._connection.execute(delete(snapshots).where(snapshots.c.id == snapshot_id))
        drop_blobs(self._connection, [row.sha256])

    def get(self, source_id: str) -> Source | None:
        """Return the source, or None."""
        row = self._connection.execute(_BY_ID, {"which": source_id}).one_or_none()
        return source_of(row) if row else None

    def get_many(self, source_ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources that exist, by id."""
        found = {}
        for chunk in chunks(source_ids):
            for row in self._connection.execute(all_sources().where(sources.c.id.in_(chunk))).all():
                found[row.id] = source_of(row)
        return found

    def by_sha256(self, sha256: str) -> Source | None:
        """Return the source whose original bytes, of whichever snapshot, have that digest, or None."""
        row = self._connection.execute(_BY_SHA256, {"sha256": sha256}).one_or_none()
        return source_of(row) if row else None

    def by_url(self, url: str) -> Source | None:
        """Return the source first captured from that address (compared as `domain.addresses` says), or None."""
        key = url_key(url)
        row = self._connection.execute(of_url_key(key)).one_or_none() if key else None
        return source_of(row) if row else None

    def by_text(self, digest: str) -> tuple[Source, ...]:
        """Return the sources whose latest snapshot has that digest, the first captured first."""
        return self._all(of_text(digest)) if digest else ()

    def similar(self, bands: Sequence[int], most: int = 1_000, before: str | None = None) -> tuple[str, ...]:
        """Return the ids of sources that share one of these `domain.similarity.bands`, most shared first, so many.

        With ``before``, they are of those that came in earlier than that source.
        """
        end = self._number(before) if before else MOST
        numbers = copies.sharing(self._connection, bands, end)[:most]
        ids = dict(rows(self._connection, _IDS, listed(numbers)))
        return tuple(ids[number] for number in numbers)

    def marks(self) -> Iterator[str]:
        """Yield the `domain.similarity.marks` of all sources, each once, in pieces."""
        return copies.all_marks(self._connection)

    def of_story(self, story: str) -> tuple[Source, ...]:
        """Return the sources that carry one story, the first published first."""
        return self._all(of_story(story))

    def unaccepted(self) -> tuple[Source, ...]:
        """Return the latest :data:`MOST_WAITING` of the sources that nobody has accepted yet, latest import first."""
        return self._all(unaccepted())

    def all(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""
        return self._all(all_sources().order_by(sources.c.created_at.desc(), sources.c.number.desc()))

    def update(self, source: Source) -> None:
        """Store changed bibliographic data; the snapshot is not touched."""
        number = self._number(source.id)
        published = source.published.value or ""
        with search_index.changing_source(self._connection, number):
            values = {**_values(source), "url_key": url_key(source.url)}
            changed = update(sources).where(sources.c.number == number).values(values)
            self._connection.execute(changed)
            dated = update(excerpts).where(excerpts.c.source_number == number).values(published=published)
            self._connection.execute(dated)

    def set_stories(self, stories: Mapping[str, str]) -> None:
        """Store which stories sources carry, by their ids: nothing that is indexed or sorted changes by that."""
        if stories:
            values = [{"which": source_id, "carried": story} for source_id, story in stories.items()]
            self._connection.execute(_STORY, values)

    def set_accepted(self, source_ids: Iterable[str], *, accepted: bool) -> tuple[str, ...]:
        """Note whether sources are accepted; return the ids of those that were not so before."""
        changed: list[str] = []
        for chunk in chunks(source_ids):
            other = sources.c.id.in_(chunk) & (sources.c.accepted != accepted)
            changed += self._connection.scalars(select(sources.c.id).where(other))
            self._connection.execute(update(sources).where(other).values(accepted=accepted))
        if changed:
            posting_writer.touch(self._connection)
        return tuple(changed)

    def update_reading(self, snapshot_id: str, reading: Reading) -> None:
        """Store a corrected reading; the snapshot's text and bytes are not touched."""
        number = self._connection.scalar(
            select(snapshots.c.source_number).where(snapshots.c.id == snapshot_id)
        )
        if number is None:
            raise LookupError(snapshot_id)
        with self._changing_text(number):
            changed = update(snapshots).where(snapshots.c.id == snapshot_id).values(reading=reading)
            self._connection.execute(changed)

    def remove(self, source_id: str) -> None:
        """Take a source out, with all its snapshots, their bytes and excerpts."""
        number = self._connection.scalar(select(sources.c.number).where(sources.c.id == source_id))
        if number is None:
            return
        held = select(snapshots.c.sha256).where(snapshots.c.source_number == number)
        digests = self._connection.scalars(held).all()
        with self._changing_text(number):
            self._connection.execute(delete(sources).where(sources.c.number == number))
        drop_blobs(self._connection, digests)

    def _all(self, wanted: Select[Any]) -> tuple[Source, ...]:
        return tuple(map(source_of, self._connection.execute(wanted)))

    def _number(self, source_id: str) -> int:
        number: int | None = value(self._connection, _NUMBER, source_id)
        if number is None:
            raise LookupError(source_id)
        return number

    def _make_latest(self, number: int, snapshot_id: str) -> None:
        latest = update(sources).where(sources.c.number == number).values(snapshot_id=snapshot_id)
        with self._changing_text(number):
            self._connection.execute(latest)

    @contextmanager
    def _changing_text(self, number: int) -> Iterator[None]:
        """Keep index and copies in step with a source whose text changes, or that is deleted, inside."""
        with (
            search_index.changing_source(self._connection, number),
            copies.changing(self._connection, number),
        ):
            yield


def _values(source: Source) -> dict[str, object]:
    return {
        "title": source.title,
        "created_at": source.created_at,
        "kind": source.kind,
        "authors": source.authors,
        "publisher": source.publisher,
        "container": source.container,
        "published": source.published.value,
        "published_as_written": source.published.as_written,
        "published_basis": source.published.basis,
        "published_reference": source.published.reference,
        "event": source.event.value,
        "event_as_written": source.event.as_written,
        "event_basis": source.event.basis,
        "event_reference": source.event.reference,
        "accessed": source.accessed,
        "url": source.url,
        "language": source.language,
        "reliability": source.reliability,
        "marking": source.marking,
        "flags": source.flags,
        "extra": source.extra,
        "genre": source.genre,
        "wire": source.wire,
        "rights": source.rights,
        "known": source.known,
        "story": source.story,
        "accepted": source.accepted,
    }
