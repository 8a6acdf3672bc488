"""Forms: templates of ordered, typed sections, and the rule by which a new brief fills them.

A form is data (``resources/forms/*.json``, and copies of a library's own); its fields are those of :class:`Form`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter

from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import DEFAULT_STYLE
from briefer.domain.tags import TagKind

GENERATED = frozenset({"basis", "coverage", "sources"})
"""The section types that Briefer writes itself, from what the brief cites."""

TYPES = GENERATED | {
    "ask", "logistics", "objectives", "say", "if-raised", "qa", "background", "considerations", "press", "people",
    "annex",
}  # fmt: skip
"""The types of section, after the practice of several governments."""

YARDSTICKS = ("icd-203", "phia")
"""The scales of likelihood that a form may choose: US ICD 203, and that of the UK's PHIA."""

_GRADE = re.compile(r"(?:[A-F][1-6]?)?")
SPOKEN = frozenset({"say", "if-raised", "qa"})
"""The section types whose text is spoken: what talking points are made of."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Each(StrEnum):
    """What a section stands for when it is repeated."""

    NONE = "none"
    RISK = "risk"
    PARTNER = "partner"


class Fill(StrEnum):
    """What a new section is filled with."""

    NOTHING = "nothing"
    EXCERPTS = "excerpts"


@dataclass(frozen=True)
class SectionForm:
    """One section of a form.

    ``each`` repeats it per risk or partner that the matching excerpts bear, one level below a heading of its
    own, and once more under ``rest_*`` for those that bear none; ``at_most`` bounds the excerpts per
    (repeated) section; ``prompt_*`` is the hint shown while empty. The types ``basis``, ``coverage`` and
    ``sources`` are written by Briefer when the document is made. ``headings`` names the section as other
    governments do, by the id of a :class:`Variant`; ``starter_*`` is Markdown that a new section begins with.
    """

    type: str
    heading_en: str
    heading_ja: str = ""
    each: Each = Each.NONE
    fill: Fill = Fill.NOTHING
    at_most: int = 6
    word_limit: int | None = None
    required: bool = False
    prompt_en: str = ""
    prompt_ja: str = ""
    rest_en: str = "Other points"
    rest_ja: str = "その他"
    headings: dict[str, str] = field(default_factory=dict)
    starter_en: str = ""
    starter_ja: str = ""

    def starter(self, language: str) -> str:
        """Return the Markdown that a new section begins with."""
        return self.starter_ja if language == "ja" and self.starter_ja else self.starter_en

    def rest(self, language: str) -> str:
        """Return the heading of what bears none of the tags that the section is repeated by."""
        return self.rest_ja if language == "ja" else self.rest_en

    def prompt(self, language: str) -> str:
        """Return the hint that is shown while the section is empty."""
        return self.prompt_ja if language == "ja" and self.prompt_ja else self.prompt_en

    def heading(self, language: str, variant: str = "") -> str:
        """Return the heading in ``language`` (English where there is no other), or that of a variant."""
        if variant in self.headings:
            return self.headings[variant]
        return self.heading_ja if language == "ja" and self.heading_ja else self.heading_en


@dataclass(frozen=True)
class Variant:
    """A set of other names for a form's sections: those of one government."""

    id: str
    name_en: str
    name_ja: str = ""

    def name(self, language: str = "en") -> str:
        """Return the name in ``language``."""
        return self.name_ja if language == "ja" and self.name_ja else self.name_en


@dataclass(frozen=True)
class Form:
    """A template of a brief. ``subjects`` names the tag kinds that the brief must be for (``--for``).

    ``marking`` is what a new brief is marked with, ``style`` the citation style that its export begins with, and
    ``numbering`` the numbers of headings; ``page_budget`` counts pages. ``stale_days`` is how old a source may be at
    the meeting (None for any age), ``least_grade`` the least reliability, or that and the least credibility, of what is
    cited («C» or «C3»), and ``yardstick`` the scale of likelihood to keep to (``icd-203`` or ``phia``).
    """

    id: str
    name_en: str
    name_ja: str = ""
    description_en: str = ""
    description_ja: str = ""
    title_en: str = "{subject}"
    title_ja: str = ""
    subjects: tuple[TagKind, ...] = ()
    page_budget: int | None = None
    marking: str = ""
    style: str = DEFAULT_STYLE
    numbering: HeadingNumbering = HeadingNumbering.NONE
    stale_days: int | None = 730
    least_grade: str = ""
    yardstick: str = ""
    variants: tuple[Variant, ...] = ()
    sections: tuple[SectionForm, ...] = field(default=())

    def name(self, language: str = "en") -> str:
        """Return the name in ``language``."""
        return self.name_ja if language == "ja" and self.name_ja else self.name_en

    def description(self, language: str = "en") -> str:
        """Return what the form is for, in ``language``."""
        return self.description_ja if language == "ja" and self.description_ja else self.description_en

    def title(self, subject: str, language: str = "en") -> str:
        """Return the title of a new brief on ``subject``."""
        pattern = self.title_ja if language == "ja" and self.title_ja else self.title_en
        return pattern.format(subject=subject)


def id_from(name: str, taken: Collection[str]) -> str:
    """Return an id for a form of that name which no other has: its letters and digits, else ``form``."""
    plain = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "form"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def faults(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a form: the path of the field (``sections[2].at_most``), and why."""
    if not _ID.fullmatch(form.id):
        yield "id", "write it in small letters, digits and hyphens"
    if not form.name_en.strip():
        yield "name_en", "a form needs a name"
    for name in ("title_en", "title_ja"):
        if not _is_pattern(getattr(form, name)):
            yield name, "only {subject} may stand in braces"
    yield from _faults_of_limits(form)
    if not form.sections:
        yield "sections", "a form needs at least one section"
    known = {variant.id for variant in form.variants}
    for number, section in enumerate(form.sections):
        for name, why in _faults_of(section, known):
            yield f"sections[{number}].{name}", why


def _faults_of_limits(form: Form) -> Iterator[tuple[str, str]]:
    if form.page_budget is not None and form.page_budget < 1:
        yield "page_budget", "at least one page"
    if form.stale_days is not None and form.stale_days < 1:
        yield "stale_days", "at least one day"
    if not _GRADE.fullmatch(form.least_grade):
        yield "least_grade", "a letter A to F, and perhaps a figure 1 to 6"
    if form.yardstick not in {"", *YARDSTICKS}:
        yield "yardstick", f"choose one of: {', '.join(YARDSTICKS)}"


def _faults_of(section: SectionForm, variants: set[str]) -> Iterator[tuple[str, str]]:
    if section.type not in TYPES:
        yield "type", f"no type of section; choose one of: {', '.join(sorted(TYPES))}"
    if not section.heading_en.strip():
        yield "heading_en", "a section needs a heading"
    if section.at_most < 1:
        yield "at_most", "at least one excerpt"
    if section.word_limit is not None and section.word_limit < 1:
        yield "word_limit", "at least one word"
    for variant in section.headings:
        if variant not in variants:
            yield f"headings.{variant}", "the form has no variant of that id"


def _is_pattern(text: str) -> bool:
    try:
        return all(name in {None, "subject"} for _, name, _, _ in Formatter().parse(text))
    except ValueError:
        return False
