"""Checks over a brief before it is circulated.

Red is what would make the document wrong; amber what a reader may ask about. :data:`RULES` says of each rule why it
is there, and where it comes from.
"""

from __future__ import annotations

from briefer.domain.checks.balance import balance
from briefer.domain.checks.currency import currency
from briefer.domain.checks.extracts import extracts
from briefer.domain.checks.likelihood import likelihood
from briefer.domain.checks.marked import below, marked
from briefer.domain.checks.material import Material
from briefer.domain.checks.quotes import quotes
from briefer.domain.checks.remedies import Remedy, remedy
from briefer.domain.checks.rules import RULES, Rule, holds
from briefer.domain.checks.sourcing import lacks_primary, sourcing
from briefer.domain.checks.structure import structure
from briefer.domain.findings import Finding, Level

__all__ = ["RULES", "Material", "Remedy", "Rule", "below", "check_brief", "holds", "lacks_primary", "remedy"]

_GROUPS = (marked, structure, quotes, sourcing, currency, likelihood, extracts, balance)
_OF_SOURCES = frozenset({currency})
"""Groups whose findings are about a source, wherever it is cited."""


def check_brief(material: Material) -> tuple[Finding, ...]:
    """Return the findings, red first, each group in the order of the rules' groups and then of the text.

    What is found of a source is told once, where it is first cited; all else at each place where it is.
    """
    told: dict[tuple[str, ...], Finding] = {}
    for group in _GROUPS:
        for found in group(material):
            place = () if group in _OF_SOURCES else (found.section, found.block)
            told.setdefault((found.check, found.message, found.digest, *place), found)
    return tuple(sorted(told.values(), key=lambda found: found.level is not Level.RED))
