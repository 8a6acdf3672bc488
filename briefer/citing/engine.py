"""The citation processor citeproc-js with one style and one language, over items in CSL-JSON.

Everything here is plain data: items and citations as the CSL-JSON schemas have them, texts as the processor's
HTML, which :mod:`briefer.citing.rich_text` turns into runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from briefer import assets
from briefer.citing.host import Host, ScriptError

Item = Mapping[str, object]
"""A source as CSL-JSON: ``id``, ``type`` and variables."""

CiteItem = Mapping[str, object]
"""A cite as the processor takes it: ``id``, ``locator``, ``label``, ``prefix``, ``suffix`` …"""

_BUILD_SECONDS: Final = 30.0
_BASE_SECONDS: Final = 30.0
_SECONDS_EACH: Final = 0.2


@dataclass(frozen=True)
class Cluster:
    """One citation: its cites in order, and the number of its note, 0 for one in the text.

    ``properties`` are further ones of citeproc-js (``mode``, ``infix``, ``unsorted`` …).
    """

    cites: tuple[CiteItem, ...]
    note: int = 0
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Formatted:
    """The texts of all citations in order, as HTML; ``anew`` counts those that had to be written anew."""

    texts: tuple[str, ...]
    anew: int


@dataclass(frozen=True)
class SourceList:
    """A source list: its entries as HTML with the ids of their items, and what stands around them all.

    Items for which the style has no entry (personal communications, in many) are not in it.
    """

    entries: tuple[str, ...]
    ids: tuple[str, ...]
    start: str
    end: str


class Processor:
    """citeproc-js, loaded once; engines for styles are opened in it. Close it in the end.

    ``quick`` is off only to compare: the library then does all by itself, slowly (``resources/citing/quicker.js``).
    """

    def __init__(self, *, quick: bool = True) -> None:
        folder = assets.resources() / "citing"
        self._host = Host()
        self._handles = count()
        try:
            self._host.load(folder / "driver.js")
            self._host.load(folder / "csl" / "citeproc.js")
            self._host.call("Briefer.begin")
            if quick:
                self._host.load(folder / "quicker.js")
                self._host.call("Quicker.begin")
        except BaseException:
            self._host.close()
            raise

    def open(
        self,
        style: str,
        locales: Mapping[str, str],
        language: str = "en-US",
        *,
        force: bool = True,
        bracketed: bool = False,
        readings: str = "",
        options: Mapping[str, bool] | None = None,
    ) -> Engine:
        """Open an engine for a style.

        ``style`` is the XML of an independent style, ``locales`` the XML of locale files by language
        (``en-US`` among them). ``force`` puts ``language`` over what the style asks for. ``bracketed`` sets
        uncertain dates in brackets; ``readings`` names the language of the transliterations by which items
        are sorted; ``options`` are extensions of citeproc-js (``wrap_url_and_doi`` …).

        Raises:
            ScriptError: the style cannot be used.
        """
        handle = str(next(self._handles))
        spec = {
            "style": style,
            "locales": dict(locales),
            "language": language,
            "force": force,
            "bracketed": bracketed,
            "readings": readings,
            "options": dict(options or {}),
        }
        self._host.call("Briefer.open", handle, spec, seconds=_BUILD_SECONDS)
        return Engine(self._host, handle)

    def close(self) -> None:
        """End the processor with all its engines."""
        self._host.close()


class Engine:
    """A style at work. :meth:`add` items first; then format."""

    def __init__(self, host: Host, handle: str) -> None:
        self._host = host
        self._handle = handle
        self._known: set[str] = set()

    def add(self, items: Iterable[Item]) -> None:
        """Make items known by their ids. An id stands for the same item for good."""
        new = {str(item["id"]): dict(item) for item in items if str(item["id"]) not in self._known}
        if new:
            self._host.call("Briefer.add", self._handle, list(new.values()))
            self._known.update(new)

    def format(self, clusters: Sequence[Cluster], uncited: Sequence[str] = ()) -> Formatted:
        """Format all citations of a document in one pass.

        Called again after a change, it writes only the citations that the change reaches: others keep their
        texts. ``uncited`` are ids of items that only the source list has.

        Raises:
            ScriptError: it took too long.
        """
        citations: list[dict[str, object]] = [
            {
                "citationItems": [dict(cite) for cite in cluster.cites],
                "properties": dict(cluster.properties) | {"noteIndex": cluster.note},
            }
            for cluster in clusters
        ]
        found = self._call("format", citations, list(uncited), size=len(citations))
        return Formatted(tuple(found["texts"]), found["anew"])

    def bibliography(self, section: Mapping[str, object] | None = None) -> SourceList | None:
        """Return the source list of what was formatted last, sorted as the style says; None if it has none.

        ``section`` chooses some of the entries, as ``makeBibliography`` of citeproc-js takes it.

        Raises:
            ScriptError: it took too long.
        """
        found = self._call("bibliography", section, size=len(self._known))
        if found is None:
            return None
        return SourceList(tuple(found["entries"]), tuple(found["ids"]), found["start"], found["end"])

    def register(self, lists: Sequence[Sequence[str]], *, unsorted: bool = False) -> tuple[str, ...]:
        """Set the items of the source list, for :meth:`alone` and :meth:`bibliography` without a document.

        ``lists`` has the ids, once for each time that the list is changed. Returns them as the style sorts.
        """
        found = self._call("register", [list(ids) for ids in lists], unsorted, size=len(self._known))
        return tuple(map(str, found or ()))

    def alone(self, clusters: Sequence[Sequence[CiteItem]]) -> tuple[str, ...]:
        """Format citations outside a document: each cite says its own ``position``."""
        written = [[dict(cite) for cite in cluster] for cluster in clusters]
        return tuple(self._call("alone", written, size=len(written)))

    def accessed(self, ids: Iterable[str], *, listed: bool) -> frozenset[str]:
        """Return those of the items whose day of access was written, in the source list or else in citations."""
        return frozenset(self._call("accessed", list(ids), listed))

    def close(self) -> None:
        """Let the engine go."""
        self._call("close")

    def _call(self, name: str, *arguments: object, size: int = 0) -> Any:
        seconds = _BASE_SECONDS + _SECONDS_EACH * size
        return self._host.call(f"Briefer.{name}", self._handle, *arguments, seconds=seconds)


__all__ = ["Cluster", "Engine", "Formatted", "Processor", "ScriptError", "SourceList"]
