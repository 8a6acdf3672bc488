"""The record: writing it inside the transaction of what it tells, showing it, holding it against its hashes.

A change and its entry are stored together or not at all, because :meth:`Record.note` is given the unit of work that
makes the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from briefer.atomic import write_chunks
from briefer.domain.briefs import Brief
from briefer.domain.digests import Thing, found_altered, is_broken, key_of, unanswered
from briefer.domain.record import DIGESTS, Act, Break, Draft, Entry, Facts, Head, Subject, first_break
from briefer.errors import UsageError
from briefer.services.ports import Clock, Library, Progress, UnitOfWork
from briefer.services.record_files import json_lines, markdown

Note = tuple[Act, Subject, Facts]
"""What was done, with what, and the facts."""


class Record:
    """The use cases of the record. ``user`` is who works here as the system names them."""

    def __init__(self, library: Library, clock: Clock, user: str) -> None:
        self._library = library
        self._clock = clock
        self._user = user
        self._name = ""

    def sign_as(self, name: str) -> None:
        """Have entries bear this name from now on; the one that the system knows where it is empty."""
        self._name = name.strip()

    @property
    def who(self) -> str:
        """Who is recorded as having done what is done now."""
        return self._name or self._user

    def note(self, work: UnitOfWork, act: Act, subject: Subject, facts: Facts | None = None) -> None:
        """Record what the unit of work has done."""
        self.note_all(work, [(act, subject, facts or {})])

    def note_all(self, work: UnitOfWork, notes: Iterable[Note], before: Iterable[Thing] = ()) -> None:
        """Record several things that the unit of work has done, in their order.

        ``before`` are the things as they stood: what the record has otherwise was changed by something else than
        Briefer, which stays a finding (`domain.digests.unanswered`).
        """
        now, who, made = self._clock(), self.who, tuple(notes)
        told = {key for _act, _subject, facts in made for key in facts.get(DIGESTS, ())}
        altered = work.record.restated(thing for thing in before if key_of(thing) in told)
        work.record.add(
            [Draft(now, who, act, subject, unanswered(facts, altered)) for act, subject, facts in made]
        )

    def note_if_altered(self, work: UnitOfWork, brief: Brief) -> None:
        """Record that something else than Briefer has changed what a brief says, where it has, before it is stored anew."""
        if is_broken(work.briefs.seal(brief.id), brief):
            self.note(work, Act.EDIT, Subject("brief", brief.id, brief.title), found_altered(brief))

    def head(self) -> Head:
        """Return how many entries there are, and the hash of the last, for writing down elsewhere."""
        with self._library.read() as work:
            return work.record.head()

    def numbers(self, kinds: Sequence[Act] = (), text: str = "") -> tuple[int, ...]:
        """Return the numbers of the entries of some kinds (all where none is named) that have the words of ``text``, latest first."""
        with self._library.read() as work:
            return work.record.numbers(kinds, text)

    def entries(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Return the entries of these numbers, the first first."""
        with self._library.read() as work:
            return work.record.entries(numbers)

    def of(self, subject_id: str) -> tuple[Entry, ...]:
        """Return the entries about one source, excerpt or brief, the first first."""
        with self._library.read() as work:
            return work.record.of(subject_id)

    def verify(self, progress: Progress | None = None) -> Break | None:
        """Hold the whole record against its hashes; return the first entry that is not what was written."""
        with self._library.read() as work:
            return first_break(work.record.all(progress), work.record.head())

    def export(self, target: Path, progress: Progress | None = None) -> int:
        """Write the whole record to a file, ``.jsonl`` or ``.md``, and return how many entries there are.

        Raises:
            UsageError: ``record-format``.
            InputError: ``export-unwritable``.
        """
        with self._library.read() as work:
            entries, head = work.record.all(progress), work.record.head()
            if target.suffix.lower() == ".jsonl":
                write_chunks(target, json_lines(entries))
            elif target.suffix.lower() == ".md":
                write_chunks(target, markdown(entries, self._library.path.name, head))
            else:
                raise UsageError("record-format", suffix=target.suffix or "no suffix")
        return head.count
