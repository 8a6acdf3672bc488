"""Finding: searches over excerpts and sources, counts by tag, coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import combinations

from rapidfuzz import fuzz, process

from briefer.domain.excerpts import Excerpt
from briefer.domain.origins import origins
from briefer.domain.queries import Field, Hint, Match, Node, as_typed
from briefer.domain.results import (
    Corroboration,
    CoverageCell,
    Facets,
    Hit,
    HitPage,
    LibraryCounts,
    Similar,
    Sort,
    SourceHit,
)
from briefer.domain.similarity import SAME_STORY, likeness
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind, Vocabulary
from briefer.errors import InputError
from briefer.services.coarse_dates import coarser, without_day
from briefer.services.copies import other_carriers
from briefer.services.lookups import excerpts_of
from briefer.services.other_words import other_words
from briefer.services.ports import Clock, Library, UnitOfWork
from briefer.services.query_language import Asked, parse_query, read_query
from briefer.services.stopping import Stop

_TAG_FIELDS = frozenset(Field(kind.value) for kind in TagKind)
_CANDIDATES = 60
_NEAR = 60
_LOOKED_UP = 20  # sources whose copies are looked for: it takes milliseconds each
PAGE = 50

_LISTING = {"source": "sources", "excerpt": "search", "brief": "briefs"}


class Find:
    """The use cases of the search field, the facets and the Coverage page. Queries come as text or tree."""

    def __init__(self, library: Library, clock: Clock, stop: Stop | None = None) -> None:
        self._library = library
        self._clock = clock
        self._stop = stop

    def until(self, stop: Stop) -> Find:
        """Return the same use cases, which ``stop`` breaks off: each raises StoppedError then."""
        return Find(self._library, self._clock, stop)

    def excerpts(
        self, query: str | Node, *, limit: int = PAGE, offset: int = 0, sort: Sort = Sort.NEWEST
    ) -> HitPage:
        """Return one page of matching excerpts. Raises UsageError ``query-form``."""
        with self._read() as work:
            return work.search.page(
                _node(query), limit=limit, offset=offset, sort=sort, today=self._clock().date()
            )

    def excerpt_ids(self, query: str | Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""
        with self._read() as work:
            return work.search.ids(_node(query), sort)

    def facets(self, query: str | Node) -> Facets:
        """Return the tag counts among all matching excerpts."""
        with self._read() as work:
            return work.search.facets(_node(query))

    def sources(self, query: str | Node, *, limit: int = 200) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first."""
        with self._read() as work:
            return work.search.sources(_node(query), limit=limit)

    def coverage(self, query: str | Node = "") -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts."""
        with self._read() as work:
            return work.search.coverage(_node(query))

    def prepare(self) -> None:
        """Bring into memory what searches of a large library are quicker with: it takes a while where that is not there yet."""
        with self._read() as work:
            work.search.prepare()

    def similar(self, excerpt_id: str, limit: int = 10) -> tuple[Similar, ...]:
        """Return excerpts that resemble one: copies of its text first, then those that share its rare words.

        Raises:
            InputError: ``not-found``.
        """
        with self._read() as work:
            (excerpt,) = excerpts_of(work, [excerpt_id])
            ids = work.search.alike(excerpt_id, max(limit, _CANDIDATES))
            found = work.excerpts.get_many(ids)
            sources = work.sources.get_many({e.source_id for e in found.values()})
        similar = []
        for other in (found[i] for i in ids):
            alike = likeness(excerpt.quote, other.quote)
            hit = Hit(other, sources[other.source_id])
            similar.append(Similar(hit, alike, copy=alike >= SAME_STORY or excerpt.quote == other.quote))
        # The related that count are those with the rarest words; among these, what is told of them orders them.
        similar = sorted(similar, key=lambda s: not s.copy)[:limit]
        return tuple(sorted(similar, key=lambda s: (not s.copy, -s.likeness)))

    def corroboration(self, excerpt_ids: Sequence[str]) -> Corroboration:
        """Count the outlets that carry what some excerpts say, and the origins behind them.

        A text counts as one origin, however many outlets carry it. Raises InputError ``not-found``.
        """
        with self._read() as work:
            excerpts = excerpts_of(work, excerpt_ids)
            sources = work.sources.get_many({e.source_id for e in excerpts})
            copies = _copies(work, sources)
            carriers = sources | {s.id: s for found in copies.values() for s in found}
            stories = {s.story for s in carriers.values() if s.story}
            carriers |= {s.id: s for story in stories for s in work.sources.of_story(story)}
        same = {frozenset((one, other.id)) for one, found in copies.items() for other in found}
        # However short: excerpts that are asked for together are such as the list shows as copies.
        same |= {
            frozenset((a.source_id, b.source_id)) for a, b in combinations(excerpts, 2) if _is_copy(a, b)
        }
        origin = origins(
            [(e, sources[e.source_id]) for e in excerpts],
            carriers.values(),
            also=lambda one, other: frozenset((one.id, other.id)) in same,
        )
        outlets = {s.publisher or s.container or s.id for s in carriers.values()}
        return Corroboration(len(outlets), len(set(origin.values())))

    def hints(self, query: str, *, in_vain: bool = False, typing: bool = False) -> tuple[Hint, ...]:
        """Return what was passed over in a query, the tags in it that nothing bears, and what its dates leave out.

        Of one that was asked ``in_vain``, also what finds something in place of its words; ``typing`` means that the
        last of them is read as a beginning. Raises UsageError ``query-form``.
        """
        read = read_query(query)
        tags = [one for one in read.asked if one.field in _TAG_FIELDS and one.value]
        dated = [one for one in read.asked if coarser(one)]
        in_vain = in_vain and bool(read.words)
        if not tags and not dated and not in_vain:
            return read.hints
        with self._read() as work:

            def count(node: Node) -> int:
                return work.search.page(node, limit=0).total

            vocabulary = work.vocabulary.get()
            unknown = [
                one
                for one in tags
                if vocabulary.find(TagKind(one.field), one.value.partition("/")[0]) is None
                and not count(Match(one.field, one.value))
            ]
            wanted = [(one, without_day(read.node, one)) for one in dated]
            left_out = [(one, count(node)) for one, node in wanted if node is not None]

            def count_text(text: str) -> int:
                return count(as_typed(parse_query(text), text) if typing else parse_query(text))

            others = other_words(query, read, count_text) if in_vain else []
        told = [Hint(one.column, _unknown(one, vocabulary)) for one in unknown]
        told += [Hint(one.column, _left_out(one, number)) for one, number in left_out if number]
        return tuple(sorted((*read.hints, *told, *others)))

    def counts(self) -> LibraryCounts:
        """Return how much the library holds."""
        with self._read() as work:
            return work.counts()

    def is_empty(self) -> bool:
        """Whether the library has no source. Counting them would take large libraries long."""
        with self._read() as work:
            return work.is_empty()

    def index_is_sound(self, *, closely: bool = True) -> bool:
        """Whether the search index is true to the texts as far as is known.

        ``closely`` means that it is also as the window that last had the library open left it, which takes a while.
        """
        with self._read() as work:
            return work.search.index_is_sound(closely=closely)

    def one(self, kind: str, start: str) -> str:
        """Return the one id of a ``source``, ``excerpt`` or ``brief`` that is, or begins with, ``start``.

        Raises:
            InputError: ``not-found`` or ``ambiguous``.
        """
        return self.any_of((kind,), start)[1]

    def any_of(self, kinds: Sequence[str], start: str) -> tuple[str, str]:
        """Return what kind of thing an id, or the beginning of one, is of, and all of it.

        Raises:
            InputError: ``not-found`` or ``ambiguous``.
        """
        with self._read() as work:
            found = [(kind, id_) for kind in kinds for id_ in work.search.ids_like(kind, start)]
        named = " or ".join(kinds)
        if not found:
            listing = "` or `briefer ".join(_LISTING[kind] for kind in kinds)
            raise InputError("not-found", kind=named, id=start, listing=listing)
        whole = [thing for thing in found if thing[1] == start]
        if len(found) > 1 and not whole:
            raise InputError("ambiguous", kind=named, id=start)
        return (whole or found)[0]

    def _read(self) -> AbstractContextManager[UnitOfWork]:
        return self._library.read(self._stop)


def _is_copy(one: Excerpt, other: Excerpt) -> bool:
    return likeness(one.quote, other.quote) >= SAME_STORY


def _copies(work: UnitOfWork, sources: Mapping[str, Source]) -> dict[str, tuple[Source, ...]]:
    """Return the copies of sources, of each text once: those of a copy are those of what it is a copy of."""
    found: dict[str, tuple[Source, ...]] = {}
    known: set[str] = set()
    for source in sources.values():
        if source.id not in known and len(found) < _LOOKED_UP:
            found[source.id] = other_carriers(work, source)
            known.update(other.id for other in found[source.id])
    return found


def _unknown(asked: Asked, vocabulary: Vocabulary) -> str:
    """Say that nothing bears a tag, and name the term that was perhaps meant."""
    key, _, role = asked.value.partition("/")
    if not key:
        return f"no {asked.field} is in the role {role}"
    names = {
        name: term.key
        for term in vocabulary.terms
        if term.kind.value == asked.field.value
        for name in (term.key, term.label_en, term.label_ja)
        if name
    }
    near = process.extractOne(key, list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
    meant = f"; {asked.field}:{names[near[0]]} is perhaps meant" if near else ""
    return f"nothing bears {asked.field}:{key}{meant}"


def _left_out(asked: Asked, number: int) -> str:
    """Say what a date leaves out because it may be on either side of it."""
    dates = " or ".join(f"“{date}”" for date in coarser(asked))
    sides = f"outside {asked.value}" if asked.field is Field.DATE else f"before or after {asked.value}"
    if number == 1:
        return f"1 excerpt dated only {dates} is left out: it may be from {sides}"
    return f"{number:,} excerpts dated only {dates} are left out: they may be from {sides}"


def _node(query: str | Node) -> Node:
    return parse_query(query) if isinstance(query, str) else query
