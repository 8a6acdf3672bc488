"""Work beside the window's thread.

One long-lived object over thread pools; a finished future emits one queued signal, whose slot hands the result
over on the window's thread. (Signals owned by short-lived tasks lose results: docs/ARCHITECTURE.md.)
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

_READERS = 3


@dataclass(eq=False)
class Job:
    """One piece of work. Cancelling drops its result; work that has begun runs to its end."""

    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    writes: bool
    latest: str
    owner: QObject | None = None
    cancelled: bool = False
    future: Future[Any] | None = field(default=None, repr=False)

    def cancel(self) -> None:
        """Drop the job; neither ``done`` nor ``failed`` will be called."""
        self.cancelled = True
        if self.future is not None:
            self.future.cancel()


class JobRunner(QObject):
    """Runs reads in parallel, and writes one at a time in the order given."""

    writing_changed = Signal(bool)
    idle = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="briefer-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="briefer-write")
        self._jobs: set[Job] = set()
        self._latest: dict[str, Job] = {}
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        *,
        writes: bool = False,
        latest: str = "",
        owner: QObject | None = None,
    ) -> Job:
        """Run ``work`` beside the window; ``done(result)`` or ``failed(error)`` follows on the window's thread.

        A job under the name ``latest`` takes the place of an unfinished one of that name (search as one types).
        When ``owner``, a widget, has gone meanwhile, nothing is called.
        """
        job = Job(done, failed, writes, latest, owner)
        if self._closed:
            job.cancel()
            return job
        if latest:
            former = self._latest.get(latest)
            if former is not None:
                former.cancel()
            self._latest[latest] = job
        self._jobs.add(job)
        if writes and sum(j.writes for j in self._jobs) == 1:
            self.writing_changed.emit(True)
        future = (self._writer if writes else self._readers).submit(work)
        job.future = future
        future.add_done_callback(lambda _future: self._finished.emit(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._jobs)

    @property
    def writing(self) -> bool:
        """Whether a write is under way or waits its turn."""
        return any(job.writes for job in self._jobs)

    def drop_reads(self) -> None:
        """Drop the results of all reads under way (another library is opened)."""
        for job in self._jobs:
            if not job.writes:
                job.cancel()

    def close(self) -> None:
        """Drop the reads, finish the writes, and take no more work."""
        self._closed = True
        self.drop_reads()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._finished.disconnect(self._deliver)
        self._jobs.clear()
        self._latest.clear()

    def _deliver(self, job: Job) -> None:
        self._jobs.discard(job)
        if self._latest.get(job.latest) is job:
            del self._latest[job.latest]
        # The future knows the job by its callback: as a cycle both would stay until garbage is collected, with the result.
        future, job.future = job.future, None
        gone = job.owner is not None and not shiboken6.isValid(job.owner)
        if not job.cancelled and not gone and future is not None and not future.cancelled():
            error = future.exception()
            if error is not None:
                job.failed(error)
            else:
                job.done(future.result())
        if job.writes and not self.writing:
            self.writing_changed.emit(False)
        if not self._jobs:
            self.idle.emit()


def owner_of(receiver: Callable[..., Any]) -> QObject | None:
    """Return the widget or other QObject that ``receiver`` is a method of, or None."""
    owner = getattr(receiver, "__self__", None)
    return owner if isinstance(owner, QObject) else None
