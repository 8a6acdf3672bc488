"""The terms of a library, its home country, and the scheme of markings that it prefers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.storage.tables import meta, terms

_HOME = "home_country"
_SCHEME = "marking_scheme"
_COLUMNS = tuple(field.name for field in fields(Term))
_VALUES = attrgetter(*_COLUMNS)


class SqliteVocabulary:
    """Keeps terms in the order in which they were added; keys are compared without case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Vocabulary:
        """Return the vocabulary."""
        in_order = select(*terms.c[_COLUMNS]).order_by(terms.c.position, terms.c.folded)
        rows = self._connection.execute(in_order).all()
        return Vocabulary(tuple(Term(TagKind(kind), *rest) for kind, *rest in rows), self._value(_HOME))

    def put(self, terms_: Iterable[Term], home_country: str | None = None) -> None:
        """Add terms or change those of the same kind and key."""
        end = self._connection.scalar(select(func.max(terms.c.position))) or 0
        rows = [_row(term, position) for position, term in enumerate(terms_, end + 1)]
        if rows:
            new = insert(terms)
            changed = {
                c.name: new.excluded[c.name] for c in terms.c if c.name not in {"kind", "folded", "position"}
            }
            self._connection.execute(
                new.on_conflict_do_update(index_elements=["kind", "folded"], set_=changed), rows
            )
        if home_country is not None:
            self._keep(_HOME, home_country)

    def marking_scheme(self) -> str:
        """Return the id of the preferred scheme of markings, empty for none."""
        return self._value(_SCHEME)

    def prefer_marking_scheme(self, scheme_id: str) -> None:
        """Prefer a scheme of markings, or none."""
        self._keep(_SCHEME, scheme_id)

    def _value(self, key: str) -> str:
        return self._connection.scalar(select(meta.c.value).where(meta.c.key == key)) or ""

    def _keep(self, key: str, value: str) -> None:
        kept = insert(meta).values(key=key, value=value)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def remove(self, kind: str, key: str) -> int | None:
        """Take a term out and return its place among the others, None where there is none; tags that use it stay."""
        own = (terms.c.kind == kind, terms.c.folded == key.casefold())
        place: int | None = self._connection.scalar(select(terms.c.position).where(*own))
        self._connection.execute(delete(terms).where(*own))
        return place

    def put_back(self, term: Term, place: int) -> None:
        """Put a term that was taken out back into its place."""
        self._connection.execute(insert(terms).values(_row(term, place)))


def _row(term: Term, position: int) -> dict[str, Any]:
    # Not by asdict: it copies each value deeply, which takes most of the time of making a library.
    values = zip(_COLUMNS, _VALUES(term), strict=True)
    return {**dict(values), "folded": term.key.casefold(), "position": position}
