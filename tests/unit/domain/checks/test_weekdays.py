from __future__ import annotations

import pytest

from tests.unit.domain.checks.conftest import Bench


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Talks on Monday 3 March 2026", "“Monday 3 March 2026”: in 2026 that day is a Tuesday."),
        ("Talks on Tuesday, 3 March 2026", ""),
        ("Talks on Tue. 3 March 2026", ""),
        ("Talks on Wed, the 3rd of March 2026", "“Wed, the 3rd of March 2026”: in 2026 that day is a Tuesday."),
        ("Talks on Sun 3 March 2026", "“Sun 3 March 2026”: in 2026 that day is a Tuesday."),
        ("As The Sun, 3 March 2026, and the Baltimore Sun, 4 March 2026, had it", ""),
        ("Talks on 3 March 2026 (Monday)", "“3 March 2026 (Monday)”: in 2026 that day is a Tuesday."),
        ("Talks on 2026-03-03 (Tue)", ""),
        ("Monday, the third of March, 2026", "“Monday, the third of March, 2026”: in 2026 that day is a Tuesday."),
        ("Monday and Tuesday, 2-3 March 2026", ""),
        ("Monday 2 to Wednesday 4 March 2026", ""),
        ("Friday, 02/12/2026", "“Friday, 02/12/2026”: in 2026 that day is no Friday."),
        ("Wednesday, 02/12/2026; Thursday, 02/12/2026", ""),
        ("Monday 3 March", ""),  # so it was in 2025
        ("Friday 3 March", "“Friday 3 March”: in 2025 or 2026 or 2027 that day is no Friday."),
        ("In 2023 they met on Friday 3 March.", ""),
        ("Friday, 4 July 1776", ""),
        ("He said “Monday 3 March 2026”, and ‘on 31 June 2026’.", ""),
        ("> Monday 3 March 2026", ""),
        ("Talks on 31 November 2026", "“31 November 2026”: the calendar has no such day."),
        ("The 30th of February comes", "“30th of February”: the calendar has no such day."),
        ("29 February", ""),
        ("29 February 2026", "“29 February 2026”: the calendar has no such day."),
        ("29 February 2028", ""),
        ("3月3日(月)に会談", ""),
        ("2026年3月3日（月）に会談", "“2026年3月3日（月）”: in 2026 that day is a Tuesday."),
        ("令和8年3月3日（火・祝）に会談", ""),
        ("令和8年3月3日月曜日に会談", "“令和8年3月3日月曜”: in 2026 that day is a Tuesday."),
        ("月曜日の2026年3月3日", "“月曜日の2026年3月3日”: in 2026 that day is a Tuesday."),
        ("2026年3月3日（日本時間）", ""),
        ("4月31日に会談", "“4月31日”: the calendar has no such day."),
        ("FY2026 begins on Wednesday, 1 April 2026; 令和8年度（水）", ""),
        ("The 30 February sessions", "“30 February”: the calendar has no such day."),
        ("The 45 March protesters and 30 May Fourth students", ""),
    ],
)  # fmt: skip
def test_weekdays_and_days_that_the_calendar_does_not_have(bench: Bench, text: str, message: str) -> None:
    bench.section(f">{bench.excerpt()}", text)
    found = [f.message for f in bench.found() if f.check == "date-impossible"]
    assert found == ([message] if message else [])


def test_a_day_without_a_year_is_of_the_year_of_its_source(bench: Bench) -> None:
    old = bench.excerpt(bench.source("2023-03-04"))
    bench.section(f"They met on Friday 3 March [@{old}].")
    assert "date-impossible" not in bench.rules()


def test_a_title_means_the_day_of_the_meeting(bench: Bench) -> None:
    bench.section(f">{bench.excerpt()}", heading="Friday 15 January 2026")
    bench.changes["title"] = "Talks, Friday, 15 January"  # so it was in 2027, too
    found = [(f.message, f.section) for f in bench.found() if f.check == "date-impossible"]
    assert found == [
        ("“Friday, 15 January”: in 2026 that day is a Thursday.", ""),
        ("“Friday 15 January 2026”: in 2026 that day is a Thursday.", "section-1"),
    ]
    bench.changes["meeting_date"] = None
    assert [f.section for f in bench.found() if f.check == "date-impossible"] == ["section-1"]
