"""The pills under the paragraphs of a source: what is offered, and what was taken of it.

What was taken keeps its place, ticked, as long as its source is shown: what else stands there does not move
away under the pointer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from briefer.domain.results import Suggestion
from briefer.domain.speakers import Spoken
from briefer.domain.tags import TagKind
from briefer.ui.context import Context

if TYPE_CHECKING:
    from briefer.services.collect import SourceView

SUGGESTION = "suggestion:"
SPEAKER = "speaker:"
_LONGEST_NAME = 48
_One = TypeVar("_One")


@dataclass(frozen=True)
class Pill:
    """``sign`` stands before ``label``. ``href`` names what a click does; where it is empty, it was done."""

    sign: str
    label: str
    kind: TagKind | None
    href: str


class Offered:
    """Remembers what was offered for one source, in its order."""

    def __init__(self) -> None:
        self._suggested: dict[Suggestion, None] = {}
        self._voices: dict[Spoken, None] = {}

    def pills(self, view: SourceView, context: Context) -> dict[int, list[Pill]]:
        """Return the pills under each paragraph, by its number."""
        numbers = {one: number for number, one in enumerate(view.suggestions)}
        voices = {one: number for number, one in enumerate(view.spoken)}
        self._suggested = _kept(self._suggested, numbers, lambda one: _is_tagged(view, one))
        self._voices = _kept(self._voices, voices, lambda one: _is_marked(view, one))
        made: dict[int, list[Pill]] = defaultdict(list)
        for suggestion in self._suggested:
            at = numbers.get(suggestion)
            pill = Pill("＋", context.label(suggestion.tag), suggestion.tag.kind, f"{SUGGESTION}{at}")
            made[suggestion.paragraph].append(pill if at is not None else _done(pill))
        for voice in self._voices:
            at = voices.get(voice)
            pill = Pill("❝", _short(voice.speaker), None, f"{SPEAKER}{at}")
            made[voice.paragraph].append(pill if at is not None else _done(pill))
        return made


def _kept(former: dict[_One, None], now: dict[_One, int], taken: Callable[[_One], bool]) -> dict[_One, None]:
    return {one: None for one in [*former, *now] if one in now or taken(one)}


def _is_tagged(view: SourceView, suggestion: Suggestion) -> bool:
    return any(
        e.snapshot_id == view.snapshot.id and e.paragraph == suggestion.paragraph and suggestion.tag in e.tags
        for e in view.excerpts
    )


def _is_marked(view: SourceView, voice: Spoken) -> bool:
    return any(
        e.snapshot_id == view.snapshot.id and e.span.touches(voice.span_of_quotation) for e in view.excerpts
    )


def _done(pill: Pill) -> Pill:
    return replace(pill, sign="✓", href="")


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
