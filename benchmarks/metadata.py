"""Measure what intake says of web pages, beside trafilatura and htmldate: title, day, and days that are invented.

Reads ``web_pages/`` of the data folder (see intake.py). ``metadata_facts.tsv`` beside this file holds, for every
other page, the headline and the day of publication; the day is empty where a page gives none. It was drafted by
intake itself and only skimmed by a person, so what it says of intake is an upper bound. Three further questions
need no such table: what is said of pages out of which every year has been cut (each day is then invented),
whether JSON-LD is met without being read (the independent figure), and whether a lower confidence means more
errors.

    python benchmarks/metadata.py [DATA]
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from htmldate import find_date
from trafilatura import extract, extract_metadata

from briefer.domain.sources import NOT_KNOWN, Capture
from briefer.intake.text import read_text
from briefer.intake.web.html import read_html

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FACTS = Path(__file__).with_name("metadata_facts.tsv")
NOW = datetime.now(UTC)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d{6}(?!\d)")
JSON_LD = re.compile(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
# The tokens of article-extraction-benchmark: letters and digits, and runs of four of them.
TOKEN = re.compile(r"\w+", re.UNICODE)
SHINGLE = 4


@dataclass(frozen=True)
class Said:
    """What one reader says of a page."""

    title: str
    day: str


Reader = Callable[[str], Said]


def briefer(markup: str) -> Said:
    capture = read_html(markup, "utf-8", NOW)
    return Said(capture.title, capture.published.value or "")


def trafilatura(markup: str) -> Said:
    found = extract_metadata(markup)
    return Said(found.title or "", found.date or "")


def htmldate(markup: str) -> Said:
    return Said("", find_date(markup) or "")


def htmldate_fast(markup: str) -> Said:
    return Said("", find_date(markup, extensive_search=False) or "")


READERS: dict[str, Reader] = {
    "intake": briefer,
    "trafilatura": trafilatura,
    "htmldate": htmldate,
    "htmldate, fast": htmldate_fast,
}


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def pages(data: Path) -> dict[str, str]:
    keys = json.loads((data / "web_pages" / "gold.json").read_text(encoding="utf-8"))
    return {key: page(data, key) for key in keys}


def page(data: Path, key: str) -> str:
    return gzip.decompress((data / "web_pages" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")


def facts() -> dict[str, Said]:
    rows = (line.split("\t") for line in FACTS.read_text(encoding="utf-8").splitlines())
    return {key: Said(title, day) for key, day, title in rows}


def against_the_table(found: dict[str, str], wanted: dict[str, Said]) -> None:
    dated = sum(bool(fact.day) for fact in wanted.values())
    print(f"headline and day, by hand ({len(wanted)} pages, {len(wanted) - dated} without a day)")
    for name, reader in READERS.items():
        began = time.perf_counter()
        said = {key: reader(found[key]) for key in wanted}
        took = time.perf_counter() - began
        titles = sum(letters(said[key].title) == letters(fact.title) for key, fact in wanted.items())
        days = sum(said[key].day == fact.day for key, fact in wanted.items() if fact.day)
        wrong = sum(bool(said[key].day) and said[key].day != fact.day for key, fact in wanted.items())
        titled = f"title {titles}/{len(wanted)}" if any(s.title for s in said.values()) else " " * 11
        print(f"  {name:16} {titled}  day {days}/{dated}  wrong or invented {wrong}  {took:.1f} s")


def invented(found: Iterable[str]) -> None:
    cut = [YEAR.sub("", markup) for markup in found]
    print(f"pages without a year ({len(cut)}): full days invented")
    for name, reader in READERS.items():
        print(f"  {name:16} {sum(len(reader(markup).day) == 10 for markup in cut)}")


def held_out(found: Iterable[str]) -> None:
    """Compare with what JSON-LD states after taking it out of the page."""
    told: list[tuple[str, Said]] = []
    for markup in found:
        nodes = [json_of(text) for text in JSON_LD.findall(markup)]
        stated = [
            n
            for n in nodes
            if n.get("headline") and re.match(r"\d{4}-\d\d-\d\d", str(n.get("datePublished")))
        ]
        if stated and not str(stated[0]["datePublished"]).startswith("0001"):
            first = Said(str(stated[0]["headline"]), str(stated[0]["datePublished"])[:10])
            told.append((JSON_LD.sub("", markup), first))
    print(f"JSON-LD held out ({len(told)} pages); its day may be that of another time zone")
    for name, reader in READERS.items():
        said = [(reader(markup), fact) for markup, fact in told]
        days = sum(s.day == fact.day for s, fact in said)
        titles = sum(letters(s.title) == letters(fact.title) for s, fact in said)
        print(f"  {name:16} title {titles}  day {days}")


def json_of(text: str) -> dict[str, object]:
    try:
        found = json.loads(re.sub(r"[\x00-\x1f]", " ", text))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def confidence(captures: dict[str, Capture], wanted: dict[str, Said], name: str) -> None:
    """Print how many are right in each class of confidence."""
    right: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for key, capture in captures.items():
        fact = wanted[key]
        for field, good in (
            ("title", letters(capture.title) == letters(fact.title)),
            ("published", capture.published.value == fact.day),
        ):
            if field == "published" and not capture.published.value:
                continue
            sure = capture.known.get(field, NOT_KNOWN).confidence
            label = "0.9 and more" if sure >= 0.9 else "0.7 to 0.9" if sure >= 0.7 else "below 0.7"
            whole[field, label] += 1
            right[field, label] += good
    print(f"confidence and right answers, {name}")
    for field in ("title", "published"):
        classes = ((label, whole[field, label]) for label in ("0.9 and more", "0.7 to 0.9", "below 0.7"))
        print(f"  {field:10} " + "   ".join(f"{label}: {right[field, label]}/{n}" for label, n in classes))


def as_pasted(data: Path, wanted: dict[str, Said]) -> dict[str, Capture]:
    captures: dict[str, Capture] = {}
    for row in map(json.loads, (data / "pasted_pages.jsonl").open(encoding="utf-8")):
        if row["page"] in wanted:
            lines = [""] * max(line["n"] for line in row["lines"])
            for line in row["lines"]:
                lines[line["n"] - 1] = line["text"]
            captures[row["page"]] = read_text("\n".join(lines), "utf-8", NOW)
    return captures


def bodies(data: Path, found: dict[str, str]) -> None:
    """Print the score of article-extraction-benchmark (its evaluate.py): shingles as a multiset, mean over pages."""
    gold = json.loads((data / "web_pages" / "gold.json").read_text(encoding="utf-8"))
    scores: dict[str, list[tuple[float, float]]] = {"intake": [], "trafilatura": []}
    seconds = {"intake": 0.0, "trafilatura": 0.0}
    for key, markup in found.items():
        body = shingles(gold[key]["body"])
        began = time.perf_counter()
        capture = read_html(markup, "utf-8", NOW)
        seconds["intake"] += time.perf_counter() - began
        began = time.perf_counter()
        plain = extract(markup, include_comments=False) or ""
        seconds["trafilatura"] += time.perf_counter() - began
        mine = "\n".join(capture.text[s.span.start : s.span.end] for s in capture.reading.body())
        for name, text in (("intake", mine), ("trafilatura", plain)):
            said = shingles(text)
            hits = (said & body).total()
            scores[name].append((hits / max(said.total(), 1), hits / max(body.total(), 1)))
    print(f"body, by runs of {SHINGLE} tokens ({len(found)} pages)")
    for name, pairs in scores.items():
        precision = statistics.mean(p for p, _ in pairs)
        recall = statistics.mean(r for _, r in pairs)
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"  {name:16} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {seconds[name]:.1f} s"
        )


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (data / "web_pages").is_dir():
        sys.exit(f"no data at {data}")
    logging.disable(logging.CRITICAL)
    found, wanted = pages(data), facts()
    wanted = {key: fact for key, fact in wanted.items() if key in found}
    bodies(data, found)
    against_the_table(found, wanted)
    invented(found.values())
    held_out(found.values())
    confidence({key: read_html(found[key], "utf-8", NOW) for key in wanted}, wanted, "web pages")
    confidence(as_pasted(data, wanted), wanted, "the same as pasted text")


if __name__ == "__main__":
    main()
