"""What the text of a document tells of it, and how claims are weighed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import Capture, How
from briefer.intake.facts.claims import Claims, agree
from briefer.intake.facts.published import contradicted, from_url, weekday_near
from briefer.intake.facts.wires import agency
from briefer.intake.text import read_text
from tests.unit.intake.conftest import article
from tests.unit.intake.test_text import BODY, TITLE

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


def read(
    *above: str, title: str = TITLE, body: list[str] | None = None, below: tuple[str, ...] = ()
) -> Capture:
    return read_text("\n\n".join([title, *above, *(body or BODY), *below]), "utf-8", NOW)


def test_claims_that_agree_lift_each_other_and_others_lower() -> None:
    claims = Claims()
    claims.add("title", "Harbour towns", How.STATED, 0.8, "og:title")
    alone = claims.believed("title")
    claims.add("title", "HARBOUR TOWNS!", How.WRITTEN, 0.7, "line 1")
    borne_out = claims.believed("title")
    claims.add("title", "Something else", How.STATED, 0.7, "title of the page")
    disputed = claims.believed("title")
    assert alone is not None
    assert borne_out is not None
    assert disputed is not None
    assert alone.value == borne_out.value == disputed.value == "Harbour towns"
    assert alone.known.confidence == 0.8
    assert borne_out.known.confidence > alone.known.confidence
    assert disputed.known.confidence < borne_out.known.confidence


def test_what_claims_nothing_is_no_claim() -> None:
    claims = Claims()
    for nothing in (None, "", (), Dating()):
        claims.add("published", nothing, How.STATED, 1.0, "nowhere")
    assert claims.believed("published") is None
    claims.add("title", "A", How.STATED, 0.5, "x")
    claims.drop("title")
    assert claims.of("title") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Dating("2025", "2025"), Dating("2025-12-17", "x"), True),
        (Dating("2025-11", "2025"), Dating("2025-12-17", "x"), False),
        (Dating(None, "x"), Dating(None, "x"), False),
        ("The New York Times", "New York Times Company, The", False),
        ("Coast Gazette", "The Coast Gazette Company", True),
        (("Ada",), ("Ada",), True),
        ("CNN", "CNN Politics", False),
    ],
)
def test_what_agrees(one: object, other: object, same: bool) -> None:
    assert agree(one, other) is same


def test_a_pasted_text_tells_the_line() -> None:
    capture = read("Published February 4, 2024", "By Ada Winterbourne")
    assert capture.known["published"].where == "line 3"
    assert capture.known["authors"].where == "line 5"
    assert (capture.known["title"].how, capture.known["title"].where) == (How.WRITTEN, "line 1")
    assert capture.known["kind"].how is How.INFERRED
    assert capture.known["kind"].confidence < 0.7


def test_a_title_made_of_first_words_is_hardly_one() -> None:
    capture = read_text(BODY[0], "utf-8", NOW)
    assert capture.known["title"].confidence <= 0.2
    assert capture.known["title"].how is How.INFERRED


@pytest.mark.parametrize(
    ("opening", "wire"),
    [
        ("TOKYO (Reuters) - ", "Reuters"),
        ("WASHINGTON (AP) — ", "Associated Press"),
        ("TOKYO, Feb. 4 (Kyodo) -- ", "Kyodo News"),
        ("LUND, Feb 4 (AFP/TT) – ", "AFP"),
        ("AP — ", "Associated Press"),
        ("BERLIN – dpa – ", "dpa"),
        ("[東京 4日 ロイター] - ", "Reuters"),
        ("【ルンド共同】", "Kyodo News"),
        ("【ルンド＝時事】", "Jiji Press"),
        ("They said the town (AP) ", None),
        ("Reuters reported that ", None),
        ("", None),
    ],
)
def test_agencies_of_datelines(opening: str, wire: str | None) -> None:
    assert read(body=[opening + BODY[0], *BODY[1:]]).wire == wire


@pytest.mark.parametrize(
    ("closing", "wire"),
    [(" (Reuters)", "Reuters"), ("（共同）", "Kyodo News"), ("(c)AFP", None), (" (sic)", None)],
)
def test_agencies_at_the_end(closing: str, wire: str | None) -> None:
    assert read(body=[*BODY[:-1], BODY[-1] + closing]).wire == wire


def test_names_of_agencies() -> None:
    assert agency("by REUTERS") == "Reuters"
    assert agency("Source: Associated Press") == "Associated Press"
    assert agency("ap") is None
    assert agency("Reuters Institute") is None
    assert agency(None) is None


@pytest.mark.parametrize(
    ("title", "kind", "genre"),
    [
        ("Joint Statement of the Ministers of Harbours of Lund and Kobe", "document", "Joint statement"),
        ("日瑞首脳共同声明（仮訳）", "document", "Joint statement"),
        ("Harbour towns issue joint statement after talks on pilots", "article-newspaper", ""),
        ("日瑞首脳、共同声明で水先人の共用に合意", "article-newspaper", ""),
        ("Remarks by the Minister of Harbours at the Pilots' Forum", "speech", "Speech"),
        ("港湾大臣の所信表明演説", "speech", "Speech"),
        ("Minister's remarks on pilots cause a stir in harbour towns", "article-newspaper", ""),
        ("Press release: harbour towns share their pilots from spring", "document", "Press release"),
        ("水先人の共用に関する報告書", "report", ""),
        ("Agreement between Lund and Kobe on sharing their pilots", "article-newspaper", ""),
        (TITLE, "article-newspaper", ""),
    ],
)
def test_kinds_by_their_titles(title: str, kind: str, genre: str) -> None:
    capture = read(title=title)
    assert (capture.kind, capture.genre) == (kind, genre)


def test_a_treaty_has_articles() -> None:
    title = "Agreement between Lund and Kobe on sharing their pilots"
    capture = read(title=title, body=[f"Article 1. {BODY[0]}", *BODY[1:]])
    assert (capture.kind, capture.genre) == ("treaty", "Treaty")
    assert capture.known["genre"] == capture.known["kind"]


@pytest.mark.parametrize(
    ("label", "kind", "genre"),
    [
        ("PRESS RELEASE", "document", "Press release"),
        ("報道発表", "document", "Press release"),
        ("Joint Communiqué", "document", "Joint statement"),
        ("Working Paper No. 12", "report", ""),
    ],
)
def test_kinds_by_a_line_of_the_head(label: str, kind: str, genre: str) -> None:
    text = "\n\n".join([label, TITLE, "February 4, 2024", *BODY])
    capture = read_text(text, "utf-8", NOW)
    assert (capture.kind, capture.genre) == (kind, genre)


def test_a_pasted_message() -> None:
    text = (
        f"From: Ada Winterbourne\nTo: Tom Okoro\nSubject: {TITLE}\nDate: 4 February 2024\n\n"
        + "\n\n".join(BODY)
    )
    capture = read_text(text, "utf-8", NOW)
    assert (capture.kind, capture.genre) == ("personal_communication", "E-mail")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("This article was generated by AI and checked by an editor.", True),
        ("この記事はAIが作成しました", True),
        (
            "Most of the notices of the harbour are generated by AI, its office told the towns last week.",
            False,
        ),
    ],
)
def test_written_by_a_machine(line: str, written: bool) -> None:
    capture = read(body=[BODY[0], line, *BODY[1:]])
    assert capture.flags == (("AI-written",) if written else ())


def test_a_relative_date_names_its_reference() -> None:
    capture = read("13 hours ago")
    assert capture.published == Dating("2026-02-28", "13 hours ago", Basis.RELATIVE, "2026-03-01")
    assert capture.known["published"].how is How.INFERRED
    assert capture.known["published"].confidence <= 0.5


@pytest.mark.parametrize(
    "other", ["© 2019 Coast Gazette", "Latest: harbour closed on May 3, 2025 for repairs"]
)
def test_a_relative_date_is_not_counted_from_a_file_of_another_time(other: str) -> None:
    capture = read("13 hours ago", below=(other,))
    assert capture.published == Dating(None, "13 hours ago")
    assert capture.known["published"].how is How.UNKNOWN


def test_the_aggregated_article_copied_long_after_it_was_captured() -> None:
    text = article("004").capture.text
    late = read_text(text, "utf-8", datetime(2026, 11, 22, tzinfo=UTC))
    assert (late.published.value, late.published.as_written) == (None, "13 hours ago")


@pytest.mark.parametrize(
    ("text", "reference", "against"),
    [
        ("on July 23, 2025", "2025-07-24", False),
        ("on July 23, 2025", "2026-07-24", True),
        ("on August 15, 1945", "2026-07-24", False),
        ("by March 2027", "2026-07-24", False),
        ("in 2019", "2026-07-24", False),
        ("Copyright 2005-2025 Gazette", "2026-02-01", False),
        ("Copyright 2005-2025 Gazette", "2026-07-24", True),
        ("", "2026-07-24", False),
    ],
)
def test_what_speaks_against_a_reference(text: str, reference: str, against: bool) -> None:
    assert contradicted(reference, text) is against


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.org/2024/02/04/pilots", "2024-02-04"),
        ("https://example.org/news/2024-02-04/pilots", "2024-02-04"),
        ("https://example.org/pilots-20240204", "2024-02-04"),
        ("https://example.org/2024/02/pilots", "2024-02"),
        ("https://example.org/2024/02/31/pilots", None),
        ("https://example.org/item/20249999", None),
        ("https://example.org/pilots?d=/2024/02/04/", None),
        ("https://example.org/2024/pilots", None),
    ],
)
def test_days_of_addresses(url: str, value: str | None) -> None:
    found = from_url(url)
    assert found.value == value
    assert found.basis is (Basis.INFERRED if value else Basis.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Sunday, 4 February 2024", 6),
        ("Sonntag, 4 February 2024", 6),
        ("dimanche 4 February 2024", 6),
        ("4 February 2024（日）", 6),
        ("4 February 2024", None),
        ("Sunday or Monday, 4 February 2024", None),
    ],
)
def test_weekdays(text: str, weekday: int | None) -> None:
    start = text.index("4 Feb")
    assert weekday_near(text, start, start + len("4 February 2024")) == weekday


def test_address_and_day_of_access_in_a_text() -> None:
    capture = read("Source: https://example.org/pilots", below=("Retrieved 6 February 2024.",))
    assert capture.url == "https://example.org/pilots"
    assert capture.known["url"].how is How.WRITTEN
    assert capture.accessed == "2024-02-06"


def test_a_day_beside_the_name() -> None:
    capture = read("By Ada Winterbourne | 4 February 2024")
    assert (capture.published.value, capture.authors) == ("2024-02-04", ("Ada Winterbourne",))
