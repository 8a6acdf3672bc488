"""What changed between two states of a brief: words by paragraph, and excerpts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from briefer.domain.briefs import Block, Brief, Lane, Section
from briefer.domain.differences import Difference, DifferenceKind, differences
from briefer.domain.lengths import count_words


@dataclass(frozen=True)
class SectionChange:
    """A section in both states, or in one: its heading (before, too, where it was renamed), and its paragraphs.

    ``closed`` are the texts that became not for disclosure, ``opened`` those that may be used now.
    """

    kind: DifferenceKind
    heading: str
    heading_before: str
    paragraphs: tuple[Difference, ...]
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What became of a brief.

    ``excerpts_*`` are ids, in the order of the state that has them; ``altered`` are quoted in both, and shortened
    otherwise; ``kept`` is everything else that both use. ``words_*`` count as a reader would, each Chinese or
    Japanese character as one.
    """

    sections: tuple[SectionChange, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    altered: tuple[str, ...]
    kept: tuple[str, ...]
    words_added: int
    words_removed: int

    @property
    def same(self) -> bool:
        """Whether nothing changed that a reader would see."""
        return all(section.kind is DifferenceKind.SAME for section in self.sections) and not self.altered


def compare(before: Brief, after: Brief, quotes: Mapping[str, str]) -> Comparison:
    """Compare two states of a brief, or a brief with the one that it was made from.

    Sections are known by their ids, and those of briefs that share none by their headings in order. ``quotes`` are
    the excerpts' texts by id; what is missing counts as empty.
    """
    sections = tuple(_sections(before, after, quotes))
    old, new = before.excerpt_ids(), after.excerpt_ids()
    shown_before, shown_after = _shown(before), _shown(after)
    altered = tuple(i for i in new if i in shown_before and shown_before[i] != shown_after.get(i, ""))
    return Comparison(
        sections=sections,
        added=tuple(i for i in new if i not in old),
        dropped=tuple(i for i in old if i not in new),
        altered=altered,
        kept=tuple(i for i in new if i in old and i not in altered),
        words_added=_words(sections, DifferenceKind.ADDED),
        words_removed=_words(sections, DifferenceKind.REMOVED),
    )


def text_of(block: Block, quotes: Mapping[str, str]) -> str:
    """Return what a reader sees of a block."""
    return (block.shown or quotes.get(block.excerpt_id, "")) if block.excerpt_id else block.markdown.strip()


def _sections(before: Brief, after: Brief, quotes: Mapping[str, str]) -> Iterator[SectionChange]:
    pairs = _pairs(before.sections, after.sections)
    matched = {id(old) for old, _ in pairs.values()}
    gone = [section for section in before.sections if id(section) not in matched]
    for section in after.sections:
        old = pairs[section.id][0] if section.id in pairs else None
        yield _changed(old, section, quotes)
    for section in gone:
        yield _changed(section, None, quotes)


def _pairs(before: tuple[Section, ...], after: tuple[Section, ...]) -> dict[str, tuple[Section, Section]]:
    by_id = {section.id: section for section in before}
    pairs = {new.id: (by_id[new.id], new) for new in after if new.id in by_id}
    left = [old for old in before if all(old is not pair[0] for pair in pairs.values())]
    for new in after:
        same = next((old for old in left if (old.heading, old.type) == (new.heading, new.type)), None)
        if new.id not in pairs and same is not None:
            pairs[new.id] = (same, new)
            left.remove(same)
    return pairs


def _changed(old: Section | None, new: Section | None, quotes: Mapping[str, str]) -> SectionChange:
    found = differences(_body(old, quotes), _body(new, quotes))
    heading, heading_before = (new.heading if new else ""), (old.heading if old else "")
    closed, opened = _lanes(old, new, quotes) if old and new else ((), ())
    if old is None:
        kind = DifferenceKind.ADDED
    elif new is None:
        kind = DifferenceKind.REMOVED
    else:
        same = heading == heading_before and all(d.kind is DifferenceKind.SAME for d in found)
        kind = DifferenceKind.SAME if same and not closed + opened else DifferenceKind.CHANGED
    return SectionChange(kind, heading or heading_before, heading_before, found, closed, opened)


def _lanes(old: Section, new: Section, quotes: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that became not for disclosure, and those that became usable; new ones not among them."""
    before = {text_of(block, quotes): block.lane for block in old.blocks}
    before |= {block.id: block.lane for block in old.blocks}
    turned: dict[Lane, list[str]] = {Lane.CLOSED: [], Lane.OPEN: []}
    for block in new.blocks:
        text = text_of(block, quotes)
        if text and before.get(block.id, before.get(text, block.lane)) is not block.lane:
            turned[block.lane].append(text)
    return tuple(turned[Lane.CLOSED]), tuple(turned[Lane.OPEN])


def _body(section: Section | None, quotes: Mapping[str, str]) -> str:
    return "\n\n".join(text_of(block, quotes) for block in section.blocks) if section else ""


def _shown(brief: Brief) -> dict[str, str]:
    return {block.excerpt_id: block.shown for _, block in brief.blocks() if block.excerpt_id}


def _words(sections: tuple[SectionChange, ...], kind: DifferenceKind) -> int:
    paragraphs = chain.from_iterable(section.paragraphs for section in sections)
    pieces = (piece for paragraph in paragraphs for piece in paragraph.pieces if piece.kind is kind)
    return sum(count_words(piece.text, "ja") for piece in pieces)
