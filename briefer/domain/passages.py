"""What may be excerpted: passages of the article itself, never furniture or another article inside the page."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.sources import BODY_KINDS, Segment, SegmentKind, Snapshot
from briefer.domain.spans import Span, find_quote, fold, found_once, quote_at, trimmed
from briefer.domain.words import splits_word, whole_words
from briefer.errors import InputError

_WHY = {
    SegmentKind.EMBEDDED: "it belongs to another article on the same page",
    SegmentKind.CAPTION: "it is the caption of a picture",
}


_CUT_LOOKED_AT = 50
"""Places where a quotation stands inside of words, before it is not looked for further: «a» stands everywhere."""


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


def passage_in_words(snapshot: Snapshot, span: Span) -> Passage:
    """Return the passage at ``span``, widened to whole words within its first and last paragraph.

    Raises InputError as :func:`passage_at`.
    """
    return _in_words(snapshot, passage_at(snapshot, span))


def passage_of_quote(snapshot: Snapshot, quote: str) -> Passage:
    """Return the first passage of the article that reads as ``quote``, white space aside.

    One of whole words goes before one that is cut from longer ones, which is widened to them.

    Raises:
        InputError: ``quote-not-found``, or ``quote-furniture`` when it stands only outside the article.
    """
    usual = _only_passage(snapshot, fold(quote))
    if usual:
        return usual
    refusal: InputError | None = None
    cut: list[Passage] = []
    start = 0
    while start < len(snapshot.text):
        span = find_quote(snapshot.text, quote, Span(start, len(snapshot.text)))
        if span is None:
            break
        try:
            passage = passage_at(snapshot, span)
        except InputError as error:
            refusal = refusal or error
        else:
            if not any(cut_ends(snapshot.text, passage.span)):
                return passage
            cut.append(passage)
        if len(cut) == _CUT_LOOKED_AT:
            break
        start = span.start + 1
    if cut:
        return _in_words(snapshot, cut[0])
    raise refusal or InputError("quote-not-found")


def _only_passage(snapshot: Snapshot, quote: str) -> Passage | None:
    """Return the passage that is a folded quote letter by letter, where there is one and no doubt about it."""
    span = found_once(snapshot.text, quote)
    touched = snapshot.reading.at(span) if span else ()
    if span is None or not touched or not all(map(quotable, touched)) or any(cut_ends(snapshot.text, span)):
        return None
    return Passage(span, quote, next((s.number for s in touched if s.number is not None), None))


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


def cut_ends(text: str, span: Span) -> tuple[bool, bool]:
    """Return whether a span of ``text`` begins, and whether it ends, inside a word."""
    return splits_word(text, span.start), splits_word(text, span.end)


def _in_words(snapshot: Snapshot, passage: Passage) -> Passage:
    if not any(cut_ends(snapshot.text, passage.span)):
        return passage
    around = snapshot.reading.at(passage.span)
    start, end = around[0].span.start, around[-1].span.end
    return passage_at(snapshot, whole_words(snapshot.text, passage.span, start, end))


def quotable(segment: Segment) -> bool:
    """Whether a segment is of the article itself."""
    return segment.kind in BODY_KINDS or segment.kind is SegmentKind.TITLE
