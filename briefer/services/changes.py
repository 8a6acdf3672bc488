"""What a use case did, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of things that views show and a change can touch."""

    SOURCE = "source"
    EXCERPT = "excerpt"
    BRIEF = "brief"
    VOCABULARY = "vocabulary"
    SEARCH = "search"
    FORM = "form"
    SCHEME = "scheme"


@dataclass(frozen=True)
class Change:
    """What changed: kinds and ids (none where they are very many) for views to refresh by, a label for «Undo …», and the way back.

    ``inverse()`` undoes the change in the library and returns the change that this made, whose own inverse
    does it again. None where there is no way back.
    """

    kinds: frozenset[Kind]
    ids: tuple[str, ...]
    label: str
    inverse: Callable[[], Change] | None = None


NO_CHANGE = Change(frozenset(), (), "")


def combined(label: str, changes: Sequence[Change]) -> Change:
    """Return several changes as one. Its way back goes through theirs, the last first, where all have one."""
    kinds = frozenset[Kind]().union(*(change.kinds for change in changes))
    ids = tuple(i for change in changes for i in change.ids)

    def back() -> Change:
        return combined(label, [change.inverse() for change in reversed(changes) if change.inverse])

    return Change(kinds, ids, label, back if any(change.inverse for change in changes) else None)
