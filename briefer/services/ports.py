"""What the use cases need from the outside: Protocols that the adapters satisfy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from briefer.domain.briefs import Brief, Version
from briefer.domain.citation_styles import CitationStyle
from briefer.domain.documents import BlockNode, Document, Inlines
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.domain.forms import Form
from briefer.domain.prose import ProseBlock
from briefer.domain.queries import Node
from briefer.domain.results import (
    BriefSummary,
    CoverageCell,
    Facets,
    HitPage,
    LibraryCounts,
    SavedSearch,
    Sort,
    SourceHit,
)
from briefer.domain.returned import ReturnedDocument
from briefer.domain.sources import Capture, Reading, Snapshot, Source
from briefer.domain.tags import Term, Vocabulary
from briefer.domain.templates import Template
from briefer.errors import InputError

Progress = Callable[[int, int, str], None]
"""Called with (done, all, name of the present thing)."""

AS_ATTACHMENT = "application/x-briefer-attachment"
"""The :attr:`Taken.media_type` of a file that is to be kept as it is, and not read."""


class SourceRepository(Protocol):
    """Sources with their snapshots and original bytes."""

    def add(self, source: Source, snapshot: Snapshot, original: bytes) -> None:
        """Store a new source; its ``snapshot_id`` and ``sha256`` are the snapshot's."""

    def add_all(self, captured: Sequence[tuple[Source, Snapshot, bytes]]) -> None:
        """Store many new sources at once, as :meth:`add` does one."""

    def known(self, digests: Iterable[str]) -> set[str]:
        """Return which of these SHA-256 digests are those of stored originals."""

    def add_snapshot(self, snapshot: Snapshot, original: bytes) -> None:
        """Store a further snapshot of a source, which becomes its latest; excerpts stay on theirs."""

    def remove_snapshot(self, snapshot_id: str) -> None:
        """Take a source's latest snapshot out, so that the one before it is the latest again.

        It must not be the only one, and no excerpt may stand on it.
        """

    def get(self, source_id: str) -> Source | None:
        """Return the source, or None."""

    def get_many(self, source_ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources that exist, by id."""

    def by_sha256(self, sha256: str) -> Source | None:
        """Return the source whose original bytes have that digest, or None."""

    def by_url(self, url: str) -> Source | None:
        """Return the source first captured from that address (compared as `domain.addresses` says), or None."""

    def by_text(self, digest: str) -> tuple[Source, ...]:
        """Return the sources whose latest snapshot has that `domain.similarity.text_digest`."""

    def similar(self, bands: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of sources that share one of these `domain.similarity.bands`, most shared first."""

    def of_story(self, story: str) -> tuple[Source, ...]:
        """Return the sources that carry one story, the first published first."""

    def unaccepted(self) -> tuple[Source, ...]:
        """Return the sources that nobody has accepted yet, latest import first."""

    def all(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""

    def update(self, source: Source) -> None:
        """Store changed bibliographic data; the snapshot is not touched."""

    def set_accepted(self, source_ids: Iterable[str], *, accepted: bool) -> tuple[str, ...]:
        """Note whether sources are accepted; return the ids of those that were not so before."""

    def update_reading(self, snapshot_id: str, reading: Reading) -> None:
        """Store a corrected reading; the snapshot's text and bytes are not touched."""

    def remove(self, source_id: str) -> None:
        """Take a source out, with its snapshot, bytes and excerpts."""

    def snapshot(self, source_id: str) -> Snapshot | None:
        """Return the source's latest snapshot, or None for an unknown source."""

    def latest(self, source_ids: Iterable[str]) -> dict[str, Snapshot]:
        """Return the latest snapshots of the sources that exist, by the sources' ids."""

    def snapshot_of(self, snapshot_id: str) -> Snapshot | None:
        """Return the snapshot of that id, or None."""

    def snapshots(self, source_id: str) -> tuple[Snapshot, ...]:
        """Return all snapshots of a source, latest first."""

    def original(self, snapshot_id: str) -> bytes:
        """Return the original bytes of a snapshot."""


class ExcerptRepository(Protocol):
    """Excerpts with their tags. Writing one whose quote differs from its span raises ``quote-changed``."""

    def add(self, excerpts: Sequence[Excerpt]) -> None:
        """Store new excerpts."""

    def get(self, excerpt_id: str) -> Excerpt | None:
        """Return the excerpt, or None."""

    def get_many(self, excerpt_ids: Iterable[str]) -> dict[str, Excerpt]:
        """Return the excerpts that exist, by id."""

    def of_source(self, source_id: str) -> tuple[Excerpt, ...]:
        """Return the excerpts of a source, in text order."""

    def update(self, excerpts: Sequence[Excerpt]) -> None:
        """Store changed excerpts (tags included)."""

    def remove(self, excerpt_ids: Iterable[str]) -> None:
        """Take excerpts out."""

    def used_in(self, excerpt_id: str) -> tuple[str, ...]:
        """Return the ids of the briefs that quote or cite it."""


class BriefRepository(Protocol):
    """Briefs and their versions."""

    def put(self, brief: Brief) -> None:
        """Store a brief, new or changed."""

    def get(self, brief_id: str) -> Brief | None:
        """Return the brief, or None."""

    def all(self) -> tuple[BriefSummary, ...]:
        """Return every brief, latest change first."""

    def remove(self, brief_id: str) -> None:
        """Take a brief out, with its versions."""

    def add_version(self, version: Version) -> None:
        """Store a version; it is never changed."""

    def versions(self, brief_id: str) -> tuple[Version, ...]:
        """Return the versions, latest first."""


class VocabularyRepository(Protocol):
    """The terms of the library."""

    def get(self) -> Vocabulary:
        """Return the vocabulary."""

    def put(self, terms: Iterable[Term], home_country: str | None = None) -> None:
        """Add terms or change those of the same kind and key."""

    def remove(self, kind: str, key: str) -> None:
        """Take a term out; tags that use it stay."""


class SearchRepository(Protocol):
    """Searches over excerpts and sources. A query reaches the database as a tree, never as text."""

    def page(self, query: Node, *, limit: int, offset: int = 0, sort: Sort = Sort.NEWEST) -> HitPage:
        """Return one page of matching excerpts."""

    def ids(self, query: Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""

    def facets(self, query: Node) -> Facets:
        """Return the counts of tags among all matching excerpts."""

    def sources(self, query: Node, *, limit: int) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first: words are looked for in title, publisher, authors and text."""

    def coverage(self, query: Node) -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts; pairs with none are left out."""

    def alike(self, excerpt_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of other excerpts that share the rarest words of one, those that share most first."""

    def ids_like(self, kind: str, start: str) -> tuple[str, ...]:
        """Return at most two ids of ``source``, ``excerpt`` or ``brief`` that begin with ``start``."""


class SearchesRepository(Protocol):
    """Searches that are kept."""

    def saved(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches, by name."""

    def put(self, search: SavedSearch) -> None:
        """Store a saved search, new or changed."""

    def remove(self, search_id: str) -> None:
        """Take a saved search out."""

    def recent(self) -> tuple[str, ...]:
        """Return the latest queries, the last one first."""

    def note(self, query: str, now: datetime, most: int) -> None:
        """Make a query the latest, and keep the latest ``most``."""


class FormRepository(Protocol):
    """The forms of a library's own."""

    def all(self) -> tuple[Form, ...]:
        """Return them, by id."""

    def put(self, form: Form) -> None:
        """Store a form, new or changed."""

    def remove(self, form_id: str) -> None:
        """Take a form out."""


class UnitOfWork(Protocol):
    """One transaction: everything in it is stored together, or nothing is."""

    @property
    def sources(self) -> SourceRepository: ...
    @property
    def excerpts(self) -> ExcerptRepository: ...
    @property
    def briefs(self) -> BriefRepository: ...
    @property
    def vocabulary(self) -> VocabularyRepository: ...
    @property
    def forms(self) -> FormRepository: ...
    @property
    def search(self) -> SearchRepository: ...
    @property
    def searches(self) -> SearchesRepository: ...
    def counts(self) -> LibraryCounts:
        """Return how much the library holds."""


class Library(Protocol):
    """An open library file. Safe to use from several threads; each unit of work has its own connection."""

    @property
    def path(self) -> Path: ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work over one consistent state of the library."""

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that is durably stored at its end, or rolled back when an error leaves it."""

    def backup(self, target: Path) -> None:
        """Copy the library to ``target`` while it is in use; the copy appears whole or not at all."""

    def problems(self, progress: Progress | None = None) -> tuple[str, ...]:
        """Look for damage: file integrity, foreign keys, quotes against spans, digests, the index."""

    def repair(self, progress: Progress | None = None) -> None:
        """Make the search index anew from the excerpts and sources."""

    def close(self) -> None:
        """Let the file go."""


@dataclass(frozen=True)
class Taken:
    """One file as it was given: its name, its bytes, and when it was last changed (UTC).

    ``media_type`` overrules what name and bytes tell (the clipboard, one record of a list of references);
    ``password`` opens what is locked.
    """

    name: str
    data: bytes
    modified: datetime
    media_type: str = ""
    password: str | None = None


@dataclass(frozen=True)
class Found:
    """A file to take in, or (with ``error``) a file or folder that cannot be.

    ``left_out`` is a file of a folder that is not taken in with it: of no known format, a picture, a link.
    """

    path: Path
    error: InputError | None = None
    left_out: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a file, or of one part of it: a capture, or the reason why there is none.

    ``of`` is the place (from 0) of the file among those that were given; ``taken`` is the file itself, or its
    part (a member of an archive, an attachment, one record of a list) with that part's own bytes.
    """

    of: int
    taken: Taken
    capture: Capture | None
    error: InputError | None = None


@dataclass(frozen=True)
class PageImage:
    """One page of an original: ``pixels`` are RGB, three bytes each, ``width * height`` of them.

    ``boxes`` are the places of the page's characters, in their order: left, top, right, bottom in pixels of
    this image; all zero for a character that is not drawn.
    """

    width: int
    height: int
    pixels: bytes
    boxes: tuple[tuple[float, float, float, float], ...] = ()


class IntakeReader(Protocol):
    """Files into captures. What cannot be used raises :class:`briefer.errors.InputError`, or carries it."""

    def expand(self, paths: Iterable[Path]) -> tuple[Found, ...]:
        """Return files as they are, and each folder's readable files in its place, sorted by name.

        A folder that cannot be listed, or holds nothing readable, is found with its error; the rest goes on.
        """

    def take(self, path: Path) -> Taken:
        """Read a file's bytes."""

    def read(self, files: Iterable[Taken]) -> Iterator[Outcome]:
        """Make captures, in the order given; an archive, message or list of references gives several.

        ``files`` is drawn on only a little ahead of what is returned, so that it may be long.
        """

    def page(self, taken: Taken, number: int, width: int) -> PageImage:
        """Draw page ``number`` (from 1) of a paged original, ``width`` pixels wide.

        Raises InputError ``input-no-pages`` for an original without pages or without that page.
        """

    def close(self) -> None:
        """End what reads beside the program."""


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

    def write(self, document: Document, target: Path, options: ExportOptions = USUAL) -> None:
        """Write ``document`` in the format of the target's suffix.

        Of the options those count that are about the file: notes, live citations, the template.
        Raises UsageError ``export-format`` and InputError ``export-unwritable``.
        """

    def html(self, document: Document) -> str:
        """Return the document as one HTML page, for the preview."""


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


Clock = Callable[[], datetime]
"""Returns the present time, in UTC with its zone."""
