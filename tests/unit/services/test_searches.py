from __future__ import annotations

import pytest

from briefer.domain.trash import TrashKind
from briefer.errors import InputError, UsageError
from briefer.services.changes import Kind
from briefer.services.desk import Desk
from briefer.services.searches import MOST_RECENT


def test_searches_are_kept_by_name_and_come_back(desk: Desk) -> None:
    ports, change = desk.searches.save(" Ports ", " ports partner:IN ")
    cables, _ = desk.searches.save("", "cable")
    assert [(s.name, s.query) for s in desk.searches.saved()] == [
        ("cable", "cable"),
        ("Ports", "ports partner:IN"),
    ]
    renamed = desk.searches.rename(ports.id, "A port")
    assert [s.name for s in desk.searches.saved()] == ["A port", "cable"]
    assert renamed.inverse
    named = renamed.inverse()
    assert [s.name for s in desk.searches.saved()] == ["cable", "Ports"]
    assert named.inverse
    named.inverse()
    assert [s.name for s in desk.searches.saved()] == ["A port", "cable"]
    desk.searches.rename(ports.id, "Ports")
    removed = desk.searches.remove(cables.id)
    assert desk.searches.saved() == (ports,)
    assert removed.inverse
    again = removed.inverse()
    assert len(desk.searches.saved()) == 2
    assert again.inverse
    again.inverse()
    assert change.inverse
    change.inverse()
    assert desk.searches.saved() == ()
    with pytest.raises(InputError, match="no saved search"):
        desk.searches.remove(ports.id)


def test_a_removed_search_is_in_the_trash(desk: Desk) -> None:
    cables, _ = desk.searches.save("Cables", "cable")
    desk.searches.remove(cables.id)
    (one,) = desk.trash.all()
    assert (one.kind, one.thing, one.label) == (TrashKind.SEARCH, cables.id, "Cables")
    done = desk.trash.restore([one.id])
    assert done.change.kinds == {Kind.SEARCH}
    assert desk.searches.saved() == (cables,)
    assert desk.trash.all() == ()


def test_what_cannot_be_asked_is_not_kept(desk: Desk) -> None:
    with pytest.raises(UsageError):
        desk.searches.save("x", "after:soon")
    assert desk.searches.saved() == ()


def test_the_latest_searches_come_first(desk: Desk) -> None:
    for number in range(MOST_RECENT + 3):
        desk.searches.note(f"query {number}")
    desk.searches.note(" query 10 ")
    desk.searches.note("  ")
    recent = desk.searches.recent()
    assert recent[:2] == ("query 10", f"query {MOST_RECENT + 2}")
    assert len(recent) == MOST_RECENT
