"""The note being written: briefs, sections, blocks, and their immutable versions.

``domain.editing`` holds what can be done to a brief.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain

from briefer.domain.citations import cited_ids
from briefer.domain.documents import HeadingNumbering
from briefer.domain.findings import Waiver
from briefer.domain.tags import Tag


class BlockKind(StrEnum):
    """Prose is Markdown; a quotation is locked to its excerpt."""

    PROSE = "prose"
    QUOTATION = "quotation"


class Lane(StrEnum):
    """Who may hear what a block says: it may be used freely, or is for the reader alone (FCO practice).

    What nobody has set apart may be used. Within a section, what may be used stands first.
    """

    OPEN = ""
    CLOSED = "closed"


@dataclass(frozen=True)
class Block:
    """One block of a section: ``markdown`` for prose, ``excerpt_id`` for a quotation.

    ``shown`` is a visibly edited form of the quotation (:mod:`briefer.domain.quotations`), empty where the whole
    excerpt is quoted. ``marking`` is that of prose; a quotation has its excerpt's.
    """

    id: str
    kind: BlockKind
    markdown: str = ""
    excerpt_id: str | None = None
    shown: str = ""
    lane: Lane = Lane.OPEN
    marking: str = ""

    def excerpt_ids(self) -> tuple[str, ...]:
        """Return the ids of the excerpts that it quotes or cites, in order."""
        return (self.excerpt_id,) if self.excerpt_id else cited_ids(self.markdown)


@dataclass(frozen=True)
class Section:
    """A heading (``level`` 1 to 3) with ordered blocks.

    ``type`` is one of the section types of the forms (``objectives``, ``say``, ``background`` …); ``scope``
    are the tags whose excerpts belong here. ``marking`` is that of the heading and of all that stands under it.
    """

    id: str
    heading: str
    type: str = "background"
    level: int = 1
    scope: tuple[Tag, ...] = ()
    blocks: tuple[Block, ...] = ()
    marking: str = ""

    @cached_property  # an edit changes one section, and the window asks after each of them
    def excerpt_ids(self) -> tuple[str, ...]:
        """The ids of the excerpts quoted or cited, in order of first appearance."""
        return tuple(dict.fromkeys(chain.from_iterable(block.excerpt_ids() for block in self.blocks)))

    @cached_property
    def keeps_apart(self) -> bool:
        """Whether something in it is not for disclosure."""
        return any(block.lane is Lane.CLOSED for block in self.blocks)

    @cached_property
    def marked_blocks(self) -> tuple[Block, ...]:
        """The blocks that have a marking of their own."""
        return tuple(block for block in self.blocks if block.marking)


@dataclass(frozen=True)
class Brief:
    """The note being written. ``meeting_date`` is an ISO day or None; ``subjects`` are what it is for.

    ``variant`` is the variant of the form that names its sections; ``assembled_at`` when somebody last looked at
    what the library has for it, None for when it was made; ``origin`` is the id of the brief that it was made from.
    ``waivers`` are the findings that somebody has let pass. ``marking`` is that of the whole, ``title_marking`` that
    of what stands at its head: title, day, audience, author. ``numbering`` is of the headings, None for as the form has it.
    """

    id: str
    form: str
    title: str
    created_at: datetime
    changed_at: datetime
    meeting_date: str | None = None
    audience: str = ""
    author: str = ""
    language: str = "en"
    marking: str = ""
    subjects: tuple[Tag, ...] = ()
    variant: str = ""
    assembled_at: datetime | None = None
    origin: str | None = None
    waivers: tuple[Waiver, ...] = ()
    sections: tuple[Section, ...] = ()
    title_marking: str = ""
    numbering: HeadingNumbering | None = None

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield each block with its section, in reading order."""
        return ((section, block) for section in self.sections for block in section.blocks)

    @property
    def keeps_apart(self) -> bool:
        """Whether something in it is not for disclosure."""
        return any(section.keeps_apart for section in self.sections)

    def excerpt_ids(self) -> tuple[str, ...]:
        """Return the ids of the excerpts quoted or cited, in order of first appearance."""
        return tuple(dict.fromkeys(chain.from_iterable(section.excerpt_ids for section in self.sections)))


def language_tag(brief: Brief, asked: str | None = None) -> str:
    """Return the BCP 47 tag of all that is written of a brief: text, dates, citations; ``asked`` as options have it.

    English is American where the brief has the American names of its form, or none and a marking of the United
    States; else it is British, as governments of the Commonwealth and the EU write.
    """
    language = asked or brief.language
    if language == "ja":
        return "ja-JP"
    if language != "en":
        return language
    american = brief.variant == "us" or (not brief.variant and brief.marking.startswith("us-"))
    return "en-US" if american else "en-GB"


@dataclass(frozen=True)
class Version:
    """An immutable state of a brief; ``name`` is empty for the automatic ones that an export makes."""

    id: str
    brief_id: str
    number: int
    name: str
    created_at: datetime
    brief: Brief
