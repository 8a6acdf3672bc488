from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefer.ui.jobs import JobRunner


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    was = gc.isenabled()
    gc.disable()
    yield
    if was:
        gc.enable()


def _fail(error: BaseException) -> None:
    raise error


def test_no_result_is_lost_and_all_arrive_on_the_windows_thread(runner: JobRunner, qtbot: QtBot) -> None:
    got: list[int] = []
    threads: set[threading.Thread] = set()

    def take(number: int) -> None:
        got.append(number)
        threads.add(threading.current_thread())

    for number in range(200):
        runner.submit(partial(int, number), take, _fail)
    qtbot.waitUntil(lambda: not runner.busy)
    assert sorted(got) == list(range(200))
    assert threads == {threading.main_thread()}


def test_writes_keep_their_order(runner: JobRunner, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        runner.submit(partial(done.append, number), lambda _none: None, _fail, writes=True)
    assert runner.writing
    qtbot.waitUntil(lambda: not runner.busy)
    assert done == list(range(50))


def test_writing_is_told_once_at_each_end(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[bool] = []
    runner.writing_changed.connect(told.append)
    with qtbot.waitSignal(runner.idle):
        for _number in range(3):
            runner.submit(lambda: None, lambda _none: None, _fail, writes=True)
    assert told == [True, False]


def test_a_later_job_of_the_same_name_takes_the_place_of_an_earlier(runner: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    got: list[str] = []
    runner.submit(lambda: gate.wait() and "first", got.append, _fail, latest="search")
    runner.submit(lambda: "second", got.append, _fail, latest="search")
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert got == ["second"]


def test_an_error_reaches_failed(runner: JobRunner, qtbot: QtBot) -> None:
    errors: list[BaseException] = []
    runner.submit(lambda: 1 // 0, lambda _none: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_nothing_is_called_for_a_widget_that_is_gone(runner: JobRunner, qtbot: QtBot) -> None:
    owner, got = QObject(), []  # type: tuple[QObject, list[int]]
    gate = threading.Event()
    runner.submit(lambda: gate.wait() and 1, got.append, _fail, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert got == []


def test_closing_finishes_writes_and_takes_no_more(qtbot: QtBot) -> None:
    runner, done = JobRunner(), []  # type: tuple[JobRunner, list[int]]
    runner.submit(lambda: done.append(1), lambda _none: None, _fail, writes=True)
    runner.close()
    assert done == [1]
    assert runner.submit(lambda: done.append(2), lambda _none: None, _fail).cancelled


class _Result:
    """What a job returns: something that can be watched going."""


def test_what_a_job_returned_goes_with_its_last_user_and_not_with_the_garbage(
    runner: JobRunner, qtbot: QtBot
) -> None:
    gone: list[bool] = []

    def work() -> _Result:
        made = _Result()
        weakref.finalize(made, lambda: gone.append(True))
        return made

    with _no_garbage_collection():
        runner.submit(work, lambda _result: None, _fail)
        qtbot.waitUntil(lambda: not runner.busy)
        qtbot.waitUntil(lambda: gone == [True])  # the worker lets go of it a little later
