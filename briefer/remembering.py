"""Passphrases in the system's keyring, asked in a process of its own.

What the `keyring` package imports (for extras that are not used) has network clients in it, and an answer can
take long: the system may ask the user first. So nothing of it is loaded into the program; and the passphrase
goes through pipes, which no list of processes shows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from briefer.domain.passphrases import Passphrase
from briefer.errors import UsageError

FLAG = "--keyring-worker"

_SERVICE = "Briefer"
_SECONDS = 120  # the system may be asking for the keyring's own password meanwhile
_RECALLED_S = 8  # whoever waits to open a library can type its passphrase instead


class Asked(msgspec.Struct, frozen=True):
    """One request: with ``text`` to keep it, without to tell what is kept, or to ``forget`` it."""

    name: str
    text: str | None = None
    forget: bool = False


class Answered(msgspec.Struct, frozen=True):
    """What is kept under the name, or (with ``fault``) why nothing can be."""

    text: str | None = None
    fault: str = ""


class SystemKeyring:
    """The keyring of this computer and user; libraries are told apart by their ids."""

    def recall(self, library: str) -> Passphrase | None:
        """Return what is kept for a library; None also where there is no keyring, or none that answers soon."""
        text = _ask(Asked(library), _RECALLED_S).text
        return Passphrase(text) if text else None

    def keep(self, library: str, passphrase: Passphrase) -> None:
        """Keep a library's passphrase. Raises UsageError ``keyring-none``."""
        fault = _ask(Asked(library, passphrase.text)).fault
        if fault:
            raise UsageError("keyring-none", detail=fault)

    def forget(self, library: str) -> None:
        """Keep it no longer; nothing happens where nothing is kept."""
        _ask(Asked(library, forget=True))


def answer(asked: Asked, keyring: Any) -> Answered:
    """Carry a request out; keyrings that guard nothing (priority below 1) count as none."""
    try:
        backend = keyring.get_keyring()
        if backend.priority < 1:
            return Answered(fault="none was found")
        if asked.forget:
            if backend.get_password(_SERVICE, asked.name) is not None:
                backend.delete_password(_SERVICE, asked.name)
            return Answered()
        if asked.text is not None:
            backend.set_password(_SERVICE, asked.name, asked.text)
        return Answered(text=backend.get_password(_SERVICE, asked.name))
    except Exception as error:  # noqa: BLE001  (backends raise what their systems do)
        return Answered(fault=type(error).__name__)


def main() -> int:
    """Answer one request on standard input; what the process is for."""
    import keyring

    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Asked)
    sys.stdout.buffer.write(msgspec.json.encode(answer(asked, keyring)))
    return 0


def _ask(asked: Asked, seconds: float | None = None) -> Answered:
    try:
        done = subprocess.run(  # noqa: S603  (the program itself)
            [*_command(), FLAG],
            input=msgspec.json.encode(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=seconds or _SECONDS,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return msgspec.json.decode(done.stdout, type=Answered)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError) as error:
        return Answered(fault=type(error).__name__)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "briefer"]


def _environment() -> dict[str, str]:
    """Return the whole environment, which tells where the keyring is, and where the program's modules are."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
