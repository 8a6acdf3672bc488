"""What the use cases need to read files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from briefer.domain.bulk_form import Prepared, Rules
from briefer.domain.sources import Capture
from briefer.errors import InputError

AS_ATTACHMENT = "application/x-briefer-attachment"
"""The :attr:`Taken.media_type` of a file that is to be kept as it is, and not read."""


@dataclass(frozen=True)
class Taken:
    """One file as it was given: its name, its bytes, and when it was last changed (UTC).

    ``media_type`` overrules what name and bytes tell (the clipboard, one record of a list of references);
    ``password`` opens what is locked.
    """

    name: str
    data: bytes
    modified: datetime
    media_type: str = ""
    password: str | None = None


@dataclass(frozen=True)
class Found:
    """A file to take in, or (with ``error``) a file or folder that cannot be.

    ``left_out`` is a file of a folder that is not taken in with it: of no known format, a picture, a link.
    """

    path: Path
    error: InputError | None = None
    left_out: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a file, or of one part of it: a capture, or the reason why there is none.

    ``of`` is the place (from 0) of the file among those that were given; ``taken`` is the file itself, or its
    part (a member of an archive, an attachment, one record of a list) with that part's own bytes.
    """

    of: int
    taken: Taken
    capture: Capture | None
    error: InputError | None = None


@dataclass(frozen=True)
class PageImage:
    """One page of an original: ``pixels`` are RGB, three bytes each, ``width * height`` of them.

    ``boxes`` are the places of the page's characters, in their order: left, top, right, bottom in pixels of
    this image; all zero for a character that is not drawn.
    """

    width: int
    height: int
    pixels: bytes
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class Lines:
    """Lines of the bulk form: their numbers in the file, their SHA-256 (hex), their bytes; all three as many."""

    numbers: tuple[int, ...]
    digests: tuple[str, ...]
    data: tuple[bytes, ...]
    rules: Rules = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return sum(map(len, self.data))

    def part(self, start: int, end: int) -> Lines:
        """Return some of them, by their places."""
        some = slice(start, end)
        return Lines(self.numbers[some], self.digests[some], self.data[some], self.rules)


class LineReader(Protocol):
    """Lines of the bulk form into sources that are ready to be stored."""

    def prepare(self, lines: Iterable[Lines]) -> Iterator[tuple[Lines, Prepared]]:
        """Return lines with what `domain.bulk_form` makes of them, in the order given.

        ``lines`` is drawn on only a little ahead of what is returned, so that it may be long.
        """


class IntakeReader(LineReader, Protocol):
    """Files into captures. What cannot be used raises :class:`briefer.errors.InputError`, or carries it."""

    def expand(self, paths: Iterable[Path]) -> tuple[Found, ...]:
        """Return files as they are, and each folder's readable files in its place, sorted by name.

        A folder that cannot be listed, or holds nothing readable, is found with its error; the rest goes on.
        """

    def take(self, path: Path) -> Taken:
        """Read a file's bytes."""

    def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
        """Make captures, in the order given; an archive, message or list of references gives several.

        ``files`` is drawn on only a little ahead of what is returned, so that it may be long.
        """

    def page(self, taken: Taken, number: int, width: int) -> PageImage:
        """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide.

        Raises InputError ``input-no-pages`` for an original without pages or without that page.
        """

    def close(self) -> None:
        """End what reads beside the program."""
