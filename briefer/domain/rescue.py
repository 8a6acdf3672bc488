"""What could be saved of a damaged library, and what could not."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.results import LibraryCounts


@dataclass(frozen=True)
class Rescued:
    """``saved`` is what the new library holds; ``lost`` says in English sentences what it does not, nothing where all is there.

    ``harmed`` says what is there, but not as it was.
    """

    saved: LibraryCounts
    lost: tuple[str, ...] = ()
    harmed: tuple[str, ...] = ()
