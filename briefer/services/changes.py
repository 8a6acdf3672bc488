"""What a use case did, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of things that views show and a change can touch."""

    SOURCE = "source"
    EXCERPT = "excerpt"
    BRIEF = "brief"
    VOCABULARY = "vocabulary"


@dataclass(frozen=True)
class Change:
    """What changed: kinds and ids for views to refresh by, a label for «Undo …», and the way back.

    ``inverse()`` undoes the change in the library and returns the change that this made, whose own inverse
    does it again. None where there is no way back.
    """

    kinds: frozenset[Kind]
    ids: tuple[str, ...]
    label: str
    inverse: Callable[[], Change] | None = None


NO_CHANGE = Change(frozenset(), (), "")
