"""What is under way when `faults.py` ends a process: each kind of work, told line by line as it is stored."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from briefer.app import LibraryOpener
from briefer.atomic import sync
from briefer.domain import editing
from briefer.domain.briefs import BlockKind, Brief
from briefer.intake import Intake
from briefer.storage import engine, migrations
from briefer.storage.engine import APPLICATION_ID, Access, disposing, new_engine, transaction
from briefer.storage.tables import is_index_table, metadata

_ARTICLE = (
    "A title of some length number {n}\n\n17 December 2025\n\nOne paragraph, number {n}, about rare earths.\n"
)
LINES = 6_000
_FOREVER = 100_000
_KEY_MS = 25
TARGETS = ("brief.docx", "brief.odt", "brief.html", "brief.md")
OLD_REVISION = "0004"
_DERIVED = {"meta", "postings", "loose", "alembic_version"}


def main() -> None:
    """Do the work that is named first to the library that is named second, until somebody ends it."""
    other = os.environ.get("BRIEFER_FAULTS_SYNCHRONOUS")
    if other:
        engine._PRAGMAS = (*engine._PRAGMAS, f"synchronous={other}")  # noqa: SLF001  (what is compared here)
    KINDS[sys.argv[1]](Path(sys.argv[2]))


def say(text: str) -> None:
    """Tell the parent, at once, what is stored."""
    os.write(1, f"{text}\n".encode())


def _typed(block_id: str, text: str, brief: Brief) -> Brief:
    return editing.write_prose(brief, block_id, text)


def _titled(title: str, brief: Brief) -> Brief:
    return replace(brief, title=title)


def _type(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    block = next(b for _section, b in desk.compose.brief(brief.id).blocks() if b.kind is BlockKind.PROSE)
    say("begun")
    for number in range(_FOREVER):
        text = f"typed {number}"
        desk.compose.edit(brief.id, "Typing", partial(_typed, block.id, text))
        say(text)


def _type_in_window(path: Path) -> None:
    """Press keys in a text of the real window; tell when each was pressed, and when the window said «saved»."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from briefer.ui import start
    from briefer.ui.brief.prose import ProseEdit
    from briefer.ui.context import SaveState
    from briefer.ui.status import StatusLine

    start.application()
    timer = QTimer(interval=_KEY_MS)
    pressed = 0

    def tell(state: SaveState) -> None:
        if state is SaveState.SAVED:
            say(f"saved {pressed}")

    def press() -> None:
        nonlocal pressed
        windows = QApplication.topLevelWidgets()
        lines = [line for w in windows for line in w.findChildren(StatusLine)]
        edits = [e for line in lines for e in line.window().findChildren(ProseEdit) if e.isVisible()]
        if not edits:
            return
        edit = edits[0]
        if not pressed:
            lines[0]._context.saved.connect(tell)  # noqa: SLF001  (as the line itself is told)
            edit.setFocus()
            say("begun")
        QTest.keyClick(edit, Qt.Key.Key_X)
        pressed += 1
        say(f"pressed {pressed} {time.monotonic()}")

    timer.timeout.connect(press)
    timer.start()
    with closing(sqlite3.connect(path)) as connection:
        (brief,) = connection.execute("SELECT id FROM briefs").fetchone()
    start.run(LibraryOpener(Intake), path, brief)


def _import(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    article = path.with_name("article.txt")
    say("begun")
    for number in range(_FOREVER):
        article.write_text(_ARTICLE.format(n=number), encoding="utf-8")
        (result,) = desk.importing.import_paths([article]).results
        say(f"source {result.source.id}" if result.source else "nothing")


def _import_lines(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    lines = list(bulk_lines())
    say("begun")
    desk.exchange.import_lines("many.jsonl", lines)
    say("imported")
    time.sleep(_FOREVER)


def bulk_lines() -> Iterator[bytes]:
    """Yield the lines of the file that is imported in bulk; each has one excerpt."""
    for n in range(LINES):
        text = f"Paragraph {n} about ports.\n\nAnother one, about ships and rare earths."
        line = {
            "csl": {"type": "report", "title": f"Report {n}"},
            "text": text,
            "excerpts": [{"quote": f"Paragraph {n} about ports."}],
        }
        yield json.dumps(line).encode() + b"\n"


def _back_up(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    say("begun")
    for number in range(_FOREVER):
        desk.compose.edit(brief.id, "Title", partial(_titled, f"title {number}"))
        say(f"backup {desk.backups.make().name}")


def _restore(path: Path) -> None:
    """Go back and forth between two states."""
    opener = LibraryOpener(Intake)
    backups = opener.backups(path)
    say("begun")
    for number in range(_FOREVER):
        backups.make()
        desk = opener.open(path, hold=True)
        (brief,) = desk.compose.briefs()
        desk.compose.edit(brief.id, "Title", partial(_titled, f"title {number}"))
        desk.close()
        backups.restore(backups.all()[-1])
        say("restored")


def _upgrade(path: Path) -> None:
    old = path.with_name("old.briefer")
    older(path, old)
    say("begun")
    for number in range(_FOREVER):
        copy = Path(shutil.copy(old, path.with_name(f"old-{number}.briefer")))
        sync(copy)  # it is what is given, not what is tried here
        sync(copy.parent)
        say(f"old {copy.name}")
        LibraryOpener(Intake).open(copy).close()


def older(library: Path, target: Path) -> None:
    """Make a library of an older schema that holds what it can of one of the present."""
    with (
        disposing(new_engine(target, Access(create=True))) as made,
        transaction(made, write=True) as connection,
    ):
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.run(connection, OLD_REVISION)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("ATTACH ? AS now", (str(library),))
        tables = {
            name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
        }
        for table in metadata.sorted_tables:
            if table.name in tables - _DERIVED and not is_index_table(table.name):
                held = {row[1] for row in connection.execute(f"PRAGMA main.table_info({table.name})")}
                columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name in held)
                connection.execute(
                    f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM now.{table.name}"
                )
        connection.commit()


def _export(path: Path) -> None:
    desk = LibraryOpener(Intake).open(path, hold=True)
    (brief,) = desk.compose.briefs()
    say("begun")
    for number in range(_FOREVER):
        desk.publish.export(brief.id, path.with_name(TARGETS[number % len(TARGETS)]))
        say("exported")


KINDS: dict[str, Callable[[Path], None]] = {
    "typing": _type,
    "typing in the window": _type_in_window,
    "importing": _import,
    "importing in bulk": _import_lines,
    "upgrading": _upgrade,
    "exporting": _export,
    "backing up": _back_up,
    "going back": _restore,
}


if __name__ == "__main__":
    main()
