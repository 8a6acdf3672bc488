"""The commands around what was done and what was deleted: record, remove, trash."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from briefer.cli.output import Json, print_json, progress_bar, say
from briefer.domain.record import as_json, told
from briefer.domain.trash import Trashed, TrashKind
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.record_files import moment

DONE, RED, REFUSED = 0, 1, 3
_TERM = re.compile(r"(partner|risk|theme):.+")
_SEARCHED = (TrashKind.SOURCE, TrashKind.EXCERPT, TrashKind.BRIEF)


def add_record(command: argparse.ArgumentParser) -> None:
    """Add what ``record`` takes."""
    command.add_argument("--output", type=Path, metavar="FILE", help="write it to a .jsonl or .md file")
    command.add_argument("--text", default="", metavar="WORDS", help="only entries that have these words")


def add_remove(command: argparse.ArgumentParser) -> None:
    """Add what ``remove`` takes."""
    command.add_argument(
        "things", nargs="+", metavar="ID", help="a source, excerpt or brief, or a term as risk:cyber"
    )


def add_trashed(command: argparse.ArgumentParser, *, empty: bool = False) -> None:
    """Add what ``trash restore`` and ``trash empty`` take."""
    command.add_argument(
        "things", nargs="*" if empty else "+", metavar="ID", help="as `briefer trash list` shows them"
    )
    if empty:
        command.add_argument(
            "--yes", action="store_true", help="delete what is named; nothing brings it back"
        )


def record(desk: Desk, arguments: argparse.Namespace) -> int:
    """Print the record or write it to a file, and see that nobody has altered it."""
    with progress_bar("Checking") as progress:
        found = desk.record.verify(progress)
    if arguments.output is not None:
        count = desk.record.export(arguments.output)
        print(f"{arguments.output}: {count} entries")
    else:
        numbers = desk.record.numbers(text=arguments.text)
        entries = desk.record.entries(numbers)
        if arguments.json:
            print_json([as_json(entry) for entry in entries])
        for entry in () if arguments.json else entries:
            facts = "; ".join(f"{name}: {text}" for name, text in told(entry.facts))
            about = f"{entry.subject} “{entry.label}”" if entry.label else entry.subject
            print(f"{entry.number:6}  {moment(entry)}  {entry.who}  {entry.kind}: {about}  {facts}".rstrip())
    if found:
        say(f"briefer: the record is broken at entry {found.number}: {found.why}.")
    return RED if found else DONE


def remove(desk: Desk, arguments: argparse.Namespace) -> int:
    """Put things into the trash; what cannot be is told, and the others go on."""
    status = DONE
    for text in arguments.things:
        try:
            kind, thing = _found(desk, text)
            desk.trash.throw(kind, [thing], f"Remove {kind}")
        except InputError as error:
            say(f"briefer: {error}")
            status = REFUSED
        else:
            print(f"{kind} {thing}: in the trash")
    return status


def trash(desk: Desk, arguments: argparse.Namespace) -> int:
    """List what is in the trash, put things back, or delete them for good."""
    if arguments.action == "restore":
        return _restore(desk, _chosen(desk, arguments.things))
    if arguments.action == "empty":
        return _empty(desk, arguments)
    things = desk.trash.all()
    if arguments.json:
        print_json([_json(desk, one) for one in things])
        return DONE
    for one in things:
        why = desk.trash.stuck(one)
        print(_line(one) + (f"  cannot be put back: {why}" if why else ""))
    if not things:
        say("the trash is empty")
    return DONE


def _restore(desk: Desk, chosen: Sequence[Trashed]) -> int:
    done = desk.trash.restore([one.id for one in chosen])
    for one in done.back:
        print(f"back: {one.kind} “{one.label}”")
    for note in done.notes:
        say(f"briefer: {note}.")
    for one, why in done.left:
        say(f"briefer: {one.kind} “{one.label}” stays in the trash: {why}.")
    return RED if done.left else DONE


def _empty(desk: Desk, arguments: argparse.Namespace) -> int:
    """Name what would be gone for good; with ``--yes`` delete it."""
    places = [one.id for one in _chosen(desk, arguments.things)] if arguments.things else None
    named = desk.trash.emptying(places)
    if arguments.yes:
        desk.trash.empty(named.gone)
    if arguments.json:
        print_json(
            {
                "deleted": arguments.yes,
                "gone": [_json(desk, one) for one in named.gone],
                "stranded": [_json(desk, one) for one in named.stranded],
            }
        )
        return DONE
    for one in named.gone:
        print(f"{'gone for good' if arguments.yes else 'would be gone for good'}: {_line(one)}")
    for one in named.stranded:
        print(f"could not be put back any more: {_line(one)}")
    if named.gone and not arguments.yes:
        say(f"briefer: nothing was deleted; `briefer trash empty {arguments.library} --yes` does it.")
    return DONE


def _found(desk: Desk, text: str) -> tuple[TrashKind, str]:
    """Return what an id on the command line means. Raises InputError ``ambiguous``, ``trash-kind``."""
    if _TERM.fullmatch(text):
        return TrashKind.TERM, text
    for kind in _SEARCHED:
        try:
            return kind, desk.find.one(kind.value, text)
        except InputError as error:
            if error.code != "not-found":
                raise
    raise InputError("trash-kind", id=text)


def _chosen(desk: Desk, texts: Sequence[str]) -> list[Trashed]:
    """Return what is meant in the trash, by the beginning of a thing's id."""
    things = desk.trash.all()
    chosen = []
    for text in texts:
        found = [one for one in things if one.thing.startswith(text)]
        if len(found) > 1:
            raise InputError("ambiguous", kind="thing in the trash", id=text)
        if not found:
            raise InputError("trash-gone", id=text)
        chosen += found
    return chosen


def _line(one: Trashed) -> str:
    holds = ", ".join(f"{count} {name}" for name, count in one.holds.items())
    by = f" by {one.who}" if one.who else ""
    with_ = f"  with {holds}" if holds else ""
    return f"{one.thing}  {one.kind} “{one.label}”{with_}  deleted {one.at:%Y-%m-%d %H:%M} UTC{by}"


def _json(desk: Desk, one: Trashed) -> Json:
    return {
        "id": one.thing,
        "kind": one.kind,
        "label": one.label,
        "deleted_at": one.at,
        "deleted_by": one.who,
        "holds": one.holds,
        "source": one.source_id,
        "stuck": desk.trash.stuck(one) or None,
    }
