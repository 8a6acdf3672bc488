"""What the window tells about a brief in figures and short labels; pure functions, no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.citations import CITATION, parse_citation
from briefer.domain.dates import in_words
from briefer.domain.excerpts import Excerpt
from briefer.domain.form_parts import parts_of
from briefer.domain.forms import Form
from briefer.domain.lengths import count_words
from briefer.domain.paging import Evidence, block_height, evidence_of, heading_height, pages_of
from briefer.domain.results import Hit
from briefer.domain.sources import Source

_MONTH = re.compile(r"[A-Z][a-z]{3,}")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True)
class Figures:
    """``words`` by section id (characters in a Japanese brief); ``pages`` is an estimate."""

    words: Mapping[str, int]
    citations: int
    sources: int
    pages: int


def used_ids(brief: Brief) -> tuple[str, ...]:
    """Return the excerpts that a brief quotes or cites, each once, in reading order."""
    return tuple(dict.fromkeys(brief.excerpt_ids()))


@dataclass(frozen=True)
class _Counted:
    """What the blocks of a section have, one by one."""

    section: Section
    words: list[int]
    citations: list[int]
    heights: list[float]

    def height(self) -> float:
        return heading_height(self.section) + sum(self.heights)


class Figuring:
    """Counts one brief again and again: blocks that are the same objects are not counted anew.

    One that counted a brief beside the window is handed to the window, which then counts only what changes.
    """

    def __init__(self, hits: Mapping[str, Hit]) -> None:
        """``hits`` are the excerpts that a brief uses, as far as they are known."""
        self._hits = hits
        self._language = ""
        self._sections: dict[str, _Counted] = {}
        self._used: tuple[str, ...] | None = None
        self._evidence: tuple[int, Evidence] | None = None

    def figures(self, brief: Brief) -> Figures:
        """Count a brief."""
        if brief.language != self._language:
            self._language, self._sections = brief.language, {}
        former = self._sections
        self._sections = {s.id: self._counted(s, former.get(s.id), brief.language) for s in brief.sections}
        counted = self._sections.values()
        sources, evidence = self._of_evidence(brief)
        return Figures(
            words={id_: sum(count.words) for id_, count in self._sections.items()},
            citations=sum(sum(count.citations) for count in counted),
            sources=sources,
            pages=pages_of(brief, {i: count.height() for i, count in self._sections.items()}, evidence),
        )

    def uncounted(self, brief: Brief) -> int:
        """Return how many blocks of a brief are to be counted."""
        if brief.language != self._language:
            return sum(len(section.blocks) for section in brief.sections)
        return sum(map(self._uncounted, brief.sections))

    def _uncounted(self, section: Section) -> int:
        former = self._sections.get(section.id)
        if former is None:
            return len(section.blocks)
        if former.section is section:
            return 0
        return len(section.blocks) - sum(common(former.section.blocks, section.blocks))

    def twin(self) -> Figuring:
        """Return another that has counted the same so far, to go on beside the window."""
        other = Figuring(self._hits)
        other._language, other._sections = self._language, self._sections
        other._used, other._evidence = self._used, self._evidence
        return other

    def _counted(self, section: Section, former: _Counted | None, language: str) -> _Counted:
        if former is None:
            former = _Counted(replace(section, blocks=()), [], [], [])
        elif former.section is section:
            return former
        old, new = former.section.blocks, section.blocks
        first, below = common(old, new)
        coming = new[first : len(new) - below]
        stays = slice(len(old) - below, len(old))
        words = [count_words(_text(block, self._hits), language) for block in coming]
        citations = [1 if block.excerpt_id else _citations(block.markdown) for block in coming]
        heights = [block_height(block, self._found(block.excerpt_ids())) for block in coming]
        return _Counted(
            section,
            [*former.words[:first], *words, *former.words[stays]],
            [*former.citations[:first], *citations, *former.citations[stays]],
            [*former.heights[:first], *heights, *former.heights[stays]],
        )

    def _of_evidence(self, brief: Brief) -> tuple[int, Evidence]:
        """Return how many sources are cited, and how much room their list and the like take."""
        used = used_ids(brief)
        if self._evidence is None or used != self._used:
            found = self._found(used)
            sources = len({source.id for _excerpt, source in found})
            self._used, self._evidence = used, (sources, evidence_of(brief, found))
        return self._evidence

    def _found(self, ids: Iterable[str]) -> list[tuple[Excerpt, Source]]:
        hits = (find(self._hits, excerpt_id) for excerpt_id in ids)
        return [(hit.excerpt, hit.source) for hit in hits if hit]


def figures(brief: Brief, hits: Mapping[str, Hit]) -> Figures:
    """Count a brief; ``hits`` are the excerpts that it uses, as far as they are known."""
    return Figuring(hits).figures(brief)


def common(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many objects two lists share at their beginning, and how many more at their end."""
    least = min(len(old), len(new))
    first = next((i for i in range(least) if old[i] is not new[i]), least)
    below = next((i for i in range(least - first) if old[-1 - i] is not new[-1 - i]), least - first)
    return first, below


def find(hits: Mapping[str, Hit], excerpt_id: str) -> Hit | None:
    """Return the excerpt of that id, or of the one that begins so, as prose may cite it."""
    hit = hits.get(excerpt_id)
    if hit is not None or len(excerpt_id) == 36:
        return hit
    return next((hits[key] for key in list(hits) if key.startswith(excerpt_id)), None)


def publisher(hit: Hit) -> str:
    """Return who published the source, or its title where nobody is named."""
    return hit.source.publisher or hit.source.container or hit.source.title


def short_label(hit: Hit) -> str:
    """Return a name for a source that fits into a line: ``Example Wire 2025``."""
    name = _IN_BRACKETS.sub("", publisher(hit)).removeprefix("The ")
    name = name if len(name) <= 32 else name[:30].rstrip() + "…"
    year = (hit.source.published.value or "")[:4]
    return f"{name} {year}".strip()


def date_label(hit: Hit, language: str = "en") -> str:
    """Return the day of publication, in brackets where it was not written out, or ``n.d.``."""
    dating = hit.source.published
    if dating.value is None:
        return "日付不明" if language == "ja" else "n.d."
    words = in_words(dating.value, language)
    if language != "ja":
        words = _MONTH.sub(lambda month: month[0][:3], words)
    return words if dating.certain else f"[{words}]"


def source_line(hit: Hit, language: str = "en") -> str:
    """Return publisher, date, paragraph and grade of an excerpt, as its card shows them."""
    paragraph = f"¶ {hit.excerpt.paragraph}" if hit.excerpt.paragraph else ""
    grade = f"{hit.source.reliability}{hit.excerpt.credibility}"
    return " · ".join(filter(None, (publisher(hit), date_label(hit, language), paragraph, grade)))


def citation_label(source: str, hits: Mapping[str, Hit], missing: str) -> str:
    """Return what a citation in prose is shown as; ``source`` is its Markdown, brackets included."""
    citation = parse_citation(source[1:-1])
    if citation is None:
        return source
    labels = []
    for cited in citation.cited:
        hit = find(hits, cited.excerpt_id)
        label = short_label(hit) if hit else missing
        suffix = f", {cited.suffix}" if cited.suffix else ""
        labels.append(f"{cited.prefix} {label}{suffix}".strip())
    return "; ".join(labels)


def prompt(section: Section, brief: Brief, form: Form | None) -> str:
    """Return the form's hint for a section, or nothing; one that somebody added has that of its type."""
    if form is None:
        return ""
    alike = (part for part in form.sections if part.type == section.type)
    part = parts_of(brief.sections, form).get(section.id) or next(alike, None)
    return part.prompt(brief.language) if part else ""


def word_limits(brief: Brief, form: Form | None) -> dict[str, int | None]:
    """Return how many words the form allows its sections, by their ids; None for any number."""
    return {section_id: part.word_limit for section_id, part in parts_of(brief.sections, form).items()}


@lru_cache(maxsize=32_768)
def _citations(markdown: str) -> int:
    return len(CITATION.findall(markdown))


def _text(block: Block, hits: Mapping[str, Hit]) -> str:
    if block.kind is BlockKind.PROSE:
        return block.markdown
    hit = find(hits, block.excerpt_id or "")
    return block.shown or (hit.excerpt.quote if hit else "")
