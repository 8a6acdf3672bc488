"""Telling what became of the citations, other notes and the marking of an export in the file that came back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefer.domain.likeness import Likeness, likeness, normal, ratio, window
from briefer.domain.manifests import CitationRecord, Manifest
from briefer.domain.returned import ReturnedDocument, ReturnedNote
from briefer.domain.returned_quotations import Body
from briefer.domain.verification import Row, Subject, Verdict

_LEAST = 50.0  # below this a note in the same block is another one
_LEAST_ELSEWHERE = 75.0
_LEAST_IN_TEXT = 65.0
_LEAST_MARKING = 50.0
_FIRST_PAGE = 12  # paragraphs among which the marking is repeated
_GONE = Likeness(Verdict.MISSING)
# What stands between the marking and other words on one line of a header.
_BREAKS = re.compile(r"\s*(?:[\t\n·|/・　]|—|\s{2,})\s*")


def citation_rows(document: ReturnedDocument, body: Body) -> Iterator[Row]:
    """Yield what became of each citation and note, in the order of the export."""
    records = document.manifest.citations
    notes = _Notes(document, body).matched([record for record in records if record.note])
    texts = _in_text([record for record in records if not record.note], body)
    for record in records:
        if record.note:
            note = notes.get(record.note)
            yield _row(record, body, likeness(record.text, note.text) if note else _GONE, note)
        else:
            yield _row(record, body, next(texts), None)


def _row(record: CitationRecord, body: Body, like: Likeness, note: ReturnedNote | None) -> Row:
    above = body.heading(body.place(record.anchor))
    number = f"note {record.note}" if record.note else ""
    red = like.verdict not in {Verdict.EXACT, Verdict.NORMALISED}
    return Row(
        Subject.CITATION,
        like.verdict,
        record.id,
        place=", ".join(filter(None, (number, above))),
        recorded=record.text,
        found=like.found,
        pieces=like.pieces,
        changed=like.changed,
        tracked=red and note is not None and normal(note.before) == normal(record.text),
    )


class _Notes:
    """The notes of a returned file, each of which can stand for one recorded note."""

    def __init__(self, document: ReturnedDocument, body: Body) -> None:
        self._notes = document.notes
        self._normal = [normal(note.text) for note in document.notes]
        self._body = body
        self._free = dict.fromkeys(range(len(document.notes)))
        self._of_citation = {
            citation: at for at, note in enumerate(document.notes) for citation in note.citations
        }

    def matched(self, records: Sequence[CitationRecord]) -> dict[int, ReturnedNote]:
        """Return the notes that stand for recorded ones, by the numbers that they had.

        The surest ways come first, for all: the citation's own id, the same words in the same block, the same words
        anywhere in their order, nearly the same words in the block, and anywhere.
        """
        found: dict[int, int] = {}
        for way in (self._by_id, self._same_here, self._same, self._alike_here, self._alike):
            for record in records:
                if record.note not in found and (at := way(record)) is not None:
                    del self._free[at]
                    found[record.note] = at
        return {number: self._notes[at] for number, at in found.items()}

    def _here(self, record: CitationRecord) -> list[int]:
        place = self._body.place(record.anchor)
        if place is None:
            return []
        paragraphs = (self._body.paragraphs[i] for i in self._body.stretch(place))
        return [
            number - 1 for paragraph in paragraphs for number in paragraph.notes if number - 1 in self._free
        ]

    def _by_id(self, record: CitationRecord) -> int | None:
        at = self._of_citation.get(record.id)
        return at if at in self._free else None

    def _same_here(self, record: CitationRecord) -> int | None:
        return self._equal(record, self._here(record))

    def _same(self, record: CitationRecord) -> int | None:
        return self._equal(record, self._free)

    def _equal(self, record: CitationRecord, places: Iterable[int]) -> int | None:
        wanted = normal(record.text)
        return next((at for at in places if self._normal[at] == wanted), None)

    def _alike_here(self, record: CitationRecord) -> int | None:
        return self._most_alike(record, self._here(record), _LEAST)

    def _alike(self, record: CitationRecord) -> int | None:
        return self._most_alike(record, list(self._free), _LEAST_ELSEWHERE)

    def _most_alike(self, record: CitationRecord, places: Sequence[int], least: float) -> int | None:
        """Return the note most like the record; one that was struck out in a tracked change counts as it was."""
        wanted = normal(record.text)
        scores = {
            at: ratio(wanted, self._normal[at] or normal(self._notes[at].before), least) for at in places
        }
        best = max(scores, key=scores.__getitem__, default=None)
        return best if best is not None and scores[best] else None


def _in_text(records: Sequence[CitationRecord], body: Body) -> Iterator[Likeness]:
    """Yield how each citation in the text stands: in its block, else elsewhere, else altered in its block.

    Each occurrence of the same words stands for one of them.
    """
    left = list(body.normal)
    places = [body.place(record.anchor) for record in records]
    blocks = [range(0) if place is None else body.stretch(place) for place in places]
    found: dict[int, Likeness] = {}
    for elsewhere in (False, True):
        for number, record in enumerate(records):
            wanted = normal(record.text)
            near = range(len(left)) if elsewhere else blocks[number]
            at = next((i for i in near if number not in found and wanted in left[i]), None)
            if at is not None:
                left[at] = left[at].replace(wanted, "\n", 1)
                exact = record.text in body.paragraphs[at].text
                found[number] = Likeness(Verdict.EXACT if exact else Verdict.NORMALISED, record.text)
    for number, record in enumerate(records):
        windows = (window(normal(record.text), left[at], _LEAST_IN_TEXT) for at in blocks[number])
        yield found.get(number) or likeness(record.text, max(windows, key=len, default=""))


def marking_rows(document: ReturnedDocument) -> Iterator[Row]:
    """Yield how the marking stands in each place that had it: on all pages, and in the text."""
    manifest = document.manifest
    places = {
        "header": document.headers,
        "footer": document.footers,
        "text": (tuple(paragraph.text for paragraph in document.paragraphs[:_FIRST_PAGE]),),
    }
    for place in manifest.marked:
        if place in places:
            like = _marked(manifest, places[place])
            yield Row(
                Subject.MARKING,
                like.verdict,
                place,
                recorded=manifest.marking,
                found=like.found,
                pieces=like.pieces,
                changed=like.changed,
            )


def _marked(manifest: Manifest, stories: Sequence[Sequence[str]]) -> Likeness:
    """Return how the marking stands in the worst of several headers."""
    likes = [_in_story(manifest.marking, story) for story in stories] or [_GONE]
    worst = (Verdict.MISSING, Verdict.ALTERED, Verdict.NORMALISED, Verdict.EXACT)
    return min(likes, key=lambda like: worst.index(like.verdict))


def _in_story(marking: str, lines: Sequence[str]) -> Likeness:
    pieces = [piece for line in lines for piece in (line.strip(), *_BREAKS.split(line.strip())) if piece]
    if any(piece == marking for piece in pieces):
        return Likeness(Verdict.EXACT, marking)
    wanted = normal(marking)
    scored = [(ratio(wanted, normal(piece), _LEAST_MARKING), piece) for piece in pieces]
    score, piece = max(scored, key=lambda each: each[0], default=(0.0, ""))
    return likeness(marking, piece) if score else _GONE
