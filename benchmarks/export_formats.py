"""Measure every format on 3,000 paragraphs with 1,000 notes, beside Pandoc and LibreOffice on the same text.

Each measurement is a process of its own, so that the peak of memory is its own too. Times are those of writing alone
(imports are done before) and, for the rivals, of the whole program. Wants `pandoc` and `soffice` in the path; what is
not there is left out. With `--linear`, the formats are measured at 3,000, 6,000 and 12,000 paragraphs.

    python benchmarks/export_formats.py [--linear]
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from briefer.domain.documents import BlockNode, Document, NoteRef, Paragraph, Run
from briefer.export import Writers
from briefer.export.markdown import to_markdown
from briefer.export.pdf import to_pdf

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.word import sample

SUFFIXES = (".txt", ".md", ".html", ".odt", ".docx", ".pdf")
ROUNDS = 3
MEBI = 1024 * 1024


def document(times: int) -> Document:
    """Return the sample ``times`` times over, notes counted on."""
    one = sample()
    blocks: list[BlockNode] = []
    notes = []
    for turn in range(times):
        before = turn * len(one.notes)
        for block in one.blocks:
            if isinstance(block, Paragraph):
                inlines = tuple(
                    NoteRef(i.number + before) if isinstance(i, NoteRef) else i for i in block.inlines
                )
                blocks.append(replace(block, inlines=inlines, anchor=f"{block.anchor}-{turn + 2}"))
            else:
                blocks.append(block)
        notes += [replace(note, number=note.number + before) for note in one.notes]
    return replace(one, blocks=tuple(blocks), notes=tuple(notes))


def one(suffix: str, times: int) -> None:
    """Write in one format, and print seconds, peak of memory and size."""
    given = document(times)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"brief{suffix}"
        Writers().write(replace(given, blocks=given.blocks[:1], notes=()), target)  # imports
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        Writers().write(given, target)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps([seconds, peak / 1024, (peak - before) / 1024, target.stat().st_size / MEBI]))


def measured(suffix: str, times: int) -> list[float]:
    command = [sys.executable, __file__, "--one", suffix, str(times)]
    found = [
        json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
        for _ in range(ROUNDS)
    ]
    return [min(column) for column in zip(*found, strict=True)]


def rival(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the seconds and the peak of memory (MiB) of a program."""
    script = (
        "import resource, subprocess, sys, time; t = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", script, *command],
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
        )
        seconds, peak = done.stdout.split()
        found.append((float(seconds), float(peak)))
    return min(found)


def rivals(folder: Path) -> None:
    given = document(1)
    (folder / "brief.md").write_text(to_markdown(given), encoding="utf-8")
    if shutil.which("pandoc"):
        for name in ("txt", "html", "odt", "docx", "typ"):
            kind = {"txt": "plain", "typ": "typst"}.get(name, name)
            command = ["pandoc", "-s", "brief.md", "-t", kind, "-o", f"rival.{name}"]
            seconds, peak = rival(command, folder)
            print(f"pandoc .md to {kind:6} {seconds:6.2f} s   peak {peak:6.0f} MiB")
        script = "import typst; typst.compile('rival.typ', output='rival.pdf', pdf_standards=['ua-1'])"
        try:
            seconds, peak = rival([sys.executable, "-c", script], folder)
            print(f"typst of pandoc's     {seconds:6.2f} s   peak {peak:6.0f} MiB")
        except subprocess.CalledProcessError:
            print("typst of pandoc's     refused: no PDF/UA-1")
    if shutil.which("soffice"):
        Writers().write(given, folder / "brief.docx")
        for kind in ("pdf", "odt"):
            seconds, peak = rival(["soffice", "--headless", "--convert-to", kind, "brief.docx"], folder)
            print(
                f"soffice .docx to {kind:4} {seconds:6.2f} s   peak {peak:6.0f} MiB (of the largest process)"
            )


def long_paragraph() -> None:
    """A paragraph of ten megabytes is more than anybody reads; it must not break anything."""
    text = Paragraph((Run("plain words of one paragraph " * 350_000),))
    for suffix in SUFFIXES:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            Writers().write(Document("T", (text,)), Path(folder) / f"brief{suffix}")
            print(f"10 MB in one paragraph {suffix:6} {time.perf_counter() - started:6.2f} s")


def main() -> None:
    sizes = (1, 2, 4) if "--linear" in sys.argv else (1,)
    for suffix in SUFFIXES:
        for times in sizes:
            seconds, peak, more, size = measured(suffix, times)
            print(
                f"briefer {suffix:5} {3000 * times:6} paragraphs {seconds:6.2f} s   peak {peak:6.0f} MiB"
                f" ({more:+.0f} by writing)   {size:6.2f} MiB"
            )
    with tempfile.TemporaryDirectory() as folder:
        rivals(Path(folder))
    assert to_pdf(document(1)) == to_pdf(document(1))
    if "--long" in sys.argv:
        long_paragraph()


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
