"""A text, as it was read and judged by one of the readers, into a capture."""

from __future__ import annotations

from datetime import datetime

import msgspec

from briefer.domain.sources import Capture, How, Known, Reading, Segment, SegmentKind
from briefer.domain.spans import Span, fold
from briefer.intake.facts.claims import Claims
from briefer.intake.facts.kinds import claim_unknown
from briefer.intake.facts.rights import written_by_machine
from briefer.intake.facts.written import believed, claim_written, first_words, inferred_kind
from briefer.intake.language import guess_language
from briefer.intake.pasted.lines import split
from briefer.intake.pasted.reading import Read
from briefer.intake.web.metadata import Page

PLAIN = frozenset({"text/plain", "text/markdown"})
MOST_CHARACTERS = 3_000_000
MOST_LINES = 20_000


def finish(
    text: str,
    encoding: str,
    media_type: str,
    read: Read,
    page: Page | None = None,
    reference: datetime | None = None,
) -> Capture:
    """Make a capture of a reading, of what its text tells, and of what a ``page`` states about itself.

    ``reference`` is when the text was captured; dates of publication after it are distrusted.
    """
    page = page or Page(Claims())
    claim_written(page.claims, text, read, page.region)
    body = [text[s.span.start : s.span.end] for s in read.reading.body()]
    if media_type not in PLAIN or not claim_unknown(page.claims, body):
        inferred_kind(page.claims)
    page.claims.add("title", first_words(body, text), How.INFERRED, 0.2, "first words")
    values, known = believed(page.claims, reference)
    flags = ("AI-written",) if written_by_machine(read.lines) else ()
    fixed = {"text": text, "reading": read.reading, "media_type": media_type, "encoding": encoding}
    return msgspec.convert(
        {"title": "", **values, **fixed, "flags": flags, "known": known, "extra": page.extra}, type=Capture
    )


def unjudged(text: str, encoding: str, media_type: str) -> Capture:
    """Make a capture of a text that is too long to be judged: every line is a paragraph."""
    segments = tuple(
        Segment(Span(line.start, line.end), SegmentKind.PARAGRAPH, number)
        for number, line in enumerate(split(text), start=1)
    )
    language, sure = guess_language(text)
    return Capture(
        title=first_words([fold(text[:500])], text),
        text=text,
        reading=Reading(segments),
        media_type=media_type,
        encoding=encoding,
        kind="document",
        language=language,
        known={
            "title": Known(How.INFERRED, 0.2, "first words"),
            "kind": Known(How.INFERRED, 0.3, "its length"),
            **({"language": Known(How.INFERRED, round(sure, 2), "the text")} if language else {}),
        },
    )
