from __future__ import annotations

import pytest

from briefer.intake.pasted.lines import judge, split
from briefer.intake.pasted.zones import find_zone, headline, remark
from tests.unit.intake.conftest import see

TITLE = "Harbour towns agree on a shared pilot service"
ONE = (
    "Four harbour towns on the northern coast have agreed to share the pilots who bring large freighters in, "
    "the mayors said after a meeting that lasted until the evening."
)
TWO = (
    "The freighters have grown faster than the towns could train pilots, and two of them had to wait at anchor "
    "for nineteen hours last month because nobody was on duty."
)
THREE = "“We would rather share a pilot than lose a ship,” said the mayor of the smallest of the four towns."
TEASERS = [
    "Ferry strike enters its second day The crews of the island ferries have stopped work over the winter timetable.",
    "Museum opens new wing for children More than nine thousand objects were carried across the yard by volunteers.",
    "Lighthouse keepers meet The last of them retired years ago, but the association still counts forty members.",
    "Bakers ask for lower duty on flour The ministry has refused to change the tariff before the holidays this year.",
    "Orchestra finds a hall After two seasons in a gymnasium the musicians are moving into the former customs house.",
]


def test_prose_above_the_headline_is_no_article() -> None:
    seen = see("\n".join([f"{TITLE} | Coast Gazette", *TEASERS, *TEASERS, TITLE, ONE, TWO, THREE]))
    seen.assert_whole()
    assert seen.body == [ONE, TWO, THREE]


@pytest.mark.parametrize("first", [f"{TITLE} for large freighters", "Coast Gazette"])
def test_headline_is_the_whole_of_the_first_line_but_for_the_site(first: str) -> None:
    judged = [judge(line) for line in split(f"{first}\n{TITLE}\n{ONE}\n{TWO}\n{THREE}")]
    assert headline(judged) is None


def test_headline_with_nothing_below_is_none() -> None:
    judged = [judge(line) for line in split("\n".join([f"{TITLE} - Coast Gazette", ONE, TWO, THREE, TITLE]))]
    assert headline(judged) is None
    assert headline([]) is None


def test_numbered_list_goes_on_with_the_article() -> None:
    items = [
        f"{n}) {name}" for n, name in enumerate(["Pilot boat", "Anchor", "Rope ladder", "Signal lamp"], 1)
    ]
    judged = [judge(line) for line in split("\n".join([TITLE, ONE, TWO, *items, "Home", "News"]))]
    zone = find_zone(judged)
    assert zone is not None
    assert judged[zone.last].line.text == "4) Signal lamp"


def test_two_numbers_are_no_list() -> None:
    judged = [judge(line) for line in split(f"{TITLE}\n{ONE}\n{TWO}\n1) Home\n2) News\nImprint")]
    zone = find_zone(judged)
    assert zone is not None
    assert judged[zone.last].line.text == TWO


@pytest.mark.parametrize(
    "stamp",
    [
        "Tom Okoro on September 17, 2024 at 8:50 pm said:",
        "August 22, 2024 at 5:57 am",
        "Greta sagte:",
        "Ada says:",
    ],
)
def test_readers_remarks_end_the_article(stamp: str) -> None:
    remarks = [
        "I have lived here for forty years, and nobody ever asked those who repair the boats about it.",
        ONE,
        TWO,
    ]
    names = [[], []] if stamp.endswith(":") else [["harbourfan"], ["gull"]]
    lines = [TITLE, ONE, TWO, THREE, *names[0], stamp, remarks[0], *names[1], stamp, *remarks[1:]]
    seen = see("\n\n".join(lines))
    seen.assert_whole()
    assert seen.body == [ONE, TWO, THREE]


def test_one_stamp_is_no_remark() -> None:
    body = [ONE, "The mayor of the smallest town says:", THREE, TWO]
    assert see("\n\n".join([TITLE, *body])).body == body
    assert remark(judge(next(split(body[1]))))
