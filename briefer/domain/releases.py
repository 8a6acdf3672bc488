"""Releasable versions: a brief with nothing in it that is marked above a ceiling.

What is left out is taken out of the brief and of what it cites before anything is made of it, so that a document, its
notes, counts and properties cannot tell of it. In doubt a portion is left out:

- An excerpt goes with its own marking and with its source's, because its note names the source.
- Text that bears no marking has that of the highest of what it cites. Text with a marking of its own that fits stays,
  without its citations of what is left out.
- Whatever repeats words of what is left out goes too (:mod:`~briefer.domain.repeats` has the measure), or names its
  source's title, authors or address, or who speaks in it, whatever its own marking: titles, headings, texts, quotations
  as shown, and comments. An excerpt with a marking that fits goes only where it repeats the whole. Of a source that is
  itself above, the words are those of the whole capture, but for what a source that stays has too.
- A source that stays and was superseded by one that is left out is told as superseded, without by what.
- What also stands in an excerpt that stays, or in what its note tells of its source, gives nothing away.
- A section's marking is that of all that stands under it, deeper sections included.
- What does not compare with the ceiling is left out.

What bears no marking at all stays: nobody has said that it is above, and it is counted, so that people can look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.citations import without_citations
from briefer.domain.editing import family
from briefer.domain.excerpts import Excerpt
from briefer.domain.flags import Standing, restanding, successor
from briefer.domain.floors import Portion, exceeds
from briefer.domain.markings import MarkingScheme
from briefer.domain.portions import of_excerpt
from briefer.domain.repeats import TITLE, LeftOut, Repeat, Words, words_of
from briefer.domain.sources import Source

Read = Callable[[str], Iterable[str]]
"""Returns what a reader reads of Markdown, and where its links lead (:func:`~briefer.domain.repeats.read`)."""


@dataclass(frozen=True)
class Release:
    """What may be released, and what was left out of it, each with its section.

    ``brief`` bears the ceiling as its marking, and no waivers; ``excerpts`` are by the ids with which it names them.
    ``unmarked`` are the texts and excerpts in it of which nobody has said how they are marked.
    """

    brief: Brief
    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]
    left_out: tuple[Portion, ...] = ()
    unmarked: tuple[Portion, ...] = ()


def released(
    brief: Brief,
    excerpts: Mapping[str, Excerpt],
    sources: Mapping[str, Source],
    ceiling: str,
    schemes: tuple[MarkingScheme, ...],
    *,
    title: str,
    read: Read,
    captures: Mapping[str, str],
) -> Release:
    """Return what of a brief may be released at ``ceiling`` (``scheme/level``).

    ``title`` stands in for a title that may not; day, audience and author then go with it. ``read`` reads texts, and
    ``captures`` are those of the sources, by their ids.

    Raises:
        UsageError: ``ceiling-unknown``.
    """
    return _Releasing(brief, excerpts, sources, ceiling, schemes, read, captures).release(title)


@dataclass
class _Releasing:
    brief: Brief
    excerpts: Mapping[str, Excerpt]
    sources: Mapping[str, Source]
    ceiling: str
    schemes: tuple[MarkingScheme, ...]
    read: Read
    captures: Mapping[str, str]
    _above: set[str] = field(default_factory=set)
    _repeating: dict[str, Repeat] = field(default_factory=dict)
    _words: LeftOut = field(default_factory=LeftOut)
    _titles: set[Words] = field(default_factory=set)
    _left_out: list[Portion] = field(default_factory=list)
    _unmarked: list[Portion] = field(default_factory=list)

    def release(self, title: str) -> Release:
        """Return the released version."""
        self._above = {i for i, excerpt in self.excerpts.items() if self._is_above(excerpt)}
        self._learn_captures()
        self._learn()
        telling = (
            (i, self._repeated(excerpt)) for i, excerpt in self.excerpts.items() if i not in self._above
        )
        self._repeating = {i: of for i, of in telling if of}
        self._above |= self._repeating.keys()
        self._forget()
        gone = set(self._sections_above())
        brief = self._headed(title)
        sections = tuple(
            replace(section, blocks=tuple(self._blocks(section)))
            for section in self.brief.sections
            if not self._is_out(section, gone)
        )
        brief = replace(brief, sections=sections, marking=self.ceiling, waivers=())
        cited = {
            i: self._without_comment(self.excerpts[i]) for i in brief.excerpt_ids() if i in self.excerpts
        }
        owners = {excerpt.source_id for excerpt in cited.values()}
        kept = {i: self._without_successor(source) for i, source in self.sources.items() if i in owners}
        return Release(brief, cited, kept, tuple(self._left_out), tuple(self._unmarked))

    def _exceeds(self, marking: str | None) -> bool:
        return exceeds(marking or "", self.ceiling, self.schemes)

    def _judged(
        self, marking: str | None, texts: Iterable[str], *, above: bool = False
    ) -> tuple[bool, Repeat | None]:
        """Return whether something goes: for its marking, for what it rests on (``above``), or for what it repeats."""
        above = above or self._exceeds(marking)
        repeated = None if above else self._words.found_in(texts)
        return above or repeated is not None, repeated

    def _judged_heading(self, section: Section) -> tuple[bool, Repeat | None]:
        return self._judged(section.marking, (section.heading,))

    def _judged_comment(self, excerpt: Excerpt) -> tuple[bool, Repeat | None]:
        return self._judged(excerpt.comment_marking, (excerpt.comment,))

    def _headed(self, title: str) -> Brief:
        brief = self.brief
        goes, repeated = self._judged(brief.title_marking, (brief.title, brief.audience, brief.author))
        if not goes:
            if not brief.title_marking:
                self._unmarked.append(Portion("", "the title"))
            return brief
        self._left_out.append(_gone(Portion(brief.title_marking, "the title"), repeated))
        return replace(brief, title=title, audience="", author="", meeting_date=None, title_marking="")

    def _sections_above(self) -> Iterator[str]:
        for section in self.brief.sections:
            goes, _repeated = self._judged_heading(section)
            if goes:
                yield from (self.brief.sections[i].id for i in family(self.brief, section.id))

    def _is_out(self, section: Section, gone: set[str]) -> bool:
        if section.id not in gone:
            return False
        _goes, repeated = self._judged_heading(section)
        what = f"the section “{section.heading}”"
        self._left_out.append(_gone(Portion(section.marking, what, "", section.id), repeated))
        texts = (block for block in section.blocks if block.excerpt_id or block.markdown.strip())
        self._left_out += (
            Portion(block.marking, _name(section, block), block.id, section.id) for block in texts
        )
        return True

    def _is_above(self, excerpt: Excerpt) -> bool:
        source = self.sources.get(excerpt.source_id)
        return source is None or any(self._exceeds(marking) for marking, _ in of_excerpt(excerpt, source))

    def _blocks(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            kept = self._quotation(section, block) if block.excerpt_id else self._prose(section, block)
            if kept is not None:
                yield kept

    def _quotation(self, section: Section, block: Block) -> Block | None:
        excerpt = self.excerpts.get(block.excerpt_id or "")
        goes, repeated = self._judged(block.marking, (block.shown,), above=block.excerpt_id in self._above)
        if goes:
            repeated = repeated or self._repeating.get(block.excerpt_id or "")
            self._leave_out(section, block, repeated, self._marking_of(excerpt))
            return None
        if excerpt is not None:
            self._look_at_comment(section, block, excerpt)
            source = self.sources[excerpt.source_id]
            if not (excerpt.marking or source.marking or block.marking or section.marking):
                self._unmarked.append(Portion("", _name(section, block), block.id, section.id))
        return block

    def _prose(self, section: Section, block: Block) -> Block | None:
        if not block.markdown.strip():
            return block
        cites_above = self._above.intersection(block.excerpt_ids())
        # As it is written, too: the addresses that links refer to stand there.
        texts = (*self.read(block.markdown), block.markdown)
        goes, repeated = self._judged(block.marking, texts, above=bool(cites_above and not block.marking))
        if goes:
            self._leave_out(section, block, repeated)
            return None
        if not (block.marking or section.marking):
            self._unmarked.append(Portion("", _name(section, block), block.id, section.id))
        for excerpt_id in dict.fromkeys(block.excerpt_ids()):
            if excerpt_id in self._above:
                what = f"a citation in a text under “{section.heading}”"
                self._left_out.append(Portion("", what, block.id, section.id))
            elif excerpt_id in self.excerpts:
                self._look_at_comment(section, block, self.excerpts[excerpt_id])
        return replace(block, markdown=self._citing_less(block.markdown)) if cites_above else block

    def _marking_of(self, excerpt: Excerpt | None) -> str:
        """Return the marking for which an excerpt is above the ceiling, its own or its source's."""
        source = self.sources.get(excerpt.source_id) if excerpt else None
        markings = (marking for marking, _ in of_excerpt(excerpt, source)) if excerpt and source else ()
        return next(filter(self._exceeds, markings), "")

    def _leave_out(self, section: Section, block: Block, repeated: Repeat | None, marking: str = "") -> None:
        portion = Portion(block.marking or marking, _name(section, block), block.id, section.id)
        self._left_out.append(_gone(portion, repeated))

    def _citing_less(self, markdown: str) -> str:
        return without_citations(markdown, self._above.__contains__)

    # --- comments, and words that give something away -----------------------------------------------------

    def _look_at_comment(self, section: Section, block: Block, excerpt: Excerpt) -> None:
        goes, repeated = self._judged_comment(excerpt)
        if excerpt.comment and goes:
            what = f"the comment on an excerpt of “{self.sources[excerpt.source_id].title}”"
            portion = Portion(excerpt.comment_marking, what, block.id, section.id)
            self._left_out.append(_gone(portion, repeated))

    def _without_comment(self, excerpt: Excerpt) -> Excerpt:
        goes, _repeated = self._judged_comment(excerpt)
        return replace(excerpt, comment="", comment_marking="") if goes and excerpt.comment else excerpt

    def _without_successor(self, source: Source) -> Source:
        newer = successor(source.flags)
        if not newer or not (words_of(newer) in self._titles or self._words.found_in((newer,))):
            return source
        what = f"what the source “{source.title}” was superseded by"
        self._left_out.append(Portion("", what))
        return replace(source, flags=restanding(source.flags, Standing.SUPERSEDED))

    def _learn_captures(self) -> None:
        """Learn what sources say that are above the ceiling themselves, but for what others say that stay."""
        stays = {excerpt.source_id for excerpt in self._staying()}
        for source_id in self.captures.keys() - stays:
            source = self.sources.get(source_id)
            if source and self._exceeds(source.marking):
                self._words.add_passage(self.captures[source_id], source.title)
        for source_id in self.captures.keys() & stays:
            self._words.forget(self.captures[source_id])

    def _learn(self) -> None:
        """Learn the words of what is marked above the ceiling."""
        brief, stays = self.brief, {excerpt.source_id for excerpt in self._staying()}
        for excerpt_id, excerpt in self.excerpts.items():
            source = self.sources.get(excerpt.source_id)
            of = source.title if source else "an excerpt"
            if excerpt_id in self._above:
                self._learn_excerpt(excerpt, None if excerpt.source_id in stays else source, of)
            elif self._exceeds(excerpt.comment_marking):
                self._words.add(excerpt.comment, f"a comment on {of}")
        if self._exceeds(brief.title_marking):
            self._words.add(brief.title, brief.title, TITLE)
        above = (s.id for s in brief.sections if self._exceeds(s.marking))
        gone = {brief.sections[i].id for section_id in above for i in family(brief, section_id)}
        for section, block in brief.blocks():
            if self._exceeds(block.marking) or section.id in gone:
                for text in self.read(block.markdown):
                    self._words.add_passage(text, _name(section, block))

    def _learn_excerpt(self, excerpt: Excerpt, source: Source | None, of: str) -> None:
        for text in (excerpt.quote, excerpt.translation, excerpt.comment):
            self._words.add(text, of)
        self._words.add_name(excerpt.speaker or "", of)
        if source is not None:
            self._words.add(source.title, of, TITLE)
            self._titles |= {words_of(source.title), words_of(source.id)}
            self._words.add_address(source.url or "", of)
            self._words.add_name(str(source.extra.get("DOI", "")), of)
            for author in source.authors:
                self._words.add_name(author, of)

    def _forget(self) -> None:
        """Forget what also stands in an excerpt that stays, or in what is told of its source."""
        for excerpt in self._staying():
            source = self.sources[excerpt.source_id]
            told = (
                source.title,
                *source.authors,
                source.publisher,
                source.container,
                source.wire,
                source.url,
                str(source.extra.get("DOI", "")),
            )
            for text in (excerpt.quote, excerpt.translation, excerpt.speaker, *told):
                self._words.forget(text or "")

    def _staying(self) -> Iterator[Excerpt]:
        return (excerpt for i, excerpt in self.excerpts.items() if i not in self._above)

    def _repeated(self, excerpt: Excerpt) -> Repeat | None:
        source = self.sources.get(excerpt.source_id)
        marked = excerpt.marking or (source and source.marking)
        repeats = self._words.whole_in if marked else self._words.run_in
        title = source.title if source and not marked else ""
        return next(filter(None, map(repeats, (excerpt.quote, excerpt.translation, title))), None)


def by_section(brief: Brief, portions: Iterable[Portion]) -> tuple[tuple[str, int], ...]:
    """Return how many of the portions each section has, by heading in the order of the brief; "" for the head."""
    counts: dict[str, int] = {}
    for portion in portions:
        counts[portion.section] = counts.get(portion.section, 0) + 1
    headings = {"": "", **{section.id: section.heading for section in brief.sections}}
    return tuple((headings[i], counts[i]) for i in headings if i in counts)


def _gone(portion: Portion, repeated: Repeat | None) -> Portion:
    """Return a portion that is left out, with what it repeats where that is why."""
    return replace(portion, repeats=repeated.of, words=repeated.text) if repeated else portion


def _name(section: Section, block: Block) -> str:
    what = "a quotation" if block.kind is BlockKind.QUOTATION else "a text"
    return f"{what} under “{section.heading}”"
