"""Which scheme of markings a library prefers: its levels are offered first wherever something is marked."""

from __future__ import annotations

from briefer.domain.markings import MarkingScheme
from briefer.domain.record import LIBRARY, Act
from briefer.errors import UsageError
from briefer.services.changes import Change, Kind
from briefer.services.ports import Library
from briefer.services.record import Record


class Preferred:
    """The use cases around what a library prefers; ``schemes`` are those that there are."""

    def __init__(self, library: Library, record: Record, schemes: tuple[MarkingScheme, ...]) -> None:
        self._library = library
        self._record = record
        self._schemes = schemes

    def scheme(self) -> str:
        """Return the id of the preferred scheme, empty for none."""
        with self._library.read() as work:
            return work.vocabulary.marking_scheme()

    def prefer(self, scheme_id: str) -> Change:
        """Prefer a scheme, or none where the id is empty; it is recorded among the markings.

        Raises:
            UsageError: ``marking-unknown``.
        """
        names = {scheme.id: scheme.name_en for scheme in self._schemes}
        if scheme_id and scheme_id not in names:
            raise UsageError("marking-unknown", marking=scheme_id, known=", ".join(names))
        with self._library.write() as work:
            before = work.vocabulary.marking_scheme()
            work.vocabulary.prefer_marking_scheme(scheme_id)
            if before != scheme_id:
                facts = {"preferred_scheme": {"from": before, "to": scheme_id}}
                self._record.note(work, Act.MARKING, LIBRARY, facts)
        return Change(frozenset({Kind.SCHEME}), (), "Prefer a marking scheme", lambda: self.prefer(before))
