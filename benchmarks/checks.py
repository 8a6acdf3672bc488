"""All checks over a brief of thirty pages: from cold, and after each edit of one block, against a limit.

Run as ``python -m benchmarks.checks [ROUNDS] [SEED]``. The brief has 300 blocks in 20 sections, 200 of which cite an
excerpt of a source of its own, in English and Japanese; each source's text has some 800 words. What is measured is
``Review.reviewed``, which the window and the command line call: reading the brief and what it cites, and all rules.
Processor time of the process, because other work on the machine is not the checks'.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefer.app import LibraryOpener
from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.dates import Basis, Dating
from briefer.domain.digests import with_states
from briefer.domain.editing import write_prose
from briefer.domain.excerpts import Excerpt
from briefer.domain.ids import new_id
from briefer.domain.record import Act
from briefer.domain.sources import Reading, Segment, SegmentKind, Snapshot, Source
from briefer.domain.spans import Span, quote_at
from briefer.domain.tags import parse_tag
from briefer.intake import Intake
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from briefer.services.recording import capture_facts, of_excerpt, of_source

LIMIT_MS = 200
BLOCKS, CITATIONS, SECTIONS = 300, 200, 20
_WORDS = [
    "supply",
    "chains",
    "export",
    "controls",
    "ministers",
    "agreed",
    "officials",
    "said",
    "semiconductor",
    "cables",
    "ports",
    "insurers",
    "shipping",
    "is",
    "likely",
    "almost",
    "certainly",
    "with",
    "high",
    "confidence",
    "between",
    "2024",
    "and",
    "2026",
    "about",
    "47",
    "per",
    "cent",
    "of",
    "output",
    "rose",
]
_JAPANESE = "経済安全保障の強化に向けて、両国は半導体の供給網について協議した。輸出管理は三割増えた。"
_NOW = datetime(2026, 1, 15, tzinfo=UTC)
_TAGS = ("partner:IN", "partner:DE", "partner:CN/source-of-risk", "risk:cyber", "risk:supply-chain")


def sentence(draw: random.Random, words: int) -> str:
    """Return a sentence of some words, now and then in Japanese."""
    if draw.random() < 0.2:
        return _JAPANESE
    return " ".join(draw.choices(_WORDS, k=words)).capitalize() + "."


def filled(desk: Desk, draw: random.Random) -> Brief:
    """Store sources with an excerpt each, and a brief that cites them."""
    made = [_source(draw, number) for number in range(CITATIONS)]
    with desk.library.write() as work:
        for source, snapshot, excerpt in made:
            work.sources.add(source, snapshot, snapshot.text.encode())
            work.excerpts.add([excerpt])
            desk.record.note(
                work, Act.IMPORT, of_source(source), with_states(capture_facts(snapshot), source, snapshot)
            )
            desk.record.note(work, Act.EXCERPT, of_excerpt(excerpt), with_states({}, excerpt))
    cited = [excerpt.id for _, _, excerpt in made]
    sections = tuple(_section(draw, number, cited) for number in range(SECTIONS))
    brief, _ = desk.compose.create(_wanted())
    whole = replace(brief, sections=sections, marking="uk-gscp/official-sensitive")
    desk.compose.edit(brief.id, "Fill", lambda _now: whole)
    return whole


def measured(rounds: int, seed: int) -> dict[str, list[float]]:
    """Return milliseconds of processor time: from cold, again without a change, and after an edit of one block."""
    draw = random.Random(seed)
    found: dict[str, list[float]] = {"cold": [], "unchanged": [], "one block edited": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            desk = LibraryOpener(Intake).create(Path(folder) / "x.briefer")
            brief = filled(desk, draw)
            review = desk.review
            found["cold"].append(_timed(lambda d=desk, b=brief: d.review.reviewed(b.id)))  # type: ignore[misc]
            for _ in range(10):
                found["unchanged"].append(_timed(lambda r=review, b=brief: r.reviewed(b.id)))  # type: ignore[misc]
                block = draw.choice([b for _, b in brief.blocks() if b.kind is BlockKind.PROSE])
                text = f"{block.markdown} {sentence(draw, 12)}"
                desk.compose.edit(brief.id, "Write", lambda b, i=block.id, t=text: write_prose(b, i, t))  # type: ignore[misc]
                found["one block edited"].append(_timed(lambda r=review, b=brief: r.reviewed(b.id)))  # type: ignore[misc]
            desk.close()
    return found


def _wanted() -> NewBrief:
    return NewBrief("meeting-brief", (parse_tag("partner:IN"),), "A long brief", "2026-03-09")


def _source(draw: random.Random, number: int) -> tuple[Source, Snapshot, Excerpt]:
    text = "\n".join(" ".join(sentence(draw, 14) for _ in range(6)) for _ in range(10))
    id_, snapshot_id = new_id(), new_id()
    source = Source(
        id_,
        f"Report {number} on supply chains",
        _NOW,
        publisher=f"Outlet {number % 40}",
        published=Dating(f"2025-{number % 12 + 1:02}-10", "10", Basis.EXPLICIT),
        language="en",
        reliability="B",
        snapshot_id=snapshot_id,
    )
    paragraph = Span(0, text.index("\n"))
    reading = Reading((Segment(paragraph, SegmentKind.PARAGRAPH, 1),))
    snapshot = Snapshot(
        snapshot_id, id_, f"{number:064}", "a.txt", "text/plain", "utf-8", _NOW, text, reading
    )
    tags = tuple(map(parse_tag, draw.sample(_TAGS, 2)))
    quote = quote_at(text, paragraph)
    return source, snapshot, Excerpt(new_id(), id_, snapshot_id, paragraph, quote, 1, _NOW, tags=tags)


def _section(draw: random.Random, number: int, cited: list[str]) -> Section:
    blocks = []
    for at in range(BLOCKS // SECTIONS):
        place = number * (BLOCKS // SECTIONS) + at
        own = cited[place - place // 3 - (place % 3 == 2)]  # two of three cite, each another one
        if place % 3 == 0:
            blocks.append(Block(new_id(), BlockKind.QUOTATION, excerpt_id=own))
            continue
        text = " ".join(sentence(draw, 13) for _ in range(3))
        if place % 3 == 1:
            text += f" [@{own}]"
        blocks.append(Block(new_id(), BlockKind.PROSE, text))
    kinds = ("objectives", "say", "background", "considerations")
    scope = tuple(map(parse_tag, draw.sample(_TAGS, 1)))
    return Section(new_id(), f"Section {number}", kinds[number % 4], 1, scope, tuple(blocks))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"seed {seed}; limit {LIMIT_MS} ms; ms of processor time, and share of the limit")
    for name, times in measured(rounds, seed).items():
        median = statistics.median(times)
        high = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else median
        print(
            f"{name:18} median {median:7.1f} ({median / LIMIT_MS:.2f})  p95 {high:7.1f} ({high / LIMIT_MS:.2f})"
        )


if __name__ == "__main__":
    main()
