"""Agreements, declarations, speeches and submissions: nothing of their text is lost."""

from __future__ import annotations

import pytest

from briefer.domain.sources import SegmentKind
from tests.unit.intake.conftest import see

TREATY = [
    "AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND THE GOVERNMENT OF OSTRIA ON HARBOUR PILOTS",
    "The Government of Norland and the Government of Ostria (hereinafter referred to as “the Parties”),",
    "Desiring to strengthen the safety of navigation in their ports,",
    "Have agreed as follows:",
    "Article 1",
    "Definitions",
    "For the purposes of this Agreement:",
    "(a) “pilot” means a person licensed by a Party;",
    "(b) “freighter” means a ship of more than 500 tons.",
    "Article 2",
    "Entry into force",
    "This Agreement shall enter into force on the date of signature.",
    "Done at Tokyo, this 3rd day of February 2025.",
    "For the Government of Norland:",
    "Ingrid Moe",
]
JAPANESE = [
    "港湾の水先業務における協力に関する日本国政府とノルランド政府との間の協定",
    "日本国政府及びノルランド政府は、",
    "次のとおり協定した。",
    "第一条",
    "この協定の適用上、「水先人」とは、締約国の免許を受けた者をいう。",
    "第二条",
    "1　両政府は、水先人を交換する。",
    "二千二十五年二月三日に東京で、ひとしく正文である日本語及び英語により本書二通を作成した。",
    "日本国政府のために",
    "山田花子",
]


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (TREATY, ["Article 1", "Definitions", "Article 2", "Entry into force"]),
        (JAPANESE, ["第一条", "第二条"]),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_treaty(lines: list[str], headings: list[str], between: str) -> None:
    seen = see(between.join(lines))
    seen.assert_whole()
    assert seen.capture.title == lines[0]
    assert (seen.capture.kind, seen.capture.genre) == ("treaty", "Treaty")
    assert seen.body == lines[1:]
    assert seen.of(SegmentKind.HEADING) == headings


def test_a_title_over_several_lines_and_a_site_around() -> None:
    title = ["AGREEMENT", "BETWEEN", "THE GOVERNMENT OF NORLAND", "AND", "THE GOVERNMENT OF OSTRIA"]
    seen = see("\n".join(["Skip to content", "Log in", *title, "", *TREATY[1:], "", "Terms of use", "Share"]))
    seen.assert_whole()
    assert seen.capture.title == " ".join(title)
    assert seen.body == TREATY[1:]


def test_a_treaty_is_told_by_its_form_alone() -> None:
    seen = see("\n\n".join(["Harbour pilots of Norland and Ostria", *TREATY[1:]]))
    assert seen.capture.title == "Harbour pilots of Norland and Ostria"
    assert seen.capture.kind == "treaty"
    assert seen.body == TREATY[1:]


def test_joint_statement() -> None:
    title = "Meeting of the Foreign Ministers of Norland and Ostria"
    body = [
        "1. The Foreign Ministers met in Oslo.",
        "2. They welcomed the start of the exchange.",
        "Security",
        "3. They condemned the attacks on merchant ships.",
    ]
    seen = see("\n\n".join(["JOINT STATEMENT", title, "Oslo, 4 March 2025", *body]))
    assert seen.capture.title == title
    assert (seen.capture.kind, seen.capture.genre) == ("document", "Joint statement")
    assert seen.capture.published.value == "2025-03-04"
    assert seen.body == body
    assert seen.of(SegmentKind.HEADING) == ["Security"]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Address by the Minister of Ports at the Harbour Forum",
            "Bergen, 5 May 2025",
            "Ladies and gentlemen,",
            "We have three tasks.",
            "First, trained people.",
            "Thank you for your attention.",
        ],
        [
            "港湾フォーラムにおける港湾大臣挨拶",
            "令和7年5月5日",
            "ご列席の皆様、",
            "本日は、千年にわたり港とともに歩んできたこの町でお話しする機会をいただき、誠に光栄に存じます。",
            "ご清聴ありがとうございました。",
        ],
    ],
)
def test_speech(lines: list[str]) -> None:
    seen = see("\n\n".join(lines))
    assert seen.capture.title == lines[0]
    assert seen.capture.kind == "speech"
    assert seen.capture.published.value == "2025-05-05"
    assert seen.body == lines[2:]


def test_submission() -> None:
    body = [
        "1. The union represents two hundred pilots.",
        "2. We ask for three changes.",
        "a. One roster",
        "c. A fund",
    ]
    seen = see("\n\n".join(["Submission to the Inquiry into Harbour Safety", *body]))
    assert (seen.capture.kind, seen.capture.genre) == ("document", "Submission")
    assert seen.body == body


def test_news_of_an_agreement_is_news() -> None:
    title = "Harbour agreement signed in Tokyo after long talks"
    body = [
        "The governments of Norland and Ostria have signed an agreement on pilots, the ministry said on Monday evening.",
        "Article 1 of the text says that pilots are licensed by both countries, and that each bears its own costs for it.",
        "“Thank you,” said the minister of ports after the ceremony, which lasted for less than ten minutes in all.",
    ]
    seen = see("\n\n".join([title, "3 February 2025", *body]))
    assert seen.capture.kind == "article-newspaper"
    assert seen.body == body


def test_a_treaty_of_a_fixed_width() -> None:
    wrapped = "The Parties shall assist each other whenever a ship that flies the flag of\none of them is in distress."
    recalling = "Recalling the long friendship that the trade through their harbours has\nmade,"
    body = [TREATY[1], recalling, TREATY[3], "Article 1", wrapped, "Article 2", "No payment is asked for."]
    seen = see("\n\n".join([TREATY[0], *body]))
    seen.assert_whole()
    assert seen.body == body
    assert seen.of(SegmentKind.HEADING) == ["Article 1", "Article 2"]
