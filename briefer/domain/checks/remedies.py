"""What mends a finding at once, where that needs no judgement; each can be undone like any other edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz import fuzz

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.checks.marked import least_of
from briefer.domain.checks.material import Material
from briefer.domain.checks.names import is_short, named, spelled
from briefer.domain.checks.quotes import typed
from briefer.domain.checks.sentences import QUOTED
from briefer.domain.checks.structure import other_days
from briefer.domain.citations import without_citations
from briefer.domain.dates import in_words
from briefer.domain.editing import (
    block_place,
    change_section,
    remove_block,
    section_index,
    shorten,
    write_prose,
)
from briefer.domain.findings import Finding, digest_of
from briefer.domain.floors import Floor
from briefer.domain.ids import new_id
from briefer.domain.quotations import without_cut_words

_QUOTED = re.compile(rf"({QUOTED}|\[[^\]]*\])")
_SIGNS = re.compile(r"[\\`*_\[\]<>&#|~\n“”\"「」『』]")
_LEAST_ALIKE = 80
"""Per cent of the letters."""
# Countries whose name has an article; those of others lose it with «Republic of».
_WITH_ARTICLE = re.compile(r"^(?:United|Netherlands|Philippines|.*\b(?:Republic|Islands|Emirates)\b)")


@dataclass(frozen=True)
class Remedy:
    """An edit that mends a finding, and what it does, in English."""

    label: str
    change: Callable[[Brief], Brief]


def remedy(finding: Finding, material: Material) -> Remedy | None:
    """Return what mends a finding, None where a person has to think."""
    make = _REMEDIES.get(finding.check)
    return make(finding, material) if make else None


def _taken_out(finding: Finding, material: Material) -> Remedy:
    """Take out a quotation, or in a text the citations, of what is missing or was withdrawn."""
    gone = finding.check == "source-missing"

    def drop(excerpt_id: str) -> bool:
        pairs = material.of((excerpt_id,))
        return not pairs if gone else any(source.title in finding.message for _, source in pairs)

    def change(brief: Brief) -> Brief:
        section, place = block_place(brief, finding.block)
        block = section.blocks[place]
        if block.kind is BlockKind.QUOTATION:
            return remove_block(brief, block.id)
        return write_prose(brief, block.id, without_citations(block.markdown, drop))

    return Remedy("Take it out", change)


def _in_full(finding: Finding, _material: Material) -> Remedy:
    return Remedy("Quote it in full", lambda brief: shorten(brief, finding.block, ""))


def _whole_words(finding: Finding, material: Material) -> Remedy | None:
    """Leave the part of a word at an end of a quotation out, visibly; the excerpt stays as it is."""
    block = next((b for _, b in material.brief.blocks() if b.id == finding.block), None)
    excerpt = material.excerpts.get(block.excerpt_id or "") if block else None
    if excerpt is None:
        return None
    begins, ends = material.cuts(excerpt)
    shown = without_cut_words(excerpt.quote, begins=begins, ends=ends)
    return (
        Remedy("Leave the cut word out", lambda brief: shorten(brief, finding.block, shown))
        if shown
        else None
    )


def _restored(finding: Finding, material: Material) -> Remedy | None:
    """Give a quotation typed into a text the words of its source again, where it is plain which they are."""
    block = next((b for _, b in material.brief.blocks() if b.id == finding.block), None)
    if block is None or block.kind is not BlockKind.PROSE:
        return None
    for words, said, _check, _message in typed(material, block):
        alike = [text for text in said if _alike(words, text)]
        if digest_of(words, *said) == finding.digest and len(alike) == 1 and block.markdown.count(words) == 1:
            change = partial(_with_words, block_id=block.id, words=words, by=alike[0])
            return Remedy("Restore the source’s words", change)
    return None


def _with_words(brief: Brief, block_id: str, words: str, by: str) -> Brief:
    section, place = block_place(brief, block_id)
    return write_prose(brief, block_id, section.blocks[place].markdown.replace(words, by))


def _alike(words: str, text: str) -> bool:
    """Whether a few words at most differ, and ``text`` can stand in Markdown as it is."""
    return _SIGNS.search(text) is None and fuzz.ratio(words, text) >= _LEAST_ALIKE


def _starter(finding: Finding, _material: Material) -> Remedy:
    return Remedy("Delete it", lambda brief: remove_block(brief, finding.block))


def _raised(_finding: Finding, material: Material) -> Remedy | None:
    least = least_of(material)
    marking = least.marking if isinstance(least, Floor) else material.form.marking
    if not marking:
        return None
    label = least.level.label if isinstance(least, Floor) else marking
    return Remedy(f"Mark it {label}", lambda brief: replace(brief, marking=marking))


def _section_added(finding: Finding, material: Material) -> Remedy | None:
    """Add the section that a form asks for, before the first one that the form has after it."""
    brief, wanted = material.brief, material.form.sections
    if finding.section:
        return None
    headings = [form.heading(brief.language, brief.variant) for form in wanted]
    at = next((n for n, heading in enumerate(headings) if f"“{heading}” is missing" in finding.message), None)
    if at is None:
        return None
    made = Section(new_id(), headings[at], wanted[at].type)
    later = {one.type for one in wanted[at + 1 :]}
    return Remedy("Add the section", lambda brief: _before(brief, made, later))


def _before(brief: Brief, made: Section, later: set[str]) -> Brief:
    tops = (at for at, one in enumerate(brief.sections) if one.level == 1 and one.type in later)
    at = next(tops, len(brief.sections))
    return replace(brief, sections=(*brief.sections[:at], made, *brief.sections[at:]))


def _levelled(finding: Finding, _material: Material) -> Remedy:
    def change(brief: Brief) -> Brief:
        at = section_index(brief, finding.section)
        above = brief.sections[at - 1].level if at else 0
        return change_section(brief, finding.section, level=above + 1)

    return Remedy("Raise it to the level below the one above", change)


def _dated(_finding: Finding, material: Material) -> Remedy:
    day = in_words(material.brief.meeting_date or "", material.brief.language)

    def change(brief: Brief) -> Brief:
        title = brief.title
        for other in other_days(brief):
            title = title.replace(other, day)
        return replace(brief, title=title)

    return Remedy(f"Write {day}", change)


def _one_name(finding: Finding, material: Material) -> Remedy | None:
    names = next((used for used in spelled(material) if ", ".join(used) in finding.message), None)
    if names is None or any(map(is_short, names)):
        return None  # «the UK’s ports» are not «Britain’s» by exchange of one for the other
    first, *others = names

    def change(brief: Brief) -> Brief:
        sections = tuple(
            replace(s, blocks=tuple(_renamed(b, first, others) for b in s.blocks)) for s in brief.sections
        )
        return replace(brief, title="".join(_replaced(brief.title, first, others)), sections=sections)

    return Remedy(f"Call it {first} throughout", change)


def _renamed(block: Block, name: str, others: list[str]) -> Block:
    return replace(block, markdown="".join(_replaced(block.markdown, name, others)))


def _replaced(text: str, name: str, others: list[str]) -> Iterator[str]:
    """Yield the pieces of a text with other names replaced, but in quotations, citations and links."""
    for number, piece in enumerate(_QUOTED.split(text)):
        changed = piece
        for other in others if number % 2 == 0 else ():
            article = "" if _WITH_ARTICLE.match(name) or not other.isascii() else r"(?:\b[Tt]he )?"
            changed = re.sub(f"{article}{named(other).pattern}", lambda _: name, changed)
        yield changed


_REMEDIES: dict[str, Callable[[Finding, Material], Remedy | None]] = {
    "source-missing": _taken_out,
    "withdrawn": _taken_out,
    "quote-altered": _restored,
    "quote-normalised": _restored,
    "quote-hidden-edit": _in_full,
    "quote-cut": _whole_words,
    "starter-left": _starter,
    "marking-below": _raised,
    "no-marking": _raised,
    "empty-section": _section_added,
    "heading-order": _levelled,
    "title-date": _dated,
    "spelled-twice": _one_name,
}
