from __future__ import annotations

import pytest

from briefer.ui.intake.pace import Pace, in_words


def test_nothing_is_told_in_the_first_seconds() -> None:
    pace = Pace(100.0)
    assert pace.seconds_left(0, 200, 100.1) is None
    assert pace.seconds_left(10, 200, 102.0) is None
    assert pace.seconds_left(20, 200, 104.0) == pytest.approx(36.0)


def test_few_files_tell_nothing_however_long_they_take() -> None:
    pace = Pace(0.0)
    assert pace.seconds_left(1, 9, 20.0) is None
    assert pace.seconds_left(2, 9, 40.0) is None
    assert pace.seconds_left(3, 9, 60.0) == pytest.approx(120.0)


def test_one_slow_file_moves_the_estimate_less_than_the_last_file_alone_would() -> None:
    pace = Pace(0.0)
    for done in range(1, 101):
        pace.seconds_left(done, 200, done * 0.1)
    left = pace.seconds_left(101, 200, 13.0)
    assert left is not None
    assert 0.1 * 99 < left < 3.0 * 99


def test_a_lasting_change_of_pace_is_followed() -> None:
    pace = Pace(0.0)
    for done in range(1, 101):
        pace.seconds_left(done, 1000, done * 0.1)
    for done in range(101, 160):
        pace.seconds_left(done, 1000, 10.0 + (done - 100))
    assert pace.seconds_left(160, 1000, 70.0) == pytest.approx(840, rel=0.05)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "less than a minute left"),
        (61, "about 2 min left"),
        (89 * 60, "about 89 min left"),
        (90 * 60, "about 1 h 30 min left"),
        (118 * 60, "about 2 h 0 min left"),
    ],
)
def test_time_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
