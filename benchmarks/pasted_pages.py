"""Pages that people marked line by line, their trimmed copies, and their parts for cross-validation."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PARTS = ("whole", "no head", "no foot", "neither", "article")
FOLDS = 6
SEED = 7
SHARED_LINES = 6


@dataclass(frozen=True)
class Page:
    """A page: its lines (blank ones included), the indexes of those that are the article, what part it is."""

    name: str
    lines: tuple[str, ...]
    gold: frozenset[int]
    part: str = "whole"


def read_pages(data: Path) -> list[Page]:
    """Return the pages of ``pasted_pages.jsonl``."""
    pages = []
    for row in map(json.loads, (data / "pasted_pages.jsonl").open(encoding="utf-8")):
        lines = [""] * max(line["n"] for line in row["lines"])
        for line in row["lines"]:
            lines[line["n"] - 1] = line["text"]
        gold = frozenset(line["n"] - 1 for line in row["lines"] if line["body"])
        pages.append(Page(row["page"], tuple(lines), gold))
    return pages


def copies(page: Page) -> Iterator[Page]:
    """Yield the page and its trimmed copies, in which a few lines of furniture are left."""
    chance = random.Random(f"{SEED} {page.name}")
    first, last, count = min(page.gold), max(page.gold) + 1, len(page.lines)
    yield page
    for part in PARTS[1:]:
        low = 0 if part == "no foot" else first
        high = count if part == "no head" else last
        if part in {"no head", "neither"}:
            low = max(0, first - chance.choice((0, 1, 2, 3, 5, 8)))
        if part in {"no foot", "neither"}:
            high = min(count, last + chance.choice((0, 0, 1, 2, 4, 8)))
        gold = frozenset(n - low for n in page.gold)
        yield Page(page.name, page.lines[low:high], gold, part)


def folds(pages: Sequence[Page]) -> list[list[Page]]:
    """Return the pages in parts of about the same size; pages of one site, or made alike, come into the same."""
    own = {
        p.name: {re.sub(r"\d+", "0", line.strip()) for line in p.lines if len(line.strip()) > 3}
        for p in pages
    }
    common = Counter(line for lines in own.values() for line in lines)
    leader = {p.name: p.name for p in pages}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for i, one in enumerate(pages):
        for other in pages[i + 1 :]:
            if sum(common[line] <= SHARED_LINES for line in own[one.name] & own[other.name]) >= SHARED_LINES:
                leader[find(one.name)] = find(other.name)
    groups = defaultdict(list)
    for page in pages:
        groups[find(page.name)].append(page)
    parts: list[list[Page]] = [[] for _ in range(FOLDS)]
    for group in sorted(groups.values(), key=lambda g: (-sum(len(p.lines) for p in g), g[0].name)):
        min(parts, key=lambda part: sum(len(p.lines) for p in part)).extend(group)
    return parts
