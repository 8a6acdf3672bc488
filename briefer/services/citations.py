"""The citations of a document: collected in order, and replaced by marks of notes or by their texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from types import MappingProxyType

from briefer.domain.characters import has_cjk
from briefer.domain.citations import between_citations, place_in
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
from briefer.domain.hashing import text_sha256
from briefer.domain.sources import Source
from briefer.services.ports import Cite, Cited

_STOPS = ".,;:!?"
_ENDS = f"{_STOPS}。！？"
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


@dataclass(frozen=True)
class Texts:
    """The formatted citations of a document, in order; ``raised`` is whether each is a raised sign and no more."""

    clusters: tuple[tuple[Cite, ...], ...]
    cited: Cited
    formatted: tuple[CitationText, ...]
    raised: bool


def texts_of(clusters: tuple[tuple[Cite, ...], ...], cited: Cited, former: Texts | None = None) -> Texts:
    """Return the citations as they were formatted; of ``former`` those that are as they were."""
    if former is not None and former.cited is cited and former.clusters == clusters:
        return former
    runs = [i for text in cited.citations for i in text if isinstance(i, Run)]
    raised = bool(runs) and all(run.superscript for run in runs)
    before = {text.id: text for text in former.formatted} if former else {}
    found = _citation_texts(clusters, cited)
    formatted = tuple(before[text.id] if before.get(text.id) == text else text for text in found)
    return Texts(clusters, cited, formatted, raised)


@dataclass(frozen=True, eq=False)
class Made:
    """The part of the tree that a block, or what Briefer writes, becomes, before its citations are in place.

    ``cites`` are the citations in the order of the text, with the cites of each; None where an excerpt is missing.
    """

    nodes: tuple[BlockNode, ...]
    cites: tuple[tuple[Citation, tuple[Cite, ...] | None], ...] = ()

    @cached_property
    def clusters(self) -> tuple[tuple[Cite, ...], ...]:
        """The cites of the citations of which nothing is missing."""
        return tuple(cites for _citation, cites in self.cites if cites is not None)


def made_of(nodes: Sequence[BlockNode], cites: Cites) -> Made:
    """Return a part of the tree with the cites of its citations; neighbours among these are one citation."""
    joined = tuple(rewritten(node, lambda inlines: _joined(inlines, cites)) for node in nodes)
    found = (citation for node in joined for citation in citations_in(node))
    return Made(joined, tuple((citation, cites.of(citation)) for citation in found))


def _joined(inlines: Inlines, cites: Cites) -> Inlines:
    """Return inlines with citations that follow one another as one.

    Several sources for one statement stand in one note, parted by semicolons (Chicago Manual of Style, 17th edition,
    14.57). A full stop between them, over which the mark would move, comes behind. A citation of a missing excerpt
    stays by itself, so that the others are still shown.
    """
    joined: list[Inline] = []
    last = -1
    for inline in inlines:
        before = joined[last] if last >= 0 else None
        if not isinstance(inline, Citation):
            joined.append(inline)
        elif isinstance(before, Citation) and (
            (stops := _stops_between(joined[last + 1 :])) is not None
            and cites.of(before) is not None
            and cites.of(inline) is not None
        ):
            cited = dict.fromkeys((*before.cited, *inline.cited))
            joined[last:] = [Citation(tuple(cited), (*before.note, *inline.note)), *stops]
        else:
            last = len(joined)
            joined.append(inline)
    return tuple(joined)


def _stops_between(inlines: Sequence[Inline]) -> Inlines | None:
    """Return the full stop between two neighbouring citations, if there is one; None where they are no neighbours."""
    runs = [inline for inline in inlines if isinstance(inline, Run)]
    text = "".join(run.text for run in runs)
    if len(runs) < len(inlines):
        return None
    if between_citations(text):
        return ()
    return None if text.strip().strip(_ENDS) else (replace(runs[0], text=text.strip()),)


@dataclass(frozen=True)
class Placed:
    """A part with its citations in place, and its notes; ``by`` is all that this rests on besides the part."""

    by: tuple[object, ...]
    nodes: tuple[BlockNode, ...]
    notes: tuple[Note, ...]


class Placing:
    """Puts the formatted citations into the parts of a document, each once, in their order.

    ``notes`` are the notes of the parts that were placed so far, ``placed`` these parts.
    """

    def __init__(
        self, texts: Texts, language: str, missing: str, former: Mapping[Made, Placed] = MappingProxyType({})
    ) -> None:
        self._cited = texts.cited
        self._formatted = texts.formatted
        self._raised = texts.raised
        self._english = language == "en"
        self._missing = missing
        self._former = former
        self._manner = (texts.cited.in_text, texts.raised, self._english, missing)
        self._number = 0
        self._waiting: Iterator[tuple[Citation, tuple[Cite, ...] | None]] = iter(())
        self._marked: dict[int, Citation] = {}
        self.notes: list[Note] = []
        self.placed: dict[Made, Placed] = {}

    def part(self, part: Made) -> tuple[BlockNode, ...]:
        """Return the blocks of a part with its citations resolved."""
        after = self._number + len(part.clusters)
        numbers = (self._number, len(self.notes)) if part.cites else ()
        by = (self._manner, numbers, self._formatted[self._number : after])
        found = self._former.get(part)
        if found is None or found.by != by:
            found = self._placed(part, by)
        self._number = after
        self.notes += found.notes
        self.placed[part] = found
        return found.nodes

    def _placed(self, part: Made, by: tuple[object, ...]) -> Placed:
        before = len(self.notes)
        self._waiting = iter(part.cites)
        nodes = tuple(rewritten(node, self._inlines) for node in part.nodes)
        notes = tuple(self.notes[before:])
        del self.notes[before:]
        self._marked.clear()
        return Placed(by, nodes, notes)

    def _inlines(self, inlines: Inlines) -> Inlines:
        marked = [self._mark() if isinstance(i, Citation) else i for i in inlines]
        if not self._cited.in_text:
            return close_up(marked, after_punctuation=self._english)
        if self._raised:
            marked = list(close_up(marked, after_punctuation=self._english))
        return tuple(self._texts(marked))

    def _mark(self) -> Inline:
        citation, cites = next(self._waiting)
        if cites is None:
            return Run(self._missing, bold=True)
        self._number += 1
        number = self._number
        self._marked[number] = citation
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
                yield from self._besides(self._marked[inline.number])
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
        own = text_sha256(repr((items, seen[items])))[:16]
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
