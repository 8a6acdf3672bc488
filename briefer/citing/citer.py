"""Citations and source lists of documents, by citation styles (CSL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Final

from briefer import assets
from briefer.citing.engine import Engine, Processor, ScriptError
from briefer.citing.formatting import Formatting, Kept, locale_of
from briefer.citing.items import READINGS
from briefer.citing.rich_text import RichTextError
from briefer.citing.styles import SHORT, Style, Styles
from briefer.domain.citation_styles import CitationStyle
from briefer.domain.dates import Basis, Dating
from briefer.domain.hashing import text_sha256
from briefer.domain.sources import Source
from briefer.errors import InputError
from briefer.services.ports import PLAIN, Cite, Cited, Told

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
        self._engines: dict[tuple[str, str], Kept] = {}

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
                    Formatting(Kept(engine), style, "en", clusters, ()).cited()
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
                kept, asked = self._kept(found, language), (clusters, sources, language, told)
                # Most changes of a document are none of its citations.
                if kept.last is None or kept.last[0] != asked:
                    kept.last = asked, Formatting(kept, found, language, clusters, sources, told).cited()
                return kept.last[1]
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

    def _kept(self, style: Style, language: str) -> Kept:
        locale = locale_of(style, language)
        key = (text_sha256(style.xml), locale)
        kept = self._engines.pop(key, None) or Kept(self._opened(style, locale))
        self._engines[key] = kept
        while len(self._engines) > _ENGINES:
            self._engines.pop(next(iter(self._engines))).engine.close()
        return kept

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
