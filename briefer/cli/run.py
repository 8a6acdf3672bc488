"""Running a command: opening its library, and turning known errors into one line and an exit status."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from briefer import in_use
from briefer.cli import (
    composing,
    correcting,
    curating,
    demo,
    exporting,
    keeping,
    marking,
    protecting,
    recording,
    renewing,
    selftest,
    styling,
    templating,
    verifying,
)
from briefer.cli.output import progress_bar
from briefer.cli.parser import COMMANDS, build_parser
from briefer.cli.unlocking import passphrase_for
from briefer.errors import InputError, KnownError, LibraryError, UsageError
from briefer.services.backups import UNREADABLE
from briefer.services.desk import Desk, Opener

OpenWindow = Callable[[Path | None, str | None], int]
_USAGE, _INPUT, _LIBRARY = 2, 3, 4
_NO_OUTPUT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})

_ON_LIBRARY: dict[str, Callable[[Desk, argparse.Namespace], int]] = {
    "import": curating.import_files,
    "sources": curating.sources,
    "source": curating.source,
    "excerpt": curating.excerpt,
    "tag": curating.tag,
    "confirm": curating.confirm,
    "correct": correcting.correct,
    "carry": correcting.carry,
    "vocabulary": correcting.vocabulary,
    "search": composing.search,
    "compose": composing.compose,
    "briefs": composing.briefs,
    "export": exporting.export,
    "mark": marking.mark,
    "check": composing.check,
    "forms": renewing.forms,
    "offers": renewing.offers,
    "next": renewing.following,
    "compare": renewing.compare,
    "uses": renewing.uses,
    "doctor": keeping.doctor,
    "backup": keeping.backup,
    "record": recording.record,
    "remove": recording.remove,
    "trash": recording.trash,
}
_WITHOUT_LIBRARY: dict[str, Callable[[Opener, argparse.Namespace], int]] = {
    "init": keeping.init,
    "backups": keeping.backups,
    "rescue": keeping.rescue,
    "protect": protecting.protect,
    "rekey": protecting.rekey,
    "unprotect": protecting.unprotect,
    "remember": protecting.remember,
    "copies": protecting.copies,
    "styles": styling.styles,
    "template": templating.template,
}


def is_command(arguments: Sequence[str]) -> bool:
    """Whether the arguments are for the command line; no argument, a library and files are for the window."""
    if arguments and arguments[0] in COMMANDS:
        return True
    return not all(name.endswith(in_use.SUFFIX) or Path(name).exists() for name in arguments)


def run_command(arguments: Sequence[str], opener: Opener, open_window: OpenWindow) -> int:
    """Run one command and return its exit status (CLI contract)."""
    parsed = build_parser().parse_args(_with_query_last(arguments))
    try:
        _see_text(parsed)
        status = _run(parsed, opener, open_window)
        sys.stdout.flush()
        return status
    except KnownError as error:
        print(f"briefer: {error}{_offer(error, parsed, opener)}", file=sys.stderr)
        return _status(error)
    except BrokenPipeError:
        _let_go_of_output()  # whoever read it (`| head`) has enough
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_OUTPUT:
            raise
        _let_go_of_output()
        print(
            f"briefer: the output cannot be written ({error.strerror}); make room, or write it elsewhere.",
            file=sys.stderr,
        )
        return _INPUT
    except KeyboardInterrupt:
        print("briefer: interrupted; what was finished is kept.", file=sys.stderr)
        return 130


def _let_go_of_output() -> None:
    """See to it that Python does not try to write the rest at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _see_text(parsed: argparse.Namespace) -> None:
    """Refuse bytes that are no text, which Python takes into arguments; names of files may have them."""
    for value in vars(parsed).values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
                raise UsageError("argument-not-text", argument=text.encode("utf-8", "replace").decode())


def _run(parsed: argparse.Namespace, opener: Opener, open_window: OpenWindow) -> int:
    if parsed.selftest:
        return selftest.selftest(opener)
    if parsed.command is None:
        return open_window(None, None)
    if parsed.command == "demo":
        return demo.run(opener, open_window, parsed.out, window=not parsed.no_window)
    if parsed.command in _WITHOUT_LIBRARY:
        return _WITHOUT_LIBRARY[parsed.command](opener, parsed)
    if parsed.command == "verify":
        return verifying.verify(opener, parsed)
    passphrase = passphrase_for(opener, parsed.library, parsed.passphrase_file)
    with progress_bar("Indexing") as progress:
        desk = opener.open(parsed.library, passphrase=passphrase, progress=progress)
    try:
        return _ON_LIBRARY[parsed.command](desk, parsed)
    finally:
        desk.close()


def _with_query_last(arguments: Sequence[str]) -> list[str]:
    """Let a query begin with ``-``, which the parser would take for an option."""
    words = list(arguments)
    if words[:1] == ["search"] and len(words) > 2 and re.match(r"-(?!-|h$)", words[2]):
        return [*words[:2], *words[3:], "--", words[2]]
    return words


def _offer(error: KnownError, parsed: argparse.Namespace, opener: Opener) -> str:
    """Return which backup of a library that cannot be read is the newest good one, if there is any."""
    path = getattr(parsed, "library", None)
    if error.code not in UNREADABLE or path is None:
        return ""
    backups = opener.backups(path, passphrase_for(opener, path, parsed.passphrase_file))
    sound = backups.newest_sound()
    if sound is None:
        return ""
    number = backups.all().index(sound) + 1
    return (
        f" The newest good backup is of {sound.made_at:%Y-%m-%d %H:%M} UTC: "
        f"`briefer backups {path} --restore {number}` goes back to it, and keeps the present file."
    )


def _status(error: KnownError) -> int:
    if isinstance(error, LibraryError):
        return _LIBRARY
    return _INPUT if isinstance(error, InputError) else _USAGE
