"""PDF files into captures: paragraphs as they were meant, and where they stand on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefer.domain.collecting import uncollected
from briefer.domain.pages import Pages
from briefer.domain.sources import Capture, How, Known, Reading, SegmentKind
from briefer.intake.format import Format
from briefer.intake.office.heads import Properties
from briefer.intake.pdf import paragraphs as pdf_paragraphs
from briefer.intake.pdf.characters import page_text
from briefer.intake.pdf.edges import NUMBER, furniture
from briefer.intake.pdf.facts import capture
from briefer.intake.pdf.files import MEDIA_TYPE, MOST_PAGES, Pdf, is_pdf, opened
from briefer.intake.pdf.flows import body_size, flow, set_columns
from briefer.intake.pdf.lines import PageLine, PageText
from briefer.intake.pdf.paragraphs import Block
from briefer.intake.pdf.text import write
from briefer.services.ports import Taken

PICTURES = "its pages are pictures without text"
MEANINGLESS = "its characters have no meaning outside the file"
_MOST_MEANINGLESS = 0.05


@dataclass(frozen=True)
class _Edge:
    """A row of furniture: where it stands, and why it is no part of the text."""

    page: int
    top: bool
    block: Block


def read(taken: Taken) -> Capture:
    """Make the capture of a PDF.

    A PDF without text that means anything has an empty text and says why in ``unreadable``.

    Raises:
        InputError: ``input-password``, ``input-damaged``, ``input-unsafe``.
    """
    with uncollected():
        return _read(taken)


def _read(taken: Taken) -> Capture:
    with opened(taken) as pdf:
        labels = pdf.labels()
        texts = tuple(_page(pdf, number) for number in range(1, min(pdf.count, MOST_PAGES) + 1))
        authors = tuple(filter(None, (name.strip() for name in pdf.property("Author").split(";"))))
        properties = Properties(pdf.property("Title"), authors, pdf.created() or "")
    reason = _unreadable(texts)
    if reason:
        return _without_text(taken, reason, Pages(labels))
    return _with_text(texts, properties, taken, labels)


def _with_text(
    texts: Sequence[PageText], properties: Properties, taken: Taken, labels: tuple[str, ...]
) -> Capture:
    why = furniture(texts)
    blocks = _blocks(texts, why)
    if not blocks:
        # Pages that are copies of each other have nothing but running heads; mere page numbers stand on scans.
        why = {key: reason for key, reason in why.items() if reason == NUMBER}
        blocks = _blocks(texts, why)
    if not blocks:
        return _without_text(taken, PICTURES, Pages(labels))
    written = write(_with_edges(blocks, _edges(texts, why)), [line for page in texts for line in page.lines])
    found = capture(written, properties, taken.modified, Pages(labels, written.runs))
    if len(labels) > len(texts):
        flag = f"only the first {len(texts):,} of {len(labels):,} pages were read"
        found = replace(found, flags=(*found.flags, flag))
    return found


def _page(pdf: Pdf, number: int) -> PageText:
    with pdf.page(number) as page:
        if page is None:
            return PageText(number, ())
        with pdf.text(page) as text:
            return page_text(pdf.pdfium, text, number) if text else PageText(number, ())


def _unreadable(texts: Sequence[PageText]) -> str:
    characters = sum(page.characters for page in texts)
    if not any(page.lines or page.raw for page in texts):
        return PICTURES
    wrong = sum(page.meaningless for page in texts)
    return MEANINGLESS if wrong > _MOST_MEANINGLESS * characters else ""


def _without_text(taken: Taken, reason: str, pages: Pages) -> Capture:
    return Capture(
        title=taken.name.rpartition(".")[0] or taken.name,
        text="",
        reading=Reading(),
        media_type=MEDIA_TYPE,
        encoding="",
        kind="document",
        known={"title": Known(How.INFERRED, 0.1, "name of the file")},
        unreadable=reason,
        pages=pages,
    )


def _blocks(texts: Sequence[PageText], why: dict[int, str]) -> list[Block]:
    own = {page.number: [line for line in page.lines if id(line) not in why] for page in texts}
    body = body_size(line for lines in own.values() for line in lines)
    flows = [flow(own[page.number], body) for page in texts]
    set_columns(flows)
    setting = pdf_paragraphs.setting_of(flows, body)
    blocks = list(pdf_paragraphs.judge(pdf_paragraphs.build(flows, setting), setting))
    raw = [
        Block(SegmentKind.PARAGRAPH, [PageLine(page.number, (piece,), 0.0, 0.0, 0.0, body)], "as in the file")
        for page in texts
        for piece in page.raw
    ]
    if raw:
        blocks = sorted([*blocks, *raw], key=lambda block: block.lines[0].page)
    return list(_with_ruby(blocks))


def _with_ruby(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if block.ruby:
            yield Block(SegmentKind.FURNITURE, block.ruby, "ruby")


def _edges(texts: Sequence[PageText], why: dict[int, str]) -> list[_Edge]:
    edges: list[_Edge] = []
    for page in texts:
        lines = [line for line in page.lines if id(line) in why]
        middle = sorted(line.base for line in page.lines)[len(page.lines) // 2] if lines else 0.0
        lines.sort(key=lambda line: (round(line.base), line.left))
        for (_, reason), row in groupby(lines, key=lambda line: (round(line.base), why[id(line)])):
            group = list(row)
            block = Block(SegmentKind.FURNITURE, group, reason)
            edges.append(_Edge(page.number, group[0].base < middle, block))
    return edges


def _with_edges(blocks: Sequence[Block], edges: Sequence[_Edge]) -> list[Block]:
    """Put notes and running heads after the text, so that a passage over a page's end is one stretch of it.

    The head of the first page stays above the text: it may be a letterhead.
    """
    first = min((edge.page for edge in edges), default=0)
    above = [edge.block for edge in edges if edge.page == first and edge.top]
    below = [edge.block for edge in edges if not (edge.page == first and edge.top)]
    text = [block for block in blocks if block.why != "note"]
    notes = [block for block in blocks if block.why == "note"]
    return [*above, *text, *notes, *below]


FORMAT = Format(
    name="PDF",
    media_types=(MEDIA_TYPE,),
    suffixes=(".pdf",),
    sniff=is_pdf,
    read=read,
    limit_mb=200,
)
