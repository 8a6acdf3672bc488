from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.editing import add_block, change_section, move_section, write_prose
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind, parse_tag
from briefer.errors import InputError, UsageError
from briefer.services.compose import NewBrief, new_section, prose, quotation
from briefer.services.desk import Desk


@pytest.fixture
def filled(desk: Desk, port: Source, cable: Source) -> Desk:
    for source in (port, cable):
        desk.curate.confirm(source.id, desk.collect.source(source.id).suggestions)
    return desk


def country(desk: Desk, *subjects: str, **more: str) -> Brief:
    wanted = NewBrief("country-brief", tuple(parse_tag(s) for s in subjects or ("partner:IN",)))
    return desk.compose.create(replace(wanted, **more))[0]  # type: ignore[arg-type]


def test_a_new_brief_is_filled_by_its_forms_rule(filled: Desk) -> None:
    brief = country(filled, "partner:in", meeting_date="2026-03-09", audience="the Minister")
    assert brief.title == "Country brief: India"
    assert brief == filled.compose.brief(brief.id)
    filled_sections = [s for s in brief.sections if s.blocks]
    assert filled_sections
    for section in filled_sections:
        assert section.level == 2
        for block in section.blocks:
            (hit,) = (h for h in filled.find.excerpts("partner:IN").hits if h.excerpt.id == block.excerpt_id)
            assert hit.used_in == 1


def test_a_japanese_brief_has_japanese_headings(filled: Desk) -> None:
    brief = country(filled, "partner:DE", language="ja")
    assert brief.title == "国別資料：ドイツ"
    assert brief.sections[0].heading == "要点"


def test_what_a_form_needs_is_asked_for(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"needs a partner, such as partner:IN; give it with --for"):
        desk.compose.plan(NewBrief("country-brief"))
    with pytest.raises(UsageError, match=r"there is no form sonnet; choose one of: .*meeting-brief"):
        desk.compose.plan(NewBrief("sonnet"))
    with pytest.raises(UsageError, match=r"the date tomorrow is not understood"):
        desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),), meeting_date="tomorrow"))
    assert desk.compose.briefs() == ()


def test_a_place_that_is_only_a_venue_is_not_the_subject(desk: Desk, port: Source) -> None:
    desk.curate.mark_quote(port.id, "gearbox", tags=[parse_tag("partner:IN/venue")])
    assert country(desk).excerpt_ids() == ()


def test_a_new_brief_is_undone_and_redone(desk: Desk) -> None:
    brief, change = desk.compose.create(NewBrief("meeting-brief", (parse_tag("partner:IN"),)))
    assert change.inverse
    back = change.inverse()
    assert desk.compose.briefs() == ()
    assert back.inverse
    back.inverse()
    assert desk.compose.brief(brief.id) == brief


def test_every_edit_is_stored_at_once_and_undone_in_order(desk: Desk) -> None:
    brief = country(desk)
    block = prose("First.")
    changes = [
        desk.compose.edit(brief.id, "Add", lambda b: add_block(b, b.sections[0].id, block)),
        desk.compose.edit(brief.id, "Write", lambda b: write_prose(b, block.id, "Second.")),
        desk.compose.edit(brief.id, "Rename", lambda b: change_section(b, b.sections[0].id, heading="Gist")),
        desk.compose.edit(brief.id, "Move", lambda b: move_section(b, b.sections[0].id, 2)),
    ]
    after = desk.compose.brief(brief.id)
    assert after.sections[1].heading == "Gist"
    assert after.sections[1].blocks[0].markdown == "Second."
    backs = []
    for change in reversed(changes):
        assert change.inverse
        backs.append(change.inverse())
    assert replace(desk.compose.brief(brief.id), changed_at=brief.changed_at) == brief
    for back in reversed(backs):
        assert back.inverse
        back.inverse()
    assert replace(desk.compose.brief(brief.id), changed_at=after.changed_at) == after


def test_an_edit_that_changes_nothing_leaves_nothing_to_undo(desk: Desk) -> None:
    brief = country(desk)
    change = desk.compose.edit(brief.id, "Nothing", lambda b: b)
    assert change.inverse is None
    assert desk.compose.brief(brief.id) == brief


def test_what_a_section_and_its_brief_are_about_is_offered_for_citing_first(
    filled: Desk, port: Source
) -> None:
    words = ("semiconductor shortage", "supply chain for sensors", "deliveries were late")
    tags = (["risk:supply-chain"], ["partner:IN"], ["partner:IN", "risk:cyber"])
    for quote, own in zip(words, tags, strict=True):
        filled.curate.mark_quote(port.id, quote, tags=[parse_tag(tag) for tag in own])
    india = [parse_tag("partner:IN")]
    scopes = ([parse_tag("partner:IN"), parse_tag("risk:cyber")], india)
    hits = filled.compose.citable(scopes, "", 1_000)
    about = [h.excerpt.tagged(TagKind.PARTNER, "IN") for h in hits]
    assert about == sorted(about, reverse=True)
    assert hits[0].excerpt.tagged(TagKind.RISK, "cyber")
    assert hits[0].excerpt.tagged(TagKind.PARTNER, "IN")
    ids = [h.excerpt.id for h in hits]
    assert len(ids) == len(set(ids)) == filled.find.counts().excerpts
    assert len(filled.compose.citable(scopes, "", 2)) == 2
    begun = filled.compose.citable(scopes, "semicond", 10)
    assert any("semiconductor shortage" in h.excerpt.quote for h in begun)
    assert all("semicond" in h.excerpt.quote.lower() for h in begun[:1])


def test_candidates_bear_a_sections_tags_and_match_its_search(filled: Desk, port: Source) -> None:
    both = [parse_tag("partner:IN"), parse_tag("risk:supply-chain")]
    filled.curate.mark_quote(port.id, "semiconductor shortage", tags=both)
    scope = [parse_tag("partner:IN"), parse_tag("risk:supply-chain"), parse_tag("risk:cyber")]
    page = filled.compose.candidates(scope)
    assert page.total
    assert all(h.excerpt.tagged(scope[0].kind, "IN") for h in page.hits)
    assert filled.compose.candidates(scope, "semiconductor").total == 1
    assert filled.compose.candidates([], "半導体 OR ケーブル").total


def test_versions_are_kept_once_and_in_order(desk: Desk) -> None:
    brief = country(desk)
    first = desk.compose.save_version(brief.id)
    assert desk.compose.save_version(brief.id) == first
    named = desk.compose.save_version(brief.id, "As sent")
    section = new_section("Annex", 1)
    desk.compose.edit(brief.id, "Add", lambda b: replace(b, sections=(*b.sections, section)))
    assert [(v.number, v.name) for v in desk.compose.versions(brief.id)] == [(2, "As sent"), (1, "")]
    assert named.brief == brief


def test_a_removed_brief_comes_back_with_its_versions(filled: Desk, port: Source) -> None:
    brief = country(filled)
    filled.compose.save_version(brief.id, "One")
    filled.compose.save_version(brief.id, "Two")
    versions = filled.compose.versions(brief.id)
    change = filled.compose.remove(brief.id)
    with pytest.raises(InputError, match="there is no brief"):
        filled.compose.brief(brief.id)
    filled.collect.remove_source(port.id)
    assert change.inverse
    back = change.inverse()
    assert filled.compose.versions(brief.id) == versions
    assert back.inverse
    back.inverse()
    assert filled.compose.briefs() == ()


def test_new_parts_have_ids_of_their_own() -> None:
    assert prose("x").id != prose("x").id
    assert quotation("e").excerpt_id == "e"
    assert new_section("H", scope=[parse_tag("risk:cyber")]).scope


def test_excerpts_with_the_risk_only_can_be_taken_into_a_brief_for_partner_and_risk(
    filled: Desk, port: Source
) -> None:
    india, risk = parse_tag("partner:IN"), parse_tag("risk:supply-chain")
    beside = filled.curate.mark_quote(port.id, "gearbox", tags=[risk])[0]
    wanted = NewBrief("meeting-brief", (india, risk))
    found = filled.compose.with_risk_only(wanted, 100)
    assert beside.id in {hit.excerpt.id for hit in found.hits}
    for hit in found.hits:
        names = {tag.name for tag in hit.excerpt.tags}
        assert risk.name in names
        assert india.name not in names
    assert filled.compose.with_risk_only(wanted, 1).total == found.total == len(found.hits)
    planned = {h.excerpt.id for s in filled.compose.plan(wanted) for h in s.hits}
    assert beside.id not in planned
    taken = replace(wanted, included=frozenset({beside.id}))
    assert {h.excerpt.id for s in filled.compose.plan(taken) for h in s.hits} == planned | {beside.id}
    assert beside.id in filled.compose.create(taken)[0].excerpt_ids()
    later = replace(taken, since="2999")
    assert filled.compose.with_risk_only(later, 10).total == 0
    assert not any(section.hits for section in filled.compose.plan(later))
    for one in ((india,), (risk,)):
        assert filled.compose.with_risk_only(replace(wanted, subjects=one), 10).total == 0


def test_the_last_word_while_it_is_typed_is_a_beginning_of_words(filled: Desk) -> None:
    assert filled.compose.candidates((), "semiconductor").total
    assert not filled.compose.candidates((), "semiconduct").total
    whole = filled.compose.candidates((), "semiconductor")
    begun = filled.compose.candidates((), "semiconduct", still_typed=True)
    assert {hit.excerpt.id for hit in whole.hits} <= {hit.excerpt.id for hit in begun.hits}
