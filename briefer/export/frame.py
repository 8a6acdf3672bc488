"""What every writer does in the same way: opening lines, links, order of notes, words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote, urlsplit

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import (
    BlockNode,
    Document,
    Heading,
    HeatMap,
    Inline,
    Inlines,
    ListBlock,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.domain.paging import KEPT_ROWS

_SHORT_TITLE = 70
_KEPT_LINES = 30  # of the rows of a table that is kept together
_QUESTION = re.compile(r"\s*(?:Q(?![^\W\d])|問)")
_LEADING = (":", "：", "?", "？")
# Narrow characters that a column is reckoned to hold, that stand beside its text, and that a line of a table has.
_NARROWEST, _WIDEST, _PADDING, _LINE = 5, 48, 3, 96
_CJK = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff01-\uff60"
_WIDE = re.compile(f"[{_CJK}]+")
_WORD = re.compile(rf"[^\s{_CJK}]+")  # Japanese can be broken anywhere
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_REGIONS = {"en": "en-GB", "ja": "ja-JP"}
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646, its shape
_EAST_ASIAN = frozenset({"ja", "zh", "ko"})
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What an address may hold besides letters and digits (RFC 3986): anything else is percent-encoded.
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def opening(document: Document) -> tuple[Paragraph, ...]:
    """Return the paragraphs under the title: date and audience, then the marking and what belongs to it.

    The marking is repeated there as text because a screen reader does not read headers. What the document's own
    first blocks already say is left out.
    """
    first = {block.style for block in document.blocks[:3] if isinstance(block, Paragraph)}
    found = []
    line = subtitle(document)
    if line and ParagraphStyle.SUBTITLE not in first:
        found.append(Paragraph((Run(line),), ParagraphStyle.SUBTITLE))
    if document.marking and ParagraphStyle.MARKING not in first:
        found.append(Paragraph((Run(document.marking.text),), ParagraphStyle.MARKING))
    if line := status(document):
        found.append(Paragraph((Run(line),), ParagraphStyle.MARKING))
    found += [Paragraph((Run(text),), ParagraphStyle.HANDLING) for text in handling(document)]
    return tuple(found)


def status(document: Document) -> str:
    """Return the line that says whether it is a draft and which copy; empty where neither is said."""
    return xml_safe(_separator(document).join(part for part in (document.draft, document.copy) if part))


def handling(document: Document) -> tuple[str, ...]:
    """Return the instructions for handling that say something."""
    return tuple(text for line in document.handling if (text := xml_safe(line).strip()))


def subtitle(document: Document) -> str:
    """Return the line of date and audience; empty where both are."""
    return xml_safe(
        _separator(document).join(part for part in (date_text(document), document.audience) if part)
    )


def _separator(document: Document) -> str:
    return "　" if is_japanese(document.language) else " · "


def date_text(document: Document) -> str:
    """Return the date in words, or as it is."""
    return document.date_text or document.date


def short_title(document: Document) -> str:
    """Return the title for the head of a page, cut at a word where it is long."""
    title = " ".join(xml_safe(document.title).split())
    if len(title) <= _SHORT_TITLE:
        return title
    cut = title[:_SHORT_TITLE]
    return f"{cut.rpartition(' ')[0] or cut}…"


def notes_heading(document: Document) -> str:
    """Return what stands over the notes where a format has no place of its own for them."""
    return "注" if is_japanese(document.language) else "Notes"


def full_language(language: str) -> str:
    """Return a language tag with its region, which word processors want; English for what is no tag."""
    return _REGIONS.get(language.casefold(), language if _TAG.fullmatch(language) else "en-GB")


def is_east_asian(language: str) -> bool:
    """Whether a language tag is of Japanese, Chinese or Korean, which word processors treat apart."""
    return language.partition("-")[0].casefold() in _EAST_ASIAN


@lru_cache(maxsize=256)
def same_language(one: str | None, other: str) -> bool:
    """Whether a run's language is the document's, the region aside; none, or no tag, means the document's."""
    if one is None or not _TAG.fullmatch(one):
        return True
    return one.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def colour(value: str) -> str:
    """Return ``#rrggbb``, black for anything else."""
    return value.lower() if _COLOUR.fullmatch(value) else "#000000"


def safe_link(url: str | None) -> str | None:
    """Return ``url`` with every character that does not belong there encoded, or None for no web or mail address.

    Word takes a file with one malformed address for damaged.
    """
    text = xml_safe(url or "").strip()
    scheme, colon, _rest = text.partition(":")
    if not colon or scheme.lower() not in {"http", "https", "mailto"}:
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one: brackets, ports and labels that cannot be
        return None
    if scheme.lower() == "mailto":
        return quote(text, safe=_IN_ADDRESS) if parts.path else None
    if not host:
        return None
    if not parts.netloc.isascii():
        user, at, _place = parts.netloc.rpartition("@")
        text = text.replace(parts.netloc, f"{user}{at}{host}{port}", 1)
    text = _LONE_PERCENT.sub("%25", text)
    return quote(text, safe=_IN_ADDRESS)


def check_notes(document: Document) -> None:
    """Hold that notes are referred to once each, in order: a writer numbers them by their place.

    Raises:
        ValueError: a reference without a note, a note without a reference, or another order.
    """
    check_numbers(
        [i.number for line in lines(document.blocks) for i in line if isinstance(i, NoteRef)], document.notes
    )


def check_numbers(referred: list[int], notes: Sequence[Note]) -> None:
    """Hold the same, where the numbers that are referred to are known. Raises ValueError."""
    defined = [note.number for note in notes]
    if not referred == defined == list(range(1, len(defined) + 1)):
        raise ValueError(f"notes referred to {referred}, defined {defined}")


def every(blocks: Iterable[BlockNode]) -> Iterator[BlockNode]:
    """Yield ``blocks`` and what stands in their lists, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from every(item.blocks)


def lines(blocks: Iterable[BlockNode]) -> Iterator[tuple[Inline, ...]]:
    """Yield the inlines of every heading, paragraph and cell, in reading order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.inlines
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from lines(item.blocks)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row


def anchors(blocks: Iterable[BlockNode]) -> Iterator[str]:
    """Yield the anchors of blocks, those inside lists included, in reading order."""
    for block in blocks:
        if block.anchor:
            yield block.anchor
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from anchors(item.blocks)


def leads(block: Paragraph, after: BlockNode | None) -> bool:
    """Whether a paragraph leads to what stands after it, and must not end a page.

    So does what is all bold, a question to its answer («Q. …», or what ends in its mark), what ends in a colon, and a
    quotation to its translation.
    """
    if block.style in {ParagraphStyle.QUOTATION, ParagraphStyle.TRANSLATION}:
        return isinstance(after, Paragraph) and after.style is ParagraphStyle.TRANSLATION
    runs = [inline for inline in block.inlines if isinstance(inline, Run)]
    if block.style is not ParagraphStyle.BODY or not runs:
        return False
    asks = runs[0].bold and _QUESTION.match(runs[0].text)
    return bool(asks) or all(run.bold for run in runs) or runs[-1].text.rstrip().endswith(_LEADING)


def column_weights(table: Table) -> list[int]:
    """Return the share of each column: room for its longest word, and of what is left as much as its texts need.

    The columns that need least get it first, so that dates and names stay on one line where a long title has to
    be broken anyway, and short columns do not take a half.
    """
    columns = [
        [plain_text(cell) for cell in column] for column in zip(table.header, *table.rows, strict=True)
    ]
    words = [
        max(
            _roomy(_widest(w for text in c for w in _WORD.findall(text))), _bold(_widest(_WORD.findall(c[0])))
        )
        for c in columns
    ]
    wanted = [max(_widest(column) - word, 0) for word, column in zip(words, columns, strict=True)]
    left = float(max(_LINE - _PADDING * len(columns) - sum(words), 0))
    given = [0.0] * len(columns)
    waiting = sorted(range(len(columns)), key=wanted.__getitem__)
    while waiting and wanted[waiting[0]] <= left / len(waiting):
        at = waiting.pop(0)
        given[at] = wanted[at]
        left -= wanted[at]
    # What is broken anyway shares the rest as its texts are long.
    rest = sum(wanted[at] for at in waiting)
    for at in waiting:
        given[at] = left * wanted[at] / rest
    return [round((word + more + _PADDING) * 100) for word, more in zip(words, given, strict=True)]


def stays_whole(table: Table) -> bool:
    """Whether a table stays on one page: a short one of short rows. What is kept together and fits on none would be cut off."""
    if len(table.rows) > KEPT_ROWS:
        return False
    weights = column_weights(table)
    return sum(_row_lines(row, weights) for row in table.rows) <= _KEPT_LINES


def _row_lines(row: Sequence[Inlines], weights: Sequence[int]) -> int:
    total = sum(weights) or 1
    rooms = (max(_LINE * weight // total, 1) for weight in weights)
    texts = (plain_text(cell) for cell in row)
    return max((-(-_width(text) // room) for text, room in zip(texts, rooms, strict=True)), default=1)


def _roomy(width: int) -> int:
    """Return how many characters of room a word of ``width`` of them needs: long ones may have many broad letters."""
    return width + width // 12


def _bold(width: int) -> int:
    """Return how many narrow characters a word of ``width`` of them takes in bold, as headers are."""
    return width + -(-width // 6)


def _widest(texts: Iterable[str]) -> int:
    return max([_NARROWEST, *(min(_width(text), _WIDEST) for text in texts)])


def _width(text: str) -> int:
    """Return how many narrow characters ``text`` is as wide as."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _WIDE.findall(text)))


def followed(blocks: Iterable[BlockNode]) -> Iterator[tuple[BlockNode, BlockNode | None]]:
    """Yield each block with the one after it."""
    ahead = iter(blocks)
    block = next(ahead, None)
    while block is not None:
        after = next(ahead, None)
        yield block, after
        block = after


def as_table(heat_map: HeatMap) -> Table:
    """Return the counts of a heat map as a table, for what cannot show a picture."""
    header = ((), *((Run(label),) for label in heat_map.columns))
    rows = (
        ((Run(label),), *((Run(str(count)),) for count in counts))
        for label, counts in zip(heat_map.rows, heat_map.counts, strict=True)
    )
    return Table(header, tuple(rows), heat_map.caption, heat_map.anchor)


def caption_text(header: tuple[Inlines, ...], caption: str) -> str:
    """Return what tells a reader who cannot see a table what it holds: its caption, else its columns."""
    columns = (" ".join(i.text for i in cell if isinstance(i, Run)) for cell in header)
    return xml_safe(caption or ", ".join(text for text in columns if text))
