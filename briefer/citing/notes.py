"""Notes in Chicago form, each of them in full.

Sections of a brief are moved, copied out and read alone, so a note must not lean on an earlier one; short
and «ibid.» forms belong to the styles that want them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefer.citing import english, japanese
from briefer.citing.pieces import clean, stopped, tidy
from briefer.domain.characters import by_script, is_japanese
from briefer.domain.documents import Inlines, Run
from briefer.domain.sources import Source
from briefer.errors import UsageError
from briefer.services.ports import Cite

_STYLES = ("chicago-notes",)


class NotesCiter:
    """Formats the notes and the source list of a document, in English or Japanese."""

    def styles(self) -> tuple[str, ...]:
        """Return the names of the styles that there are."""
        return _STYLES

    def notes(self, clusters: Sequence[Sequence[Cite]], *, style: str, language: str) -> tuple[Inlines, ...]:
        """Return the text of each note, in order.

        Raises:
            UsageError: ``style-unknown``.
        """
        _check(style)
        return tuple(
            _note([_cite(c, first=not n, language=language) for n, c in enumerate(cluster)], language)
            for cluster in clusters
        )

    def bibliography(self, sources: Sequence[Source], *, style: str, language: str) -> tuple[Inlines, ...]:
        """Return the entries of the source list, sorted; each source once.

        Raises:
            UsageError: ``style-unknown``.
        """
        _check(style)
        entry = japanese.entry if is_japanese(language) else english.entry
        unique = {source.id: _stated(source) for source in sources}
        return tuple(
            by_script(tidy(entry(source)), language)
            for source in sorted(unique.values(), key=english.sort_key)
        )


def _check(style: str) -> None:
    if style not in _STYLES:
        raise UsageError("style-unknown", style=style, known=", ".join(_STYLES))


def _stated(source: Source) -> Source:
    """Return ``source`` without authors that are blank: they would hide that nobody is named."""
    return replace(source, authors=tuple(author for author in source.authors if clean(author)))


def _cite(cite: Cite, *, first: bool, language: str) -> list[Run]:
    cite = replace(cite, source=_stated(cite.source))
    if is_japanese(language):
        return japanese.prefixed(cite, japanese.full(cite))
    if first:
        cite = replace(cite, prefix=english.begun(clean(cite.prefix)))
    return english.prefixed(cite, english.full(cite))


def _note(cites: list[list[Run]], language: str) -> Inlines:
    japanese_note = is_japanese(language)
    separator = Run(japanese.SEPARATOR if japanese_note else english.SEPARATOR)
    runs: list[Run] = []
    for cite in cites:
        runs += [separator, *cite] if runs else cite
    if not runs:
        return ()
    ended = [*runs, Run("。")] if japanese_note else stopped(runs)
    return by_script(tidy(ended), language)
