"""Measure search over libraries of 100,000 excerpts or more beside tantivy, LIKE and a bare FTS5 table.

    python -m benchmarks.search FOLDER [--sizes 100k 500k 1m] [--rounds 3] [--no-rivals]

In FOLDER each size has a folder of its own; a library that is there already is measured again without the import. Every
time is milliseconds of this thread's processor time, median and 95th percentile over different queries of a class; of
each query the least of some rounds, because other programs take the processor's caches. For each round and column the
library, or the rival's index, is opened anew, so that nothing that was asked is still in memory, but for the columns that Briefer
makes beside its window after opening. «+counts» is the page with all facet counts. tantivy's columns are its fifty best: addresses only, with texts and snippets, these with two facets, and with the
counts of the same facets; the ratio is of the pages with counts. Both cut snippets by the same function and count the same
facets; Briefer's page has sources, tags and uses besides, and finds words in titles and comments too. tantivy is for this
benchmark only:

    pip install tantivy
"""

from __future__ import annotations

import argparse
import itertools
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.search_corpus import Corpus, queries
from briefer import storage
from briefer.app import LibraryOpener
from briefer.domain.highlights import snippet
from briefer.domain.ids import new_id
from briefer.domain.queries import words_in
from briefer.domain.results import Sort
from briefer.domain.tags import TagKind
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query

SIZES = {"100k": 100_000, "500k": 500_000, "750k": 750_000, "1m": 1_000_000}
WITH_FACETS = "({}) partner:CN risk:cyber"
Ask = Callable[[str], object]
Times = dict[str, list[float]]


def timed(ask: Ask, text: str) -> float:
    """Return milliseconds of processor time."""
    start = time.thread_time()
    ask(text)
    return (time.thread_time() - start) * 1000


def spread(times: list[float]) -> tuple[float, float]:
    """Return median and 95th percentile."""
    in_order = sorted(times)
    return statistics.median(in_order), in_order[min(len(in_order) - 1, int(len(in_order) * 0.95))]


def load(desk: Desk, corpus: Corpus, excerpts: int) -> None:
    """Import the corpus and print how fast that was."""
    with desk.library.read() as work:
        vocabulary = work.vocabulary.get()
    tags = {
        kind.value: [t.key for t in vocabulary.terms if t.kind is kind]
        for kind in (TagKind.PARTNER, TagKind.RISK, TagKind.THEME)
    }
    lines = corpus.lines(excerpts, tags)
    wall = processor = 0.0
    done = 0
    while batch := list(itertools.islice(lines, 5000)):
        start, started = time.perf_counter(), time.process_time()
        report = desk.exchange.import_lines("corpus.jsonl", batch)
        wall += time.perf_counter() - start
        processor += time.process_time() - started
        assert not report.refused, report.refused[0]
        done += report.excerpts
        print(f"  {done}: {done / wall:.0f}/s, {done / processor:.0f}/s of a core", end="\r", flush=True)
    print(f"\nimport: {done} excerpts, {done / wall:.0f}/s, {done / processor:.0f}/s of a core")


def page(desk: Desk, sort: Sort) -> Callable[[str], object]:
    """Return a search for the first page with its snippets."""

    def ask(text: str) -> object:
        query = parse_query(text)
        words = words_in(query)
        return [snippet(hit.excerpt.quote, words) for hit in desk.find.excerpts(query, sort=sort).hits]

    return ask


def sizes(library: Path) -> None:
    """Print how large the index is beside the text."""
    with closing(sqlite3.connect(library)) as connection:

        def total(of: str, table: str) -> int:
            (found,) = connection.execute(f"SELECT ifnull(sum({of}), 0) FROM {table}").fetchone()
            return int(found)

        text = total("length(CAST(quote AS BLOB))", "excerpts")
        full = total("length(block)", "excerpt_index_data") + total("length(sz)", "excerpt_index_docsize")
        sets = total("length(bits) + length(key) * 2 + 16", "postings")
        others = total("length(block)", "source_index_data") + total("length(block)", "band_index_data")
    print(
        f"text of the excerpts {text / 1e6:.0f} MB; full text {full / 1e6:.0f}, sets {sets / 1e6:.0f}: "
        f"index/text {(full + sets) / text:.2f}; with the index of the sources' texts and of copies "
        f"{(full + sets + others) / text:.2f}"
    )


def opening(library: Path) -> None:
    """Print what opening takes beside a bare SQLite connection that reads the schema."""

    def bare() -> None:
        with closing(sqlite3.connect(library)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    took: list[list[float]] = [[], []]
    for _ in range(15):
        for place, act in enumerate((lambda: storage.open_library(library).close(), bare)):
            start = time.thread_time()
            act()
            took[place].append((time.thread_time() - start) * 1000)
    ours, theirs = (statistics.median(t) for t in took)
    print(f"opening {ours:.1f} ms, bare SQLite {theirs:.1f} ms, ratio {ours / theirs:.1f}")


def saving(desk: Desk) -> None:
    """Print what it takes to store one excerpt, and to find it after that."""
    (hit,) = desk.find.excerpts("", limit=1).hits
    stored, findable, wall = [], [], []
    for number in range(60):
        made = replace(hit.excerpt, id=new_id(), comment=f"zzmark{number}x")
        start, started = time.thread_time(), time.perf_counter()
        with desk.library.write() as work:
            work.excerpts.add([made])
        stored.append((time.thread_time() - start) * 1000)
        assert desk.find.excerpts(made.comment).total == 1
        findable.append((time.thread_time() - start) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
        with desk.library.write() as work:
            work.excerpts.remove([made.id])
    for what, times in (("stored", stored), ("stored and found", findable), ("the same by the clock", wall)):
        print(f"one excerpt {what}: median {statistics.median(times):.1f} ms, p95 {sorted(times)[56]:.1f}")


def of_briefer(library: Path, asked: dict[str, list[str]]) -> dict[str, Times]:
    """Return what each query of each class takes, by what is asked for; for each column the library is opened anew."""
    columns: dict[str, tuple[Callable[[Desk], Ask], str]] = {
        "newest": (lambda desk: page(desk, Sort.NEWEST), "{}"),
        "best": (lambda desk: page(desk, Sort.BEST), "{}"),
        "2 facets": (lambda desk: page(desk, Sort.BEST), WITH_FACETS),
        "facets": (lambda desk: desk.find.facets, "{}"),
        "+counts": (with_counts, "{}"),
    }
    found: dict[str, Times] = {name: {} for name in asked}
    for column, (make, form) in columns.items():
        desk = LibraryOpener(Intake).open(library)
        first, ask = timed(desk.find.facets, ""), make(desk)
        start = time.thread_time()
        desk.find.prepare()  # as a window does, some seconds after opening
        prepared = (time.thread_time() - start) * 1000
        for name, texts in asked.items():
            found[name][column] = [timed(ask, form.format(text)) for text in texts]
        found["first facets after opening"] = {"": [first]}
        found["columns made in memory"] = {"": [prepared]}
        desk.close()
    desk = LibraryOpener(Intake).open(library)
    for what, texts in (
        ("everything", [""]),
        ("hot words", asked["hot word"]),
        ("words", asked["middle word"]),
    ):
        found[f"coverage of {what}"] = {"": [timed(desk.find.coverage, text) for text in texts]}
    desk.close()
    return found


def with_counts(desk: Desk) -> Ask:
    """Return a search for the best page with the counts of all facets."""
    best = page(desk, Sort.BEST)
    return lambda text: (best(text), desk.find.facets(text))


def of_rivals(folder: Path, library: Path, asked: dict[str, list[str]]) -> dict[str, Times]:
    """Return what the same queries take elsewhere."""
    from benchmarks.search_rivals import Rivals

    columns: dict[str, tuple[Callable[[Rivals], Ask], str, int | None]] = {
        "tantivy": (lambda rivals: rivals.tantivy(texts=False), "{}", None),
        "its texts": (lambda rivals: rivals.tantivy(texts=True), "{}", None),
        "its 2 facets": (lambda rivals: rivals.tantivy(texts=True), WITH_FACETS, None),
        "its +counts": (lambda rivals: rivals.tantivy(texts=True, counts=True), "{}", None),
        "bare bm25": (lambda rivals: rivals.bare, "{}", 8),
    }
    found: dict[str, Times] = {name: {} for name in asked}
    for column, (make, form, most) in columns.items():
        rivals = Rivals(folder, library)
        ask = make(rivals)
        for name, texts in asked.items():
            found[name][column] = [timed(ask, form.format(text)) for text in texts[:most]]
        rivals.close()
    rivals = Rivals(folder, library)
    for name in ("rare word", "Japanese 2"):
        found[f"LIKE, {name}"] = {"": [timed(rivals.like, text) for text in asked[name][:5]]}
    rivals.close()
    return found


def least(rounds: list[dict[str, Times]]) -> dict[str, Times]:
    """Return the least time of each query."""
    return {
        name: {
            column: [min(times) for times in zip(*(one[name][column] for one in rounds), strict=True)]
            for column in columns
        }
        for name, columns in rounds[0].items()
    }


def measure(excerpts: int, folder: Path, rounds: int, *, rivals: bool) -> dict[str, float]:
    """Measure one library, made first where there is none; return the p95 of the first page by class."""
    folder.mkdir(parents=True, exist_ok=True)
    library, corpus = folder / "corpus.briefer", Corpus()
    if not library.exists():
        desk = LibraryOpener(Intake).create(library)
        load(desk, corpus, excerpts)
        desk.close()
    storage.open_library(library).close()
    sizes(library)
    opening(library)
    desk = LibraryOpener(Intake).open(library)
    saving(desk)
    desk.close()
    asked = queries(corpus)
    found = least([of_briefer(library, asked) for _ in range(rounds)])
    if rivals:
        for name, columns in least([of_rivals(folder, library, asked) for _ in range(rounds)]).items():
            found[name] = {**found.get(name, {}), **columns}
    tell(found)
    return {name: max(spread(found[name][sort])[1] for sort in ("newest", "best")) for name in asked}


def tell(found: dict[str, Times]) -> None:
    """Print a table of the classes, and what else was measured."""
    heads = list(next(iter(found.values())))
    print(f"{'class':14}" + "".join(f"{head:>14}" for head in heads) + f"{'ratio':>7}")
    for name, columns in found.items():
        cells = {column: spread(times) for column, times in columns.items()}
        if "" in cells:
            print(f"{name}: {cells[''][0]:.0f}/{cells[''][1]:.0f}")
            continue
        ratio = f"{cells['+counts'][0] / cells['its +counts'][0]:.1f}" if "its +counts" in cells else ""
        print(f"{name:14}" + "".join(f"{f'{a:.1f}/{b:.1f}':>14}" for a, b in cells.values()) + f"{ratio:>7}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["100k"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-rivals", action="store_true")
    given = parser.parse_args()
    found = []
    for size in given.sizes:
        print(f"--- {SIZES[size]:,} excerpts", flush=True)
        found.append(measure(SIZES[size], given.folder / size, given.rounds, rivals=not given.no_rivals))
    if len(found) > 1:
        growth = {name: found[-1][name] / p95 for name, p95 in found[0].items()}
        print("growth of the first page:", ", ".join(f"{name} {g:.1f}" for name, g in growth.items()))


if __name__ == "__main__":
    main()
