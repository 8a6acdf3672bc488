"""A query's tree into the set of sources that match it: what only excerpts have, one of a source's own has."""

from __future__ import annotations

import re

import msgspec
from pyroaring import BitMap
from sqlalchemy import ColumnElement, func, or_, select

from briefer.domain.dates import is_edtf
from briefer.domain.prepared import phrase, sought
from briefer.domain.queries import DATED, Field, Node, Words, widest
from briefer.errors import LibraryError
from briefer.storage import plain
from briefer.storage.finding import EXACTLY, ID, NO, NONE, Finder, by_column
from briefer.storage.hits import among
from briefer.storage.ids import starts_with
from briefer.storage.search_index import SOURCES
from briefer.storage.tables import excerpts, sources

_LETTER = re.compile("[A-Fa-f]")
_PUBLISHED = func.coalesce(sources.c.published, "")


class SourceFinder(Finder):
    """Finds sources. A result of None stands for all of them."""

    def find_sources(self, query: Node) -> BitMap | None:
        """Return the numbers of the sources that match, None for all."""
        return self._find(query)

    def every(self) -> BitMap:
        """Return all sources."""
        return self._those(sources.c.number.is_not(None))

    def words(self, words: Words) -> BitMap | None:
        """Return the sources that have a word, a phrase or a beginning of a word in title, authors or text."""
        return self._looked_up([words], None)

    def _is_rare(self, words: Words) -> bool:
        return False

    def _field(self, field: Field, value: str) -> BitMap | None:
        if field is Field.SOURCE:
            found = self._column("title", value)
            by_id = self._those(starts_with(sources.c.id, value)) if ID.fullmatch(value) else BitMap()
            return None if found is None else found | by_id
        if field is Field.PUBLISHER:
            return self._published_by(value)
        if field is Field.LANG:
            return self._written_in(value.lower()) if value else None
        if field in DATED:
            return self._dated(field, widest(field, value))
        if field is Field.GRADE and _LETTER.fullmatch(value):
            return self._those(sources.c.reliability == value.upper())
        if field is Field.USED and value.casefold() in NO:
            # Of a source «not used» says that none of its excerpts is, even where it has none.
            used = super()._field(field, "yes")
            return self.every() - self._having(used or BitMap())
        inner = super()._field(field, value)
        return None if inner is None else self._having(inner)

    def _published_by(self, value: str) -> BitMap | None:
        if not value.startswith(EXACTLY):
            return self._column("publisher", value)
        name = value.removeprefix(EXACTLY).strip()
        return self._those(func.coalesce(sources.c.publisher, "") == name)

    def _written_in(self, wanted: str) -> BitMap:
        language = func.lower(sources.c.language)
        if wanted == NONE:
            return self._those(language == "")
        return self._those(or_(language == wanted, language.startswith(f"{wanted}-", autoescape=True)))

    def _having(self, numbers: BitMap) -> BitMap:
        own = select(excerpts.c.source_number).where(excerpts.c.number.in_(among(numbers)))
        return self._those(sources.c.number.in_(own))

    def _dated(self, field: Field, value: str) -> BitMap | None:
        if not value:
            return None
        if field is Field.DATE and value.casefold() == NONE:
            return self._those(_PUBLISHED == "")
        first, dots, last = value.partition("..")
        ends = {Field.AFTER: (value, ""), Field.BEFORE: ("", value)}.get(
            field, (first, last if dots else first)
        )
        if not all(is_edtf(end) for end in ends if end):
            return BitMap()
        if field is Field.BEFORE:
            certain = func.instr(value, _PUBLISHED) != 1
            return self._those((_PUBLISHED != "") & (value > _PUBLISHED) & certain)
        not_later = _PUBLISHED != ""
        if ends[1]:
            certain = or_(func.instr(ends[1], _PUBLISHED) != 1, func.instr(_PUBLISHED, ends[1]) == 1)
            not_later = (f"{ends[1]}\U0010ffff" >= _PUBLISHED) & certain
        return self._those((ends[0] <= _PUBLISHED) & not_later & (_PUBLISHED != ""))

    def _column(self, column: str, value: str) -> BitMap | None:
        return self._looked_up(by_column(value), column)

    def _looked_up(self, words: list[Words], column: str | None) -> BitMap | None:
        phrases = [found for found in map(phrase, words) if found]
        if not phrases:
            return None
        where = f"{{{column}}} : " if column else ""
        try:
            return BitMap.intersection(
                *(SOURCES.found(self._connection, f"{where}({one})") for one in phrases)
            )
        except LibraryError:
            self._scanned = True
            wanted = [one for one in words if sought(one)[0]]
            return BitMap.intersection(*(plain.scan_sources(self._connection, w, column) for w in wanted))

    def _those(self, condition: ColumnElement[bool]) -> BitMap:
        packed = self._connection.scalar(select(func.json_group_array(sources.c.number)).where(condition))
        return BitMap(msgspec.json.decode(packed or "[]", type=list[int]))
