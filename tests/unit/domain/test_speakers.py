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
        ("Its first chair, Dana Solberg, said that “the door is open.”", "Dana Solberg, first chair", True),
        ("At the fair, the harbour master, Kim Nord, said that “it is so.”", "Kim Nord, harbour master", True),
        ('Her deputy, Kim Nord, added that "the key is lost."', "Kim Nord, deputy", True),
        ('Øystein Dahl, who chairs the club, said that "the door is open."', "Øystein Dahl", True),
        ("“The key is lost,” said Prof. Kim Nord.", "Kim Nord", True),
        ("「扉は開いている」と、漁業相のトーレ・ダール氏は述べた。", "漁業相のトーレ・ダール", True),
        ("「扉は開いている」と、通商担当補佐官、トーレ・ダール氏は会見で述べた。", "トーレ・ダール、通商担当補佐官", True),
        ("会合で「扉は開いている」と述べた南田首相が帰国した。", "南田首相", True),
        ("政府は「扉は開いている」としている。", "政府", True),
        ("関係者は「扉は開いている」という見方を示した。", "関係者(匿名)", False),
        ("エルセ・ダールは「扉は開いている」と話した。", "エルセ・ダール", True),
        ("漁協の南田花子組合長は「扉は開いている」と話した。", "漁協の南田花子組合長", True),
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
        "南田花子氏は「影の船団」と呼ばれる船を見た。",
        "南田花子氏は「影の船団」という言葉を知る。",
        "南田花子氏は「静かな海」とされる海を渡った。",
        "南田花子氏は「海の道」と題した本を読んだ。",
        "南田花子氏は「海の会」と契約した。",
        "南田花子氏は「海の会」と話し合った。",
        "南田花子氏は「海の会」との関係を強調した。",
        "南田花子氏は「独り者」と批判された。",
        "“The port is shut,” the president said.",
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


@pytest.mark.parametrize(
    ("before", "pronoun", "speaker"),
    [
        ("Trade Minister Ana Torvald opened the hall.", "she", ["Ana Torvald, Trade Minister"]),
        ("Trade Minister Ana Torvald met Defence Minister Lars Vik.", "she", []),
        ("Spokeswoman Ana Torvald met Defence Minister Lars Vik.", "he", ["Lars Vik, Defence Minister"]),
        ("Spokesman Lars Vik met Trade Minister Ana Torvald.", "she", ["Ana Torvald, Trade Minister"]),
        ("Trade Minister Ana Torvald met Kim Nord.", "she", []),
        ("Trade Minister Ana Torvald spoke in New York.", "she", ["Ana Torvald, Trade Minister"]),
        ("Trade Minister Ana Torvald opened the hall. It rained.", "she", []),
        ("Kim Nord opened the hall.", "he", ["Kim Nord"]),
        ("Minister Lars O’Dell was there. Kim Nord read O’Dell’s letter.", "he", []),
        ("Minister Lars O’Dell was there. O’Dell’s letter was read.", "he", ["Lars O’Dell, Minister"]),
        ("Trade Minister Ana Torvald came. The hall was new and", "she", ["Ana Torvald, Trade Minister"]),
    ],
)
def test_a_pronoun_where_one_choice_is_left(before: str, pronoun: str, speaker: list[str]) -> None:
    assert who(f"{before} “We will build it,” {pronoun} said.") == [(name, True) for name in speaker]


def test_a_pronoun_in_the_next_paragraph() -> None:
    said = '"Dependence," she wrote in a book of 2021, "is a habit."'
    known = "Professor Ola Berg met Trade Minister Ana Torvald."
    assert who(known, "Minister Lars Vik was there.", said) == []
    assert who(known, "Torvald wrote a book.", said) == [("Ana Torvald, Trade Minister", True)] * 2
    assert who("Trade Minister Ana Torvald was there.", said) == [("Ana Torvald, Trade Minister", True)] * 2


def test_a_chain_of_pronouns() -> None:
    assert who("“It is so,” said Ana Torvald. “We build,” she said. “It takes years,” she added.") == (
        [("Ana Torvald", True)] * 3
    )


def test_an_office_is_that_of_its_holder() -> None:
    known = ["“It is so,” said Ana Torvald, the trade minister.", "Senator Lars Vik was there.", "It rained."]
    spoken_by = [("Ana Torvald, trade minister", True)]
    assert who(*known, "“It takes years,” the minister said.") == spoken_by * 2
    assert who(*known, "“It takes years,” the president said.") == spoken_by
    assert who("大谷教授は「海は広い」と述べた。", "大統領は「港を造る」と述べた。")[1] == ("大統領", True)
    assert who("南田首相は「海は広い」と述べた。", "首相は「港を造る」と述べた。")[1] == ("南田首相", True)


def test_the_same_person_in_japanese() -> None:
    first = "トーレ・ダール氏は「港は狭い」と述べた。"
    assert who(f"{first}南田花子氏も出席した。同氏は「船は増える」と語った。")[1] == ("南田花子", True)
    assert who(first, "同氏は「船は増える」と語った。")[1] == ("トーレ・ダール", True)
    assert who("同氏は「船は増える」と語った。") == [("同氏", True)]
    assert len(who(first, "「船は増える」と強調した。")) == 2
    assert len(who(first, "雨が降った。", "風も吹いた。", "「船は増える」と強調した。")) == 1


def test_both_quotations_of_a_sentence() -> None:
    assert who("漁協の会長は「港は狭い。船も古い」と話した上で、「船は増える」と述べた。") == (
        [("漁協の会長", True)] * 2
    )
    assert who("「港は狭い」と述べた首相は、「船は増える」と語った。") == [("首相", True)] * 2


def test_a_term_in_marks_is_not_the_words_of_somebody_near() -> None:
    assert who("山川太郎教授は「海は広い」と述べた。", "「影の船団」と呼ばれる船が増えた。") == [
        ("山川太郎教授", True)
    ]


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
