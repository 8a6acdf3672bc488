"""The record of a library with 100,000 entries: listing, looking for words, a page, checking; beside plain SQLite.

Run as ``python -m benchmarks.record [ENTRIES]``. What a key pressed in the search field waits for is `Record.numbers`,
what a scroll waits for `Record.entries` of a page. The rival of each is a bare statement over the same file that reads
all rows; that of checking is hashing the same bytes without chain or JSON. The limit of a keystroke
is 250 ms, because listing goes on beside the window and the list stays as it was meanwhile.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from briefer.app import LibraryOpener
from briefer.domain.record import Act, Subject
from briefer.intake import Intake
from briefer.services.desk import Desk

KEYSTROKE_MS = 250
ROUNDS = 7
_WORDS = ("port", "cable", "半導体", "strait", "summit", "orders", "grain", "輸出管理", "treaty", "loan")


def main(entries: int) -> int:
    """Print the figures; return 1 where a keystroke takes longer than its limit."""
    with tempfile.TemporaryDirectory() as folder:
        desk = LibraryOpener(Intake).create(Path(folder) / "long.briefer")
        began = time.perf_counter()
        fill(desk, entries)
        print(f"{entries} entries written in {time.perf_counter() - began:.1f} s")
        slow = listing(desk)
        checking(desk)
        desk.close()
    return 1 if slow else 0


def fill(desk: Desk, entries: int) -> None:
    """Record made-up corrections, a thousand to a transaction."""
    draw = random.Random(7)
    for start in range(0, entries, 1_000):
        with desk.library.write() as work:
            desk.record.note_all(work, [note(draw, n) for n in range(start, min(start + 1_000, entries))])


def note(draw: random.Random, number: int) -> tuple[Act, Subject, dict[str, object]]:
    """Return one made-up entry."""
    title = " ".join(draw.choices(_WORDS, k=6))
    facts: dict[str, object] = {"title": {"from": title, "to": f"{title} {number}"}}
    act = draw.choice((Act.EDIT, Act.IMPORT, Act.MARKING, Act.EXCERPT))
    return act, Subject("source", f"{number:036}", title), facts


def listing(desk: Desk) -> bool:
    """Print what keystrokes and scrolling wait for; return whether one is over the limit."""
    numbers = desk.record.numbers()
    draw = random.Random(8)
    pages = [draw.randrange(len(numbers) - 100) for _ in range(ROUNDS)]
    with closing(sqlite3.connect(desk.library.path)) as bare:
        everything = timed(lambda: bare.execute("SELECT * FROM record").fetchall())
    asked: dict[str, Callable[[], object]] = {
        "all": desk.record.numbers,
        "one kind": lambda: desk.record.numbers([Act.MARKING]),
        "a word": lambda: desk.record.numbers(text="treaty"),
        "two words": lambda: desk.record.numbers(text="treaty 半導体"),
        "a rare word": lambda: desk.record.numbers(text="99123"),
        "a page": lambda: desk.record.entries(numbers[pages[0] : pages[0] + 100]),
    }
    slow = False
    for name, ask in asked.items():
        took = timed(ask)
        slow = slow or took > KEYSTROKE_MS
        print(f"{name:12} {took:7.1f} ms  {took / everything:5.2f} of reading all rows")
    return slow


def checking(desk: Desk) -> None:
    """Print what checking takes."""
    with closing(sqlite3.connect(desk.library.path)) as bare:
        rows = [row[0].encode() for row in bare.execute("SELECT what || label || before FROM record")]
    hashing = timed(lambda: [hashlib.sha256(row).hexdigest() for row in rows])
    took = timed(desk.record.verify, rounds=3)
    print(f"{'checking':12} {took:7.1f} ms  {took / hashing:5.1f} of hashing as many bytes")


def timed(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of some runs, in milliseconds of processor time."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1_000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
