"""What the writer of runs asks of live citations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from briefer.domain.documents import CitationText
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element


class LiveFields(Protocol):
    """Makes the citations and the source list of one document live."""

    def citation(self, parent: Element, citation: CitationText, write: Callable[[Element], None]) -> None:
        """Append a live citation; ``write`` appends what it shows to an element."""

    def source_list(self, body: Element) -> None:
        """Make the source list of a written body live, where it is one list."""

    def add_to(self, parts: dict[str, bytes], relations: Relations) -> None:
        """Add what the program keeps in the file; ``relations`` are those of the main document."""
