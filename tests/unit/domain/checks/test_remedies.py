"""What mends a finding at once: the check is silent afterwards, and nothing else has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, BlockKind, Brief
from briefer.domain.checks import RULES, check_brief, remedy
from briefer.domain.forms import SectionForm
from briefer.domain.spans import Span
from briefer.domain.tags import TagKind, Term, Vocabulary
from tests.unit.domain.checks.conftest import FORM, Bench


def mended(bench: Bench, rule: str) -> tuple[str, Brief]:
    """Mend the one finding of a rule, see that the check is silent, and return what was done."""
    material = bench.material()
    (found,) = (f for f in check_brief(material) if f.check == rule)
    made = remedy(found, material)
    assert made is not None
    brief = made.change(material.brief)
    assert rule not in {f.check for f in check_brief(replace(material, brief=brief))}
    assert made.change(material.brief) == brief, "done twice it does the same"
    return made.label, brief


def texts(brief: Brief) -> list[str]:
    return [block.excerpt_id or block.markdown for _, block in brief.blocks()]


def test_what_is_missing_is_taken_out(bench: Bench) -> None:
    own = bench.excerpt()
    bench.section(f"So it is [see @{own}; @gone-1234], and so [@gone-1234].")
    assert texts(mended(bench, "source-missing")[1]) == [f"So it is [see @{own}], and so."]
    bench.sections.clear()
    bench.section(f">{own}", ">gone-5678")
    label, brief = mended(bench, "source-missing")
    assert (label, texts(brief)) == ("Take it out", [own])


def test_what_was_withdrawn_is_taken_out(bench: Bench) -> None:
    own = bench.excerpt()
    gone = bench.excerpt(bench.source(title="Withdrawn report", flags=("withdrawn",)))
    bench.section(f"It is so [@{own}; @{gone}].", f">{own}")
    assert texts(mended(bench, "withdrawn")[1]) == [f"It is so [@{own}].", own]


def test_a_quotation_is_given_in_full(bench: Bench) -> None:
    own = bench.excerpt()
    block = Block("q", BlockKind.QUOTATION, excerpt_id=own, shown="Germany will never widen it.")
    bench.section(block)
    label, brief = mended(bench, "quote-hidden-edit")
    assert label == "Quote it in full"
    assert [b.shown for _, b in brief.blocks()] == [""]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span(0, 18), "Germany will […]"),
        (Span(3, 24), "[…] will widening […]"),
        (Span(3, 18), "[…] will […]"),
        (Span(8, 10), None),
    ],
)
def test_the_rest_of_a_cut_word_is_left_out(bench: Bench, span: Span, shown: str | None) -> None:
    own = bench.excerpt(text="Germany will widening its export.")
    whole = bench.excerpts[own]
    bench.excerpts[own] = replace(whole, span=span, quote=whole.quote[span.start : span.end])
    bench.section(f">{own}")
    if shown is None:
        (found,) = (f for f in bench.found() if f.check == "quote-cut")
        assert remedy(found, bench.material()) is None
    else:
        _, brief = mended(bench, "quote-cut")
        assert [b.shown for _, b in brief.blocks()] == [shown]


def test_the_marking_is_raised_to_the_least(bench: Bench) -> None:
    bench.section(f">{bench.excerpt(marking='uk/secret')}")
    label, brief = mended(bench, "marking-below")
    assert (label, brief.marking) == ("Mark it SECRET", "uk/secret")
    bench.sections.clear()
    bench.changes["marking"] = ""
    bench.form = replace(FORM, marking="uk/official")
    bench.section(f">{bench.excerpt()}")
    assert mended(bench, "no-marking")[1].marking == "uk/official"


def test_without_a_marking_to_give_a_person_has_to_choose(bench: Bench) -> None:
    bench.changes["marking"] = ""
    bench.section(f">{bench.excerpt()}")
    (found,) = bench.found()
    assert remedy(found, bench.material()) is None


def test_a_missing_section_is_added_in_its_place(bench: Bench) -> None:
    bench.form = replace(
        FORM,
        sections=(
            SectionForm("ask", "Ask"),
            SectionForm("say", "Points to make", required=True),
            SectionForm("background", "Background"),
        ),
    )
    bench.section("Agree.", kind="ask")
    bench.section(f">{bench.excerpt()}", kind="background")
    material = bench.material()
    (found,) = (f for f in check_brief(material) if f.check == "empty-section")
    made = remedy(found, material)
    assert made is not None
    assert [s.heading for s in made.change(material.brief).sections] == [
        "Heading 1",
        "Points to make",
        "Heading 2",
    ]
    later = replace(found, section="section-1")
    assert remedy(later, material) is None
    assert remedy(replace(found, message="Something else."), material) is None


def test_starters_levels_and_days(bench: Bench) -> None:
    bench.form = replace(FORM, sections=(SectionForm("ask", "Ask", starter_en="That you agree …"),))
    bench.changes["title"] = "Talks on 16 January 2026, or on 2026-01-17"
    bench.section("That you agree …", f">{bench.excerpt()}", kind="ask")
    bench.section("More.", level=3)
    assert texts(mended(bench, "starter-left")[1])[0] != "That you agree …"
    assert [s.level for s in mended(bench, "heading-order")[1].sections] == [1, 2]
    material = bench.material()
    first = next(f for f in check_brief(material) if f.check == "title-date")
    made = remedy(first, material)
    assert made is not None
    assert made.change(material.brief).title == "Talks on 15 January 2026, or on 15 January 2026"


@pytest.mark.parametrize(
    ("language", "text", "then"),
    [
        ("en", "We meet Türkiye. Turkey said “Turkey agrees”, [see Turkey].", "We meet Türkiye. Türkiye said “Turkey agrees”, [see Turkey]."),
        ("ja", "トルコと会談。テュルキエは「テュルキエは賛成」とした。", "トルコと会談。トルコは「テュルキエは賛成」とした。"),
    ],
)  # fmt: skip
def test_one_name_throughout_but_not_in_quotations(bench: Bench, language: str, text: str, then: str) -> None:
    bench.changes["language"] = language
    bench.section(f">{bench.excerpt()}", text)
    material = bench.material()
    (found,) = (f for f in check_brief(material) if f.check == "spelled-twice")
    assert found.block == bench.sections[0].blocks[1].id
    made = remedy(found, material)
    assert made is not None
    assert texts(made.change(material.brief))[1] == then
    assert remedy(replace(found, message="One partner, two names: x, y."), material) is None


def test_an_article_goes_with_the_formal_name(bench: Bench) -> None:
    bench.section(
        f">{bench.excerpt()}", "India agrees. The Republic of India and the Republic of India’s firms do."
    )
    term = Term(TagKind.PARTNER, "IN", "India", group="country")
    material = replace(bench.material(), vocabulary=Vocabulary((term,)))
    (found,) = (f for f in check_brief(material) if f.check == "spelled-twice")
    made = remedy(found, material)
    assert made is not None
    assert texts(made.change(material.brief))[1] == "India agrees. India and India’s firms do."


def test_most_findings_need_a_person(bench: Bench) -> None:
    bench.section(f">{bench.excerpt()}", "Output rose by 47 per cent.")
    (found,) = bench.found()
    assert (found.check, remedy(found, bench.material())) == ("no-source", None)
    assert all(rule.why for rule in RULES.values())


def test_a_quotation_in_a_text_gets_the_words_of_its_source_again(bench: Bench) -> None:
    said = "We will widen the controls on chip-making tools from March"
    own = bench.excerpt(text=said)
    bench.section(
        f"The minister said: “We will narrow the controls on chip-making tools from March” [@{own}]."
    )
    label, brief = mended(bench, "quote-altered")
    assert label == "Restore the source’s words"
    assert texts(brief) == [f"The minister said: “{said}” [@{own}]."]
    bench.sections.clear()
    bench.section(f"He said: “We will widen the controls on chip–making tools from March” [@{own}].")
    assert texts(mended(bench, "quote-normalised")[1]) == [f"He said: “{said}” [@{own}]."]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("We will widen the controls on chip-making tools.", "There is nothing to be said about it at all."),
        (
            "We will widen the *controls* on chip-making tools.",
            "We will narrow the *controls* on chip-making tools.",
        ),
    ],
)
def test_what_is_no_slip_and_what_needs_escapes_is_left_to_a_person(
    bench: Bench, said: str, typed: str
) -> None:
    own = bench.excerpt(text=said)
    bench.section(f"He said: “{typed}” [@{own}].", f">{own}")
    material = bench.material()
    (found,) = (f for f in check_brief(material) if f.check == "quote-altered")
    assert remedy(found, material) is None


def test_an_excerpt_that_differs_from_its_source_is_left_to_a_person(bench: Bench) -> None:
    own = bench.excerpt()
    bench.excerpts[own] = replace(bench.excerpts[own], quote="Germany will never widen them.")
    bench.section(f">{own}")
    material = bench.material()
    (found,) = (f for f in check_brief(material) if f.check == "quote-altered")
    assert remedy(found, material) is None


def test_two_quotations_of_one_text_get_their_words_one_after_the_other(bench: Bench) -> None:
    said = ("We will widen the controls from March", "There is no other way for us to go")
    one, two = (bench.excerpt(text=text) for text in said)
    bench.section(
        f"He: “We will narrow the controls from March” [@{one}]. She: “There is some other way for us to go” [@{two}]."
    )
    brief = bench.brief
    for found in bench.found():
        made = remedy(found, bench.material()) if found.check == "quote-altered" else None
        brief = made.change(brief) if made else brief
    assert texts(brief) == [f"He: “{said[0]}” [@{one}]. She: “{said[1]}” [@{two}]."]
