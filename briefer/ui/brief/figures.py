"""What the window tells about a brief in figures and short labels; pure functions, no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.domain.citations import CITATION, parse_citation
from briefer.domain.dates import in_words
from briefer.domain.forms import GENERATED, Form
from briefer.domain.lengths import count_words, pages
from briefer.domain.results import Hit

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


def figures(brief: Brief, hits: Mapping[str, Hit]) -> Figures:
    """Count a brief; ``hits`` are the excerpts that it uses, as far as they are known."""
    words = {
        section.id: sum(count_words(_text(b, hits), brief.language) for b in section.blocks)
        for section in brief.sections
    }
    used = [hit for i in used_ids(brief) if (hit := find(hits, i))]
    citations = sum(
        1 if block.excerpt_id else _citations(block.markdown) for _section, block in brief.blocks()
    )
    long = pages(sum(words.values()), brief.language)
    return Figures(words, citations, len({hit.source.id for hit in used}), long)


def numbers(sections: Iterable[Section]) -> dict[str, str]:
    """Return each section's number (``4.1``); what Briefer writes itself bears none."""
    counts: list[int] = []
    found: dict[str, str] = {}
    for section in sections:
        if section.type in GENERATED and section.level == 1:
            found[section.id] = ""
            continue
        depth = min(section.level, len(counts) + 1)
        counts = [*counts, 0][:depth]
        counts[-1] += 1
        found[section.id] = ".".join(str(n) for n in counts)
    return found


def find(hits: Mapping[str, Hit], excerpt_id: str) -> Hit | None:
    """Return the excerpt of that id, or of the one that begins so, as prose may cite it."""
    hit = hits.get(excerpt_id)
    if hit is not None or len(excerpt_id) == 36:
        return hit
    return next((h for key, h in hits.items() if key.startswith(excerpt_id)), None)


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


def prompt(section: Section, form: Form | None, language: str) -> str:
    """Return the form's hint for a section, or nothing."""
    if form is None:
        return ""
    alike = [s for s in form.sections if s.type == section.type]
    named = [s for s in alike if section.heading in {s.heading_en, s.heading_ja}]
    return (named or alike)[0].prompt(language) if alike else ""


def word_limit(section: Section, form: Form | None) -> int | None:
    """Return how many words the form allows a section, or None."""
    alike = [s for s in form.sections if s.type == section.type] if form else []
    named = [s for s in alike if section.heading in {s.heading_en, s.heading_ja}]
    return named[0].word_limit if named else None


@lru_cache(maxsize=32_768)
def _citations(markdown: str) -> int:
    return len(CITATION.findall(markdown))


def _text(block: Block, hits: Mapping[str, Hit]) -> str:
    if block.kind is BlockKind.PROSE:
        return block.markdown
    hit = find(hits, block.excerpt_id or "")
    return block.shown or (hit.excerpt.quote if hit else "")
