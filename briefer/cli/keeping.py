"""The commands around the library file itself: init, doctor, backup, backups."""

from __future__ import annotations

import argparse

from briefer.cli.output import Json, print_json, progress_bar, say
from briefer.cli.unlocking import new_passphrase, passphrase_for
from briefer.domain.backups import Backup
from briefer.errors import UsageError
from briefer.services.desk import Desk, Opener

DONE, RED = 0, 1


def init(opener: Opener, arguments: argparse.Namespace) -> int:
    """Make a new library."""
    if arguments.passphrase_file and not arguments.encrypt:
        raise UsageError("passphrase-unused")
    encrypted = arguments.encrypt and not arguments.library.exists()
    passphrase = new_passphrase(arguments.library, arguments.passphrase_file) if encrypted else None
    opener.create(arguments.library, passphrase).close()
    print(f"{arguments.library}: a new library{', encrypted' if passphrase else ''}")
    return DONE


def doctor(desk: Desk, arguments: argparse.Namespace) -> int:
    """Look for damage; with ``--repair`` make the search index anew before, with ``--confirm`` have changes stand."""
    if arguments.confirm:
        labels, _change = desk.review.confirm(arguments.confirm, arguments.reason)
        for label in labels:
            print(f"confirmed: {label}")
    differed: tuple[str, ...] = ()
    if arguments.repair:
        with progress_bar("Indexing") as progress:
            differed = desk.review.repair(progress)
    with progress_bar("Looking") as progress:
        problems = (*differed, *desk.review.doctor(progress))
    for problem in problems:
        print(problem)
    counts = desk.find.counts()
    if not problems:
        print(f"sound: {counts.sources} sources, {counts.excerpts} excerpts, {counts.briefs} briefs")
        if uncovered := desk.review.uncovered():
            print(
                "no fault: whether another program has changed them cannot be told of what is from an older Briefer,"
                f" and was not edited since: {'; '.join(uncovered)}"
            )
    return RED if problems else DONE


def backup(desk: Desk, arguments: argparse.Namespace) -> int:
    """Copy the library."""
    desk.library.backup(arguments.out)
    print(arguments.out)
    return DONE


def rescue(opener: Opener, arguments: argparse.Namespace) -> int:
    """Save what can be read of a damaged library into a new one, and tell what cannot."""
    passphrase = passphrase_for(opener, arguments.library, arguments.passphrase_file)
    with progress_bar("Saving") as progress:
        rescued = opener.rescue(arguments.library, arguments.out, progress, passphrase)
    if arguments.json:
        print_json({"saved": rescued.saved, "lost": rescued.lost, "harmed": rescued.harmed})
        return RED if rescued.lost or rescued.harmed else DONE
    for line in rescued.lost:
        print(f"lost    {line}")
    for line in rescued.harmed:
        print(f"harmed  {line}")
    saved = rescued.saved
    print(f"{arguments.out}: {saved.sources} sources, {saved.excerpts} excerpts, {saved.briefs} briefs saved")
    return RED if rescued.lost or rescued.harmed else DONE


def backups(opener: Opener, arguments: argparse.Namespace) -> int:
    """List the automatic backups, make one, or go back to one; the library is not opened for it."""
    path = arguments.library
    service = opener.backups(path, passphrase_for(opener, path, arguments.passphrase_file))
    if arguments.restore is not None:
        chosen = service.numbered(arguments.restore)
        kept = service.restore(chosen)
        if arguments.json:
            print_json({"restored": _backup_json(chosen), "kept": str(kept) if kept else None})
        else:
            print(f"{path}: as it was at {_when(chosen)}" + (f"; kept before: {kept}" if kept else ""))
        return DONE
    if arguments.make:
        service.make()
    found = service.all()
    if arguments.json:
        print_json([{"number": n, **_backup_json(backup)} for n, backup in enumerate(found, 1)])
        return DONE
    for number, backup in enumerate(found, 1):
        how = "encrypted" if backup.encrypted else "not encrypted"
        size = f"{backup.size / 1e6:9.1f} MB"
        print(f"{number:3}  {_when(backup)}  {size}  {how:13}  {_held(backup)}  {backup.reason}")
    if not found:
        say(f"{path.name}: no backups yet; the window makes them, or `briefer backups {path.name} --make`")
    return DONE


def _when(backup: Backup) -> str:
    return f"{backup.made_at:%Y-%m-%d %H:%M:%S} UTC"


def _held(backup: Backup) -> str:
    counts = backup.counts
    if counts is None:
        return "has another passphrase, or is damaged" if backup.encrypted else "cannot be read"
    return f"{counts.sources} sources, {counts.excerpts} excerpts, {counts.briefs} briefs"


def _backup_json(backup: Backup) -> Json:
    return {
        "name": backup.name,
        "made_at": backup.made_at,
        "reason": backup.reason,
        "size": backup.size,
        "counts": backup.counts,
        "encrypted": backup.encrypted,
    }
