"""Where in a JSON text each value stands, so that a fault can be told by its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_BLANK = re.compile(r"\s*")
_SCALAR = json.JSONDecoder()


def lines_of(text: str) -> dict[str, int]:
    """Return the line (from 1) of every value of a valid JSON text, by path: ``sections[2].at_most``.

    The whole has the empty path. Raises json.JSONDecodeError for a text that is none.
    """
    try:
        json.loads(text)
        places = sorted(_Walk(text).value(0, ""), key=lambda found: found[1])
    except RecursionError:
        raise json.JSONDecodeError("it is nested too deeply", text, 0) from None
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines: dict[str, int] = {}
    line = 0
    for path, place in places:
        while line < len(starts) and starts[line] <= place:
            line += 1
        lines[path] = line
    return lines


class _Walk:
    """Walks over a valid text; ``end`` is behind the value that was walked over last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.end = 0

    def value(self, at: int, path: str) -> Iterator[tuple[str, int]]:
        at = self._skip(at)
        yield path, at
        if self._text[at] == "{":
            yield from self._members(at + 1, path)
        elif self._text[at] == "[":
            yield from self._items(at + 1, path)
        else:
            _, self.end = _SCALAR.raw_decode(self._text, at)

    def _members(self, at: int, path: str) -> Iterator[tuple[str, int]]:
        at = self._skip(at)
        while self._text[at] != "}":
            name, behind = _SCALAR.raw_decode(self._text, at)
            inner = f"{path}.{name}" if path else str(name)
            yield from self.value(self._skip(behind) + 1, inner)
            at = self._next(self.end)
        self.end = at + 1

    def _items(self, at: int, path: str) -> Iterator[tuple[str, int]]:
        at = self._skip(at)
        number = 0
        while self._text[at] != "]":
            yield from self.value(at, f"{path}[{number}]")
            at = self._next(self.end)
            number += 1
        self.end = at + 1

    def _next(self, at: int) -> int:
        at = self._skip(at)
        return self._skip(at + 1) if self._text[at] == "," else at

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at
