"""Holds sources, excerpts, briefs and what else is under a signature against their states in the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, literal, select

from briefer.domain.briefs import Brief, Version
from briefer.domain.digests import (
    ALTERED,
    CAPTURE,
    OF_CAPTURE,
    Thing,
    as_brought,
    brought,
    capture_key,
    is_broken,
    key_of,
    state_of,
    state_of_capture,
    state_of_reading,
)
from briefer.domain.excerpts import Excerpt
from briefer.domain.outside import Altered
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Term
from briefer.storage import taken_in
from briefer.storage.briefs import SqliteBriefs
from briefer.storage.excerpts import SqliteExcerpts
from briefer.storage.forms import SqliteForms
from briefer.storage.ids import chunks
from briefer.storage.recorded import Recorded, record_of, whole_record
from briefer.storage.sources import SqliteSources
from briefer.storage.tables import briefs, excerpts, forms, snapshots, sources, terms, versions
from briefer.storage.vocabulary import SqliteVocabulary

_AT_ONCE = 1_000
_WHAT = {
    "source": "its data (title, publisher, dates, grade and the like) are",
    "reading": "which of its lines are the article is",
    CAPTURE: "what is said of its capture (its original file, when and by whom it was taken in) is",
    "excerpt": "its words, or what is said of it (speaker, comment, marking and the like), are",
    "brief": "its data (title, day, marking and the like) are",
    "version": "this kept version is",
    "term": "the term of the vocabulary is",
    "form": "the form is",
}
_COUNTED = (
    (sources, "source", "the data of {}", "source"),
    (snapshots, "reading", "which lines of {} are the article", "capture"),
    (excerpts, "excerpt", "the words and notes of {}", "excerpt"),
    (briefs, "brief", "the data of {}", "brief"),
    (versions, "version", "{} of briefs", "version"),
    (terms, "term", "{} of the vocabulary", "term"),
    (forms, "form", "{}", "form"),
)


def problems(connection: Connection) -> Iterator[str]:
    """Tell of what is not as Briefer has stored it last."""
    return map(str, outside(connection))


def outside(connection: Connection) -> Iterator[Altered]:
    """Yield what is not as Briefer has stored it last, but for what briefs say."""
    recorded = whole_record(connection)
    for kind, states in sorted(recorded.states.items()):
        found = _FOUND.get(kind)
        for there in found(connection, states, recorded) if found else ():
            entry, last = recorded.entries[kind, there.id], states[there.id]
            if last == ALTERED:
                yield there.altered(
                    kind,
                    f"something else than Briefer has changed it, as entry {entry} of the record tells, and nobody has confirmed it",
                )
            elif there.state != last:
                yield there.altered(
                    kind,
                    f"{_WHAT[kind]} not as entry {entry} of the record has it; something else than Briefer has changed it",
                )
    yield from _not_as_brought(connection, recorded)


def texts(connection: Connection) -> Iterator[str]:
    """Tell of briefs that say something else than Briefer has stored last."""
    return map(str, outside_texts(connection))


def outside_texts(connection: Connection) -> Iterator[Altered]:
    """Yield briefs that say something else than Briefer has stored last."""
    for brief, broken in _sealed(connection):
        if broken:
            why = "what it says is not what was stored last; something else than Briefer has changed it"
            yield Altered("brief", brief.id, brief.title, why)


def _sealed(connection: Connection) -> Iterator[tuple[Brief, bool | None]]:
    """Yield each brief, and whether it says something else than it did when it was stored; None where that cannot be told."""
    kept, is_whole = SqliteBriefs(connection), record_of(connection, ()).is_whole
    for brief in kept.each():
        seal = kept.seal(brief.id)
        yield brief, is_broken(seal, brief) if seal or not is_whole else True


def altered(connection: Connection, things: Iterable[Thing]) -> frozenset[str]:
    """Return the keys of those that are not as the record has them last; of some it does not tell."""
    given = {key_of(thing): thing for thing in things}
    recorded = record_of(connection, {id_ for thing in given.values() for id_ in _told_under(thing)})
    found = ((key, recorded.state(thing)) for key, thing in given.items())
    changed = {key for key, state in found if state is not None and state != state_of(given[key])}
    for thing in given.values():
        if isinstance(thing, Snapshot):
            last = recorded.states[CAPTURE].get(thing.id)
            changed |= {capture_key(thing)} if last is not None and last != state_of_capture(thing) else set()
    new = [
        thing
        for key, thing in given.items()
        if recorded.is_as_it_came(key.partition("/")[0], key.partition("/")[2], _told_under(thing)[0])
    ]
    kept = SqliteBriefs(connection)
    unsealed = (
        one
        for one in given.values()
        if isinstance(one, Brief) and recorded.is_whole and not kept.seal(one.id)
    )
    changed |= {key_of(brief) for brief in unsealed}
    came = [thing for thing in new if isinstance(thing, Source | Snapshot | Excerpt)]
    strange = taken_in.not_brought(connection, new) if recorded.is_whole else frozenset()
    return frozenset(changed) | strange | taken_in.not_as_brought(connection, came)


def _not_as_brought(connection: Connection, recorded: Recorded) -> Iterator[Altered]:
    """Yield what is not as it came in with a bulk import, and was not changed by Briefer since."""
    all_ = taken_in.Brought(connection)
    for kind, (_, found) in _BROUGHT.items():
        for chunk in chunks(_as_they_came(connection, kind, recorded, all_)):
            for id_, label, digest in found(connection, chunk):
                if not all_.has(digest, id_):
                    why = f"{_WHAT[kind]} not as it came in with a bulk import; something else than Briefer has changed it"
                    yield Altered(_PART_OF.get(kind, kind), id_, label, why)


def _as_they_came(
    connection: Connection, kind: str, recorded: Recorded, all_: taken_in.Brought
) -> Iterator[str]:
    """Yield the ids of what came in with bulk imports, and of which nothing was recorded since."""
    for id_, source_id in connection.execute(_BROUGHT[kind][0].execution_options(yield_per=_AT_ONCE)):
        if all_.covers(id_) and recorded.is_as_it_came(kind, id_, source_id):
            yield id_


def _told_under(thing: Thing) -> tuple[str, ...]:
    """Return the ids of the entries that may tell of a thing."""
    if isinstance(thing, Snapshot):
        return (thing.source_id,)
    if isinstance(thing, Version):
        return (thing.brief.id,)
    if isinstance(thing, Term):
        return (key_of(thing).partition("/")[2], "")  # those of many have no id
    return (thing.id,)


def uncovered(connection: Connection) -> tuple[str, ...]:
    """Return how much there is of which the record does not tell how it has to be, in words.

    Where it has to tell of everything, what it does not tell of is a fault (`inventory`).
    """
    recorded, all_ = whole_record(connection), taken_in.Brought(connection)
    counts = [] if recorded.is_whole else [(taken_in.uncovered(connection), "the text of {}", "capture")]
    for table, kind, words, name in () if recorded.is_whole else _COUNTED:
        there = connection.scalar(select(func.count()).select_from(table)) or 0
        found = sum(1 for _ in _FOUND[kind](connection, recorded.states[kind], recorded))
        came = sum(1 for _ in _as_they_came(connection, kind, recorded, all_)) if kind in _BROUGHT else 0
        counts.append((there - found - came, words, name))
    counts.append((sum(broken is None for _, broken in _sealed(connection)), "the text of {}", "brief"))
    return tuple(
        words.format(f"{count:,} {name}{'' if count == 1 else 's'}")
        for count, words, name in counts
        if count > 0
    )


_Digests = Iterator[tuple[str, str, bytes]]
"""Of things that are there: their ids (of readings, those of the sources), what they are called, and their `digests.as_brought`."""


class _There(NamedTuple):
    """A thing that is there, with its state. ``of`` is the id of the source or brief that it is part of, by which it is confirmed."""

    id: str
    label: str
    state: str
    of: str = ""

    def altered(self, kind: str, why: str) -> Altered:
        """Return that it is not as it was, under the id by which a person finds and confirms it."""
        return Altered(_PART_OF.get(kind, kind), self.of or self.id, self.label, why)


_Found = Iterator[_There]
_PART_OF = {"reading": "source", CAPTURE: "source", "version": "brief"}


def _sources(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    for chunk in chunks(ids):
        for source in SqliteSources(connection).get_many(chunk).values():
            yield _There(source.id, source.title, state_of(source))


def _excerpts(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    for chunk in chunks(ids):
        for excerpt in SqliteExcerpts(connection).get_many(chunk).values():
            yield _There(excerpt.id, excerpt.quote[:_SHOWN], state_of(excerpt))


def _readings(connection: Connection, ids: Collection[str], recorded: Recorded) -> _Found:
    wanted = select(*snapshots.c["id", "reading"], sources.c["id"].label("source"), sources.c.title)
    for chunk in chunks(ids):
        for row in connection.execute(wanted.join_from(snapshots, sources).where(snapshots.c.id.in_(chunk))):
            if recorded.reread.get(row.source, 0) < recorded.entries["reading", row.id]:
                yield _There(row.id, row.title, state_of_reading(row.reading), row.source)


def _captures(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    wanted = select(*snapshots.c["id", *OF_CAPTURE], sources.c["id"].label("source"), sources.c.title)
    for chunk in chunks(ids):
        for row in connection.execute(wanted.join_from(snapshots, sources).where(snapshots.c.id.in_(chunk))):
            yield _There(row.id, row.title, state_of_capture(row), row.source)


def _briefs(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    for brief in map(SqliteBriefs(connection).get, ids):
        if brief:
            yield _There(brief.id, brief.title, state_of(brief))


def _versions(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    for chunk in chunks(ids):
        wanted = select(versions).where(versions.c.id.in_(chunk)).execution_options(yield_per=1)
        for row in connection.execute(wanted).mappings():
            version = Version(**row)
            label = f"{version.brief.title}, version {version.number}"
            yield _There(version.id, label, state_of(version), version.brief.id)


def _named(things: Iterable[tuple[Thing, str]], ids: Collection[str]) -> _Found:
    for thing, label in things:
        id_ = key_of(thing).partition("/")[2]
        if id_ in ids:
            yield _There(id_, label, state_of(thing))


def _terms(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    return _named(((term, term.label_en) for term in SqliteVocabulary(connection).get().terms), ids)


def _forms(connection: Connection, ids: Collection[str], _recorded: Recorded) -> _Found:
    return _named(((form, form.name()) for form in SqliteForms(connection).all()), ids)


def _brought_sources(connection: Connection, ids: Collection[str]) -> _Digests:
    for source in SqliteSources(connection).get_many(ids).values():
        yield source.id, source.title, as_brought(source)


def _brought_excerpts(connection: Connection, ids: Collection[str]) -> _Digests:
    for excerpt in SqliteExcerpts(connection).get_many(ids).values():
        yield excerpt.id, excerpt.quote[:_SHOWN], as_brought(excerpt)


def _brought_readings(connection: Connection, ids: Collection[str]) -> _Digests:
    wanted = select(*snapshots.c["id", "reading"], sources.c.id.label("source"), sources.c.title)
    for row in connection.execute(wanted.join_from(snapshots, sources).where(snapshots.c.id.in_(ids))):
        yield row.source, row.title, brought("reading", row.id, state_of_reading(row.reading))


_BROUGHT: dict[str, tuple[Select[Any], Callable[[Connection, Collection[str]], _Digests]]] = {
    "source": (select(sources.c.id, sources.c.id), _brought_sources),
    "reading": (select(snapshots.c.id, sources.c.id).join_from(snapshots, sources), _brought_readings),
    "excerpt": (select(excerpts.c.id, literal("")), _brought_excerpts),
}
"""Of what bulk imports bring: the ids, with those of the sources that readings are of, and their digests as they are now."""
_SHOWN = 80
_FOUND: dict[str, Callable[[Connection, Collection[str], Recorded], _Found]] = {
    "source": _sources,
    "reading": _readings,
    CAPTURE: _captures,
    "excerpt": _excerpts,
    "brief": _briefs,
    "version": _versions,
    "term": _terms,
    "form": _forms,
}
