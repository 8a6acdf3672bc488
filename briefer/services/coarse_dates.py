"""Excerpts that a date in a query leaves out because their own date is a year or a month that it lies in.

``after:2025-10`` does not find what is dated «2025», and neither does ``before:2025-10`` or ``date:..2025-10``: what is
not known to be on that side is left out, and told.
"""

from __future__ import annotations

from briefer.domain.queries import And, Field, Match, Node, Not, Or, both, widest
from briefer.services.query_language import Asked

_LENGTHS = (len("2025"), len("2025-10"))


def coarser(asked: Asked) -> tuple[str, ...]:
    """Return the year, and perhaps the month, that the date of a field lies in; of a range, those of both its ends."""
    if asked.field not in {Field.AFTER, Field.BEFORE, Field.DATE} or asked.value.casefold() == "none":
        return ()
    first, _, last = widest(asked.field, asked.value).partition("..")
    within = [end[:length] for end in (first, last) for length in _LENGTHS if len(end) > length]
    return tuple(dict.fromkeys(within))


def without_day(query: Node, asked: Asked) -> Node | None:
    """Return what finds the excerpts that one of the dates of ``query`` leaves out for being dated more coarsely.

    They have all else that the query asks for. None where the date stands in brackets or behind a minus: what it leaves
    out may be found there for another reason.
    """
    terms = query.terms if isinstance(query, And) else (query,)
    wanted = Match(asked.field, asked.value)
    if wanted not in terms:
        return None
    return both(*(term for term in terms if term != wanted), Or(tuple(map(_only, coarser(asked)))))


def _only(date: str) -> Node:
    """Return what finds the excerpts that are dated by just that year or month."""
    # What is dated «2025» is also after:2025-01, so that its first month, or day, is left out apart from the others.
    rest = Match(Field.DATE, f"{date}-01"), Match(Field.AFTER, f"{date}-02")
    return both(Match(Field.DATE, date), *map(Not, rest))
