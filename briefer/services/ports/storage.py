"""What the use cases need of a library: repositories in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from briefer.domain.articles import Articles
from briefer.domain.briefs import Brief, Version
from briefer.domain.digests import Thing
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Form
from briefer.domain.outside import Missing
from briefer.domain.queries import Node
from briefer.domain.record import Act, Break, Draft, Entry, Head
from briefer.domain.results import (
    BriefSummary,
    BriefUse,
    CoverageCell,
    Facets,
    HitPage,
    LibraryCounts,
    SavedSearch,
    Sort,
    SourceHit,
)
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.domain.tags import Term, Vocabulary
from briefer.domain.trash import Content, Trashed
from briefer.services.ports.basics import Progress


class SourceRepository(Protocol):
    """Sources with their snapshots and original bytes."""

    def add(self, source: Source, snapshot: Snapshot, original: bytes) -> None:
        """Store a new source; its ``snapshot_id`` and ``sha256`` are the snapshot's."""

    def taking_in(self) -> AbstractContextManager[Callable[[Articles], None]]:
        """Store many new sources with their excerpts: call what is given with some at a time.

        Raises KnownError ``quote-changed``; nothing of the transaction may then be kept.
        """

    def frequent(self) -> tuple[str, ...]:
        """Return the keys of the words that sets of excerpts are kept for."""

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

    def similar(self, bands: Sequence[int], most: int = 1_000, before: str | None = None) -> tuple[str, ...]:
        """Return the ids of sources that share one of these `domain.similarity.bands`, most shared first, so many.

        With ``before``, they are of those that came in earlier than that source.
        """

    def marks(self) -> Iterator[str]:
        """Yield the `domain.similarity.marks` of all sources, each once, in pieces."""

    def of_story(self, story: str) -> tuple[Source, ...]:
        """Return the sources that carry one story, the first published first."""

    def unaccepted(self) -> tuple[Source, ...]:
        """Return the latest of the sources that nobody has accepted yet, latest import first; at most a thousand."""

    def all(self) -> tuple[Source, ...]:
        """Return every source, latest import first."""

    def update(self, source: Source) -> None:
        """Store changed bibliographic data; the snapshot is not touched."""

    def set_stories(self, stories: Mapping[str, str]) -> None:
        """Store which stories sources carry, by their ids."""

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

    def texts(self, snapshot_ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of the snapshots that exist, by id."""

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

    def retagged(self, excerpt_ids: Iterable[str]) -> frozenset[str]:
        """Return which of them something else than Briefer has given other tags."""

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

    def seal(self, brief_id: str) -> str:
        """Return the seal (`domain.digests`) of what a brief said when it was stored last, empty where it has none."""

    def all(self) -> tuple[BriefSummary, ...]:
        """Return every brief, latest change first."""

    def remove(self, brief_id: str) -> None:
        """Take a brief out, with its versions."""

    def add_version(self, version: Version) -> None:
        """Store a version; it is never changed."""

    def using(self, excerpt_ids: Iterable[str]) -> tuple[BriefUse, ...]:
        """Return the briefs that use one of these excerpts now or did in a version, latest change first."""

    def versions(self, brief_id: str) -> tuple[Version, ...]:
        """Return the versions, latest first."""


class VocabularyRepository(Protocol):
    """The terms of the library, and what it prefers."""

    def marking_scheme(self) -> str:
        """Return the id of the preferred scheme of markings, empty for none."""

    def prefer_marking_scheme(self, scheme_id: str) -> None:
        """Prefer a scheme of markings, or none."""

    def get(self) -> Vocabulary:
        """Return the vocabulary."""

    def put(self, terms: Iterable[Term], home_country: str | None = None) -> None:
        """Add terms or change those of the same kind and key."""

    def remove(self, kind: str, key: str) -> int | None:
        """Take a term out and return its place among the others, None where there is none; tags that use it stay."""

    def put_back(self, term: Term, place: int) -> None:
        """Put a term that was taken out back into its place."""


class SearchRepository(Protocol):
    """Searches over excerpts and sources. A query reaches the database as a tree, never as text."""

    def page(
        self,
        query: Node,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = Sort.NEWEST,
        today: date | None = None,
    ) -> HitPage:
        """Return one page of matching excerpts, with their ages at ``today``, or else at the newest date."""

    def ids(self, query: Node, sort: Sort = Sort.NEWEST) -> tuple[str, ...]:
        """Return the ids of all matching excerpts, in order."""

    def facets(self, query: Node) -> Facets:
        """Return the counts of tags among all matching excerpts."""

    def sources(self, query: Node, *, limit: int) -> tuple[SourceHit, ...]:
        """Return matching sources, newest first: words are looked for in title, publisher, authors and text."""

    def coverage(self, query: Node) -> tuple[CoverageCell, ...]:
        """Return the partner × risk counts of all matching excerpts; pairs with none are left out."""

    def prepare(self) -> None:
        """Bring into memory what searches of a large library are quicker with."""

    def alike(self, excerpt_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of other excerpts that share the rarest words of one, those that share most first."""

    def ids_like(self, kind: str, start: str) -> tuple[str, ...]:
        """Return at most two ids of ``source``, ``excerpt`` or ``brief`` that begin with ``start``."""

    def index_is_sound(self, *, closely: bool) -> bool:
        """Whether nothing was found in the index that is not true, and ``closely``, which takes a while, whether it is as it was left."""


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


class RecordRepository(Protocol):
    """The record of what was done: it is only added to."""

    def add(self, drafts: Sequence[Draft]) -> None:
        """Put entries at the end, in the order given; they are stored with the rest of the transaction."""

    def head(self) -> Head:
        """Return the end of the chain, as it was noted."""

    def numbers(self, kinds: Sequence[Act] = (), text: str = "") -> tuple[int, ...]:
        """Return the numbers of the entries of some kinds (all where none is named) that have the words of ``text``, latest first."""

    def entries(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Return the entries of these numbers, the first first."""

    def of(self, subject_id: str) -> tuple[Entry, ...]:
        """Return the entries about one thing, the first first."""

    def edits(self, subject_ids: Sequence[str], since: datetime) -> tuple[Entry, ...]:
        """Return the entries that tell of edits of these things, later than ``since``, the first first."""

    def altered(self, texts: Mapping[str, str]) -> frozenset[str]:
        """Return which captures, given with their texts by id, came in with other texts, as far as the record tells."""

    def restated(self, things: Iterable[Thing]) -> frozenset[str]:
        """Return the keys (`domain.digests`) of those that are not as they were stored last, as far as the record tells."""

    def break_near_end(self, most: int) -> Break | None:
        """Return where the chain is broken among its last entries, or that it has not as many as it had; None where it holds."""

    def missing(self) -> tuple[Missing, ...]:
        """Return what the record knows and is neither in the library nor in the trash, nor was deleted for good."""

    def all(self, progress: Progress | None = None) -> Iterator[Entry]:
        """Yield every entry, the first first."""


class TrashRepository(Protocol):
    """What was deleted, until somebody empties the trash. Ids are those of the places in it."""

    def add(self, thrown: Sequence[tuple[Trashed, Content]]) -> None:
        """Put things in, before they are taken out of where they were."""

    def all(self) -> tuple[Trashed, ...]:
        """Return everything in it, the latest first."""

    def get_many(self, ids: Iterable[str]) -> dict[str, Trashed]:
        """Return what is in it, by id."""

    def of_thing(self, thing: str) -> Trashed | None:
        """Return where the thing of that id of its own lies, or None; of several terms of a name, the latest."""

    def with_original(self, sha256: str) -> Trashed | None:
        """Return the latest thing of which these are the original bytes, or None."""

    def on_source(self, source_id: str) -> tuple[Trashed, ...]:
        """Return the excerpts and captures of a source, each thrown away by itself."""

    def content(self, trash_id: str) -> Content:
        """Return a thing with all that went with it. Raises LookupError."""

    def original(self, sha256: str) -> bytes:
        """Return original bytes by their digest. Raises LookupError."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take things out, and the originals that nothing else holds."""


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
    @property
    def record(self) -> RecordRepository: ...
    @property
    def trash(self) -> TrashRepository: ...
    def counts(self) -> LibraryCounts:
        """Return how much the library holds."""

    def is_empty(self) -> bool:
        """Whether the library has no source."""
