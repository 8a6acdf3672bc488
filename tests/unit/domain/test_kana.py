from __future__ import annotations

from briefer.domain.kana import reading_of, with_reading
from tests.unit.factories import make_source


def test_a_reading_is_kept_with_the_further_variables() -> None:
    source = make_source(extra={"volume": "3"})
    assert reading_of(source) == ""
    read = with_reading(source, "あべ")
    assert (reading_of(read), read.extra["volume"]) == ("あべ", "3")
    assert with_reading(read, "") == source


def test_an_imported_reading_is_found_and_replaced() -> None:
    source = make_source(extra={"custom": {"reading": "あべ", "shelf": "B"}})
    assert reading_of(source) == "あべ"
    assert with_reading(source, "").extra == {"custom": {"shelf": "B"}}
    only = make_source(extra={"custom": {"reading": "あべ"}})
    assert with_reading(only, "いとう").extra == {"reading": "いとう"}
    assert reading_of(make_source(extra={"reading": 3})) == ""
