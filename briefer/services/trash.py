"""The trash: throwing things away, putting them back, and emptying it, which names what is then gone for good.

Whatever is taken out of a library goes through here. What is in the trash is not in the tables that are searched and
counted; it is packed beside them in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from briefer.domain.briefs import Brief
from briefer.domain.digests import found_altered, is_broken, seal_of
from briefer.domain.ids import new_id
from briefer.domain.record import DIGESTS, Act, Facts, Subject
from briefer.domain.trash import Trashed, TrashKind
from briefer.errors import InputError
from briefer.services.changes import NO_CHANGE, Change, Kind, combined
from briefer.services.ports import Clock, Library, UnitOfWork
from briefer.services.record import Record
from briefer.services.recording import of_brief
from briefer.services.trash_contents import PutBack, put_back, taken_out, why_stranded

_CHANGED = {
    TrashKind.SOURCE: frozenset({Kind.SOURCE, Kind.EXCERPT}),
    TrashKind.CAPTURE: frozenset({Kind.SOURCE, Kind.EXCERPT}),
    TrashKind.EXCERPT: frozenset({Kind.EXCERPT}),
    TrashKind.TERM: frozenset({Kind.VOCABULARY}),
    TrashKind.BRIEF: frozenset({Kind.BRIEF}),
    TrashKind.FORM: frozenset({Kind.FORM}),
    TrashKind.SEARCH: frozenset({Kind.SEARCH}),
}


@dataclass(frozen=True)
class Restored:
    """What putting things back did: what is back, what is left with the reason, and what is not as it was."""

    change: Change
    back: tuple[Trashed, ...]
    left: tuple[tuple[Trashed, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Emptying:
    """What would be gone for good, and what else in the trash could then not be put back any more."""

    gone: tuple[Trashed, ...]
    stranded: tuple[Trashed, ...]


class Trash:
    """The use cases of the trash, and what other use cases throw away through it."""

    def __init__(self, library: Library, clock: Clock, record: Record) -> None:
        self._library = library
        self._clock = clock
        self._record = record

    def throw(self, kind: TrashKind, things: Sequence[str], label: str) -> Change:
        """Take things out of the library and put them into the trash; the way back takes them out of it again.

        Raises:
            InputError: ``not-found``; ``excerpt-used`` while a brief cites one, ``snapshot-used``.
        """
        with self._library.write() as work:
            places = self.put_in(work, kind, things)
        return Change(_CHANGED[kind], tuple(things), label, lambda: self.bring(places, label))

    def put_in(self, work: UnitOfWork, kind: TrashKind, things: Sequence[str]) -> tuple[str, ...]:
        """Throw things away inside a unit of work; return the ids of their places in the trash."""
        now, who = self._clock(), self._record.who
        seals: dict[str, Facts] = {}
        for brief in map(work.briefs.get, things if kind is TrashKind.BRIEF else ()):
            if brief:
                self._record.note_if_altered(work, brief)
                seals[brief.id] = {DIGESTS: {_sealed(brief): seal_of(brief)}}
        thrown = []
        for packed in taken_out(work, kind, things):
            place = Trashed(
                new_id(), kind, packed.thing, packed.label, now, who, packed.holds, packed.source_id
            )
            work.trash.add([(place, packed.content)])
            thrown.append(place)
        self._note(work, Act.TRASH, thrown, seals)
        return tuple(place.id for place in thrown)

    def bring(self, places: Sequence[str], label: str) -> Change:
        """Put things back, all or none.

        Raises:
            InputError: ``trash-gone``, ``trash-stuck``.
        """
        with self._library.write() as work:
            return self.take_out(work, places, label)

    def take_out(self, work: UnitOfWork, places: Sequence[str], label: str) -> Change:
        """Put things back inside a unit of work, all or none, and return the change. Raises as :meth:`bring`."""
        done = self._put_back(work, places)
        for one, why in done.left:
            raise InputError("trash-stuck", label=one.label, why=why)
        return self._brought(done, label)

    def restore(self, places: Sequence[str]) -> Restored:
        """Put things back as far as it can be done, and say what cannot and why. Raises InputError ``trash-gone``."""
        with self._library.write() as work:
            done = self._put_back(work, places)
        return Restored(
            self._brought(done, "Put back"), tuple(done.back), tuple(done.left), tuple(done.notes)
        )

    def all(self) -> tuple[Trashed, ...]:
        """Return what is in the trash, the latest first."""
        with self._library.read() as work:
            return work.trash.all()

    def stuck(self, trashed: Trashed) -> str:
        """Return why a thing cannot be put back as things are, as far as its source decides it, or nothing."""
        with self._library.read() as work:
            return why_stranded(work, trashed.source_id)

    def emptying(self, places: Sequence[str] | None = None) -> Emptying:
        """Return what emptying the trash, or deleting some things in it, would do. Raises ``trash-gone``."""
        with self._library.read() as work:
            gone = work.trash.all() if places is None else self._found(work, places)
            own = {one.id for one in gone}
            sources = [one.thing for one in gone if one.kind is TrashKind.SOURCE]
            stranded = (one for source in sources for one in work.trash.on_source(source))
            return Emptying(gone, tuple(one for one in stranded if one.id not in own))

    def empty(self, gone: Iterable[Trashed]) -> None:
        """Delete for good what :meth:`emptying` named and somebody has agreed to, and nothing else.

        Raises:
            InputError: ``trash-gone``; nothing is deleted then.
        """
        with self._library.write() as work:
            found = self._found(work, [one.id for one in gone])
            work.trash.remove([one.id for one in found])
            self._note(work, Act.DELETION, found)

    def _put_back(self, work: UnitOfWork, places: Sequence[str]) -> PutBack:
        found = self._found(work, places)
        done = put_back(work, [(one, work.trash.content(one.id)) for one in found])
        work.trash.remove([one.id for one in done.back])
        self._note(work, Act.RESTORE, done.back)
        for one in done.back:
            if (brief := work.briefs.get(one.thing)) and _was_altered(work, brief):
                self._record.note(work, Act.EDIT, of_brief(brief), found_altered(brief))
        return done

    def _found(self, work: UnitOfWork, places: Sequence[str]) -> tuple[Trashed, ...]:
        wanted = tuple(dict.fromkeys(places))
        found = work.trash.get_many(wanted)
        for place in wanted:
            if place not in found:
                raise InputError("trash-gone", id=place)
        return tuple(found[place] for place in wanted)

    def _brought(self, done: PutBack, label: str) -> Change:
        """Return the change of what is back; its own way back throws it away again."""
        things: dict[TrashKind, list[str]] = {}
        for one in done.back:
            things.setdefault(one.kind, []).append(one.thing)
        changes = [
            Change(_CHANGED[kind], tuple(ids), label, partial(self.throw, kind, tuple(ids), label))
            for kind, ids in things.items()
        ]
        return combined(label, changes) if changes else NO_CHANGE

    def _note(
        self, work: UnitOfWork, act: Act, things: Iterable[Trashed], seals: Mapping[str, Facts] | None = None
    ) -> None:
        self._record.note_all(
            work,
            (
                (
                    act,
                    Subject(one.kind, one.thing, one.label),
                    {**one.holds, **_since(act, one), **(seals or {}).get(one.thing, {})},
                )
                for one in things
            ),
        )


def _sealed(brief: Brief) -> str:
    return f"seal/{brief.id}"


def _was_altered(work: UnitOfWork, brief: Brief) -> bool:
    """Whether a brief says something else than it did when it was thrown away last, as far as the record tells."""
    thrown = [entry for entry in work.record.of(brief.id) if entry.kind == Act.TRASH.value]
    return bool(thrown and is_broken(thrown[-1].digests.get(_sealed(brief), ""), brief))


def _since(act: Act, one: Trashed) -> dict[str, str]:
    """Return since when a thing was in the trash and who had put it there, where that ends."""
    return {} if act is Act.TRASH else {"deleted_at": one.at.isoformat(), "deleted_by": one.who}
