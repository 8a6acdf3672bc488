from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from briefer.domain.briefs import Block, BlockKind, Brief
from briefer.domain.documents import HeadingNumbering
from briefer.domain.results import BriefSummary
from briefer.domain.tags import parse_tag
from briefer.storage import SqliteLibrary
from briefer.storage.tables import blocks, brief_excerpts, sections
from tests.unit.factories import (
    NOW,
    make_brief,
    make_excerpt,
    make_section,
    make_version,
    prose,
    quotation,
    untold,
)
from tests.unit.storage.conftest import Shelf

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCOPES = st.lists(
    st.sampled_from(["partner:DE", "partner:CN/source-of-risk", "risk:cyber"]).map(parse_tag)
).map(tuple)
BLOCKS = st.builds(Block, TEXTS, st.sampled_from(BlockKind), TEXTS, st.none() | TEXTS, TEXTS)
SECTIONS = st.builds(
    lambda blocks, **changes: make_section(*blocks, **changes),
    st.lists(BLOCKS, max_size=3),
    heading=TEXTS,
    level=st.integers(1, 3),
    scope=SCOPES,
    marking=TEXTS,
)
BRIEFS = st.builds(
    make_brief,
    title=TEXTS,
    meeting_date=st.none() | st.just("2026-02-01"),
    audience=TEXTS,
    author=TEXTS,
    language=st.sampled_from(["en", "ja"]),
    marking=TEXTS,
    title_marking=TEXTS,
    numbering=st.none() | st.sampled_from(HeadingNumbering),
    subjects=SCOPES,
    sections=st.lists(SECTIONS, max_size=4).map(tuple),
)


@given(BRIEFS, BRIEFS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everything_comes_back(library: SqliteLibrary, brief: Brief, other: Brief) -> None:
    untold(library)
    with library.write() as work:
        work.briefs.put(brief)
        assert work.briefs.get(brief.id) == brief
        changed = replace(other, id=brief.id)
        work.briefs.put(changed)
        assert work.briefs.get(brief.id) == changed
        version = make_version(brief)
        work.briefs.add_version(version)
        assert work.briefs.versions(brief.id) == (version,)
    assert library.problems() == ()


@given(BRIEFS, st.lists(BRIEFS, min_size=1, max_size=3), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_brief_that_was_read_is_stored_as_one_that_was_not(
    library: SqliteLibrary, brief: Brief, others: list[Brief], data: st.DataObject
) -> None:
    """What stays the same object, moves, comes or goes: the rows are those that storing all anew gives."""
    untold(library)
    with library.write() as work:
        work.briefs.put(brief)
    for other in others:
        pool = st.lists(st.sampled_from([*brief.sections, *other.sections] or [make_section()]), max_size=4)
        with library.write() as work:
            now = work.briefs.get(brief.id)
            assert now is not None
            kept = data.draw(st.lists(st.sampled_from(now.sections or (make_section(),)), max_size=3))
            mixed = [*kept, *data.draw(pool)]
            if mixed:
                blocks = tuple(data.draw(st.permutations([*mixed[0].blocks, *mixed[-1].blocks])))
                mixed[0] = replace(mixed[0], blocks=blocks)
            work.briefs.put(replace(other, id=brief.id, sections=tuple(mixed)))
            half = tuple(mixed[len(mixed) // 2 :])
            work.briefs.put(replace(other, id=brief.id, sections=half))
        written = _rows(library, brief.id)
        with library.write() as work:
            work.briefs.put(replace(other, id=brief.id, sections=half))
        assert written == _rows(library, brief.id)
    assert library.problems() == ()


def _rows(library: SqliteLibrary, brief_id: str) -> list[list[tuple[object, ...]]]:
    with library.read() as work:
        connection = work.briefs._connection
        return [
            [
                tuple(row)
                for row in connection.execute(
                    select(t).where(t.c.brief_id == brief_id).order_by(*t.primary_key)
                ).all()
            ]
            for t in (sections, blocks, brief_excerpts)
        ]


def test_only_what_changed_is_written(library: SqliteLibrary) -> None:
    first, second = make_section(prose("One."), prose("Two.")), make_section(prose("Three."))
    brief = make_brief(sections=(first, second))
    with library.write() as work:
        work.briefs.put(brief)
    written: list[tuple[str, object]] = []
    with library.write() as work:
        now = work.briefs.get(brief.id)
        assert now is not None
        typed = replace(now.sections[1], blocks=(replace(now.sections[1].blocks[0], markdown="Four."),))

        def note(_conn: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
            written.append((statement, parameters))

        connection = work.briefs._connection
        event.listen(connection, "before_cursor_execute", note)
        work.briefs.put(replace(now, sections=(now.sections[0], typed)))
    texts = [parameters for statement, parameters in written if "INTO blocks" in statement]
    assert len(texts) == 1
    assert "Four." in str(texts[0])
    assert "Three." not in str(texts[0])
    assert not [s for s, _p in written if s.startswith("DELETE") or "INTO sections" in s]


def test_what_is_not_there(library: SqliteLibrary) -> None:
    with library.write() as work:
        assert work.briefs.get("none") is None
        assert work.briefs.all() == ()
        assert work.briefs.versions("none") == ()
        work.briefs.remove("none")


def test_the_list_says_what_is_in_each(shelf: Shelf) -> None:
    excerpt = shelf.excerpt()
    _, snapshot = shelf.source()
    japanese = make_excerpt(snapshot, "経済省が発表した。")
    brief = make_brief(
        prose(f"They *agreed* [@{excerpt.id}] and signed."), quotation(japanese.id), meeting_date="2026-02-01"
    )
    older = make_brief(changed_at=NOW - timedelta(hours=1), sections=())
    with shelf.library.write() as work:
        work.excerpts.add([japanese])
        work.briefs.put(older)
        work.briefs.put(brief)
        first, second = work.briefs.all()
    assert first == BriefSummary(
        brief.id, brief.title, brief.form, "2026-02-01", NOW.isoformat(), sections=1, excerpts=2, words=4 + 4
    )
    assert (second.id, second.sections, second.excerpts, second.words) == (older.id, 0, 0, 0)


def test_versions_stay_as_they_were(library: SqliteLibrary) -> None:
    brief = make_brief(prose("first"))
    later = replace(brief, title="Changed")
    with library.write() as work:
        work.briefs.put(brief)
        first, second = make_version(brief, 1, name="To the minister"), make_version(later, 2)
        work.briefs.add_version(first)
        work.briefs.put(later)
        work.briefs.add_version(second)
        assert work.briefs.versions(brief.id) == (second, first)
        work.briefs.remove(brief.id)
        assert work.briefs.versions(brief.id) == ()
        work.briefs.put(brief)
        work.briefs.add_version(make_version(brief, 1))
        with pytest.raises(IntegrityError):
            work.briefs.add_version(make_version(later, 1))
