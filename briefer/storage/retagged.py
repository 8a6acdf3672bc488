"""Holds the tags of excerpts against the sets that these were sorted into by them.

Tags are in no state of the record (`domain.digests`). But whatever Briefer stores, it also sorts into sets, so what
another program writes into the tables alone is told from them, excerpt by excerpt, at no cost to who tags thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from pyroaring import BitMap
from sqlalchemy import Connection, select

from briefer.domain.keys import ROLE
from briefer.domain.outside import Altered
from briefer.domain.tags import Role, TagKind
from briefer.errors import LibraryError
from briefer.storage.ids import chunks
from briefer.storage.posting_writer import are_complete
from briefer.storage.postings import as_stored
from briefer.storage.tables import excerpt_tags, excerpts, tags

_SHOWN = 80
_AT_ONCE = 10_000
_FAMILIES = (ROLE, *(kind.value for kind in TagKind if kind is not TagKind.PARTNER))


def problems(connection: Connection) -> Iterator[str]:
    """Tell of excerpts whose tags are others than those that they were sorted into sets by."""
    return map(str, outside(connection))


def outside(connection: Connection) -> Iterator[Altered]:
    """Yield excerpts whose tags are others than Briefer has stored last; none where the sets cannot be read."""
    changes = _changes(connection)
    wanted = select(*excerpts.c["number", "id", "quote"])
    for chunk in chunks(sorted(changes)):
        for row in connection.execute(wanted.where(excerpts.c.number.in_(chunk))):
            what = "; ".join(sorted(changes[row.number]))
            why = f"its tags are not those that it was stored with ({what}); something else than Briefer has changed them, or the search index was stale"
            yield Altered("excerpt", row.id, row.quote[:_SHOWN], why)


def altered(connection: Connection, ids: frozenset[str]) -> frozenset[str]:
    """Return which excerpts of these ids have other tags than Briefer has stored last."""
    found: set[str] = set()
    for chunk in chunks(ids):
        wanted = select(*excerpts.c["number", "id"]).where(excerpts.c.id.in_(chunk))
        id_of = {row.number: row.id for row in connection.execute(wanted)}
        found.update(id_of[number] for number in _changes(connection, BitMap(id_of)))
    return frozenset(found)


def _changes(connection: Connection, among: BitMap | None = None) -> Mapping[int, list[str]]:
    """Return what came to excerpts (to all, or those of these numbers) and what they lost, in words, by their numbers."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    then = _stored(connection)
    if then is None:
        return found
    now = _borne(connection, among)
    for key in then.keys() | now.keys():
        before, after = then.get(key, BitMap()), now.get(key, BitMap())
        before = before if among is None else before & among
        for numbers, way in ((after - before, "has come"), (before - after, "is gone")):
            for number in numbers:
                found[number].append(f"{_shown(key)} {way}")
    return found


def _stored(connection: Connection) -> dict[str, BitMap] | None:
    """Return which excerpts were sorted in by which tag, by the keys of its sets; None where that cannot be read."""
    try:
        held = as_stored(connection)
    except LibraryError:
        return None
    found = {
        f"{family}:{value}": numbers
        for family in _FAMILIES
        for value, numbers in held.family(connection, family).items()
    }
    return found if are_complete(connection) and not held.damaged else None


def _borne(connection: Connection, among: BitMap | None) -> dict[str, BitMap]:
    """Return which excerpts bear which tag now, by the keys of its sets."""
    listed = select(*tags.c["number", "kind", "key", "role"])
    key_of = {row.number: _key(row.kind, row.key, row.role) for row in connection.execute(listed)}
    found: defaultdict[str, BitMap] = defaultdict(BitMap)
    borne = select(*excerpt_tags.c["tag_number", "excerpt_number"]).order_by(excerpt_tags.c.tag_number)
    if among is not None:
        borne = borne.where(excerpt_tags.c.excerpt_number.in_(among))
    rows = connection.execute(borne.execution_options(yield_per=_AT_ONCE))
    for tag, own in groupby(rows, key=itemgetter(0)):
        found[key_of[tag]].update(number for _, number in own)
    return found


def _key(kind: str, key: str, role: str) -> str:
    # A partner has a set for each of its roles besides one for all of them.
    return f"{ROLE}:{key}/{role or None}" if kind == TagKind.PARTNER.value else f"{kind}:{key}"


def _shown(key: str) -> str:
    name = f"{TagKind.PARTNER}:{key.removeprefix(f'{ROLE}:')}" if key.startswith(f"{ROLE}:") else key
    return name.removesuffix("/None").removesuffix(f"/{Role.PARTNER}")
