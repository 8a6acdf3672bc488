"""Where rows stand one below the other; no Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Places:
    """Heights of rows in pixels, and the tops that follow from them; ``first`` is the first row's top."""

    def __init__(self, first: int, gap: int) -> None:
        self._gap = gap
        self._heights: list[int] = []
        self._tops = [first]

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def bottom(self) -> int:
        """Where the last row ends."""
        return self.top(len(self)) - (self._gap if self._heights else 0)

    def set_heights(self, heights: Iterable[int]) -> None:
        """Take other rows."""
        self._heights = list(heights)
        del self._tops[1:]

    def height(self, index: int) -> int:
        """Return a row's height."""
        return self._heights[index]

    def change(self, index: int, height: int) -> None:
        """Let a row have another height."""
        if self._heights[index] != height:
            self._heights[index] = height
            del self._tops[index + 1 :]

    def top(self, index: int) -> int:
        """Return where a row begins; for the number of rows, where the next one would."""
        tops = self._tops
        for height in self._heights[len(tops) - 1 : index]:
            tops.append(tops[-1] + height + self._gap)
        return tops[index]

    def at(self, y: int) -> int:
        """Return the first row that ends at ``y`` or below, or the number of rows."""
        while len(self._tops) <= len(self) and self._tops[-1] <= y:
            self.top(min(len(self), len(self._tops) + 256))
        # A row ends a gap before the next one begins.
        return max(0, bisect_left(self._tops, y + self._gap) - 1) if self._heights else 0
