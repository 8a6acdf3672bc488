"""Citations and source lists of documents, by citation styles (CSL)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Final

from briefer import assets
from briefer.citing.engine import Cluster, Engine, Processor, ScriptError
from briefer.citing.entries import with_told
from briefer.citing.items import GROUP, READINGS, CitedSource, cite_item, cited_source
from briefer.citing.rich_text import RichTextError, inlines_of
from briefer.citing.styles import SHORT, Style, Styles
from briefer.citing.wording import bracketed, clean, placed, reproduced
from briefer.domain.characters import by_script, is_japanese
from briefer.domain.citation_styles import CitationStyle
from briefer.domain.dates import Basis, Dating
from briefer.domain.documents import Inlines, plain_text
from briefer.domain.flags import told as warnings
from briefer.domain.source_groups import SourceGroup
from briefer.domain.sources import Source
from briefer.errors import InputError
from briefer.services.ports import PLAIN, Cite, Cited, Entry, Told

SAMPLES: Final = tuple(
    Source(
        id=kind,
        title="A Title",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        kind=kind,
        authors=("Asha Menon", "Ken Sato"),
        publisher="A Publisher",
        published=Dating("2025-12-17", "2025-12-17", Basis.EXPLICIT),
        url="https://example.org/",
    )
    for kind in ("article-newspaper", "report", "webpage", "treaty")
)
"""Sources on which a new style is tried."""

_ENGINES: Final = 4


class CslCiter:
    """Formats documents; keeps the engines that it used last, so that a change costs little.

    It may be used from several threads. The processor is started when first needed, and ended by
    :meth:`close`. ``own`` is a folder of the user's styles.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._folder = assets.resources() / "citing" / "csl"
        self._styles = Styles(self._folder / "styles", own)
        self._lock = RLock()
        self._processor: Processor | None = None
        self._engines: dict[tuple[str, str], Engine] = {}

    def styles(self) -> tuple[CitationStyle, ...]:
        """Return the styles that there are, the default first; the user's own that cannot be used with the reason."""
        return self._styles.all()

    def full_name(self, name: str) -> str:
        """Return the name that a style has in the CSL style repository, for its short one; others as they are."""
        return SHORT.get(name, name)

    def tried(self, file: Path) -> tuple[CitationStyle, bytes]:
        """Return what a ``.csl`` file holds, once it has formatted a few sources; parents must be among the styles.

        Raises:
            InputError: as for :meth:`cited`; ``input-missing``, ``input-unreadable``.
        """
        self._refuse_without_processor()
        described, style, data = self._styles.tried(file)
        try:
            with self._lock:
                engine = self._opened(style, locale_of(style, ""))
                try:
                    clusters = [[Cite(source, "3")] for source in (*SAMPLES, *SAMPLES)]
                    _Document(engine, style, "en", clusters, ()).cited()
                finally:
                    engine.close()
        except (ScriptError, RichTextError) as error:
            self.close()
            raise InputError("style-fails", name=file.name, detail=error) from None
        return replace(described, in_text=style.in_text), data

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

        Raises:
            UsageError: ``style-unknown``.
            InputError: ``style-line``, ``style-parent``; ``style-fails`` where the processor throws, ``style-none``
                where it is missing.
        """
        self._refuse_without_processor()
        found = self._styles.find(style)
        try:
            with self._lock:
                engine = self._engine(found, language)
                return _Document(engine, found, language, clusters, sources, told).cited()
        except ScriptError as error:
            # The machine may be left in the middle of something: the next document gets a new one.
            self.close()
            raise InputError("style-fails", name=found.name, detail=error) from None

    def close(self) -> None:
        """End the processor; it starts anew when needed."""
        with self._lock:
            self._engines.clear()
            processor, self._processor = self._processor, None
            if processor is not None:
                processor.close()

    def _refuse_without_processor(self) -> None:
        if not (self._folder / "citeproc.js").is_file():
            raise InputError("style-none")

    def _engine(self, style: Style, language: str) -> Engine:
        locale = locale_of(style, language)
        key = (hashlib.sha256(style.xml.encode()).hexdigest(), locale)
        engine = self._engines.pop(key, None) or self._opened(style, locale)
        self._engines[key] = engine
        while len(self._engines) > _ENGINES:
            self._engines.pop(next(iter(self._engines))).close()
        return engine

    def _opened(self, style: Style, locale: str) -> Engine:
        if self._processor is None:
            self._processor = Processor()
        return self._processor.open(
            style.xml,
            {
                path.stem.removeprefix("locales-"): path.read_text("utf-8")
                for path in (self._folder / "locales").glob("locales-*.xml")
            },
            locale,
            bracketed=not style.tells_doubt,
            readings=READINGS,
            options={"wrap_url_and_doi": True},
        )


def locale_of(style: Style, language: str) -> str:
    """Return the locale for a document: the style's own where it is of the document's language.

    A document that is only said to be English is set in American English by styles without a language.
    """
    if is_japanese(language):
        return "ja-JP"
    if "-" in language:
        return "en-GB" if language.casefold() == "en-gb" else "en-US"
    return "en-GB" if style.language.casefold() == "en-gb" else "en-US"


class _Document:
    """One document on its way through an engine."""

    def __init__(
        self,
        engine: Engine,
        style: Style,
        language: str,
        clusters: Sequence[Sequence[Cite]],
        sources: Sequence[Source],
        told: Told = PLAIN,
    ) -> None:
        self._engine = engine
        self._told = told
        self._style = style
        self._language = language
        self._clusters = clusters
        cited = (cite.source for cluster in clusters for cite in cluster)
        self._sources: dict[str, CitedSource] = {}
        for source in (*cited, *sources):
            if source.id not in self._sources:
                self._sources[source.id] = cited_source(source)
        self._by_item = {source.id: source for source in self._sources.values()}

    def cited(self) -> Cited:
        self._engine.add(source.item for source in self._sources.values())
        written: list[Cluster] = []
        seen: set[str] = set()
        for number, cluster in enumerate(self._clusters, 1):
            cites = tuple(self._cite(cite, seen, first=not n) for n, cite in enumerate(cluster))
            written.append(Cluster(cites, 0 if self._style.in_text else number))
        # A cluster without cites has no text; the processor cannot take one.
        texts = iter(self._engine.format([c for c in written if c.cites], list(self._by_item)).texts)
        citations = tuple(self._inlines(next(texts)) if cluster.cites else () for cluster in written)
        return Cited(self._style.in_text, citations, self._entries())

    def _cite(self, cite: Cite, seen: set[str], *, first: bool) -> dict[str, object]:
        source = self._sources[cite.source.id]
        added: tuple[str, ...] = ()
        if not self._style.in_text:
            # Where it was reproduced is said once, as the whole reference is; a warning each time.
            where = "" if source.id in seen else reproduced(source.container, self._language)
            added = (bracketed(warnings(source.source.flags, self._language), self._language), where)
            seen.add(source.id)
        place = "" if self._style.tells_place else placed(clean(cite.locator), cite.label, self._language)
        return cite_item(
            cite,
            source.id,
            capital=first and not self._style.in_text,
            place=place,
            added=added,
            closing=self._style.closing,
        )

    def _entries(self) -> tuple[Entry, ...]:
        """Return the source list, group after group where it is by type.

        Each group is a list of its own to the processor too: a dash that stands for the author of the entry above
        must not reach over a heading.
        """
        if not self._told.by_type:
            return tuple(self._list(None, list(self._by_item)))
        members: dict[str, list[str]] = {group: [] for group in SourceGroup}
        for item, source in self._by_item.items():
            members[source.item[GROUP]].append(item)
        lists = (self._list(group, items) for group, items in members.items() if items)
        return tuple(entry for entries in lists for entry in entries)

    def _list(self, group: str | None, items: Sequence[str]) -> Iterator[Entry]:
        """Yield the entries of ``items``, which are those of a group, or all.

        What the style has no entry for (treaties and other legal sources, in many styles; everything, in some)
        follows as it is first cited: a brief tells all that it rests on.
        """
        found = self._engine.bibliography({"include": [{"field": GROUP, "value": group}]} if group else None)
        listed = dict(zip(found.ids, found.entries, strict=True)) if found else {}
        rest = [item for item in items if item not in listed]
        texts = self._engine.alone([[{"id": item, "position": 0}] for item in rest])
        cited = [(item, self._inlines(text)) for item, text in zip(rest, texts, strict=True)]
        cited.sort(key=lambda pair: plain_text(pair[1]).casefold())
        accessed: frozenset[str] = frozenset()
        if self._told.accessed:
            accessed = self._engine.accessed(listed, listed=True) | self._engine.accessed(rest, listed=False)
        for item, entry in [(item, self._inlines(text)) for item, text in listed.items()] + cited:
            yield self._entry(item, entry, accessed=item in accessed)

    def _entry(self, item: str, entry: Inlines, *, accessed: bool) -> Entry:
        source = self._by_item[item]
        locale = locale_of(self._style, self._language)
        return Entry(source.source, with_told(entry, source, self._told, locale, accessed=accessed))

    def _inlines(self, html: str) -> Inlines:
        return by_script(inlines_of(html), self._language)
