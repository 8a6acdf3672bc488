"""Whether a source stands, and whether it is too old."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.ageing import too_old
from briefer.domain.flags import Standing, is_superseded, is_withdrawn, restanding, standing, successor

MEETING = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("flags", "expected", "newer"),
    [
        ((), Standing.STANDS, ""),
        (("AI-written",), Standing.STANDS, ""),
        (("Withdrawn",), Standing.WITHDRAWN, ""),
        (("superseded",), Standing.SUPERSEDED, ""),
        (("superseded-by: White Paper 2026",), Standing.SUPERSEDED, "White Paper 2026"),
        (("superseded by the second edition", "withdrawn"), Standing.WITHDRAWN, "the second edition"),
    ],
)
def test_the_standing_of_a_source(flags: tuple[str, ...], expected: Standing, newer: str) -> None:
    assert standing(flags) is expected
    assert successor(flags) == newer


@given(
    st.lists(st.sampled_from(["AI-written", "withdrawn", "superseded by X", "duplicate?"])),
    st.sampled_from(Standing),
)
def test_another_standing_leaves_the_other_flags(flags: list[str], wanted: Standing) -> None:
    changed = restanding(flags, wanted, "  the  new one ")
    assert standing(changed) is wanted
    assert successor(changed) == ("the new one" if wanted is Standing.SUPERSEDED else "")
    others = [f for f in flags if not is_withdrawn((f,)) and not is_superseded((f,))]
    assert list(changed[: len(others)]) == others


@pytest.mark.parametrize(
    ("published", "limit", "old"),
    [
        ("2026-03-01", 30, False),
        ("2026-02-28", 30, True),
        ("2026-03", 0, False),
        ("2026-02", 30, True),
        ("2025", 90, False),
        ("2025", 89, True),
        ("2000", None, False),
        (None, 1, False),
    ],
)
def test_what_is_dated_by_month_or_year_may_be_of_its_end(
    published: str | None, limit: int | None, old: bool
) -> None:
    assert too_old(published, limit, MEETING) is old
