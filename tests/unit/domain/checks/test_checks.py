from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.checks import Material, check_brief
from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Anchoring, Excerpt
from briefer.domain.findings import Finding, Level
from briefer.domain.forms import Form, SectionForm
from briefer.domain.sources import Source
from briefer.domain.spans import Span

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FORM = Form(
    "x", "X", sections=(SectionForm("ask", "Ask", required=True), SectionForm("background", "Background"))
)
TEXT = "Ministers agreed on a list."
SOURCE = Source("s", "A report", NOW, published=Dating("2025-12", "December 2025", Basis.EXPLICIT))
EXCERPT = Excerpt("excerpt-1", "s", "n", Span(0, 27), TEXT, 1, NOW)


def brief(*blocks: Block, ask: str = "Agree.") -> Brief:
    sections = (
        Section("s1", "Ask", "ask", blocks=(Block("p", BlockKind.PROSE, markdown=ask),)),
        Section("s2", "Background", blocks=blocks),
    )
    return Brief("b", "x", "Brief", NOW, NOW, marking="OFFICIAL", sections=sections)


def quoted() -> Block:
    return Block("q", BlockKind.QUOTATION, excerpt_id="excerpt-1")


def found(checked: Brief, excerpt: Excerpt = EXCERPT, source: Source = SOURCE) -> list[tuple[str, str]]:
    material = Material(checked, FORM, {excerpt.id: excerpt}, {source.id: source}, {"n": TEXT}, NOW.date())
    findings = check_brief(material)
    return [(f.check, f.block or f.section) for f in findings]


def test_a_sound_brief_has_no_findings() -> None:
    assert found(brief(quoted())) == []


def test_an_altered_quotation_is_red() -> None:
    altered = replace(EXCERPT, quote="Ministers agreed on the list.")
    assert found(brief(quoted()), altered) == [("quote-altered", "q")]


def test_a_quotation_carried_only_roughly_is_to_be_compared() -> None:
    assert found(brief(quoted()), replace(EXCERPT, anchored=Anchoring.FUZZY)) == [("quote-carried", "q")]
    assert found(brief(quoted()), replace(EXCERPT, anchored=Anchoring.EXACT)) == []


def test_a_citation_without_a_source_is_red_and_comes_first() -> None:
    checked = brief(quoted(), Block("c", BlockKind.PROSE, markdown="They met [@gone-1234]."), ask="")
    findings = check_brief(
        Material(checked, FORM, {EXCERPT.id: EXCERPT}, {"s": SOURCE}, {"n": TEXT}, NOW.date())
    )
    assert [(f.check, f.level) for f in findings] == [
        ("source-missing", Level.RED),
        ("empty-section", Level.AMBER),
    ]
    assert isinstance(findings[0], Finding)
    assert "gone-1234" in findings[0].message


def test_a_brief_without_sources_or_marking_says_so() -> None:
    bare = replace(brief(), marking="")
    assert found(bare) == [("no-sources", ""), ("no-marking", "")]


def test_dates_that_are_missing_or_inferred_are_amber() -> None:
    undated = replace(SOURCE, published=Dating())
    inferred = replace(SOURCE, published=Dating("2025-12", "13 hours ago", Basis.RELATIVE))
    assert found(brief(quoted()), source=undated) == [("undated", "q")]
    assert found(brief(quoted()), source=inferred) == [("date-inferred", "q")]


def test_claims_with_figures_or_quotation_marks_need_a_source() -> None:
    markdown = "Trade rose by 40 per cent.\n\n- They called it “vital”.\n- We agree.\n- It fell by 12 [@excerpt-1].\n"
    checked = brief(quoted(), Block("c", BlockKind.PROSE, markdown=markdown))
    findings = check_brief(
        Material(checked, FORM, {EXCERPT.id: EXCERPT}, {"s": SOURCE}, {"n": TEXT}, NOW.date())
    )
    assert [f.message for f in findings] == [
        "No source for: Trade rose by 40 per cent.",
        "No source for: They called it “vital”.",
    ]


def test_a_required_section_may_be_filled_below() -> None:
    sections = (
        Section("s1", "Ask", "ask"),
        Section("s2", "Detail", level=2, blocks=(quoted(),)),
    )
    assert found(replace(brief(), sections=sections)) == []


def test_the_same_thing_is_told_once_and_arrangements_need_no_source() -> None:
    undated = replace(SOURCE, published=Dating())
    twice = brief(quoted(), replace(quoted(), id="q2"))
    assert found(twice, source=undated) == [("undated", "q")]
    arrangements = Section(
        "s3", "Arrangements", "logistics", blocks=(Block("l", BlockKind.PROSE, markdown="At 14:30."),)
    )
    assert found(replace(twice, sections=(*twice.sections, arrangements))) == []
