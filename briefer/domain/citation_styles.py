"""What is told of a citation style where one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHORT_NAMES = {
    "chicago-notes": "chicago-notes-bibliography",
    "ama": "american-medical-association",
    "bluebook": "bluebook-law-review",
    "chicago-shortened-notes": "chicago-shortened-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "iso690": "iso690-author-date-en",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "new-harts-rules": "new-harts-rules-notes",
    "nlm": "nlm-citation-sequence",
    "tokyo-law": "the-university-of-tokyo-law-review",
}
"""Short names of styles, and their names in the repository of CSL styles. The first is the default."""


@dataclass(frozen=True)
class CitationStyle:
    """A citation style of the Citation Style Language (CSL).

    ``name`` is what :class:`briefer.domain.exporting.ExportOptions` takes, ``title`` what the style calls itself,
    in its own ``language`` (a BCP 47 tag, empty for a style of no language). ``in_text`` is whether it cites in
    the text rather than in notes. ``file`` is the user's own file, None for a style that comes with Briefer;
    ``parent`` the style that a dependent one takes its form from; ``problem`` why it cannot be used, if so.
    """

    name: str
    title: str
    language: str = ""
    in_text: bool = False
    file: Path | None = None
    parent: str = ""
    problem: str = ""

    @property
    def own(self) -> bool:
        """Whether it is the user's own."""
        return self.file is not None
