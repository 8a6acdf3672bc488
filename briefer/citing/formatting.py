"""One document on its way through an engine, and what stays of it for the next time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from briefer.citing.engine import Cluster, Engine
from briefer.citing.entries import with_told
from briefer.citing.items import GROUP, CitedSource, cite_item, cited_source, spelled_out
from briefer.citing.rich_text import inlines_of
from briefer.citing.styles import Style
from briefer.citing.wording import bracketed, clean, placed, reproduced
from briefer.domain.characters import by_script, is_japanese
from briefer.domain.documents import Inlines, plain_text
from briefer.domain.flags import told as warnings
from briefer.domain.source_groups import SourceGroup
from briefer.domain.sources import Source
from briefer.services.ports import PLAIN, Cite, Cited, Entry, Told

_MOST: Final = 20_000
"""Cites that are kept at most."""


def locale_of(style: Style, language: str) -> str:
    """Return the locale for a document: the style's own where it is of the document's language.

    A document that is only said to be English is set in American English by styles without a language.
    """
    if is_japanese(language):
        return "ja-JP"
    if "-" in language:
        return "en-GB" if language.casefold() == "en-gb" else "en-US"
    return "en-GB" if style.language.casefold() == "en-gb" else "en-US"


Asked = tuple[Sequence[Sequence[Cite]], Sequence[Source], str, Told]


@dataclass
class Kept:
    """An engine, and what was made of its texts: what is as it was the last time is not made anew.

    ``texts`` are runs by the processor's HTML, ``entries`` those of the source list by their item, ``cites`` as
    the processor takes them by all that they depend on, ``sources`` their items by id. ``last`` is what was asked for
    last, and the answer.
    """

    engine: Engine
    sources: dict[str, tuple[Source, CitedSource]] = field(default_factory=dict)
    cites: dict[tuple[object, ...], dict[str, object]] = field(default_factory=dict)
    texts: dict[str, Inlines] = field(default_factory=dict)
    entries: dict[str, tuple[tuple[object, ...], Entry]] = field(default_factory=dict)
    last: tuple[Asked, Cited] | None = None


def _short(source: CitedSource) -> str:
    return str(source.item.get("title-short", "")).casefold()


class Formatting:
    """Formats one document."""

    def __init__(
        self,
        kept: Kept,
        style: Style,
        language: str,
        clusters: Sequence[Sequence[Cite]],
        sources: Sequence[Source],
        told: Told = PLAIN,
    ) -> None:
        self._kept = kept
        self._engine = kept.engine
        self._style = style
        self._language = language
        self._locale = locale_of(style, language)
        self._clusters = clusters
        self._told = told
        self._texts: dict[str, Inlines] = {}
        self._entries_now: dict[str, tuple[tuple[object, ...], Entry]] = {}
        self._sources: dict[str, CitedSource] = {}
        cited = (cite.source for cluster in clusters for cite in cluster)
        for source in (*cited, *sources):
            if source.id not in self._sources:
                self._sources[source.id] = self._cited_source(source)
        short = Counter(map(_short, self._sources.values()))
        for id_, alike in self._sources.items():
            if _short(alike) and short[_short(alike)] > 1:
                self._sources[id_] = spelled_out(alike)
        self._by_item = {source.id: source for source in self._sources.values()}
        # Words that stand behind cites: warnings each time, the place of reproduction the first time.
        self._added: dict[str, tuple[str, str]] = {}
        if not style.in_text:
            for item, cited_one in self._by_item.items():
                warned = bracketed(warnings(cited_one.source.flags, language), language)
                self._added[item] = (warned, reproduced(cited_one.container, language))

    def cited(self) -> Cited:
        """Return the citations and the source list.

        Raises:
            ScriptError: the processor throws or does not end.
            RichTextError: it writes what is outside its set of elements.
        """
        self._engine.add(source.item for source in self._sources.values())
        written: list[Cluster] = []
        seen: set[str] = set()
        for number, cluster in enumerate(self._clusters, 1):
            cites = tuple(self._cite(cite, seen, first=not n) for n, cite in enumerate(cluster))
            written.append(Cluster(cites, 0 if self._style.in_text else number))
        # A cluster without cites has no text; the processor cannot take one.
        texts = iter(self._engine.format([c for c in written if c.cites], list(self._by_item)).texts)
        citations = tuple(self._inlines(next(texts)) if cluster.cites else () for cluster in written)
        found = Cited(self._style.in_text, citations, self._entries())
        self._kept.texts, self._kept.entries = self._texts, self._entries_now
        return found

    def _cited_source(self, source: Source) -> CitedSource:
        given, kept = self._kept.sources.get(source.id, (None, None))
        if kept is None or given != source:
            kept = cited_source(source, numeric=self._style.numeric)
            self._kept.sources[source.id] = (source, kept)
        return kept

    def _cite(self, cite: Cite, seen: set[str], *, first: bool) -> dict[str, object]:
        source = self._sources[cite.source.id]
        warned, where = self._added.get(source.id, ("", ""))
        added = (warned, "" if source.id in seen else where)
        seen.add(source.id)
        key = (source.id, cite.locator, cite.label, cite.prefix, cite.suffix, first, added)
        if key not in self._kept.cites:
            if len(self._kept.cites) >= _MOST:
                self._kept.cites.clear()
            self._kept.cites[key] = self._made(cite, source.id, added, first=first)
        return self._kept.cites[key]

    def _made(self, cite: Cite, item: str, added: tuple[str, ...], *, first: bool) -> dict[str, Any]:
        place = "" if self._style.tells_place else placed(clean(cite.locator), cite.label, self._language)
        return cite_item(
            cite,
            item,
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
        texts = self._engine.alone([[{"id": item, "position": 0}] for item in rest]) if rest else ()
        cited = sorted(
            zip(rest, texts, strict=True), key=lambda pair: plain_text(self._inlines(pair[1])).casefold()
        )
        accessed: frozenset[str] = frozenset()
        if self._told.accessed:
            accessed = self._engine.accessed(listed, listed=True) | self._engine.accessed(rest, listed=False)
        for item, html in (*listed.items(), *cited):
            yield self._entry(item, html, accessed=item in accessed)

    def _entry(self, item: str, html: str, *, accessed: bool) -> Entry:
        source = self._by_item[item]
        state = (html, self._told, accessed, source)
        kept = self._kept.entries.get(item)
        if kept is None or kept[0] != state:
            inlines = with_told(self._inlines(html), source, self._told, self._locale, accessed=accessed)
            kept = (state, Entry(source.source, inlines))
        self._entries_now[item] = kept
        return kept[1]

    def _inlines(self, html: str) -> Inlines:
        if html not in self._texts:
            found = self._kept.texts.get(html)
            self._texts[html] = by_script(inlines_of(html), self._language) if found is None else found
        return self._texts[html]
