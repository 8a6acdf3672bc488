"""Where the text of a snapshot stands on the pages of its original."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from briefer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Run:
    """``text[start:end]`` is set on ``page`` (from 1), beginning with its character ``index`` (from 0).

    Runs are in text order, do not overlap, and each has as many characters on the page as in the text; what
    the text has and the page has not (a blank between two lines) lies between runs.
    """

    start: int
    end: int
    page: int
    index: int


@dataclass(frozen=True)
class Place:
    """``count`` characters of ``page`` (from 1), beginning with its character ``index`` (from 0)."""

    page: int
    index: int
    count: int


@dataclass(frozen=True)
class Pages:
    """The pages of an original: their labels as printed ("iv", "12"; the number where none is), and the runs."""

    labels: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def _on_page(self) -> dict[int, list[Run]]:
        found: dict[int, list[Run]] = {}
        for run in sorted(self.runs, key=lambda r: (r.page, r.index)):
            found.setdefault(run.page, []).append(run)
        return found

    def label(self, page: int) -> str:
        """Return what is printed on a page as its number."""
        return self.labels[page - 1] if 0 < page <= len(self.labels) else str(page)

    def page_of(self, offset: int) -> int | None:
        """Return the page on which the text at ``offset`` stands; None where there are no pages."""
        if not self.runs:
            return None
        return self.runs[max(0, bisect.bisect_right(self._starts, offset) - 1)].page

    def label_of(self, span: Span) -> str | None:
        """Return the labels of the pages on which ``span`` stands: ``3`` or ``3-4``; None without pages."""
        first, last = self.page_of(span.start), self.page_of(max(span.start, span.end - 1))
        if first is None or last is None:
            return None
        return self.label(first) if first == last else f"{self.label(first)}-{self.label(last)}"

    def places(self, span: Span) -> tuple[Place, ...]:
        """Return the characters of the pages that ``span`` is made of, in text order."""
        found: list[Place] = []
        for run in self.runs[max(0, bisect.bisect_right(self._starts, span.start) - 1) :]:
            if run.start >= span.end:
                break
            start, end = max(run.start, span.start), min(run.end, span.end)
            if start < end:
                found.append(Place(run.page, run.index + start - run.start, end - start))
        return tuple(found)

    def offset(self, page: int, index: int) -> int | None:
        """Return the text's offset of a character of a page; None for one that is not in the text."""
        runs = self._on_page.get(page, [])
        at = bisect.bisect_right(runs, index, key=lambda r: r.index) - 1
        if at < 0:
            return None
        run = runs[at]
        return run.start + index - run.index if index < run.index + run.end - run.start else None


UNPAGED = Pages()
