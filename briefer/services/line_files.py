"""Files of the bulk form: read line by line, with an estimate of how many lines there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from briefer.services.ports import Progress


class LineFile:
    """The lines of a file of ``size`` bytes, which may be any number: only the present one is in memory."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._lines = 0
        self._read = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._file:
            self._lines += 1
            self._read += len(line)
            yield line

    def telling(self, progress: Progress) -> Progress:
        """Return what tells ``progress`` of as many lines as there are, if the others are as long as those so far."""

        def tell(done: int, _unknown: int, name: str) -> None:
            progress(done, max(done, round(self._lines * self._size / max(1, self._read))), name)

        return tell
