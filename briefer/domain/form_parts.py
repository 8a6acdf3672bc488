"""What a brief has of its form: which part each section keeps to, whatever it is called by now, and usual choices.

A section keeps the type that its form gave it, however it is renamed, moved or translated. Where a form has several
parts of one type, a section is that part whose name it bears in any language or variant; those that bear none are
taken in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefer.domain.briefs import Brief, Section
from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import DEFAULT_STYLE, ExportOptions
from briefer.domain.forms import Each, Form, SectionForm


def parts_of(sections: Iterable[Section], form: Form | None) -> dict[str, SectionForm]:
    """Return the part of the form by section id.

    A section that somebody added has none, unless it is the only one left for a part. What stands below a repeated part is of it too: it is held to the same limit, each repetition for itself.
    """
    if form is None:
        return {}
    told = tuple(sections)
    wanted = {part.type for part in form.sections}
    found: dict[str, SectionForm] = {}
    for kind in wanted:
        found |= _of_type([s for s in told if s.type == kind], [p for p in form.sections if p.type == kind])
    return found


def _of_type(sections: Sequence[Section], parts: Sequence[SectionForm]) -> dict[str, SectionForm]:
    # Where a part is repeated, deeper ones are its repetitions.
    repeats = any(part.each is not Each.NONE for part in parts)
    own = [section for section in sections if not (repeats and section.level > 1)]
    found: dict[str, SectionForm] = {}
    left = list(parts)
    for named in (True, False):
        for section in own:
            fits = (part for part in left if not named or section.heading in _names(part))
            part = next(fits, None) if section.id not in found else None
            if part is not None:
                found[section.id] = part
                left.remove(part)
    return found | _below(sections, found)


def _below(sections: Sequence[Section], found: dict[str, SectionForm]) -> dict[str, SectionForm]:
    """Return the parts of what stands below repeated ones."""
    below: dict[str, SectionForm] = {}
    above: SectionForm | None = None
    for section in sections:
        if section.id in found:
            above = found[section.id]
        elif section.level > 1 and above is not None and above.each is not Each.NONE:
            below[section.id] = above
    return below


def _names(part: SectionForm) -> set[str]:
    return {part.heading_en, part.heading_ja, *part.headings.values()}


def numbering_of(brief: Brief, form: Form | None) -> HeadingNumbering:
    """Return how the headings of a brief are numbered, in the editor and in every export: its own way, or its form's."""
    if brief.numbering is not None:
        return brief.numbering
    return form.numbering if form else HeadingNumbering.NONE


def with_numbering(brief: Brief, form: Form | None, numbering: HeadingNumbering) -> Brief:
    """Return a brief whose headings are numbered so; where its form has it so, it goes on following the form."""
    own = form.numbering if form else HeadingNumbering.NONE
    return replace(brief, numbering=None if numbering is own else numbering)


def usual_options(brief: Brief, form: Form | None) -> ExportOptions:
    """Return the usual choices of an export of a brief: its form's, and its numbers of headings."""
    style = form.style if form else DEFAULT_STYLE
    return ExportOptions(style=style, numbering=numbering_of(brief, form))
