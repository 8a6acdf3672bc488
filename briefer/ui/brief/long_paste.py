"""A paste that is too long for one text becomes several, made beside the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from briefer.domain.briefs import Block
from briefer.domain.citations import cited_ids
from briefer.domain.documents import Inline, Inlines, ListBlock, Paragraph, Run
from briefer.domain.lengths import count_words
from briefer.domain.prose import ProseBlock
from briefer.services.compose import prose
from briefer.services.ports import Markup
from briefer.ui.brief.moves import insert_blocks, place_below, section_of
from briefer.ui.brief.rich_clipboard import Clip, read
from briefer.ui.brief.session import Ahead, BriefSession

_TEXT = 6_000
"""About so many characters of Markdown are one text."""
_SOON = 48
"""The rows of so many are made at once; the markup keeps what it read of not many more."""


def paste_below(session: BriefSession, section_id: str, block_id: str, clip: Clip) -> None:
    """Put what a paste makes below a block, as one step; the window answers meanwhile."""
    markup, language = session.desk.markup, session.brief.language
    label = QCoreApplication.translate("LongPaste", "Paste")

    blocks: list[Block] = []
    place = place_below(session.brief, section_id, block_id)
    work = session.ahead(lambda brief: insert_blocks(brief, blocks, place))

    def read() -> Ahead:
        blocks.extend(prose(text) for text in texts(clip, markup, language))
        return work()

    def take(ahead: Ahead) -> None:
        if section_of(session.brief, section_id) is not None:
            where = place_below(session.brief, section_id, block_id)
            session.edit(label, lambda brief: insert_blocks(brief, blocks, where), ahead)

    told = QCoreApplication.translate(
        "LongPaste", "Reading a long text; it will stand below, in several texts…"
    )
    session.context.run(read, take, label=told)


def texts(clip: Clip, markup: Markup, language: str) -> tuple[str, ...]:
    """Return the Markdown of the texts that a paste makes; nothing of it is lost.

    What the window will ask of each, and of the first what their rows need, is worked out here already, beside it.
    """
    found = tuple(_grouped((part for block in read(clip, markup) for part in _cut(block)), markup))
    for text in found:
        count_words(text, language)
        cited_ids(text)
    for text in found[:_SOON]:
        markup.read(text)
    return found


def _grouped(blocks: Iterable[ProseBlock], markup: Markup) -> Iterator[str]:
    group: list[ProseBlock] = []
    length = 0
    for block in blocks:
        # Beside another a list would be written with other signs.
        lists = bool(group) and isinstance(block, ListBlock) and isinstance(group[-1], ListBlock)
        if group and (length > _TEXT or lists):
            yield markup.write(group)
            group, length = [], 0
        group.append(block)
        length += len(markup.write((block,)))
    if group:
        yield markup.write(group)


def _cut(block: ProseBlock) -> Iterator[ProseBlock]:
    """Yield a block in parts that are not much longer than a text: lists by items, paragraphs between words."""
    match block:
        case Paragraph():
            yield from (replace(block, inlines=part) for part in _parts(block.inlines))
        case ListBlock() if len(block.items) > 1:
            size = 50
            for at in range(0, len(block.items), size):
                start = block.start + at if block.ordered else block.start
                yield replace(block, items=block.items[at : at + size], start=start)
        case _:
            yield block


def _parts(inlines: Inlines) -> Iterator[Inlines]:
    line: list[Inline] = []
    room = _TEXT
    for inline in inlines:
        rest = inline
        while isinstance(rest, Run) and len(rest.text) > room:
            end = rest.text.rfind(" ", 0, room) + 1 or room
            yield (*line, replace(rest, text=rest.text[:end].rstrip()))
            rest = replace(rest, text=rest.text[end:])
            line, room = [], _TEXT
        line.append(rest)
        room -= len(rest.text) if isinstance(rest, Run) else 1
    if line:
        yield tuple(line)
