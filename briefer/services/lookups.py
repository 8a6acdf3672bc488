"""Finding things by id, or saying in one line that they are not there."""

from __future__ import annotations

from collections.abc import Iterable

from briefer.domain.briefs import Brief
from briefer.domain.digests import Thing
from briefer.domain.excerpts import Excerpt
from briefer.domain.record import Subject
from briefer.domain.results import SavedSearch
from briefer.domain.sources import Snapshot, Source
from briefer.errors import InputError
from briefer.services.ports import UnitOfWork
from briefer.services.recording import of_brief, of_excerpt, of_form, of_source, of_term


def source_and_snapshot(work: UnitOfWork, source_id: str) -> tuple[Source, Snapshot]:
    """Return a source with its latest snapshot. Raises InputError ``not-found``."""
    source = work.sources.get(source_id)
    snapshot = work.sources.snapshot(source_id)
    if source is None or snapshot is None:
        raise InputError("not-found", kind="source", id=source_id, listing="sources")
    return source, snapshot


def source_and_snapshots(work: UnitOfWork, source_id: str) -> tuple[Source, tuple[Snapshot, ...]]:
    """Return a source with all its snapshots, latest first. Raises InputError ``not-found``."""
    source = work.sources.get(source_id)
    snapshots = work.sources.snapshots(source_id)
    if source is None or not snapshots:
        raise InputError("not-found", kind="source", id=source_id, listing="sources")
    return source, snapshots


def excerpts_of(work: UnitOfWork, excerpt_ids: Iterable[str]) -> tuple[Excerpt, ...]:
    """Return the excerpts, in the order asked for. Raises InputError ``not-found``."""
    wanted = tuple(excerpt_ids)
    found = work.excerpts.get_many(wanted)
    for excerpt_id in wanted:
        if excerpt_id not in found:
            raise InputError("not-found", kind="excerpt", id=excerpt_id, listing="search")
    return tuple(found[excerpt_id] for excerpt_id in wanted)


def brief_of(work: UnitOfWork, brief_id: str) -> Brief:
    """Return the brief. Raises InputError ``not-found``."""
    brief = work.briefs.get(brief_id)
    if brief is None:
        raise InputError("not-found", kind="brief", id=brief_id, listing="briefs")
    return brief


def standing(work: UnitOfWork, id_: str) -> tuple[Subject, tuple[Thing, ...]]:
    """Return what an id names (a source, an excerpt, a brief, a form or a term), with all that has a state of its own.

    Raises InputError ``not-found``.
    """
    if source := work.sources.get(id_):
        return of_source(source), (source, *work.sources.snapshots(id_))
    if excerpt := work.excerpts.get(id_):
        return of_excerpt(excerpt), (excerpt,)
    if brief := work.briefs.get(id_):
        return of_brief(brief), (brief, *work.briefs.versions(id_))
    if form := next((form for form in work.forms.all() if form.id == id_), None):
        return of_form(form), (form,)
    if term := next((term for term in work.vocabulary.get().terms if of_term(term).id == id_), None):
        return of_term(term), (term,)
    raise InputError("not-found", kind="thing", id=id_, listing="doctor")


def saved_search(work: UnitOfWork, search_id: str) -> SavedSearch:
    """Return the saved search. Raises InputError ``search-missing``."""
    for search in work.searches.saved():
        if search.id == search_id:
            return search
    raise InputError("search-missing", id=search_id)


def refuse_used(work: UnitOfWork, excerpts: Iterable[Excerpt]) -> None:
    """Raise InputError ``excerpt-used`` when a brief quotes or cites one of them."""
    briefs = {brief for excerpt in excerpts for brief in work.excerpts.used_in(excerpt.id)}
    if briefs:
        titles = ", ".join(f"“{brief_of(work, brief).title}”" for brief in sorted(briefs))
        raise InputError("excerpt-used", count=len(briefs), titles=titles)
