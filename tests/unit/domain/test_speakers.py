from __future__ import annotations

import pytest

from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from briefer.domain.speakers import speakers


def spoken(*paragraphs: str) -> list[tuple[int, str, str, bool]]:
    text = "\n".join(paragraphs)
    segments, at = [], 0
    for number, paragraph in enumerate(paragraphs, start=1):
        segments.append(Segment(Span(at, at + len(paragraph)), SegmentKind.PARAGRAPH, number))
        at += len(paragraph) + 1
    return [
        (s.paragraph, text[s.span_of_quotation.start : s.span_of_quotation.end], s.speaker, s.named)
        for s in speakers(text, Reading(tuple(segments)))
    ]


def who(*paragraphs: str) -> list[tuple[str, bool]]:
    return [(speaker, named) for _, _, speaker, named in spoken(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "speaker", "named"),
    [
        ("“We will build it,” Trade Minister Ana Torvald said on Monday.", "Ana Torvald, Trade Minister", True),
        ("“We will build it,” said Economy and Trade Minister Ana Torvald.", "Ana Torvald, Economy and Trade Minister", True),
        ("“We will build it,” said Ana Torvald, the trade minister, in an interview.", "Ana Torvald, trade minister", True),
        ("“We will build it,” Ana Torvald told reporters.", "Ana Torvald", True),
        ('"We will build it," said Dr. Ana Torvald, a researcher at the Fjord Institute.', "Ana Torvald, researcher at the Fjord Institute", True),
        ("'We will build it, and Norway's ports too,' said Ana Torvald.", "Ana Torvald", True),
        ("According to a senior official, “the port is too small.”", "a senior official (unnamed)", False),
        ("The port is “far too small for this,” according to a senior ministry official.", "a senior ministry official (unnamed)", False),
        ("“It is too small,” a person familiar with the matter said.", "a person familiar with the matter (unnamed)", False),
        ("“It is too small,” said a diplomat, who asked not to be named.", "a diplomat (unnamed)", False),
        ("“It is too small,” sources said.", "sources (unnamed)", False),
        ("Officials said that the port was “too small for a frigate.”", "officials (unnamed)", False),
        ("“It is too small,” the Ministry of Ports said in a statement.", "the Ministry of Ports", True),
        ("“We will build it together,” the two sides said.", "the two sides", True),
        ("Trade Minister Ana Torvald warned: “We will build it.”", "Ana Torvald, Trade Minister", True),
        ("「港は小さすぎる」と政府高官は述べた。", "政府高官(匿名)", False),
        ("政府高官は「港は小さすぎる」と語った。", "政府高官(匿名)", False),
        ("関係者によると、「港は小さすぎる」という。", "関係者(匿名)", False),
        ("貿易相の南田花子氏は、「港を造る」と強調した。", "貿易相の南田花子", True),
        ("会合の後、通商担当補佐官、アナ・トーヴァル氏は「港を造る」と述べた。", "アナ・トーヴァル、通商担当補佐官", True),
        ("「港は小さすぎる」と政府高官が語った。", "政府高官(匿名)", False),
        ("「港は小さすぎる」と南田首相は述べた。", "南田首相", True),
        ("大統領は「港を造る」と述べた。", "大統領", True),
        ("外務省は「遺憾だ」とのコメントを出した。", "外務省", True),
        ("「港を造る」(外務省幹部)との声もある。", "外務省幹部(匿名)", False),
    ],
)  # fmt: skip
def test_one_quotation(text: str, speaker: str, named: bool) -> None:
    assert who(text) == [(speaker, named)]


@pytest.mark.parametrize(
    "text",
    [
        "They call it the “Run Together Plan” in the ministry.",
        "It was a “new dawn” for trade.",
        "No marks at all stand here.",
        "“It is too small,” he said.",
        "“It is too small,” it said.",
        "「走れ計画」を進める。",
        "「走れ計画」と名付けた。",
        "それは「走れ計画」だと述べた。",
    ],
)
def test_marks_without_a_speaker(text: str) -> None:
    assert who(text) == []


def test_the_quotation_is_what_stands_between_the_marks() -> None:
    assert spoken("“We will build it,” said Ana Torvald. “It will take years.”") == [
        (1, "We will build it,", "Ana Torvald", True),
        (1, "It will take years.", "Ana Torvald", True),
    ]


def test_surnames_and_pronouns_after_the_full_name() -> None:
    assert (
        who(
            "Trade Minister Ana Torvald opened the meeting.",
            "“We will build it,” Torvald said.",
            "“It will take years,” she added.",
        )
        == [("Ana Torvald, Trade Minister", True)] * 2
    )


def test_a_pronoun_is_the_one_who_spoke_last() -> None:
    assert who(
        "“We will build it,” Trade Minister Ana Torvald said.",
        "A senior ministry official said that ports were costly. “Nobody has the money,” the official said.",
    ) == [("Ana Torvald, Trade Minister", True), ("a senior ministry official (unnamed)", False)]
    assert (
        who(
            "通商担当補佐官、アナ・トーヴァル氏は「港を造る」と述べた。",
            "同氏は「何年もかかる」とも語った。",
        )
        == [("アナ・トーヴァル、通商担当補佐官", True)] * 2
    )


def test_another_sentence_between_ends_it() -> None:
    assert who("“We will build it,” said Ana Torvald. The room was full. It had “no windows at all.”") == [
        ("Ana Torvald", True)
    ]


def test_only_sure_paragraphs_of_the_body() -> None:
    text = "“It is so,” said Ana Torvald."
    span = Span(0, len(text))
    for segment in (
        Segment(span, SegmentKind.FURNITURE),
        Segment(span, SegmentKind.HEADING, 1),
        Segment(span, SegmentKind.PARAGRAPH, 1, doubt="may be the lead of another article"),
    ):
        assert speakers(text, Reading((segment,))) == ()


def test_because_is_the_wording_that_names_the_speaker() -> None:
    text = "“It is so,”\na senior official\nsaid."
    reading = Reading((Segment(Span(0, len(text)), SegmentKind.PARAGRAPH, 1),))
    assert [s.because for s in speakers(text, reading)] == ["a senior official said"]
