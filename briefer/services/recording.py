"""What the record tells of a change: from the values before and after it to notes.

What people write into a brief is not recorded: versions keep that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

import msgspec

from briefer.domain.briefs import Brief, Version
from briefer.domain.digests import with_captures, with_states
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Form
from briefer.domain.hashing import text_sha256
from briefer.domain.record import DIGESTS, Act, Facts, Subject, changed
from briefer.domain.retagged import ADDED, REMOVED, kept
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.domain.tags import Term
from briefer.services.record import Note

_OF_BRIEF = (
    "form", "title", "meeting_date", "audience", "author", "language", "variant", "subjects", "numbering",
)  # fmt: skip
# What storing keeps up by itself, or what tells where a thing is from: no fact that somebody edits.
_OF_SOURCE = tuple(
    field.name
    for field in fields(Source)
    if field.name not in {"id", "created_at", "snapshot_id", "sha256", "known", "marking"}
)
_OF_EXCERPT = tuple(
    field.name
    for field in fields(Excerpt)
    if field.name
    not in {"id", "source_id", "created_at", "paragraph", "span", "page", "marking", "comment_marking"}
)
_OF_FORM = tuple(field.name for field in fields(Form))
_OF_TERM = tuple(field.name for field in fields(Term))
_LONGEST = 80
_FEW = 100
"""So many excerpts that are tagged together have an entry each; more have one, which keeps their ids among its digests."""


def of_source(source: Source) -> Subject:
    """Return a source as a subject."""
    return Subject("source", source.id, source.title)


def of_excerpt(excerpt: Excerpt) -> Subject:
    """Return an excerpt as a subject, called by its first words."""
    quote = excerpt.quote
    return Subject("excerpt", excerpt.id, quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…")


def of_brief(brief: Brief) -> Subject:
    """Return a brief as a subject."""
    return Subject("brief", brief.id, brief.title)


def brief_facts(brief: Brief) -> Facts:
    """Return what is recorded of a new brief."""
    return with_states({"form": brief.form, "origin": brief.origin}, brief)


def version_note(version: Version) -> Note:
    """Return what is recorded where somebody keeps a version."""
    return Act.EDIT, of_brief(version.brief), with_states({"version": version.number}, version)


def of_term(term: Term) -> Subject:
    """Return a term of the vocabulary as a subject; its id is its name as a tag."""
    return Subject("term", f"{term.kind}:{term.key}", term.label_en)


def import_facts(file: str, sha256: str, sources: int, excerpts: int = 0) -> Facts:
    """Return what is recorded of a file that came in: its name, the digest of its bytes, and what it brought."""
    return {"file": file, "sha256": sha256, "sources": sources, "excerpts": excerpts}


def capture_facts(snapshot: Snapshot) -> Facts:
    """Return what is recorded of a capture: its id, and the SHA-256 of its text, which never changes, in UTF-8."""
    facts = with_states({"capture": snapshot.id, "text_sha256": text_sha256(snapshot.text)}, snapshot)
    return with_captures(facts, snapshot)


def source_notes(before: Source, after: Source, reason: str = "", *, by_undo: bool = False) -> Iterator[Note]:
    """Yield what is recorded where the facts or the marking of a source changed, and for which reason it is lower."""
    if facts := changed(before, after, _OF_SOURCE):
        yield Act.EDIT, of_source(after), with_states(facts, after)
    if facts := changed(before, after, ["marking"]):
        yield Act.MARKING, of_source(after), with_states(_for(reason, facts, by_undo=by_undo), after)


def _for(reason: str, facts: Facts, *, by_undo: bool) -> Facts:
    """Return facts of a marking with why it is another; one that undo brings back has no reason of its own."""
    return {**facts, **({"reason": reason} if reason else {}), **({"by_undo": True} if by_undo else {})}


def reading_facts(snapshot: Snapshot, after: Reading) -> Facts:
    """Return what is recorded where somebody has corrected what of a capture is the article."""
    before = snapshot.reading
    old, new = ({(s.span.start, s.span.end): s.kind.value for s in r.segments} for r in (before, after))
    places = sorted(place for place in old.keys() | new.keys() if old.get(place) != new.get(place))
    lines = [{"place": list(at), "from": old.get(at, ""), "to": new.get(at, "")} for at in places]
    return with_states({"reading": lines}, replace(snapshot, reading=after))


def excerpt_notes(
    before: Iterable[Excerpt], after: Iterable[Excerpt], reason: str = "", *, by_undo: bool = False
) -> Iterator[Note]:
    """Yield what is recorded where notes, tags or markings of excerpts changed, one by one, and for which reason these are lower."""
    for old, new in zip(before, after, strict=True):
        if facts := changed(old, new, _OF_EXCERPT):
            yield Act.EDIT, of_excerpt(new), with_states(facts, new)
        if facts := changed(old, new, ("marking", "comment_marking")):
            yield Act.MARKING, of_excerpt(new), with_states(_for(reason, facts, by_undo=by_undo), new)


def retag_notes(before: Iterable[Excerpt], after: Sequence[Excerpt]) -> Iterator[Note]:
    """Yield what is recorded of excerpts whose tags changed: of many how many, and which tags came and went."""
    if len(after) <= _FEW:
        former = {excerpt.id: excerpt for excerpt in before}
        yield from excerpt_notes((former[excerpt.id] for excerpt in after), after)
        return
    tags = {excerpt.id: list(map(str, excerpt.tags)) for excerpt in before}
    which = kept((excerpt.id, tags[excerpt.id], list(map(str, excerpt.tags))) for excerpt in after)
    facts = {
        way: [tag for known, _, tag in (key.partition("/") for key in which) if known == way]
        for way in (ADDED, REMOVED)
    }
    yield Act.EDIT, Subject("excerpt"), {"excerpts": len(after), **facts, DIGESTS: which}


def term_notes(before: Sequence[Term | None], after: Sequence[Term]) -> Iterator[Note]:
    """Yield what is recorded where terms of the vocabulary are new or were changed: of many, only their names."""
    turned = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if len(turned) == 1:
        ((old, new),) = turned
        facts = changed(old, new, _OF_TERM) if old else {"new": True}
        yield Act.EDIT, of_term(new), with_states(facts, new)
    elif turned:
        names = [
            [of_term(new).id for old, new in turned if (old is None) is fresh] for fresh in (True, False)
        ]
        named = {"new": names[0], "changed": names[1]}
        yield Act.EDIT, Subject("term"), with_states(named, *(new for _old, new in turned))


def of_form(form: Form) -> Subject:
    """Return a form as a subject."""
    return Subject("form", form.id, form.name())


def form_notes(before: Form | None, after: Form) -> Iterator[Note]:
    """Yield what is recorded where a form of the library's own is new or was changed."""
    if before != after:
        facts = changed(before, after, _OF_FORM) if before else {"new": True}
        yield Act.EDIT, of_form(after), with_states(facts, after)


def brief_notes(before: Brief, after: Brief, *, by_undo: bool = False) -> Iterator[Note]:
    """Yield what is recorded of an edit of a brief: its data, its markings, what somebody lets pass."""
    subject = of_brief(after)
    if facts := changed(before, after, _OF_BRIEF):
        yield Act.EDIT, subject, with_states(facts, after)
    portions: Facts = {**changed(before, after, ("marking", "title_marking")), **_portions(before, after)}
    if portions:
        yield Act.MARKING, subject, with_states(_for("", portions, by_undo=by_undo), after)
    if before.waivers != after.waivers:
        let = [msgspec.to_builtins(w) for w in after.waivers if w not in before.waivers]
        back = [msgspec.to_builtins(w) for w in before.waivers if w not in after.waivers]
        yield Act.WAIVER, subject, with_states({"let_pass": let, "taken_back": back}, after)


def _portions(before: Brief, after: Brief) -> dict[str, list[dict[str, str]]]:
    """Return the sections and blocks whose marking changed, and new ones that bear one."""
    found: dict[str, list[dict[str, str]]] = {}
    was = {id_: marking for _kind, id_, marking in _markings(before)}
    for kind, id_, marking in _markings(after):
        if marking != was.get(id_, ""):
            found.setdefault(kind, []).append({"id": id_, "from": was.get(id_, ""), "to": marking})
    return found


def _markings(brief: Brief) -> Iterator[tuple[str, str, str]]:
    for section in brief.sections:
        yield "sections", section.id, section.marking
    for _section, block in brief.blocks():
        yield "blocks", block.id, block.marking
