from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from briefer.storage.types import Packed, UtcTime

DIALECT = sqlite.dialect()


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=5))]),
        min_value=datetime.fromisoformat("1900-01-02"),
        max_value=datetime.fromisoformat("2200-01-01"),
    )
)
def test_a_time_comes_back_in_utc(time: datetime) -> None:
    kept = UtcTime().process_bind_param(time, DIALECT)
    back = UtcTime().process_result_value(kept, DIALECT)
    assert back == time
    assert back.tzinfo is UTC


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_text_order_is_time_order(times: list[datetime]) -> None:
    kept = [str(UtcTime().process_bind_param(time, DIALECT)) for time in times]
    assert (kept[0] < kept[1]) == (times[0] < times[1])


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        UtcTime().process_bind_param(datetime.fromisoformat("2026-01-15"), DIALECT)


@pytest.mark.parametrize("kept", [UtcTime(), Packed(dict[str, object])])
def test_nothing_stays_nothing(kept: UtcTime | Packed) -> None:
    assert kept.process_bind_param(None, DIALECT) is None
    assert kept.process_result_value(None, DIALECT) is None
