"""The one entrance: files and folders into captures, in this process.

:class:`briefer.intake.isolation.isolated.IsolatedIntake` does the same in worker processes under limits; the program
uses that one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from briefer import __version__
from briefer.domain.bulk_form import Prepared, Preparer
from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake import files
from briefer.intake.formats import format_of
from briefer.services.ports import Found, Lines, Outcome, PageImage, Taken

DEEPEST = 4
MOST_PARTS = 20_000
MOST_PARTS_MB = 500
MOST_LINES = 250_000
"""Each line takes a thousand bytes while a text is stored; three thousand printed pages have fewer."""
_DRAWN_MB = 100
_MB = 1_000_000
_LEAST, _MOST = -(2**63), 2**63 - 1

Item = Capture | Taken | InputError
"""What comes of one file by itself: what it says, a part of it that is still unread, a part that is refused."""
Ask = Callable[[Taken], Callable[[], Iterable[Item]]]
"""Begins to read one file and returns what waits for the end of it."""


class Intake:
    """Reads every format; satisfies :class:`briefer.services.ports.IntakeReader`."""

    def expand(self, paths: Iterable[Path]) -> tuple[Found, ...]:
        """Return files as they are, and each folder's readable files in its place, sorted by name."""
        return files.expand(paths)

    def take(self, path: Path) -> Taken:
        """Read a file's bytes."""
        return files.take(path)

    def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
        """Make captures, in the order given; an archive, message or list of references gives several."""
        return outcomes(files, lambda taken: lambda: whole(taken), ahead=1)

    def prepare(self, lines: Iterable[Lines]) -> Iterator[tuple[Lines, Prepared]]:
        """Prepare lines of the bulk form, in the order given."""
        preparer: Preparer | None = None
        for some in lines:
            if preparer is None or preparer.rules is not some.rules:
                preparer = Preparer(some.rules)
            yield some, preparer.prepare(some.data)

    def page(self, taken: Taken, number: int, width: int) -> PageImage:
        """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide."""
        return draw(taken, number, width)

    def close(self) -> None:
        """Nothing is held."""


def unfold(taken: Taken) -> Iterator[Item]:
    """Read one file, and yield its parts unread.

    Raises:
        InputError: the file cannot be used, or not to its end.
    """
    found = format_of(taken)
    if found.read:
        yield _whole(taken, found.read(taken), found.name)
    for part in found.unpack(taken) if found.unpack else ():
        yield part if isinstance(part, InputError) else replace(part, name=files.printable(part.name))


def whole(taken: Taken) -> tuple[Item, ...]:
    """Return what :func:`unfold` yields, with the error that it ends with."""
    items: list[Item] = []
    try:
        items.extend(unfold(taken))
    except InputError as error:
        items.append(error)
    return tuple(items)


def draw(taken: Taken, number: int, width: int) -> PageImage:
    """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide."""
    from briefer.intake.pdf.pages import draw as draw_page

    return draw_page(taken, number, width)


@dataclass
class _Tree:
    """One of the files that were given, with all that it holds."""

    of: int
    parts: int = 0
    size: int = 0

    def holds(self, part: Taken) -> bool:
        """Count a part; tell whether it still is within the limits."""
        self.parts += 1
        self.size += len(part.data)
        return self.parts <= MOST_PARTS and self.size <= MOST_PARTS_MB * _MB


@dataclass
class _Node:
    """A file or part that is to be read, or is being read."""

    tree: _Tree
    taken: Taken
    depth: int = 0
    answer: Callable[[], Iterable[Item]] | None = field(default=None, repr=False)

    def entries(self) -> Iterator[Outcome | _Node]:
        """Yield what has come of it: outcomes, and its parts as further nodes."""
        assert self.answer is not None
        empty = True
        for item in self.answer():
            empty = False
            if isinstance(item, Capture):
                yield Outcome(self.tree.of, self.taken, item)
            elif isinstance(item, InputError):
                yield self._refused(item)
            elif self.depth < DEEPEST and self.tree.holds(item):
                yield _Node(self.tree, item, self.depth + 1)
            else:
                code = "input-many-parts" if self.depth < DEEPEST else "input-nested"
                limits = {"limit": MOST_PARTS, "size": MOST_PARTS_MB}
                yield self._refused(InputError(code, name=self.taken.name, **limits))
                return
        if empty:
            # A format that the library reads for itself (Briefer's own lines).
            yield Outcome(self.tree.of, self.taken, None)

    def _refused(self, error: InputError) -> Outcome:
        name = str(error.data.get("name", self.taken.name))
        taken = self.taken if name == self.taken.name else replace(self.taken, name=name, data=b"")
        return Outcome(self.tree.of, taken, None, error)


def outcomes(given: Iterable[Taken], ask: Ask, ahead: int) -> Iterator[Outcome]:
    """Yield what becomes of files and of their parts, each part in the place of what holds it.

    At most ``ahead`` files are drawn and asked for before they are waited for (fewer, where they are large).
    """
    numbered = enumerate(given)
    line: deque[Outcome | _Node] = deque()
    while True:
        while len(line) < ahead and _weight(line) < _DRAWN_MB * _MB:
            drawn = next(numbered, None)
            if drawn is None:
                break
            line.append(_Node(_Tree(drawn[0]), drawn[1]))
            _begin(line, ask, ahead)
        if not line:
            return
        _begin(line, ask, ahead)
        first = line.popleft()
        if isinstance(first, Outcome):
            yield first
        else:
            line.extendleft(reversed(list(first.entries())))


def _begin(line: Iterable[Outcome | _Node], ask: Ask, ahead: int) -> None:
    for node in islice(line, ahead):
        if isinstance(node, _Node) and node.answer is None:
            node.answer = ask(node.taken)


def _weight(line: Iterable[Outcome | _Node]) -> int:
    return sum(len(node.taken.data) for node in line)


def _whole(taken: Taken, capture: Capture, reader: str) -> Capture:
    if not (capture.text.strip() or capture.unreadable or capture.extra):
        raise InputError("input-no-text", name=taken.name)
    if capture.text.count("\n") > MOST_LINES:
        raise InputError("input-many-lines", name=taken.name, limit=f"{MOST_LINES:,}")
    return _storable(replace(capture, tool=capture.tool or f"Briefer {__version__}, {reader}"))


def _storable(capture: Capture) -> Capture:
    """Put � in the place of each surrogate (JSON may hold halves of pairs), which no library can store.

    Whole numbers that are longer than any library or worker can take become text.
    """
    try:
        msgspec.msgpack.encode(capture)
    except (OverflowError, UnicodeEncodeError):
        return msgspec.convert(_sound(msgspec.to_builtins(capture)), Capture)
    return capture


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, int) and not _LEAST <= value <= _MOST:
        return str(value)
    if isinstance(value, dict):
        return {_sound(k): _sound(v) for k, v in value.items()}
    return [_sound(v) for v in value] if isinstance(value, list) else value
