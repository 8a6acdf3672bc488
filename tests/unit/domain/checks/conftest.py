"""A brief to be checked, made of a few words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.checks import RULES, Material, check_brief
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding
from briefer.domain.forms import Form, SectionForm
from briefer.domain.markings import MarkingLevel, MarkingScheme
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind, Term, Vocabulary, parse_tag
from tests.unit.factories import make_brief, make_excerpt, make_snapshot, make_source

FORM = Form("x", "X", sections=(SectionForm("ask", "Ask"), SectionForm("background", "Background")))
VOCABULARY = Vocabulary(
    (
        Term(TagKind.PARTNER, "IN", "India", "インド", ("India", "Indian", "New Delhi")),
        Term(TagKind.PARTNER, "TR", "Türkiye", "トルコ", ("Türkiye", "Turkiye", "Turkish", "Ankara")),
    )
)
SCHEMES = (
    MarkingScheme(
        "uk", "United Kingdom", (MarkingLevel("official", "OFFICIAL", 1), MarkingLevel("secret", "SECRET", 3))
    ),
    MarkingScheme("tlp", "TLP", (MarkingLevel("red", "TLP:RED", 5),)),
)


@dataclass
class Bench:
    """Sources, excerpts and sections that are put together, then checked."""

    form: Form = FORM
    schemes: tuple[MarkingScheme, ...] = SCHEMES
    subjects: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    official: dict[str, tuple[Source, ...]] = field(default_factory=dict)

    def source(self, published: str | None = "2025-12-17", **changes: Any) -> Source:
        made = replace(make_source(published), **changes)
        self.sources[made.id] = made
        return made

    def excerpt(self, source: Source | None = None, text: str = "", **changes: Any) -> str:
        """Add an excerpt of the whole of a text and return its id."""
        owner = source or self.source()
        words = text or "Germany will widen its export controls on chip-making tools from March."
        snapshot = make_snapshot(owner, words)
        made = make_excerpt(snapshot, words, **changes)
        self.excerpts[made.id] = made
        self.texts[snapshot.id] = words
        return made.id

    def section(
        self, *blocks: str | Block, kind: str = "background", scope: str = "", **changes: Any
    ) -> Section:
        """Add a section; texts are prose, and a text that begins with ``>`` quotes the excerpt of that id."""
        made = Section(
            id=f"section-{len(self.sections) + 1}",
            heading=str(changes.pop("heading", f"Heading {len(self.sections) + 1}")),
            type=kind,
            scope=tuple(map(parse_tag, scope.split())),
            blocks=tuple(self._block(number, block) for number, block in enumerate(blocks)),
            **changes,
        )
        self.sections.append(made)
        return made

    def _block(self, number: int, block: str | Block) -> Block:
        if isinstance(block, Block):
            return block
        name = f"block-{len(self.sections) + 1}-{number}"
        if block.startswith(">"):
            return Block(name, BlockKind.QUOTATION, excerpt_id=block[1:])
        return Block(name, BlockKind.PROSE, block)

    @property
    def brief(self) -> Brief:
        values = {"marking": "OFFICIAL", "meeting_date": "2026-01-15", "title": "Note", **self.changes}
        subjects = tuple(map(parse_tag, self.subjects.split()))
        return replace(make_brief(), subjects=subjects, sections=tuple(self.sections), **values)

    def material(self) -> Material:
        """Return what is checked."""
        return Material(
            self.brief, self.form, self.excerpts, self.sources, self.texts, date(2026, 1, 15), VOCABULARY, self.schemes, self.official
        )  # fmt: skip

    def found(self) -> list[Finding]:
        findings = check_brief(self.material())
        assert all(finding.level is RULES[finding.check].level for finding in findings)
        return list(findings)

    def rules(self) -> list[str]:
        """Return the rules that found something."""
        return [finding.check for finding in self.found()]


@pytest.fixture
def bench() -> Bench:
    return Bench()
