from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefer.domain.briefs import Block, BlockKind
from briefer.domain.checks import check_brief
from tests.unit.domain.checks.conftest import Bench

AGENCIES = {
    "Harbour Wire": "Harbour Wire",
    "HW": "Harbour Wire",
    "港通信": "Harbour Wire",
    "港湾": "Quay News",
}
LONG = "The port of Nordhavn will lengthen its northern quay by a third, and dredge the fairway to sixteen metres, so that the largest ships can call there from autumn on."
RETOLD = "Officials: the port of Nordhavn will lengthen its northern quay by a third, and dredge the fairway to sixteen metres, so that large ships can call."


def told(bench: Bench) -> list[str]:
    """Return what is found of origins."""
    material = replace(bench.material(), agencies=AGENCIES)
    return [
        f"{f.check}: {f.message}" for f in check_brief(material) if f.check in {"circular", "single-source"}
    ]


@pytest.mark.parametrize(
    ("one", "other", "days", "circular"),
    [
        ({"wire": "Harbour Wire"}, {"wire": "Harbour Wire"}, 1, True),
        ({"wire": "Harbour Wire"}, {"wire": "HW"}, 0, True),
        ({"wire": "Harbour Wire"}, {"wire": "Harbour Wire"}, 3, True),
        ({"wire": "Harbour Wire"}, {"wire": "Harbour Wire"}, 4, False),
        ({"wire": "Harbour Wire"}, {"wire": "Another Wire"}, 1, False),
        ({"wire": "Harbour Wire"}, {"publisher": "Harbour Wire"}, 1, True),
        ({"wire": "Harbour Wire"}, {"authors": ("By HW staff",)}, 1, True),
        ({"wire": "Harbour Wire"}, {"authors": ("Asha Menon (HW)",)}, 1, True),
        ({"authors": ("港通信",)}, {"authors": ("Harbour Wire", "Asha Menon")}, 1, True),
        ({"authors": ("Asha Menon",)}, {"authors": ("Asha Menon",)}, 1, False),
        ({}, {}, 0, False),
    ],
)
def test_what_an_agency_told_within_days_is_one_origin(
    bench: Bench, one: dict[str, Any], other: dict[str, Any], days: int, *, circular: bool
) -> None:
    sources = [
        bench.source(f"2025-12-{10 + n * days}", **{"publisher": f"Paper {n}", "authors": (), **changes})
        for n, changes in enumerate((one, other))
    ]
    cited = "; ".join(f"@{bench.excerpt(source)}" for source in sources)
    bench.section(f"It is so [{cited}].")
    assert [line.partition(":")[0] for line in told(bench)] == (["circular"] if circular else [])


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("NORDHAVN, Dec. 10 (Harbour Wire) - The quay will be longer.", True),
        ("NORDHAVN (HW) — The quay will be longer.", True),
        ("Nordhavn (HW) has a quay, which will be longer.", False),
        ("The quay will be longer. (HW)", True),
        ("【港通信】埠頭を延ばす。", True),
        ("埠頭を延ばす。（外電=港通信）", True),
        ("埠頭（港湾）を延ばす。", False),
        ("The quay will be longer.", False),
        ("", False),
    ],
)
def test_a_text_credits_its_agency(bench: Bench, text: str, *, credited: bool) -> None:
    wired = bench.source("2025-12-10", wire="Harbour Wire", publisher="Morning Post")
    other = bench.excerpt(bench.source("2025-12-11", publisher="Evening Post"), text or "埠頭")
    bench.section(f"It is so [@{bench.excerpt(wired)}; @{other}].")
    assert told(bench) == (
        ["circular: 2 sources come from one agency, Harbour Wire, within days: Evening Post, Morning Post."]
        if credited
        else []
    )


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [("hw", "HARBOUR WIRE", "Harbour Wire"), ("Far Post", "far post ", "Far Post")],
)
def test_an_agency_is_the_same_in_small_and_large_letters(
    bench: Bench, first: str, second: str, shown: str
) -> None:
    sources = [bench.source("2025-12-10", wire=wire, publisher=wire) for wire in (first, second)]
    bench.section(f"It is so [{'; '.join(f'@{bench.excerpt(source)}' for source in sources)}].")
    (finding,) = told(bench)
    assert finding.startswith(f"circular: 2 sources come from one agency, {shown}, within days")


def test_days_that_are_not_known_are_not_near(bench: Bench) -> None:
    sources = [
        bench.source(day, wire="HW", publisher=f"{n}")
        for n, day in enumerate(("2025-12", "2025-12-01", None))
    ]
    cited = "; ".join(f"@{bench.excerpt(source)}" for source in sources)
    bench.section(f"It is so [{cited}].")
    assert told(bench) == []


def test_much_the_same_words_are_one_text_unless_somebody_is_quoted(bench: Bench) -> None:
    one = bench.excerpt(bench.source("2025-12-10", publisher="Morning Post"), LONG)
    other = bench.excerpt(bench.source("2025-12-20", publisher="Evening Post"), RETOLD)
    bench.section(f"It is so [@{one}; @{other}].")
    assert told(bench) == ["circular: 2 sources carry one text: Evening Post, Morning Post."]
    for id_ in (one, other):
        bench.excerpts[id_] = replace(bench.excerpts[id_], speaker="Asha Menon")
    assert told(bench) == [], "both heard her"


def test_quotations_are_key_messages_too(bench: Bench) -> None:
    one, same = (bench.excerpt(source) for source in [bench.source(title="One")] * 2)
    other = bench.excerpt(bench.source(title="Another"))
    alone = "The key message “Germany will widen its export controls on…” rests on “One” alone."
    bench.section(f">{one}", f">{same}", kind="say")
    assert told(bench) == [f"single-source: {alone}"]
    bench.sections.clear()
    bench.section(
        "We agree.", Block("b", BlockKind.QUOTATION, excerpt_id=one, shown="[It] will widen."), kind="say"
    )
    assert told(bench) == ["single-source: The key message “[It] will widen” rests on “One” alone."]
    bench.sections.clear()
    bench.section(f">{one}", f">{other}", kind="say")
    bench.section(f">{one}")
    bench.section(">missing", kind="say")
    assert told(bench) == []


def test_a_quotation_below_a_point_bears_it_out(bench: Bench) -> None:
    one, same = (bench.excerpt(source) for source in [bench.source(title="One")] * 2)
    other = bench.excerpt(bench.source(title="Another"))
    bench.section(f"- Agree [@{one}].\n- Ask for more [@{one}].", f">{other}", kind="say")
    first = "single-source: The key message “Agree” rests on “One” alone."
    assert told(bench) == [first]
    bench.sections.clear()
    bench.section(f"Agree [@{one}].", f">{same}", kind="say")
    assert told(bench) == [first], "told once"


def test_words_of_those_who_act_need_no_second_witness(bench: Bench) -> None:
    statement = bench.excerpt(bench.source(genre="Joint statement", kind="document"))
    bench.section(f">{statement}", kind="say")
    assert told(bench) == []
    bench.section(f"They agreed [@{statement}].", kind="say")
    assert len(told(bench)) == 1
