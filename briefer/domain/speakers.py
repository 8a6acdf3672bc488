"""Who speaks in a quotation: offered for each paragraph that holds one, for a person to confirm.

A quotation counts only where somebody is said to speak it ("…", said X; 「…」と述べた): marks around a phrase
or a title are no speech. Speakers are written "Name, role"; those without a name end in "(unnamed)" or
"(匿名)", as excerpts have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.domain import speakers_en, speakers_ja
from briefer.domain.sources import Reading, SegmentKind
from briefer.domain.spans import Span, fold

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]{2,2000})(?:”|$)"
    r'|(?<![\w"])"(?P<straight>[^"]{2,2000})"'
    r"|(?<![\w'])['‘](?P<single>[^\n]{2,2000}?[,.!?…])\s?(?:['’\"])(?=[\s.]|$)"
    r"|「(?P<corner>(?:[^「」]|「[^「」]*」){2,2000})」"
)


_MARKS = re.compile(r"[“\"「‘]|(?<![\w'])'")
_CLOSING = " ”\"'’」"
_SENTENCE_END = re.compile(r"(?<!\b[A-Z][a-z])(?<!\b[A-Z])[.!?]\s|。")


@dataclass(frozen=True)
class Spoken:
    """A quotation and its speaker.

    ``span_of_quotation`` is the words between the marks, in the snapshot's text; ``named`` tells a name or
    an office from an anonymous source; ``because`` is the wording that names the speaker.
    """

    paragraph: int
    span_of_quotation: Span
    speaker: str
    named: bool
    because: str


def speakers(text: str, reading: Reading) -> tuple[Spoken, ...]:
    """Return the quotations of an article's paragraphs with their speakers, in text order.

    A pronoun stands for the only person whom the sentence and the one before leave for it; a surname for the full
    name that the article gave before. Where neither tells who it is, nothing is offered.
    """
    if not _MARKS.search(text):
        return ()
    found: list[Spoken] = []
    people = speakers_en.People()
    for segment in reading.body():
        if segment.kind is not SegmentKind.PARAGRAPH or segment.doubt or segment.number is None:
            continue
        paragraph = text[segment.span.start : segment.span.end]
        people.turn()
        for quoted, (speaker, named, because) in _in_paragraph(paragraph, people):
            start = segment.span.start + quoted.start
            span = Span(start, segment.span.start + quoted.end)
            found.append(Spoken(segment.number, span, speaker, named, fold(because)))
    return tuple(found)


def _in_paragraph(
    paragraph: str, people: speakers_en.People
) -> Iterator[tuple[Span, speakers_en.Attribution]]:
    quotes = [_inside(match) for match in _QUOTED.finditer(paragraph)]
    if not quotes:
        people.hear(paragraph)
        return
    judge = speakers_ja.attribute if _JAPANESE.search(paragraph) else speakers_en.attribute
    former: speakers_en.Attribution | None = None
    low = 0
    for number, quoted in enumerate(quotes):
        high = quotes[number + 1].start - 1 if number + 1 < len(quotes) else len(paragraph)
        head, tail = paragraph[low : quoted.start - 1], paragraph[quoted.end : high].lstrip("”\"'’」 ")
        people.hear(head)
        found = judge(head, tail, people)
        if found is None and former is not None and _continues(head):
            found = former
        if found is not None:
            yield quoted, found
        former, low = found, quoted.end
    people.hear(paragraph[low:])


def _inside(match: re.Match[str]) -> Span:
    kind = match.lastgroup or "curly"
    start, end = match.span(kind)
    return Span(start, end)


def _continues(head: str) -> bool:
    """Whether no other sentence stands between the attribution and the next quotation."""
    return len(_SENTENCE_END.findall(f"{head.strip(_CLOSING)} ")) <= 1
