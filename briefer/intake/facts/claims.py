"""What is claimed about a capture, by whom, and which claim is believed.

A page states its title in five places and its text shows it in a sixth. Each place makes a claim with a
confidence of its own; claims that agree lift each other, claims that contradict each other lower each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefer.domain.dates import Dating
from briefer.domain.sources import How, Known

SUREST = 0.99
_AGREEING = 0.5
_CONTRADICTED = 0.85
_LONG_ENOUGH = 6
_MARKS = re.compile(r"[\W_]+")
_WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_WIDE})[^\S\n\u3000]*\n\s*(?={_WIDE})")
_TIDIED = frozenset({"title", "authors", "publisher", "container", "wire"})


def letters(text: str) -> str:
    """Return the letters and digits of a text without case: what two spellings of one name share."""
    return _MARKS.sub("", text).casefold()


def tidy(text: str) -> str:
    """Return a title or name in one line, with one blank where the page has any.

    Unlike quotations (``domain.spans.fold``) it keeps the blank between Japanese words, which parts a family
    name from a given one and the halves of a headline; only a line break between them is none.
    """
    return " ".join(_BROKEN.sub("", text.strip()).split())


@dataclass(frozen=True)
class Claim:
    """One place's word on one field."""

    value: object
    known: Known


@dataclass
class Claims:
    """All that is claimed; of claims equally sure, the one made first is believed."""

    made: dict[str, list[Claim]] = field(default_factory=dict)

    def add(self, name: str, value: object, how: How, confidence: float, where: str) -> None:
        """Take a claim down, names and titles tidied, unless it claims nothing."""
        if name in _TIDIED and isinstance(value, str):
            value = tidy(value)
        elif name in _TIDIED and isinstance(value, tuple):
            value = tuple(map(tidy, value))
        if value and not (isinstance(value, Dating) and not (value.value or value.as_written)):
            self.made.setdefault(name, []).append(Claim(value, Known(how, confidence, where)))

    def of(self, name: str) -> tuple[Claim, ...]:
        """Return the claims about a field, in the order in which they were made."""
        return tuple(self.made.get(name, ()))

    def drop(self, name: str) -> None:
        """Take back all claims about a field."""
        self.made.pop(name, None)

    def believed(self, name: str) -> Claim | None:
        """Return the surest claim, its confidence weighed against the other claims."""
        claims = self.of(name)
        if not claims:
            return None
        best = max(claims, key=lambda claim: claim.known.confidence)
        return weighed(best, (claim for claim in claims if claim is not best))


def weighed(claim: Claim, others: Iterable[Claim]) -> Claim:
    """Return ``claim`` with the confidence that the other claims leave it."""
    doubt = 1 - claim.known.confidence
    contradicted = False
    for other in others:
        if agree(claim.value, other.value):
            doubt *= 1 - _AGREEING * other.known.confidence
        elif other.known.confidence > claim.known.confidence / 2:
            contradicted = True
    confidence = min(1 - doubt, SUREST) * (_CONTRADICTED if contradicted else 1)
    return Claim(claim.value, Known(claim.known.how, round(confidence, 2), claim.known.where))


def agree(one: object, other: object) -> bool:
    """Whether two values say the same: dates where one is contained in the other, names likewise by their letters."""
    if isinstance(one, Dating) and isinstance(other, Dating):
        first, second = one.value or "", other.value or ""
        return bool(first and second) and (first.startswith(second) or second.startswith(first))
    if isinstance(one, str) and isinstance(other, str):
        first, second = sorted((letters(one), letters(other)), key=len)
        return first == second or (len(first) >= _LONG_ENOUGH and first in second)
    return one == other
