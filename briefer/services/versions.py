"""Keeping a brief's state as a version."""

from __future__ import annotations

from datetime import datetime

from briefer.domain.briefs import Version
from briefer.domain.ids import new_id
from briefer.services.lookups import brief_of
from briefer.services.ports import UnitOfWork


def number_of_state(work: UnitOfWork, brief_id: str) -> int:
    """Return the number of the version that holds the brief's present state, or that it would get."""
    brief = brief_of(work, brief_id)
    versions = work.briefs.versions(brief_id)
    if not versions:
        return 1
    return versions[0].number + (versions[0].brief != brief)


def version_of_state(work: UnitOfWork, brief_id: str, now: datetime) -> Version:
    """Return the version that holds the brief's present state, or else one that is not kept, of number 0."""
    brief = brief_of(work, brief_id)
    versions = work.briefs.versions(brief_id)
    if versions and versions[0].brief == brief:
        return versions[0]
    return Version(new_id(), brief_id, 0, "", now, brief)


def keep_version(work: UnitOfWork, brief_id: str, name: str, now: datetime) -> tuple[Version, bool]:
    """Store the brief's present state as its next version; return it, and whether it is new.

    Without a name nothing is kept twice: an unchanged brief gives back its latest version.
    """
    brief = brief_of(work, brief_id)
    versions = work.briefs.versions(brief_id)
    if versions and versions[0].brief == brief and not name:
        return versions[0], False
    number = versions[0].number + 1 if versions else 1
    version = Version(new_id(), brief_id, number, name, now, brief)
    work.briefs.add_version(version)
    return version, True
