"""Verifying an exported document that came back: against its own record, and against the library."""

from __future__ import annotations

from pathlib import Path

from briefer.domain.verification import Verification
from briefer.services.ports import Library, ReturnReader


class Verify:
    """The use case of verification. Without a library the file is compared with its own record alone."""

    def __init__(self, reader: ReturnReader, library: Library | None = None) -> None:
        self._reader = reader
        self._library = library

    def check(self, path: Path) -> Verification:
        """Return how each quotation, citation and marking of an exported Word file stands.

        Raises:
            InputError: ``verify-no-manifest`` where the file was not exported by Briefer, or lost its record;
                ``input-missing``, ``input-unreadable``, ``input-damaged``, ``input-unsafe``, ``input-too-large``.
        """
        returned = self._reader.read(path)
        return Verification(path.name, returned.manifest, (), self._library is not None)
