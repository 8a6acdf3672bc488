"""Notes in Chicago form: in full at first mention, short after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefer.citing import english, japanese
from briefer.citing.pieces import stopped, tidy
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
        ambiguous = _ambiguous(clusters, language)
        seen: set[str] = set()
        found = []
        for cluster in clusters:
            cites: list[list[Run]] = []
            for cite in cluster:
                later = cite.source.id in seen and cite.source.id not in ambiguous
                cites.append(_cite(cite, later=later, first=not cites, language=language))
                seen.add(cite.source.id)
            found.append(_note(cites, language))
        return tuple(found)

    def bibliography(self, sources: Sequence[Source], *, style: str, language: str) -> tuple[Inlines, ...]:
        """Return the entries of the source list, sorted; each source once.

        Raises:
            UsageError: ``style-unknown``.
        """
        _check(style)
        entry = japanese.entry if is_japanese(language) else english.entry
        unique = {source.id: source for source in sources}
        return tuple(
            by_script(tidy(entry(source)), language)
            for source in sorted(unique.values(), key=english.sort_key)
        )


def _check(style: str) -> None:
    if style not in _STYLES:
        raise UsageError("style-unknown", style=style, known=", ".join(_STYLES))


def _cite(cite: Cite, *, later: bool, first: bool, language: str) -> list[Run]:
    if is_japanese(language):
        return japanese.prefixed(cite, japanese.short(cite) if later else japanese.full(cite))
    if first:
        cite = replace(cite, prefix=english.begun(cite.prefix.strip()))
    return english.prefixed(cite, english.short(cite) if later else english.full(cite))


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


def _ambiguous(clusters: Sequence[Sequence[Cite]], language: str) -> set[str]:
    """Return the ids of sources whose short form would also mean another source of the document."""
    short = japanese.short if is_japanese(language) else english.short
    meant: dict[str, set[str]] = {}
    for cluster in clusters:
        for cite in cluster:
            text = "".join(run.text for run in short(Cite(cite.source)))
            meant.setdefault(text.casefold(), set()).add(cite.source.id)
    return {source for sources in meant.values() if len(sources) > 1 for source in sources}
