"""The one entrance: files and folders into captures, in this process.

:class:`briefer.intake.isolated.IsolatedIntake` does the same in worker processes under limits; the program
uses that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from briefer import __version__
from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake import files
from briefer.intake.formats import Format, format_of
from briefer.services.ports import Found, Outcome, PageImage, Taken

_DEEPEST = 4


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
        for of, taken in enumerate(files):
            yield from outcomes(of, taken)

    def page(self, taken: Taken, number: int, width: int) -> PageImage:
        """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide."""
        from briefer.intake.pdf_pages import draw

        return draw(taken, number, width)

    def close(self) -> None:
        """Nothing is held."""


def outcomes(of: int, taken: Taken, depth: int = 0) -> Iterator[Outcome]:
    """Yield what becomes of a file and of its parts, to any depth that a person would make."""
    try:
        found = format_of(taken)
        if found.read:
            yield Outcome(of, taken, _whole(taken, found.read(taken), found.name))
        parts = _parts(found, taken, depth)
    except InputError as error:
        yield Outcome(of, taken, None, error)
        return
    for part in parts:
        yield from outcomes(of, part, depth + 1)


def _parts(found: Format, taken: Taken, depth: int) -> tuple[Taken, ...]:
    parts = found.unpack(taken) if found.unpack else ()
    if parts and depth >= _DEEPEST:
        raise InputError("input-nested", name=taken.name)
    return parts


def _whole(taken: Taken, capture: Capture, reader: str) -> Capture:
    if not (capture.text.strip() or capture.unreadable or capture.extra):
        raise InputError("input-no-text", name=taken.name)
    return replace(capture, tool=capture.tool or f"Briefer {__version__}, {reader}")
