"""Measure search over a library of 100,000 excerpts or more beside tantivy, LIKE and a bare FTS5 table.

The corpus is made here: words of a Zipf distribution, every fifth excerpt Japanese, tags, publishers and dates
over fifteen years. Every time is milliseconds of this thread's processor time, median and 95th percentile over
different queries of a class, and a ratio beside tantivy in the same run. tantivy is for this benchmark only:

    pip install tantivy
    python benchmarks/search.py [EXCERPTS] [FOLDER]

A folder that holds a library of that size already is measured again without the import.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import tantivy

from briefer.app import LibraryOpener
from briefer.domain.highlights import snippet
from briefer.domain.queries import words_in
from briefer.domain.results import Sort
from briefer.domain.tags import TagKind
from briefer.intake import Intake
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query
from briefer.storage.prepared import prepare, sought

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


def load(desk: Desk, corpus: Corpus, excerpts: int) -> float:
    """Import the corpus and return the seconds of wall time."""
    with desk.library.read() as work:
        vocabulary = work.vocabulary.get()
    tags = {
        kind.value: [t.key for t in vocabulary.terms if t.kind is kind]
        for kind in (TagKind.PARTNER, TagKind.RISK, TagKind.THEME)
    }
    lines = corpus.lines(excerpts, tags)
    took, done = 0.0, 0
    while batch := list(itertools.islice(lines, 5000)):
        start = time.perf_counter()
        report = desk.exchange.import_lines("corpus.jsonl", batch)
        took += time.perf_counter() - start
        assert not report.refused, report.refused[0]
        done += report.excerpts
        print(f"  {done} excerpts, {done / took:.0f}/s", end="\r", flush=True)
    print()
    return took


def rivals(folder: Path, library: Path) -> tuple[tantivy.Index, sqlite3.Connection]:
    """Build a tantivy index and a bare FTS5 table over the same texts, prepared in the same way."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", stored=False, tokenizer_name="whitespace")
    schema.add_facet_field("tags")
    schema.add_unsigned_field("number", stored=True, fast=True)
    present = (folder / "tantivy" / "meta.json").exists()
    (folder / "tantivy").mkdir(exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder / "tantivy"))
    bare = sqlite3.connect(folder / "bare.db")
    if not present:
        writer = index.writer(200_000_000, 1)
        bare.execute("CREATE VIRTUAL TABLE bare USING fts5(body, content='', tokenize='ascii')")
        with closing(sqlite3.connect(library)) as connection:
            start = time.perf_counter()
            for number, quote in connection.execute("SELECT number, quote FROM excerpts"):
                text = prepare(quote)
                document = tantivy.Document(body=text)
                document.add_unsigned("number", number)
                writer.add_document(document)
                bare.execute("INSERT INTO bare (rowid, body) VALUES (?, ?)", (number, text))
            bare.commit()
            writer.commit()
            print(f"  rivals built in {time.perf_counter() - start:.0f} s")
    index.reload()
    return index, bare


def ask_tantivy(index: tantivy.Index, text: str) -> object:
    """Return tantivy's fifty best and their count."""
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
    return index.searcher().search(tantivy.Query.boolean_query(terms), 50, count=True)


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
        (text,) = connection.execute("SELECT sum(length(CAST(quote AS BLOB))) FROM excerpts").fetchone()
        (full,) = connection.execute("SELECT sum(length(block)) FROM excerpt_index_data").fetchone()
        (sizes_,) = connection.execute("SELECT sum(length(sz)) FROM excerpt_index_docsize").fetchone()
        sets = connection.execute(
            "SELECT count(*), sum(length(bits) + length(key) * 2 + 16) FROM postings"
        ).fetchone()
        print(
            f"text {text / 1e6:.0f} MB; full text {full / 1e6:.0f} MB, sets {sets[1] / 1e6:.0f} MB in {sets[0]} rows: "
            f"index/text {(full + sizes_ + sets[1]) / text:.2f}"
        )


def opening(opener: LibraryOpener, library: Path) -> None:
    """Print what opening takes beside a bare SQLite connection that reads the schema."""

    def bare() -> None:
        with closing(sqlite3.connect(library)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    took = [[], []]
    for _ in range(7):
        for place, act in enumerate((lambda: opener.open(library).close(), bare)):
            start = time.perf_counter()
            act()
            took[place].append((time.perf_counter() - start) * 1000)
    ours, theirs = (statistics.median(t) for t in took)
    print(f"opening {ours:.1f} ms, bare SQLite {theirs:.1f} ms, ratio {ours / theirs:.1f}")


def saving(desk: Desk) -> None:
    """Print what it takes to save one excerpt, and to find it after that."""
    (hit,) = desk.find.excerpts("", limit=1).hits
    took, findable = [], []
    for number in range(30):
        mark = f"zzmark{number}x"
        start = time.perf_counter()
        desk.curate.comment([hit.excerpt.id], mark) if hasattr(desk.curate, "comment") else _comment(
            desk, hit.excerpt.id, mark
        )
        took.append((time.perf_counter() - start) * 1000)
        assert desk.find.excerpts(mark).total == 1
        findable.append((time.perf_counter() - start) * 1000)
    for what, times in (("saved", took), ("saved and found", findable)):
        print(f"one excerpt {what}: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms")


def _comment(desk: Desk, excerpt_id: str, mark: str) -> None:
    from dataclasses import replace

    with desk.library.write() as work:
        excerpt = work.excerpts.get(excerpt_id)
        assert excerpt
        work.excerpts.update([replace(excerpt, comment=mark)])


def main() -> None:
    excerpts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    library = folder / "corpus.briefer"
    opener, corpus = LibraryOpener(Intake), Corpus()
    if not library.exists():
        desk = opener.create(library)
        took = load(desk, corpus, excerpts)
        print(f"import: {excerpts} excerpts in {took:.0f} s, {excerpts / took:.0f}/s")
        desk.close()
    sizes(library)
    opening(opener, library)
    desk = opener.open(library)
    index, bare = rivals(folder, library)
    saving(desk)
    asked = queries(corpus)
    start = time.perf_counter()
    desk.find.facets("")
    print(f"first facets after opening {(time.perf_counter() - start) * 1000:.0f} ms")
    print(
        f"{'class':15}{'newest':>14}{'best':>14}{'2 tags':>14}{'facets':>14}{'tantivy':>14}{'bare bm25':>15}{'best/tantivy':>14}"
    )
    filters = "partner:CN risk:cyber"
    for name, texts in asked.items():
        cells = [
            timed(page(desk, Sort.NEWEST), texts),
            timed(page(desk, Sort.BEST), texts),
            timed(page(desk, Sort.BEST), [f"({t}) {filters}" for t in texts]),
            timed(desk.find.facets, texts),
            timed(lambda t: ask_tantivy(index, t), texts),
            timed(lambda t: ask_bare(bare, t), texts[:8]),
        ]
        row = "".join(f"{f'{a:.1f}/{b:.1f}':>14}" for a, b in cells)
        print(f"{name:15}{row}{cells[1][0] / max(cells[4][0], 0.01):>14.1f}", flush=True)
    with closing(sqlite3.connect(library)) as connection:
        like = timed(
            lambda t: connection.execute(
                "SELECT id FROM excerpts WHERE quote LIKE ? LIMIT 50", [f"%{t}%"]
            ).fetchall(),
            asked["rare word"][:5],
        )
    print(f"LIKE, rare word: {like[0]:.0f}/{like[1]:.0f}")
    print(
        f"coverage of everything {timed(desk.find.coverage, [''])[0]:.0f} ms, of a hot word {timed(desk.find.coverage, asked['hot word'][:3])[0]:.0f} ms"
    )
    index.searcher()
    desk.close()
    if len(sys.argv) <= 2:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
