"""When what is typed is stored."""

from __future__ import annotations

from briefer.ui.brief.typed import Typed
from tests.ui.brief.conftest import Open


def _timers(typed: Typed) -> tuple[int, int]:
    return typed._pause.interval(), typed._save.interval()


def test_a_key_is_stored_within_a_second_whether_others_follow_or_not(opened: Open) -> None:
    typed, row = opened.editor.typed, opened.prose()
    pause, latest = _timers(typed)
    assert pause < latest < 1000
    opened.qtbot.keyClicks(row.edit, "a")
    assert typed._save.isActive()
    assert typed.goes_on()
    left = typed._save.remainingTime()
    opened.qtbot.keyClicks(row.edit, "b")
    assert typed._save.remainingTime() <= left
    opened.qtbot.waitUntil(lambda: not typed.goes_on())
    assert not typed.holds(row.key.id)
    assert "ab" in opened.stored.sections[0].blocks[0].markdown


def test_the_cap_stores_what_waits_while_somebody_types_on(opened: Open) -> None:
    typed, row = opened.editor.typed, opened.prose()
    opened.qtbot.keyClicks(row.edit, "xyz")
    typed._save.timeout.emit()
    assert not typed.holds(row.key.id)
    assert typed.goes_on()
    assert "xyz" in opened.stored.sections[0].blocks[0].markdown
