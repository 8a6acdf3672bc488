from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from briefer.domain.assembly import Left, Rule, order, plan
from briefer.domain.dates import Basis, Dating
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Each, Fill, Form, SectionForm
from briefer.domain.results import Hit
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary, parse_tag, partner

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RISKS = Form(
    "country-brief",
    "Country brief",
    subjects=(TagKind.PARTNER,),
    sections=(
        SectionForm("ask", "Summary"),
        SectionForm("background", "Risks", "リスク", each=Each.RISK, fill=Fill.EXCERPTS, at_most=2),
    ),
)
VOCABULARY = Vocabulary((Term(TagKind.RISK, "cyber", "Cyber threats", "サイバー"),))


def hit(name: str, *tags: str, date: str | None = "2026-01-01", grade: str = "F6", quote: str = "") -> Hit:
    source = Source(
        f"source-{name}", name, NOW, published=Dating(date, date, Basis.EXPLICIT), reliability=grade[0]
    )
    excerpt = Excerpt(
        name, source.id, f"snapshot-{name}", Span(0, 5), quote or f"Words of {name}", 1, NOW,
        credibility=grade[1], tags=tuple(parse_tag(t) for t in tags),
    )  # fmt: skip
    return Hit(excerpt, source)


def names(hits: tuple[Hit, ...] | list[Hit]) -> list[str]:
    return [h.excerpt.id for h in hits]


def test_newest_first_then_best_graded_undated_last() -> None:
    hits = [
        hit("undated", date=None, grade="A1"),
        hit("old", date="2025"),
        hit("weak", grade="C3"),
        hit("strong", grade="B2"),
        hit("credible", grade="B1"),
    ]
    assert names(order(hits)) == ["credible", "strong", "weak", "old", "undated"]


def test_one_section_per_risk_most_used_first_and_each_excerpt_once() -> None:
    hits = [
        hit("a", "partner:IN", "risk:cyber", "risk:tariffs"),
        hit("b", "partner:IN", "risk:tariffs"),
        hit("c", "partner:IN", "risk:cyber"),
        hit("d", "partner:IN", "risk:tariffs", date="2024"),
        hit("e", "partner:IN"),
    ]
    planned = plan(Rule(RISKS, (partner("IN"),), VOCABULARY), hits)
    assert [(p.heading, p.level, names(p.hits)) for p in planned] == [
        ("Summary", 1, []),
        ("Risks", 1, []),
        ("tariffs", 2, ["a", "b"]),
        ("Cyber threats", 2, ["c"]),
        ("Other points", 2, ["e"]),
    ]
    assert planned[2].scope == (partner("IN"), Tag(TagKind.RISK, "tariffs"))


def test_the_same_words_are_quoted_once() -> None:
    hits = [
        hit("a", "risk:cyber", quote="The same words."),
        hit("b", "risk:cyber", quote="the same words."),
    ]
    planned = plan(Rule(RISKS, (partner("IN"),), VOCABULARY, "ja"), hits)
    assert [(p.heading, names(p.hits)) for p in planned[1:]] == [("リスク", []), ("サイバー", ["a"])]


def test_overlapping_passages_are_quoted_once() -> None:
    whole, part = hit("whole", "risk:cyber"), hit("part", "risk:tariffs", quote="Words")
    part = replace(
        part, excerpt=replace(part.excerpt, span=Span(1, 3), snapshot_id=whole.excerpt.snapshot_id)
    )
    elsewhere = hit("elsewhere", "risk:tariffs", quote="Other words")
    elsewhere = replace(elsewhere, excerpt=replace(elsewhere.excerpt, span=Span(8, 9)))
    planned = plan(Rule(RISKS, (partner("IN"),), VOCABULARY), [whole, part, elsewhere])
    quoted = [name for p in planned for name in names(p.hits)]
    assert sorted(quoted) in (["elsewhere", "part"], ["elsewhere", "whole"])


def test_sections_by_partner_leave_out_venues_and_the_subject() -> None:
    form = Form(
        "risk-brief",
        "Risk brief",
        sections=(SectionForm("background", "By partner", each=Each.PARTNER, fill=Fill.EXCERPTS),),
    )
    hits = [
        hit("a", "partner:IN", "risk:cyber"),
        hit("b", "partner:DE/venue", "risk:cyber"),
        hit("c", "partner:CN/source-of-risk", "risk:cyber"),
    ]
    planned = plan(Rule(form, (Tag(TagKind.RISK, "cyber"),), VOCABULARY), hits)
    assert [(p.heading, names(p.hits)) for p in planned[1:]] == [
        ("CN", ["c"]),
        ("IN", ["a"]),
        ("Other points", ["b"]),
    ]
    assert planned[1].scope[-1] == partner("CN", Role.PARTNER)


def test_a_risk_that_the_brief_is_about_beside_a_partner_has_its_heading() -> None:
    hits = [
        hit("a", "partner:IN", "risk:cyber"),
        hit("b", "partner:IN", "risk:cyber", "risk:tariffs"),
        hit("c", "partner:IN", "risk:tariffs"),
    ]
    subjects = (partner("IN"), Tag(TagKind.RISK, "cyber"))
    planned = plan(Rule(RISKS, subjects, VOCABULARY), hits)
    assert [(p.heading, names(p.hits)) for p in planned[2:]] == [
        ("Cyber threats", ["a", "b"]),
        ("tariffs", ["c"]),
    ]
    assert planned[2].scope == subjects


def test_several_risks_that_the_brief_is_about_have_their_headings() -> None:
    hits = [hit("a", "risk:cyber"), hit("b", "risk:tariffs"), hit("c", "risk:tariffs")]
    subjects = (Tag(TagKind.RISK, "cyber"), Tag(TagKind.RISK, "tariffs"))
    planned = plan(Rule(RISKS, subjects, VOCABULARY), hits)
    assert [(p.heading, names(p.hits)) for p in planned[2:]] == [
        ("tariffs", ["b", "c"]),
        ("Cyber threats", ["a"]),
    ]


def test_a_section_without_repetition_takes_what_fits_in_it() -> None:
    form = Form("x", "X", sections=(SectionForm("background", "All", fill=Fill.EXCERPTS, at_most=1),))
    planned = plan(Rule(form, (), VOCABULARY), [hit("a", date="2025"), hit("b")])
    assert names(planned[0].hits) == ["b"]


def test_each_choice_says_by_which_tags_it_belongs_there() -> None:
    hits = [hit("a", "partner:IN", "risk:cyber", "theme:x")]
    *_, section = plan(Rule(RISKS, (partner("IN"),), VOCABULARY), hits)
    assert [str(tag) for choice in section.choices for tag in choice.because] == ["partner:IN", "risk:cyber"]


def test_what_is_left_out_is_told_with_the_reason() -> None:
    long = (
        "The ministers agreed to keep a common register of spare parts for cranes, and to meet again in May."
    )
    hits = [
        hit("a", "risk:cyber", quote=long),
        hit("b", "risk:cyber", quote=long.upper(), date="2025-12"),
        hit("c", "risk:cyber", quote=long.replace("May", "June"), date="2025-11"),
        hit("d", "risk:cyber", quote="Something else was said, too.", date="2025-10"),
        hit("e", "risk:cyber", quote="And a third thing as well.", date="2025-09"),
    ]
    section = plan(Rule(RISKS, (), VOCABULARY), hits)[-1]
    assert names(section.hits) == ["a", "d"]
    assert [(left.hit.excerpt.id, left.why, left.like and left.like.id) for left in section.left_out] == [
        ("b", Left.SAME_WORDS, "a"),
        ("c", Left.ALIKE, "a"),
        ("e", Left.FULL, None),
    ]


def test_the_next_one_takes_the_place_of_what_nobody_wants() -> None:
    hits = [hit("a", "risk:cyber"), hit("b", "risk:cyber", date="2025"), hit("c", "risk:cyber", date="2024")]
    *_, section = plan(Rule(RISKS, (), VOCABULARY), hits, excluded={"a"})
    assert names(section.hits) == ["b", "c"]


def test_what_the_brief_has_already_is_not_planned_again() -> None:
    here = hit("a", "risk:cyber")
    *_, section = plan(Rule(RISKS, (), VOCABULARY), [here, hit("b", "risk:cyber")], present=[here.excerpt])
    assert names(section.hits) == ["b"]


def test_what_somebody_wants_goes_in_though_it_repeats_or_the_section_is_full() -> None:
    hits = [hit("a", "risk:cyber"), hit("b", "risk:cyber", date="2025"), hit("c", "risk:cyber", date="2024")]
    repeats = hit("d", "risk:cyber", date="2023", quote="WORDS OF A")
    *_, section = plan(Rule(RISKS, (), VOCABULARY), [*hits, repeats], included={"c", "d"})
    assert names(section.hits) == ["a", "b", "c", "d"]
    assert section.left_out == ()
