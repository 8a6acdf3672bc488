"""What may be excerpted: passages of the article itself, never furniture or another article inside the page."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.sources import BODY_KINDS, Segment, SegmentKind, Snapshot
from briefer.domain.spans import Span, find_quote, quote_at, trimmed
from briefer.errors import InputError

_WHY = {
    SegmentKind.EMBEDDED: "it belongs to another article on the same page",
    SegmentKind.CAPTION: "it is the caption of a picture",
}


@dataclass(frozen=True)
class Passage:
    """A span that may be excerpted, its folded text, and the number of the paragraph where it begins."""

    span: Span
    quote: str
    paragraph: int | None


def passage_at(snapshot: Snapshot, span: Span) -> Passage:
    """Return the passage at ``span``, trimmed.

    Titles and datelines may be excerpted with the body (an official may quote a headline).

    Raises:
        InputError: ``quote-not-found`` for an empty span, ``quote-furniture`` outside the article,
            ``quote-runs-over`` where it is partly outside.
    """
    exact = trimmed(snapshot.text, Span(span.start, min(span.end, len(snapshot.text))))
    if exact is None:
        raise InputError("quote-not-found")
    touched = snapshot.reading.at(exact)
    for segment in touched:
        if not quotable(segment):
            why = _WHY.get(segment.kind) or segment.why or "it is site furniture"
            around = any(quotable(s) for s in touched)
            raise InputError("quote-runs-over" if around else "quote-furniture", why=why)
    if not touched:
        raise InputError("quote-not-found")
    number = next((s.number for s in touched if s.number is not None), None)
    return Passage(exact, quote_at(snapshot.text, exact), number)


def passage_of_quote(snapshot: Snapshot, quote: str) -> Passage:
    """Return the first passage of the article that reads as ``quote``, white space aside.

    Raises:
        InputError: ``quote-not-found``, or ``quote-furniture`` when it stands only outside the article.
    """
    refusal: InputError | None = None
    start = 0
    while start < len(snapshot.text):
        span = find_quote(snapshot.text, quote, Span(start, len(snapshot.text)))
        if span is None:
            break
        try:
            return passage_at(snapshot, span)
        except InputError as error:
            refusal = refusal or error
        start = span.start + 1
    raise refusal or InputError("quote-not-found")


def passage_of_paragraphs(snapshot: Snapshot, first: int, last: int) -> Passage:
    """Return the passage from paragraph ``first`` to ``last``.

    Raises:
        InputError: ``paragraph-missing``, ``quote-furniture`` when something else stands between.
    """
    reading = snapshot.reading
    start, end = reading.paragraph(first), reading.paragraph(last)
    if start is None or end is None or first > last:
        missing = first if start is None or first > last else last
        raise InputError("paragraph-missing", n=missing, count=sum(1 for _ in reading.body()))
    return passage_at(snapshot, Span(start.span.start, end.span.end))


def quotable(segment: Segment) -> bool:
    """Whether a segment is of the article itself."""
    return segment.kind in BODY_KINDS or segment.kind is SegmentKind.TITLE
