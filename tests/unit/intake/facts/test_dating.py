from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.intake.facts.dating import find_dates, find_relative, from_metadata

NOW = datetime(2025, 7, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("17:31 JST, December 17, 2025", "2025-12-17", "17:31 JST, December 17, 2025"),
        ("Dec. 17, 2025", "2025-12-17", "Dec. 17, 2025"),
        ("17 December 2025", "2025-12-17", "17 December 2025"),
        ("the 3rd of May 2024", "2024-05-03", "3rd of May 2024"),
        ("Published 11:34 PM EST Nov 19, 2019", "2019-11-19", "11:34 PM EST Nov 19, 2019"),
        ("2025-12-17", "2025-12-17", "2025-12-17"),
        ("2025-12-17T09:22:00+00:00", "2025-12-17", "2025-12-17T09:22:00+00:00"),
        ("2025/12/17", "2025-12-17", "2025/12/17"),
        ("令和7年12月17日", "2025-12-17", "令和7年12月17日"),
        ("令和元年5月1日（水）", "2019-05-01", "令和元年5月1日（水）"),
        ("平成31年4月30日", "2019-04-30", "平成31年4月30日"),
        ("2025年12月17日 17時31分", "2025-12-17", "2025年12月17日 17時31分"),
        ("2025年12月", "2025-12", "2025年12月"),
        ("17. Dezember 2025", "2025-12-17", "17. Dezember 2025"),
        ("17 décembre 2025", "2025-12-17", "17 décembre 2025"),
        ("17 de diciembre de 2025", "2025-12-17", "17 de diciembre de 2025"),
        ("17. joulukuuta 2025", "2025-12-17", "17. joulukuuta 2025"),
        ("17 grudnia 2025", "2025-12-17", "17 grudnia 2025"),
        ("17.12.2025", "2025-12-17", "17.12.2025"),
        ("17/04/2025", "2025-04-17", "17/04/2025"),
        ("04/17/2025", "2025-04-17", "04/17/2025"),
        ("June 2025", "2025-06", "June 2025"),
        ("03/04/2025", "2025", "03/04/2025"),
        ("令和七年十二月十七日", "2025-12-17", "令和七年十二月十七日"),
        ("令和元年十二月三日", "2019-12-03", "令和元年十二月三日"),
        ("二千二十五年二月三日", "2025-02-03", "二千二十五年二月三日"),
        ("千九百四十五年八月十五日", "1945-08-15", "千九百四十五年八月十五日"),
        ("昭和六十二年十月", "1987-10", "昭和六十二年十月"),
        ("令和７年１２月１７日", "2025-12-17", "令和７年１２月１７日"),
        ("二〇二五年二十日", "2025", "二〇二五年"),
        ("昭和20年8月15日", "1945-08-15", "昭和20年8月15日"),
        ("R7.12.17", "2025-12-17", "R7.12.17"),
        ("2025년 12월 17일", "2025-12-17", "2025년 12월 17일"),
        ("2025. 12. 17.", "2025-12-17", "2025. 12. 17."),
        ("17 декабря 2025", "2025-12-17", "17 декабря 2025"),
        ("17. prosince 2025", "2025-12-17", "17. prosince 2025"),
        ("17 Aralık 2025", "2025-12-17", "17 Aralık 2025"),
        ("17 Δεκεμβρίου 2025", "2025-12-17", "17 Δεκεμβρίου 2025"),
        ("30 February 2025", None, "30 February 2025"),
        ("12月17日", None, "12月17日"),
    ],
)
def test_written(text: str, value: str | None, written: str) -> None:
    (found,) = find_dates(text)
    assert (found.dating.value, found.dating.as_written) == (value, written)
    assert found.dating.basis is (Basis.EXPLICIT if value else Basis.UNKNOWN)
    assert text[found.start : found.end].strip() == written


@pytest.mark.parametrize(
    "text",
    [
        "84% of them",
        "version 1.2.3.4",
        "call 03-1234-5678",
        "pages 12-17",
        "in 1984",
        "10 per cent",
        "令和7年度",
        "2025年代",
    ],
)
def test_nothing_written(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("Coast Gazette13 hours ago", "2025-07-23", "13 hours ago"),
        ("timean hour ago", "2025-07-24", "an hour ago"),
        ("3日前", "2025-07-21", "3日前"),
        ("vor 3 Tagen", "2025-07-21", "vor 3 Tagen"),
        ("il y a 2 jours", "2025-07-22", "il y a 2 jours"),
        ("3 tuntia sitten", "2025-07-24", "3 tuntia sitten"),
        ("för 3 timmar sedan", "2025-07-24", "för 3 timmar sedan"),
        ("2 weeks ago", "2025-07", "2 weeks ago"),
        ("7 months ago", "2024-12", "7 months ago"),
        ("2 years ago", "2023", "2 years ago"),
        ("yesterday", "2025-07-23", "yesterday"),
        ("昨日", "2025-07-23", "昨日"),
        ("昨日 14:20", "2025-07-23", "昨日 14:20"),
        ("昨日午後2時15分", "2025-07-23", "昨日午後2時15分"),
        ("一昨日 9:05", "2025-07-22", "一昨日 9:05"),
        ("本日10時", "2025-07-24", "本日10時"),
        ("Yesterday, 2:20 PM", "2025-07-23", "Yesterday, 2:20 PM"),
        ("gestern um 14:20 Uhr", "2025-07-23", "gestern um 14:20 Uhr"),
    ],
)
def test_told_from_now(text: str, value: str, written: str) -> None:
    found = find_relative(text, NOW)
    assert found is not None
    assert found.dating == Dating(value, written, Basis.RELATIVE, "2025-07-24")


def test_not_told_from_now() -> None:
    assert find_relative("a long time coming", NOW) is None
    assert find_relative("昨日の会談", NOW) is None


def test_metadata() -> None:
    assert from_metadata("20251217").value == "2025-12-17"
    assert from_metadata("Wed, 17 Dec 2025 08:00:00 GMT").value == "2025-12-17"
    assert from_metadata("  ") == UNDATED
    assert from_metadata("soon").value is None


def test_what_is_counted_back_before_any_news_is_no_date() -> None:
    found = find_relative("900 years ago", datetime(101, 1, 1, tzinfo=UTC))
    assert found is not None
    assert found.dating == Dating(None, "900 years ago", Basis.UNKNOWN)
