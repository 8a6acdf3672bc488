"""What was chosen at the last export of a form, and which styles of a house template were chosen for which roles.

It is kept in the preferences, not in the library: it is about how somebody works here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from briefer.domain.exporting import USUAL, ExportOptions
from briefer.ui.settings import Settings

USUAL_SUFFIX = ".docx"

_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class LastExport:
    """The choices of an export; ``folder`` is empty where there was none yet."""

    suffix: str = USUAL_SUFFIX
    folder: str = ""
    options: ExportOptions = USUAL


class ExportMemory:
    """Keeps the last export of each form; what cannot be read counts as the usual."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def last(self, form: str, usual: ExportOptions = USUAL) -> LastExport:
        """Return the last export of a form, or ``usual`` where there was none.

        Headings are numbered as the brief has it, which ``usual`` says: its editor shows these numbers.
        """
        last = self._read(f"export/{form}", LastExport, LastExport(options=usual))
        return replace(last, options=replace(last.options, numbering=usual.numbering))

    def keep(self, form: str, last: LastExport) -> None:
        """Keep the last export of a form. The number of a copy and a ceiling are of that file, and are not kept."""
        self._write(f"export/{form}", replace(last, options=replace(last.options, copy="", ceiling="")))

    def styles(self, digest: str) -> dict[str, str]:
        """Return the style names by role that were chosen for the template with that SHA-256."""
        return self._read(f"template/{digest}", dict[str, str], {})

    def keep_styles(self, digest: str, styles: Mapping[str, str]) -> None:
        """Keep the style names by role for a template."""
        self._write(f"template/{digest}", dict(styles))

    def _read(self, name: str, kind: type[_Kept], otherwise: _Kept) -> _Kept:
        text = self._settings.note(name)
        try:
            return msgspec.json.decode(text, type=kind, dec_hook=_path) if text else otherwise
        except msgspec.MsgspecError:
            return otherwise

    def _write(self, name: str, value: object) -> None:
        self._settings.keep_note(name, msgspec.json.encode(value, enc_hook=str).decode())


def _path(_kind: type, text: str) -> Path:
    return Path(text)
