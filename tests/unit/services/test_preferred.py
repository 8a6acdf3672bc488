"""The scheme of markings that a library prefers."""

from __future__ import annotations

import pytest

from briefer.domain.record import Act
from briefer.errors import UsageError
from briefer.services.desk import Desk


def test_a_scheme_is_preferred_recorded_and_undone(desk: Desk) -> None:
    assert desk.preferred.scheme() == ""
    first, second = (scheme.id for scheme in desk.markings[:2])
    desk.preferred.prefer(first)
    change = desk.preferred.prefer(second)
    assert desk.preferred.scheme() == second
    assert change.inverse is not None
    again = change.inverse()
    assert desk.preferred.scheme() == first
    assert again.inverse is not None
    again.inverse()
    assert desk.preferred.scheme() == second
    desk.preferred.prefer("")
    assert desk.preferred.scheme() == ""
    with desk.library.read() as work:
        noted = work.record.entries(work.record.numbers([Act.MARKING])[::-1])
    assert len(noted) == 5
    assert f'"to":"{first}"' in noted[0].what
    assert {entry.subject for entry in noted} == {"library"}


def test_what_is_preferred_already_is_not_recorded_again(desk: Desk) -> None:
    scheme = desk.markings[0].id
    for _time in range(2):
        desk.preferred.prefer(scheme)
    with desk.library.read() as work:
        assert len(work.record.numbers([Act.MARKING])) == 1


def test_a_scheme_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="narnia"):
        desk.preferred.prefer("narnia")
    assert desk.preferred.scheme() == ""
