"""The marked parts of a brief: its head, its sections, its texts, the excerpts that it cites, and what is said of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.excerpts import Excerpt
from briefer.domain.floors import Portion
from briefer.domain.sources import Source

Cited = Callable[[Block], Iterable[tuple[Excerpt, Source]]]
"""Returns what a block quotes or cites, as far as it exists."""


def portions(brief: Brief, cited: Cited | None) -> Iterator[Portion]:
    """Yield the marked parts of a brief, in the order of its text; ``cited`` is None where no excerpt or source is marked."""
    if brief.title_marking:
        yield Portion(brief.title_marking, "the title", text=brief.title)
    for section in brief.sections:
        if section.marking:
            text = "\n\n".join((section.heading, *map(_words_of, section.blocks)))
            yield Portion(section.marking, f"the section “{section.heading}”", "", section.id, text=text)
        for block in section.blocks if cited else section.marked_blocks:
            yield from of_block(section, block, cited(block) if cited else ())


def of_block(section: Section, block: Block, cited: Iterable[tuple[Excerpt, Source]]) -> Iterator[Portion]:
    """Yield the marked parts of one block, and of what it cites."""
    if block.marking:
        what = f"a text under “{section.heading}”"
        yield Portion(block.marking, what, block.id, section.id, text=_words_of(block))
    for excerpt, source in cited:
        for marking, what in of_excerpt(excerpt, source):
            yield Portion(marking, what, block.id, section.id, text=excerpt.quote)
        if excerpt.comment and excerpt.comment_marking:
            what = f"the comment on an excerpt of “{source.title}”"
            yield Portion(excerpt.comment_marking, what, block.id, section.id, text=excerpt.comment)


def _words_of(block: Block) -> str:
    """Return what tells the words of a block from others: a quotation's are those of its excerpt."""
    return block.markdown if block.kind is BlockKind.PROSE else f"{block.excerpt_id} {block.shown}"


def of_excerpt(excerpt: Excerpt, source: Source) -> Iterator[tuple[str, str]]:
    """Yield the markings of an excerpt where it is cited, each with what bears it.

    Its note names the source, so that the source's marking counts also where the words have another of their own.
    """
    own = excerpt.marking or source.marking
    if own:
        yield own, f"an excerpt of “{source.title}”"
    if source.marking and source.marking != own:
        yield source.marking, f"the source “{source.title}”"
