"""What changed between two states of a brief: words by paragraph, and excerpts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from briefer.domain.briefs import Block, Brief, Lane, Section
from briefer.domain.differences import Difference, DifferenceKind, differences
from briefer.domain.lengths import count_words

Read = Callable[[str], str]
"""Makes of the Markdown of a text what is to be compared."""


@dataclass(frozen=True)
class Altered:
    """What was ``before`` and is now ``after``, of something with a name: a part of a brief's head, or a text."""

    name: str
    before: str
    after: str


_HEAD = ("title", "meeting_date", "audience", "author", "language", "marking", "title_marking", "numbering")


@dataclass(frozen=True)
class SectionChange:
    """A section in both states, or in one: its heading (before, too, where it was renamed), and its paragraphs.

    ``closed`` are the texts that became not for disclosure, ``opened`` those that may be used now; ``marked`` are those
    with another marking than before, the name of the section's own being empty. ``restyled`` says that words stand as
    they did, with other emphasis, links or shape.
    """

    kind: DifferenceKind
    heading: str
    heading_before: str
    paragraphs: tuple[Difference, ...]
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    marked: tuple[Altered, ...] = ()
    restyled: bool = False


@dataclass(frozen=True)
class Comparison:
    """What became of a brief.

    ``excerpts_*`` are ids, in the order of the state that has them; ``altered`` are quoted in both, and shortened
    otherwise; ``kept`` is everything else that both use. ``words_*`` count as a reader would, each Chinese or
    Japanese character as one. ``head`` is what changed of title, day, audience and the like, by the names of their fields.
    """

    sections: tuple[SectionChange, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    altered: tuple[str, ...]
    kept: tuple[str, ...]
    words_added: int
    words_removed: int
    head: tuple[Altered, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing changed in the sections and what they quote."""
        return all(section.kind is DifferenceKind.SAME for section in self.sections) and not self.altered


def compare(before: Brief, after: Brief, quotes: Mapping[str, str], read: Read = str.strip) -> Comparison:
    """Compare two states of a brief, or a brief with the one that it was made from.

    Sections are known by their ids, and those of briefs that share none by their headings in order. ``quotes`` are
    the excerpts' texts by id; what is missing counts as empty. ``read`` says what a text is compared as.
    """
    said = _Said(quotes, read)
    sections = tuple(_sections(before, after, said))
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
        head=tuple(_altered(before, after)),
    )


@dataclass(frozen=True)
class _Said:
    """What blocks say."""

    quotes: Mapping[str, str]
    read: Read

    def of(self, block: Block) -> str:
        if block.excerpt_id:
            return block.shown or self.quotes.get(block.excerpt_id, "")
        return self.read(block.markdown)


def _altered(before: Brief, after: Brief) -> Iterator[Altered]:
    for name in _HEAD:
        old, new = (str(getattr(brief, name) or "") for brief in (before, after))
        if old != new:
            yield Altered(name, old, new)


def _sections(before: Brief, after: Brief, said: _Said) -> Iterator[SectionChange]:
    pairs = _pairs(before.sections, after.sections)
    matched = {id(old) for old, _ in pairs.values()}
    gone = [section for section in before.sections if id(section) not in matched]
    for section in after.sections:
        old = pairs[section.id][0] if section.id in pairs else None
        yield _changed(old, section, said)
    for section in gone:
        yield _changed(section, None, said)


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


def _changed(old: Section | None, new: Section | None, said: _Said) -> SectionChange:
    found = differences(_body(old, said), _body(new, said))
    heading, heading_before = (new.heading if new else ""), (old.heading if old else "")
    closed, opened = _lanes(old, new, said) if old and new else ((), ())
    marked = tuple(_marked(old, new, said)) if old and new else ()
    restyled = False
    if old is None:
        kind = DifferenceKind.ADDED
    elif new is None:
        kind = DifferenceKind.REMOVED
    else:
        alike = all(d.kind is DifferenceKind.SAME for d in found)
        restyled = alike and _written(old) != _written(new)
        same = alike and heading == heading_before and not (restyled or marked or closed or opened)
        kind = DifferenceKind.SAME if same else DifferenceKind.CHANGED
    return SectionChange(
        kind, heading or heading_before, heading_before, found, closed, opened, marked, restyled
    )


def _lanes(old: Section, new: Section, said: _Said) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that became not for disclosure, and those that became usable; new ones not among them."""
    before = {said.of(block): block.lane for block in old.blocks}
    before |= {block.id: block.lane for block in old.blocks}
    turned: dict[Lane, list[str]] = {Lane.CLOSED: [], Lane.OPEN: []}
    for block in new.blocks:
        text = said.of(block)
        if text and before.get(block.id, before.get(text, block.lane)) is not block.lane:
            turned[block.lane].append(text)
    return tuple(turned[Lane.CLOSED]), tuple(turned[Lane.OPEN])


def _marked(old: Section, new: Section, said: _Said) -> Iterator[Altered]:
    if old.marking != new.marking:
        yield Altered("", old.marking, new.marking)
    before = {block.id: block.marking for block in old.blocks}
    for block in new.blocks:
        if before.get(block.id, block.marking) != block.marking:
            yield Altered(said.of(block), before[block.id] or "", block.marking or "")


def _written(section: Section) -> list[str]:
    return sorted(block.markdown.strip() for block in section.blocks if not block.excerpt_id)


def _body(section: Section | None, said: _Said) -> str:
    return "\n\n".join(said.of(block) for block in section.blocks) if section else ""


def _shown(brief: Brief) -> dict[str, str]:
    return {block.excerpt_id: block.shown for _, block in brief.blocks() if block.excerpt_id}


def _words(sections: tuple[SectionChange, ...], kind: DifferenceKind) -> int:
    paragraphs = chain.from_iterable(section.paragraphs for section in sections)
    pieces = (piece for paragraph in paragraphs for piece in paragraph.pieces if piece.kind is kind)
    return sum(count_words(piece.text, "ja") for piece in pieces)
