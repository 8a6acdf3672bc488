"""What a brief's evidence is worth as a whole: the figures behind a source summary statement.

The statement follows US ICD 206, section E: strengths and weaknesses of the sources taken together, and which of
them matter most. Grades are the Admiralty code; origins are counted as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefer.domain.excerpts import Excerpt
from briefer.domain.origins import origins
from briefer.domain.sources import Source

RELIABLE = frozenset("AB")
UNJUDGED = "F"
_MOST_IMPORTANT = 3


@dataclass(frozen=True)
class Sourcing:
    """Counts over the sources that a brief cites.

    ``origins`` counts what :mod:`briefer.domain.origins` says is one once. ``reliable`` are graded A or B, ``unjudged`` F;
    ``confirmed`` excerpts have credibility 1 or 2; ``undated`` sources have no date of publication, ``inferred``
    one that they do not state; ``flagged`` bear a warning; ``publishers`` counts the publishers that are stated.
    ``important`` are the ids of the most cited sources, at most three, none where all are cited alike.
    """

    excerpts: int
    sources: int
    origins: int
    publishers: int
    reliable: int
    unjudged: int
    confirmed: int
    undated: int
    inferred: int
    flagged: int
    important: tuple[str, ...]


def sourcing(excerpts: Sequence[Excerpt], sources: Mapping[str, Source]) -> Sourcing:
    """Count what ``excerpts`` rest on; ``sources`` are theirs, by id."""
    cited = Counter(excerpt.source_id for excerpt in excerpts)
    own = [sources[source_id] for source_id in cited]
    by_source = [(excerpt, sources[excerpt.source_id]) for excerpt in excerpts]
    return Sourcing(
        excerpts=len(excerpts),
        sources=len(own),
        origins=len(set(origins(by_source).values())),
        publishers=len({source.publisher for source in own if source.publisher}),
        reliable=sum(source.reliability in RELIABLE for source in own),
        unjudged=sum(source.reliability == UNJUDGED for source in own),
        confirmed=sum(excerpt.credibility in "12" for excerpt in excerpts),
        undated=sum(source.published.value is None for source in own),
        inferred=sum(source.published.value is not None and not source.published.certain for source in own),
        flagged=sum(bool(source.flags) for source in own),
        important=_important(cited),
    )


def _important(cited: Counter[str]) -> tuple[str, ...]:
    ranked = cited.most_common()
    if not ranked or ranked[0][1] == ranked[-1][1]:
        return ()
    most = [source_id for source_id, count in ranked if count > ranked[-1][1]]
    return tuple(most[:_MOST_IMPORTANT])
