"""Boxes inside an article, and the short sentence that closes one."""

from __future__ import annotations

import pytest

from briefer.domain.sources import SegmentKind
from briefer.intake.pasted.insets import DOUBT
from tests.unit.intake.conftest import Seen, see

TITLE = "Harbour towns agree on a shared pilot service for large freighters"
ONE = (
    "Four harbour towns on the northern coast have agreed to share the pilots who bring large freighters in, "
    "the mayors said after a meeting that lasted until the evening."
)
TWO = (
    "The freighters have grown faster than the towns could train pilots, and two of them had to wait at anchor "
    "for nineteen hours last month because nobody was on duty."
)
MORE = (
    "The pilots' union said the towns had waited too long, and that the freighters would need two more boats "
    "before the winter storms begin."
)
AGAIN = "The mayors of all four towns will meet the union and the shipping companies again in the second week of March."
COOKING = "Spring vegetables want little time in the pan, and these ten recipes can be made with what any market sells."


def doubtful(seen: Seen) -> list[str]:
    return [seen.text(s) for s in seen.capture.reading.body() if s.doubt == DOUBT]


@pytest.mark.parametrize(
    "box",
    [
        "Advertisement\n\nRelated stories\n\nMost read\n1 Ferry strike enters its second day\n2 Ten recipes for spring",
        "Most read\n\n1. Ferry strike enters its second day\n\n2. Ten recipes for spring",
        "Related stories\nFerry strike enters its second day\nTen recipes for spring",
    ],
)
def test_article_goes_on_below_a_box(box: str) -> None:
    seen = see(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{box}\n\n{MORE}")
    seen.assert_whole()
    assert seen.body == [ONE, TWO, MORE]
    assert doubtful(seen) == [MORE]
    assert seen.capture.reading.embedded == ()


def test_much_below_a_box_is_not_doubted() -> None:
    seen = see(
        f"{TITLE}\n\n{ONE}\n\n{TWO}\n\nMost read\n1 Ferry strike\n2 Ten recipes for spring\n\n{MORE}\n\n{AGAIN}\n\n{ONE}"
    )
    assert seen.body == [ONE, TWO, MORE, AGAIN, ONE]
    assert doubtful(seen) == []


def test_lead_of_another_article_is_none_of_this_one() -> None:
    seen = see(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{MORE}\n\nRelated stories\nTen recipes for spring\n\n{COOKING}")
    assert seen.body == [ONE, TWO, MORE]
    assert seen.of(SegmentKind.EMBEDDED) == [f"Ten recipes for spring\n\n{COOKING}"]


JAPANESE = [
    "北海岸の港湾四市は三日、大型貨物船を案内する水先人を共同で運用することで合意した。市長らが会合の後に明らかにした。",
    "貨物船の大型化に人材の育成が追いつかず、先月は二隻が十九時間にわたり沖合での待機を強いられていた。",
    "費用は二十億クローネとされる。",
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("foot", ["", "シェアする"])
def test_short_sentence_closes_an_article(between: str, foot: str) -> None:
    seen = see(between.join(["北海岸四市、水先人の共同運用で合意", "2025年2月4日", *JAPANESE, foot]))
    assert seen.body == JAPANESE


@pytest.mark.parametrize("line", ["All rights reserved.", "(Coastal Picture Service)", "By Ada Winterbourne"])
def test_what_words_tell_apart_closes_none(line: str) -> None:
    assert see(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{MORE}\n\n{line}").body == [ONE, TWO, MORE]


def test_two_short_sentences_close_an_article() -> None:
    body = [ONE, "The agreement starts in May.", "It will cost two million."]
    assert see("\n".join([TITLE, "4 February 2024", *body])).body == body


def test_no_lead_follows_the_numbers_of_a_ranking() -> None:
    box = "Advertisement\n\nMost read\n1\nFerry strike enters its second day\n2\nTen recipes for spring"
    other = "Winter storms begin in November, and nobody expects the new crews to be ready by then."
    end = "It will be spring before they are."
    seen = see(f"{TITLE}\n\n{ONE}\n\n{box}\n\n{other}\n\n{end}")
    seen.assert_whole()
    assert seen.body == [ONE, other, end]
    assert doubtful(seen) == [other, end]


def test_box_below_the_end_of_the_article() -> None:
    rest = "Related Articles\n\nFerry strike\n\nMuseum opens\n\nLog in\n\nMost read\n1 Ten recipes for spring"
    seen = see(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{MORE}\n\n{rest}\n\n{COOKING}")
    seen.assert_whole()
    assert seen.body == [ONE, TWO, MORE]
