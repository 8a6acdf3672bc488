"""Exported files that came back."""

from __future__ import annotations

from pathlib import Path

from briefer import in_use
from briefer.domain.returned import ReturnedDocument
from briefer.errors import InputError

MOST_MB = 100


class Returns:
    """Reads Word files that Briefer exported and others have edited."""

    def read(self, path: Path) -> ReturnedDocument:
        """Return what a Word file says now, and its manifest.

        Raises:
            InputError: ``verify-no-manifest``, ``input-missing``, ``input-unreadable``, ``input-damaged``,
                ``input-locked``, ``input-unsafe``, ``input-too-large``.
        """
        # Imported when it is wanted: the window opens without lxml.
        from briefer.export.docx.reading import read_returned

        try:
            if path.stat().st_size > MOST_MB * 1_000_000:
                raise InputError("input-too-large", name=path.name, limit=MOST_MB)
            with in_use.opened(path) as file:
                data = file.read()
        except FileNotFoundError:
            raise InputError("input-missing", name=path.name) from None
        except OSError as error:
            raise InputError("input-unreadable", name=path.name, detail=error.strerror or error) from None
        return read_returned(path.name, data)
