"""The lines of a page in the order of reading, parted from notes and ruby, with the columns they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from briefer.intake.pdf.lines import PageLine

_RUBY = re.compile(r"^[\u3041-\u30ff\s]+$")
LABEL = re.compile(r"^(?:\(?(?P<n>\d{1,3})\)?[.)]?(?=\D)|[*†‡§※]{1,3}|[（(]?注\s?(?P<j>\d{0,3})[)）]?)")
# Notes and captions are set smaller than the text; ruby about half as large.
SMALL = 0.93
_RUBY_SIZE = 0.62
_COLUMN = 6
_COLUMNS = 40
_RAGGED = 4.0
_HANGING = ".,;:-\u2010\u2013’”"
_OPENING = "「『（〈《【〔［｛"
_HANGING_WIDE = "、。，．"
_INTERLEAVED = 4
_LEAPS = 3
_PROSE_WIDTH = 11.0


@dataclass(slots=True)
class Stretch:
    """Lines of one size that follow each other down one column; ``left`` and ``right`` are the column's."""

    lines: list[PageLine]
    left: float = 0.0
    right: float = 0.0
    known: bool = False


@dataclass(slots=True)
class PageFlow:
    """A page in the order of reading: its stretches, its notes, and the ruby beside its lines."""

    stretches: list[Stretch] = field(default_factory=list)
    notes: list[PageLine] = field(default_factory=list)
    ruby: dict[int, list[PageLine]] = field(default_factory=dict)


def body_size(lines: Iterable[PageLine]) -> float:
    """Return the size in which most of the text is set, in points."""
    counts = Counter[float]()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def flow(lines: Sequence[PageLine], body: float) -> PageFlow:
    """Put the lines of one page in order."""
    ruby, rest = _without_ruby(lines, body)
    rest = in_order(rest)
    notes = _notes(rest, body)
    below = {id(line) for line in notes}
    return PageFlow(list(_stretches([line for line in rest if id(line) not in below])), notes, ruby)


def _without_ruby(lines: Sequence[PageLine], body: float) -> tuple[dict[int, list[PageLine]], list[PageLine]]:
    found: dict[int, list[PageLine]] = {}
    small = [line for line in lines if line.size <= _RUBY_SIZE * body and _RUBY.match(line.text)]
    if not small:
        return found, list(lines)
    taken: set[int] = set()
    hosts = [line for line in lines if line.size > _RUBY_SIZE * body]
    for line in small:
        for host in hosts:
            over = 0.3 * host.size < host.base - line.base < 1.5 * host.size
            if over and line.left > host.left - host.size and line.right < host.right + host.size:
                found.setdefault(id(host), []).append(line)
                taken.add(id(line))
                break
    return found, [line for line in lines if id(line) not in taken]


def in_order(lines: list[PageLine]) -> list[PageLine]:
    """Return the lines in the order of reading.

    That is the order of the file, which writers of columns and tables keep, except where the lines of two
    columns of prose come by turns, or where the file leaps about. Of vertical lines PDFium turns the order of
    those that begin at one height.
    """
    leaps = sum(b.base < a.base - 0.5 * a.size for a, b in pairwise(lines))
    if lines and lines[0].way == "down":
        return _by_columns(lines) if leaps > max(1, len(lines) // 5) else lines
    by_turns = sum(_side_by_side(a, b) for a, b in pairwise(lines))
    if by_turns < _INTERLEAVED and leaps <= max(_LEAPS, len(lines) // 5):
        return lines
    return _by_columns(lines)


def _side_by_side(a: PageLine, b: PageLine) -> bool:
    """Whether two lines of running text stand beside each other, as those of two columns do."""
    wide = min(a.right - a.left, b.right - b.left) > _PROSE_WIDTH * a.size
    return wide and abs(a.base - b.base) < 0.5 * a.size and b.left > a.right


def _by_columns(lines: list[PageLine]) -> list[PageLine]:
    lines = sorted(lines, key=lambda line: (round(line.base), line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    found: list[PageLine] = []
    left: list[PageLine] = []
    right: list[PageLine] = []
    for line in lines:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            found += [*_by_columns(left), *_by_columns(right), line]
            left, right = [], []
    return [*found, *_by_columns(left), *_by_columns(right)]


def _gutter(lines: Sequence[PageLine]) -> float | None:
    """Return where a blank strip parts the lines into two columns, crossed by few of them."""
    if len(lines) < 2 * _INTERLEAVED:
        return None
    for start in sorted({line.left for line in lines}):
        before = sum(line.right <= start - 0.5 * line.size for line in lines)
        after = sum(line.left >= start - 0.1 for line in lines)
        crossing = len(lines) - before - after
        if min(before, after) >= _INTERLEAVED and crossing <= 0.2 * len(lines):
            return start - 0.1
    return None


def _notes(lines: Sequence[PageLine], body: float) -> list[PageLine]:
    """Return the lines of notes: small type below all of the text in its column, begun by a number or sign."""
    found: list[PageLine] = []
    run: list[PageLine] = []
    large = [line for line in lines if line.size > SMALL * body]
    for line in (*lines, None):
        small = line is not None and line.size <= SMALL * body
        if line is not None and small and (not run or line.base > run[-1].base - 2):
            run.append(line)
            continue
        if run and labelled(run[0]) and not _text_below(run, large):
            found += run
        run = [line] if line is not None and small else []
    return found


def labelled(line: PageLine) -> bool:
    """Whether a line begins with the number or sign of a note."""
    return line.pieces[0].raised or LABEL.match(line.text) is not None


def _text_below(run: Sequence[PageLine], large: Iterable[PageLine]) -> bool:
    left, right = min(line.left for line in run), max(line.right for line in run)
    return any(line.base > run[0].base and line.left < right and line.right > left for line in large)


def _stretches(lines: Sequence[PageLine]) -> Iterable[Stretch]:
    group: list[PageLine] = []
    for line in lines:
        if group and not _follows(group[-1], line):
            yield Stretch(group)
            group = []
        group.append(line)
    if group:
        yield Stretch(group)


def _follows(a: PageLine, b: PageLine) -> bool:
    size = max(a.size, b.size)
    if abs(a.size - b.size) > 0.06 * size or not 0.4 * size < b.base - a.base < 6 * size:
        return False
    return b.left < a.right and a.left < b.right + 0.1 * size


def set_columns(flows: Sequence[PageFlow]) -> None:
    """Find the column in which each stretch stands: its own edges, or those of a longer one around it."""
    columns = Counter[tuple[float, float]]()
    for page in flows:
        for stretch in page.stretches:
            stretch.left = min(line.left + _sunk(line) for line in stretch.lines)
            stretch.right = max(_reach(line) for line in stretch.lines)
            if len(stretch.lines) >= _COLUMN:
                columns[stretch.left, stretch.right] += len(stretch.lines)
    common = [edges for edges, _ in columns.most_common(_COLUMNS)]
    for page in flows:
        own = [_widest(s, common) for s in page.stretches if len(s.lines) >= _COLUMN]
        for stretch in page.stretches:
            _fit(stretch, own, common)
            for line in stretch.lines:
                line.left = max(line.left, stretch.left)


def _sunk(line: PageLine) -> float:
    """Return how far a bracket at the head of a line may stand out to the left, its own room cut away."""
    return 0.5 * line.size if line.text[0] in _OPENING else 0.0


def _reach(line: PageLine) -> float:
    """Return how far a line reaches, without the marks that may hang over the edge of the column."""
    if line.text[-1] in _HANGING_WIDE:
        return line.right - line.size
    return line.right - 0.3 * line.size if line.hyphen or line.text[-1] in _HANGING else line.right


def _widest(stretch: Stretch, common: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the edges of a column, the right one from all pages: lines of ragged type seldom reach it."""
    size = stretch.lines[0].size
    rights = [
        right
        for left, right in common
        if abs(left - stretch.left) < 1 and abs(right - stretch.right) < _RAGGED * size
    ]
    return stretch.left, max([stretch.right, *rights])


def _fit(
    stretch: Stretch, own: Sequence[tuple[float, float]], all_columns: Sequence[tuple[float, float]]
) -> None:
    size = stretch.lines[0].size
    for columns in (own, all_columns):
        around = [
            (left, right)
            for left, right in columns
            if left - 1 <= stretch.left <= left + 4 * size and right >= stretch.right - 0.3 * size
        ]
        if around:
            stretch.left, stretch.right = min(around, key=lambda c: (c[1] - c[0], c[0]))
            stretch.known = True
            return
    stretch.known = len(stretch.lines) > 2
