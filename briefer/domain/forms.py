"""Forms: templates of ordered, typed sections, and the rule by which a new brief fills them.

A form is data (``resources/forms/*.json``); its fields are those of :class:`Form`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from briefer.domain.tags import TagKind

GENERATED = frozenset({"basis", "coverage", "sources"})
"""The section types that Briefer writes itself, from what the brief cites."""


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
    ``sources`` are written by Briefer when the document is made.
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

    def rest(self, language: str) -> str:
        """Return the heading of what bears none of the tags that the section is repeated by."""
        return self.rest_ja if language == "ja" else self.rest_en

    def prompt(self, language: str) -> str:
        """Return the hint that is shown while the section is empty."""
        return self.prompt_ja if language == "ja" and self.prompt_ja else self.prompt_en

    def heading(self, language: str) -> str:
        """Return the heading in ``language`` (English where there is no other)."""
        return self.heading_ja if language == "ja" and self.heading_ja else self.heading_en


@dataclass(frozen=True)
class Form:
    """A template of a brief. ``subjects`` names the tag kinds that the brief must be for (``--for``)."""

    id: str
    name_en: str
    name_ja: str = ""
    description_en: str = ""
    description_ja: str = ""
    title_en: str = "{subject}"
    title_ja: str = ""
    subjects: tuple[TagKind, ...] = ()
    page_budget: int | None = None
    sections: tuple[SectionForm, ...] = field(default=())

    def name(self, language: str = "en") -> str:
        """Return the name in ``language``."""
        return self.name_ja if language == "ja" and self.name_ja else self.name_en

    def title(self, subject: str, language: str = "en") -> str:
        """Return the title of a new brief on ``subject``."""
        pattern = self.title_ja if language == "ja" and self.title_ja else self.title_en
        return pattern.format(subject=subject)
