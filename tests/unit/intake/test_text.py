from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.dates import UNDATED, Basis
from briefer.domain.sources import SegmentKind
from briefer.errors import InputError
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
THREE = "“We would rather share a pilot than lose a ship,” said the mayor of the smallest of the four towns."
BODY = [ONE, TWO, THREE]


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def test_title_and_paragraphs() -> None:
    seen = see(page(TITLE, *BODY))
    seen.assert_whole()
    assert seen.capture.title == TITLE
    assert seen.body == BODY
    assert seen.capture.publisher is None
    assert seen.capture.published == UNDATED
    assert seen.capture.authors == ()
    assert seen.capture.media_type == "text/plain"


def test_repeated_title_is_not_body() -> None:
    seen = see(page("logo", TITLE, TITLE, *BODY))
    assert seen.of(SegmentKind.TITLE) == [TITLE]
    assert [s.why for s in seen.capture.reading.segments if s.why == "title repeated"] == ["title repeated"]
    assert seen.body == BODY


def test_title_over_two_lines() -> None:
    seen = see(
        "Harbour towns agree on a shared pilot service\nfor large freighters of all four companies\n\n"
        + page(*BODY)
    )
    assert (
        seen.capture.title
        == "Harbour towns agree on a shared pilot service for large freighters of all four companies"
    )
    assert seen.body == BODY


def test_the_subject_of_a_pasted_message_is_its_title() -> None:
    seen = see("From: The ministry\nTo: All ports\nSubject: Spare parts for cranes\n\n" + page(*BODY))
    assert seen.capture.title == "Spare parts for cranes"
    assert seen.body == BODY


def test_no_title_gives_first_words() -> None:
    seen = see(page(*BODY))
    assert seen.capture.title.startswith("Four harbour towns")
    assert seen.capture.title.endswith("…")
    assert seen.body == BODY


def test_text_is_kept_as_it_was() -> None:
    seen = see(b"\xef\xbb\xbf" + page(TITLE, *BODY).replace("\n", "\r\n").encode())
    assert seen.capture.text == page(TITLE, *BODY)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Winterbourne", ("Ada Winterbourne",)),
        ("By Ada Winterbourne and Tom Okoro, staff writers", ("Ada Winterbourne", "Tom Okoro")),
        ("By Ada Winterbourne, Oslo", ("Ada Winterbourne",)),
        ("Ada Winterbourne and Tom Okoro", ("Ada Winterbourne", "Tom Okoro")),
        ("Von Greta Ahlers", ("Greta Ahlers",)),
        ("文・山田花子", ("山田花子",)),
    ],
)
def test_byline(line: str, names: tuple[str, ...]) -> None:
    seen = see(page(TITLE, line, *BODY))
    assert seen.capture.authors == names
    assert seen.of(SegmentKind.BYLINE) == [line]
    assert seen.body == BODY


@pytest.mark.parametrize(
    "line", ["By the end of the week, both ships had gone.", "By contrast", "Von hier an"]
)
def test_no_byline(line: str) -> None:
    assert see(page(TITLE, line, *BODY)).capture.authors == ()


def test_caption_between_title_and_date() -> None:
    caption = "A freighter passes the old lighthouse on Feb. 3."
    seen = see("\n".join([TITLE, caption, "17:31 JST, February 4, 2024", *BODY]))
    assert seen.of(SegmentKind.CAPTION) == [caption]
    assert seen.capture.published.value == "2024-02-04"
    assert seen.capture.published.as_written == "17:31 JST, February 4, 2024"
    assert seen.body == BODY


def test_standfirst_above_date() -> None:
    dek = "A shortage of trained people has brought together what geography had kept apart."
    seen = see(page(TITLE, dek, "4 February 2024", *BODY))
    assert seen.why(dek) == "standfirst"
    assert seen.body == BODY


def test_caption_and_credit_inside() -> None:
    caption = "The pilot boat of the smallest town returns from the outer anchorage at dawn. |"
    seen = see(
        "\n".join([TITLE, "", ONE, TWO, caption, "MILA OSTROVSKY", THREE, ONE.replace("Four", "Five")])
    )
    assert seen.of(SegmentKind.CAPTION) == [caption, "MILA OSTROVSKY"]
    assert len(seen.body) == 4


def test_credit_takes_the_caption_above_it() -> None:
    text = (
        page(TITLE, ONE, TWO)
        + "\nA pilot climbs aboard the freighter\n(Coastal Picture Service)\n\n"
        + page(THREE, ONE)
    )
    assert see(text).of(SegmentKind.CAPTION) == [
        "A pilot climbs aboard the freighter",
        "(Coastal Picture Service)",
    ]


def test_menu_and_foot() -> None:
    seen = see(f"Home\nNews\nSport\nLog in\n\n{TITLE}\n\n{ONE}\n\n{TWO}\n\n{THREE}\n\nShare\nTerms of use")
    seen.assert_whole()
    assert seen.body == BODY
    assert seen.why("Log in") == "menu"
    assert seen.why("Share") == "share buttons"
    assert seen.why("Terms") == "rights notice"


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to keep this site running.",
        "当サイトではCookieを使用しています。",
        "Diese Website verwendet Cookies, um Ihnen zu dienen.",
        "Nous utilisons des cookies pour mesurer notre audience.",
        "Utilizamos cookies para mejorar este sitio.",
        "Questo sito utilizza i cookie per funzionare.",
        "Deze website maakt gebruik van cookies om te werken.",
        "Ta strona używa plików cookie do działania.",
        "Tämä verkkosivusto käyttää evästeitä",
        "Vi använder kakor för att sidan ska fungera. Sidan använder cookies.",
    ],
)
def test_cookie_notices(line: str) -> None:
    seen = see(page(line, TITLE, *BODY))
    assert seen.why(line[:10]) == "cookie notice"
    assert seen.body == BODY


@pytest.mark.parametrize(
    "heading",
    [
        "Related Articles", "You may also like", "関連記事", "Das könnte Sie auch interessieren", "Articles liés",
        "Artículos relacionados", "Articoli correlati", "Gerelateerde artikelen", "Powiązane artykuły", "Liittyvät artikkelit",
        "Relaterade artiklar", '"Business" POPULAR ARTICLE', "HARBOUR ACCESS RANKING", "アクセスランキング",
    ],
)  # fmt: skip
def test_what_follows_a_stop_heading(heading: str) -> None:
    seen = see(
        page(
            TITLE, *BODY, heading, "Ferry strike enters its second day", "Museum opens new wing for children"
        )
    )
    seen.assert_whole()
    assert seen.body == BODY
    assert seen.why("Ferry strike") in {"related stories", "ranking"}


def test_heading_like_related_does_not_cut_an_article_in_two() -> None:
    seen = see(
        page(TITLE, ONE, TWO, "Related", "Ferry strike enters its second day", ONE, TWO, THREE, ONE, TWO)
    )
    assert len(seen.body) == 7
    assert seen.why("Ferry strike") == "related stories"


def test_embedded_article() -> None:
    lead = "Museum staff have moved more than nine thousand objects into a new wing that opens to children on Sunday."
    name = "Museum opens new wing for children"
    seen = see(
        page(
            TITLE,
            *BODY,
            "Related Articles",
            name,
            "Coast Gazette",
            "2 hours ago",
            "• Coast Gazette",
            name,
            lead,
        )
    )
    (embedded,) = seen.capture.reading.embedded
    assert (embedded.title, embedded.publisher) == (name, "Coast Gazette")
    assert (embedded.published.value, embedded.published.basis) == ("2025-07-24", Basis.RELATIVE)
    assert seen.of(SegmentKind.EMBEDDED)[0].endswith(lead)
    assert seen.body == BODY


def test_comments_are_not_articles() -> None:
    remark = (
        "I have lived here for forty years and nobody ever asked the people who repair the boats about it."
    )
    seen = see(page(TITLE, *BODY, "Comments", "harbourfan", remark))
    assert seen.capture.reading.embedded == ()
    assert seen.why(remark[:20]) == "comments"


def test_paragraph_over_a_page_end() -> None:
    first = "The four towns will pay for the pilots in proportion to the tonnage that passes, without being bound by the price"
    second = "alone. A review is planned in the third year, when the first of the new pilots will have been trained in full."
    seen = see(page(TITLE, ONE, first, second, THREE))
    assert seen.body == [ONE, f"{first}\n\n{second}", THREE]


def test_hard_wrapped_text() -> None:
    def wrap(text: str) -> str:
        lines, line = [], ""
        for word in text.split():
            if len(line) + 1 + len(word) > 66:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        return "\n".join([*lines, line])

    seen = see(page(TITLE, *map(wrap, [ONE, TWO, ONE, TWO, THREE])))
    seen.assert_whole()
    assert [" ".join(b.split()) for b in seen.body] == [ONE, TWO, ONE, TWO, THREE]


def test_headings_and_lists() -> None:
    lead_in = "The agreement has these parts, which the councils still have to accept:"
    items = [
        "• Pilots: one roster for all four towns, kept by the largest.",
        "• Boats: two are bought in the first year.",
    ]
    seen = see(
        page(
            "Policy Paper",
            TITLE,
            "Summary",
            ONE,
            "1. What was agreed",
            lead_in,
            *items,
            "2. What is left open",
            TWO,
            THREE,
        )
    )
    assert seen.of(SegmentKind.HEADING) == ["Summary", "1. What was agreed", "2. What is left open"]
    assert seen.body[2:6] == ["1. What was agreed", lead_in, *items]
    assert seen.capture.kind == "report"


def test_title_page_names_the_institute() -> None:
    name = "Northern Coast Institute"
    seen = see(
        page(
            "NCI",
            name,
            "【Policy Recommendations】",
            TITLE,
            "June 30, 2024",
            name,
            TITLE,
            "Introduction",
            *BODY,
        )
    )
    assert (seen.capture.publisher, seen.capture.authors, seen.capture.kind) == (name, (name,), "report")
    assert seen.capture.published.value == "2024-06-30"
    assert seen.body == ["Introduction", *BODY]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2024 The Coast Gazette. All rights reserved.", "The Coast Gazette"),
        ("Copyright © 2024, Coast Gazette | Terms", "Coast Gazette"),
        ("Published 6 November 2024 by Northgate Monitor", "Northgate Monitor"),
        ("Source: Coast Gazette", "Coast Gazette"),
    ],
)
def test_publisher_stated_below(line: str, name: str) -> None:
    assert see(page(TITLE, *BODY, line)).capture.publisher == name


def test_publisher_is_never_taken_from_the_file_name() -> None:
    assert see(page(TITLE, *BODY), "coast-gazette.txt").capture.publisher is None


def test_aggregated_line() -> None:
    seen = see(
        "\n".join(
            [TITLE, "", TITLE, "", "Coast Gazette13 hours ago", *BODY, "", "Download the Reader9 app today."]
        )
    )
    assert (seen.capture.publisher, seen.capture.container) == ("Coast Gazette", "Reader9")
    assert seen.capture.published.basis is Basis.RELATIVE


def test_glued_lead() -> None:
    foreign = [
        "Wheat prices rose on Thursday after the exchange in the capital reported that stocks were at their lowest in years.",
        "Bakers asked the ministry to lower the duty on flour before the holidays, which it refused to do at short notice.",
    ]
    seen = see(page(TITLE, *foreign, *BODY))
    assert [bool(s.doubt) for s in seen.capture.reading.body()] == [True, True, False, False, False]


def test_event_date_only() -> None:
    seen = see(
        page(
            TITLE,
            "On December 11, 2024, around fifty pilots and officials attended a meeting of the four towns in the north.",
            TWO,
        )
    )
    assert seen.capture.published == UNDATED
    assert (seen.capture.event.value, seen.capture.event.basis) == ("2024-12-11", Basis.EXPLICIT)


def test_date_of_a_treaty_is_no_event() -> None:
    seen = see(
        page(
            TITLE,
            "The treaty of December 11, 1974 had kept the towns apart in all that concerns the pilots of the coast.",
            TWO,
        )
    )
    assert seen.capture.event == UNDATED


def test_japanese_page() -> None:
    title = "港湾四市が水先人の共同運用で合意"
    one = "北海岸の港湾四市は、大型貨物船を案内する水先人を共同で運用することで合意した。市長らが会合の後に明らかにした。"
    two = "貨物船の大型化に人材の育成が追いつかず、先月は二隻が十九時間にわたり沖合での待機を強いられていた。"
    seen = see(
        page(
            "トップ 社会 経済 スポーツ",
            title,
            "令和7年12月17日",
            one,
            two,
            "この記事をシェアする",
            "関連記事",
            "・連絡船のストが二日目に",
        )
    )
    seen.assert_whole()
    assert seen.capture.language == "ja"
    assert seen.capture.title == title
    assert (seen.capture.published.value, seen.capture.published.as_written) == (
        "2025-12-17",
        "令和7年12月17日",
    )
    assert seen.body == [one, two]


def test_labels_of_the_article_itself_are_flagged() -> None:
    assert see(page(TITLE, "Reported by AI", *BODY)).capture.flags == ("AI-written",)
    assert see(page(TITLE, *BODY, "Related", "Reported by AI")).capture.flags == ()


def test_note_without_running_text() -> None:
    seen = see("Call the harbour office\nask for two pilots")
    seen.assert_whole()
    assert seen.capture.title == "Call the harbour office"
    assert seen.body == ["ask for two pilots"]


def test_markdown_title() -> None:
    seen = see(page(f"# {TITLE}", ONE, "## What was agreed", TWO, THREE), "note.md")
    assert seen.capture.title == TITLE


def test_very_long_text_is_not_judged() -> None:
    seen = see("line of words\n" * 25_000)
    assert len(seen.body) == 25_000


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "",
                    " ",
                    "\u00a0",
                    TITLE,
                    *BODY,
                    "Related Articles",
                    "Share",
                    "2 hours ago",
                    "© 2024 X",
                    "Comments",
                    "- ",
                    "|",
                ]
            ),
            st.text(max_size=80),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_every_text_is_covered(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", " ").encode("utf-8", "replace").decode()
    if not text.strip() or any(ord(ch) < 9 or 13 < ord(ch) < 32 for ch in text):
        return
    try:
        seen = see("x\n" + text)
    except InputError:
        return
    seen.assert_whole()
