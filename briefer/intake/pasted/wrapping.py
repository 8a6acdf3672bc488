"""Lines that an e-mail or a page layout has wrapped are put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer.intake.facts.claims import tidy
from briefer.intake.pasted.lines import Line

_NARROWEST = 40
_WIDEST = 130
_FEWEST = 4


def unwrap(lines: Sequence[Line], text: str) -> Iterator[Line]:
    """Yield the lines, those that a fixed width has broken as one that spans them all."""
    if not _narrow(lines):
        yield from lines
        return
    block: list[Line] = []
    for line in lines:
        if block and line.gap:
            yield from _joined(block, text)
            block = []
        block.append(line)
    yield from _joined(block, text)


def _narrow(lines: Sequence[Line]) -> bool:
    """Whether hardly a line of the text is longer than a page is wide, and enough lines fill it."""
    weights = sorted(line.weight for line in lines)
    if len(weights) < _FEWEST:
        return False
    widest = weights[int(len(weights) * 0.95)]
    full = sum(widest * 0.8 <= w <= widest * 1.1 for w in weights)
    return _NARROWEST <= widest <= _WIDEST and full >= max(_FEWEST, len(weights) * 0.25)


def _joined(block: Sequence[Line], text: str) -> Iterator[Line]:
    widest = max((line.weight for line in block), default=0)
    if len(block) < 2 or not _NARROWEST <= widest <= _WIDEST:
        yield from block
        return
    group: list[Line] = []
    for line in block:
        if group and not _broken(group[-1], line, widest, few=len(block) < 3):
            yield _as_one(group, text)
            group = []
        group.append(line)
    yield _as_one(group, text)


def _broken(line: Line, following: Line, widest: int, *, few: bool) -> bool:
    """Whether ``following`` goes on where ``line`` was full: its first word had no room there."""
    if following.bullet or (line.ended and (few or line.weight < widest * 0.75)):
        return False
    if line.weight > len(line.text) * 1.6:
        return line.weight >= widest - 4
    first = following.text.split(maxsplit=1)[0]
    return line.weight >= _NARROWEST and line.weight + 1 + len(first) > widest - 2


def _as_one(group: Sequence[Line], text: str) -> Line:
    if len(group) == 1:
        return group[0]
    start, end = group[0].start, group[-1].end
    return replace(group[0], end=end, text=tidy(text[start:end]))
