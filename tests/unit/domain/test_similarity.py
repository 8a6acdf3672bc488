"""Every text here is made up for these tests, but for the pages of the shared data, which are only compared."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.similarity import SAME_STORY, Whole, bands, body_text, likeness, text_digest, traits
from briefer.domain.sources import Reading
from tests.unit.factories import TEXT, make_reading

PAGES = Path(__file__).resolve().parents[4] / "shared" / "data" / "pasted_pages.jsonl"

ENGLISH = """\
Dock workers in two northern harbours walked out on Monday morning, and some forty ships with battery metals \
lie at anchor. The port authority said it could not tell when loading would start again.

“We will come back to the table when the night shifts are paid as agreed,” the union's speaker, Eva Lind, said \
after a meeting of five hours. The employers call the demand a breach of the contract of last spring.

Carmakers abroad have stocks for about three weeks. A maker of cells in the south has put a second shift off, \
and two traders have declared force majeure to their customers in Asia.

The government does not want to step in. The minister of transport told parliament that talks were the business \
of those at the table, but that she would name a mediator if the strike went into a third week.

Lithium carbonate rose by four per cent in early trade, the steepest rise since the autumn, before it gave up half \
of that in the afternoon."""
# The same event, in another hand.
ENGLISH_OTHER = """\
A strike over pay for night work brought loading to a halt on Monday in the two largest ports of the north, where \
most of the country's lithium leaves for battery plants overseas.

Eva Lind, who speaks for the dockers, said that her members “will come back to the table when the night shifts are \
paid as agreed”. Shipping agents counted about forty vessels waiting offshore by the evening.

Analysts expect no shortage before the end of the month, since car plants hold reserves for around three weeks. \
Should the walkout last, however, producers of cells would be the first to cut back.

In the capital the transport minister ruled out ordering the men back to work. Her party's partners in government \
had asked her to do so at the weekend."""
JAPANESE = """\
北部の二つの港で月曜日の朝、港湾労働者が職場を離れ、電池材料を積む船およそ四十隻が沖合で待っている。港湾当局は荷役の再開時期を示していない。

組合の広報担当エバ・リンド氏は五時間にわたる協議の後、「夜勤手当が約束どおり支払われれば交渉の席に戻る」と述べた。経営側は、要求は昨春の協約に反すると主張している。

海外の自動車会社の在庫は三週間分ほどだという。南部の電池会社は第二交代の稼働を見送り、商社二社はアジアの顧客に不可抗力を通告した。

政府は介入しない方針だ。運輸相は議会で、交渉は当事者の問題だが、ストが三週目に入れば仲裁人を指名すると説明した。"""
JAPANESE_OTHER = """\
夜間手当をめぐるストで北部の主要二港の荷役が月曜日に止まった。国内で生産されるリチウムの大半はこの二港から海外の電池工場に送られている。

港湾労組のリンド広報担当は「夜勤手当が約束どおり支払われれば交渉の席に戻る」と話した。船舶代理店によると、夕方までに約四十隻が沖待ちとなった。

市場関係者は、自動車工場に三週間ほどの備蓄があるため月内の不足はないとみる。ただ、長引けば電池会社が最初に減産を迫られる。"""


def copied(body: str, *, keep: int | None = None, swaps: int = 0) -> str:
    """Return a copy with only so many paragraphs and so many characters replaced."""
    text = "\n\n".join(body.split("\n\n")[:keep])
    chance = random.Random(7)
    for _ in range(swaps):
        at = chance.randrange(len(text))
        text = f"{text[:at]}x{text[at + 1 :]}"
    return text


def shares(a: str, b: str) -> bool:
    return bool(set(bands(a)) & set(bands(b)))


@pytest.mark.parametrize("body", [ENGLISH, JAPANESE], ids=["English", "Japanese"])
@pytest.mark.parametrize(
    "changes",
    [{}, {"keep": -1}, {"keep": 2}, {"swaps": 8}, {"keep": 3, "swaps": 4}],
    ids=["whole", "last paragraph dropped", "two paragraphs left", "edits", "dropped and edited"],
)
def test_a_copy_is_found(body: str, changes: dict[str, int]) -> None:
    copy = copied(body, **changes)
    assert likeness(body, copy) >= SAME_STORY
    assert shares(body, copy)


@pytest.mark.parametrize(
    ("one", "other"), [(ENGLISH, ENGLISH_OTHER), (JAPANESE, JAPANESE_OTHER)], ids=["English", "Japanese"]
)
def test_another_article_on_the_same_event_is_none(one: str, other: str) -> None:
    assert likeness(one, other) < SAME_STORY / 2


def test_what_is_unlike() -> None:
    assert likeness(ENGLISH, JAPANESE) == 0.0
    assert not shares(ENGLISH, JAPANESE)
    assert likeness(ENGLISH, "") == likeness("", "") == 0.0


def test_capitals_marks_and_widths_are_no_difference() -> None:
    dressed = ENGLISH.replace("“", '"').replace("”", '"').replace("'", "’").replace(" ", "\u00a0\n")
    wide = JAPANESE.translate(str.maketrans("、。「」", "､｡｢｣"))
    for body, same in ((ENGLISH, dressed), (ENGLISH, ENGLISH.upper()), (JAPANESE, wide)):
        assert likeness(body, same) == 1.0
        assert bands(body) == bands(same)


@pytest.mark.parametrize(
    ("length", "any_"), [(0, False), (199, False), (200, True), (2_000, True), (60_000, True)]
)
def test_short_texts_have_no_bands(length: int, any_: bool) -> None:
    chance = random.Random(length)
    found = bands("".join(chance.choices("aeioutnrs", k=length)))
    assert bool(found) is any_
    assert list(found) == sorted(set(found))
    assert len(found) <= 32
    assert all(-(2**31) <= band < 2**31 for band in found)


def test_of_one_letter_repeated_there_is_little_to_tell() -> None:
    assert len(bands("a" * 5_000)) <= 1


def test_bands_are_the_same_for_ever() -> None:
    """Libraries keep them: another rule needs another storage.copies.VERSION."""
    assert bands(ENGLISH)[:3] == (-1620426283, -1580144320, -1503343502)
    assert bands(JAPANESE)[:3] == (-1873714473, -1838769784, -1513386817)


def test_the_body_of_a_reading() -> None:
    assert body_text(TEXT, make_reading()).split("\n\n") == [
        "Germany will widen its export controls on chip-making tools from March, the economy ministry said.",
        "Officials in Berlin called the step a matter of supply security.",
        "半導体の輸出管理を強化すると",
        "経済省が発表した。",
    ]
    assert body_text(TEXT, Reading()) == ""


def test_the_same_article_under_another_headline_has_the_same_digest() -> None:
    other = TEXT.replace("Germany widens its", "Berlin to tighten").replace("newsletter", "podcast")
    changed = TEXT.replace("March", "April")
    digest = text_digest(TEXT, make_reading())
    assert len(digest) == 64
    assert text_digest(other, make_reading(other)) == digest
    assert text_digest(TEXT.upper(), make_reading()) == digest
    assert text_digest(changed, make_reading(changed)) != digest


def test_too_little_text_has_no_digest() -> None:
    assert text_digest(TEXT, Reading()) == ""
    short = "Home | World\nTitle\nPlease enable cookies to go on.\n"
    assert text_digest(short, make_reading(short)) == ""


@given(st.text("aé半 .\u0301ﾞ’", min_size=70, max_size=120).map(lambda part: part * 3))
def test_the_traits_of_an_article_are_those_of_its_body(text: str) -> None:
    reading = make_reading(text)
    assert traits(text, reading) == (text_digest(text, reading), bands(body_text(text, reading)))


_LETTERS = st.text("ab半é .", max_size=60)


@given(_LETTERS, _LETTERS, _LETTERS, _LETTERS)
def test_whole_articles_are_as_like_by_hashes_as_letter_by_letter(a: str, b: str, c: str, d: str) -> None:
    """Of stretches that two texts may have in common, or one of them several times."""
    one, other = a + b + c + a, d + c + b
    assert Whole(one).likeness(other) == likeness(one, other)
    assert Whole(one).likeness(one) == likeness(one, one)


def test_half_a_character_is_no_obstacle() -> None:
    assert likeness("\ud800" * 3 + ENGLISH, ENGLISH) > SAME_STORY


@pytest.mark.skipif(not PAGES.exists(), reason="the shared data are not here")
def test_real_pages_are_not_taken_for_copies() -> None:
    pages = [json.loads(line) for line in PAGES.read_text("utf-8").splitlines()]
    bodies = ["\n\n".join(line["text"] for line in page["lines"] if line["body"]) for page in pages]
    marks = [set(bands(body)) for body in bodies]
    sharing = [(a, b) for a, b in combinations(range(len(bodies)), 2) if marks[a] & marks[b]]
    assert [pair for pair in sharing if likeness(bodies[pair[0]], bodies[pair[1]]) >= SAME_STORY] == []
    assert len(sharing) < len(bodies) / 10
