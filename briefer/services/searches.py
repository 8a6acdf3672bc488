"""Searches that are kept: saved ones, which stay live because their text is kept, and recent ones."""

from __future__ import annotations

from collections.abc import Callable

from briefer.domain.ids import new_id
from briefer.domain.results import SavedSearch
from briefer.domain.trash import TrashKind
from briefer.services.changes import Change, Kind
from briefer.services.lookups import saved_search
from briefer.services.ports import Clock, Library
from briefer.services.query_language import parse_query
from briefer.services.trash import Trash

MOST_RECENT = 20


class Searches:
    """The use cases around saved and recent searches."""

    def __init__(self, library: Library, clock: Clock, trash: Trash) -> None:
        self._library = library
        self._clock = clock
        self._trash = trash

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
        """Give a saved search another name. Raises InputError ``search-missing``."""
        with self._library.write() as work:
            before = saved_search(work, search_id)
            work.searches.put(
                SavedSearch(before.id, name.strip() or before.name, before.query, before.created_at)
            )
        return self._change(before, "Rename the search", lambda: self.rename(search_id, before.name))

    def remove(self, search_id: str) -> Change:
        """Put a saved search into the trash. Raises InputError ``search-missing``."""
        return self._trash.throw(TrashKind.SEARCH, [search_id], "Remove the saved search")

    def recent(self) -> tuple[str, ...]:
        """Return the latest queries, the last one first."""
        with self._library.read() as work:
            return work.searches.recent()

    def note(self, query: str) -> None:
        """Keep a query that a person has used among the recent ones; an empty one, or one in a library that can only be read, is not."""
        if query.strip() and not self._library.read_only:
            with self._library.write() as work:
                work.searches.note(query.strip(), self._clock(), MOST_RECENT)

    @staticmethod
    def _change(search: SavedSearch, label: str, back: Callable[[], Change]) -> Change:
        return Change(frozenset({Kind.SEARCH}), (search.id,), label, back)
