"""The quote gate: every quotation says what its source says, or shows where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from briefer.domain.briefs import Block, BlockKind, Section
from briefer.domain.checks.material import Material
from briefer.domain.checks.quoted import quoted, without_emphasis
from briefer.domain.checks.rules import finding
from briefer.domain.digests import state_of
from briefer.domain.excerpts import Anchoring, Excerpt
from briefer.domain.findings import Finding
from briefer.domain.likeness import window
from briefer.domain.quotations import pieces, plain, straight
from briefer.domain.sources import Source

_STOPS = ".,。、"
_SHOWN = 60
_ALIKE, _SAME = 75, 60
"""Percent of a short sentence: how like the source it is as a whole, how much of it is the source's at one end."""
_BRIEF_ALTERED = "Something else than Briefer has changed this brief (its text, title, day, marking or the like). Read it through; then let this pass, or confirm it for good with `briefer doctor --confirm`."


def quotes(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with quotations and citations."""
    if not material.brief.excerpt_ids():
        yield finding("no-sources", "The brief cites no source at all.")
    if material.brief.id in material.restated:
        yield finding("data-altered", _BRIEF_ALTERED)
    if material.broken:
        at, why = material.broken.number, material.broken.why
        yield finding("record-broken", f"The record of this library is broken at entry {at}: {why}.")
    for section, block in material.brief.blocks():
        yield from _block(material, section, block)


def _block(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for excerpt_id in block.excerpt_ids():
        excerpt = material.excerpts.get(excerpt_id)
        source = material.sources.get(excerpt.source_id) if excerpt else None
        if excerpt is None or source is None:
            message = f"The citation [@{excerpt_id}] has no source in this library."
            yield finding("source-missing", message, section.id, block.id)
            continue
        if excerpt.snapshot_id in material.altered:
            message = f"Something else than Briefer has changed the captured text of “{source.title}”."
            yield finding(
                "source-altered", message, section.id, block.id, (excerpt.snapshot_id, excerpt.quote)
            )
        for message, state in _restated(material, excerpt, source):
            yield finding("data-altered", message, section.id, block.id, (state,))
        if not material.stands(excerpt):
            message = f"A quotation differs from “{source.title}”."
            yield finding(
                "quote-altered", message, section.id, block.id, (excerpt.snapshot_id, excerpt.quote)
            )
        elif excerpt.anchored is Anchoring.FUZZY:
            message = f"A quotation was found again only roughly in a newer capture of “{source.title}”; compare it."
            yield finding(
                "quote-carried", message, section.id, block.id, (excerpt.snapshot_id, excerpt.quote)
            )
        begins, ends = material.cuts(excerpt)
        if not block.shown and (begins or ends):
            where = "begins and ends" if begins and ends else "begins" if begins else "ends"
            message = f"A quotation from “{source.title}” {where} inside a word."
            yield finding("quote-cut", message, section.id, block.id, (excerpt.snapshot_id, excerpt.quote))
        if block.shown and pieces(block.shown, excerpt.quote) is None:
            message = f"A shortened quotation says what “{source.title}” does not say."
            yield finding("quote-hidden-edit", message, section.id, block.id, (block.shown, excerpt.quote))
    if block.kind is BlockKind.PROSE:
        yield from _typed(material, section, block)


def _restated(material: Material, excerpt: Excerpt, source: Source) -> Iterator[tuple[str, str]]:
    """Tell what of that which a citation says is not as it was stored last, each with its state."""
    if source.id in material.restated:
        yield (
            f"Something else than Briefer has changed the data of “{source.title}” (title, authors, publisher, dates, grade or the like). Compare them with the source, and correct them; then let this pass, or confirm them for good with `briefer doctor --confirm`.",
            state_of(source),
        )
    # With another text of the capture goes another quotation, of which that tells.
    if excerpt.id in material.restated and excerpt.snapshot_id not in material.altered:
        yield (
            f"Something else than Briefer has changed the words of “{_cut(excerpt.quote)}”, or what is said of them (speaker, comment, marking or the like). Compare them with “{source.title}”, and correct them; then let this pass, or confirm them for good with `briefer doctor --confirm`.",
            state_of(excerpt),
        )


def _typed(material: Material, section: Section, block: Block) -> Iterator[Finding]:
    for words, said, check, message in typed(material, block):
        yield finding(check, message, section.id, block.id, (words, *said))


def typed(material: Material, block: Block) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield the quotations typed into prose that what they are cited from does not have.

    Each with the words as they were typed, what the cited excerpts say, and the check and message of its finding.
    """
    for found in quoted(block.markdown):
        cited = material.of(found.cited)
        said = tuple(text for e, _ in cited for text in (e.quote, e.translation) if text)
        named = any(found.words in (source.title or "") for _, source in cited)
        if not said or named or any(stands(words, said) for words in found.readings):
            continue
        shown = _cut(" ".join(found.words.split()))
        plainly = [without_emphasis(words) for words in found.readings]
        emphasised = any(stands(words, said) for words in plainly)
        if emphasised and found.noted:
            continue
        if emphasised or any(
            plain(words.rstrip(_STOPS)) in plain(text) for words in plainly for text in said
        ):
            message = f"“{shown}” differs from its source in marks or blanks."
            yield found.words, said, "quote-normalised", message
        elif not found.doubtful or any(nearly(plain(words), said) for words in plainly):
            message = f"“{shown}” is not in what its paragraph cites."
            yield found.words, said, "quote-altered", message


@lru_cache(maxsize=8192)
def stands(words: str, said: tuple[str, ...]) -> bool:
    """Whether words are a source's, but for what shows in brackets, the stop at their end and their first letter's case.

    That letter goes by the sentence that the words are quoted in (The Chicago Manual of Style, permissible changes).
    """
    keyed = straight(words.rstrip(_STOPS))
    either = (keyed, keyed[:1].swapcase() + keyed[1:])
    return any(one in text or pieces(one, text) is not None for text in map(straight, said) for one in either)


@lru_cache(maxsize=8192)
def nearly(words: str, said: tuple[str, ...]) -> bool:
    """Whether plain words are a source's but for a few letters, or begin or end as it does: a negation is at the end in Japanese."""
    most = -(-len(words) * _SAME // 100)
    return any(
        words[:most] in text or words[-most:] in text or window(words, text, _ALIKE)
        for text in map(plain, said)
    )


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
