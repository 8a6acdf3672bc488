"""Exact counts of the hits of a query, from the sets that excerpts are sorted into."""

from __future__ import annotations

from collections import Counter

from pyroaring import BitMap

from briefer.domain import keys
from briefer.domain.results import Facets
from briefer.domain.tags import TagKind
from briefer.services.stopping import Stop
from briefer.storage.hits import Hits


def facets(hits: Hits, stop: Stop) -> Facets:
    """Return the counts of all facets; what no hit bears is left out. Raises StoppedError."""

    def counted(family: str) -> dict[str, int]:
        stop.go_on()
        return _among(hits.numbers, hits.finder.family(family), whole=hits.everything)

    languages: Counter[str] = Counter()
    for tag, count in counted(keys.LANGUAGE).items():
        languages[tag.partition("-")[0]] += count
    used = hits.numbers.intersection_cardinality(hits.finder.used())
    use = {"yes": used, "no": hits.total - used}
    return Facets(
        **{kind.value: counted(kind) for kind in TagKind},
        publisher=counted(keys.PUBLISHER),
        language=dict(languages),
        grade=_graded(hits),
        year=counted(keys.YEAR),
        used={answer: count for answer, count in use.items() if count},
    )


def _among(numbers: BitMap, sets: dict[str, BitMap], *, whole: bool = False) -> dict[str, int]:
    counts = {
        value: len(own) if whole else numbers.intersection_cardinality(own) for value, own in sets.items()
    }
    return {value: count for value, count in counts.items() if count}


def _graded(hits: Hits) -> dict[str, int]:
    credible = hits.finder.family(keys.CREDIBILITY)
    return {
        f"{letter}{figure}": count
        for letter, reliable in hits.finder.family(keys.RELIABILITY).items()
        for figure, count in _among(hits.numbers & reliable, credible).items()
    }
