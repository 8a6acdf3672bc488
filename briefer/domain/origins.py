"""Which sources come from one origin: what several outlets took from one text bears itself out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from briefer.domain.excerpts import Excerpt
from briefer.domain.similarity import SAME_STORY, shared, shingles
from briefer.domain.sources import Source

Cited = Sequence[tuple[Excerpt, Source]]
"""Excerpts, each with its source."""

_LEAST_ALIKE = 120
"""Bytes of a quotation that can tell whether a text is another's."""


def origins(
    cited: Cited,
    carriers: Iterable[Source] = (),
    also: Callable[[Source, Source], object] = lambda _one, _other: False,
) -> dict[str, str]:
    """Return for each source, by id, the id of one source of its origin: equal ids are one origin.

    One origin have sources that share a story, or an agency on one day, or much the same words in what is cited of
    them, unless these are a speaker's, whom both may have heard; and those of which ``also`` says so, which is asked
    last. ``carriers`` are sources that count though nothing of them is cited.
    """
    sources = {source.id: source for source in (*(source for _, source in cited), *carriers)}
    words = _Words(cited)
    root = {source_id: source_id for source_id in sources}
    for one, other in combinations(sources.values(), 2):
        first, second = root[one.id], root[other.id]
        if first != second and (_same(one, other) or words.shared(one, other) or also(one, other)):
            root = {i: first if o == second else o for i, o in root.items()}
    return root


def _same(one: Source, other: Source) -> bool:
    if one.story and one.story == other.story:
        return True
    return (
        bool(one.wire) and one.wire == other.wire and one.published.value == other.published.value is not None
    )


class _Words:
    """The shingles of what is cited of each source; made once, for each is held against all others."""

    def __init__(self, cited: Cited) -> None:
        self._of: defaultdict[str, list[frozenset[bytes]]] = defaultdict(list)
        for quote, source_id in dict.fromkeys((e.quote, s.id) for e, s in cited if not e.speaker):
            if len(quote.encode()) >= _LEAST_ALIKE:
                self._of[source_id].append(shingles(quote))

    def shared(self, one: Source, other: Source) -> bool:
        """Whether two sources have much the same words."""
        return any(
            shared(a, b) >= SAME_STORY for a in self._of.get(one.id, ()) for b in self._of.get(other.id, ())
        )
