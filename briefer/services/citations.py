"""The citations of a document: collected in order, and replaced by marks of notes or by their texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from briefer.domain.characters import has_cjk
from briefer.domain.citations import place_in
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitationText,
    CitedExcerpt,
    CiteItem,
    Contents,
    Heading,
    HeatMap,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Run,
    Table,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.manifests import digest
from briefer.domain.sources import Source
from briefer.services.ports import Cite, Cited

_STOPS = ".,;:!?"
_OPEN = "([{（「『"


@dataclass(frozen=True)
class Cites:
    """Makes cites of the citations that markup found, from the excerpts and sources that there are."""

    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]

    def of(self, citation: Citation) -> tuple[Cite, ...] | None:
        """Return the cites of a citation, or None where one of its excerpts is missing."""
        cites = tuple(cite for cited in citation.cited if (cite := self._cite(cited)))
        return cites if len(cites) == len(citation.cited) else None

    def clusters(self, blocks: Iterable[BlockNode]) -> tuple[tuple[Cite, ...], ...]:
        """Return the citations of ``blocks`` in order, those with missing excerpts left out."""
        found = (self.of(citation) for block in blocks for citation in citations_in(block))
        return tuple(cites for cites in found if cites is not None)

    def _cite(self, cited: CitedExcerpt) -> Cite | None:
        excerpt = self.excerpts.get(cited.excerpt_id)
        source = self.sources.get(excerpt.source_id) if excerpt else None
        if excerpt is None or source is None:
            return None
        label, locator, suffix = place_in(cited.suffix)
        if not locator:
            label, locator = _place_of(excerpt)
        return Cite(source, locator, label, cited.prefix, suffix, excerpt.id)


def _place_of(excerpt: Excerpt) -> tuple[str, str]:
    """Return where in its source an excerpt stands: the page where it has one, else the paragraph."""
    if excerpt.page:
        return "page", excerpt.page
    return "paragraph", str(excerpt.paragraph) if excerpt.paragraph else ""


class Placing:
    """Puts the formatted citations into blocks, in the order in which they were collected.

    ``notes`` are the notes of the blocks that were placed so far.
    """

    def __init__(
        self,
        cites: Cites,
        clusters: Sequence[Sequence[Cite]],
        cited: Cited,
        language: str,
        missing: str,
    ) -> None:
        self._cites = cites
        self._cited = cited
        self._formatted = _citation_texts(clusters, cited)
        self.notes: list[Note] = []
        self._english = language == "en"
        self._missing = missing
        self._marked: list[Citation] = []
        runs = [i for text in cited.citations for i in text if isinstance(i, Run)]
        self._raised = bool(runs) and all(run.superscript for run in runs)

    def block(self, block: BlockNode) -> BlockNode:
        """Return ``block`` with its citations resolved; each block once, in order."""
        return rewritten(block, self._inlines)

    def _inlines(self, inlines: Inlines) -> Inlines:
        marked = [self._mark(i) if isinstance(i, Citation) else i for i in inlines]
        if not self._cited.in_text:
            return close_up(marked, after_punctuation=self._english)
        if self._raised:
            marked = list(close_up(marked, after_punctuation=self._english))
        return tuple(self._texts(marked))

    def _mark(self, citation: Citation) -> Inline:
        if self._cites.of(citation) is None:
            return Run(self._missing, bold=True)
        self._marked.append(citation)
        number = len(self._marked)
        if not self._cited.in_text:
            more = (Run(" "), *citation.note) if citation.note else ()
            self.notes.append(Note(number, (self._formatted[number - 1], *more)))
        return NoteRef(number)

    def _texts(self, inlines: Sequence[Inline]) -> Iterator[Inline]:
        last = ""
        for inline in inlines:
            if isinstance(inline, NoteRef):
                if last and not self._raised and self._parted(last):
                    yield Run(" ")
                yield self._formatted[inline.number - 1]
                last = ")"
                yield from self._besides(self._marked[inline.number - 1])
            else:
                yield inline
                last = inline.text[-1:] if isinstance(inline, Run) else ""

    def _parted(self, last: str) -> bool:
        """Whether a blank stands between the letter ``last`` and a citation in the text.

        Not behind Japanese in a Japanese brief, which may well quote English.
        """
        return not (last.isspace() or last in _OPEN) and (self._english or not has_cjk(last))

    def _besides(self, citation: Citation) -> Iterator[NoteRef]:
        if citation.note:
            self.notes.append(Note(len(self.notes) + 1, citation.note))
            yield NoteRef(len(self.notes))


def _citation_texts(clusters: Sequence[Sequence[Cite]], cited: Cited) -> tuple[CitationText, ...]:
    """Return the formatted citations, each with an id that follows from what it says, wherever it stands."""
    seen: Counter[tuple[CiteItem, ...]] = Counter()
    texts = []
    for cluster, inlines in zip(clusters, cited.citations, strict=True):
        items = tuple(
            CiteItem(c.source.id, c.excerpt_id, c.locator, c.label, c.prefix, c.suffix) for c in cluster
        )
        seen[items] += 1
        own = digest(repr((items, seen[items])))[:16]
        texts.append(CitationText(own, tuple(i for i in inlines if isinstance(i, Run | LineBreak)), items))
    return tuple(texts)


def citations_in(block: BlockNode) -> Iterator[Citation]:
    """Yield the citations of a block in the order of its text."""
    found: list[Citation] = []

    def collect(inlines: Inlines) -> Inlines:
        found.extend(i for i in inlines if isinstance(i, Citation))
        return inlines

    rewritten(block, collect)
    yield from found


def rewritten(block: BlockNode, change: Callable[[Inlines], Inlines]) -> BlockNode:
    """Return ``block`` with each stretch of inlines changed, in the order of its text."""
    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=change(block.inlines))
        case ListBlock():
            items = tuple(ListItem(tuple(rewritten(b, change) for b in item.blocks)) for item in block.items)
            return replace(block, items=items)
        case HeatMap() | Contents():
            return block
        case Table():
            header = tuple(change(cell) for cell in block.header)
            rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
            return replace(block, header=header, rows=rows)


def close_up(inlines: Iterable[Inline], *, after_punctuation: bool) -> Inlines:
    """Return inlines with each note mark set tight against the word before it.

    What is typed as ``a source of supply [@id].`` reads as «a source of supply.¹»: in English the mark
    follows the punctuation (Chicago Manual of Style 13.29), in Japanese it precedes it.
    """
    closed: list[Inline] = []
    for inline in inlines:
        last = closed[-1] if closed else None
        if isinstance(inline, NoteRef) and isinstance(last, Run):
            closed[-1] = replace(last, text=last.text.rstrip())
        if isinstance(inline, Run) and isinstance(last, NoteRef) and after_punctuation:
            rest = inline.text.lstrip(_STOPS)
            stops = inline.text[: len(inline.text) - len(rest)]
            if stops:
                marks = _trailing_marks(closed)
                closed[len(closed) - marks : len(closed) - marks] = [Run(stops)]
                inline = replace(inline, text=rest)  # noqa: PLW2901
        closed.append(inline)
    return tuple(i for i in closed if not isinstance(i, Run) or i.text)


def _trailing_marks(inlines: Sequence[Inline]) -> int:
    return sum(1 for _ in takewhile(lambda i: isinstance(i, NoteRef), reversed(inlines)))
