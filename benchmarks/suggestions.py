"""Measure suggested tags and speakers against articles that a person marked, and how fast they are found.

Reads ``data/`` of a folder ``shared`` beside the checkout (or the folder given): ``articles_gold.json`` and
``articles/``, which are not part of the repository; and the sample documents, which are.

    python benchmarks/suggestions.py [DATA]
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from briefer import assets
from briefer.domain.sources import Reading, Segment, SegmentKind
from briefer.domain.spans import Span, fold
from briefer.domain.speakers import speakers
from briefer.domain.suggestions import suggest
from briefer.domain.tags import Role, TagKind, Vocabulary

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SIZE = 1_000_000
LIMIT = 0.1
ROUNDS = 5
FIRST_WORDS = 30


class Score:
    """Counts of hits, of what was said, and of what was wanted."""

    def __init__(self) -> None:
        self.hits = self.said = self.wanted = 0

    def add(self, mine: set[str], wanted: set[str]) -> None:
        self.hits += len(mine & wanted)
        self.said += len(mine)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision = self.hits / self.said if self.said else 0.0
        recall = self.hits / self.wanted if self.wanted else 0.0
        return f"precision {precision:.3f}  recall {recall:.3f}  ({self.hits} of {self.wanted})"


def starter() -> Vocabulary:
    data = (assets.resources() / "vocabulary" / "starter.json").read_bytes()
    return msgspec.json.decode(data, type=Vocabulary)


def one_paragraph(text: str) -> Reading:
    return Reading((Segment(Span(0, len(text)), SegmentKind.PARAGRAPH, 1),))


def by_lines(text: str) -> Reading:
    """Return a reading in which every line that is not blank is a paragraph, numbered by its line."""
    segments, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            segments.append(Segment(Span(at, at + len(line)), SegmentKind.PARAGRAPH, number))
        at += len(line) + 1
    return Reading(tuple(segments))


def tags(articles: list[dict[str, Any]], texts: dict[str, str], words: Vocabulary) -> None:
    names = (
        "partners in any role",
        "partners as partners",
        "sources of risk",
        "risks",
        "partners, exact names only",
    )
    scores = {name: Score() for name in names}
    for article in articles:
        lines = texts[article["file"]].split("\n")
        for gold in article["paragraphs"]:
            text = lines[gold["line"] - 1]
            found = [s.tag for s in suggest(text, one_paragraph(text), words)]
            partners = [t for t in found if t.kind is TagKind.PARTNER]
            wanted, context = set(gold["partners"]), set(gold["context_actors"])
            exact = {
                t.key
                for t in words.terms
                if t.kind is TagKind.PARTNER and t.key != words.home_country and t.label_en in text
            }
            pairs = (
                ({t.key for t in partners}, wanted | context),
                ({t.key for t in partners if t.role is Role.PARTNER}, wanted),
                ({t.key for t in partners if t.role is Role.SOURCE_OF_RISK}, context),
                ({t.key for t in found if t.kind is TagKind.RISK}, set(gold["risks"])),
                (exact, wanted | context),
            )
            for name, pair in zip(names, pairs, strict=True):
                scores[name].add(*pair)
    print("tags by paragraph, three articles")
    for name, score in scores.items():
        print(f"  {name:28} {score}")


def quotations(articles: list[dict[str, Any]], texts: dict[str, str]) -> None:
    score = Score()
    for article in articles:
        text = texts[article["file"]]
        first, last = article["body_lines"]
        wanted = {
            f"{q['line']} {fold(q['text_first_8_words'])[:FIRST_WORDS]} {q['speaker']}"
            for q in article["quotes"]
        }
        mine = {
            f"{s.paragraph} {fold(text[s.span_of_quotation.start : s.span_of_quotation.end])[:FIRST_WORDS]} {s.speaker}"
            for s in speakers(text, by_lines(text))
            if first <= s.paragraph <= last
        }
        score.add(mine, wanted)
    print(f"speakers of quotations         {score}")


def fastest(work: Callable[[], object]) -> float:
    """Return the least processor time of some rounds, in seconds: other programs lengthen it little."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def alternation(words: Vocabulary) -> re.Pattern[str]:
    """Return the rival: all words of all terms in one regular expression, without roles or blocked phrases."""
    every = {w for t in words.terms for w in (*t.words_en, *t.words_ja)}
    return re.compile("|".join(map(re.escape, sorted(every, key=len, reverse=True))), re.IGNORECASE)


def speed(kind: str, text: str, words: Vocabulary, rival: re.Pattern[str]) -> None:
    full = (text * (SIZE // len(text.encode()) + 1)).encode()[:SIZE].decode(errors="ignore")
    reading = by_lines(full)
    ours = fastest(lambda: suggest(full, reading, words))
    part = full[: len(full) // 10]
    theirs = 10 * fastest(lambda: rival.findall(part))
    spoken = fastest(lambda: speakers(full, reading))
    found = len(suggest(full, reading, words))
    print(
        f"  {kind:22} {ours * 1000:5.0f} ms for {found} tags ({ours / LIMIT:.2f} of the limit, {theirs / ours:.0f} times as fast as"
        f" re alternation); speakers {spoken * 1000:.0f} ms"
    )


def main() -> None:
    """Print what was measured."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not data.is_dir():
        sys.exit(f"no data at {data}")
    words = starter()
    articles = json.loads((data / "articles_gold.json").read_text(encoding="utf-8"))["articles"]
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted((data / "articles").glob("*.txt"))}
    tags(articles, texts, words)
    quotations(articles, texts)
    pages = json.loads((data / "web_pages" / "gold.json").read_text(encoding="utf-8"))
    sample = [p.read_text(encoding="utf-8") for p in sorted((assets.resources() / "sample").glob("*.txt"))]
    japanese = "\n".join(line for text in sample for line in text.split("\n") if not line.isascii())
    print(f"{SIZE / 1e6:.0f} MB of text, limit {LIMIT * 1000:.0f} ms")
    rival = alternation(words)
    speed("news pages", "\n".join(page["body"] for page in pages.values()), words, rival)
    speed("policy articles", "\n".join(texts.values()), words, rival)
    speed("Japanese articles", japanese, words, rival)


if __name__ == "__main__":
    main()
