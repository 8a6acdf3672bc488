"""A query's tree into SQL conditions; what people wrote reaches SQLite only as bound parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    TableClause,
    and_,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
)

from briefer.domain.dates import is_edtf
from briefer.domain.queries import And, Field, Match, Node, Not, Or, Words
from briefer.domain.tags import TagKind
from briefer.storage.ids import starts_with
from briefer.storage.search_index import phrase
from briefer.storage.tables import (
    brief_excerpts,
    excerpt_index,
    excerpt_tags,
    excerpts,
    source_index,
    sources,
    tags,
)

Condition = ColumnElement[bool]

_GRADE = re.compile(r"([A-F])?([1-6])?")
_ID = re.compile(r"[0-9A-Fa-f-]{4,36}")
_TAG_FIELDS = {Field.PARTNER, Field.RISK, Field.THEME, Field.FREE}
_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}


@dataclass(frozen=True, eq=False)
class Plan:
    """A query in three parts, all of which a hit fulfils.

    ``words`` is an FTS5 expression, '' for none; ``bearing`` are queries of excerpt numbers, one for each tag;
    ``rest`` is all that has to be asked of the rows of ``excerpts``, which is slow.
    """

    words: str = ""
    bearing: tuple[Select[int], ...] = ()
    rest: Condition | None = None

    @property
    def everything(self) -> bool:
        """Whether every excerpt is a hit."""
        return not self.words and not self.bearing and self.rest is None

    def numbers(self) -> Select[int]:
        """Return the query of the numbers of the hits, in which some may come twice."""
        sets = list(self.bearing)
        if self.words:
            sets.insert(0, select(excerpt_index.c.rowid).where(matches(excerpt_index, self.words)))
        if self.rest is not None:
            base = select(excerpts.c.number).where(self.rest)
            return base.where(*(excerpts.c.number.in_(numbers) for numbers in sets))
        base = sets.pop(0)
        # Without «+ 0» SQLite would ask the first set anew for each number of the others.
        number = base.selected_columns[0] + literal_column("0", Integer)
        return base.where(*(number.in_(numbers) for numbers in sets))


def matches(index: TableClause, expression: str) -> Condition:
    """Return the condition that a row of a full-text index matches."""
    return literal_column(index.name).op("MATCH", is_comparison=True)(literal(expression))


def expression(node: Node) -> str | None:
    """Return the FTS5 expression of a tree of words alone, '' when they are empty; None for other trees."""
    if isinstance(node, Words):
        return phrase(node)
    if isinstance(node, And | Or):
        parts = [expression(term) for term in node.terms]
        if None not in parts:
            glue = " AND " if isinstance(node, And) else " OR "
            kept = [part for part in parts if part]
            return f"({glue.join(kept)})" if len(kept) > 1 else "".join(kept)
    return None


class ExcerptConditions:
    """Makes conditions over rows of ``excerpts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, query: Node) -> Plan:
        """Return the plan of a query."""
        words: list[str] = []
        bearing: list[Select[int]] = []
        rest: list[Condition] = []
        for term in _conjuncts(query):
            found = expression(term)
            if found is not None:
                words.extend(filter(None, [found]))
            elif isinstance(term, Match) and term.field in _TAG_FIELDS:
                bearing.append(self._bearing(TagKind(term.field), _clean(term.value)))
            elif (condition := self.condition(term)) is not None:
                rest.append(condition)
        return Plan(" AND ".join(words), tuple(bearing), and_(*rest) if rest else None)

    def condition(self, node: Node) -> Condition | None:
        """Return the condition that ``node`` asks for, or None when it asks for nothing."""
        found = expression(node)
        if found is not None:
            return self.words(found) if found else None
        if isinstance(node, Not):
            inner = self.condition(node.term)
            return None if inner is None else not_(inner)
        if isinstance(node, And | Or):
            parts = [c for c in map(self.condition, node.terms) if c is not None]
            join: Callable[..., Condition] = and_ if isinstance(node, And) else or_
            return join(*parts) if parts else None
        assert isinstance(node, Match)
        return self.field(node.field, _clean(node.value))

    def words(self, expression_: str) -> Condition:
        """Return the condition that the text matches an FTS5 expression."""
        hits = select(excerpt_index.c.rowid).where(matches(excerpt_index, expression_))
        return excerpts.c.number.in_(hits)

    def field(self, field: Field, value: str) -> Condition | None:
        """Return the condition of ``field:value``."""
        if field in _TAG_FIELDS:
            return excerpts.c.number.in_(self._bearing(TagKind(field), value))
        if field is Field.USED:
            return _used(value)
        if field is Field.IN:
            users = select(brief_excerpts.c.excerpt_id).where(starts_with(brief_excerpts.c.brief_id, value))
            return excerpts.c.id.in_(users)
        if field is Field.KIND:
            return excerpts.c.kind == value.casefold() if value else None
        if field is Field.GRADE:
            return _graded(value)
        if field in {Field.AFTER, Field.BEFORE}:
            return _dated(field, value, excerpts.c.published)
        own = source_field(field, value)
        return None if own is None else excerpts.c.source_number.in_(select(sources.c.number).where(own))

    def _bearing(self, kind: TagKind, value: str) -> Select[int]:
        key, _, role = value.partition("/")
        wanted = [tags.c.kind == kind]
        if key:
            wanted.append(tags.c.folded == key.casefold())
        if role:
            wanted.append(tags.c.role == role.casefold())
        # The few numbers first: as a subquery, SQLite would choose its plan without knowing how few.
        numbers = self._connection.scalars(select(tags.c.number).where(*wanted)).all()
        return select(excerpt_tags.c.excerpt_number).where(excerpt_tags.c.tag_number.in_(numbers))


class SourceConditions(ExcerptConditions):
    """Makes conditions over rows of ``sources``; what only excerpts have is looked for in a source's own."""

    def words(self, expression_: str) -> Condition:
        """Return the condition that the text matches an FTS5 expression."""
        return sources.c.number.in_(source_hits(expression_))

    def field(self, field: Field, value: str) -> Condition | None:
        """Return the condition of ``field:value``."""
        if field in {Field.SOURCE, Field.PUBLISHER, Field.LANG}:
            return source_field(field, value)
        if field in {Field.AFTER, Field.BEFORE}:
            return _dated(field, value, func.coalesce(sources.c.published, ""))
        if field is Field.GRADE and re.fullmatch("[A-Fa-f]", value):
            return sources.c.reliability == value.upper()
        if field is Field.USED and value.casefold() in _NO:
            # Of a source «not used» says that none of its excerpts is, even where it has none.
            return not_(self._having(super().field(field, "yes")))
        inner = super().field(field, value)
        return None if inner is None else self._having(inner)

    def _having(self, inner: Condition | None) -> Condition:
        assert inner is not None
        return sources.c.number.in_(select(excerpts.c.source_number).where(inner))


def source_field(field: Field, value: str) -> Condition | None:
    """Return the condition over ``sources`` of a field that is the source's own."""
    if field is Field.LANG:
        language, wanted = func.lower(sources.c.language), value.lower()
        region = language.startswith(f"{wanted}-", autoescape=True)
        return or_(language == wanted, region) if value else None
    found = " AND ".join(filter(None, (_word(word) for word in value.split())))
    if field is Field.PUBLISHER:
        return _in_column("publisher", found) if found else None
    by_id = [starts_with(sources.c.id, value)] if _ID.fullmatch(value) else []
    by_title = [_in_column("title", found)] if found else []
    return or_(*by_id, *by_title) if found else None


def _word(text: str) -> str:
    return phrase(Words(text, prefix=text.endswith("*")))


def _in_column(column: str, found: str) -> Condition:
    return sources.c.number.in_(source_hits(f"{{{column}}} : ({found})"))


def source_hits(expression_: str) -> Select[int]:
    """Return the numbers of the sources that match an FTS5 expression."""
    return select(source_index.c.rowid).where(matches(source_index, expression_))


def _used(value: str) -> Condition | None:
    used = excerpts.c.number.in_(
        select(excerpts.c.number).where(excerpts.c.id.in_(select(brief_excerpts.c.excerpt_id)))
    )
    answer = value.casefold()
    if answer in _YES:
        return used
    return not_(used) if answer in _NO else None


def _graded(value: str) -> Condition | None:
    grade = _GRADE.fullmatch(value.upper())
    if grade is None:
        return false()
    reliability, credibility = grade.groups()
    parts: list[Condition] = []
    if reliability:
        reliable = select(sources.c.number).where(sources.c.reliability == reliability)
        parts.append(excerpts.c.source_number.in_(reliable))
    if credibility:
        parts.append(excerpts.c.credibility == credibility)
    return and_(*parts) if parts else None


def _dated(field: Field, value: str, published: ColumnElement[str]) -> Condition | None:
    """Compare EDTF dates by their text. A date that is too coarse to tell is neither before nor after."""
    if not value:
        return None
    if not is_edtf(value):
        return false()
    if field is Field.AFTER:
        return published >= value
    # With before:2025-10, a source of «2025» may be older or not.
    certain = func.substr(literal(value), 1, func.length(published)) != published
    return and_(published != "", published < value, certain)


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, And):
        for term in node.terms:
            yield from _conjuncts(term)
    else:
        yield node


def _clean(value: str) -> str:
    """Return ``value`` without what SQLite cannot take: NUL, and halves of surrogate pairs."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode().strip()
