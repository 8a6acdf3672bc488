"""Whether a section hears more than one outlet and one voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.domain.briefs import Section
from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Finding
from briefer.domain.folding import folded
from briefer.domain.persons import same_person
from briefer.domain.sources import Source
from briefer.domain.tags import TagKind

_SEVERAL = 2
"""Citations; one alone is seen to be alone."""

_Cited = list[tuple[Excerpt, Source]]


def balance(material: Material) -> Iterator[Finding]:
    """Yield sections on a partner that rest on one outlet, and on a risk that hear one voice; deeper ones count with them."""
    cited = {section.id: material.in_section(section) for section in material.brief.sections}
    yield from _one_outlet(material, cited)
    yield from _one_side(material, cited)


def _one_outlet(material: Material, cited: dict[str, _Cited]) -> Iterator[Finding]:
    told: set[str] = set()
    for at, section in _of_kind(material.brief.sections, TagKind.PARTNER):
        family = _family(material.brief.sections, at, TagKind.PARTNER)
        found = [source.publisher or source.container or "" for s in family for _, source in cited[s.id]]
        if len(found) >= _SEVERAL and len(set(map(_outlet, found))) == 1 and all(found):
            if section.id not in told:
                yield finding("one-outlet", f"“{section.heading}” rests on {found[0]} alone.", section.id)
            told |= {deeper.id for deeper in family}


def _one_side(material: Material, cited: dict[str, _Cited]) -> Iterator[Finding]:
    told: set[str] = set()
    for at, section in _of_kind(material.brief.sections, TagKind.RISK):
        family = _family(material.brief.sections, at, TagKind.RISK)
        found = [excerpt.speaker or "" for s in family for excerpt, _ in cited[s.id]]
        voice = max(found, key=len, default="")
        terms = material.vocabulary.terms
        if len(found) >= _SEVERAL and all(found) and all(same_person(voice, v, terms) for v in set(found)):
            if section.id not in told:
                yield finding("one-side", f"Under “{section.heading}” only {voice} is heard.", section.id)
            told |= {deeper.id for deeper in family}


def _of_kind(sections: Sequence[Section], kind: TagKind) -> Iterator[tuple[int, Section]]:
    return ((at, s) for at, s in enumerate(sections) if _keys(s, kind))


def _family(sections: Sequence[Section], at: int, kind: TagKind) -> list[Section]:
    """Return a section and the deeper ones that follow it, but for those on something else of that kind."""
    first, family = sections[at], [sections[at]]
    for section in sections[at + 1 :]:
        if section.level <= first.level:
            break
        own = _keys(section, kind)
        if not own or own & _keys(first, kind):
            family.append(section)
    return family


def _keys(section: Section, kind: TagKind) -> set[str]:
    return {tag.key for tag in section.scope if tag.kind is kind}


def _outlet(name: str) -> str:
    return folded(name).removeprefix("the ").strip()
