"""Rights in long extracts, and whether a section hears more than one voice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from briefer.domain.briefs import Section
from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.findings import Finding
from briefer.domain.lengths import count_words
from briefer.domain.tags import TagKind

_FORBIDDEN = re.compile(
    r"\b(?:no|not be|without)\b.{0,60}\b(?:reproduc|redistribut|republish|copied|copying|permission|consent)"
    r"|all rights reserved|無断(?:転載|複製|使用)|転載(?:を禁|不可)|複製を禁",
    re.IGNORECASE | re.DOTALL,
)
_LONG_EXTRACT = 100
"""Words from one source; shorter quotations are commonly taken to be within the right to quote."""
_FEW = 2
_SEVERAL = 3


def extracts(material: Material) -> Iterator[Finding]:
    """Yield long extracts of what must not be passed on, and sections that rest on one outlet or voice."""
    yield from _rights(material)
    for section in material.brief.sections:
        yield from _balance(material, section)


def _rights(material: Material) -> Iterator[Finding]:
    words: defaultdict[str, int] = defaultdict(int)
    places: dict[str, tuple[str, str]] = {}
    for section, block in material.brief.blocks():
        excerpt = material.excerpts.get(block.excerpt_id or "")
        if excerpt is not None:
            places.setdefault(excerpt.source_id, (section.id, block.id))
            words[excerpt.source_id] += count_words(block.shown or excerpt.quote)
    for source_id, count in words.items():
        source = material.sources.get(source_id)
        if source and count > _LONG_EXTRACT and _FORBIDDEN.search(source.rights or ""):
            message = (
                f"{count} words of “{source.title}” are quoted; its notice of rights forbids to pass them on."
            )
            yield finding("rights", message, *places[source_id])


def _balance(material: Material, section: Section) -> Iterator[Finding]:
    cited = material.in_section(section)
    kinds = {tag.kind for tag in section.scope}
    outlets = {source.publisher or source.container for _, source in cited}
    if TagKind.PARTNER in kinds and len(cited) >= _FEW and len(outlets) == 1 and None not in outlets:
        message = f"“{section.heading}” rests on {outlets.pop()} alone."
        yield finding("one-outlet", message, section.id)
    voices = {excerpt.speaker for excerpt, _ in cited}
    if TagKind.RISK in kinds and len(cited) >= _SEVERAL and len(voices) == 1 and None not in voices:
        yield finding("one-side", f"Under “{section.heading}” only {voices.pop()} is heard.", section.id)
