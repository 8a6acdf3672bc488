"""Where the citation processor runs: a JavaScript machine behind two methods, load a file and call a function.

Only text goes in and comes out (JSON): no object of the machine is ever held on this side. Time of each call
and memory in all are limited, since a citation style may come from anywhere.
"""

from __future__ import annotations

import atexit
import json
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, Final

from py_mini_racer import JSEvalException, JSTimeoutException, MiniRacer

from briefer.errors import BrieferError

MEMORY: Final = 1 << 30
"""Bytes that the machine may take."""

_ENDING_SECONDS: Final = 5.0


class ScriptError(BrieferError):
    """The script threw, took too long, or took too much memory; the text says which."""


class Host:
    """One JavaScript machine. It must be closed: an open one can keep the program from ending."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._machine: MiniRacer | None = MiniRacer()
        self._machine.set_hard_memory_limit(MEMORY)
        atexit.register(self.close)

    def load(self, file: Path, *, seconds: float = 60.0) -> None:
        """Run a file of scripts.

        Raises:
            ScriptError: it threw.
        """
        self._run(file.read_text("utf-8"), seconds)

    def call(self, function: str, *arguments: object, seconds: float = 60.0) -> Any:
        """Return what ``function``, a name in the scripts, gives for ``arguments`` (plain data both).

        Raises:
            ScriptError: it threw or took longer than ``seconds``.
        """
        written = ",".join(map(_literal, arguments))
        answer = self._run(f"JSON.stringify({function}({written}))", seconds)
        return None if answer is None else json.loads(answer)

    def close(self) -> None:
        """End the machine; a second time does nothing."""
        with self._lock:
            machine, self._machine = self._machine, None
            if machine is not None:
                machine.close()
        atexit.unregister(self.close)

    def _run(self, code: str, seconds: float) -> str | None:
        with self._lock:
            if self._machine is None:
                raise ScriptError("the machine is closed")
            try:
                answer = self._machine.eval(code, timeout_sec=seconds)
            except JSTimeoutException:
                _wait_for_end(self._machine)
                raise ScriptError(f"it took longer than {seconds:g} seconds") from None
            except JSEvalException as error:
                raise ScriptError(_first_line(error)) from None
        return answer if isinstance(answer, str) else None


def _wait_for_end(machine: MiniRacer) -> None:
    """Wait until what was stopped has ended: its late answer, met by a closed machine, is an error of its own."""
    with suppress(JSTimeoutException, JSEvalException):
        machine.eval("0", timeout_sec=_ENDING_SECONDS)


def _literal(value: object) -> str:
    """Return ``value`` as a JavaScript expression: JSON inside a string, which no name in it can break out of."""
    return f"JSON.parse({json.dumps(json.dumps(value))})"


def _first_line(error: JSEvalException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next(
        (line for line in lines if "Error" in line or "error" in line), lines[0] if lines else "unknown"
    )
