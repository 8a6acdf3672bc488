"""Measure what intake takes for the article in pasted text, on pages whose lines people marked.

Three ways: the rules alone, with the line model as it is shipped (which has seen these pages: not a measure of
other pages), and cross-validated by site. The rules and the thresholds were written with these pages in view, so
that even the cross-validated figures are somewhat better than those of other pages will be. Besides: the five articles, glued leads, the time for the longest text.
Cross-validation wants scikit-learn and numpy and takes some minutes.

    python -m benchmarks.intake_pasted [--cross] [DATA]
"""

from __future__ import annotations

import bisect
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from benchmarks.pasted_pages import DATA, PARTS, Page, copies, read_pages
from briefer.intake.captures import MOST_LINES
from briefer.intake.pasted.line_model import Forest, LineModel, line_model
from briefer.intake.pasted.lines import Judged, split
from briefer.intake.pasted.reading import MOST_MODELLED, read_lines
from briefer.intake.pasted.wrapping import unwrap
from briefer.intake.pasted.zones import Zone
from briefer.intake.text import read_text

THEN = datetime(2025, 1, 1, tzinfo=UTC)
LONG = 80
LEADS = (1, 2)
LEAST_BODY = 4
STEP = 17


class Tally:
    """Hits, what was said and what was wanted, in lines and in characters, and the F1 of each page."""

    def __init__(self) -> None:
        self.lines = [0, 0, 0]
        self.characters = [0, 0, 0]
        self.pages: list[float] = []

    def add(self, page: Page, found: set[int]) -> None:
        sets = (found & page.gold, found, page.gold)
        for i, indexes in enumerate(sets):
            self.lines[i] += len(indexes)
            self.characters[i] += sum(len(page.lines[n]) for n in indexes)
        self.pages.append(f1([len(s) for s in sets]))

    def __str__(self) -> str:
        hits, said, wanted = self.lines
        return (
            f"lines F1 {f1(self.lines):.3f} (precision {hits / said:.3f}, recall {hits / wanted:.3f})"
            f"  characters F1 {f1(self.characters):.3f}  mean of pages {sum(self.pages) / len(self.pages):.3f}"
        )


class RulesAlone(LineModel):
    """A model without an opinion."""

    def revise(
        self, judged: Sequence[Judged], zone: Zone, title: str | None
    ) -> tuple[Zone, list[bool | None]]:
        return zone, [None] * len(judged)


RULES = RulesAlone((), Forest(0.0, ()), Forest(0.0, ()))


def f1(counts: Sequence[int]) -> float:
    hits, said, wanted = counts
    return 2 * hits / (said + wanted) if said + wanted else 0.0


def body_lines(page: Page, model: LineModel) -> set[int]:
    text = "\n".join(page.lines)
    reading = read_lines(list(unwrap(list(split(text)), text)), THEN, model=model).reading
    starts = [0]
    for line in page.lines:
        starts.append(starts[-1] + len(line) + 1)
    found: set[int] = set()
    for segment in reading.body():
        first = bisect.bisect_right(starts, segment.span.start) - 1
        last = bisect.bisect_right(starts, segment.span.end - 1) - 1
        found |= {n for n in range(first, last + 1) if page.lines[n].strip()}
    return found


def measure(name: str, models: Iterable[tuple[LineModel, Sequence[Page]]]) -> None:
    tallies = {part: Tally() for part in PARTS}
    for model, pages in models:
        for page in pages:
            for copy in copies(page):
                tallies[copy.part].add(copy, body_lines(copy, model))
    for part, tally in tallies.items():
        print(f"  {name:16} {part:8} {tally}")


def rival(pages: Sequence[Page]) -> None:
    tally = Tally()
    for page in pages:
        tally.add(page, {n for n, line in enumerate(page.lines) if len(line) >= LONG})
    print(f"  lines of {LONG} and longer     {tally}")


def articles(data: Path) -> None:
    gold = json.loads((data / "articles_gold.json").read_text(encoding="utf-8"))["articles"]
    tally = Tally()
    for wanted in gold:
        lines = (data / "articles" / wanted["file"]).read_text(encoding="utf-8").split("\n")
        first, last = wanted["body_lines"]
        page = Page(
            wanted["file"], tuple(lines), frozenset(n for n in range(first - 1, last) if lines[n].strip())
        )
        tally.add(page, body_lines(page, line_model()))
    print(f"articles with marked bodies ({len(gold)})\n  intake {tally}")


def glued(pages: Sequence[Page]) -> None:
    """Put the lead of another page above each article: how often is it doubted, and how often what is no lead?"""
    texts = [(headline(page), [page.lines[n] for n in sorted(page.gold)]) for page in pages]
    texts = [(title, body) for title, body in texts if len(body) >= LEAST_BODY]
    doubted = out = cases = wrong = 0
    for i, (title, body) in enumerate(texts):
        wrong += bool(doubts(title, body)[0])
        for count in LEADS:
            other = texts[(i + STEP * count) % len(texts)][1]
            lead = [line for line in other if len(line) >= LONG][:count]
            said, kept = doubts(title, [*lead, *body])
            cases += 1
            doubted += said == lead
            out += said != lead and not set(lead) & set(kept)
    print(
        f"glued leads\n  of {cases}: doubted {doubted}, left out of the body {out}, not seen {cases - doubted - out}"
    )
    print(f"  false alarms on {wrong} of {len(texts)} articles")


def headline(page: Page) -> str:
    return re.split(r" [|\-–—] (?=[^|\-–—]*$)", page.lines[0])[0]


def doubts(title: str, body: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs that are doubted, and all of those that are taken for the article's."""
    text = "\n\n".join([title, *body])
    taken = list(read_text(text, "utf-8", THEN).reading.body())
    texts = [text[s.span.start : s.span.end] for s in taken]
    return [t for t, s in zip(texts, taken, strict=True) if s.doubt], texts


def longest(pages: Sequence[Page]) -> None:
    """Time the longest text that is judged at all, and the longest that the line model sees."""
    lines = [line for page in pages for line in page.lines]
    print("long texts")
    for count in (MOST_MODELLED, MOST_LINES):
        text = "\n".join(islice(cycle(lines), count))
        began = time.process_time()
        read_text(text, "utf-8", THEN)
        print(
            f"  {count} lines, {len(text) / 1e6:.1f} million characters: {time.process_time() - began:.1f} s of the processor"
        )


def main() -> None:
    arguments = [a for a in sys.argv[1:] if a != "--cross"]
    data = Path(arguments[0]) if arguments else DATA
    if not data.is_dir():
        sys.exit(f"no data at {data}")
    pages = read_pages(data)
    print(f"pasted pages ({len(pages)}) and their trimmed copies")
    rival(pages)
    measure("rules alone", [(RULES, pages)])
    measure("shipped model", [(line_model(), pages)])
    if "--cross" in sys.argv:
        from benchmarks.train_line_model import cross_validate

        measure("cross-validated", cross_validate(pages))
    articles(data)
    glued(pages)
    longest(pages)


if __name__ == "__main__":
    main()
