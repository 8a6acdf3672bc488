from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.sources import How, Known, Source
from briefer.domain.spans import Span, find_quote
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.compose import quotation
from briefer.services.desk import Desk
from tests.unit.services.conftest import PORT_ARTICLE, imported, taken


def test_the_original_bytes_are_kept(desk: Desk, port: Source) -> None:
    assert desk.collect.original(port.id) == PORT_ARTICLE.encode()


def test_a_view_has_text_excerpts_and_only_open_suggestions(desk: Desk, port: Source) -> None:
    view = desk.collect.source(port.id)
    suggested = {str(s.tag) for s in view.suggestions}
    assert {"partner:IN", "risk:supply-chain"} <= suggested
    desk.curate.confirm(port.id, view.suggestions)
    after = desk.collect.source(port.id)
    assert after.suggestions == ()
    assert after.excerpts


def test_corrected_facts_are_stored_and_undone(desk: Desk, port: Source) -> None:
    change = desk.collect.change_source(replace(port, publisher="The Navapur Post", reliability="B"))
    assert desk.collect.source(port.id).source.publisher == "The Navapur Post"
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).source == port


def test_a_source_goes_with_its_excerpts_and_comes_back_with_them(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[parse_tag("partner:IN")])
    change = desk.collect.remove_source(port.id)
    assert desk.find.excerpts("cranes").total == 0
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).excerpts == (excerpt,)
    assert desk.find.excerpts("cranes").total == 1


def test_a_source_that_a_brief_cites_stays(desk: Desk, port: Source) -> None:
    from briefer.domain.editing import add_block
    from briefer.services.compose import NewBrief

    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    brief, _ = desk.compose.create(NewBrief("meeting-brief", (parse_tag("partner:IN"),)))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: add_block(b, section, quotation(excerpt.id)))
    with pytest.raises(InputError, match="1 of the briefs here"):
        desk.collect.remove_source(port.id)
    assert desk.collect.source(port.id).excerpts


def test_an_unknown_source_is_named(desk: Desk) -> None:
    with pytest.raises(InputError, match="no source nothing"):
        desk.collect.source("nothing")


def test_a_correction_is_known_from_a_person(desk: Desk, port: Source) -> None:
    desk.collect.change_source(replace(port, publisher="The Navapur Post"))
    after = desk.collect.source(port.id).source
    assert after.how("publisher") == Known(How.PERSON, 1.0)
    assert after.how("title") == port.how("title")


def test_lines_are_turned_and_excerpts_keep_their_place(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "supply chain for sensors")
    text = desk.collect.source(port.id).snapshot.text
    first = find_quote(text, "Port operators in India agreed on Tuesday")
    assert first
    change = desk.collect.turn(port.id, first, body=False)
    view = desk.collect.source(port.id)
    assert excerpt.paragraph is not None
    assert view.excerpts == (replace(excerpt, paragraph=excerpt.paragraph - 1),)
    assert "agreed on Tuesday" not in " ".join(
        view.snapshot.quote(s.span) for s in view.snapshot.reading.body()
    )
    assert change.inverse
    back = change.inverse()
    assert desk.collect.source(port.id).excerpts == (excerpt,)
    assert back.inverse
    back.inverse()
    assert desk.collect.source(port.id).excerpts[0].paragraph == excerpt.paragraph - 1


def test_a_line_with_an_excerpt_is_not_set_aside(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "supply chain for sensors")
    with pytest.raises(InputError, match="an excerpt stands on that line"):
        desk.collect.turn(port.id, excerpt.span, body=False)


def test_furniture_becomes_body_and_can_then_be_quoted(desk: Desk, port: Source) -> None:
    text = desk.collect.source(port.id).snapshot.text
    strike = find_quote(text, "Harbour strike ends after two days")
    assert strike
    with pytest.raises(InputError, match="not part of the article"):
        desk.curate.mark(port.id, strike)
    desk.collect.turn(port.id, strike, body=True)
    excerpt, _ = desk.curate.mark(port.id, strike)
    assert excerpt.quote == "Harbour strike ends after two days"


def test_a_doubt_is_settled(desk: Desk, port: Source) -> None:
    snapshot = desk.collect.source(port.id).snapshot
    desk.collect.settle(port.id, Span(0, len(snapshot.text)))
    assert not any(s.doubt for s in desk.collect.source(port.id).snapshot.reading.segments)


def test_only_originals_with_pages_have_page_images(desk: Desk, port: Source) -> None:
    with pytest.raises(InputError) as caught:
        desk.collect.page(desk.collect.source(port.id).snapshot, 1, 300)
    assert caught.value.code == "input-no-pages"


def test_sources_are_said_to_carry_one_story(desk: Desk, port: Source, cable: Source) -> None:
    third = imported(
        desk, taken("A third outlet\n\nIt carries a text of its own about the same talks.\n", "c.txt")
    )

    def carriers(source: Source) -> set[str]:
        return {one.id for one in desk.collect.source(source.id).carriers}

    first = desk.collect.join([port.id, cable.id])
    assert carriers(port) == {cable.id}
    second = desk.collect.join([third.id, cable.id])
    assert carriers(third) == {port.id, cable.id}
    assert set(second.ids) == {third.id}
    assert second.inverse
    again = second.inverse()
    assert carriers(third) == set()
    assert carriers(cable) == {port.id}
    assert again.inverse
    assert set(again.inverse().ids) == {third.id}
    assert carriers(third) == {port.id, cable.id}
    desk.collect.part(third.id)
    assert first.inverse
    first.inverse()
    assert carriers(port) == carriers(cable) == set()


def test_two_stories_become_one(desk: Desk, port: Source, cable: Source) -> None:
    others = [
        imported(
            desk, taken(f"Outlet {name}\n\nA text of its own, number {name}, about cranes.\n", f"{name}.txt")
        )
        for name in ("one", "two")
    ]
    desk.collect.join([port.id, cable.id])
    desk.collect.join([one.id for one in others])
    joined = desk.collect.join([cable.id, others[1].id])
    assert len(desk.collect.source(port.id).carriers) == 3
    assert joined.inverse
    joined.inverse()
    assert [c.id for c in desk.collect.source(others[0].id).carriers] == [others[1].id]
