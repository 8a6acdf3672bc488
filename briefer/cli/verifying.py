"""The command that compares an exported document which came back with its record and the library."""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter

from briefer.cli.output import Json, print_json, progress_bar
from briefer.cli.unlocking import passphrase_for
from briefer.domain.differences import DifferenceKind, Piece
from briefer.domain.findings import Level
from briefer.domain.verification import Row, Verdict, Verification
from briefer.services.desk import Opener

DONE, RED = 0, 1
_LONGEST = 60
_AROUND = 24
_MARKS = {DifferenceKind.REMOVED: ("[-", "-]"), DifferenceKind.ADDED: ("{+", "+}")}


def verify(opener: Opener, arguments: argparse.Namespace) -> int:
    """Say how each quotation, citation and marking of an exported document stands."""
    if arguments.library is None:
        found = opener.verify().check(arguments.file)
    else:
        passphrase = passphrase_for(opener, arguments.library, arguments.passphrase_file)
        with progress_bar("Indexing") as progress:
            desk = opener.open(arguments.library, passphrase=passphrase, progress=progress)
        try:
            found = desk.verify.check(arguments.file)
        finally:
            desk.close()
    if arguments.json:
        print_json(_json(found))
    else:
        _print(found)
    return DONE if found.ok else RED


def _json(found: Verification) -> Json:
    return {
        "file": found.file,
        "brief": found.manifest.brief_id,
        "title": found.manifest.title,
        "version": found.manifest.version,
        "ok": found.ok,
        "library": found.with_library,
        "tracked": found.tracked,
        "comments": found.comments,
        "rows": [_row_json(row) for row in found.rows],
        "account": found.manifest.account,
    }


def _row_json(row: Row) -> Json:
    return {
        "subject": row.subject,
        "verdict": row.verdict,
        "level": row.level,
        "id": row.id,
        "place": row.place,
        "recorded": row.recorded,
        "found": row.found,
        "diff": [[piece.kind, piece.text] for piece in row.pieces],
        "changed": row.changed,
        "moved": row.moved,
        "shape": row.shape or None,
        "tracked": row.tracked,
    }


def _print(found: Verification) -> None:
    lines = [
        (row.level or "", row.subject, _verdict(row), _short(row.place, 40), _short(row.recorded))
        for row in found.rows
    ]
    widths = [max((_width(line[column]) for line in lines), default=0) for column in range(4)]
    for row, line in zip(found.rows, lines, strict=True):
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=False)]
        print("  ".join((*cells, line[4])).rstrip())
        if row.pieces:
            print(f"{' ' * (widths[0] + 2)}{_difference(row.pieces)}")
    manifest = found.manifest
    levels = Counter(row.level for row in found.rows)
    left = f"{found.tracked} tracked changes, {found.comments} comments"
    print(f"{found.file}: {manifest.title} (brief {manifest.brief_id}, version {manifest.version}); {left}")
    account = manifest.account
    for frame, passed in (("waived", account.waived), ("left red", account.let)):
        for one in passed:
            print(f"{frame}: {one.check}: {_short(one.message)} ({one.who}: {_short(one.reason)})")
    print(f"{levels[Level.RED]} red, {levels[Level.AMBER]} amber, {levels[None]} as exported")


def _verdict(row: Row) -> str:
    notes = [f"{row.changed} characters" if row.changed else "", "moved" if row.moved else "", str(row.shape)]
    told = ", ".join(filter(None, (*notes, "tracked" if row.tracked else "")))
    words = "words around it altered" if row.verdict is Verdict.AROUND else str(row.verdict)
    return f"{words} ({told})" if told else words


def _difference(pieces: tuple[Piece, ...]) -> str:
    """Return ``…cannot wait [-eight-]{+ten+} months for…``: what stays is shortened."""
    told = []
    for index, piece in enumerate(pieces):
        if piece.kind in _MARKS:
            start, end = _MARKS[piece.kind]
            told.append(f"{start}{piece.text}{end}")
            continue
        head = "" if index == 0 else piece.text[:_AROUND]
        tail = "" if index == len(pieces) - 1 else piece.text[-_AROUND:]
        whole = len(piece.text) <= len(head) + len(tail)
        told.append(piece.text if whole else f"{head}…{tail}")
    return "".join(told)


def _short(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _width(text: str) -> int:
    """Return the columns that a text takes in a terminal: kana and kanji take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
