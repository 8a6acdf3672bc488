from __future__ import annotations

import pytest

from briefer.domain.typed_dates import Fault, TypedDate, read_typed


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-11", "2025/12/11", "2025.12.11", "11 Dec 2025", "11 December 2025", "December 11, 2025", "Dec 11 2025",
        "Dec. 11th, 2025", "11th of december 2025", "11Dec2025", "2025年12月11日", "２０２５年１２月１１日", "令和7年12月11日",
        "令和７年 12月 11日", "２０２５／１２／１１", "  11   Dec  2025 ",
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
