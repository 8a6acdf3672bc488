"""Measure the import of the bulk form (.jsonl) beside what SQLite alone takes for the same rows.

A line is made here as an article: eight paragraphs of forty to eighty words of a Zipf distribution, every fifth in
Japanese, four excerpts that are one or two sentences, two tags each. Told are excerpts a second by the clock, and
microseconds of a processor for an excerpt: of the process that writes, of its first thread (which is the one that
everything waits for), and of the workers. The limit beside it is bare SQLite: all rows of the library just made are
put into an empty one of the same tables, with `executemany` and nothing else, as many to a transaction; the texts of
the full-text indexes were prepared before.

    python benchmarks/bulk_import.py [EXCERPTS] [FOLDER]
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil

from briefer.app import LibraryOpener
from briefer.domain.indexing import SHARED, body_texts, title_texts, words_texts
from briefer.domain.readings import paragraphs
from briefer.domain.similarity import marks, traits
from briefer.intake.isolation.isolated import IsolatedIntake
from briefer.services.desk import Desk
from briefer.services.exchange import EXCERPTS_PER_TRANSACTION

PER_SOURCE, PARAGRAPHS, WORDS, CHARACTERS = 4, 8, 60_000, 12_000
STEP = 25_000
TABLES = ("sources", "blobs", "snapshots", "excerpts", "excerpt_tags")
TAGS = [
    "partner:CN",
    "partner:DE",
    "partner:IN/venue",
    "risk:cyber",
    "free:ports",
    "free:cables",
    "free:licences",
]
KANJI = "日本政府経済産業省半導体輸出管理強化協力会議発表安全保障供給網資源鉱物電力海底通信研究開発投資関係国際市場"


class Words:
    """Draws words of a Zipf distribution; the same seed gives the same ones."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        consonants, vowels = "bcdfghklmnprstvz", "aeiou"
        syllables = [c + v for c in consonants for v in vowels]
        self._lists = [
            self._of(WORDS, lambda: "".join(dice.choices(syllables, k=dice.choice([1, 2, 2, 3, 4])))),
            self._of(CHARACTERS, lambda: "".join(dice.choices(KANJI, k=dice.choice([1, 2, 2, 3])))),
        ]
        self._weights = [
            list(itertools.accumulate(1 / n for n in range(1, len(own) + 1))) for own in self._lists
        ]

    @staticmethod
    def _of(size: int, make: object) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found[make()] = None  # type: ignore[operator]
        return list(found)

    def draw(self, kind: int, count: int) -> list[str]:
        """Return words: 0 for English, 1 for Japanese."""
        own, weights = self._lists[kind], self._weights[kind]
        return [own[bisect.bisect(weights, self._dice.random() * weights[-1])] for _ in range(count)]

    def sentence(self, kind: int) -> str:
        """Return a sentence."""
        words = self.draw(kind, self._dice.randint(12, 24))
        return "".join(words) + "。" if kind else " ".join(words).capitalize() + "."


def lines(excerpts: int) -> Iterator[bytes]:
    """Yield as many lines as have so many excerpts."""
    dice = random.Random(4)
    words = Words(dice)
    for number in range(excerpts // PER_SOURCE):
        kind = int(number % 5 == 0)
        text = [[words.sentence(kind) for _ in range(dice.randint(2, 5))] for _ in range(PARAGRAPHS)]
        blank = "" if kind else " "
        quoted = [text[place][: dice.randint(1, 2)] for place in dice.sample(range(PARAGRAPHS), PER_SOURCE)]
        csl = {
            "type": "article-newspaper",
            "title": blank.join(words.draw(kind, 8)),
            "publisher": f"Publisher {int(dice.paretovariate(0.6)) % 180}",
            "issued": {"date-parts": [[dice.randint(2011, 2025), dice.randint(1, 12), dice.randint(1, 28)]]},
            "URL": f"https://example.org/{number}",
            "language": ["en", "ja"][kind],
        }
        made = [{"quote": blank.join(own), "tags": dice.sample(TAGS, 2)} for own in quoted]
        body = "\n\n".join(blank.join(paragraph) for paragraph in text)
        yield json.dumps({"csl": csl, "text": body, "excerpts": made}, ensure_ascii=False).encode() + b"\n"


class Meter:
    """Processor time and memory of this process and of its workers, told every :data:`STEP` excerpts."""

    def __init__(self) -> None:
        self._me = psutil.Process()
        self._workers: dict[int, float] = {}
        self._last = (0, *self._now())
        self.most = 0.0

    def _now(self) -> tuple[float, float, float, float]:
        for child in self._me.children():
            try:
                used = child.cpu_times()
            except psutil.Error:
                continue
            self._workers[child.pid] = used.user + used.system
        return time.perf_counter(), time.process_time(), time.thread_time(), sum(self._workers.values())

    def tell(self, done: int, _all: int, _name: str) -> None:
        """Print how the last ones went; satisfies :data:`briefer.services.ports.Progress`."""
        excerpts = done * PER_SOURCE
        self.most = max(self.most, self._me.memory_info().rss / 1e6)
        if excerpts - self._last[0] < STEP:
            return
        now = self._now()
        new = excerpts - self._last[0]
        wall, mine, first, workers = (b - a for a, b in zip(self._last[1:], now, strict=True))
        print(
            f"{excerpts:>9,}: {new / wall:,.0f}/s; µs for an excerpt: writer {mine / new * 1e6:.0f} "
            f"(its first thread {first / new * 1e6:.0f}), workers {workers / new * 1e6:.0f}; memory {self.most:.0f} MB",
            flush=True,
        )
        self._last = (excerpts, *now)


def imported(desk: Desk, file: Path) -> float:
    """Import the file; return the seconds of the first thread for an excerpt."""
    meter = Meter()
    began, first = time.perf_counter(), time.thread_time()
    with file.open("rb") as given:
        report = desk.exchange.import_lines(file.name, given, meter.tell)
    took, used = time.perf_counter() - began, time.thread_time() - first
    assert not report.refused, report.refused[0]
    print(
        f"import: {report.excerpts:,} excerpts in {took:.1f} s = {report.excerpts / took:,.0f}/s by the clock"
    )
    return used / report.excerpts


def bare(full: Path, empty: Path) -> float:
    """Put the rows of one library into the tables of another; return seconds of a processor for an excerpt."""
    used = 0.0
    total = 0
    with (
        closing(sqlite3.connect(full)) as source,
        closing(sqlite3.connect(empty, isolation_level=None)) as target,
    ):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "foreign_keys=ON"):
            target.execute(f"PRAGMA {pragma}")
        target.execute("DELETE FROM tags")
        target.executemany("INSERT INTO tags VALUES (?, ?, ?, ?, ?)", source.execute("SELECT * FROM tags"))
        (last,) = source.execute("SELECT max(number) FROM sources").fetchone()
        step = EXCERPTS_PER_TRANSACTION // PER_SOURCE
        for start in range(1, last + 1, step):
            rows = _rows(source, start, start + step - 1)
            began = time.thread_time()
            target.execute("BEGIN IMMEDIATE")
            for statement, own in rows.items():
                target.executemany(statement, own)
            target.execute("COMMIT")
            used += time.thread_time() - began
            total += step * PER_SOURCE
    return used / min(total, int(last) * PER_SOURCE)


def _rows(source: sqlite3.Connection, first: int, last: int) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of some sources by the statements that put them in."""
    which = {
        "sources": "number BETWEEN ? AND ?",
        "blobs": "sha256 IN (SELECT sha256 FROM snapshots WHERE source_number BETWEEN ? AND ?)",
        "snapshots": "source_number BETWEEN ? AND ?",
        "excerpts": "source_number BETWEEN ? AND ?",
        "excerpt_tags": "excerpt_number IN (SELECT number FROM excerpts WHERE source_number BETWEEN ? AND ?)",
    }
    found: dict[str, list[tuple[object, ...]]] = {}
    for table in TABLES:
        rows = source.execute(f"SELECT * FROM {table} WHERE {which[table]}", (first, last)).fetchall()
        found[f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"] = rows
    wanted = "SELECT s.number, s.title, s.publisher, s.container, c.text FROM sources AS s JOIN snapshots AS c ON c.id = s.snapshot_id WHERE s.number BETWEEN ? AND ?"
    sources = source.execute(wanted, (first, last)).fetchall()
    shared = {number: title_texts(*about) for number, *about, _ in sources}
    own: list[tuple[object, ...]] = []
    bands: list[tuple[object, ...]] = []
    for number, *_, text in sources:
        reading = paragraphs(text)
        own.append((number, *shared[number], *body_texts((), text, reading)))
        bands.append((number, marks(traits(text, reading)[1])))
    found["INSERT INTO source_index (rowid, title, publisher, authors, body) VALUES (?, ?, ?, ?, ?)"] = own
    found["INSERT INTO band_index (rowid, bands) VALUES (?, ?)"] = bands
    quotes = source.execute(
        "SELECT number, source_number, quote FROM excerpts WHERE source_number BETWEEN ? AND ?", (first, last)
    )
    found[
        "INSERT INTO excerpt_index (rowid, body, comment, speaker, title, publisher) VALUES (?, ?, ?, ?, ?, ?)"
    ] = [(number, *words_texts(quote, "", "", None), *shared[of][:SHARED]) for number, of, quote in quotes]
    return found


def main() -> None:
    """Make a file, import it, and put the same rows in barely."""
    excerpts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as temporary:
        folder = Path(temporary)
        file = folder / "lines.jsonl"
        with file.open("wb") as out:
            out.writelines(lines(excerpts))
        print(
            f"{excerpts:,} excerpts, {file.stat().st_size / 1e6:.0f} MB; {file.stat().st_size / excerpts:.0f} bytes each"
        )
        empty = folder / "empty.briefer"
        LibraryOpener().create(empty).close()
        full = Path(shutil.copy(empty, folder / "full.briefer"))
        with closing(LibraryOpener(IsolatedIntake).open(full)) as desk:
            ours = imported(desk, file)
        limit = bare(full, empty)
        print(
            f"the writer's first thread {ours * 1e6:.0f} µs for an excerpt, bare SQLite {limit * 1e6:.0f}: "
            f"{ours / limit:.2f} times"
        )


if __name__ == "__main__":
    main()
