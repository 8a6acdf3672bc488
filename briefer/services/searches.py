"""Searches that are kept: saved ones, which stay live because their text is kept, and recent ones."""

from __future__ import annotations

from collections.abc import Callable

from briefer.domain.ids import new_id
from briefer.domain.results import SavedSearch
from briefer.errors import InputError
from briefer.services.changes import Change, Kind
from briefer.services.ports import Clock, Library
from briefer.services.query_language import parse_query

MOST_RECENT = 20


class Searches:
    """The use cases around saved and recent searches."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock

    def saved(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches, by name."""
        with self._library.read() as work:
            return work.searches.saved()

    def save(self, name: str, query: str) -> tuple[SavedSearch, Change]:
        """Keep a search under a name. Raises UsageError ``query-form``."""
        parse_query(query)
        search = SavedSearch(new_id(), name.strip() or query.strip(), query.strip(), self._clock())
        with self._library.write() as work:
            work.searches.put(search)
        return search, self._change(search, "Save the search", lambda: self.remove(search.id))

    def rename(self, search_id: str, name: str) -> Change:
        """Give a saved search another name. Raises InputError ``not-found``."""
        with self._library.write() as work:
            before = _one(work.searches.saved(), search_id)
            work.searches.put(
                SavedSearch(before.id, name.strip() or before.name, before.query, before.created_at)
            )
        return self._change(before, "Rename the search", lambda: self._restore(before))

    def remove(self, search_id: str) -> Change:
        """Take a saved search out. Raises InputError ``not-found``."""
        with self._library.write() as work:
            before = _one(work.searches.saved(), search_id)
            work.searches.remove(search_id)
        return self._change(before, "Remove the saved search", lambda: self._restore(before))

    def recent(self) -> tuple[str, ...]:
        """Return the latest queries, the last one first."""
        with self._library.read() as work:
            return work.searches.recent()

    def note(self, query: str) -> None:
        """Keep a query that a person has used among the recent ones; an empty one, or one in a library that can only be read, is not."""
        if query.strip() and not self._library.read_only:
            with self._library.write() as work:
                work.searches.note(query.strip(), self._clock(), MOST_RECENT)

    def _restore(self, search: SavedSearch) -> Change:
        with self._library.write() as work:
            work.searches.put(search)
        return self._change(search, "Save the search", lambda: self.remove(search.id))

    @staticmethod
    def _change(search: SavedSearch, label: str, back: Callable[[], Change]) -> Change:
        return Change(frozenset({Kind.SEARCH}), (search.id,), label, back)


def _one(searches: tuple[SavedSearch, ...], search_id: str) -> SavedSearch:
    for search in searches:
        if search.id == search_id:
            return search
    raise InputError("search-missing", id=search_id)
