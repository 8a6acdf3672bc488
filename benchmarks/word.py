"""Measure the Word writer on 3,000 paragraphs with 1,000 footnotes, beside pandoc and the limit in the same run.

    python -m benchmarks.word [ROUNDS]

Every piece of work is a process of its own, start and imports included; its processor seconds and its peak of memory
are told by the system (POSIX only). The limit is what no writer can go below: the same text put together from strings
and zipped. pandoc gets the same content as Markdown (the package pypandoc-binary, if it is installed; else any pandoc
that is found). "cited" formats the 1,000 notes by citation style first, pandoc with ``--citeproc`` and the same style
file. Then the writer alone on 3,000, 6,000 and 12,000 paragraphs. Medians; ratios are what to compare between machines.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from briefer import assets
from briefer.domain.documents import Document, Heading, Note, NoteRef, Paragraph, Run

PARAGRAPHS, NOTES, SOURCES = 3000, 1000, 500
SENTENCE = "Partners agreed to compare their lists of critical goods before the spring, and to "
EMPHASIS = "share early warnings"
CSL = assets.resources() / "citing" / "csl"
STYLE = CSL / "styles" / "chicago-notes-bibliography.csl"
MEBIBYTE = 1024  # of the kibibytes that Linux tells


def sample(paragraphs: int = PARAGRAPHS) -> Document:
    """Return a document with a heading every 30 paragraphs, and a note at a third of the others."""
    blocks: list[Heading | Paragraph] = []
    cited = 0
    for number in range(paragraphs):
        anchor = f"0198f1c2-0000-7000-8000-{number:012x}"
        if number % 30 == 0:
            blocks.append(Heading(1, (Run(f"Section {number // 30 + 1}"),), anchor))
            continue
        inlines: tuple[Run | NoteRef, ...] = (Run(SENTENCE), Run(EMPHASIS, bold=True), Run("."))
        if number % 3 != 2 and cited * 3 < paragraphs:
            cited += 1
            inlines = (*inlines, NoteRef(cited))
        blocks.append(Paragraph(inlines, anchor=anchor))
    notes = tuple(
        Note(
            n,
            (Run(f"“Article {n},” "), Run("The Gazette", italic=True), Run(", December 17, 2025, para. 3.")),
        )
        for n in range(1, cited + 1)
    )
    return Document("Benchmark", tuple(blocks), notes, modified="2026-01-12T09:30:00+00:00")


def limit(document: Document) -> bytes:
    """Return the text of ``document`` as parts of strings in an archive: less than any reader would open."""
    body = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            runs = "".join(
                f"<w:r><w:t>{escape(i.text)}</w:t></w:r>"
                if isinstance(i, Run)
                else f'<w:r><w:footnoteReference w:id="{i.number}"/></w:r>'
                for i in block.inlines
                if isinstance(i, Run | NoteRef)
            )
            body.append(f'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>{runs}</w:p>')
    notes = [
        f'<w:footnote w:id="{note.number}"><w:p>'
        + "".join(f"<w:r><w:t>{escape(i.text)}</w:t></w:r>" for i in note.inlines if isinstance(i, Run))
        + "</w:p></w:footnote>"
        for note in document.notes
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "".join(body))
        package.writestr("word/footnotes.xml", "".join(notes))
    return buffer.getvalue()


def items() -> list[dict[str, object]]:
    return [
        {
            "id": f"s{n}",
            "type": ("article-newspaper", "report", "webpage", "article-journal")[n % 4],
            "title": f"Supply of critical goods, part {n}",
            "author": [{"family": ("Menon", "Sato", "Müller", "Okafor")[n % 4], "given": f"A{n % 26}"}],
            "container-title": "The Harbour Gazette",
            "publisher": "Institute of Ports",
            "issued": {"date-parts": [[2020 + n % 6, 1 + n % 12, 1 + n % 28]]},
        }
        for n in range(SOURCES)
    ]


def source(note: int) -> int:
    """Return the source that a note cites: some again and again, as in a brief."""
    return note * 7919 % SOURCES


def cited(document: Document) -> Document:
    """Return ``document`` with its notes formatted by the citation style."""
    from briefer.citing import Cluster, Processor
    from briefer.citing.rich_text import inlines_of

    locales = {"en-US": (CSL / "locales" / "locales-en-US.xml").read_text("utf-8")}
    processor = Processor()
    try:
        engine = processor.open(STYLE.read_text("utf-8"), locales)
        engine.add(items())
        found = engine.format(
            [
                Cluster(({"id": f"s{source(n.number)}", "locator": "3", "label": "paragraph"},), n.number)
                for n in document.notes
            ]
        )
    finally:
        processor.close()
    return replace(document, notes=tuple(Note(n, inlines_of(text)) for n, text in enumerate(found.texts, 1)))


def markdown(document: Document, *, citations: bool) -> str:
    """Return the same content for pandoc."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append("# " + "".join(i.text for i in block.inlines if isinstance(i, Run)))
        elif isinstance(block, Paragraph):
            marks = [i.number for i in block.inlines if isinstance(i, NoteRef)]
            cites = (f" [@s{source(n)}, para. 3]" if citations else f"[^{n}]" for n in marks)
            parts.append(f"{SENTENCE}**{EMPHASIS}**.{''.join(cites)}")
    if not citations:
        parts += [
            f"[^{n.number}]: “Article {n.number},” *The Gazette*, December 17, 2025, para. 3."
            for n in document.notes
        ]
    return "\n\n".join(parts) + "\n"


def child(work: str, paragraphs: int) -> None:
    """Do one piece of work; tell its seconds without start and imports."""
    document = sample(paragraphs)
    if work == "limit":
        limit(document)
        return
    from briefer.export.docx import to_docx

    at = time.process_time()
    to_docx(cited(document) if work == "cited" else document)
    print(time.process_time() - at)


def pandoc_path() -> str | None:
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Return processor seconds and peak of memory (MiB) of a process."""
    process = subprocess.Popen(
        command, cwd=None if command[0] == sys.executable else folder, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MEBIBYTE


def works(folder: Path) -> dict[str, list[str]]:
    """Return the commands, with the files that they read laid in ``folder``."""
    ours = [sys.executable, "-m", "benchmarks.word"]
    found = {name: [*ours, "--work", name, str(PARAGRAPHS)] for name in ("limit", "briefer", "cited")}
    if path := pandoc_path():
        document = sample()
        (folder / "items.json").write_text(json.dumps(items()), "utf-8")
        (folder / "notes.md").write_text(markdown(document, citations=False), "utf-8")
        (folder / "cited.md").write_text(markdown(document, citations=True), "utf-8")
        found["pandoc"] = [path, "notes.md", "-o", "notes.docx"]
        citing = ["--citeproc", "--bibliography=items.json", f"--csl={STYLE}"]
        found["pandoc cited"] = [path, "cited.md", *citing, "-o", "cited.docx"]
    for count in (2 * PARAGRAPHS, 4 * PARAGRAPHS):
        found[f"briefer {count}"] = [*ours, "--work", "briefer", str(count)]
    return found


def main() -> None:
    if "--work" in sys.argv:
        child(sys.argv[-2], int(sys.argv[-1]))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = works(folder)
        taken: dict[str, list[tuple[float, float]]] = {work: [] for work in commands}
        for _ in range(rounds):
            for work, command in commands.items():
                taken[work].append(run(command, folder))
    print(
        f"{PARAGRAPHS} paragraphs, {NOTES} notes; processor seconds and peak of memory, medians of {rounds} rounds"
    )
    medians = {}
    for work, found in taken.items():
        seconds, memory = (statistics.median(column) for column in zip(*found, strict=True))
        medians[work] = seconds
        print(f"{work:14} {seconds:7.2f} s {memory:7.0f} MiB")
    for one, other in (("briefer", "pandoc"), ("cited", "pandoc cited"), ("briefer", "limit")):
        if other in medians:
            print(f"{one} / {other}: {medians[one] / medians[other]:.2f}")


if __name__ == "__main__":
    main()
