"""The commands around the library file itself: init, doctor, backup."""

from __future__ import annotations

import argparse

from briefer.cli.output import progress_bar
from briefer.services.desk import Desk, Opener

DONE, RED = 0, 1


def init(opener: Opener, arguments: argparse.Namespace) -> int:
    """Make a new library."""
    opener.create(arguments.library).close()
    print(f"{arguments.library}: a new library")
    return DONE


def doctor(desk: Desk, arguments: argparse.Namespace) -> int:
    """Look for damage; with ``--repair`` make the search index anew before."""
    if arguments.repair:
        with progress_bar("Indexing") as progress:
            desk.review.repair(progress)
    with progress_bar("Looking") as progress:
        problems = desk.review.doctor(progress)
    for problem in problems:
        print(problem)
    counts = desk.find.counts()
    if not problems:
        print(f"sound: {counts.sources} sources, {counts.excerpts} excerpts, {counts.briefs} briefs")
    return RED if problems else DONE


def backup(desk: Desk, arguments: argparse.Namespace) -> int:
    """Copy the library."""
    desk.library.backup(arguments.out)
    print(arguments.out)
    return DONE
