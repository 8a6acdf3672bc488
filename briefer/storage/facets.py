"""Exact counts of the hits of a query: of few from their rows, else from the sets that excerpts are sorted into."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pyroaring import BitMap

from briefer.domain import keys
from briefer.domain.results import Facets
from briefer.domain.tags import TagKind
from briefer.services.stopping import Stop
from briefer.storage.directly import rows
from briefer.storage.hits import Hits
from briefer.storage.pages import listed
from briefer.storage.tables import excerpt_tags, excerpts, sources, tags

# To read the rows of so many takes as long as to compare them with all sets, which takes the longer the larger these are:
# one more for so many excerpts in the library.
_FEW, _FOR_ONE_MORE = 40, 12_000
_FACTS = f"""
SELECT s.publisher, s.language, s.reliability, e.credibility, e.published
FROM json_each(?) AS wanted CROSS JOIN {excerpts.name} AS e ON e.number = wanted.value
CROSS JOIN {sources.name} AS s ON s.number = e.source_number
"""  # noqa: S608  (own names)
# A partner may stand there twice, in two roles.
_BORNE = f"""
SELECT tag.kind, tag.key, count(DISTINCT borne.excerpt_number)
FROM json_each(?) AS wanted CROSS JOIN {excerpt_tags.name} AS borne ON borne.excerpt_number = wanted.value
CROSS JOIN {tags.name} AS tag ON tag.number = borne.tag_number GROUP BY tag.kind, tag.key
"""  # noqa: S608


def facets(hits: Hits, stop: Stop) -> Facets:
    """Return the counts of all facets; what no hit bears is left out. Raises StoppedError."""
    used = hits.numbers.intersection_cardinality(hits.finder.used())
    use = {"yes": used, "no": hits.total - used}
    few = _FEW + len(hits.finder.every()) // _FOR_ONE_MORE
    counted = _of_rows(hits, stop) if hits.total <= few else _of_sets(hits, stop)
    return Facets(**counted, used={answer: count for answer, count in use.items() if count})


def _of_rows(hits: Hits, stop: Stop) -> dict[str, dict[str, int]]:
    stop.go_on()
    packed = listed(hits.numbers)
    facts = rows(hits.connection, _FACTS, packed)
    borne: dict[str, dict[str, int]] = {kind.value: {} for kind in TagKind}
    for kind, key, count in rows(hits.connection, _BORNE, packed):
        borne[kind][key] = count
    return {
        **{kind: _whatever_case(hits, kind, counts) for kind, counts in borne.items()},
        "publisher": _whatever_case(
            hits, keys.PUBLISHER, _counted(publisher or "" for publisher, *_ in facts)
        ),
        "language": _counted(language.casefold().partition("-")[0] for _, language, *_ in facts),
        "grade": _counted(f"{reliability}{credibility}" for *_, reliability, credibility, _ in facts),
        "year": _counted(published[:4] for *_, published in facts),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _of_sets(hits: Hits, stop: Stop) -> dict[str, dict[str, int]]:
    def counted(family: str) -> dict[str, int]:
        stop.go_on()
        return _among(hits.numbers, hits.finder.family(family), whole=hits.everything)

    def named(family: str) -> dict[str, int]:
        return _whatever_case(hits, family, counted(family))

    languages: Counter[str] = Counter()
    for tag, count in counted(keys.LANGUAGE).items():
        languages[tag.partition("-")[0]] += count
    return {
        **{kind.value: named(kind) for kind in TagKind},
        "publisher": named(keys.PUBLISHER),
        "language": dict(languages),
        "grade": _graded(hits),
        "year": counted(keys.YEAR),
    }


def _among(numbers: BitMap, sets: dict[str, BitMap], *, whole: bool = False) -> dict[str, int]:
    counts = {
        value: len(own) if whole else numbers.intersection_cardinality(own) for value, own in sets.items()
    }
    return {value: count for value, count in counts.items() if count}


def _whatever_case(hits: Hits, family: str, counts: dict[str, int]) -> dict[str, int]:
    """Return counts with those of names that differ by case alone as one, because a query for one finds all.

    It bears the name that most of the hits have.
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        spellings[name.casefold()].append(name)
    if len(spellings) == len(counts):
        return counts
    found: dict[str, int] = {}
    for names in spellings.values():
        usual = min(names, key=lambda name: (-counts[name], name))
        found[usual] = counts[usual]
        if len(names) > 1:  # an excerpt may have several of them
            sets = hits.finder.family(family)
            found[usual] = hits.numbers.intersection_cardinality(BitMap.union(*(sets[n] for n in names)))
    return found


def _graded(hits: Hits) -> dict[str, int]:
    credible = hits.finder.family(keys.CREDIBILITY)
    return {
        f"{letter}{figure}": count
        for letter, reliable in hits.finder.family(keys.RELIABILITY).items()
        for figure, count in _among(hits.numbers & reliable, credible).items()
    }
