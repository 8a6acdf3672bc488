from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefer.domain.excerpts import Anchoring, Excerpt, ExcerptKind
from briefer.domain.queries import EVERYTHING, Field, Match, Words
from briefer.domain.spans import Span
from briefer.domain.tags import Role, Tag, TagKind, partner
from briefer.errors import KnownError
from briefer.storage import SqliteLibrary
from tests.unit.factories import make_brief, make_excerpt, prose, quotation
from tests.unit.storage.conftest import Shelf

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TAGS = st.builds(partner, st.sampled_from(["DE", "EU", "CN"]), st.sampled_from(Role)) | st.builds(
    Tag,
    st.sampled_from([TagKind.RISK, TagKind.THEME, TagKind.FREE]),
    st.sampled_from(["a", "A", "日本", "x y"]),
)


@given(
    kind=st.sampled_from(ExcerptKind),
    speaker=st.none() | TEXTS,
    comment=TEXTS,
    credibility=st.sampled_from("123456"),
    marking=st.none() | TEXTS,
    translation=TEXTS,
    translation_official=st.booleans(),
    comment_marking=TEXTS,
    anchored=st.none() | st.sampled_from(Anchoring),
    page=st.none() | TEXTS,
    tags=st.lists(TAGS, unique=True, max_size=6).map(tuple),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_field_comes_back(shelf: Shelf, tags: tuple[Tag, ...], **values: object) -> None:
    first = shelf.excerpt()
    excerpt = replace(first, tags=tags, **values)  # type: ignore[arg-type]
    with shelf.library.write() as work:
        work.excerpts.update([excerpt])
    with shelf.library.write() as work:
        assert work.excerpts.get(excerpt.id) == excerpt
        work.excerpts.remove([excerpt.id])
        work.excerpts.add([excerpt])
        assert work.excerpts.get(excerpt.id) == excerpt
    assert shelf.library.problems() == ()


def test_what_is_not_there(library: SqliteLibrary, shelf: Shelf) -> None:
    _, snapshot = shelf.source()
    with library.write() as work:
        assert work.excerpts.get("none") is None
        assert work.excerpts.get_many(["none"]) == {}
        assert work.excerpts.of_source("none") == ()
        assert work.excerpts.used_in("none") == ()
        work.excerpts.remove(["none"])
        work.excerpts.add([])
        work.excerpts.update([])
        with pytest.raises(LookupError):
            work.excerpts.update([make_excerpt(snapshot)])
        with pytest.raises(LookupError):
            work.excerpts.add([make_excerpt(snapshot, snapshot_id="none")])
        with pytest.raises(LookupError):
            work.excerpts.add([make_excerpt(snapshot, source_id="none")])


def test_in_text_order(shelf: Shelf) -> None:
    source, snapshot = shelf.source()
    quotes = ["Officials in Berlin", "Germany will widen", "経済省が発表した。"]
    excerpts = [make_excerpt(snapshot, quote) for quote in quotes]
    with shelf.library.write() as work:
        work.excerpts.add(excerpts)
        found = work.excerpts.of_source(source.id)
    assert [e.quote for e in found] == [quotes[1], quotes[0], quotes[2]]


@pytest.mark.parametrize(
    "changed", [{"quote": "Germany will not"}, {"span": Span(3, 9)}, {"span": Span(0, 10**6)}]
)
def test_a_quote_that_is_not_its_span_is_never_written(shelf: Shelf, changed: dict[str, object]) -> None:
    good = shelf.excerpt()
    _, snapshot = shelf.source()
    bad = replace(make_excerpt(snapshot), **changed)  # type: ignore[arg-type]
    with shelf.library.write() as work:
        with pytest.raises(KnownError, match="no longer equals"):
            work.excerpts.add([make_excerpt(snapshot), bad])
        assert work.counts().excerpts == 1
        with pytest.raises(KnownError):
            work.excerpts.update([replace(good, **changed)])  # type: ignore[arg-type]
        assert work.excerpts.get(good.id) == good


def test_a_changed_excerpt_leaves_no_ghost(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(comment="lighthouse", tags="partner:DE risk:cyber", speaker="Meyer")
    changed = replace(
        excerpt, comment="keeper", tags=(partner("FR"), Tag(TagKind.RISK, "energy")), speaker=None
    )
    with shelf.library.write() as work:
        work.excerpts.update([changed])
    gone = (Words("lighthouse"), Words("Meyer"), Match(Field.PARTNER, "DE"), Match(Field.RISK, "cyber"))
    with shelf.library.read() as work:
        assert [work.search.ids(query) for query in gone] == [()] * 4
        assert work.search.ids(Words("keeper")) == (excerpt.id,)
        assert [(c.partner, c.risk) for c in work.search.coverage(EVERYTHING)] == [("FR", "energy")]
    assert shelf.library.problems() == ()


def test_a_removed_excerpt_leaves_no_ghost(shelf: Shelf) -> None:
    first, second = shelf.excerpt(tags="free:x"), shelf.excerpt(tags="free:x")
    with shelf.library.write() as work:
        work.excerpts.remove([second.id])
    third = shelf.excerpt(comment="new in the old one's place")
    with shelf.library.read() as work:
        assert set(work.search.ids(Words("Germany"))) == {first.id, third.id}
        assert work.search.ids(Match(Field.FREE, "x")) == (first.id,)
        assert work.search.ids(Words("place")) == (third.id,)
    assert shelf.library.problems() == ()


def test_the_same_tag_twice_is_one(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(tags="free:x free:x partner:DE/venue partner:DE partner:DE/venue")
    with shelf.library.read() as work:
        found = work.excerpts.get(excerpt.id)
        assert found is not None
        assert [str(tag) for tag in found.tags] == ["free:x", "partner:DE/venue", "partner:DE"]
        assert work.search.facets(EVERYTHING).partner == {"DE": 1}


def test_many_at_once(shelf: Shelf) -> None:
    _, snapshot = shelf.source()
    excerpts = [make_excerpt(snapshot, tags="partner:DE risk:cyber") for _ in range(1_200)]
    with shelf.library.write() as work:
        work.excerpts.add(excerpts)
        assert work.search.page(Match(Field.PARTNER, "DE"), limit=1).total == 1_200
        assert work.excerpts.get_many(e.id for e in excerpts) == {e.id: e for e in excerpts}
        work.excerpts.remove(e.id for e in excerpts[:1_100])
        assert work.search.page(Words("Germany"), limit=1).total == 100
    assert shelf.library.problems() == ()


def test_used_in_what_quotes_or_cites_it(shelf: Shelf) -> None:
    excerpt, other = shelf.excerpt(), shelf.excerpt()
    quoting = make_brief(quotation(excerpt.id))
    citing = make_brief(prose(f"As they said [see @{excerpt.id}, p. 2]."))
    with shelf.library.write() as work:
        work.briefs.put(quoting)
        work.briefs.put(citing)
        assert set(work.excerpts.used_in(excerpt.id)) == {quoting.id, citing.id}
        assert work.excerpts.used_in(other.id) == ()
        work.briefs.put(replace(quoting, sections=()))
        work.briefs.remove(citing.id)
        assert work.excerpts.used_in(excerpt.id) == ()


def test_a_citation_by_the_beginning_of_an_id_counts(shelf: Shelf) -> None:
    excerpt = shelf.excerpt(id="0190a000-0000-7000-8000-000000000001")
    twin = shelf.excerpt(id="0190a000-0000-7000-8000-000000000002")
    brief = make_brief(prose("[@0190a000-0000-7000-8000-000000000001] [@0190a000] [@ffff]"))
    short = make_brief(
        prose("[@0190A000-0000-7000-8000-00000000000]"), prose("[@0190a000-0000-7000-8000-000000000002x]")
    )
    with shelf.library.write() as work:
        work.briefs.put(brief)
        work.briefs.put(short)
        assert work.excerpts.used_in(excerpt.id) == (brief.id,)
        assert work.excerpts.used_in("0190a000") == (brief.id,)
        work.excerpts.remove([twin.id])
        work.briefs.put(make_brief(prose("[@0190a000]"), id="late"))
        assert "late" in work.excerpts.used_in(excerpt.id)


def test_an_excerpt_in_a_brief_can_be_taken_out_and_put_back(shelf: Shelf) -> None:
    excerpt: Excerpt = shelf.excerpt()
    brief = make_brief(quotation(excerpt.id))
    with shelf.library.write() as work:
        work.briefs.put(brief)
        work.excerpts.remove([excerpt.id])
        assert work.briefs.get(brief.id) == brief
        work.excerpts.add([excerpt])
        assert work.excerpts.used_in(excerpt.id) == (brief.id,)
