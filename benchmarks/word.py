"""Measure the Word writer on 3,000 paragraphs with 1,000 footnotes, beside python-docx in the same run.

python-docx has no footnotes: its notes are written as paragraphs at the end, which flatters it. Both get the
same text. (The file is not called docx.py, which would stand in the way of python-docx.) A round is one of each; the ratio of the medians is what to compare between machines.

    python benchmarks/word.py [ROUNDS]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable

from docx import Document as PythonDocx

from briefer.domain.documents import Document, Heading, Note, NoteRef, Paragraph, Run
from briefer.export.docx import to_docx
from briefer.export.html import to_html
from briefer.export.markdown import to_markdown

PARAGRAPHS = 3000
NOTES = 1000
SENTENCE = "Partners agreed to compare their lists of critical goods before the spring, and to "
EMPHASIS = "share early warnings"


def sample() -> Document:
    blocks: list[Heading | Paragraph] = []
    for number in range(PARAGRAPHS):
        anchor = f"0198f1c2-0000-7000-8000-{number:012x}"
        if number % 30 == 0:
            blocks.append(Heading(1, (Run(f"Section {number // 30 + 1}"),), anchor))
            continue
        inlines: tuple[Run | NoteRef, ...] = (Run(SENTENCE), Run(EMPHASIS, bold=True), Run("."))
        blocks.append(Paragraph(inlines, anchor=anchor))
    cited = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and cited < NOTES and index % 3 != 2:
            cited += 1
            blocks[index] = Paragraph((*block.inlines, NoteRef(cited)), anchor=block.anchor)
    notes = tuple(
        Note(
            n,
            (Run(f"“Article {n},” "), Run("The Gazette", italic=True), Run(", December 17, 2025, para. 3.")),
        )
        for n in range(1, NOTES + 1)
    )
    return Document("Benchmark", tuple(blocks), notes, modified="2026-01-12T09:30:00+00:00")


def with_python_docx(document: Document) -> bytes:
    word = PythonDocx()
    for block in document.blocks:
        if isinstance(block, Heading):
            word.add_heading("".join(i.text for i in block.inlines if isinstance(i, Run)), block.level)
        elif isinstance(block, Paragraph):
            paragraph = word.add_paragraph()
            for inline in block.inlines:
                if isinstance(inline, Run):
                    paragraph.add_run(inline.text).bold = inline.bold or None
                elif isinstance(inline, NoteRef):
                    paragraph.add_run(str(inline.number)).font.superscript = True
    for note in document.notes:
        paragraph = word.add_paragraph(f"{note.number} ")
        for inline in note.inlines:
            if isinstance(inline, Run):
                paragraph.add_run(inline.text).italic = inline.italic or None
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def seconds(work: Callable[[Document], bytes | str], document: Document) -> float:
    started = time.perf_counter()
    work(document)
    return time.perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    document = sample()
    works: dict[str, Callable[[Document], bytes | str]] = {
        "briefer .docx": to_docx,
        "python-docx": with_python_docx,
        "briefer .html": to_html,
        "briefer .md": to_markdown,
    }
    for work in works.values():  # imports and caches are not what is measured
        work(document)
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work, document))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{PARAGRAPHS} paragraphs, {NOTES} notes, medians of {rounds} rounds")
    for name, median in medians.items():
        print(f"{name:14} {median:6.3f} s   {median / medians['python-docx']:.2f} of python-docx")


if __name__ == "__main__":
    main()
