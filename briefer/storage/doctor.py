"""Looks for damage in a library; mends nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select
from sqlalchemy.exc import DatabaseError

from briefer.domain.pages import UNPAGED, Pages
from briefer.domain.spans import Span, quote_at
from briefer.services.ports import Progress
from briefer.storage import (
    copies,
    index_doctor,
    inventory,
    record,
    retagged,
    states,
    taken_in,
    trash,
    uses,
    values,
)
from briefer.storage.briefs import SqliteBriefs
from briefer.storage.directly import rows, value
from briefer.storage.engine import UNFORESEEN
from briefer.storage.ids import ID_LENGTH
from briefer.storage.snapshots import unread
from briefer.storage.tables import (
    blobs,
    brief_excerpts,
    briefs,
    excerpts,
    metadata,
    snapshots,
    sources,
)

SEARCH_INDEX = "search index"
_Check = Callable[[Connection], Iterator[str]]
# As text: they run for each of thousands, and SQLAlchemy takes several times as long as SQLite.
_ORIGINAL = f"SELECT data FROM {blobs.name} WHERE sha256 = ?"  # noqa: S608  (own names)
_CAPTURED = f"SELECT text, source_number FROM {snapshots.name} WHERE id = ?"  # noqa: S608


def problems(
    connection: Connection, progress: Progress | None = None, *, index: bool = True
) -> tuple[str, ...]:
    """Return what is wrong, in English sentences; writes nothing.

    The ``index`` and the marks of copies can be looked at in a writing transaction only.
    """
    checks: tuple[tuple[str, _Check], ...] = (
        ("file", _file),
        ("references", _references),
        ("values", values.problems),
        ("snapshots", _snapshots),
        ("readings", _readings),
        ("original files", _originals),
        ("texts", taken_in.problems),
        ("quotations", _quotations),
        ("citations", _citations),
        ("copies", _copies),
        ("dates", _dates),
        ("record", record.problems),
        ("titles", record.other_titles),
        ("changes from elsewhere", states.problems),
        ("inventory", inventory.problems),
        ("tags", retagged.problems),
        ("briefs", states.texts),
        ("uses", _uses),
        ("trash", trash.problems),
        (SEARCH_INDEX, index_doctor.problems),
    )
    if not index:
        checks = tuple(
            (name, check) for name, check in checks if check not in {_copies, index_doctor.problems}
        )
    found: list[str] = []
    for done, (name, check) in enumerate(checks):
        if progress:
            progress(done, len(checks), name)
        found.extend(_told(name, check, connection))
    if progress:
        progress(len(checks), len(checks), "")
    return tuple(found)


def indexed_otherwise(connection: Connection) -> tuple[str, ...]:
    """Return what is other than what it was indexed by, in English sentences: sources' texts, and tags of excerpts."""
    return (*_told("copies", _digests, connection), *_told("tags", retagged.problems, connection))


def _told(name: str, check: _Check, connection: Connection) -> Iterator[str]:
    try:
        yield from check(connection)
    except DatabaseError as error:
        yield f"{name}: cannot be read ({error.orig})"
    except UNFORESEEN as error:
        yield f"{name}: cannot be read ({type(error).__name__}: {error})"


def _file(connection: Connection) -> Iterator[str]:
    # The quick one does not see what an index lacks, and a join that reads the index then finds nothing.
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"file: {row[0]}"


def _references(connection: Connection) -> Iterator[str]:
    numbered = set()
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        if row[1] is None:
            numbered.add(row[0])
        else:
            yield f"references: row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
    for name in sorted(numbered):
        yield from _lost_references(connection, metadata.tables[name])


def _lost_references(connection: Connection, table: Table) -> Iterator[str]:
    """Tell of rows of a table without row numbers, by their keys."""
    for key in table.foreign_keys:
        there = select(key.column).where(key.column == key.parent).correlate(table).exists()
        for row in connection.execute(select(*table.primary_key.columns).where(~there)).mappings():
            named = ", ".join(f"{name} {value}" for name, value in row.items())
            yield f"references: the row of {table.name} with {named} refers to a row of {key.column.table.name} that is not there"


def _snapshots(connection: Connection) -> Iterator[str]:
    own = snapshots.c.source_number == sources.c.number
    last = select(func.max(snapshots.c.position)).where(own).correlate(sources).scalar_subquery()
    latest = select(snapshots.c.id).where(
        own, snapshots.c.id == sources.c.snapshot_id, snapshots.c.position == last
    )
    for source_id in connection.scalars(select(sources.c.id).where(~latest.exists())):
        yield f"source {source_id}: its latest snapshot is not there"
    paged = select(*snapshots.c["id", "text", "pages"]).where(snapshots.c.pages != UNPAGED)
    for row in connection.execute(paged.execution_options(yield_per=1)):
        if not _in_order(row.pages, len(row.text)):
            yield f"snapshot {row.id}: its pages differ from its text"


def _readings(connection: Connection) -> Iterator[str]:
    for snapshot_id, title in unread(connection):
        yield f"snapshot {snapshot_id} of “{title}”: which of its lines are the article is lost; `briefer rescue` reads it anew"


def _citations(connection: Connection) -> Iterator[str]:
    whole = func.length(brief_excerpts.c.excerpt_id) == ID_LENGTH  # else it may be a person's own writing
    cited = select(briefs.c.id, briefs.c.title, brief_excerpts.c.excerpt_id).join_from(brief_excerpts, briefs)
    there = select(excerpts.c.id).where(excerpts.c.id == brief_excerpts.c.excerpt_id).exists()
    missing = connection.execute(cited.where(whole, ~there)).all()
    thrown = trash.excerpt_ids(connection) if missing else frozenset()
    for brief_id, title, excerpt_id in missing:
        if excerpt_id not in thrown:
            yield f"brief {brief_id} “{title}”: it cites excerpt {excerpt_id}, which is neither in the library nor in the trash"


def _uses(connection: Connection) -> Iterator[str]:
    return uses.problems(connection, SqliteBriefs(connection).each())


def _in_order(pages: Pages, length: int) -> bool:
    """Whether the runs of the pages lie inside a text of that length, one after the other."""
    ends = [0, *(run.end for run in pages.runs)]
    return ends[-1] <= length and all(
        end <= run.start < run.end and run.page > 0 and run.index >= 0
        for end, run in zip(ends, pages.runs, strict=False)
    )


def _originals(connection: Connection) -> Iterator[str]:
    for sha256 in connection.scalars(select(blobs.c.sha256).order_by(blobs.c.sha256)).all():
        data = value(connection, _ORIGINAL, sha256)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            yield f"original file {sha256}: its bytes have changed"


def _quotations(connection: Connection) -> Iterator[str]:
    for excerpt_id, why in misplaced(connection):
        yield f"excerpt {excerpt_id}: {why}"


def misplaced(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the ids of excerpts whose quotation does not stand in their source where they say, and why."""
    # One snapshot's excerpts after another, so that each text is read once.
    wanted = select(*excerpts.c["id", "source_number", "snapshot_id", "span_start", "span_end", "quote"])
    text, held, owner = "", None, None
    for row in connection.execute(wanted.order_by(excerpts.c.snapshot_id).execution_options(yield_per=500)):
        if row.snapshot_id != held:
            held = row.snapshot_id
            ((text, owner),) = rows(connection, _CAPTURED, held) or [("", None)]
        if row.source_number != owner:
            yield row.id, "its snapshot is another source's"
        if (
            not 0 <= row.span_start < row.span_end
            or quote_at(text, Span(row.span_start, row.span_end)) != row.quote
        ):
            yield row.id, "its quotation differs from its source"


def _digests(connection: Connection) -> Iterator[str]:
    for found in _fresh(connection):
        yield from _other_digests(found)


def _fresh(connection: Connection) -> Iterator[list[tuple[copies.Traits, Row[Any]]]]:
    """Yield what all sources should be recognised by, with the rows of what they are."""
    for expected in copies.fresh(connection):
        numbers = [traits.number for traits in expected]
        wanted = select(*sources.c["number", "title", "text_digest", "url_key"])
        stored = {row.number: row for row in connection.execute(wanted.where(sources.c.number.in_(numbers)))}
        yield [(traits, stored[traits.number]) for traits in expected]


def _other_digests(found: Iterable[tuple[copies.Traits, Row[Any]]]) -> Iterator[str]:
    for traits, row in found:
        if row.text_digest != traits.text_digest:
            yield f"source {traits.id} “{row.title}”: its text was another when it was indexed; something else than Briefer has changed it, or the index was stale"


def _copies(connection: Connection) -> Iterator[str]:
    from briefer.storage import word_sums  # which imports numpy

    sums = word_sums.Sums()
    for found in _fresh(connection):
        yield from _other_digests(found)
        for traits, row in found:
            if row.url_key != traits.url_key:
                yield f"source {traits.id}: what copies of it are found by is not up to date"
        marks = ((traits.number, copies.marks_of(traits.bands)) for traits, _ in found)
        sums = sums.with_(word_sums.of_rows(marks, places=False))
    yield from index_doctor.compared(connection, copies.BANDS, sums, "copies")


def _dates(connection: Connection) -> Iterator[str]:
    dated = select(func.count()).join_from(excerpts, sources)
    wrong = connection.scalar(dated.where(excerpts.c.published != func.coalesce(sources.c.published, "")))
    if wrong:
        yield f"dates: the date of {wrong} excerpt(s) differs from their source's"
