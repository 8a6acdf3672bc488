"""Exact counts of the hits of a query: from the sets that excerpts are sorted into, and of few from columns.

Of few from their rows instead, as long as there are no columns.
"""

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
from briefer.storage.postings import GRADE
from briefer.storage.tables import excerpt_tags, excerpts, sources, tags

# To read the rows of so many takes as long as to compare them with all sets, which takes the longer the larger these are:
# one more for so many excerpts in the library.
_FEW, _FOR_ONE_MORE = 40, 12_000
# The same for columns.
_FOR_ONE_MORE_IN_COLUMNS = 15
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


Counts = dict[str, dict[str, int]]
_KINDS = tuple(kind.value for kind in TagKind)


def facets(hits: Hits, stop: Stop) -> Facets:
    """Return the counts of all facets; what no hit bears is left out. Raises StoppedError."""
    used = hits.numbers.intersection_cardinality(hits.finder.used())
    use = {"yes": used, "no": hits.total - used}
    stop.go_on()
    return Facets(**_all_but_use(hits, stop), used={answer: count for answer, count in use.items() if count})


def _all_but_use(hits: Hits, stop: Stop) -> Counts:
    every = len(hits.finder.every())
    if hits.total <= _FEW + every // _FOR_ONE_MORE_IN_COLUMNS:
        counts = hits.finder.counts(hits.numbers)
        if counts is not None:
            return _named(hits, counts)
    return _of_rows(hits) if hits.total <= _FEW + every // _FOR_ONE_MORE else _of_sets(hits, stop)


def _named(hits: Hits, counts: Counts) -> Counts:
    """Return counts by the names of the facets."""
    languages: Counter[str] = Counter()
    for tag, count in sorted(counts[keys.LANGUAGE].items()):
        languages[tag.casefold().partition("-")[0]] += count
    named = {kind: _whatever_case(hits, kind, counts[kind]) for kind in (*_KINDS, keys.PUBLISHER)}
    return {**counts, **named, keys.LANGUAGE: dict(languages)}


def _of_rows(hits: Hits) -> Counts:
    packed = listed(hits.numbers)
    facts = rows(hits.connection, _FACTS, packed)
    borne: Counts = {kind: {} for kind in _KINDS}
    for kind, key, count in rows(hits.connection, _BORNE, packed):
        borne[kind][key] = count
    counts = {
        **borne,
        keys.PUBLISHER: _counted(publisher or "" for publisher, *_ in facts),
        keys.LANGUAGE: _counted(language for _, language, *_ in facts),
        GRADE: _counted(f"{reliability}{credibility}" for *_, reliability, credibility, _ in facts),
        keys.YEAR: _counted(published[:4] for *_, published in facts),
    }
    return _named(hits, counts)


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _of_sets(hits: Hits, stop: Stop) -> Counts:
    counts: Counts = {GRADE: _graded(hits)}
    for family in (*_KINDS, keys.PUBLISHER, keys.LANGUAGE, keys.YEAR):
        stop.go_on()
        counts[family] = _among(hits.numbers, hits.finder.family(family), whole=hits.everything)
    return _named(hits, counts)


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
