from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.checks import check_brief
from briefer.domain.tags import TagKind, Term, Vocabulary
from tests.unit.domain.checks.conftest import Bench


def test_a_section_hears_more_than_one_outlet_and_voice(bench: Bench) -> None:
    quoted = [f">{bench.excerpt(bench.source(title=t), speaker='Asha Menon')}" for t in "abc"]
    bench.section(*quoted[:2], scope="partner:IN")
    assert bench.rules() == ["one-outlet"]
    bench.sections.clear()
    bench.section(*quoted, scope="risk:cyber")
    assert bench.rules() == ["one-side"]
    bench.sections.clear()
    other = bench.excerpt(bench.source(publisher="Another Post"), speaker="Ken Mori")
    bench.section(*quoted, f">{other}", scope="partner:IN risk:cyber")
    assert bench.rules() == []


def test_deeper_sections_count_with_theirs(bench: Bench) -> None:
    quoted = [f">{bench.excerpt(bench.source(title=t), speaker='Asha Menon')}" for t in "ab"]
    bench.section(scope="partner:IN risk:cyber", heading="India")
    for one in quoted:
        bench.section(one, level=2)
    bench.section(f">{bench.excerpt(bench.source(publisher='Another Post'))}")
    assert [(f.check, f.section) for f in bench.found()] == [
        ("one-outlet", "section-1"),
        ("one-side", "section-1"),
    ]


def test_what_a_section_is_told_of_is_not_told_of_those_below(bench: Bench) -> None:
    quoted = [f">{bench.excerpt(bench.source(title=t), speaker='Asha Menon')}" for t in "ab"]
    bench.section(scope="partner:IN risk:cyber")
    bench.section(*quoted, level=2, scope="partner:IN risk:cyber")
    assert [(f.check, f.section) for f in bench.found()] == [
        ("one-outlet", "section-1"),
        ("one-side", "section-1"),
    ]


def test_a_section_on_another_partner_does_not_count(bench: Bench) -> None:
    bench.section(f">{bench.excerpt()}", scope="partner:IN")
    bench.section(f">{bench.excerpt()}", level=2, scope="partner:TR")
    assert bench.rules() == []
    other = bench.excerpt(bench.source(publisher="Another Post"))
    bench.section(f">{other}", level=2)
    assert bench.rules() == []


def test_one_outlet_under_two_spellings(bench: Bench) -> None:
    outlets = [bench.source(title=name, publisher=name) for name in ("The Harbour Post", "HARBOUR POST")]
    bench.section(*(f">{bench.excerpt(source)}" for source in outlets), scope="partner:IN")
    assert [f.message for f in bench.found()] == ["“Heading 1” rests on The Harbour Post alone."]


@pytest.mark.parametrize(
    ("speakers", "heard"),
    [
        (("Asha Menon", "Minister Menon", "A. Menon", "Menon, Asha"), "Minister Menon"),
        (("Asha Menon", "Ravi Menon", "Menon"), ""),
        (("Asha Menon", None), ""),
        (("Asha Menon",), ""),
        (("Asha Menon", "アシャ・メノン外相"), "Asha Menon"),
        (("Asha Menon", "森外相"), ""),
    ],
)
def test_a_voice_is_heard_under_any_spelling(
    bench: Bench, speakers: tuple[str | None, ...], heard: str
) -> None:
    quoted = (
        bench.excerpt(bench.source(title=f"{n}", publisher=f"{n}"), speaker=s) for n, s in enumerate(speakers)
    )
    bench.section(*(f">{one}" for one in quoted), scope="risk:cyber")
    term = Term(TagKind.FREE, "menon", "Asha Menon", "アシャ・メノン")
    material = replace(bench.material(), vocabulary=Vocabulary((term,)))
    found = [f.message for f in check_brief(material)]
    assert found == ([f"Under “Heading 1” only {heard} is heard."] if heard else [])
