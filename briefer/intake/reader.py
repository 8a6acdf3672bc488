"""The one entrance: files and folders into captures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake import files
from briefer.intake.encoding import decode
from briefer.intake.html import read_html
from briefer.intake.text import read_text
from briefer.services.ports import Taken

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class Intake:
    """Reads text and HTML; satisfies :class:`briefer.services.ports.IntakeReader`."""

    def expand(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Return files as they are, and each folder's readable files in its place, sorted by name."""
        return files.expand(paths)

    def take(self, path: Path) -> Taken:
        """Read a file's bytes."""
        return files.take(path)

    def read(self, taken: Taken) -> Capture:
        """Make a capture: which reader it goes to is told by its content first, then by its suffix."""
        files.refuse_foreign(taken)
        text, encoding = decode(taken.name, taken.data)
        if _MARKUP.match(text) or Path(taken.name).suffix.lower() in files.HTML_SUFFIXES:
            capture = read_html(text, encoding, taken.modified)
        else:
            capture = read_text(text, encoding, taken.modified)
        if not capture.text.strip():
            raise InputError("input-no-text", name=taken.name)
        return capture
