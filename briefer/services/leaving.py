"""What leaves the library in an exported file, and whether it may.

A releasable version is made before anything else: what is above its ceiling is in neither the brief nor the evidence
from which the document is rendered. What leaves is then checked, and red findings hold it back until somebody lets
them pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from briefer.domain.briefs import Brief
from briefer.domain.checks import holds
from briefer.domain.exporting import ExportOptions
from briefer.domain.findings import Finding
from briefer.domain.floors import Mixed, Portion, floor, named
from briefer.domain.markings import MarkingScheme, level_of
from briefer.domain.portions import portions
from briefer.domain.releases import released
from briefer.domain.repeats import read
from briefer.errors import InputError
from briefer.services.evidence import Evidence
from briefer.services.phrases import phrases
from briefer.services.ports import Markup


@dataclass(frozen=True)
class Cleared:
    """Who lets red findings leave, and why."""

    who: str
    reason: str


@dataclass(frozen=True)
class Leaving:
    """What leaves: a brief with its evidence, and for a releasable version what it lacks."""

    brief: Brief
    evidence: Evidence
    left_out: tuple[Portion, ...] = ()
    unmarked: tuple[Portion, ...] = ()


def at_ceiling(
    brief: Brief,
    evidence: Evidence,
    ceiling: str,
    schemes: tuple[MarkingScheme, ...],
    *,
    title: str,
    markup: Markup,
    captures: Callable[[], Mapping[str, str]],
) -> Leaving:
    """Return what of a brief may leave at ``ceiling``, all of it where that is empty.

    ``captures`` reads the texts of the sources, by their ids.

    Raises:
        UsageError: ``ceiling-unknown``.
    """
    if not ceiling:
        return Leaving(brief, evidence)

    def as_read(markdown: str) -> tuple[str, ...]:
        return read(markup.blocks(markdown))

    found = released(
        brief,
        evidence.excerpts,
        evidence.sources,
        ceiling,
        schemes,
        title=title,
        read=as_read,
        captures=captures(),
    )
    kept = replace(evidence, excerpts=found.excerpts, sources=found.sources)
    return Leaving(found.brief, kept, found.left_out, found.unmarked)


def told(
    leaving: Leaving, ceiling: str, schemes: tuple[MarkingScheme, ...], language: str
) -> tuple[str, ...]:
    """Return the sentence by which a document tells that portions were left out of it; none where none were."""
    count = len(leaving.left_out)
    if not count:
        return ()
    found = level_of(ceiling, schemes)
    say = phrases(language)
    sentence = say.one_left_out if count == 1 else say.some_left_out
    return (sentence.format(count=count, ceiling=found[1].label if found else ceiling),)


def refuse_mixed(leaving: Leaving, schemes: tuple[MarkingScheme, ...]) -> None:
    """Refuse a brief whose portions bear markings that do not compare. Raises InputError ``markings-mixed``."""
    brief, evidence = leaving.brief, leaving.evidence
    cited = {
        block.id: [
            (excerpt, source)
            for i in block.excerpt_ids()
            if (excerpt := evidence.excerpts.get(i)) and (source := evidence.sources.get(excerpt.source_id))
        ]
        for _, block in brief.blocks()
    }
    least = floor(portions(brief, lambda block: cited[block.id]), schemes, brief.marking)
    if isinstance(least, Mixed):
        raise InputError("markings-mixed", portions=named(least.portions, markings=True))


def refuse_red(findings: Sequence[Finding], cleared: Cleared | None) -> tuple[Finding, ...]:
    """Return the red ones of ``findings``, which somebody lets leave.

    Raises:
        InputError: ``export-red`` where nobody does; its ``findings`` are these.
    """
    red = tuple(filter(holds, findings))
    if red and cleared is None:
        messages = " ".join(dict.fromkeys(finding.message for finding in red))
        raise InputError("export-red", count=len(red), messages=messages, findings=red)
    return red


def recorded(
    leaving: Leaving,
    target: Path,
    options: ExportOptions,
    version: int,
    let: Sequence[Finding],
    cleared: Cleared | None,
) -> Mapping[str, Any]:
    """Return what the record tells of an export to ``target``; the digest of the file comes to it."""
    facts: dict[str, Any] = {
        "version": version,
        "file": str(target.absolute()),
        "marking": leaving.brief.marking,
    }
    if options.ceiling:
        facts |= {"ceiling": options.ceiling, "left_out": len(leaving.left_out)}
    if leaving.brief.waivers:
        facts["waivers"] = [msgspec.to_builtins(waiver) for waiver in leaving.brief.waivers]
    if let and cleared is not None:
        headings = {section.id: section.heading for section in leaving.brief.sections}
        facts |= {
            "let_leave": [
                {"check": f.check, "section": headings.get(f.section, ""), "message": f.message} for f in let
            ],
            "let_by": cleared.who,
            "reason": cleared.reason,
        }
    return facts
