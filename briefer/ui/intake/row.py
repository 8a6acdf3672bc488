"""One imported source as the review shows it, and corrections of its fields as they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefer.domain.attention import Attention, ReadingFacts, attention, rank, reading_facts
from briefer.domain.dates import UNDATED, Basis, Dating, read_typed
from briefer.domain.sources import How, Known, Snapshot, Source
from briefer.ui.date_field import objection_to

if TYPE_CHECKING:
    from briefer.services.desk import Desk


@dataclass(frozen=True)
class Row:
    """A source, what its reading says about itself, what to look at, and the titles of its copies."""

    source: Source
    facts: ReadingFacts
    seen: Attention
    copies: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[float, int, str, str]:
        """The place in the list: the least sure first."""
        return rank(self.source, self.seen)


def read_rows(desk: Desk, ids: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows of those sources that nobody has accepted (on a worker's thread)."""
    with desk.library.read() as work:
        sources = [s for s in work.sources.get_many(ids).values() if not s.accepted]
        stories = {s.story: work.sources.of_story(s.story) for s in sources if s.story}
        latest = work.sources.latest(s.id for s in sources)
    return tuple(_row(source, latest[source.id], stories.get(source.story or "", ())) for source in sources)


def _row(source: Source, snapshot: Snapshot, story: Sequence[Source]) -> Row:
    facts = reading_facts(snapshot)
    copies = tuple(s.title for s in story if s.id != source.id)
    if not copies:
        source = replace(source, story=None)
    return Row(source, facts, attention(source, facts), copies)


# --- corrections ------------------------------------------------------------------------------------------


def field_text(source: Source, field: str) -> str:
    """Return what an editor of a field begins with. A date that the source does not state is in brackets."""
    if field == "published":
        value = source.published.value or ""
        return value if source.published.certain or not value else f"[{value}]"
    return str(getattr(source, field) or "")


def corrected(source: Source, field: str, text: str) -> Source:
    """Return the source with a field as it was typed; the same source where that says nothing new.

    An empty title keeps the former one; an empty publisher or date says that it is not known. A date in
    brackets is one that the source does not state.
    """
    text = " ".join(text.split())
    if text == field_text(source, field):
        return source
    if field == "published":
        return replace(source, published=_dating(text, source.published))
    if field == "publisher":
        return replace(source, publisher=text or None)
    return replace(source, title=text or source.title)


def marked(row: Row, source: Source, field: str) -> Row:
    """Return the row with a field that a person has corrected, as the library will know it."""
    known = {**source.known, field: Known(How.PERSON, 1.0)}
    changed = replace(source, known=known)
    return replace(row, source=changed, seen=attention(changed, row.facts))


def date_objection(text: str) -> str:
    """Return why what was typed is not a date, in words; nothing where it is one, or empty."""
    return objection_to(_bare(text)[0])


def _bare(text: str) -> tuple[str, bool]:
    text = text.strip()
    inferred = text.startswith("[") and text.endswith("]")
    return (text[1:-1].strip() if inferred else text), inferred


def _dating(text: str, former: Dating) -> Dating:
    typed, inferred = _bare(text)
    value = read_typed(typed).value
    if not value:
        return UNDATED
    same = value == former.value
    return Dating(
        value,
        former.as_written if same else None,
        Basis.INFERRED if inferred else Basis.EXPLICIT,
        former.reference if same and inferred else None,
    )
