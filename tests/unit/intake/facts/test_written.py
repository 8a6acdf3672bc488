"""Dates of either order, senders, releasers and agencies in what a text says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import Capture, How
from briefer.intake.facts.claims import Claims, tidy
from briefer.intake.text import read_text
from tests.unit.intake.conftest import see
from tests.unit.intake.test_text import BODY, ONE, THREE, TITLE, TWO
from tests.unit.intake.web.test_html import page

NOW = datetime(2025, 7, 24, 10, tzinfo=UTC)
JA_TITLE = "北部の港が来月再開へ　日本企業4社が共同で船を出す計画"
JA_BODY = [
    "北部の港は雪解けの後に再び開かれ、最初の船が島々に向けて出港した。両国の代表は会談し、協力について意見を交わした。",
    "港の関係者によると、船は週に三便が運航され、夏には便数を増やす計画である。住民からは歓迎する声が上がった。",
    "両国の政府は今後、港の整備に必要な費用の分担について協議を続け、年内に合意したい考えを示した。",
]


def read(*above: str, title: str = TITLE, body: list[str] | None = None, now: datetime = NOW) -> Capture:
    return read_text("\n\n".join([title, *above, *(body or BODY)]), "utf-8", now)


def test_a_date_of_either_order_is_asked_about() -> None:
    capture = read("03/04/2025")
    assert capture.published == Dating("2025", "03/04/2025", Basis.EXPLICIT)
    assert capture.known["published"].confidence < 0.4
    assert capture.known["published"].where.endswith("3 April or 4 March")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayors met again on Thursday.", "2025-04-03"),
        ("The mayors met again on Tuesday.", "2025-03-04"),
        ("The mayors will meet again on 9 April 2025.", "2025-04-03"),
        ("The mayors met on Thursday, and the pilots on Tuesday.", "2025"),
        ("The mayors met on Sunday.", "2025"),
        ("The mayors met on deck.", "2025"),
    ],
)
def test_the_text_settles_the_order(text: str, value: str) -> None:
    capture = read("03/04/2025", body=[f"{ONE} {text}", TWO, THREE])
    assert capture.published.value == value
    if value != "2025":
        assert capture.published.basis is Basis.INFERRED
        assert capture.known["published"].where.endswith("order of day and month by the text")


def test_the_weekday_beside_it_settles_the_order_for_certain() -> None:
    assert read("Thursday 03/04/2025").published == Dating("2025-04-03", "03/04/2025", Basis.EXPLICIT)


def test_a_name_after_a_day_told_from_now() -> None:
    capture = read("2日前 海峡新聞", title=JA_TITLE, body=JA_BODY)
    assert capture.publisher == "海峡新聞"
    assert capture.published == Dating("2025-07-22", "2日前", Basis.RELATIVE, "2025-07-24")


def test_yesterday_with_its_hour() -> None:
    capture = read("昨日 14:20", title=JA_TITLE, body=JA_BODY)
    assert capture.published == Dating("2025-07-23", "昨日 14:20", Basis.RELATIVE, "2025-07-24")


def test_leads_of_a_file_from_another_time_have_no_day() -> None:
    lead = "Fishermen found a crate of lemons on the beach, and nobody has asked for it since the week began."
    text = "\n\n".join([TITLE, "4 February 2020", *BODY, "Related stories", "A crate of lemons on the beach"])
    text += f"\n\nCoast Gazette\n\n29 minutes ago\n\n{lead}"
    (embedded,) = read_text(text, "utf-8", NOW).reading.embedded
    assert embedded.published == Dating(None, "29 minutes ago")
    (embedded,) = read_text(text, "utf-8", datetime(2020, 2, 5, tzinfo=UTC)).reading.embedded
    assert embedded.published.value == "2020-02-04"


def test_titles_and_names_keep_their_blanks() -> None:
    capture = read("記者　山田　花子", title=JA_TITLE, body=JA_BODY)
    assert capture.title == "北部の港が来月再開へ 日本企業4社が共同で船を出す計画"
    assert capture.authors == ("山田 花子",)
    assert tidy("港の\n  再開　へ") == "港の再開 へ"
    assert tidy(" The\n harbour ") == "The harbour"
    claims = Claims()
    claims.add("authors", ("山田　花子",), How.STATED, 0.9, "author")
    assert claims.of("authors")[0].value == ("山田 花子",)


def test_the_sender_of_a_pasted_message_is_its_author() -> None:
    head = (
        "From: Ada Winterbourne <ada@example.org>\nTo: Bo Lind <bo@example.org>\nSubject: Pilots of the coast"
    )
    capture = read_text("\n\n".join([head, *BODY]), "utf-8", NOW)
    assert capture.authors == ("Ada Winterbourne",)
    nameless = read_text("\n\n".join([head.replace("Ada Winterbourne ", ""), *BODY]), "utf-8", NOW)
    assert nameless.authors == ()


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("PRESS RELEASE", "Ministry of Trade of Norland"), "Ministry of Trade of Norland"),
        (("Press release / Ministry of Trade of Norland",), "Ministry of Trade of Norland"),
        (("Ministry of Trade of Norland", "PRESS RELEASE"), "Ministry of Trade of Norland"),
        (("PRESS RELEASE", "For all who sail"), None),
        (("Ministry of Trade of Norland",), None),
    ],
)
def test_who_releases(lines: tuple[str, ...], publisher: str | None) -> None:
    capture = read_text("\n\n".join([*lines, "3 February 2025", TITLE, *BODY]), "utf-8", NOW)
    assert capture.publisher == publisher


def test_who_releases_in_japanese() -> None:
    text = "\n\n".join(["報道発表", "外務省", "令和七年二月三日", JA_TITLE, *JA_BODY])
    capture = read_text(text, "utf-8", NOW)
    assert (capture.publisher, capture.published.value) == ("外務省", "2025-02-03")


@pytest.mark.parametrize(
    ("opening", "wire"),
    [
        ("LUND, March 3 (Kestrel News Agency) — ", "Kestrel News Agency"),
        ("HARBOUR TOWN (Norland Press Agency) - ", "Norland Press Agency"),
        ("【ルンド　北洋通信】", "北洋通信"),
        ("LUND, March 3 (the harbour agency) — ", None),
        ("LUND, March 3 (Harbour Board) — ", None),
    ],
)
def test_agencies_that_no_list_has(opening: str, wire: str | None) -> None:
    assert read(body=[opening + ONE, TWO, THREE]).wire == wire


def test_a_byline_of_a_reporter_on_a_page() -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in JA_BODY)
    seen = see(page(f"<article><h1>{JA_TITLE}</h1><p>記者 山田花子</p>{paragraphs}</article>"), "a.html")
    assert seen.capture.authors == ("山田花子",)
    assert seen.body == JA_BODY
