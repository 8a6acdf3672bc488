from __future__ import annotations

import pytest

from briefer.domain.floors import Floor, Mixed, Portion, floor, is_below
from briefer.domain.markings import MarkingLevel, MarkingScheme

UK = MarkingScheme(
    "uk",
    "United Kingdom",
    (MarkingLevel("o", "OFFICIAL", 1), MarkingLevel("s", "SECRET", 3), MarkingLevel("t", "TOP", 4)),
)
AU = MarkingScheme("au", "Australia", (MarkingLevel("p", "PROTECTED", 2), MarkingLevel("s", "SECRET", 3)))
SCHEMES = (UK, AU)


def portions(*markings: str) -> list[Portion]:
    return [Portion(marking, f"part {n}") for n, marking in enumerate(markings)]


def test_the_floor_is_the_highest_portion_and_says_which() -> None:
    found = floor(portions("uk/o", "", "uk/s", "SECRET"), SCHEMES)
    assert isinstance(found, Floor)
    assert (found.marking, [p.what for p in found.portions]) == ("uk/s", ["part 2", "part 3"])
    assert floor(portions("", " "), SCHEMES) is None


@pytest.mark.parametrize(
    "markings", [("uk/o", "au/p"), ("uk/o", "For internal use"), ("SECRET",), ("PROTECTED", "OFFICIAL")]
)
def test_schemes_do_not_compare(markings: tuple[str, ...]) -> None:
    found = floor(portions(*markings), SCHEMES)
    assert isinstance(found, Mixed)
    assert [p.marking for p in found.portions] == list(markings)


@pytest.mark.parametrize(
    ("marking", "below"),
    [
        ("uk/s", False),
        ("secret", False),
        ("uk/t", False),
        ("OFFICIAL", True),
        ("", True),
        ("au/s", True),
        ("TLP", True),
    ],
)
def test_a_brief_is_at_or_above_its_floor(marking: str, below: bool) -> None:
    least = floor(portions("uk/s"), SCHEMES)
    assert isinstance(least, Floor)
    assert is_below(marking, least) is below
