from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

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
    kept = [[n] for n in range(2_000)]
    assert kept
    collector.collect_due()
    gc.collect()
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


def test_all_there_is_is_looked_at_only_when_much_has_come(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def collect(generation: int = 2) -> int:
        looked.append(generation)
        return 0

    monkeypatch.setattr(gc, "collect", collect)
    monkeypatch.setattr(gc, "get_count", lambda: (1_000, 11, 11))
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 10_000)
    # It lends out tuples that another thread is about to make.
    monkeypatch.setattr(gc, "get_objects", lambda: pytest.fail("asked for all objects"))
    collector.stop()
    collector.start()
    for _second in range(4):
        collector.collect_due()
    # A thousand came each time: with the third, it is a quarter of what there is.
    assert looked == [1, 1, 1, 2]
    collector.collect_due()
    assert looked[-1] == 1
