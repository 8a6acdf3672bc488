"""Verifying an exported document that came back: against its own record, and against the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from briefer.domain.characters import xml_safe
from briefer.domain.csl import public_csl_of
from briefer.domain.excerpts import Excerpt
from briefer.domain.hashing import text_sha256
from briefer.domain.likeness import likeness
from briefer.domain.manifests import ExcerptRecord, Manifest, QuotationRecord
from briefer.domain.quotations import pieces
from briefer.domain.returned_citations import citation_rows, marking_rows
from briefer.domain.returned_quotations import Body, quotation_rows
from briefer.domain.sources import Snapshot, Source
from briefer.domain.spans import Span
from briefer.domain.verification import Row, Subject, Verdict, Verification, warned
from briefer.services.ports import Library, ReturnReader, UnitOfWork

_Record = QuotationRecord | ExcerptRecord


class Verify:
    """The use case of verification. Without a library the file is compared with its own record alone."""

    def __init__(self, reader: ReturnReader, library: Library | None = None) -> None:
        self._reader = reader
        self._library = library

    def check(self, path: Path) -> Verification:
        """Return how the marking and each quotation and citation of an exported Word file stand.

        Raises:
            InputError: ``verify-no-manifest`` where the file was not exported by Briefer, or lost its record;
                ``input-missing``, ``input-unreadable``, ``input-damaged``, ``input-locked``, ``input-unsafe``,
                ``input-too-large``.
        """
        returned = self._reader.read(path)
        body = Body(returned.paragraphs)
        rows = [
            *marking_rows(returned),
            *quotation_rows(returned.manifest.quotations, body),
            *citation_rows(returned, body),
        ]
        if self._library is not None:
            with self._library.read() as work:
                rows += _library_rows(work, returned.manifest)
        return Verification(
            file=path.name,
            manifest=returned.manifest,
            rows=tuple(rows),
            with_library=self._library is not None,
            tracked=returned.tracked,
            comments=returned.comments,
        )


def _library_rows(work: UnitOfWork, manifest: Manifest) -> Iterator[Row]:
    """Yield how the library stands to each excerpt and source of the file, in the order of the export."""
    records: dict[str, _Record] = {}
    all_records: tuple[_Record, ...] = (*manifest.quotations, *manifest.cited)
    for record in all_records:
        records.setdefault(record.excerpt_id, record)
    excerpts = work.excerpts.get_many(records)
    ids = dict.fromkeys((*manifest.works, *(record.source_id for record in records.values())))
    sources = work.sources.get_many(ids)
    captures = {source_id: work.sources.snapshots(source_id) for source_id in sources}
    for excerpt_id, record in records.items():
        snapshots = captures.get(record.source_id, ())
        yield _excerpt_row(record, excerpts.get(excerpt_id), snapshots, sources.get(record.source_id))
    for source_id in ids:
        yield _source_row(source_id, sources.get(source_id), manifest)


def _excerpt_row(
    record: _Record, excerpt: Excerpt | None, snapshots: tuple[Snapshot, ...], source: Source | None
) -> Row:
    """Return how an excerpt stands: it, and the capture in which it stood, must be there and say the same."""
    capture = next((s for s in snapshots if s.sha256 == record.snapshot_sha256), None)
    shown = record.shown if isinstance(record, QuotationRecord) else ""
    found = excerpt.quote if excerpt else ""
    if excerpt is None or capture is None:
        verdict = Verdict.GONE
    elif text_sha256(found) == record.digest == text_sha256(_at(capture, record)) and _fits(record, found):
        verdict = Verdict.EXACT
    else:
        verdict = Verdict.CHANGED
    differs = verdict is Verdict.CHANGED and shown and not _edited(record)
    like = likeness(shown, found) if differs else None
    return Row(
        Subject.EXCERPT,
        verdict,
        record.excerpt_id,
        place=source.title if source else "",
        recorded=shown,
        found=found,
        pieces=like.pieces if like else (),
        changed=like.changed if like else 0,
    )


def _at(capture: Snapshot, record: _Record) -> str:
    if not 0 <= record.start < record.end:
        return ""
    return capture.quote(Span(record.start, record.end))


def _edited(record: _Record) -> bool:
    return isinstance(record, QuotationRecord) and record.edited


def _fits(record: _Record, quote: str) -> bool:
    """Whether an edited quotation still is one of this text."""
    return (
        not isinstance(record, QuotationRecord)
        or not record.edited
        or pieces(record.shown, xml_safe(quote)) is not None
    )


def _source_row(source_id: str, source: Source | None, manifest: Manifest) -> Row:
    recorded = manifest.works.get(source_id, {})
    title = str(recorded.get("title") or "")
    if source is None:
        return Row(Subject.SOURCE, Verdict.GONE, source_id, place=title, recorded=title)
    since = [verdict for verdict in warned(source.flags) if verdict not in manifest.flags.get(source_id, ())]
    now = msgspec.json.decode(msgspec.json.encode(public_csl_of(source)))
    verdict = Verdict.EXACT if now == recorded else Verdict.CHANGED
    return Row(
        Subject.SOURCE,
        since[0] if since else verdict,
        source_id,
        place=source.title,
        recorded=title,
        found=source.title,
    )
