from __future__ import annotations

import pytest

from briefer.domain.checks.days import days, months, same


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025-12-17", ["2025-12-17"]),
        ("17 December 2025", ["2025-12-17"]),
        ("the 17th of December, 2025", ["2025-12-17"]),
        ("17–18 Dec. 2025", ["2025-12-17", "2025-12-18"]),
        ("March 3-4, 2026", ["2026-03-03", "2026-03-04"]),
        ("3 and 4 March", ["--03-03", "--03-04"]),
        ("Sept. 4, 2025", ["2025-09-04"]),
        ("December 17", ["--12-17"]),
        ("2025年12月17日", ["2025-12-17"]),
        ("令和7年12月17日", ["2025-12-17"]),
        ("令和元年五月一日", ["2019-05-01"]),
        ("平成三十年十一月二十日", ["2018-11-20"]),
        ("二〇二五年十二月二十七日", ["2025-12-27"]),
        ("３月２日", ["--03-02"]),
        ("June 2025", []),
        ("they may 3 times", []),
        ("17.5 December", []),
        ("12月の会談", []),
        ("02/12/2026", ["2026-12-02", "2026-02-12"]),
        ("25.12.2026", ["2026-12-25"]),
        ("12/12/2026", ["2026-12-12"]),
        ("2026/12/02", ["2026-12-02"]),
        ("on the first of November", ["--11-01"]),
        ("The Twenty-Second of May, 2026", ["2026-05-22"]),
        ("the thirty first day of March 2026", ["2026-03-31"]),
        ("the 1st day of November", ["--11-01"]),
        ("on November the first.", ["--11-01"]),
        ("on November the second, 2026, they", ["2026-11-02"]),
        ("In November the first talks were held", []),
        ("the first of many, the second May meeting", []),
        ("FY2026, FY 2026-27, 2026/27, 令和8年度, 2026年度, Q1 2026, 第1四半期, 2026年3月期", []),
        ("Version 1.12.3, 40/40/2026, 24/7", []),
    ],
)
def test_days_of_a_text(text: str, named: list[str]) -> None:
    assert [day for _written, found in days(text) for day in found] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Talks, November 2026", ["2026-11"]),
        ("Sept. 2026", ["2026-09"]),
        ("11月の会談", ["--11"]),
        ("2026年11月の会談", ["2026-11"]),
        ("FY2026, 令和8年度, 2026年度予算, Q1 2026, 第1四半期", []),
        ("3 November 2026, 11月3日, they may 2026 times, 3月期決算", []),
    ],
)
def test_months_that_are_no_days(text: str, named: list[str]) -> None:
    assert [month for _written, month in months(text)] == named


def test_a_day_without_a_year_is_that_of_any() -> None:
    assert same("--12-17", "2025-12-17")
    assert same("2025-12-17", "--12-17")
    assert not same("2024-12-17", "2025-12-17")
    assert not same("--12-17", "2025-12-18")


def test_a_day_comes_as_it_is_written() -> None:
    assert [written for written, _ in days("Talks on 3 March, 2026 and 令和7年12月17日に")] == [
        "3 March, 2026",
        "令和7年12月17日",
    ]
