from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefer.ui.collector import Collector


class Knot:
    """A cycle, which only the collector can take apart."""

    def __init__(self, seen: list[threading.Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: seen.append(threading.current_thread()))


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector()
    was = gc.isenabled()
    made.start()
    yield made
    made.stop()
    if not was:
        gc.disable()


def test_cycles_are_taken_apart_on_the_window_thread_only(collector: Collector) -> None:
    seen: list[threading.Thread] = []

    def allocate() -> None:
        Knot(seen)
        kept = [[n] for n in range(20_000)]
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert seen == []
    kept = [[n] for n in range(30_000)]
    assert kept
    collector.collect_due()
    assert seen == [threading.main_thread()]


def test_collection_is_handed_back(qapp: QApplication) -> None:
    was = gc.isenabled()
    made = Collector()
    made.start()
    assert not gc.isenabled()
    made.collect_due()
    made.stop()
    assert gc.isenabled()
    if not was:
        gc.disable()


class Clock:
    """A clock that is set, and counts that are said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.young = 0
        self.frozen = 10_000
        self.looks: list[str] = []
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        monkeypatch.setattr(gc, "get_count", lambda: (self.young, 0, 0))
        monkeypatch.setattr(gc, "get_freeze_count", lambda: self.frozen)
        monkeypatch.setattr(gc, "collect", self._collect)
        monkeypatch.setattr(gc, "freeze", lambda: None)
        monkeypatch.setattr(gc, "unfreeze", lambda: self.looks.append("all"))
        # It lends out tuples that another thread is about to make.
        monkeypatch.setattr(gc, "get_objects", lambda: pytest.fail("asked for all objects"))

    def _collect(self, generation: int = 2) -> int:
        self.looks.append("look")
        self.frozen += self.young
        self.young = 0
        return 0


@pytest.fixture
def clock(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Clock:
    collector.stop()
    clock = Clock(monkeypatch)
    collector.start()
    return clock


def test_few_objects_wait_and_many_are_looked_at_before_they_are_more(
    collector: Collector, clock: Clock
) -> None:
    clock.now, clock.young = 0.5, 2_000
    collector.collect_due()
    assert clock.looks == []
    clock.now = 1.5
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.young = 30_000
    collector.collect_due()
    assert clock.looks == ["look", "look"]


def test_all_there_is_is_looked_at_when_much_has_come_and_nobody_uses_the_window(
    collector: Collector, clock: Clock
) -> None:
    clock.now, clock.young = 60.0, 2_000
    collector.collect_due()
    assert clock.looks == ["look"]  # less than a quarter has come
    clock.looks.clear()
    collector.note_use()
    clock.now, clock.young = 62.0, 2_000
    collector.collect_due()
    assert clock.looks == ["look"]  # somebody is at work
    clock.looks.clear()
    clock.now = 75.0
    collector.collect_due()
    assert clock.looks == ["all", "look"]
    clock.looks.clear()
    clock.now = 90.0
    collector.collect_due()
    assert clock.looks == []


def test_much_that_stays_is_not_looked_at_again_before_as_much_has_come(
    collector: Collector, clock: Clock
) -> None:
    clock.now, clock.young = 60.0, 500_000
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.now = 181.0
    collector.collect_due()
    assert clock.looks == ["look"]  # a long brief was opened: it stays
    clock.now, clock.young = 182.0, 600_000
    collector.collect_due()
    assert clock.looks == ["look", "look", "all", "look"]


def test_very_much_waits_until_nobody_is_there(collector: Collector, clock: Clock) -> None:
    clock.now, clock.young = 60.0, 1_200_000
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.now = 119.0
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.now = 121.0
    collector.collect_due()
    assert clock.looks == ["look", "all", "look"]


def test_what_has_gone_by_itself_is_not_counted(collector: Collector, clock: Clock) -> None:
    clock.now, clock.young = 60.0, 5_000
    clock.frozen = 5_100  # much of what was there has gone: the looks added nothing on the whole
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.now, clock.young = 62.0, 9_000
    collector.collect_due()
    assert clock.looks == ["look", "look"]  # to count all is no small work either
    clock.now = 71.0
    collector.collect_due()
    assert clock.looks == ["look", "look", "all", "look"]


def test_keys_and_the_mouse_are_use(qtbot: QtBot, collector: Collector, clock: Clock) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    handle = window.windowHandle()
    QApplication.instance().focusWindowChanged.emit(handle)  # type: ignore[union-attr]
    clock.now, clock.young = 60.0, 5_000
    QTest.keyClick(handle, Qt.Key.Key_A)
    collector.collect_due()
    assert clock.looks == ["look"]
    clock.now = 120.0
    collector.collect_due()
    assert clock.looks == ["look", "all", "look"]


def test_what_stays_is_looked_at_once_and_its_cycles_are_taken_apart_in_the_end(
    qapp: QApplication, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[threading.Thread] = []
    knots = [Knot(seen)]
    kept = [[n] for n in range(30_000)]
    assert kept
    collector.collect_due()
    knots.clear()
    more = [[n] for n in range(30_000)]
    assert more
    collector.collect_due()
    assert seen == []  # it was looked at before it went
    monkeypatch.setattr("briefer.ui.collector._SHARE", 1_000_000)
    monkeypatch.setattr("briefer.ui.collector._MUCH", 0)
    later = time.monotonic() + 3_600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    collector.collect_due()
    assert seen == [threading.main_thread()]
