"""Rights in long extracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from briefer.domain.briefs import Block
from briefer.domain.checks.material import Material
from briefer.domain.checks.quoted import quoted
from briefer.domain.checks.quotes import stands
from briefer.domain.checks.rights import forbids
from briefer.domain.checks.rules import finding
from briefer.domain.findings import Finding
from briefer.domain.lengths import count_words

_LONG_EXTRACT = 100
"""Words from one source; shorter quotations are commonly taken to be within the right to quote."""


def extracts(material: Material) -> Iterator[Finding]:
    """Yield long extracts of what must not be passed on."""
    closed = {id_ for id_, source in material.sources.items() if forbids(source.rights or "")}
    taken: defaultdict[str, list[str]] = defaultdict(list)
    places: dict[str, tuple[str, str]] = {}
    for section, block in material.brief.blocks() if closed else ():
        for source_id, words in _taken(material, block):
            places.setdefault(source_id, (section.id, block.id))
            taken[source_id].append(words)
    for source_id in (id_ for id_ in taken if id_ in closed):
        texts, title = taken[source_id], material.sources[source_id].title
        count = sum(map(count_words, texts))
        if count > _LONG_EXTRACT:
            message = f"{count} words of “{title}” are quoted; its notice of rights forbids to pass them on."
            yield finding("rights", message, *places[source_id], (source_id, *texts))


def _taken(material: Material, block: Block) -> Iterator[tuple[str, str]]:
    """Yield the words that a block takes from sources, each with the source's id: quoted, or typed between marks."""
    excerpt = material.excerpts.get(block.excerpt_id or "")
    if excerpt is not None:
        yield excerpt.source_id, block.shown or excerpt.quote
    for typed in quoted(block.markdown):
        cited = material.of(typed.cited)
        ids = {e.source_id for e, _ in cited}
        # Words that were altered are nobody's for sure, unless one source alone is cited.
        own = {e.source_id for e, _ in cited if stands(typed.words, (e.quote, e.translation))} or ids
        if len(own) == 1:
            yield own.pop(), typed.words
