from __future__ import annotations

import pytest

from briefer.domain.queries import Field, widest


@pytest.mark.parametrize(
    ("field", "value", "same"),
    [
        (Field.DATE, "2023-01-01..2023-12-31", "2023"),
        (Field.DATE, "2023-01..2023", "2023"),
        (Field.DATE, "2023..2024-12", "2023..2024"),
        (Field.DATE, "2023-06-01..2023-06-30", "2023-06"),
        (Field.DATE, "2023-02-01..2023-02-28", "2023-02"),
        (Field.DATE, "2024-02-01..2024-02-28", "2024-02..2024-02-28"),
        (Field.DATE, "2023-01-01..2023-01-01", "2023..2023-01-01"),
        (Field.DATE, "2023-12-01..2023-12-30", "2023-12..2023-12-30"),
        (Field.DATE, "..2023-12-31", "..2023"),
        (Field.DATE, "2023-07-01..", "2023-07.."),
        (Field.DATE, "..", ".."),
        (Field.DATE, "2023-01", "2023-01"),
        (Field.DATE, "none", "none"),
        (Field.DATE, "", ""),
        (Field.AFTER, "2023-01-01", "2023"),
        (Field.AFTER, "2023-10", "2023-10"),
        (Field.BEFORE, "2024-01", "2024"),
        (Field.BEFORE, "2024-12-31", "2024-12-31"),
    ],
)
def test_a_time_in_its_coarsest_words(field: Field, value: str, same: str) -> None:
    assert widest(field, value) == same
