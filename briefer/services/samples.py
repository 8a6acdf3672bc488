"""The sample: fictional documents from ``resources/sample``, marked, tagged and composed into a brief."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec

from briefer import assets
from briefer.domain.editing import add_block
from briefer.domain.excerpts import Annotation, ExcerptKind
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.ports import Progress, Taken

_CAPTURED = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""When the sample pages count as captured: «13 hours ago» on them must not depend on an installation."""
_NUMBERED = re.compile(r"@(\d+)")


@dataclass(frozen=True)
class SampleSource:
    """A document, and what a curator adds to what its file says."""

    file: str
    reliability: str = "F"
    title: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class SampleExcerpt:
    """A passage of a document, as a curator marks it."""

    file: str
    quote: str
    tags: tuple[str, ...]
    kind: ExcerptKind = ExcerptKind.QUOTATION
    speaker: str | None = None
    credibility: str = "6"
    comment: str = ""


@dataclass(frozen=True)
class SampleProse:
    """What an official writes into a section; ``[@3]`` cites the third excerpt of the sample."""

    section: str
    markdown: str


@dataclass(frozen=True)
class SampleBrief:
    """The brief of the sample; of the excerpts its form offers it takes ``quoted``, by their numbers in the sample."""

    form: str
    title: str
    subjects: tuple[str, ...]
    date: str
    audience: str
    prose: tuple[SampleProse, ...]
    quoted: tuple[int, ...]
    marking: str = ""


@dataclass(frozen=True)
class Sample:
    """``resources/sample/sample.json``."""

    sources: tuple[SampleSource, ...]
    excerpts: tuple[SampleExcerpt, ...]
    brief: SampleBrief


def build_sample(desk: Desk, progress: Progress | None = None) -> str:
    """Fill an empty library with the sample and return the id of its brief."""
    folder = assets.resources() / "sample"
    sample = msgspec.json.decode((folder / "sample.json").read_bytes(), type=Sample)
    total = len(sample.sources) + len(sample.excerpts)
    ids: dict[str, str] = {}
    for number, wanted in enumerate(sample.sources):
        if progress:
            progress(number, total, wanted.file)
        taken = Taken(wanted.file, (folder / wanted.file).read_bytes(), _CAPTURED)
        ids[wanted.file] = _curated(desk, wanted, taken).id
    excerpt_ids = []
    for number, excerpt in enumerate(sample.excerpts, len(sample.sources)):
        if progress:
            progress(number, total, excerpt.file)
        excerpt_ids.append(_marked(desk, excerpt, ids))
    if progress:
        progress(total, total, "")
    return _composed(desk, sample.brief, excerpt_ids)


def _curated(desk: Desk, wanted: SampleSource, taken: Taken) -> Source:
    (result,) = desk.importing.import_taken([taken]).results
    if result.source is None:
        raise result.error or ValueError(result.reason)
    known = result.source
    curated = replace(
        known,
        reliability=wanted.reliability,
        title=wanted.title or known.title,
        publisher=wanted.publisher or known.publisher,
        accepted=True,
    )
    desk.collect.change_source(curated)
    return curated


def _marked(desk: Desk, wanted: SampleExcerpt, ids: Mapping[str, str]) -> str:
    annotation = Annotation(wanted.kind, wanted.speaker, wanted.comment, wanted.credibility)
    tags = [parse_tag(tag) for tag in wanted.tags]
    excerpt, _change = desk.curate.mark_quote(ids[wanted.file], wanted.quote, annotation, tags)
    return excerpt.id


def _composed(desk: Desk, wanted: SampleBrief, excerpt_ids: Sequence[str]) -> str:
    quoted = {excerpt_ids[number - 1] for number in wanted.quoted}
    brief, _change = desk.compose.create(
        NewBrief(
            form=wanted.form,
            subjects=tuple(parse_tag(tag) for tag in wanted.subjects),
            title=wanted.title,
            meeting_date=wanted.date,
            audience=wanted.audience,
            marking=wanted.marking,
            excluded=frozenset(excerpt_ids) - quoted,
        )
    )
    for text in wanted.prose:
        section = next((s for s in brief.sections if s.type == text.section), None)
        if section is None:
            continue
        markdown = _NUMBERED.sub(lambda match: f"@{excerpt_ids[int(match[1]) - 1]}", text.markdown)
        block = prose(markdown)
        desk.compose.edit(brief.id, "Write", lambda b, s=section, k=block: add_block(b, s.id, k))  # type: ignore[misc]
    return brief.id
