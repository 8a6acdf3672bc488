"""Stopping work that nobody waits for any more: the search of an earlier keystroke, when there is a later one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class StoppedError(Exception):
    """The work was stopped; nobody waits for its result."""


class Stop:
    """Stops pieces of work from another thread, those that have begun and those that have not."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._breaks: list[Callable[[], None]] = []
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether it was asked for."""
        return self._stopped

    def stop(self) -> None:
        """Break off what is under way, and have begun nothing more."""
        with self._lock:
            self._stopped = True
            for break_off in self._breaks:
                break_off()

    def go_on(self) -> None:
        """See, between two steps of work that no statement does, that somebody still waits for it.

        Raises:
            StoppedError: nobody does.
        """
        if self._stopped:
            raise StoppedError

    @contextmanager
    def broken_off_by(self, break_off: Callable[[], None]) -> Iterator[None]:
        """Have ``break_off`` called, from another thread, when the work inside is to end early.

        Once this is left it is not called any more: a connection may do other work then.

        Raises:
            StoppedError: where it was asked for before.
        """
        with self._lock:
            if self._stopped:
                raise StoppedError
            self._breaks.append(break_off)
        try:
            yield
        finally:
            with self._lock:
                self._breaks.remove(break_off)
