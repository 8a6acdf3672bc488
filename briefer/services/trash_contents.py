"""What goes into the trash with a thing of each kind, and how it is put back where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefer.domain.excerpts import Excerpt
from briefer.domain.passages import passage_at
from briefer.domain.sources import Snapshot
from briefer.domain.tags import TagKind
from briefer.domain.trash import Content, Trashed, TrashKind
from briefer.errors import InputError
from briefer.services.lookups import brief_of, excerpts_of, refuse_used, saved_search, source_and_snapshots
from briefer.services.ports import UnitOfWork
from briefer.services.recording import of_excerpt

Item = tuple[Trashed, Content]


@dataclass(frozen=True)
class Packed:
    """A thing that is to be thrown away: its own id, what it is called, and all that goes with it."""

    thing: str
    label: str
    content: Content
    source_id: str | None = None

    @property
    def holds(self) -> dict[str, int]:
        """How much goes with it, as far as that is more than itself."""
        content = self.content
        counts = {
            "captures": len(content.snapshots) if content.source else 0,
            "excerpts": len(content.excerpts) if content.source else 0,
            "versions": len(content.versions),
        }
        return {name: count for name, count in counts.items() if count}


@dataclass
class PutBack:
    """What became of putting things back.

    ``back`` are there again; ``left`` stay in the trash, each with the reason; ``notes`` tell what is not as it was
    before with things that are back.
    """

    back: list[Trashed] = field(default_factory=list)
    left: list[tuple[Trashed, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def taken_out(work: UnitOfWork, kind: TrashKind, things: Sequence[str]) -> Iterator[Packed]:
    """Yield what each thing is with all that goes with it; it is taken out when the next is asked for.

    Raises:
        InputError: ``not-found``, ``excerpt-used``.
    """
    if kind is TrashKind.EXCERPT:
        yield from _excerpts(work, things)
        return
    for thing in things:
        yield from _TAKERS[kind](work, thing)


def put_back(work: UnitOfWork, items: Iterable[Item]) -> PutBack:
    """Put things back where they were, sources before what stands on them."""
    done = PutBack()
    order = tuple(TrashKind)
    by_kind = sorted(items, key=lambda item: order.index(item[0].kind))
    excerpts = [item for item in by_kind if item[0].kind is TrashKind.EXCERPT]
    for one, content in by_kind:
        if one.kind is TrashKind.EXCERPT:
            # All at once where the first of them comes, because each writing of excerpts changes the index.
            if excerpts:
                _excerpts_back(work, excerpts, done)
                excerpts = []
            continue
        why = _BACK[one.kind](work, content, done)
        if why:
            done.left.append((one, why))
        else:
            done.back.append(one)
    return done


def why_stranded(work: UnitOfWork, source_id: str | None) -> str:
    """Return why nothing can be put back onto a source, or nothing where it is there."""
    if source_id is None or work.sources.get(source_id):
        return ""
    lies = work.trash.of_thing(source_id)
    if lies:
        return f"its source “{lies.label}” is in the trash itself; put that back first"
    return "its source is gone for good"


# --- out of the library -----------------------------------------------------------------------------------


def _source(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    source, snapshots = source_and_snapshots(work, thing)
    excerpts = work.excerpts.of_source(thing)
    refuse_used(work, excerpts)
    yield Packed(thing, source.title, Content(source, tuple(reversed(snapshots)), excerpts))
    work.sources.remove(thing)


def _capture(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    snapshot = work.sources.snapshot_of(thing)
    source = work.sources.get(snapshot.source_id) if snapshot else None
    if snapshot is None or source is None:
        raise InputError("not-found", kind="snapshot", id=thing, listing="source")
    if any(e.snapshot_id == thing for e in work.excerpts.of_source(source.id)):
        raise InputError("snapshot-used")
    yield Packed(thing, source.title, Content(snapshots=(snapshot,)), source.id)
    work.sources.remove_snapshot(thing)


def _excerpts(work: UnitOfWork, things: Sequence[str]) -> Iterator[Packed]:
    found = excerpts_of(work, things)
    refuse_used(work, found)
    for excerpt in found:
        yield Packed(excerpt.id, of_excerpt(excerpt).label, Content(excerpts=(excerpt,)), excerpt.source_id)
    work.excerpts.remove([excerpt.id for excerpt in found])


def _term(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    kind, _, key = thing.partition(":")
    term = work.vocabulary.get().find(TagKind(kind), key)
    place = work.vocabulary.remove(kind, key)
    if term is None or place is None:
        raise InputError("not-found", kind=kind, id=key, listing="vocabulary")
    yield Packed(thing, term.label_en, Content(term=term, place=place))


def _brief(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    brief = brief_of(work, thing)
    versions = tuple(reversed(work.briefs.versions(thing)))
    yield Packed(thing, brief.title, Content(brief=brief, versions=versions))
    work.briefs.remove(thing)


def _form(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    form = next((form for form in work.forms.all() if form.id == thing), None)
    if form is None:
        raise InputError("not-found", kind="form", id=thing, listing="forms")
    yield Packed(thing, form.name(), Content(form=form))
    work.forms.remove(thing)


def _search(work: UnitOfWork, thing: str) -> Iterator[Packed]:
    search = saved_search(work, thing)
    yield Packed(thing, search.name, Content(search=search))
    work.searches.remove(thing)


_TAKERS = {
    TrashKind.SOURCE: _source,
    TrashKind.CAPTURE: _capture,
    TrashKind.TERM: _term,
    TrashKind.BRIEF: _brief,
    TrashKind.FORM: _form,
    TrashKind.SEARCH: _search,
}


# --- and back ---------------------------------------------------------------------------------------------


def _source_back(work: UnitOfWork, content: Content, done: PutBack) -> str:
    source = content.source
    assert source is not None, "that is its kind"
    twin = work.sources.by_sha256(content.snapshots[0].sha256)
    first, *later = content.snapshots
    original = work.trash.original(first.sha256)
    work.sources.add(replace(source, snapshot_id=first.id, sha256=first.sha256), first, original)
    for snapshot in later:
        work.sources.add_snapshot(snapshot, work.trash.original(snapshot.sha256))
    work.excerpts.add(content.excerpts)
    if twin:
        done.notes.append(f"“{source.title}”: the same bytes are in the library as “{twin.title}” too")
    return ""


def _capture_back(work: UnitOfWork, content: Content, done: PutBack) -> str:
    (snapshot,) = content.snapshots
    stranded = why_stranded(work, snapshot.source_id)
    if stranded:
        return stranded
    latest = work.sources.snapshot(snapshot.source_id)
    work.sources.add_snapshot(snapshot, work.trash.original(snapshot.sha256))
    if latest and latest.captured_at > snapshot.captured_at:
        done.notes.append("the capture that is back is older than another one, and counts as the latest now")
    return ""


def _excerpts_back(work: UnitOfWork, items: Sequence[Item], done: PutBack) -> None:
    snapshots: dict[str, Snapshot | None] = {}
    fit: list[Excerpt] = []
    for one, content in items:
        (excerpt,) = content.excerpts
        if excerpt.snapshot_id not in snapshots:
            snapshots[excerpt.snapshot_id] = work.sources.snapshot_of(excerpt.snapshot_id)
        snapshot = snapshots[excerpt.snapshot_id]
        why = why_stranded(work, excerpt.source_id) if snapshot is None else ""
        if snapshot is None:
            done.left.append((one, why or "the capture on which it stands is not there any more"))
            continue
        try:
            # The reading may have been corrected meanwhile: paragraphs have other numbers, or are set aside.
            passage = passage_at(snapshot, excerpt.span)
        except InputError as error:
            done.left.append((one, str(error).rstrip(".")))
            continue
        fit.append(replace(excerpt, paragraph=passage.paragraph))
        done.back.append(one)
    work.excerpts.add(fit)


def _term_back(work: UnitOfWork, content: Content, _done: PutBack) -> str:
    term = content.term
    assert term is not None, "that is its kind"
    if work.vocabulary.get().find(term.kind, term.key):
        return f"the vocabulary has a {term.kind} {term.key} again"
    work.vocabulary.put_back(term, content.place)
    return ""


def _brief_back(work: UnitOfWork, content: Content, done: PutBack) -> str:
    brief = content.brief
    assert brief is not None, "that is its kind"
    work.briefs.put(brief)
    for version in content.versions:
        work.briefs.add_version(version)
    cited = brief.excerpt_ids()
    there = work.excerpts.get_many(cited)
    missing = [i for i in cited if i not in there and not work.search.ids_like("excerpt", i)]
    thrown = sum(work.trash.of_thing(i) is not None for i in missing)
    if missing:
        lie = f", {thrown} of them in the trash" if thrown else ""
        done.notes.append(
            f"“{brief.title}”: {len(missing)} of the excerpts that it cites are not in the library{lie}"
        )
    return ""


def _form_back(work: UnitOfWork, content: Content, _done: PutBack) -> str:
    form = content.form
    assert form is not None, "that is its kind"
    if any(form.id == own.id for own in work.forms.all()):
        return f"the library has a form {form.id} again"
    work.forms.put(form)
    return ""


def _search_back(work: UnitOfWork, content: Content, _done: PutBack) -> str:
    assert content.search is not None, "that is its kind"
    work.searches.put(content.search)
    return ""


_BACK = {
    TrashKind.SOURCE: _source_back,
    TrashKind.CAPTURE: _capture_back,
    TrashKind.TERM: _term_back,
    TrashKind.BRIEF: _brief_back,
    TrashKind.FORM: _form_back,
    TrashKind.SEARCH: _search_back,
}
