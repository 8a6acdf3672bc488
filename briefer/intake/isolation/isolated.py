"""Files into captures in worker processes, so that no file can hold up or bring down the program.

A worker that takes too long, grows too large or dies is replaced, and the file that it was reading is refused
with the reason; the others are read as if nothing had happened.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TypeVar

from briefer.domain.bulk_form import Prepared, Preparer, Rules
from briefer.errors import InputError
from briefer.intake import files
from briefer.intake.isolation.limits import Limits
from briefer.intake.isolation.process import Fallen, WorkerProcess
from briefer.intake.isolation.worker import (
    Answer,
    Broken,
    Captured,
    Draw,
    Drawn,
    Exhausted,
    Failed,
    Part,
    Prepare,
    Question,
    Read,
    Ready,
)
from briefer.intake.reader import Item, outcomes
from briefer.services.ports import Found, Lines, Outcome, PageImage, Taken

log = logging.getLogger(__name__)

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

_MOST_WORKERS = 4
_IDLE_S = 60.0
_FEW_LINES = 1000
_FEW_BYTES = 2_000_000
# So that there is enough to do for the workers while a transaction is stored.
_LINES_AHEAD = 12
_BYTES_AHEAD = 64_000_000
_STOPPED, _THE_REST = "input-stopped", "the rest of the file"
# Libraries in C do not give back all the memory that they took: a worker that has grown is replaced.
_GROWN = 0.25
# What files that were read earlier may have brought about; such a file gets a fresh worker.
_PERHAPS_OF_OTHERS = frozenset({"input-too-much", "input-crashed"})


class IsolatedIntake:
    """Reads every format beside the program; satisfies :class:`briefer.services.ports.IntakeReader`.

    Safe to use from several threads. ``workers`` is how many processes read at a time (the processors of the
    machine, at most four, where it is None); one more draws pages. They start when they are first needed and
    end when they have had nothing to do for a minute, at :meth:`close`, or with the program.
    """

    def __init__(self, workers: int | None = None, limits: Limits | None = None) -> None:
        count = workers or min(_MOST_WORKERS, os.cpu_count() or 1)
        limits = limits or Limits()
        self._count = count
        self._ahead = 2 * count
        self._readers = _Crew(count, limits)
        self._drawers = _Crew(1, limits)
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="briefer-intake")

    def expand(self, paths: Iterable[Path]) -> tuple[Found, ...]:
        """Return files as they are, and each folder's readable files in its place, sorted by name."""
        return files.expand(paths)

    def take(self, path: Path) -> Taken:
        """Read a file's bytes."""
        return files.take(path)

    def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
        """Make captures, in the order given; an archive, message or list of references gives several."""
        asked: set[Future[tuple[Item, ...]]] = set()

        def ask(taken: Taken) -> Callable[[], Iterable[Item]]:
            try:
                future = self._pool.submit(self._items, taken)
            except RuntimeError:  # closed meanwhile
                return lambda: (InputError("input-stopped", name=taken.name),)
            asked.add(future)
            future.add_done_callback(asked.discard)
            return lambda: _answered(future, taken)

        try:
            yield from outcomes(files, ask, self._ahead)
        finally:
            for future in tuple(asked):
                future.cancel()

    def prepare(self, lines: Iterable[Lines]) -> Iterator[tuple[Lines, Prepared]]:
        """Prepare lines of the bulk form, in the order given; a few are not worth starting workers for."""
        first, drawn = _beginning(lines)
        rest = yield from self._here_meanwhile(first, drawn)
        waiting: deque[tuple[Lines, Future[Prepared]]] = deque()
        try:
            for some in rest:
                waiting.append((some, self._submit(some)))
                while len(waiting) > _LINES_AHEAD or sum(ahead.size for ahead, _ in waiting) > _BYTES_AHEAD:
                    yield waiting[0][0], waiting.popleft()[1].result()
            while waiting:
                yield waiting[0][0], waiting.popleft()[1].result()
        finally:
            for _, future in waiting:
                future.cancel()

    def page(self, taken: Taken, number: int, width: int) -> PageImage:
        """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide."""
        for answer in self._drawers.ask(Draw(taken, number, width)):
            if isinstance(answer, Drawn):
                return answer.image
            if item := _item(answer, taken.name):
                assert isinstance(item, InputError)
                raise item
        raise InputError("input-no-pages", name=taken.name)

    def close(self) -> None:
        """End the workers, also those that are at work."""
        self._readers.close()
        self._drawers.close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _here_meanwhile(
        self, first: Sequence[Lines], drawn: Iterator[Lines]
    ) -> Generator[tuple[Lines, Prepared], None, Iterator[Lines]]:
        """Prepare lines in this process as long as no worker has started, and return the others."""
        if not first:
            return drawn
        few = sum(len(some.data) for some in first) < _FEW_LINES
        started = [] if few else [self._pool_does(self._start, first[0].rules) for _ in range(self._count)]
        preparer: Preparer | None = None
        all_ = chain(first, drawn)
        for some in all_:
            if any(worker.done() for worker in started):
                return chain((some,), all_)
            if preparer is None or preparer.rules is not some.rules:
                preparer = Preparer(some.rules)
            yield some, self._here(preparer, some) or self._submit(some).result()
        return all_

    def _start(self, rules: Rules) -> None:
        self._readers.ask(Prepare((), rules))

    def _here(self, preparer: Preparer, some: Lines) -> Prepared | None:
        if some.size > _FEW_BYTES:
            return None
        try:
            return preparer.prepare(some.data)
        except Exception:  # noqa: BLE001 - a worker finds out which of the lines it was
            return None

    def _submit(self, some: Lines) -> Future[Prepared]:
        return self._pool_does(self._prepared, some)

    def _pool_does(self, work: Callable[[_Given], _Made], given: _Given) -> Future[_Made]:
        try:
            return self._pool.submit(work, given)
        except RuntimeError as error:  # closed meanwhile
            raise InputError("input-stopped", name=_THE_REST) from error

    def _prepared(self, some: Lines) -> Prepared:
        """Have lines prepared; where the worker falls over one of them, that one is refused and the others are not."""
        refusal: InputError | None = None
        for answer in self._readers.ask(Prepare(some.data, some.rules)):
            if isinstance(answer, Ready):
                return answer.prepared
            if isinstance(answer, Fallen) and answer.code == _STOPPED:
                raise InputError(_STOPPED, name=_THE_REST)
            refusal = refusal or _refusal(answer)
        if len(some.data) == 1:
            return Prepared((str(refusal),), ())
        middle = len(some.data) // 2
        return self._prepared(some.part(0, middle)).with_(self._prepared(some.part(middle, len(some.data))))

    def _items(self, taken: Taken) -> tuple[Item, ...]:
        answers = self._readers.ask(Read(taken))
        return tuple(item for answer in answers if (item := _item(answer, taken.name)) is not None)


def _beginning(lines: Iterable[Lines]) -> tuple[list[Lines], Iterator[Lines]]:
    """Return some of the lines, all of them where they are few, and the others."""
    drawn = iter(lines)
    first: list[Lines] = []
    while sum(len(some.data) for some in first) < _FEW_LINES and (some := next(drawn, None)) is not None:
        first.append(some)
    return first, drawn


def _answered(future: Future[tuple[Item, ...]], taken: Taken) -> tuple[Item, ...]:
    try:
        return future.result()
    except CancelledError:
        return (InputError("input-stopped", name=taken.name),)


def _refusal(answer: Answer | Fallen) -> InputError | None:
    if isinstance(answer, Exhausted):
        answer = Fallen("input-too-much")
    item = _item(answer, "it")
    return item if isinstance(item, InputError) else None


def _item(answer: Answer | Fallen, name: str) -> Item | None:
    match answer:
        case Captured(capture):
            return capture
        case Part(taken):
            return taken
        case Failed(code, data):
            return InputError(code, **data)
        case Broken(where, trace):
            log.info("%s: %s\n%s", name, where, trace)
            return InputError("input-crashed", name=name, detail=where)
        case Fallen():
            return InputError(answer.code, name=name, detail="the reader broke off")
        case _:
            return None


class _Crew:
    """Some worker processes that are alike. Each question is answered by one that is free."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._limits = limits
        self._seats = tuple(_Seat() for _ in range(count))
        self._free: queue.LifoQueue[_Seat] = queue.LifoQueue()
        for seat in self._seats:
            self._free.put(seat)
        # Also when somebody forgets to close: at the latest when the program ends.
        weakref.finalize(self, _close, self._seats)

    def ask(self, question: Question) -> tuple[Answer | Fallen, ...]:
        """Return the answers; the last is :class:`Fallen` where the worker ended before it was done."""
        seat = self._free.get()
        try:
            return seat.ask(question, self._limits)
        finally:
            self._free.put(seat)

    def close(self) -> None:
        """End the workers; questions from now on are refused with ``input-stopped``."""
        _close(self._seats)


def _close(seats: Iterable[_Seat]) -> None:
    for seat in seats:
        seat.close()


class _Seat:
    """The place of one worker process, which is started when it is needed. One thread asks at a time."""

    def __init__(self) -> None:
        # Reentrant, because garbage collection may close a crew anywhere.
        self._lock = threading.RLock()
        self._worker: WorkerProcess | None = None
        self._busy = False
        self._closed = False
        self._rested = 0.0
        self._timer: threading.Timer | None = None

    def ask(self, question: Question, limits: Limits) -> tuple[Answer | Fallen, ...]:
        """Return the answers; the last is :class:`Fallen` where the worker ended before it was done."""
        answers: list[Answer | Fallen] = []
        worker: WorkerProcess | None = None
        try:
            worker = self._hire(limits)
            answers.extend(worker.ask(question))
        except Fallen as fallen:
            self._dismiss()
            if self._closed:
                return (*answers, Fallen(_STOPPED))
            if fallen.code in _PERHAPS_OF_OTHERS and worker and worker.asked > 1:
                return self.ask(question, limits)
            answers.append(fallen)
        except BaseException:
            # The rest of its answer would be taken for that to the next question.
            self._dismiss()
            raise
        finally:
            self._rest(limits)
        return tuple(answers)

    def close(self) -> None:
        """End the worker, whatever it does, and start none any more."""
        with self._lock:
            self._closed = True
            self._dismiss()
            if self._timer:
                self._timer.cancel()

    def _hire(self, limits: Limits) -> WorkerProcess:
        with self._lock:
            if self._closed:
                raise Fallen(_STOPPED)
            self._busy = True
            if self._worker is None:
                self._worker = WorkerProcess(limits)
            return self._worker

    def _dismiss(self) -> None:
        with self._lock:
            if self._worker:
                self._worker.kill()
            self._worker = None

    def _rest(self, limits: Limits) -> None:
        with self._lock:
            self._busy = False
            self._rested = time.monotonic()
            if self._worker and self._worker.memory_mb > _GROWN * limits.memory_mb:
                self._dismiss()
            if self._worker and not self._timer:
                self._wait(_IDLE_S)

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._leave)
        self._timer.daemon = True
        self._timer.start()

    def _leave(self) -> None:
        with self._lock:
            self._timer = None
            idle = time.monotonic() - self._rested
            if self._busy or self._closed:
                return
            if idle < _IDLE_S:
                self._wait(_IDLE_S - idle)
            else:
                self._dismiss()
