from __future__ import annotations

import pytest

from briefer.domain.floors import Floor, Mixed, Portion, exceeds, floor, is_below
from briefer.domain.markings import MarkingLevel, MarkingScheme
from briefer.errors import UsageError

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
    "markings",
    [("uk/o", "au/p"), ("uk/o", "For internal use"), ("SECRET", "Ours"), ("PROTECTED", "OFFICIAL")],
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


EU = MarkingScheme(
    "eu",
    "European Union",
    (
        MarkingLevel("r", "RESTREINT UE", 1),
        MarkingLevel("s", "SECRET UE", 2, same_as=("uk/s",)),
        MarkingLevel("t", "TRES SECRET UE", 3, same_as=("uk/t",)),
    ),
)


def test_levels_that_are_declared_to_be_the_same_compare_in_both_directions() -> None:
    schemes = (UK, AU, EU)
    of_the_first = floor(portions("uk/o", "eu/s"), schemes)
    assert isinstance(of_the_first, Floor)
    assert (of_the_first.marking, [p.what for p in of_the_first.portions]) == ("uk/s", ["part 1"])
    of_the_whole = floor(portions("uk/s", "eu/t"), schemes, "eu/t")
    assert isinstance(of_the_whole, Floor)
    assert of_the_whole.marking == "eu/t"
    assert is_below("eu/s", of_the_whole, schemes)
    assert not is_below("uk/t", of_the_whole, schemes)


def test_a_level_without_an_equal_does_not_compare() -> None:
    assert isinstance(floor(portions("uk/o", "eu/r"), (UK, EU)), Mixed)
    assert isinstance(floor(portions("uk/s", "eu/s"), SCHEMES), Mixed)


def test_one_text_that_is_nobodys_level_is_the_least_where_all_bear_it() -> None:
    found = floor(portions("For internal use", "for internal use "), SCHEMES)
    assert isinstance(found, Floor)
    assert found.marking == "For internal use"
    assert not is_below("FOR INTERNAL USE", found)
    assert is_below("", found)


@pytest.mark.parametrize(
    ("marking", "above"),
    [
        ("", False),
        ("uk/o", False),
        ("Official", False),
        ("uk/s", True),
        ("eu/r", True),
        ("au/p", True),
        ("Ours", True),
    ],
)
def test_what_may_not_be_released(marking: str, above: bool) -> None:
    assert exceeds(marking, "uk/o", (UK, AU, EU)) is above


def test_what_compares_with_a_ceiling_of_another_scheme() -> None:
    assert not exceeds("eu/s", "uk/s", (UK, EU))
    assert exceeds("eu/t", "uk/s", (UK, EU))


def test_a_ceiling_must_be_a_level() -> None:
    with pytest.raises(UsageError, match="choose one of: uk/o, uk/s"):
        exceeds("uk/o", "uk/bogus", SCHEMES)
