"""Passphrases on the command line: from a file, the keyring or the terminal; never from an argument."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from briefer.cli.output import say
from briefer.domain.passphrases import SHORT, Passphrase
from briefer.errors import InputError, UsageError
from briefer.services.desk import Opener

_STANDARD_INPUT = Path("-")
_LONGEST = 1 << 16


def passphrase_for(opener: Opener, library: Path, given: Path | None) -> Passphrase | None:
    """Return the passphrase of a library, or None where it needs none or nobody can be asked.

    It is read from the file that was ``given``, or else known to the keyring, or asked at the terminal.
    """
    protection = opener.protection(library)
    if not protection.needs_passphrase:
        return None
    if given is not None:
        return read_passphrase(given)
    known = protection.recall()
    if known is not None or not sys.stdin.isatty():
        return known
    return Passphrase(getpass.getpass(f"Passphrase of {library.name}: "))


def new_passphrase(library: Path, given: Path | None) -> Passphrase:
    """Return a new passphrase, from the file that was ``given`` or asked twice at the terminal.

    Raises UsageError ``passphrase-empty``, ``passphrase-twice``, ``passphrase-none``; InputError ``passphrase-file``.
    """
    if given is not None:
        passphrase = read_passphrase(given)
    elif sys.stdin.isatty():
        passphrase = Passphrase(getpass.getpass(f"New passphrase of {library.name}: "))
        if Passphrase(getpass.getpass("The same again: ")) != passphrase:
            raise UsageError("passphrase-twice")
    else:
        raise UsageError("passphrase-none")
    if passphrase.short:
        say(f"fewer than {SHORT} characters can be guessed by a machine; several words at random are better")
    return passphrase


def read_passphrase(file: Path) -> Passphrase:
    """Return the first line of a file, or of standard input for «-».

    Raises InputError ``passphrase-file``; UsageError ``passphrase-empty``.
    """
    try:
        if file == _STANDARD_INPUT:
            line = sys.stdin.buffer.readline(_LONGEST)
        else:
            with file.open("rb") as opened:
                line = opened.readline(_LONGEST)
        return Passphrase(line.decode("utf-8-sig").rstrip("\r\n"))
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise InputError("passphrase-file", name=file.name, detail=detail) from error
    except UnicodeDecodeError as error:
        raise InputError("passphrase-file", name=file.name, detail="it is not UTF-8") from error
