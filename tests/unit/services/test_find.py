from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefer.domain.dates import Basis, Dating
from briefer.domain.queries import Field, Match
from briefer.domain.results import Sort
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError, UsageError
from briefer.services.desk import Desk
from briefer.services.find import Find
from tests.unit.services.conftest import imported, taken


@pytest.fixture
def tagged(desk: Desk, port: Source, cable: Source) -> Desk:
    desk.curate.mark_quote(port.id, "gearbox", tags=[parse_tag("partner:IN"), parse_tag("risk:supply-chain")])
    desk.curate.mark_quote(
        cable.id, "サプライチェーンの要だ", tags=[parse_tag("partner:DE"), parse_tag("risk:supply-chain")]
    )
    return desk


def test_pages_follow_one_another_and_agree_with_the_ids(tagged: Desk) -> None:
    first = tagged.find.excerpts("risk:supply-chain", limit=1)
    second = tagged.find.excerpts("risk:supply-chain", limit=1, offset=1)
    assert (first.total, first.sources) == (2, 2)
    assert first.hits[0].source.published.value == "2026-03-03"
    ids = tagged.find.excerpt_ids("risk:supply-chain")
    assert ids == (first.hits[0].excerpt.id, second.hits[0].excerpt.id)
    assert set(tagged.find.excerpt_ids("", Sort.BEST)) == set(ids)


def test_a_query_may_be_a_tree(tagged: Desk) -> None:
    assert tagged.find.excerpts(Match(Field.PARTNER, "IN")).total == 1


def test_ages_are_told_from_today_not_from_the_newest_source(tagged: Desk) -> None:
    find = Find(tagged.library, lambda: datetime(2026, 3, 7, 23, tzinfo=UTC))
    for sort in Sort:
        hits = find.excerpts("risk:supply-chain", sort=sort).hits
        assert {str(hit.why) for hit in hits} == {"4 days old, F6", "21 days old, F6"}


def test_a_date_to_come_has_no_age(tagged: Desk) -> None:
    find = Find(tagged.library, lambda: datetime(2026, 2, 13, tzinfo=UTC))
    told = [str(hit.why) for hit in find.excerpts("risk:supply-chain").hits]
    assert told == ["dated 18 days ahead, F6", "dated 1 day ahead, F6"]


def test_counts_follow_the_query(tagged: Desk) -> None:
    assert tagged.find.facets("").partner == {"IN": 1, "DE": 1}
    assert tagged.find.facets("gearbox").partner == {"IN": 1}
    cells = {(c.partner, c.risk): (c.count, c.newest) for c in tagged.find.coverage("partner:DE")}
    assert cells == {("DE", "supply-chain"): (1, "2026-02-14")}
    assert {c.partner for c in tagged.find.coverage()} == {"DE", "IN"}


def test_sources_are_found_by_words_of_the_article_that_nobody_marked(tagged: Desk, cable: Source) -> None:
    (hit,) = tagged.find.sources("北海")
    assert (hit.source.id, hit.excerpts) == (cable.id, 1)
    assert len(tagged.find.sources("")) == 2
    assert tagged.find.sources("Harbour strike") == ()


def test_ids_may_be_shortened_while_they_are_clear(tagged: Desk, port: Source, cable: Source) -> None:
    assert tagged.find.one("source", port.id) == port.id
    common = next(port.id[:n] for n in range(36, 0, -1) if cable.id.startswith(port.id[:n]))
    assert tagged.find.one("source", port.id[: len(common) + 1]) == port.id
    with pytest.raises(InputError, match="fits more than one"):
        tagged.find.one("source", common)
    with pytest.raises(InputError, match="list them with `briefer search`"):
        tagged.find.one("excerpt", "ffff")


def test_a_malformed_query_is_refused_everywhere(desk: Desk) -> None:
    for ask in (desk.find.excerpts, desk.find.facets, desk.find.sources, desk.find.coverage):
        with pytest.raises(UsageError, match="not understood at character"):
            ask("after:soon")


WIRE = """Harbour pilots at Oldhaven refuse night work

Pilots at the harbour of Oldhaven will refuse to bring tankers in at night from Monday, their union said after talks over rest hours broke down on Thursday evening.
"""


def test_similar_excerpts_copies_first(desk: Desk, port: Source) -> None:
    texts = (
        WIRE.replace("Harbour pilots", "Pilots"),
        WIRE.replace("Thursday evening", "Thursday night").replace("Harbour pilots", "Night pilots"),
        "Tankers wait\n\nTwo tankers waited outside Oldhaven for pilots on Friday, and the union said more talks would follow.\n",
    )
    made = [
        desk.curate.mark(source.id, desk.curate.paragraphs_span(source.id, 1))[0].id
        for source in (imported(desk, taken(text, f"{n}.txt")) for n, text in enumerate(texts))
    ]
    desk.curate.mark_quote(port.id, "cannot wait eight months")
    first, second, related = made
    found = desk.find.similar(first)
    assert [(s.hit.excerpt.id, s.copy) for s in found] == [(second, True), (related, False)]
    assert found[0].likeness > 0.8 > found[1].likeness
    with pytest.raises(InputError):
        desk.find.similar("none")


def test_related_excerpts_stand_in_the_order_of_what_they_have_in_common(desk: Desk) -> None:
    texts = (
        "One\n\nHarbour pilots at Oldhaven refuse to bring tankers in at night.\n",
        "Two\n\nOldhaven pilots once more, said a union of tankers in a long statement on many other things of the year.\n",
        "Three\n\nHarbour pilots at Oldhaven, said the union, bring tankers in.\n",
        "Four\n\nTankers and pilots: what Oldhaven, a harbour, refuse at night is told below at great length by others.\n",
    )
    made = [
        desk.curate.mark(source.id, desk.curate.paragraphs_span(source.id, 1))[0].id
        for source in (imported(desk, taken(text, f"{n}.txt")) for n, text in enumerate(texts))
    ]
    found = [one for one in desk.find.similar(made[0]) if not one.copy]
    assert len(found) == 3
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


def test_corroboration_counts_origins(desk: Desk, port: Source) -> None:
    more = "\nThe port called the decision regrettable.\n"
    wires = [imported(desk, taken(text, f"{n}.txt")) for n, text in enumerate((WIRE, WIRE + more))]
    for number, source in enumerate(wires):
        desk.collect.change_source(
            replace(desk.collect.source(source.id).source, publisher=f"Outlet {number}")
        )
    excerpts = [
        desk.curate.mark_quote(source.id, "refuse to bring tankers in at night")[0] for source in wires
    ]
    other, _ = desk.curate.mark_quote(port.id, "gearbox")
    both = desk.find.corroboration([e.id for e in excerpts])
    assert both.outlets == 2
    assert both.origins == 1
    assert desk.find.corroboration([excerpts[0].id, other.id]).origins == 2


def test_hints_name_what_was_perhaps_meant(tagged: Desk) -> None:
    assert tagged.find.hints("gearbox partner:IN risk:supply-chain") == ()
    (unknown,) = tagged.find.hints("gearbox risk:suply-chain")
    assert unknown.column == 9
    assert "nothing bears risk:suply-chain" in unknown.detail
    assert "risk:supply-chain is perhaps meant" in unknown.detail
    (named,) = tagged.find.hints("partner:Indai")
    assert "partner:IN is perhaps meant" in named.detail
    (wild,) = tagged.find.hints("theme:qqqqqqqqqq")
    assert wild.detail == "nothing bears theme:qqqqqqqqqq"
    assert len(tagged.find.hints(") risk:suply-chain")) == 2
    (role,) = tagged.find.hints("partner:/venue")
    assert role.detail == "no partner is in the role venue"


@pytest.fixture
def spelt(desk: Desk) -> Desk:
    text = "Talks on industry\n\nThe Defense organization ordered semiconductors for the company, and a critical mineral.\n"
    source = imported(desk, taken(text))
    desk.curate.mark(source.id, desk.curate.paragraphs_span(source.id, 1))
    return desk


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ("defence", [(1, "“defense” in its place finds 1")]),
        ("the defence", [(5, "“defense” in its place finds 1")]),
        ("semiconductor", [(1, "“semiconductor*” in its place finds 1")]),
        ("critical minerals", [(10, "“mineral” in its place finds 1")]),
        ("Companies ordered", [(1, "“Company” in its place finds 1")]),
        ('"critical minerals"', [(1, "“critical mineral” in its place finds 1")]),
        ('"ordered semiconductor"', [(1, "“ordered semiconductors” in its place finds 1")]),
        ("organis*", []),
        ("organisation*", [(1, "“organization*” in its place finds 1")]),
        ("defence organisation", [(1, "“defense organization” in its place finds 1")]),
        ("zebra defence", []),
        ("talks -defence zebras", []),
        ("partner:DE defence", []),
        ("defense", []),
    ],
)
def test_where_nothing_is_found_other_forms_of_its_words_are_named(
    spelt: Desk, query: str, hints: list[tuple[int, str]]
) -> None:
    total = spelt.find.excerpts(query).total
    assert total == (1 if query == "defense" else 0)
    told = spelt.find.hints(query, in_vain=not total)
    assert [(hint.column, hint.detail) for hint in told] == hints
    assert spelt.find.hints(query) == ()


def test_a_word_that_is_being_typed_is_a_beginning_for_hints_too(spelt: Desk) -> None:
    assert spelt.find.hints("critical defenc", in_vain=True, typing=True) == ()
    assert spelt.find.hints("semiconductor organiz", in_vain=True) == ()
    (hint,) = spelt.find.hints("semiconductor organiz", in_vain=True, typing=True)
    assert hint.detail == "“semiconductor*” in its place finds 1"


def dated(desk: Desk, source: Source, published: str) -> None:
    dating = Dating(published, published, Basis.EXPLICIT)
    desk.collect.change_source(replace(desk.collect.source(source.id).source, published=dating))


def test_a_year_lies_in_its_days_however_these_are_written(tagged: Desk, port: Source) -> None:
    dated(tagged, port, "2026")
    for query in ("date:2026", "date:2026-01..2026", "date:2026-01-01..2026-12-31", "after:2026-01-01"):
        assert tagged.find.excerpts(f"gearbox {query}").total == 1, query
        assert [s.source.id for s in tagged.find.sources(f"gearbox {query}")] == [port.id], query
        assert not tagged.find.excerpts(f"gearbox -{query}").total, query
    assert not tagged.find.excerpts("gearbox date:2026-01-02..2026-12-31").total


def test_hints_count_what_a_date_leaves_out(tagged: Desk, port: Source, cable: Source) -> None:
    dated(tagged, port, "2026")
    dated(tagged, cable, "2026-02")
    for query in ("gearbox after:2026-03", "gearbox before:2026-03", "gearbox date:2026-03..2026-05"):
        assert not tagged.find.excerpts(query).total
        (hint,) = tagged.find.hints(query)
        assert hint.column == 9
        assert hint.detail.startswith("1 excerpt dated only “2026” is left out")
    for query in ("gearbox date:..2026-05-31", "gearbox date:2025..2026-06"):
        assert not tagged.find.excerpts(query).total
        assert not tagged.find.sources(query)
        (hint,) = tagged.find.hints(query)
        assert hint.detail.startswith("1 excerpt dated only “2026”")
        assert hint.detail.endswith(f"it may be from outside {query.partition(':')[2]}")
    (both,) = tagged.find.hints("before:2026-02-20")
    assert both.detail.startswith("2 excerpts dated only “2026” or “2026-02” are left out")
    (one,) = tagged.find.hints("lang:ja after:2026-02-02")
    assert one.detail.startswith("1 excerpt dated only “2026” or “2026-02”")
    for query in (
        "after:2026",
        "after:2025-12",
        "date:none",
        "date:..2026",
        "after:2026-01-01",
        "before:2027-01",
        "date:2026-01-01..2026-12-31",
        "gearbox lang:ja after:2026-03",
        "-after:2026-03",
        "gearbox (after:2026-03 OR lang:ja)",
    ):
        assert tagged.find.hints(query) == (), query
