"""Whether a brief keeps to its form: sections, lengths, headings, title, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.checks.days import days, same
from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.citations import uncited
from briefer.domain.dates import in_words, is_edtf
from briefer.domain.findings import Finding
from briefer.domain.folding import folded
from briefer.domain.forms import GENERATED
from briefer.domain.lengths import count_words, pages
from briefer.domain.tags import Tag, TagKind, Term

_ADJECTIVE = re.compile(r"(?:ish|ese|[aeiou]n|ic|[^e]i|s)$|(?:人|語|製|軍)$")
_WORD = re.compile(r"\w+")
_KATAKANA = "ァ-ヺー"
_KATAKANA_NAME = re.compile(f"[{_KATAKANA}・]+")
_NEAR = 70
# Names that are both in use and not spelled alike (UN terminology database, UNTERM).
_OTHER_NAMES = {
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "KR": ("Republic of Korea",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
}
# The Foreign Ministry's usual name and the one of the press or of everyday speech.
_OTHER_NAMES_JA = {
    "AU": ("豪州", "オーストラリア"),
    "GB": ("英国", "イギリス"),
    "KR": ("韓国", "大韓民国"),
    "MM": ("ミャンマー", "ビルマ"),
    "TR": ("トルコ", "テュルキエ"),
    "US": ("米国", "アメリカ"),
}
_LEAD_IN = re.compile(r"(?:[:：]|\*\*(?:Q|問)[^*]*\*\*[^\n]*)\s*$")


def structure(material: Material) -> Iterator[Finding]:
    """Yield where a brief departs from its form."""
    yield from _missing(material)
    yield from _lengths(material)
    yield from _headings(material)
    for section in material.brief.sections:
        yield from _starter(material, section)
        yield from _parted(section)
    yield from _title(material)
    yield from _names(material)


def _missing(material: Material) -> Iterator[Finding]:
    brief, form = material.brief, material.form
    required = {s.type for s in form.sections if s.required}
    for index, section in enumerate(brief.sections):
        later = brief.sections[index + 1 :]
        has_below = bool(later) and later[0].level > section.level
        filled = any(b.excerpt_id or b.markdown.strip() for b in section.blocks)
        if section.type in required and not (filled or has_below or section.type in GENERATED):
            message = f"“{section.heading}” is empty; the form asks for it."
            yield finding("empty-section", message, section.id)
    present = {section.type for section in brief.sections}
    for wanted in form.sections:
        if wanted.required and wanted.type not in present:
            heading = wanted.heading(brief.language, brief.variant)
            yield finding("empty-section", f"“{heading}” is missing; the form asks for it.")


def _lengths(material: Material) -> Iterator[Finding]:
    brief = material.brief
    words = {section.id: sum(_words(material, b) for b in section.blocks) for section in brief.sections}
    for section in brief.sections:
        form = material.form_of(section)
        limit = form.word_limit if form else None
        if limit is not None and words[section.id] > limit:
            message = f"“{section.heading}” has {words[section.id]} words; the form allows {limit}."
            yield finding("word-limit", message, section.id)
    budget = material.form.page_budget
    needed = pages(sum(words.values()), brief.language)
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


def _starter(material: Material, section: Section) -> Iterator[Finding]:
    form = material.form_of(section)
    starters = {form.starter_en, form.starter_ja} - {""} if form else set()
    for block in section.blocks:
        if block.markdown.strip() in starters:
            message = f"“{section.heading}” still has the text that the form began it with."
            yield finding("starter-left", message, section.id, block.id)


def _parted(section: Section) -> Iterator[Finding]:
    """Yield a point that leads to something, at the end of its section."""
    last = section.blocks[-1] if section.blocks else None
    if last and last.kind is BlockKind.PROSE and _LEAD_IN.search(uncited(last.markdown)):
        message = f"“{section.heading}” ends with a line that leads to what does not follow."
        yield finding("parted", message, section.id, last.id)


def _title(material: Material) -> Iterator[Finding]:
    brief, vocabulary = material.brief, material.vocabulary
    own = {tag.key for tag in brief.subjects if tag.kind is TagKind.PARTNER}
    named = [term for term in _partners(material) if own and _says(brief.title, term)]
    if named and not any(term.key in own for term in named):
        wanted = ", ".join(vocabulary.label(Tag(TagKind.PARTNER, key), brief.language) for key in sorted(own))
        yield finding(
            "title-partner", f"The title names {named[0].label(brief.language)}; the brief is for {wanted}."
        )
    for day in other_days(brief):
        meeting = in_words(brief.meeting_date or "", brief.language)
        yield finding("title-date", f"The title names {day}; the meeting is on {meeting}.")


def other_days(brief: Brief) -> list[str]:
    """Return the days in the title, as written, where none of them is the meeting's."""
    meeting = brief.meeting_date or ""
    if not is_edtf(meeting) or len(meeting) != 10:
        return []
    found = list(days(brief.title))
    meant = any(same(day, meeting) for _, named in found for day in named)
    return [] if meant else [written for written, _ in found]


def _names(material: Material) -> Iterator[Finding]:
    """Yield partners that the author calls by two of the names that mean the same in one language."""
    for names in spelled(material):
        section, block = _where(material, names[1:])
        yield finding("spelled-twice", f"One partner, two names: {', '.join(names)}.", section, block)


def spelled(material: Material) -> Iterator[list[str]]:
    """Yield the names of each partner that is called by more than one, the vocabulary's own first."""
    texts = [material.brief.title, *(block.markdown for _, block in material.prose())]
    words = frozenset[str]().union(*map(words_of, texts))
    text = "\n".join(map(uncited, texts))
    language = material.brief.language
    for term in _partners(material):
        # Words are looked up before a text is searched for names of which it has not one word.
        present = [n for n in _names_of(term, language) if words >= words_of(n) and _has(text, n)]
        used = [name for name in _spellings(term, language) if name in present] if len(present) > 1 else []
        distinct = [name for name in used if not any(name != other and name in other for other in used)]
        if len(distinct) > 1:
            yield distinct


def _where(material: Material, names: list[str]) -> tuple[str, str]:
    """Return the section and block where one of the names stands first; nothing where it is the title."""
    for section, block in material.prose():
        if any(_has(uncited(block.markdown), name) for name in names):
            return section.id, block.id
    return "", ""


def _names_of(term: Term, language: str) -> Iterator[str]:
    """Yield every name that may mean the partner, and some that do not."""
    yield term.label(language)
    yield from term.words_ja if language == "ja" else term.words_en
    yield from (_OTHER_NAMES_JA if language == "ja" else _OTHER_NAMES).get(term.key, ())


@lru_cache(maxsize=1024)
def _spellings(term: Term, language: str) -> tuple[str, ...]:
    """Return the names that mean the partner itself: its label, other names in use, and what is spelled nearly so.

    The vocabulary's other words are capitals, people and adjectives, which stand beside the name by right.
    """
    label = term.label(language)
    words = term.words_ja if language == "ja" else term.words_en
    near = [w for w in words if not _ADJECTIVE.search(w) and fuzz.ratio(folded(w), folded(label)) > _NEAR]
    others = _OTHER_NAMES_JA if language == "ja" else _OTHER_NAMES
    return tuple(dict.fromkeys((label, *near, *others.get(term.key, ()))))


def _partners(material: Material) -> Iterator[Term]:
    return (term for term in material.vocabulary.terms if term.kind is TagKind.PARTNER)


def _says(text: str, term: Term) -> bool:
    return any(_has(text, name) for name in (term.label_en, term.label_ja) if name)


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that blanks and marks part; none for scripts that are written without blanks."""
    return frozenset(word for word in _WORD.findall(text) if word.isascii()) if text else frozenset()


@lru_cache(maxsize=1024)
def named(name: str) -> re.Pattern[str]:
    """Return the pattern of a name as a word of its own: インド is none in インドネシア, nor «Niger» in «Nigeria»."""
    if name.isascii():
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    edges = _KATAKANA if _KATAKANA_NAME.fullmatch(name) else ""
    return re.compile(rf"(?<![{edges}]){re.escape(name)}(?![{edges}])" if edges else re.escape(name))


def _has(text: str, name: str) -> bool:
    return name in text and named(name).search(text) is not None
