"""Measure what intake takes for the article of a web page, beside a known rival, on pages that people marked.

Reads ``web_pages/`` (HTML with the article's text) of a folder ``shared/data`` beside the checkout (or of the folder
given), which is no part of the repository. ``intake_pasted.py`` measures pasted text.

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

from briefer.intake.web.html import extract, read_html

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NOW = datetime.now(UTC)
WORD = re.compile(r"\w+")
SHINGLE = 4


def f1(hits: int, said: int, wanted: int) -> float:
    return 2 * hits / (said + wanted) if said + wanted else 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


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
    web(data)


if __name__ == "__main__":
    main()
