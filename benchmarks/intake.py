"""Measure what intake takes for the article, beside simple and known rivals, on pages that people marked.

Reads ``data/`` of a folder ``shared`` beside the checkout (or the folder given): ``pasted_pages.jsonl`` (lines
marked as body or not), ``web_pages/`` (HTML with the article's text). They are not part
of the repository.

    python benchmarks/intake.py [DATA]
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from briefer.domain.sources import Capture
from briefer.domain.spans import lines_of
from briefer.intake.html import extract, read_html
from briefer.intake.text import read_text

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NOW = datetime.now(UTC)
WORD = re.compile(r"\w+")
SHINGLE = 4
LONG = 80


class Score:
    """Counts of hits, of what was said, and of what was wanted."""

    def __init__(self) -> None:
        self.hits = self.said = self.wanted = 0

    def add(self, hits: int, said: int, wanted: int) -> None:
        self.hits += hits
        self.said += said
        self.wanted += wanted

    def __str__(self) -> str:
        precision = self.hits / self.said if self.said else 0.0
        recall = self.hits / self.wanted if self.wanted else 0.0
        return (
            f"F1 {f1(self.hits, self.said, self.wanted):.3f}  precision {precision:.3f}  recall {recall:.3f}"
        )


def f1(hits: int, said: int, wanted: int) -> float:
    return 2 * hits / (said + wanted) if said + wanted else 0.0


def body_lines(capture: Capture) -> set[int]:
    lines = capture.text.split("\n")
    found: set[int] = set()
    for segment in capture.reading.body():
        first, last = lines_of(capture.text, segment.span)
        found |= {n for n in range(first, last + 1) if lines[n - 1].strip()}
    return found


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def pasted(data: Path) -> None:
    ours, rival = Score(), Score()
    per_page: list[float] = []
    began = time.perf_counter()
    for row in map(json.loads, (data / "pasted_pages.jsonl").open(encoding="utf-8")):
        lines = [""] * max(line["n"] for line in row["lines"])
        for line in row["lines"]:
            lines[line["n"] - 1] = line["text"]
        gold = {line["n"] for line in row["lines"] if line["body"]}
        found = body_lines(read_text("\n".join(lines), "utf-8", NOW))
        long = {n for n, text in enumerate(lines, start=1) if len(text) >= LONG}
        ours.add(len(found & gold), len(found), len(gold))
        rival.add(len(long & gold), len(long), len(gold))
        per_page.append(f1(len(found & gold), len(found), len(gold)))
    took = time.perf_counter() - began
    print(f"pasted pages, by lines ({len(per_page)} pages, {took:.1f} s)")
    print(f"  intake                   {ours}  mean of pages {sum(per_page) / len(per_page):.3f}")
    print(f"  lines of {LONG} and longer   {rival}")


def web(data: Path) -> None:
    gold = json.loads((data / "web_pages" / "gold.json").read_text(encoding="utf-8"))
    ours: list[float] = []
    rival: list[float] = []
    seconds = [0.0, 0.0]
    for key, wanted in gold.items():
        markup = gzip.decompress((data / "web_pages" / f"{key}.html.gz").read_bytes()).decode(
            "utf-8", "replace"
        )
        body = shingles(wanted["body"])
        marks = [time.perf_counter()]
        capture = read_html(markup, "utf-8", NOW)
        marks.append(time.perf_counter())
        plain = extract(markup)
        marks.append(time.perf_counter())
        mine = "\n".join(capture.text[s.span.start : s.span.end] for s in capture.reading.body())
        for text, scores in ((mine, ours), (plain, rival)):
            found = shingles(text)
            scores.append(f1((found & body).total(), found.total(), body.total()))
        seconds = [seconds[0] + marks[1] - marks[0], seconds[1] + marks[2] - marks[1]]
    print(f"web pages, by runs of {SHINGLE} words ({len(ours)} pages)")
    print(f"  intake             F1 {sum(ours) / len(ours):.3f}  {seconds[0]:.1f} s")
    print(f"  trafilatura alone  F1 {sum(rival) / len(rival):.3f}  {seconds[1]:.1f} s")


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not data.is_dir():
        sys.exit(f"no data at {data}")
    pasted(data)
    web(data)


if __name__ == "__main__":
    main()
