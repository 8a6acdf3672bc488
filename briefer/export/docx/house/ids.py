"""Ids that are free in a house's file, whatever ids it has itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def free(taken: Iterable[str | None], first: int = 1) -> Iterator[str]:
    """Yield numbers from ``first`` on that are not among ``taken``."""
    used = set(taken)
    number = first
    while True:
        if str(number) not in used:
            yield str(number)
        number += 1
