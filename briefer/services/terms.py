"""The vocabulary of a library: its terms one by one, and all of them as a table for spreadsheets.

Every method that changes something returns a :class:`Change` with its way back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.domain.trash import TrashKind
from briefer.services.changes import Change, Kind
from briefer.services.ports import Library
from briefer.services.record import Record
from briefer.services.recording import term_notes
from briefer.services.trash import Trash
from briefer.services.vocabulary_table import from_csv, to_csv


class Terms:
    """The use cases around the vocabulary."""

    def __init__(self, library: Library, record: Record, trash: Trash) -> None:
        self._library = library
        self._record = record
        self._trash = trash

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary."""
        with self._library.read() as work:
            return work.vocabulary.get()

    def put(self, terms: Sequence[Term], label: str = "Edit vocabulary") -> Change:
        """Add terms, or change those of the same kind and key; other terms stay."""
        with self._library.write() as work:
            vocabulary = work.vocabulary.get()
            before = [vocabulary.find(term.kind, term.key) for term in terms]
            work.vocabulary.put(terms)
            self._record.note_all(work, term_notes(before, terms), filter(None, before))
        former = tuple(term for term in before if term)
        added = tuple(term for term, was in zip(terms, before, strict=True) if was is None)
        return _change(terms, label, lambda: self._restore(former, added, label))

    def remove(self, kind: TagKind, key: str) -> Change:
        """Put a term into the trash; tags that use it stay. Raises InputError ``not-found``."""
        return self._trash.throw(TrashKind.TERM, [f"{kind}:{key}"], "Remove term")

    def table(self) -> str:
        """Return the vocabulary as CSV (`services.vocabulary_table`)."""
        return to_csv(self.vocabulary())

    def import_table(self, text: str) -> Change:
        """Put the terms of a CSV in, all or none; terms that it does not name stay.

        Raises:
            InputError: the table cannot be understood, with the line.
        """
        return self.put(from_csv(text), "Import vocabulary")

    def _restore(self, former: Sequence[Term], added: Sequence[Term], label: str) -> Change:
        with self._library.write() as work:
            vocabulary = work.vocabulary.get()
            now = [vocabulary.find(term.kind, term.key) for term in former]
            work.vocabulary.put(former)
            self._record.note_all(work, term_notes(now, former), filter(None, now))
            there = [f"{term.kind}:{term.key}" for term in added if vocabulary.find(term.kind, term.key)]
            places = self._trash.put_in(work, TrashKind.TERM, there)
        changed = tuple(term for term in now if term)
        return _change((*former, *added), label, lambda: self._again(changed, places, added, label))

    def _again(
        self, changed: Sequence[Term], places: Sequence[str], added: Sequence[Term], label: str
    ) -> Change:
        with self._library.write() as work:
            vocabulary = work.vocabulary.get()
            before = [vocabulary.find(term.kind, term.key) for term in changed]
            work.vocabulary.put(changed)
            self._record.note_all(work, term_notes(before, changed), filter(None, before))
            self._trash.take_out(work, places, label)
        former = tuple(term for term in before if term)
        return _change((*changed, *added), label, lambda: self._restore(former, added, label))


def _change(terms: Sequence[Term], label: str, inverse: Callable[[], Change]) -> Change:
    return Change(frozenset({Kind.VOCABULARY}), tuple(term.key for term in terms), label, inverse)
