"""Saved and recent searches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from briefer.domain.results import SavedSearch
from briefer.storage.tables import recent_searches, saved_searches


class SqliteSearches:
    """The kept searches of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def saved(self) -> tuple[SavedSearch, ...]:
        rows = self._connection.execute(select(saved_searches)).mappings()
        return tuple(sorted((SavedSearch(**row) for row in rows), key=lambda s: (s.name.casefold(), s.id)))

    def put(self, search: SavedSearch) -> None:
        values = {"name": search.name, "query": search.query, "created_at": search.created_at}
        new = insert(saved_searches).values(id=search.id, **values)
        self._connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))

    def remove(self, search_id: str) -> None:
        self._connection.execute(delete(saved_searches).where(saved_searches.c.id == search_id))

    def recent(self) -> tuple[str, ...]:
        latest = select(recent_searches.c.query).order_by(recent_searches.c.used_at.desc())
        return tuple(self._connection.scalars(latest))

    def note(self, query: str, now: datetime, most: int) -> None:
        new = insert(recent_searches).values(query=query, used_at=now)
        self._connection.execute(new.on_conflict_do_update(index_elements=["query"], set_={"used_at": now}))
        latest = select(recent_searches.c.query).order_by(recent_searches.c.used_at.desc()).limit(most)
        self._connection.execute(delete(recent_searches).where(recent_searches.c.query.not_in(latest)))
