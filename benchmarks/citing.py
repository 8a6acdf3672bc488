"""Measure the formatting of 1,000 citations, cold and after one insertion, beside pandoc in the same run.

    python benchmarks/citing.py [ROUNDS]

Each round starts Briefer's processor anew, formats 1,000 notes about 500 sources with the source list in
chicago-notes, inserts one citation in the middle and formats again; then pandoc (``--citeproc``, if it is found
or the package pypandoc-binary is installed) formats the same citations with the same style file. Processor seconds of Briefer and
of pandoc as a child process, medians; the ratio is what to compare between machines.
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
from pathlib import Path

from briefer import assets
from briefer.citing import Cluster, Processor

NOTES, SOURCES = 1000, 500
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


def inserted(document: list[Cluster]) -> list[Cluster]:
    new = Cluster(({"id": "s3", "locator": "99", "label": "paragraph"},), 0)
    longer = [*document[: NOTES // 2], new, *document[NOTES // 2 :]]
    return [Cluster(cluster.cites, number) for number, cluster in enumerate(longer, 1)]


def briefer() -> tuple[float, float, float, float, int]:
    """Return processor seconds of all and of the insertion, wall seconds of insertion and list; and what it wrote."""
    locales = {"en-US": (CSL / "locales" / "locales-en-US.xml").read_text("utf-8")}
    document = clusters()
    cpu = time.process_time()
    processor = Processor()
    try:
        engine = processor.open(STYLE.read_text("utf-8"), locales)
        engine.add(items())
        engine.format(document)
        engine.bibliography()
        cold = time.process_time() - cpu
        longer = inserted(document)
        cpu, at = time.process_time(), time.perf_counter()
        anew = engine.format(longer).anew
        insertion, busy = time.perf_counter() - at, time.process_time() - cpu
        at = time.perf_counter()
        engine.bibliography()
        return cold, busy, insertion, time.perf_counter() - at, anew
    finally:
        processor.close()


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
    ours: list[tuple[float, float, float, float, int]] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            ours.append(briefer())
            if path:
                theirs.append(pandoc(path, Path(folder)))
    cold, busy, insertion, listing, anew = (statistics.median(column) for column in zip(*ours, strict=True))
    print(f"{NOTES} citations of {SOURCES} sources and the source list, cold: {cold:.2f} s of processor time")
    print(
        f"one insertion in the middle: {insertion * 1000:.0f} ms (limit: 50), "
        f"{busy * 1000:.0f} ms of processor time; {anew:g} citations written anew"
    )
    print(f"the source list after it: {listing * 1000:.0f} ms")
    if theirs:
        rival = statistics.median(theirs)
        print(f"pandoc --citeproc: {rival:.2f} s of processor time; ratio {cold / rival:.2f}")
    else:
        print("pandoc is not here; install pypandoc-binary to compare")


if __name__ == "__main__":
    main()
