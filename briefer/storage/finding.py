"""A query's tree into the set of excerpts that match it.

What people wrote reaches SQLite only as a bound parameter. Sets of common keys are read as they are kept
(storage.postings), rare words are looked up in the full-text index; both are exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, func, select

from briefer.domain import keys
from briefer.domain.dates import is_edtf
from briefer.domain.prepared import phrase, prepare, sought
from briefer.domain.queries import DATED, And, Field, Match, Node, Not, Or, Words, widest
from briefer.domain.results import Hit
from briefer.domain.tags import TagKind
from briefer.errors import LibraryError
from briefer.storage import plain
from briefer.storage.directly import value as value_of
from briefer.storage.ids import starts_with
from briefer.storage.postings import Postings
from briefer.storage.search_index import EXCERPTS
from briefer.storage.tables import brief_excerpts, excerpts, sources
from briefer.storage.weighing import Weighed

if TYPE_CHECKING:
    from briefer.storage.order import Order

_GRADE = re.compile(r"([A-F])?([1-6])?")
ID = re.compile(r"[0-9A-Fa-f-]{4,36}")
NONE, EXACTLY = "none", "="
YES, NO = {"yes", "true", "1"}, {"no", "false", "0"}
# FTS5 refuses an expression that is nested deeper than 256.
_MOST_TOGETHER = 100
_MOST_COUNTED = 5_000
# More excerpts than these take the index longer to go through than to read the texts that are ranked.
_MOST_WEIGHED = 20_000
# As text: SQLAlchemy takes ten times as long to put it together as SQLite to run it where few are used.
_USED = f"SELECT json_group_array(number) FROM {excerpts.name} WHERE id IN (SELECT excerpt_id FROM {brief_excerpts.name})"  # noqa: S608  (own names)


class Finder:
    """Finds in one state of a library. A result is None where nothing is asked for, which is everything.

    Results may be shared sets, and must not be changed.
    """

    def __init__(self, connection: Connection, postings: Postings) -> None:
        self._connection = connection
        self._postings = postings
        self._scanned = False
        self._fields: dict[Field, Callable[[str], BitMap | None]] = {
            Field.PARTNER: lambda value: self._bearing(TagKind.PARTNER, value),
            Field.RISK: lambda value: self._bearing(TagKind.RISK, value),
            Field.THEME: lambda value: self._bearing(TagKind.THEME, value),
            Field.FREE: lambda value: self._bearing(TagKind.FREE, value),
            Field.SOURCE: self._source,
            Field.PUBLISHER: self._publisher,
            Field.SPEAKER: lambda value: self._in_column("speaker", value),
            Field.LANG: self._language,
            Field.KIND: lambda value: self._set(keys.KIND, value.casefold()) if value else None,
            Field.GRADE: self._grade,
            Field.AFTER: lambda value: self._after(value) if value else None,
            Field.BEFORE: lambda value: self._before(value) if value else None,
            Field.DATE: self._range,
            Field.USED: self._used,
            Field.IN: self._in_brief,
        }

    @property
    def scanned(self) -> bool:
        """Whether the index is damaged, so that the texts themselves were read."""
        return self._scanned or self._postings.damaged

    def every(self) -> BitMap:
        """Return all excerpts."""
        return self._postings.set(self._connection, keys.EVERY)

    def find(self, query: Node) -> BitMap:
        """Return the excerpts that match."""
        found = self._find(query)
        # A damaged index may know excerpts that are no longer there.
        return self.every() if found is None else found & self.every()

    def family(self, family: str) -> dict[str, BitMap]:
        """Return the sets of all keys of a family, by value."""
        return self._postings.family(self._connection, family)

    def counts(self, numbers: BitMap) -> dict[str, dict[str, int]] | None:
        """Return what some excerpts bear, as :meth:`Postings.counts` does."""
        return self._postings.counts(self._connection, numbers)

    def hits(self, numbers: Iterable[int]) -> list[Hit]:
        """Return excerpts with their sources, in the order of their numbers here."""
        return self._postings.reader.hits(self._connection, numbers)

    def weighed(self, numbers: Iterable[int]) -> list[Weighed]:
        """Return the texts of excerpts for ranking, in any order."""
        return self._postings.weigher.weighed(self._connection, numbers, self.newest_day())

    def fits(self, words: Sequence[Words], among: BitMap) -> list[list[tuple[float, ...]] | None] | None:
        """Return how well excerpts fit each of some words, as :meth:`FullText.fits` does.

        None for words that have sets, which are too many for it; and where all have, where one is known to be in too many
        excerpts nevertheless, such as a long beginning of words, or where the index is damaged.
        """
        rare = [phrase(word) for word in words if self._is_rare(word)]
        looked_up = self._postings.looked_up
        if self.scanned or not rare or any(len(looked_up.get(each, ())) >= _MOST_WEIGHED for each in rare):
            return None
        try:
            return [
                EXCERPTS.fits(self._connection, phrase(word), among) if self._is_rare(word) else None
                for word in words
            ]
        except LibraryError:
            self._scanned = True
            return None

    def newest_day(self) -> date | None:
        """Return the newest date in the library: against it, not the clock, ages are the same each time."""
        return self._postings.newest_day(self._connection)

    def months(self) -> tuple[list[str], Any]:
        """Return all months, and an array (numpy) of each excerpt's place among them by its number."""
        return self._postings.months(self._connection)

    def newest_months(self) -> Sequence[tuple[str, BitMap]]:
        """Return all months with their excerpts, the newest first."""
        return self._postings.newest_months(self._connection)

    def order(self, numbers: BitMap) -> Order | None:
        """Return the order of some excerpts, as :meth:`Postings.order` does."""
        return self._postings.order(numbers)

    def used(self) -> BitMap:
        """Return the excerpts that some brief quotes or cites."""
        return BitMap(msgspec.json.decode(value_of(self._connection, _USED), type=list[int]))

    def words(self, words: Words) -> BitMap | None:
        """Return the excerpts that have a word, a phrase or a beginning of a word."""
        tokens, prefix = sought(words)
        if not tokens:
            return None
        key = _key_of(tokens, prefix=prefix)
        if key in self._postings.frequent:
            found = self._postings.set(self._connection, key)
            if not self._postings.damaged:
                return found
        return self._matching([words])

    def count(self, words: Words) -> int:
        """Return how many excerpts have a word; at most some thousands where it is not a frequent one."""
        tokens, prefix = sought(words)
        key = _key_of(tokens, prefix=prefix)
        if key in self._postings.frequent:
            return len(self.words(words) or ())
        expression = phrase(words)
        if (found := self._postings.looked_up.get(expression)) is not None:
            return len(found)
        try:
            return EXCERPTS.count(self._connection, expression, _MOST_COUNTED)
        except LibraryError:
            return len(self._matching([words]))

    def _find(self, node: Node) -> BitMap | None:
        if isinstance(node, Words):
            return self.words(node)
        if isinstance(node, Match):
            return self._field(node.field, _clean(node.value))
        if isinstance(node, Not):
            inner = self._find(node.term)
            return None if inner is None else self.every() - inner
        if isinstance(node, And):
            return self._all(node.terms)
        return self._any(node.terms)

    def _field(self, field: Field, value: str) -> BitMap | None:
        return self._fields[field](widest(field, value) if field in DATED else value)

    def _all(self, terms: Sequence[Node]) -> BitMap | None:
        found: BitMap | None = None
        for part in self._parts(terms):
            if part is not None:
                found = part if found is None else found & part
                if not found:
                    break
        return found

    def _any(self, terms: Sequence[Node]) -> BitMap | None:
        different = tuple(dict.fromkeys(terms))
        rare = [term for term in different if isinstance(term, Words) and self._is_rare(term)]
        together = set(rare)
        parts = [self._matching(some, any_=True) for some in _in_groups(rare)]
        parts += [
            part for term in different if term not in together and (part := self._find(term)) is not None
        ]
        return BitMap.union(*parts) if parts else None

    def _parts(self, terms: Sequence[Node]) -> Iterator[BitMap | None]:
        """Yield the result of each term; rare words are looked up together, in as few searches as can be."""
        different = tuple(dict.fromkeys(terms))
        rare = [term for term in different if isinstance(term, Words) and self._is_rare(term)]
        yield from map(self._matching, _in_groups(rare))
        left_out = [term for term in different if isinstance(term, Not) and isinstance(term.term, Words)]
        yield self._find(Not(Or(tuple(term.term for term in left_out)))) if left_out else None
        together = {*rare, *left_out}
        yield from (self._find(term) for term in different if term not in together)

    def _is_rare(self, words: Words) -> bool:
        tokens, prefix = sought(words)
        return bool(tokens) and _key_of(tokens, prefix=prefix) not in self._postings.frequent

    def _matching(self, words: Sequence[Words], *, any_: bool = False) -> BitMap:
        """Return the excerpts that have all of some words, or any of them."""
        expression = (" OR " if any_ else " AND ").join(map(phrase, words))
        found = self._postings.looked_up.get(expression)
        if found is None:
            try:
                found = EXCERPTS.found(self._connection, expression)
            except LibraryError:
                self._scanned = True
                scanned = [plain.scan(self._connection, one) for one in words]
                return BitMap.union(*scanned) if any_ else BitMap.intersection(*scanned)
            self._postings.keep(expression, found)
        return found

    def _set(self, family: str, value: str) -> BitMap:
        return self._postings.set(self._connection, f"{family}:{value}")

    def _union(self, family: str, wanted: Callable[[str], bool]) -> BitMap:
        return BitMap().union(*(found for value, found in self.family(family).items() if wanted(value)))

    def _selected(self, condition: ColumnElement[bool]) -> BitMap:
        packed = self._connection.scalar(select(func.json_group_array(excerpts.c.number)).where(condition))
        return BitMap(msgspec.json.decode(packed or "[]", type=list[int]))

    def _bearing(self, kind: TagKind, value: str) -> BitMap:
        key, _, role = value.casefold().partition("/")
        if role and kind is not TagKind.PARTNER:
            return BitMap()
        if role:
            return self._union(
                keys.ROLE, lambda v: v.casefold() == f"{key}/{role}" if key else v.endswith(f"/{role}")
            )
        return self._union(kind, lambda v: not key or v.casefold() == key)

    def _source(self, value: str) -> BitMap | None:
        found = self._in_column("title", value)
        if found is None or not ID.fullmatch(value):
            return found
        by_id = select(sources.c.number).where(starts_with(sources.c.id, value))
        return found | self._selected(excerpts.c.source_number.in_(by_id))

    def _publisher(self, value: str) -> BitMap | None:
        if value.startswith(EXACTLY):
            wanted_name = value.removeprefix(EXACTLY).strip().casefold()
            return self._union(keys.PUBLISHER, lambda name: name.casefold() == wanted_name)
        wanted = [sought(one) for one in by_column(value)]
        if not wanted:
            return None

        def fits(name: str) -> bool:
            tokens = prepare(name).split()
            return all(plain.stands(tokens, sought_, prefix=prefix) for sought_, prefix in wanted)

        return self._union(keys.PUBLISHER, fits) | self._union(keys.CONTAINER, fits)

    def _in_column(self, column: str, value: str) -> BitMap | None:
        words = by_column(value)
        phrases = [found for found in map(phrase, words) if found]
        if not phrases:
            return None
        found: BitMap | None = None
        for start in range(0, len(phrases), _MOST_TOGETHER):
            expression = f"{{{column}}} : ({' AND '.join(phrases[start : start + _MOST_TOGETHER])})"
            try:
                part = EXCERPTS.found(self._connection, expression)
            except LibraryError:
                self._scanned = True
                part = BitMap.intersection(*(plain.scan(self._connection, w, column) for w in words))
            found = part if found is None else found & part
        return found

    def _language(self, value: str) -> BitMap | None:
        wanted = value.casefold()
        if wanted == NONE:
            return self._set(keys.LANGUAGE, "")
        return (
            self._union(keys.LANGUAGE, lambda v: v == wanted or v.startswith(f"{wanted}-"))
            if wanted
            else None
        )

    def _grade(self, value: str) -> BitMap | None:
        grade = _GRADE.fullmatch(value.upper())
        if grade is None:
            return BitMap()
        reliability, credibility = grade.groups()
        parts = [self._set(keys.RELIABILITY, reliability)] if reliability else []
        parts += [self._set(keys.CREDIBILITY, credibility)] if credibility else []
        return BitMap.intersection(*parts) if parts else None

    def _after(self, value: str) -> BitMap:
        if not is_edtf(value):
            return BitMap()
        found = self._union(keys.MONTH, lambda month: month >= value)
        within = keys.month_of(value)
        if within != value:
            found |= self._selected(excerpts.c.published.between(value, f"{within}\U0010ffff"))
        return found

    def _before(self, value: str) -> BitMap:
        """Return what is certainly older: with before:2025-10, a source of «2025» may be or not."""
        if not is_edtf(value):
            return BitMap()
        within = keys.month_of(value)
        found = self._union(
            keys.MONTH, lambda month: bool(month) and month < within and not within.startswith(month)
        )
        if within != value:
            dates = excerpts.c.published
            found |= self._selected((dates > within) & (dates < value) & (func.instr(value, dates) != 1))
        return found

    def _range(self, value: str) -> BitMap | None:
        if not value:
            return None
        if value.casefold() == NONE:
            return self._set(keys.MONTH, "")
        first, dots, last = value.partition("..")
        last = last if dots else first
        if not all(is_edtf(end) for end in (first, last) if end):
            return BitMap()
        found = self._after(first) if first else self.every() - self._set(keys.MONTH, "")
        return found - self._past(last) - self._coarser(last) if last else found

    def _past(self, value: str) -> BitMap:
        """Return what is after the whole day, month or year ``value``."""
        end = f"{value}\U0010ffff"
        found = self._union(keys.MONTH, lambda month: month > end)
        if len(value) > len(keys.month_of(value)):
            within = keys.month_of(value)
            found |= self._selected(excerpts.c.published.between(end, f"{within}\U0010ffff"))
        return found

    def _coarser(self, value: str) -> BitMap:
        """Return what is dated by just the year, or the month, that ``value`` lies in: it may be past it or not."""
        year, month = value[: len("2025")], keys.month_of(value)
        found = self._set(keys.MONTH, year) if value != year else BitMap()
        return found | self._selected(excerpts.c.published == month) if value != month else found

    def _used(self, value: str) -> BitMap | None:
        answer = value.casefold()
        if answer in YES:
            return self.used()
        return self.every() - self.used() if answer in NO else None

    def _in_brief(self, value: str) -> BitMap:
        users = select(brief_excerpts.c.excerpt_id).where(starts_with(brief_excerpts.c.brief_id, value))
        return self._selected(excerpts.c.id.in_(users))


def _in_groups(words: Sequence[Words]) -> Iterator[Sequence[Words]]:
    return (words[start : start + _MOST_TOGETHER] for start in range(0, len(words), _MOST_TOGETHER))


def by_column(value: str) -> list[Words]:
    """Return the words of a field's value, each of which may end in ``*``."""
    words = (Words(word, prefix=word.endswith("*")) for word in value.split())
    return [one for one in words if sought(one)[0]]


def _key_of(tokens: Sequence[str], *, prefix: bool) -> str:
    if len(tokens) == 1:
        return f"{keys.PREFIX if prefix else keys.WORD}:{tokens[0]}"
    # A phrase that ends in a beginning of a word has no set: no key has this form.
    return f"{keys.PAIR}:{' '.join(tokens)}{'*' if prefix else ''}"


def _clean(value: str) -> str:
    """Return ``value`` without what SQLite cannot take: NUL, and halves of surrogate pairs."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode().strip()
