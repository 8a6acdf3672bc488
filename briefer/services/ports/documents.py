"""What the use cases need to make documents, and to read those that came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from briefer.domain.citation_styles import CitationStyle
from briefer.domain.documents import BlockNode, Document, Inlines
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.domain.pieces import Pieces
from briefer.domain.prose import ProseBlock
from briefer.domain.returned import ReturnedDocument
from briefer.domain.sources import Source
from briefer.domain.templates import Template


class Markup(Protocol):
    """Markdown into the document tree."""

    def blocks(self, markdown: str, anchor: str = "") -> tuple[BlockNode, ...]:
        """Return the blocks of a prose block; ``[@id]`` becomes a Citation, headings start at level 3."""

    def read(self, markdown: str) -> tuple[ProseBlock, ...]:
        """Return a prose block as a person edits it; :meth:`write` makes the same of it again."""

    def write(self, blocks: Sequence[ProseBlock]) -> str:
        """Return edited blocks as Markdown."""

    def pasted(self, html: str) -> tuple[ProseBlock, ...]:
        """Return HTML from the clipboard as blocks to edit."""


@dataclass(frozen=True)
class Cite:
    """One source in a citation.

    ``locator`` is the place in it («3», «12-14») and ``label`` what it counts (``page``, ``paragraph``,
    ``section`` …, locator terms of CSL); ``prefix`` and ``suffix`` are what the author wrote around it.
    ``excerpt_id`` is the excerpt for which it is cited.
    """

    source: Source
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    excerpt_id: str = ""


@dataclass(frozen=True)
class Cited:
    """The formatted citations of a document in order, and its source list.

    ``in_text`` is whether the citations stand in the text; otherwise each is the text of a note.
    """

    in_text: bool
    citations: tuple[Inlines, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a source list, and the source that it is of."""

    source: Source
    inlines: Inlines


@dataclass(frozen=True)
class Told:
    """What entries of the source list tell besides: agency, day of access, SHA-256 of the archived copy.

    ``by_type`` orders them by :class:`briefer.domain.source_groups.SourceGroup`, and as the style does within.
    """

    wire: bool = False
    accessed: bool = False
    archived: bool = False
    by_type: bool = False


PLAIN = Told()


class Citer(Protocol):
    """Formats all citations of one document in one linear pass."""

    def styles(self) -> tuple[CitationStyle, ...]:
        """Return the styles that there are, the default first; the user's own that cannot be used with the reason."""

    def tried(self, file: Path) -> tuple[CitationStyle, bytes]:
        """Return what a ``.csl`` file holds, once it has formatted a few sources.

        Raises InputError ``input-missing``, ``input-unreadable``, ``style-line``, ``style-parent``, ``style-fails``.
        """

    def full_name(self, name: str) -> str:
        """Return the name that a style has in the CSL style repository, for its short one; others as they are."""

    def cited(
        self,
        clusters: Sequence[Sequence[Cite]],
        sources: Sequence[Source] = (),
        *,
        style: str,
        language: str,
        told: Told = PLAIN,
    ) -> Cited:
        """Format the citations of a document, and the list of their sources and of ``sources``.

        ``style`` is a name or the path of a ``.csl`` file, ``language`` a BCP 47 tag. Raises UsageError
        ``style-unknown`` and InputError ``style-line``, ``style-parent``, ``style-fails``.
        """

    def close(self) -> None:
        """End what formats beside the program."""


class Exporter(Protocol):
    """Writes documents. Every file is written beside its target and moved in place."""

    def suffixes(self) -> tuple[str, ...]:
        """Return the suffixes that can be written, the dot included."""

    def write(
        self,
        document: Document,
        target: Path,
        options: ExportOptions = USUAL,
        ready: Callable[[str], None] = lambda _sha256: None,
    ) -> None:
        """Write ``document`` in the format of the target's suffix.

        ``ready`` is called with the SHA-256 of the file when it is written, before it stands at ``target``; what it
        raises leaves everything as it was.
        Of the options those count that are about the file: notes, live citations, the template.
        Raises UsageError ``export-format`` and InputError ``export-unwritable``.
        """

    def pieces(self, document: Document, former: Pieces | None = None) -> Pieces:
        """Return the document in pieces, for the preview; what is as in ``former`` is not written again."""


class ReturnReader(Protocol):
    """Reads exported files that came back."""

    def read(self, path: Path) -> ReturnedDocument:
        """Return what a Word file says now, and its manifest.

        Raises InputError ``verify-no-manifest`` for one without a manifest; ``input-missing``,
        ``input-unreadable``, ``input-damaged``, ``input-unsafe``, ``input-too-large``.
        """


class TemplateReader(Protocol):
    """Reads house templates: Word files of the user's own."""

    def read(self, path: Path) -> Template:
        """Return the styles and fields of a template; nothing that it points to is opened.

        Raises InputError ``input-missing``, ``input-unreadable``, ``input-damaged``, ``input-locked``,
        ``input-unsafe``, ``template-kind``.
        """
