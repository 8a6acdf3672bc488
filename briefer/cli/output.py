"""What commands print: the JSON of the contract, lines for people, and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from tqdm import tqdm

from briefer.domain.csl import csl_of
from briefer.domain.dates import Dating
from briefer.domain.excerpts import Excerpt
from briefer.domain.results import Hit
from briefer.domain.sources import SegmentKind, Snapshot, Source
from briefer.domain.spans import Span, lines_of
from briefer.services.collect import SourceView
from briefer.services.ports import Progress

Json = Mapping[str, object]


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def say(text: str) -> None:
    """Print a line on standard error: progress and warnings."""
    print(text, file=sys.stderr)


_SOON_S = 0.2


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Show a progress bar on standard error while it is a terminal, once there is something to tell for a while."""
    shown = sys.stderr.isatty()
    with tqdm(desc=label, disable=not shown, leave=False, file=sys.stderr, delay=_SOON_S) as bar:

        def report(done: int, total: int, name: str) -> None:
            bar.total = total or None
            bar.set_postfix_str(name[:40], refresh=False)
            bar.update(done - bar.n)

        yield report


def dating_json(dating: Dating) -> Json:
    """Return a date as the contract has it."""
    reference = {"reference": dating.reference} if dating.reference else {}
    return {"value": dating.value, "as_written": dating.as_written, "basis": dating.basis, **reference}


def day(dating: Dating) -> str:
    """Return a date for people: ``n.d.`` for none, in brackets where the source does not state it."""
    if dating.value is None:
        return "n.d."
    return dating.value if dating.certain else f"[{dating.value}]"


def source_json(source: Source) -> Json:
    """Return a source without its text."""
    return {
        "id": source.id,
        "title": source.title,
        "authors": source.authors,
        "publisher": source.publisher,
        "container": source.container,
        "published": dating_json(source.published),
        "event": dating_json(source.event),
        "language": source.language,
        "url": source.url,
        "reliability": source.reliability,
        "sha256": source.sha256,
        "kind": source.kind,
        "genre": source.genre,
        "wire": source.wire,
        "accessed": source.accessed,
        "rights": source.rights,
        "flags": source.flags,
        "accepted": source.accepted,
        "known": source.known,
        "csl": csl_of(source),
    }


def source_view_json(view: SourceView) -> Json:
    """Return a source with its text by paragraph, furniture, embedded articles and suggestions."""
    snapshot = view.snapshot

    def lines(span: Span) -> Sequence[int]:
        return lines_of(snapshot.text, span)

    reading = snapshot.reading
    not_body = {SegmentKind.TITLE, SegmentKind.EMBEDDED}
    return {
        **source_json(view.source),
        "sha256": snapshot.sha256,
        "paragraphs": [
            {
                "n": s.number,
                "text": snapshot.quote(s.span),
                "lines": lines(s.span),
                "kind": s.kind,
                "doubt": s.doubt,
            }
            for s in reading.body()
        ],
        "furniture": [
            {"lines": lines(s.span), "why": s.why or s.kind}
            for s in reading.segments
            if s.number is None and s.kind not in not_body
        ],
        "embedded": [
            {
                "title": e.title,
                "publisher": e.publisher,
                "published": dating_json(e.published),
                "lines": lines(e.span),
            }
            for e in reading.embedded
        ],
        "suggestions": [
            {"paragraph": s.paragraph, "tag": str(s.tag), "because": s.because} for s in view.suggestions
        ],
        "speakers": [
            {
                "paragraph": s.paragraph,
                "quote": snapshot.quote(s.span_of_quotation),
                "speaker": s.speaker,
                "named": s.named,
                "because": s.because,
            }
            for s in view.spoken
        ],
        "excerpts": [excerpt_json(e) for e in view.excerpts],
        "carriers": [{"id": s.id, "title": s.title, "publisher": s.publisher} for s in view.carriers],
        "unreadable": snapshot.unreadable or None,
        "snapshots": [_snapshot_json(s) for s in view.snapshots],
    }


def _snapshot_json(snapshot: Snapshot) -> Json:
    return {
        "id": snapshot.id,
        "sha256": snapshot.sha256,
        "file": snapshot.file_name,
        "media_type": snapshot.media_type,
        "captured_at": snapshot.captured_at,
        "captured_by": snapshot.captured_by,
        "tool": snapshot.tool,
        "pages": len(snapshot.pages.labels),
    }


def excerpt_json(excerpt: Excerpt) -> Json:
    """Return an excerpt with its span in the snapshot's text (code points, end excluded)."""
    return {
        "id": excerpt.id,
        "source": excerpt.source_id,
        "quote": excerpt.quote,
        "paragraph": excerpt.paragraph,
        "page": excerpt.page,
        "snapshot": excerpt.snapshot_id,
        "anchored": excerpt.anchored,
        "span": [excerpt.span.start, excerpt.span.end],
        "kind": excerpt.kind,
        "speaker": excerpt.speaker,
        "tags": [str(t) for t in excerpt.tags],
        "comment": excerpt.comment,
        "credibility": excerpt.credibility,
        "translation": excerpt.translation,
        "official": excerpt.translation_official,
    }


def hit_json(hit: Hit, snippet: str) -> Json:
    """Return a hit as ``search --json`` lists it."""
    return {
        "id": hit.excerpt.id,
        "source": hit.source.id,
        "quote": hit.excerpt.quote,
        "snippet": snippet,
        "paragraph": hit.excerpt.paragraph,
        "tags": [str(t) for t in hit.excerpt.tags],
        "published": hit.source.published.value,
        "publisher": hit.source.publisher,
        "why": str(hit.why) if hit.why else None,
    }
