"""One worker process as the program beside it sees it: asked, watched, and ended."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import briefer
from briefer.domain.bulk_form import Rules
from briefer.intake.isolation.limits import Limits, ended_by_cpu, resident_mb
from briefer.intake.isolation.worker import (
    ANSWERS,
    FLAG,
    LONGEST,
    Answer,
    Done,
    Draw,
    Exhausted,
    Prepare,
    Question,
    read_message,
    write_message,
)
from briefer.services.ports import Taken

_POLL_S = 0.1
_FAREWELL_S = 1.0
# A worker that died while it held that share of its memory is taken to have died of it.
_MUCH = 0.5
# What the system and the interpreter need; nothing of it says who works here, or where to connect.
_KEPT = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONPYCACHEPREFIX",
    "SYSTEMROOT",
    "TZ",
    "WINDIR",
)


# On Windows a process inherits what another thread is just handing to its own, and would keep it open.
_starting = threading.Lock()


class Fallen(Exception):
    """The worker has ended before the end of its answer; ``code`` is that of an InputError."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class WorkerProcess:
    """A worker process, started at once. One thread asks at a time; any may :meth:`kill`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._peak_mb = 0.0
        self._most_mb = limits.memory_mb
        self.asked = 0
        """How many questions it has been given."""
        self._shown: Taken | None = None
        self._rules: Rules | None = None
        with _starting:
            self._process = subprocess.Popen(  # noqa: S603 - the program itself
                [*_command(), FLAG, str(limits.memory_mb), str(limits.cpu_s)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(sys.executable).parent,
                env=_environment(),
                creationflags=_flags(),
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._answers: queue.SimpleQueue[tuple[Answer, int] | None] = queue.SimpleQueue()
        self._listener = threading.Thread(
            target=_listen,
            args=(self._process.stdout, self._answers),
            name="briefer-answers",
            daemon=True,
        )
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def memory_mb(self) -> float:
        """How much memory the process holds now."""
        return resident_mb(self.pid)

    def ask(self, question: Question) -> Iterator[Answer]:
        """Yield the answers to one question.

        Raises:
            Fallen: ``input-too-long``, ``input-too-much`` or ``input-crashed``; the process has been ended.
        """
        self.asked += 1
        self._peak_mb = 0.0
        size = None if isinstance(question, Prepare) or not question.taken else len(question.taken.data)
        self._most_mb = self._limits.of_file(size).memory_mb
        if isinstance(question, Draw):
            # Turning pages, the worker has the file already.
            same = question.taken == self._shown
            self._shown = question.taken
            question = Draw(None if same else question.taken, question.number, question.width)
        if isinstance(question, Prepare):
            given, self._rules = self._rules, question.rules
            question = Prepare(question.lines, None if question.rules is given else question.rules)
        try:
            write_message(self._questions, question)
        except (OSError, ValueError) as error:
            raise self._fallen() from error
        yield from self._until_done()

    def _until_done(self) -> Iterator[Answer]:
        deadline = time.monotonic() + self._limits.wall_s
        received = 0
        while True:
            with contextlib.suppress(queue.Empty):
                message = self._answers.get(timeout=_POLL_S)
                if message is None:
                    raise self._fallen()
                if isinstance(message[0], Done):
                    return
                if isinstance(message[0], Exhausted):
                    self.kill()
                    raise Fallen("input-too-much")
                received += message[1]
                yield message[0]
            self._watch(deadline, received)

    def _watch(self, deadline: float, received: int) -> None:
        if time.monotonic() > deadline:
            self.kill()
            raise Fallen("input-too-long")
        self._peak_mb = max(self._peak_mb, self.memory_mb)
        if self._peak_mb > self._most_mb or received > LONGEST:
            self.kill()
            raise Fallen("input-too-much")

    def _fallen(self) -> Fallen:
        """End the process and return why it ended by itself, or spoke no sense."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL_S)
        self.kill()
        if ended_by_cpu(self._process.returncode):
            return Fallen("input-too-long")
        return Fallen("input-too-much" if self._peak_mb > _MUCH * self._most_mb else "input-crashed")

    def kill(self) -> None:
        """End the process whatever it does; doing so twice is harmless."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError, ValueError):
            self._questions.close()
        if threading.current_thread() is not self._listener:
            self._listener.join(_FAREWELL_S)


def _listen(stream: BinaryIO, answers: queue.SimpleQueue[tuple[Answer, int] | None]) -> None:
    try:
        while (message := read_message(stream, ANSWERS)) is not None:
            answers.put(message)
    except Exception:  # noqa: BLE001, S110 - what does not speak as a worker does is as good as gone
        pass
    finally:
        answers.put(None)
        stream.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: a file msgspec.py that lies where the user stands is not the library of that name.
    return [sys.executable, "-P", "-m", "briefer"]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # numpy's threads would take address space that is bounded, and nothing here is done by them.
    kept["OPENBLAS_NUM_THREADS"] = "1"
    if not getattr(sys, "frozen", False):
        here = str(Path(briefer.__file__).resolve().parent.parent)
        kept["PYTHONPATH"] = os.pathsep.join([here, *filter(None, [kept.get("PYTHONPATH")])])
    return kept


def _flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
