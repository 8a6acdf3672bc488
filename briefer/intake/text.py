"""Plain and pasted text into a capture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.sources import Capture, Reading, Segment, SegmentKind
from briefer.domain.spans import Span, fold
from briefer.intake.dating import find_dates
from briefer.intake.encoding import decode
from briefer.intake.files import refuse_binary
from briefer.intake.formats import Format
from briefer.intake.language import language_of
from briefer.intake.lines import Judged, split
from briefer.intake.reading import Read, read_lines
from briefer.intake.words import furniture, names
from briefer.intake.wrapping import unwrap
from briefer.services.ports import Taken

MOST_CHARACTERS = 3_000_000
MOST_LINES = 20_000
_TITLE_LONGEST = 90
_EVENT_PARAGRAPHS = 3
_EVENT = re.compile(
    r"\b(?:held|took place|met|attended|gathered|convened|hosted|signed|visited|hold talks|opened|launched|agreed|announced)\b"
    r"|開催|開かれ|行われ|会談|署名|会合"
)
_APP = re.compile(r"\bdownload (?:the )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2}) app\b", re.IGNORECASE)
_WIRE = re.compile(r"^[A-Z][A-Z .,'-]{2,40}[,(]?\s.{0,40}?(?:\([A-Za-z -]{2,20}\)|--|—|–| - )")


def read_text(text: str, encoding: str, modified: datetime) -> Capture:
    """Make a capture of a decoded text."""
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        return unjudged(text, encoding, "text/plain")
    read = read_lines(list(unwrap(list(split(text)), text)), modified)
    return finish(text, encoding, "text/plain", read)


def finish(text: str, encoding: str, media_type: str, read: Read) -> Capture:
    """Make a capture of a reading and what its head tells."""
    head = read.head
    body = [text[s.span.start : s.span.end] for s in read.reading.body()]
    above = [item for item in read.lines if not item.body and item.kind is not SegmentKind.EMBEDDED]
    kind = _kind(above)
    authors = head.authors
    if kind == "report" and not authors and head.publisher:
        # The body that names itself on the title page of its paper is the author of it.
        authors = (head.publisher,)
    published = head.published if head.published != UNDATED else _wire_date(body)
    return Capture(
        title=head.title or _first_words(body, text),
        text=text,
        reading=read.reading,
        media_type=media_type,
        encoding=encoding,
        kind=kind,
        authors=authors,
        publisher=head.publisher,
        container=_container(above) if head.aggregated else None,
        published=published,
        event=event_date(body),
        language=language_of("\n".join(body) or text),
        flags=_flags(read.lines),
    )


def unjudged(text: str, encoding: str, media_type: str) -> Capture:
    """Make a capture of a text that is too long to be judged: every line is a paragraph."""
    segments = tuple(
        Segment(Span(line.start, line.end), SegmentKind.PARAGRAPH, number)
        for number, line in enumerate(split(text), start=1)
    )
    return Capture(
        title=_first_words([fold(text[:500])], text),
        text=text,
        reading=Reading(segments),
        media_type=media_type,
        encoding=encoding,
        kind="document",
        language=language_of(text),
    )


def _first_words(body: Sequence[str], text: str) -> str:
    line = fold(body[0] if body else text[:1000].strip())
    if len(line) <= _TITLE_LONGEST:
        return line
    short = line[:_TITLE_LONGEST]
    return (short.rsplit(" ", 1)[0] if " " in short[40:] else short) + "…"


def _kind(above: Iterable[Judged]) -> str:
    plain = {
        re.sub(r"[\s\d.:#第号]+$", "", item.line.plain) for item in above if item.why == "head of the page"
    }
    if plain & set(names("report_words")):
        return "report"
    if plain & set(names("press_words")):
        return "document"
    return "article-newspaper"


def _container(outside: Iterable[Judged]) -> str | None:
    for item in outside:
        match = _APP.search(item.line.text)
        if match and match[1][0].isupper() and match[1].casefold() != "the":
            return match[1]
    return None


def _flags(lines: Sequence[Judged]) -> tuple[str, ...]:
    """Flag what the article's own lines say of its making; the labels of other articles do not count."""
    last = max((i for i, item in enumerate(lines) if item.body), default=-1)
    for item in lines[: last + 1]:
        if item.line.weight < 160 and furniture().ai.search(item.line.text.casefold()):
            return ("AI-written",)
    return ()


def event_date(body: Sequence[str]) -> Dating:
    """Return the day on which the first paragraphs say that the thing told of happened."""
    for paragraph in body[:_EVENT_PARAGRAPHS]:
        for sentence in re.split(r"(?<=[.!?])\s(?=[A-Z“\"])|(?<=。)", paragraph[:2000])[:4]:
            for found in find_dates(sentence):
                value = found.dating.value
                if value and len(value) == 10 and _tells(sentence, found.start):
                    return Dating(value, found.dating.as_written, Basis.EXPLICIT)
    return UNDATED


def _tells(sentence: str, start: int) -> bool:
    before = sentence[:start].rstrip().casefold()
    opens = before == "on" or before.endswith((" on", " am")) or not before
    japanese = bool(re.search(r"[\u3040-\u30ff]", sentence))
    return (opens or japanese) and bool(_EVENT.search(sentence))


def _wire_date(body: Sequence[str]) -> Dating:
    """Return the date in a dateline such as "TOKYO, Dec. 17, 2025 (Agency) --"."""
    if not body:
        return UNDATED
    match = _WIRE.match(body[0][:120])
    found = find_dates(match[0]) if match else ()
    return found[0].dating if found else UNDATED


def _read(taken: Taken) -> Capture:
    refuse_binary(taken)
    return read_text(*decode(taken.name, taken.data), taken.modified)


# A name without a suffix is taken for text, as most systems do.
FORMAT = Format(
    name="text",
    media_types=("text/plain", "text/markdown"),
    suffixes=(".txt", ".text", ".md", ".markdown", ""),
    read=_read,
)
