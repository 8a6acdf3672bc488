"""Holds what is in a library, and in its trash, against what its record says came in and went out.

What is deleted goes through the trash, with an entry for each step; so what came in, and is neither there nor in
the trash nor deleted for good, was taken out by something else than Briefer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select

from briefer.domain.digests import ALTERED, Thing, as_brought, is_broken, key_of, state_of
from briefer.domain.excerpts import Excerpt
from briefer.domain.outside import Altered, Missing
from briefer.domain.sources import Snapshot, Source
from briefer.domain.trash import Content, Trashed, TrashKind
from briefer.storage import taken_in
from briefer.storage.recorded import Key, whole_record
from briefer.storage.tables import briefs, excerpts, forms, snapshots, sources, terms, versions
from briefer.storage.trash import SqliteTrash
from briefer.storage.types import UnreadableValueError

_AT_ONCE = 1_000
_SHOWN = 80
_PART_OF = {"reading": "source", "excerpt": "source", "version": "brief"}
_CALLED = {"reading": "a capture of it", "version": "a kept version of it"}
_COUNTED = {"reading": "capture", "version": "kept version", "excerpt": "excerpt"}
_IN_BULK = frozenset({"source", "reading", "excerpt"})
_PUT_IN = "something else than Briefer has put it in"
_TAKEN_OUT = "something else than Briefer has removed it"


def _named(
    id_: ColumnElement[str], label: ColumnElement[str], of: ColumnElement[str] | None = None
) -> Select[str, str, str]:
    return select(id_.label("id"), label.label("label"), (literal("") if of is None else of).label("of"))


_KEPT = {
    "source": _named(sources.c.id, sources.c.title),
    "reading": _named(snapshots.c.id, sources.c.title, sources.c.id).join_from(snapshots, sources),
    "excerpt": _named(excerpts.c.id, func.substr(excerpts.c.quote, 1, _SHOWN)),
    "brief": _named(briefs.c.id, briefs.c.title),
    "version": _named(versions.c.id, briefs.c.title, briefs.c.id).join_from(versions, briefs),
    "term": _named(terms.c.kind + ":" + terms.c.key, terms.c.label_en),
    "form": _named(forms.c.id, forms.c.id),
}
"""Of each kind of what has a state: the ids of all, what they are called, and the ids of what they are parts of."""


def problems(connection: Connection) -> Iterator[str]:
    """Tell what is missing, what nobody knows of, and what in the trash is not what was put there."""
    for stock in _stock(connection):
        yield from map(str, (*_told(stock.missing()), *stock.unknown))
        yield from stock.missing_in_bulk()
        yield from stock.altered_in_trash()


def outside(connection: Connection) -> Iterator[Altered]:
    """Yield what is missing, and what the record has to know and does not."""
    for stock in _stock(connection):
        yield from (*_told(stock.missing()), *stock.unknown)


def missing(connection: Connection) -> tuple[Missing, ...]:
    """Return what came in with an entry that tells of it, and is nowhere."""
    return tuple(one for stock in _stock(connection) for one in stock.missing())


def _stock(connection: Connection) -> tuple[_Stock, ...]:
    """Return what can be told; nothing where the trash cannot be read, which is told with the other values."""
    try:
        return (_Stock(connection),)
    except (UnreadableValueError, ValueError):
        return ()


class _Stock:
    """What the record tells, beside what there is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._recorded = whole_record(connection)
        self._brought = taken_in.Brought(connection)
        self._trash = tuple(_in_trash(connection))
        self._thrown = {_key(thing) for _, content in self._trash for thing in _things(content)}
        self._absent = {(kind, id_) for kind in _KEPT for id_ in self._recorded.states[kind]} - self._thrown
        self._of_bulk = sum(map(self._came_in_bulk, self._thrown))
        self.unknown: list[Altered] = []
        for kind in _KEPT:
            self._go_through(kind)

    def _go_through(self, kind: str) -> None:
        """Tick off all of a kind that is in the library."""
        for id_, label, of in self._connection.execute(_KEPT[kind].execution_options(yield_per=_AT_ONCE)):
            key = (kind, id_)
            self._absent.discard(key)
            in_bulk = self._came_in_bulk(key)
            self._of_bulk += in_bulk
            known = in_bulk or id_ in self._recorded.states[kind]
            # What belongs to something that nobody knows is told with it.
            if self._recorded.is_whole and not known and all(of != one.id for one in self.unknown):
                why = f"the record does not tell how {_CALLED.get(kind, 'it')} came here; {_PUT_IN}"
                self.unknown.append(
                    Altered(_PART_OF[kind] if kind in _CALLED else kind, of or id_, label, why)
                )

    def _came_in_bulk(self, key: Key) -> bool:
        kind, id_ = key
        return kind in _IN_BULK and key not in self._recorded.made and self._brought.covers(id_)

    def missing(self) -> tuple[Missing, ...]:
        """Return what came in with an entry that tells of it, and is nowhere."""
        recorded = self._recorded
        gone = (key for key in sorted(self._absent) if not recorded.is_gone(key))
        return tuple(self._missing(key) for key in gone if recorded.entries[key] > recorded.rescued)

    def _missing(self, key: Key) -> Missing:
        kind, id_ = key
        recorded = self._recorded
        of = recorded.owners.get(key, "")
        label = recorded.labels.get(key) or recorded.labels.get((_PART_OF.get(kind, ""), of)) or id_
        where = "is neither in the library nor in the trash"
        if put := recorded.thrown.get(key):
            known = f"entry {put.number} of the record put it into the trash, and it {where}"
        else:
            one = f"{_CALLED[kind]} that" if kind in _CALLED else "it, and it"
            known = f"entry {recorded.entries[key]} of the record knows {one} {where}"
        why = f"{known}; {_TAKEN_OUT}"
        return Missing(kind, id_, label, of, why)

    def missing_in_bulk(self) -> Iterator[str]:
        """Tell how much of bulk imports is missing: their entries have no ids."""
        deleted = sum(
            1 + n for key, n in self._recorded.deleted.items() if self._came_in_bulk(_of_capture(key))
        )
        lost = self._brought.count - self._of_bulk - deleted
        if lost > 0 and not self._recorded.rescued:
            yield (
                f"bulk imports: {lost:,} of {self._brought.count:,} sources, captures and excerpts that they brought are"
                f" neither in the library nor in the trash; {_TAKEN_OUT.replace(' it', ' them')}"
            )

    def altered_in_trash(self) -> Iterator[str]:
        """Tell what lies in the trash as something else than it was when it was put there."""
        for place, content in self._trash:
            put = self._recorded.thrown.get((place.kind, place.thing))
            if put is None:
                continue  # what was put there by a Briefer that did not record it
            if (
                (place.label, place.who) != (put.label, put.who)
                or any(self._is_altered(thing, put.number) for thing in _things(content))
                or (content.brief and is_broken(put.seal, content.brief))
            ):
                yield (
                    f"trash: {place.kind} {place.thing} “{place.label}” is not what entry {put.number} of the record"
                    " put there; something else than Briefer has changed it"
                )

    def _is_altered(self, thing: Thing, thrown: int) -> bool:
        kind, id_ = _key(thing)
        state = self._recorded.state(thing)
        if state is not None:
            # A term of the same name may have been made since.
            return self._recorded.entries[kind, id_] < thrown and state not in {state_of(thing), ALTERED}
        if isinstance(thing, Source | Snapshot | Excerpt) and self._came_in_bulk((kind, id_)):
            return not self._brought.has(as_brought(thing), id_)
        return False


def _told(found: tuple[Missing, ...]) -> Iterator[Altered]:
    """Yield what is missing; what has gone with what it belonged to is counted there."""
    gone = {(one.kind, one.id) for one in found}
    for one in found:
        if _owner(one) in gone:
            continue
        also = Counter(part.kind for part in found if _owner(part) == (one.kind, one.id))
        with_it = " and ".join(_counted(n, _COUNTED[kind]) for kind, n in also.items())
        why = f"{one.why}, and with it {with_it}" if with_it else one.why
        kind, id_ = _owner(one) if one.kind in _CALLED else (one.kind, one.id)
        yield Altered(kind, id_, one.label, why)


def _owner(one: Missing) -> Key:
    return _PART_OF.get(one.kind, ""), one.of


def _counted(n: int, name: str) -> str:
    return f"{n:,} {name}{'' if n == 1 else 's'}"


def _in_trash(connection: Connection) -> Iterator[tuple[Trashed, Content]]:
    kept = SqliteTrash(connection)
    return ((place, kept.content(place.id)) for place in kept.all())


def _things(content: Content) -> Iterator[Thing]:
    """Yield what of a deleted thing has states of its own."""
    for whole in (content.source, content.brief, content.term, content.form):
        if whole is not None:
            yield whole
    yield from content.snapshots
    yield from content.excerpts
    yield from content.versions


def _key(thing: Thing) -> Key:
    kind, _, id_ = key_of(thing).partition("/")
    return kind, id_


def _of_capture(key: Key) -> Key:
    """Return the key of a deleted thing as its state has it."""
    return ("reading", key[1]) if key[0] == TrashKind.CAPTURE else key
