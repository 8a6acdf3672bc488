"""Measure the formatting of 1,000 citations, cold and after one change, beside pandoc in the same run.

    python benchmarks/citing.py [ROUNDS]

Each round starts Briefer's processor anew and formats 1,000 notes about 500 sources with the source list in
chicago-notes; then pandoc (``--citeproc``, if it is found or the package pypandoc-binary is installed) formats the
same citations with the same style file. Processor seconds of Briefer and of pandoc as a child process, medians; the
ratio is what to compare between machines.

Then one citer, as window and commands use it (sources in, runs out, source list included), formats a document of
1,000 notes and takes in thirty changes: one citation inserted in the middle, one moved, one removed. Median and
95th percentile of each, in wall time (limit: 50 ms) and, since other programs take their share of that, in
processor time.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from briefer import assets
from briefer.citing import Cluster, CslCiter, Processor
from briefer.domain.dates import Basis, Dating
from briefer.domain.sources import Source
from briefer.services.ports import Cite

NOTES, SOURCES, CHANGES = 1000, 500, 30
FAMILIES = ("Menon", "Sato", "Müller", "Okafor", "Lindqvist", "Tanaka", "Duarte", "Novak", "Haddad", "Kim")
CSL = assets.resources() / "citing" / "csl"
STYLE = CSL / "styles" / "chicago-notes-bibliography.csl"


def items() -> list[dict[str, object]]:
    chosen = random.Random(1)
    return [
        {
            "id": f"s{n}",
            "type": chosen.choice(["article-newspaper", "report", "webpage", "article-journal"]),
            "title": f"Supply of critical goods, part {n}",
            "author": [{"family": chosen.choice(FAMILIES), "given": f"A{n % 26}"}],
            "container-title": "The Harbour Gazette",
            "publisher": "Institute of Ports",
            "issued": {"date-parts": [[2020 + n % 6, 1 + n % 12, 1 + n % 28]]},
            "URL": f"https://example.org/{n}",
        }
        for n in range(SOURCES)
    ]


def clusters() -> list[Cluster]:
    chosen = random.Random(2)
    return [
        Cluster(
            tuple(
                {
                    "id": f"s{chosen.randrange(SOURCES)}",
                    "locator": str(chosen.randint(1, 40)),
                    "label": "paragraph",
                }
                for _ in range(chosen.choice([1, 1, 1, 2]))
            ),
            number,
        )
        for number in range(1, NOTES + 1)
    ]


def briefer() -> float:
    """Return the processor seconds of all."""
    locales = {"en-US": (CSL / "locales" / "locales-en-US.xml").read_text("utf-8")}
    document = clusters()
    cpu = time.process_time()
    processor = Processor()
    try:
        engine = processor.open(STYLE.read_text("utf-8"), locales)
        engine.add(items())
        engine.format(document)
        engine.bibliography()
        return time.process_time() - cpu
    finally:
        processor.close()


def sources() -> list[Source]:
    chosen = random.Random(1)
    return [
        Source(
            id=f"s{n}",
            title=f"Supply of critical goods, part {n}",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            kind=chosen.choice(["article-newspaper", "report", "webpage", "article-journal"]),
            authors=(f"A{n % 26} {chosen.choice(FAMILIES)}",),
            publisher="The Harbour Gazette",
            published=Dating(f"{2020 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}", None, Basis.EXPLICIT),
            url=f"https://example.org/{n}",
        )
        for n in range(SOURCES)
    ]


def changes() -> dict[str, list[tuple[float, float]]]:
    """Return wall and processor milliseconds of each change, by its kind."""
    known = sources()
    chosen = random.Random(2)

    def cites() -> list[Cite]:
        count = chosen.choice([1, 1, 1, 2])
        return [Cite(chosen.choice(known), str(chosen.randint(1, 40)), "paragraph") for _ in range(count)]

    document = [cites() for _ in range(NOTES)]
    citer = CslCiter()
    found: dict[str, list[tuple[float, float]]] = {}
    try:
        citer.cited(document, known, style="chicago-notes", language="en")
        for number in range(3 * CHANGES):
            kind = ("insert", "move", "remove")[number % 3]
            at = NOTES // 2 + chosen.randint(-50, 50)
            if kind == "insert":
                document.insert(at, cites())
            elif kind == "move":
                document.insert(at, document.pop(chosen.randrange(NOTES)))
            else:
                document.pop(at)
            wall, cpu = time.perf_counter(), time.process_time()
            citer.cited(document, known, style="chicago-notes", language="en")
            took = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
            found.setdefault(kind, []).append(took)
    finally:
        citer.close()
    return found


def pandoc_path() -> str | None:
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc
    except ImportError:
        return None
    return str(pypandoc.get_pandoc_path())


def pandoc(path: str, folder: Path) -> float:
    (folder / "items.json").write_text(json.dumps(items()), "utf-8")
    lines = []
    for cluster in clusters():
        cites = "; ".join(f"@{cite['id']}, para. {cite['locator']}" for cite in cluster.cites)
        lines.append(f"Text [{cites}].\n")
    (folder / "text.md").write_text("\n".join(lines), "utf-8")
    before = os.times()
    subprocess.run(
        [
            path,
            "text.md",
            "--citeproc",
            "--bibliography=items.json",
            f"--csl={STYLE}",
            "-t",
            "html",
            "-o",
            "out.html",
        ],
        cwd=folder,
        check=True,
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    path = pandoc_path()
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            ours.append(briefer())
            if path:
                theirs.append(pandoc(path, Path(folder)))
    cold = statistics.median(ours)
    print(f"{NOTES} citations of {SOURCES} sources and the source list, cold: {cold:.2f} s of processor time")
    if theirs:
        rival = statistics.median(theirs)
        print(f"pandoc --citeproc: {rival:.2f} s of processor time; ratio {cold / rival:.2f}")
    else:
        print("pandoc is not here; install pypandoc-binary to compare")
    for kind, took in changes().items():
        told = [
            f"{statistics.median(column):.0f} ms, 95th percentile {statistics.quantiles(column, n=20)[-1]:.0f}"
            for column in zip(*took, strict=True)
        ]
        print(f"{kind}: {told[0]} (limit: 50); of processor time {told[1]}")


if __name__ == "__main__":
    main()
