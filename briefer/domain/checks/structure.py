"""Whether a brief keeps to its form: sections, lengths, headings, title, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise, zip_longest

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.checks.days import days, months, same
from briefer.domain.checks.material import Material
from briefer.domain.checks.names import names, partners
from briefer.domain.checks.rules import finding
from briefer.domain.checks.sentences import sentences
from briefer.domain.checks.titled import is_called, named_in
from briefer.domain.checks.weekdays import weekdays
from briefer.domain.citations import cited_ids, uncited
from briefer.domain.dates import in_words, is_edtf
from briefer.domain.findings import Finding
from briefer.domain.forms import GENERATED
from briefer.domain.lengths import count_words
from briefer.domain.paging import pages_needed
from briefer.domain.tags import Tag, TagKind

_LEAD_IN = re.compile(r"[:：—–]\**\s*$")
# «**Q4** Exports rose» tells of a quarter, «**Quad**» of neither.
_QUESTION = re.compile(r"\*\*(?:Q(?:uestion)?|問)\s?[\d０-９]{0,2}(?![^\W_])(?P<asked>.*)")
_ASKS = re.compile(r"(?:[?？]|か。?)[」”*\s]*$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"#{1,6}\s")
_HEADINGS = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_UNSEEN = re.compile(r"<!--.*?-->", re.DOTALL)
_UNTIL = re.compile(r"\s*(?:[-–—~〜～]|to|until|till|から)\s*")


def structure(material: Material) -> Iterator[Finding]:
    """Yield where a brief departs from its form."""
    yield from _missing(material)
    yield from _lengths(material)
    yield from _headings(material)
    for section in material.brief.sections:
        yield from _starter(material, section)
        yield from _parted(section)
    yield from _title(material)
    yield from _carried(material)
    yield from weekdays(material)
    yield from names(material)


def _missing(material: Material) -> Iterator[Finding]:
    brief, form = material.brief, material.form
    required = {s.type for s in form.sections if s.required}
    for index, section in enumerate(brief.sections):
        later = brief.sections[index + 1 :]
        has_below = bool(later) and later[0].level > section.level
        filled = any(b.excerpt_id or _says_something(b.markdown) for b in section.blocks)
        if section.type in required and not (filled or has_below or section.type in GENERATED):
            message = f"“{section.heading}” is empty; the form asks for it."
            yield finding("empty-section", message, section.id)
    present = {section.type for section in brief.sections}
    for wanted in form.sections:
        if wanted.required and wanted.type not in present:
            heading = wanted.heading(brief.language, brief.variant)
            yield finding("empty-section", f"“{heading}” is missing; the form asks for it.")


def _says_something(markdown: str) -> bool:
    """Whether a reader sees a letter or figure: not the sign of an empty list, a blank or a remark of HTML."""
    return any(map(str.isalnum, unescape(_UNSEEN.sub("", markdown))))


def _lengths(material: Material) -> Iterator[Finding]:
    brief = material.brief
    for section in brief.sections:
        form = material.form_of(section)
        limit = form.word_limit if form else None
        words = sum(_words(material, b) for b in section.blocks) if limit is not None else 0
        if limit is not None and words > limit:
            message = f"“{section.heading}” has {words} words; the form allows {limit}."
            yield finding("word-limit", message, section.id)
    budget = material.form.page_budget
    needed = pages_needed(brief, material.cited) if budget is not None else 0
    if budget is not None and needed > budget:
        yield finding("page-budget", f"The brief takes about {needed} pages; the form allows {budget}.")


def _words(material: Material, block: Block) -> int:
    excerpt = material.excerpts.get(block.excerpt_id or "")
    text = (
        block.markdown if block.kind is BlockKind.PROSE else block.shown or (excerpt.quote if excerpt else "")
    )
    return count_words(text, material.brief.language)


def _headings(material: Material) -> Iterator[Finding]:
    level = 0
    for section in material.brief.sections:
        if section.level > level + 1:
            message = f"“{section.heading}” is of level {section.level}, below one of level {level}."
            yield finding("heading-order", message, section.id)
        level = section.level
        for block in section.blocks:
            yield from _headings_within(section, block)


def _headings_within(section: Section, block: Block) -> Iterator[Finding]:
    """Yield headings within one text that leave a level out after another."""
    levels = [len(marks) for marks in _HEADINGS.findall(block.markdown)]
    for above, level in pairwise(levels):
        if level > above + 1:
            message = (
                f"A text under “{section.heading}” has a heading of level {level} below one of level {above}."
            )
            yield finding("heading-order", message, section.id, block.id)
            return


def _starter(material: Material, section: Section) -> Iterator[Finding]:
    form = material.form_of(section)
    starters = {form.starter_en, form.starter_ja} - {""} if form else set()
    for block in section.blocks:
        if block.markdown.strip() in starters:
            message = f"“{section.heading}” still has the text that the form began it with."
            yield finding("starter-left", message, section.id, block.id)


def _parted(section: Section) -> Iterator[Finding]:
    """Yield a point that leads to something, where its section ends or a heading follows, and questions without an answer."""
    yield from _unanswered(section)
    blocks = [block for block in section.blocks if block.excerpt_id or _says_something(block.markdown)]
    for block, following in zip_longest(blocks, blocks[1:]):
        text = uncited(block.markdown).strip()
        leads = _LEAD_IN.search(text) or _is_question(text.rpartition("\n")[2], section)
        if (
            block.kind is BlockKind.PROSE
            and leads
            and (following is None or _HEADING.match(following.markdown))
        ):
            where = "ends with" if following is None else "has"
            message = f"“{section.heading}” {where} a line that leads to what does not follow."
            yield finding("parted", message, section.id, block.id, (block.markdown.strip(),))


def _unanswered(section: Section) -> Iterator[Finding]:
    """Yield questions that another question follows."""
    parts: list[tuple[str, str]] = []
    for block in section.blocks:
        texts = _PARAGRAPH.split(block.markdown) if block.kind is BlockKind.PROSE else ["…"]
        parts += [(text.strip(), block.id) for text in texts if text.strip()]
    for (text, block_id), (following, _) in pairwise(parts):
        if _is_question(text, section) and _is_question(following.partition("\n")[0], section):
            message = f"“{section.heading}” has a question without an answer."
            yield finding("parted", message, section.id, block_id, (text,))


def _is_question(line: str, section: Section) -> bool:
    """Whether a line is a question and nothing else; in a section of questions one may begin «Explain …»."""
    match = _QUESTION.fullmatch(line)
    asked = match["asked"] if match else ""
    return bool(asked.strip("*.:：)） ")) and bool(
        _ASKS.search(asked) or (section.type == "qa" and "?" not in asked and "？" not in asked)
    )


def _title(material: Material) -> Iterator[Finding]:
    brief, vocabulary = material.brief, material.vocabulary
    own = {tag.key for tag in brief.subjects if tag.kind is TagKind.PARTNER}
    terms = tuple(partners(material)) if own else ()
    named = named_in(brief.title, terms)
    meant = [term for term in terms if term.key in own]
    if named and not any(term in named or is_called(brief.title, term) for term in meant):
        wanted = ", ".join(vocabulary.label(Tag(TagKind.PARTNER, key), brief.language) for key in sorted(own))
        yield finding(
            "title-partner", f"The title names {named[0].label(brief.language)}; the brief is for {wanted}."
        )
    for day in other_days(brief):
        meeting = in_words(brief.meeting_date or "", brief.language)
        yield finding("title-date", f"The title names {day}; the meeting is on {meeting}.")


def _carried(material: Material) -> Iterator[Finding]:
    """Yield sentences that stand as they are in the brief before, and name the day of its meeting."""
    former, meeting = material.former, material.brief.meeting_date or ""
    day = (former.meeting_date if former else "") or ""
    if former is None or not is_edtf(day) or len(day) != 10 or day == meeting:
        return
    before = {s.strip() for _, b in former.blocks() for s in sentences(b.markdown)}
    for section, block in material.prose():
        # A sentence with a source tells what happened then, and stays true.
        for sentence in (s.strip() for s in sentences(block.markdown) if not cited_ids(s)):
            named = [n for n, found in days(sentence) if any(same(day, one) for one in found)]
            if named and sentence in before:
                message = f"The text names {named[0]}, the day of the last meeting, as the brief before did."
                yield finding("date-carried", message, section.id, block.id, (sentence,))


def other_days(brief: Brief) -> list[str]:
    """Return the days in the title, as written, where none of them is the meeting's; its months where it names no day."""
    meeting = brief.meeting_date or ""
    if not is_edtf(meeting) or len(meeting) != 10:
        return []
    found = list(days(brief.title))
    if not found:
        named = list(months(brief.title))
        meant = any(meeting.startswith(month) or month == f"--{meeting[5:7]}" for _, month in named)
        return [] if meant else [written for written, _ in named]
    meant = any(same(day, meeting) for _, day_or_days in found for day in day_or_days)
    return [] if meant or _within(brief.title, found, meeting) else [written for written, _ in found]


def _within(title: str, found: list[tuple[str, tuple[str, ...]]], meeting: str) -> bool:
    """Whether a day lies between two that the title joins: «30 November to 2 December»."""
    at = 0
    for (first, starts), (last, ends) in pairwise(found):
        at = title.index(first, at) + len(first)
        between = title[at : title.index(last, at)]
        if _UNTIL.fullmatch(between) and starts and ends:
            start, end = (day.replace("--", f"{meeting[:4]}-") for day in (starts[0], ends[-1]))
            if start <= meeting <= end:
                return True
    return False
