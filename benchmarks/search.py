"""Measure search over libraries of 100,000 excerpts or more beside tantivy, LIKE and a bare FTS5 table.

The corpus is made here: words of a Zipf distribution, every fifth excerpt Japanese, tags, publishers and dates
over fifteen years. Every time is milliseconds of this thread's processor time, median and 95th percentile over
different queries of a class. tantivy is for this benchmark only:

    pip install tantivy
    python benchmarks/search.py EXCERPTS FOLDER [EXCERPTS FOLDER ...]

A folder that holds a library already is measured again without the import. With several folders, how the first
page grows from the first to the last is printed at the end. ``+counts`` is the page with all facet counts, of
tantivy its fifty best with the counts of the same facets; the last column is the ratio of the two.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import tantivy

from briefer import storage
from briefer.app import LibraryOpener
from briefer.domain.highlights import snippet
from briefer.domain.ids import new_id
from briefer.domain.prepared import prepare, sought
from briefer.domain.queries import words_in
from briefer.domain.results import Sort
from briefer.domain.tags import TagKind
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query

VOCABULARY, JAPANESE_VOCABULARY, WORDS, PER_SOURCE = 60_000, 12_000, 60, 4
ROUNDS = 40
SYLLABLES = [
    c + v
    for c in ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "tr", "st", "ch", ""]
    for v in "aeiou"
]
KANJI = "日本政府経済産業省半導体輸出管理強化協力会議発表安全保障供給網資源鉱物電力海底通信研究開発投資関係国際市場技術企業制度法律防衛外交対策計画予算地域港湾空港鉄道食料水素原子再生可能炭素排出教育医療情報機関委員首相大臣局長調査報告"
KANA = [
    "の",
    "を",
    "が",
    "に",
    "は",
    "と",
    "で",
    "した",
    "する",
    "など",
    "から",
    "まで",
    "サプライ",
    "チェーン",
    "データ",
    "エネルギー",
]


class Corpus:
    """Makes texts; the same seed gives the same ones."""

    def __init__(self, seed: int = 4) -> None:
        self.random = random.Random(seed)
        self.words = self._vocabulary(VOCABULARY, self._word)
        self.japanese = KANA + self._vocabulary(JAPANESE_VOCABULARY, self._kanji)
        self._weights = [
            list(itertools.accumulate(1 / n for n in range(1, len(v) + 1)))
            for v in (self.words, self.japanese)
        ]

    def _vocabulary(self, size: int, make: Callable[[], str]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found[make()] = None
        return list(found)

    def _word(self) -> str:
        return "".join(
            self.random.choices(SYLLABLES, k=self.random.choice([1, 2, 2, 3, 3, 4]))
        ) + self.random.choice(["", "", "n", "s", "r"])

    def _kanji(self) -> str:
        return "".join(self.random.choices(KANJI, k=self.random.choice([1, 2, 2, 2, 3, 4])))

    def pick(self, kind: int) -> str:
        """Return a word: 0 for English, 1 for Japanese."""
        weights = self._weights[kind]
        return (self.words, self.japanese)[kind][bisect.bisect(weights, self.random.random() * weights[-1])]

    def text(self, kind: int) -> str:
        """Return the text of an excerpt."""
        if kind:
            return "".join(self.pick(1) for _ in range(WORDS)) + "。"
        return " ".join(self.pick(0) for _ in range(WORDS)).capitalize() + "."

    def lines(self, excerpts: int, tags: dict[str, list[str]]) -> Iterator[bytes]:
        """Yield lines of the bulk form."""
        draw = self.random
        for _ in range(excerpts // PER_SOURCE):
            kind = int(draw.random() < 0.2)
            texts = [self.text(kind) for _ in range(PER_SOURCE)]
            day = [draw.randint(2011, 2025), draw.randint(1, 12), draw.randint(1, 28)]
            csl = {
                "type": "article-newspaper",
                "title": " ".join(self.pick(kind) for _ in range(6)),
                "publisher": f"Publisher {int(draw.paretovariate(0.6)) % 180}",
                "issued": {"date-parts": [day[: draw.choice([3, 3, 3, 2, 1])]]}
                if draw.random() < 0.97
                else {},
                "language": ["en", "ja"][kind],
            }
            made = [
                {"quote": text, "kind": draw.choice(["quotation", "fact"]), "tags": self._tags(tags)}
                for text in texts
            ]
            yield json.dumps(
                {"csl": csl, "text": "\n\n".join(texts), "excerpts": made}, ensure_ascii=False
            ).encode()

    def _tags(self, tags: dict[str, list[str]]) -> list[str]:
        draw = self.random
        return [
            f"{kind}:{keys[min(int(draw.paretovariate(0.7)) - 1, len(keys) - 1)]}"
            for kind, keys in tags.items()
            for _ in range(draw.choice([0, 1, 1, 2]))
        ]


def queries(corpus: Corpus) -> dict[str, list[str]]:
    """Return queries by class, in the query language."""
    english, japanese = corpus.words, corpus.japanese[len(KANA) :]
    draw = random.Random(7)
    long = [w for w in english if len(w) >= 4]
    hot = english[:ROUNDS]
    middle = english[100:1000]
    two = [(draw.choice(english[:300]), draw.choice(english[20:2000])) for _ in range(ROUNDS)]
    return {
        "one letter": [f"{c}*" for c in "abcdefghilmnoprstu"] * 2,
        "two letters": [f"{draw.choice(english[:2000])[:2]}*" for _ in range(ROUNDS)],
        "four letters": [f"{draw.choice(long[:2000])[:4]}*" for _ in range(ROUNDS)],
        "hot word": hot,
        "middle word": draw.sample(middle, ROUNDS),
        "rare word": draw.sample(english[20_000:], ROUNDS),
        "two words": [f"{a} {b}" for a, b in two],
        "phrase": [f'"{draw.choice(english[:60])} {draw.choice(english[:60])}"' for _ in range(ROUNDS)],
        "word + prefix": [f"{a} {b[:2]}*" for a, b in two],
        "either": [f"{a} OR {b}" for a, b in two],
        "Japanese 1": draw.sample(sorted(set(KANJI)), ROUNDS),
        "Japanese 2": [draw.choice([w for w in japanese[:3000] if len(w) == 2]) for _ in range(ROUNDS)],
        "Japanese 4": [draw.choice([w for w in japanese[:6000] if len(w) == 4]) for _ in range(ROUNDS)],
    }


def timed(ask: Callable[[str], object], asked: list[str]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds of processor time."""
    took = []
    for query in asked:
        start = time.thread_time()
        ask(query)
        took.append((time.thread_time() - start) * 1000)
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.95))]


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


FACETS = ("partner", "risk", "theme", "publisher", "language", "grade", "year", "used")
COUNTED = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}


def rivals(folder: Path, library: Path) -> tuple[tantivy.Index, sqlite3.Connection]:
    """Build a tantivy index and a bare FTS5 table over the same texts, prepared in the same way."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", stored=False, tokenizer_name="whitespace")
    for name in FACETS:
        schema.add_text_field(name, stored=False, tokenizer_name="raw", fast=True)
    schema.add_unsigned_field("number", stored=True, fast=True)
    present = (folder / "tantivy" / "meta.json").exists()
    (folder / "tantivy").mkdir(exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder / "tantivy"))
    bare = sqlite3.connect(folder / "bare.db")
    if not present:
        writer = index.writer(200_000_000, 1)
        bare.execute("CREATE VIRTUAL TABLE bare USING fts5(body, content='', tokenize='ascii')")
        with closing(sqlite3.connect(library)) as connection:
            start = time.process_time()
            for number, quote, tags, publisher, published, language, grade in connection.execute(ALL):
                text = prepare(quote)
                document = tantivy.Document(body=text)
                document.add_unsigned("number", number)
                for tag in filter(None, (tags or "").split(",")):
                    document.add_text(*tag.split(":", 1))
                facts = (publisher or "", language, grade, published[:4], "no")
                for name, value in zip(FACETS[3:], facts, strict=True):
                    document.add_text(name, value)
                writer.add_document(document)
                bare.execute("INSERT INTO bare (rowid, body) VALUES (?, ?)", (number, text))
            bare.commit()
            writer.commit()
            print(f"rivals built in {time.process_time() - start:.0f} s of a core")
    index.reload()
    return index, bare


ALL = """
SELECT e.number, e.quote,
    (SELECT group_concat(DISTINCT t.kind || ':' || t.key) FROM excerpt_tags AS b JOIN tags AS t
        ON t.number = b.tag_number WHERE b.excerpt_number = e.number AND t.kind != 'free'),
    s.publisher, e.published, s.language, s.reliability || e.credibility
FROM excerpts AS e JOIN sources AS s ON s.number = e.source_number
"""


def ask_tantivy(index: tantivy.Index, text: str, *, counts: bool) -> object:
    """Return tantivy's fifty best and their count, and perhaps the counts of all facets."""
    terms, either = [], " OR " in text
    schema = index.schema
    for words in words_in(parse_query(text)):
        tokens, prefix = sought(words)
        if prefix:
            query = tantivy.Query.regex_query(schema, "body", f"{tokens[-1]}.*")
        elif len(tokens) > 1:
            query = tantivy.Query.phrase_query(schema, "body", tokens)
        else:
            query = tantivy.Query.term_query(schema, "body", tokens[0])
        terms.append((tantivy.Occur.Should if either else tantivy.Occur.Must, query))
    asked, searcher = tantivy.Query.boolean_query(terms), index.searcher()
    return searcher.search(asked, 50, count=True), counts and searcher.aggregate(asked, COUNTED)


def ask_bare(bare: sqlite3.Connection, text: str) -> object:
    """Return the fifty best of a bare FTS5 table."""
    phrases = []
    for words in words_in(parse_query(text)):
        tokens, prefix = sought(words)
        phrases.append(f'"{" ".join(tokens)}"{"*" if prefix else ""}')
    glue = " OR " if " OR " in text else " AND "
    return bare.execute(
        "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 50", [glue.join(phrases)]
    ).fetchall()


def ask_like(connection: sqlite3.Connection, text: str) -> object:
    """Return the first fifty whose text contains the query, as QualCoder looks for text."""
    wanted = f"%{text.strip('*')}%"
    return connection.execute("SELECT id FROM excerpts WHERE quote LIKE ? LIMIT 50", [wanted]).fetchall()


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


def measure(excerpts: int, folder: Path) -> dict[str, float]:
    """Measure one library, made first where there is none; return the p95 of the first page by class."""
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / "corpus.briefer"
    opener, corpus = LibraryOpener(Intake), Corpus()
    if not library.exists():
        desk = opener.create(library)
        load(desk, corpus, excerpts)
        desk.close()
    sizes(library)
    opening(library)
    index, bare = rivals(folder, library)
    desk = opener.open(library)
    saving(desk)
    start = time.thread_time()
    desk.find.facets("")
    print(f"first facets after opening {(time.thread_time() - start) * 1000:.0f} ms")
    asked = queries(corpus)
    found = {name: _row(desk, index, bare, name, texts) for name, texts in asked.items()}
    with closing(sqlite3.connect(library)) as connection:
        for name in ("rare word", "Japanese 2"):
            like = timed(lambda t: ask_like(connection, t), asked[name][:5])
            print(f"LIKE, {name}: {like[0]:.0f}/{like[1]:.0f}")
    for what, texts in (
        ("everything", [""] * 5),
        ("hot words", asked["hot word"]),
        ("words", asked["middle word"]),
    ):
        a, b = timed(desk.find.coverage, texts)
        print(f"coverage of {what} {a:.0f}/{b:.0f}")
    desk.close()
    return found


def _row(desk: Desk, index: tantivy.Index, bare: sqlite3.Connection, name: str, texts: list[str]) -> float:
    filtered = [f"({t}) partner:CN risk:cyber" for t in texts]
    columns = {
        "newest": timed(page(desk, Sort.NEWEST), texts),
        "best": timed(page(desk, Sort.BEST), texts),
        "2 facets": timed(page(desk, Sort.BEST), filtered),
        "facets": timed(desk.find.facets, texts),
        "+counts": timed(lambda t: (page(desk, Sort.BEST)(t), desk.find.facets(t)), texts),
        "tantivy": timed(lambda t: ask_tantivy(index, t, counts=False), texts),
        "its +counts": timed(lambda t: ask_tantivy(index, t, counts=True), texts),
        "bare bm25": timed(lambda t: ask_bare(bare, t), texts[:8]),
    }
    if name == "one letter":
        print(f"{'class':14}" + "".join(f"{column:>13}" for column in columns) + f"{'ratio':>7}")
    ratio = columns["+counts"][0] / columns["its +counts"][0]
    cells = "".join(f"{f'{a:.1f}/{b:.1f}':>13}" for a, b in columns.values())
    print(f"{name:14}{cells}{ratio:>7.1f}", flush=True)
    return max(columns["newest"][1], columns["best"][1])


def main() -> None:
    given = list(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    found = []
    for excerpts, folder in given:
        print(f"--- {excerpts} excerpts")
        found.append(measure(int(excerpts), Path(folder)))
    if len(found) > 1:
        growth = {name: found[-1][name] / least for name, least in found[0].items()}
        print("growth of the first page:", ", ".join(f"{name} {g:.1f}" for name, g in growth.items()))


if __name__ == "__main__":
    main()
