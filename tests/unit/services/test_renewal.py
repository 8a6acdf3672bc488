"""Offers for a brief, the next brief from one, and what changed between two states."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.comparing import compare
from briefer.domain.differences import DifferenceKind
from briefer.domain.editing import add_block, change_section, remove_block, shorten, write_prose
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import UsageError
from briefer.services import recording
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk

INDIA = parse_tag("partner:IN")
SUPPLY = [INDIA, parse_tag("risk:supply-chain")]


@pytest.fixture
def brief(desk: Desk, port: Source) -> Brief:
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=SUPPLY)
    return desk.compose.create(NewBrief("country-brief", (INDIA,), meeting_date="2026-03-09"))[0]


def mark_more(desk: Desk, port: Source, cable: Source) -> tuple[str, str]:
    """Mark an excerpt that fits a section, and one that needs a new one; return their ids."""
    sensors = "the supply chain for sensors remains fragile"
    return (
        desk.curate.mark_quote(port.id, sensors, tags=SUPPLY)[0].id,
        desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=[INDIA, parse_tag("risk:cyber")])[0].id,
    )


def test_what_is_new_since_is_offered_for_the_section_that_it_fits(
    desk: Desk, brief: Brief, port: Source, cable: Source
) -> None:
    assert desk.renewal.offers(brief.id) == ()
    known, fresh = mark_more(desk, port, cable)
    section = next(s for s in brief.sections if s.heading == "Supply-chain disruption")
    desk.compose.edit(brief.id, "Rename", lambda b: change_section(b, section.id, heading="Supplies"))
    offers = {offer.choice.hit.excerpt.id: offer for offer in desk.renewal.offers(brief.id)}
    assert set(offers) == {known, fresh}
    assert (offers[known].section_id, offers[known].heading) == (section.id, "Supplies")
    assert (offers[fresh].section_id, offers[fresh].heading) == ("", "Cyber threats")
    assert desk.compose.brief(brief.id).excerpt_ids() == brief.excerpt_ids()


@pytest.mark.parametrize("few", [100, 0])
@pytest.mark.parametrize("together", [False, True])
def test_an_excerpt_that_comes_to_fit_by_a_tag_is_offered_until_the_tag_is_taken_back(
    desk: Desk, port: Source, monkeypatch: pytest.MonkeyPatch, *, together: bool, few: int
) -> None:
    monkeypatch.setattr(recording, "_FEW", few)
    old = desk.curate.mark_quote(port.id, "the supply chain for sensors remains fragile")[0]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=SUPPLY)
    brief = desk.compose.create(NewBrief("country-brief", (INDIA,)))[0]
    desk.curate.annotate(replace(old, comment="Telling."))
    assert desk.renewal.offers(brief.id) == ()
    tag = desk.bulk.tag if together else desk.curate.tag
    change = tag([old.id], SUPPLY)
    assert [offer.choice.hit.excerpt.id for offer in desk.renewal.offers(brief.id)] == [old.id]
    assert change.inverse is not None
    change.inverse()
    assert desk.renewal.offers(brief.id) == ()
    desk.curate.tag([old.id], SUPPLY)
    desk.renewal.take(brief.id, ())
    assert desk.renewal.offers(brief.id) == ()


@pytest.mark.parametrize("imported_later", [False, True])
def test_however_many_excerpts_come_to_fit_they_are_offered(desk: Desk, *, imported_later: bool) -> None:
    def lines(tags: list[str]) -> list[bytes]:
        """Return 120 reports, each with an excerpt of its own."""
        words = [f"Port {n} counted {n * 7919} containers in week {n * 31}." for n in range(120)]
        made = [
            {
                "csl": {"title": text, "type": "report"},
                "text": text,
                "excerpts": [{"quote": text, "tags": tags}],
            }
            for text in words
        ]
        return [json.dumps(line).encode() for line in made]

    if imported_later:
        brief = desk.compose.create(NewBrief("country-brief", (INDIA,)))[0]
        desk.exchange.import_lines("x.jsonl", lines(list(map(str, SUPPLY))))
    else:
        desk.exchange.import_lines("x.jsonl", lines([]))
        brief = desk.compose.create(NewBrief("country-brief", (INDIA,)))[0]
        assert desk.renewal.offers(brief.id) == ()
        ids = [hit.excerpt.id for hit in desk.find.excerpts("containers", limit=200).hits]
        change = desk.bulk.tag(ids, SUPPLY)
        assert change.inverse is not None
        back = change.inverse()
        assert desk.renewal.offers(brief.id) == ()
        assert back.inverse is not None
        back.inverse()
    offers = desk.renewal.offers(brief.id)
    assert len(offers) == 8, "as many as the form wants of a risk"
    desk.renewal.take(brief.id, ())
    assert desk.renewal.offers(brief.id) == ()


def test_offers_are_taken_once_and_undone(desk: Desk, brief: Brief, port: Source, cable: Source) -> None:
    known, fresh = mark_more(desk, port, cable)
    change = desk.renewal.take(brief.id, desk.renewal.offers(brief.id))
    taken = desk.compose.brief(brief.id)
    assert set(taken.excerpt_ids()) == {*brief.excerpt_ids(), known, fresh}
    headings = [(s.heading, s.level) for s in taken.sections]
    assert headings.index(("Cyber threats", 2)) == headings.index(("Supply-chain disruption", 2)) + 1
    assert desk.renewal.offers(brief.id) == ()
    assert change.inverse is not None
    change.inverse()
    assert len(desk.renewal.offers(brief.id)) == 2


def test_declined_offers_do_not_come_back(desk: Desk, brief: Brief, port: Source, cable: Source) -> None:
    mark_more(desk, port, cable)
    desk.renewal.take(brief.id, ())
    assert desk.renewal.offers(brief.id) == ()
    assert desk.compose.brief(brief.id).excerpt_ids() == brief.excerpt_ids()


def test_the_last_brief_for_a_partner(desk: Desk, brief: Brief) -> None:
    desk.compose.create(NewBrief("country-brief", (INDIA,), meeting_date="2025-01-01"))
    desk.compose.create(NewBrief("country-brief", (INDIA,)))
    last = desk.renewal.last([INDIA])
    assert last is not None
    assert last.id == brief.id
    assert desk.renewal.last([parse_tag("partner:FR")]) is None


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("2026-12-20", "2026-12-03"),
        ("2027-03-10", "2026-12-20"),
        ("2027-04", "2027-03-10"),
        ("2026-12-03", "2026-03-09"),
        (None, "2026-03-09"),
        ("2026-03-09", None),
    ],
)
def test_the_last_meeting_is_before_the_one_that_is_asked_for(
    desk: Desk, brief: Brief, meeting: str | None, expected: str | None
) -> None:
    for day in ("2026-12-03", "2027-03-10", "2026-12-20"):
        desk.renewal.clone(brief.id, day)
    other = NewBrief("risk-brief", (parse_tag("risk:supply-chain"),), meeting_date="2026-12-19")
    desk.compose.create(other)
    found = desk.renewal.last(SUPPLY, meeting)
    assert (found.meeting_date if found else None) == expected


def test_the_next_brief_says_what_became_of_the_one_before(
    desk: Desk, brief: Brief, port: Source, cable: Source
) -> None:
    (old,) = brief.excerpt_ids()
    assert desk.renewal.renewed(brief.id) is None
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, b.sections[0].id, prose("As ever.")))
    clone, change = desk.renewal.clone(brief.id, "2026-09-01")
    assert clone.excerpt_ids() == (old,)
    assert not {s.id for s in clone.sections} & {s.id for s in brief.sections}
    known, fresh = mark_more(desk, port, cable)
    desk.collect.change_source(replace(port, flags=("superseded by a later one",)))
    told = desk.renewal.renewed(clone.id)
    assert told is not None
    assert {offer.choice.hit.excerpt.id for offer in told.new} == {known, fresh}
    assert [hit.excerpt.id for hit in told.stale] == [old]
    assert (told.dropped, told.reused, told.comparison.same) == ((), 2, True)
    block = next(b for _, b in clone.blocks() if b.excerpt_id)
    desk.compose.edit(clone.id, "Remove", lambda b: remove_block(b, block.id))
    told = desk.renewal.renewed(clone.id)
    assert told is not None
    assert [hit.excerpt.id for hit in told.dropped] == [old]
    assert change.inverse is not None
    change.inverse()
    assert clone.id not in {b.id for b in desk.compose.briefs()}
    with pytest.raises(UsageError, match="the date soon is not understood"):
        desk.renewal.clone(brief.id, "soon")


@pytest.mark.parametrize(
    ("days", "near", "far"), [(730, "2028-03-02", "2028-03-03"), (30, "2026-04-02", "2026-04-03")]
)
def test_a_source_is_stale_by_the_rule_of_the_form_as_the_checks_have_it(
    desk: Desk, brief: Brief, days: int, near: str, far: str
) -> None:
    desk.forms.save(replace(desk.forms.get(brief.form), stale_days=days))
    for day, expected in ((near, 0), (far, 1)):
        clone, _ = desk.renewal.clone(brief.id, day)
        told = desk.renewal.renewed(clone.id)
        assert told is not None
        assert len(told.stale) == expected
        findings = {finding.check for finding in desk.review.reviewed(clone.id).findings}
        assert ("stale" in findings) == bool(expected)


def test_without_a_limit_or_a_form_only_what_fell_is_stale(desk: Desk, brief: Brief, port: Source) -> None:
    desk.forms.save(replace(desk.forms.get(brief.form), stale_days=None))
    clone, _ = desk.renewal.clone(brief.id, "2099-01-01")
    told = desk.renewal.renewed(clone.id)
    assert told is not None
    assert told.stale == ()
    desk.collect.change_source(replace(port, flags=("withdrawn",)))
    told = desk.renewal.renewed(clone.id)
    assert told is not None
    assert len(told.stale) == 1


def test_versions_are_compared_word_by_word(desk: Desk, brief: Brief) -> None:
    section = brief.sections[0]
    text = prose("The register stays.\n\nIt was agreed in May.")
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, section.id, text))
    first = desk.compose.save_version(brief.id, "first")
    quoted = next(b for _, b in brief.blocks() if b.excerpt_id)
    desk.compose.edit(
        brief.id, "Write", lambda b: write_prose(b, text.id, "The register stays.\n\nIt was agreed in June.")
    )
    desk.compose.edit(brief.id, "Shorten", lambda b: shorten(b, quoted.id, "We cannot wait […]"))
    desk.compose.edit(brief.id, "Rename", lambda b: change_section(b, section.id, heading="In short"))
    told = desk.renewal.compared(first, desk.compose.brief(brief.id))
    assert not told.same
    assert (told.added, told.dropped, told.altered) == ((), (), brief.excerpt_ids())
    assert (told.words_added, told.words_removed) == (1, 6)
    changed = told.sections[0]
    assert (changed.kind, changed.heading, changed.heading_before) == (
        DifferenceKind.CHANGED, "In short", section.heading,
    )  # fmt: skip
    assert [p.kind for p in changed.paragraphs] == [DifferenceKind.SAME, DifferenceKind.CHANGED]
    assert desk.renewal.compared(first, first).same


def test_sections_that_came_and_went_are_told(brief: Brief) -> None:
    fewer = replace(brief, sections=brief.sections[1:])
    gone = compare(brief, fewer, {})
    assert [s.heading for s in gone.sections if s.kind is DifferenceKind.REMOVED] == [
        brief.sections[0].heading
    ]
    come = compare(fewer, brief, {})
    assert [s.heading for s in come.sections if s.kind is DifferenceKind.ADDED] == [brief.sections[0].heading]
