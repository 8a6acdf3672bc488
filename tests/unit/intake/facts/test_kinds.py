"""What a text without signs is, who wrote it, and whether a machine did."""

from __future__ import annotations

import pytest

from briefer.domain.sources import SegmentKind
from tests.unit.intake.conftest import see

TITLE = "Harbour towns agree on a shared pilot service for large freighters"
ONE = (
    "Four harbour towns on the northern coast have agreed to share the pilots who bring large freighters in, "
    "the mayors said after a meeting that lasted until the evening."
)
TWO = (
    "The freighters have grown faster than the towns could train pilots, and two of them had to wait at anchor "
    "for nineteen hours last month because nobody was on duty."
)


@pytest.mark.parametrize(
    "text", ["call the harbour office\nask about the pilots\nbring the map", "水先人\n会議は三時", TWO]
)
def test_text_without_signs_is_a_document(text: str) -> None:
    capture = see(text).capture
    assert capture.kind == "document"
    assert capture.known["kind"].confidence < 0.4


@pytest.mark.parametrize(
    "lines", [[TITLE, ONE, TWO], [TITLE, "4 February 2024", TWO], [TITLE, "By Ada Winterbourne", TWO]]
)
def test_headline_with_a_sign_of_news_is_news(lines: list[str]) -> None:
    assert see("\n\n".join(lines)).capture.kind == "article-newspaper"


@pytest.mark.parametrize("name", ["Ingrid Moe", "Ada J. Winterbourne", "Ludwig van der Meer", "山田 花子"])
@pytest.mark.parametrize("below", [True, False])
def test_name_alone_is_a_byline(name: str, below: bool) -> None:
    head = [TITLE, name] if below else [name, TITLE]
    seen = see("\n\n".join([*head, ONE, TWO]))
    assert seen.capture.authors == (name,)
    assert seen.of(SegmentKind.BYLINE) == [name]
    assert (seen.capture.title, seen.body) == (TITLE, [ONE, TWO])


@pytest.mark.parametrize(
    "line",
    [
        "World News",
        "Coast Gazette",
        "Harbour Towns",
        "Policy Paper",
        "New Haven",
        "国際 政治",
        "ingrid moe",
        "Pilots Duty",
    ],
)
def test_what_is_no_name_is_no_byline(line: str) -> None:
    assert see(f"{line}\n\n{TITLE}\n\n{ONE}\n\n{TWO}").capture.authors == ()


NOTICES = [
    "This article was generated with the help of AI and reviewed by editors.",
    "This text has been written with the assistance of artificial intelligence.",
    "This is an AI-generated summary.",
    "この記事は生成AIを使用して作成しました。",
    "Dieser Artikel wurde mit Hilfe von KI erstellt.",
    "Cet article a été rédigé à l'aide de l'intelligence artificielle.",
]


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_notice_of_ai(notice: str, place: int) -> None:
    lines = [TITLE, ONE, TWO]
    lines.insert(place, notice)
    seen = see("\n\n".join(lines))
    assert seen.capture.flags == ("AI-written",)
    assert seen.why(notice) == "notice of AI"
    assert seen.body == [ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "As an AI language model, I cannot say what the towns have agreed on, but freighters want pilots.",
        "I'm sorry, but as an AI assistant, I do not know who was on duty in that night at the anchorage.",
        "申し訳ありませんが、AI言語モデルとして、私は四市の合意の内容をお答えすることができません。",
    ],
)
def test_machine_that_speaks_of_itself(line: str) -> None:
    assert see(f"{TITLE}\n\n{ONE}\n\n{line}\n\n{TWO}").capture.flags == ("AI-written",)


@pytest.mark.parametrize(
    "line",
    [
        "“As an AI language model, I cannot dock a ship,” the machine replied when the pilots asked it on Monday.",
        "This article was written by AI, the mayor said, and nobody on the coast had noticed it for two whole weeks.",
        "As an AI researcher, Ada Winterbourne has taught machines to read the charts of the northern coast.",
        "The towns use artificial intelligence to plan which pilots are on duty when the large freighters arrive.",
        "この記事はAIが書いたのではないかと市長は述べたが、新聞社はこれを否定しており、調査が続いている。",
    ],
)
def test_articles_about_ai_are_not_written_by_it(line: str) -> None:
    seen = see(f"{TITLE}\n\n{ONE}\n\n{line}\n\n{TWO}")
    assert seen.capture.flags == ()
    assert seen.body == [ONE, line, TWO]


def test_machine_quoted_below_a_colon() -> None:
    lines = [
        TITLE,
        ONE,
        "The answer of the machine to the pilots was this:",
        "As an AI language model, I cannot dock a ship at all.",
        TWO,
    ]
    assert see("\n\n".join(lines)).capture.flags == ()


def test_notice_of_another_article_is_not_this_ones() -> None:
    lines = [TITLE, ONE, TWO, "Related stories", "Museum opens new wing", NOTICES[0]]
    assert see("\n\n".join(lines)).capture.flags == ()
