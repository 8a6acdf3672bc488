from __future__ import annotations

from datetime import date

import pytest

from briefer.domain.dates import (
    UNDATED,
    Basis,
    Dating,
    Fault,
    TypedDate,
    check_edtf,
    edtf_of,
    first_day,
    in_words,
    is_edtf,
    read_typed,
    why_not,
)
from briefer.errors import UsageError


@pytest.mark.parametrize("text", ["2025", "2025-12", "2025-12-17", "2024-02-29"])
def test_edtf(text: str) -> None:
    assert is_edtf(text)


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-00", "2025-02-29", "2025-1-1", "2025-12-17T00:00", "0000", "２０２５", "2025-12-17\n", "next"]
)  # fmt: skip
def test_not_edtf(text: str) -> None:
    assert not is_edtf(text)


@pytest.mark.parametrize(
    ("value", "day"),
    [("2025", date(2025, 1, 1)), ("2025-12", date(2025, 12, 1)), ("2025-12-17", date(2025, 12, 17))],
)
def test_first_day(value: str, day: date) -> None:
    assert first_day(value) == day


@pytest.mark.parametrize("value", ["soon", "2025-13"])
def test_no_first_day(value: str) -> None:
    with pytest.raises(ValueError, match=r"soon|month"):
        first_day(value)


def test_certain() -> None:
    assert Dating("2025", "2025", Basis.EXPLICIT).certain
    assert not Dating("2025", "13 hours ago", Basis.RELATIVE).certain
    assert not Dating(None, "03/04/2025").certain
    assert not UNDATED.certain


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("2025-12-07", "en", "7 December 2025"),
        ("2025-12", "en", "December 2025"),
        ("2025", "en", "2025"),
        ("2025-12-07", "ja", "2025年12月7日"),
        ("2025-12", "ja", "2025年12月"),
        ("2025", "ja", "2025年"),
    ],
)
def test_dates_in_words(value: str, language: str, words: str) -> None:
    assert in_words(value, language) == words


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-11", "2025/12/11", "2025.12.11", "11 Dec 2025", "11 December 2025", "December 11, 2025", "Dec 11 2025",
        "Dec. 11th, 2025", "11th of december 2025", "11Dec2025", "2025年12月11日", "２０２５年１２月１１日", "令和7年12月11日",
        "令和７年 12月 11日", "２０２５／１２／１１", "  11   Dec  2025 ",
        "2025ー12−11",
    ],
)  # fmt: skip
def test_one_day_is_read_however_it_is_written(text: str) -> None:
    assert read_typed(text) == TypedDate("2025-12-11")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2025-1", "2025-01"),
        ("1/2025", "2025-01"),
        ("Sept 2025", "2025-09"),
        ("令和元年5月", "2019-05"),
        ("平成31年4月30日", "2019-04-30"),
        ("May 5, 2025", "2025-05-05"),
        ("17/12/2025", "2025-12-17"),
        ("12/17/2025", "2025-12-17"),
        ("5.5.2025", "2025-05-05"),
    ],
)
def test_other_dates_and_parts_of_them(text: str, value: str) -> None:
    assert read_typed(text).value == value


@pytest.mark.parametrize(
    ("text", "fault", "detail"),
    [
        ("11/12/2025", Fault.AMBIGUOUS, ("2025-12-11", "2025-11-12")),
        ("１１／１２／２０２５", Fault.AMBIGUOUS, ("2025-12-11", "2025-11-12")),
        ("31/2/2025", Fault.DAY, ("31",)),
        ("13/2025", Fault.MONTH, ("13",)),
        ("2025-13-01", Fault.MONTH, ("13",)),
        ("30 February 2025", Fault.DAY, ("30",)),
        ("0000-01-01", Fault.YEAR, ()),
        ("11 Dec", Fault.SHAPE, ()),
        ("11/12/25", Fault.SHAPE, ()),
        ("December 112025", Fault.SHAPE, ()),
        ("soon", Fault.SHAPE, ()),
        ("", Fault.SHAPE, ()),
    ],
)
def test_what_is_no_date_or_may_be_two_says_why(text: str, fault: Fault, detail: tuple[str, ...]) -> None:
    assert read_typed(text) == TypedDate(None, fault, detail)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3/4/2026", r"it may be 3 April 2026 or 4 March 2026; .* the year first \(2026-04-03\)"),
        ("0000-01-01", "there is no year 0"),
        ("13/2026", "there is no month 13"),
        ("30 Feb 2026", "that month has no day 30"),
        ("soon", "write it as 2026, 2026-01 or 2026-01-15, as 15 January 2026"),
    ],
)
def test_a_refused_date_says_how_to_write_it(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=f"the date {text} is not understood: {told}"):
        edtf_of(text)


def test_a_date_of_a_person_becomes_one_of_the_library() -> None:
    assert edtf_of("3 April 2026") == "2026-04-03"
    check_edtf("2026-04-03")
    with pytest.raises(UsageError, match="write it as 2026, 2026-01"):
        check_edtf("3 April 2026")
    assert why_not(read_typed("3 April 2026")) == ""
