"""The commands around encryption: protect, rekey, unprotect, remember, copies."""

from __future__ import annotations

import argparse
from pathlib import Path

from briefer.cli.output import print_json, say
from briefer.cli.unlocking import new_passphrase, passphrase_for
from briefer.domain.passphrases import Passphrase
from briefer.domain.protection import LooseCopy
from briefer.errors import LibraryError
from briefer.services.desk import Opener
from briefer.services.protection import Protection

_DONE = 0


def protect(opener: Opener, arguments: argparse.Namespace) -> int:
    """Encrypt a library."""
    path = arguments.library
    protection = opener.protection(path)
    protection.require_plain()
    new = new_passphrase(path, arguments.passphrase_file)
    protection.encrypt(new)
    print(f"{path}: encrypted; nobody can open it without the passphrase, and nobody can bring that back")
    _finish(protection, new, arguments)
    return _DONE


def rekey(opener: Opener, arguments: argparse.Namespace) -> int:
    """Give a library another passphrase."""
    path = arguments.library
    protection = opener.protection(path)
    present = _present(opener, arguments)
    new = new_passphrase(path, arguments.new_passphrase_file)
    protection.rekey(present, new)
    print(f"{path}: encrypted with the new passphrase")
    _finish(protection, new, arguments)
    return _DONE


def unprotect(opener: Opener, arguments: argparse.Namespace) -> int:
    """Take a library's encryption away."""
    opener.protection(arguments.library).decrypt(_present(opener, arguments))
    print(f"{arguments.library}: is no longer encrypted")
    return _DONE


def remember(opener: Opener, arguments: argparse.Namespace) -> int:
    """Leave a library's passphrase with the system's keyring, or take it out."""
    protection = opener.protection(arguments.library)
    if arguments.forget:
        protection.forget()
        print(f"{arguments.library}: the keyring has no passphrase of it")
        return _DONE
    protection.remember(_present(opener, arguments))
    print(f"{arguments.library}: this computer's keyring has its passphrase")
    return _DONE


def copies(opener: Opener, arguments: argparse.Namespace) -> int:
    """List, and delete, the copies beside a library that its passphrase does not guard."""
    protection = opener.protection(arguments.library)
    passphrase = passphrase_for(opener, arguments.library, arguments.passphrase_file)
    protection.check(passphrase)
    found = protection.loose_copies(passphrase)
    gone = [copy for copy in found if arguments.delete and not copy.by_hand]
    protection.remove(gone)
    if arguments.json:
        print_json([{**vars(copy), "path": str(copy.path)} for copy in found])
        return _DONE
    for copy in found:
        done = "deleted" if copy in gone else "stays"
        print(f"{done:9}{_line(copy)}" if arguments.delete else _line(copy))
    if not found:
        say(f"{arguments.library.name}: no copies beside it that its passphrase does not guard")
    elif gone:
        say("what was deleted may still be found on the disk with the tools for that, on an SSD above all")
    return _DONE


def _present(opener: Opener, arguments: argparse.Namespace) -> Passphrase:
    """Return the passphrase of a library that is encrypted, seen to be right before another is asked for."""
    path: Path = arguments.library
    protection = opener.protection(path)
    passphrase = passphrase_for(opener, path, arguments.passphrase_file)
    protection.check(passphrase)
    if passphrase is None:
        raise LibraryError("library-plain", name=path.name)
    return passphrase


def _finish(protection: Protection, passphrase: Passphrase, arguments: argparse.Namespace) -> None:
    if arguments.remember:
        protection.remember(passphrase)
    found = protection.loose_copies(passphrase)
    if not found:
        return
    say("these copies are not guarded by the passphrase:")
    for copy in found:
        say(f"  {_line(copy)}")
    if any(not copy.by_hand for copy in found):
        own = ", but for those of your own" if any(copy.by_hand for copy in found) else ""
        say(f"`briefer copies {arguments.library} --delete` deletes them{own}")
    say("copies elsewhere, exports and mails are yours to find")


def _line(copy: LooseCopy) -> str:
    state = "another passphrase" if copy.encrypted else "not encrypted"
    whose = "  a copy of your own: delete it yourself" if copy.by_hand else ""
    return f"{copy.size / 1e6:9.1f} MB  {state:18}  {copy.path}{whose}"
