"""The citation styles to choose from: those that come with Briefer, and the user's own files."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from briefer.atomic import write_bytes
from briefer.domain.citation_styles import CitationStyle
from briefer.domain.documents import Inlines
from briefer.domain.sources import Source
from briefer.errors import InputError, UsageError
from briefer.services.ports import Cite, Citer

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class Styles:
    """The use cases of citation styles. They belong to the user, not to a library: there is no undo for them."""

    def __init__(self, citer: Citer, folder: Path) -> None:
        self._citer = citer
        self._folder = folder

    def all(self) -> tuple[CitationStyle, ...]:
        """Return the styles, the default first, the others by name; own ones that cannot be used with the reason.

        An own style of the same name stands in the place of one that comes with Briefer.
        """
        return self._citer.styles()

    def add(self, file: Path) -> CitationStyle:
        """Copy a ``.csl`` file among the user's own styles, after trying it; one of the same name is replaced.

        Raises:
            InputError: ``input-missing``, ``input-unreadable``; ``style-line`` with the line that is at fault,
                ``style-parent`` for a dependent style whose parent is not here, ``style-fails`` where the processor
                throws or does not end; ``export-unwritable`` where the folder cannot be written.
        """
        _style, data = self._citer.tried(file)
        target = self._folder / f"{self._name_of(file)}.csl"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError("export-unwritable", name=self._folder, detail=error.strerror) from error
        write_bytes(target, data)
        return next(style for style in self.all() if style.file == target)

    def remove(self, name: str) -> None:
        """Delete one of the user's own styles.

        Raises:
            UsageError: ``style-own-unknown``; ``style-bundled`` for one that comes with Briefer, ``style-needed`` for one
                that another of the user's styles rests on.
            InputError: ``export-unwritable``.
        """
        styles = self.all()
        style = next((style for style in styles if style.name == name), None)
        if style is None:
            own = ", ".join(s.name for s in styles if s.own)
            raise UsageError("style-own-unknown", style=name, known=own or "none")
        if style.file is None:
            raise UsageError("style-bundled", style=name)
        resting = [other.name for other in styles if other.own and other.parent == style.file.stem]
        if resting:
            raise UsageError("style-needed", style=name, others=", ".join(resting))
        try:
            style.file.unlink(missing_ok=True)
        except OSError as error:
            raise InputError("export-unwritable", name=style.file.name, detail=error.strerror) from error

    def sample(self, source: Source, name: str, language: str) -> Inlines:
        """Return the first citation of a source in the style of a name; ``language`` is a BCP 47 tag.

        Raises:
            UsageError: ``style-unknown``.
            InputError: ``style-line``, ``style-parent``, ``style-fails``.
        """
        return self._citer.cited([[Cite(source)]], style=name, language=language).citations[0]

    def close(self) -> None:
        """End what tries styles beside the program."""
        self._citer.close()

    def _name_of(self, file: Path) -> str:
        """Return a file's name as one that styles can have: small letters, no blanks."""
        stem = unicodedata.normalize("NFC", file.stem).casefold()
        return self._citer.full_name(_NOT_IN_NAMES.sub("-", stem).strip("-.") or "style")
