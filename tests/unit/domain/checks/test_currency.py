from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.dates import Basis, Dating
from tests.unit.domain.checks.conftest import FORM, Bench


@pytest.mark.parametrize(
    ("flag", "rule"),
    [
        ("withdrawn", "withdrawn"),
        ("Superseded by the report of May", "superseded"),
        ("ai-written", "ai-written"),
        ("ai-assisted", "ai-written"),
        ("typed in", None),
    ],
)
def test_warnings_of_sources(bench: Bench, flag: str, rule: str | None) -> None:
    bench.section(f">{bench.excerpt(bench.source(flags=(flag,)))}")
    assert bench.rules() == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("published", "stale"),
    [
        ("2025-01-15", False),
        ("2025-01-14", True),
        ("2025-01", False),
        ("2024-12", True),
        ("2025", False),
        ("2024", True),
    ],
)
def test_a_source_is_stale_after_the_days_of_the_form(bench: Bench, published: str, stale: bool) -> None:
    bench.form = replace(FORM, stale_days=365)
    bench.section(f">{bench.excerpt(bench.source(published))}")
    assert bench.rules() == (["stale"] if stale else [])
    bench.form = replace(FORM, stale_days=None)
    assert bench.rules() == []


def test_without_a_meeting_today_counts(bench: Bench) -> None:
    bench.form = replace(FORM, stale_days=28)
    bench.changes["meeting_date"] = None
    bench.section(f">{bench.excerpt()}")
    assert bench.rules() == ["stale"]


@pytest.mark.parametrize(
    ("least", "reliability", "credibility", "low"),
    [
        ("", "F", "6", False),
        ("C", "C", "6", False),
        ("C", "D", "1", True),
        ("C3", "C", "3", False),
        ("C3", "B", "4", True),
        ("C3", "F", "1", True),
    ],
)
def test_the_grade_that_the_form_asks_for(
    bench: Bench, least: str, reliability: str, credibility: str, low: bool
) -> None:
    bench.form = replace(FORM, least_grade=least)
    bench.section(f">{bench.excerpt(bench.source(reliability=reliability), credibility=credibility)}")
    assert bench.rules() == (["low-grade"] if low else [])


@pytest.mark.parametrize(
    ("speaker", "kind", "anonymous"),
    [
        ("a senior official", "say", True),
        ("政府関係者", "ask", True),
        ("a senior official", "background", False),
        ("Asha Menon, a senior official", "say", False),
        ("João da Silva, an official", "say", False),
        ("White House official", "say", True),
        ("US State Department officials", "say", True),
        ("Foreign Ministry spokesman Arun Rao", "say", False),
        ("an aide", "say", True),
        ("a lawmaker who asked not to be named", "say", True),
        ("a European ambassador", "say", True),
        ("the Indian ambassador", "say", False),
        ("a minister, Asha Menon", "say", False),
        ("People’s Daily", "say", False),
        ("ある議員", "say", True),
        ("木村筋一", "say", False),
        (None, "say", False),
    ],
)
def test_a_key_message_needs_somebody_who_is_named(
    bench: Bench, speaker: str | None, kind: str, anonymous: bool
) -> None:
    bench.section(f">{bench.excerpt(speaker=speaker)}", kind=kind)
    assert ("anonymous" in bench.rules()) is anonymous


@pytest.mark.parametrize(
    ("sentence", "confused"),
    [
        ("On 17 December 2025 the ministers met", True),
        ("2025年12月17日に会談した", True),
        ("As reported on 17 December 2025, the ministers met", False),
        ("On 15 December 2025 the ministers met", False),
        ("On Dec. 17, 2025, the ministers met", True),
        ("On 17 December the ministers met", True),
        ("On 17 December 2024 the ministers met", False),
        ("On 15-17 December the ministers met", False),
        ("令和7年12月17日に会談した", True),
        ("１２月１７日に会談した", True),
        ("十二月十七日に会談した", True),
        ("12月15日に会談した", False),
        ("12月17日の発表によれば会談した", False),
        ("On the seventeenth of December the ministers met", True),
        ("On 17 December the ministry issued its decision to build", True),
        ("On 17 December the prisoners were released", True),
        ("On 17 December the ministry issued a statement", False),
        ("The figures were released on 17 December", False),
        # The day of a text is said to be that.
        ("According to the Ev Post of 17 December, the ministers met", False),
        ("According to the Ev Post, the ministers met on 17 December", True),
        ("The ministers met (Ev Post, 17 December 2025)", False),
        ("In its 17 December edition the paper describes how they met", False),
        ("An article dated 17 December 2025 tells of the talks", False),
        ("An article of 17 December 2025 tells of the talks", False),
        ("The Ev Post carried the news on 17 December", False),
        ("The newspaper said on 17 December that the ministers had met", False),
        ("As of 17 December the ministers had met", False),
        ("By 17 December the ministers had met", False),
        ("The ministers met by the sea on 17 December", True),
        ("The ministers said on 17 December that they had met", True),
        ("An article of 17 December tells that the ministers met on 17 December", True),
        ("12月17日付の報道によれば、会談した", False),
        ("12月17日付Ev Post紙によると会談した", False),
        ("12月17日（水）付け記事によると会談した", False),
        ("12月17日付で署名した", True),
        ("Ev Postが12月17日に伝えたところでは、会談した", False),
        ("Ev Post紙は12月17日、会談を伝えた", False),
        ("外相は12月17日、懸念を伝えた", True),
        ("通信は12月17日に途絶えた", True),
        ("12月17日の新聞記事は会談を取り上げた", False),
        ("12月17日、報道官が同席して会談した", True),
        ("2025年12月17日配信の記事によれば会談した", False),
        ("12月17日現在、会談は終わっている", False),
    ],
)
def test_the_day_of_publication_is_not_that_of_the_event(bench: Bench, sentence: str, confused: bool) -> None:
    source = bench.source(publisher="Ev Post", event=Dating("2025-12-15", "Monday", Basis.EXPLICIT))
    bench.section(f"{sentence} [@{bench.excerpt(source)}].")
    assert bench.rules() == (["date-of-event"] if confused else [])


def test_a_month_that_the_publication_lies_in_is_no_other_day(bench: Bench) -> None:
    source = bench.source(event=Dating("2025-12", "December", Basis.EXPLICIT))
    bench.section(f"On 17 December 2025 the ministers met [@{bench.excerpt(source)}].")
    assert bench.rules() == []


def test_a_paper_without_a_name_has_days_too(bench: Bench) -> None:
    source = bench.source(publisher=None, event=Dating("2025-12-15", "Monday", Basis.EXPLICIT))
    cited = f"[@{bench.excerpt(source)}]"
    bench.section(
        f"The newspaper of 17 December tells that they met {cited}.", f"同紙の12月17日の社説は触れた{cited}。"
    )
    assert bench.rules() == []
    bench.section(f"They met on 17 December {cited}.")
    assert bench.rules() == ["date-of-event"]
