"""What the checks found, by the row of the editor that it stands at, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefer.domain.briefs import Brief
from briefer.domain.findings import Finding, Level


@dataclass(frozen=True)
class Notice:
    """What is shown beside one row: the findings there, red ones first."""

    findings: tuple[Finding, ...]

    @property
    def red(self) -> bool:
        """Whether one of them must be mended."""
        return self.findings[0].level is Level.RED

    @property
    def told(self) -> str:
        """The messages, one a line."""
        return "\n".join(f"{sign(finding)} {finding.message}" for finding in self.findings)


def sign(finding: Finding) -> str:
    """Return the sign of a finding's level, which tells it without colour."""
    return "●" if finding.level is Level.RED else "▲"


def notices(findings: Iterable[Finding]) -> dict[str, Notice]:
    """Return the notices by the id of the block, or of the section where a finding is about no block."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if place := finding.block or finding.section:
            found.setdefault(place, []).append(finding)
    return {place: Notice(_red_first(own)) for place, own in found.items()}


def step(findings: Iterable[Finding], brief: Brief, here: str, by: int) -> Finding | None:
    """Return the first finding of the next place (``by`` 1) or the one before (-1), around the brief's ends.

    ``here`` is the id of the block or section from where it is counted. Findings on the brief as a whole have no place.
    """
    order = {
        place: number
        for number, place in enumerate(
            id_ for section in brief.sections for id_ in (section.id, *(block.id for block in section.blocks))
        )
    }
    placed = notices(f for f in findings if (f.block or f.section) in order)
    places = sorted(placed, key=order.__getitem__)
    if not places:
        return None
    at = order.get(here, -1)
    after = [place for place in places if order[place] > at]
    before = [place for place in places if order[place] < at]
    ahead = (*after, *places) if by > 0 else (*reversed(before), *reversed(places))
    return placed[ahead[0]].findings[0]


def _red_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.level is not Level.RED))
