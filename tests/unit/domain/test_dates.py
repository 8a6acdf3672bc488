from __future__ import annotations

from datetime import date

import pytest

from briefer.domain.dates import UNDATED, Basis, Dating, first_day, in_words, is_edtf


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
