"""Which excerpts briefs and their versions quote or cite: worked out from what they say, kept to be looked up by excerpt.

Where it is other than what they say, «Where used…», the bars of withdrawn sources and ``used:`` tell wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, delete, insert, select

from briefer.domain.briefs import Brief
from briefer.storage.ids import ID_LENGTH, starts_with
from briefer.storage.tables import brief_excerpts, briefs, excerpts, version_excerpts, versions

_STALE = "which excerpts it uses is not kept as it says; `briefer doctor --repair` makes that anew"


def keep_of_brief(connection: Connection, brief: Brief) -> None:
    """Keep what a brief uses now."""
    _keep(connection, brief_excerpts.c.brief_id, brief.id, brief)


def keep_of_version(connection: Connection, version_id: str, brief: Brief) -> None:
    """Keep what a version uses, which says what ``brief`` does."""
    _keep(connection, version_excerpts.c.version_id, version_id, brief)


def rebuild(connection: Connection, all_briefs: Iterable[Brief]) -> None:
    """Keep anew what each of the briefs, which are all there are, and each version uses."""
    for kept in (brief_excerpts, version_excerpts):
        connection.execute(delete(kept))
    for brief in all_briefs:
        keep_of_brief(connection, brief)
    for version_id, brief, _ in _versions(connection):
        keep_of_version(connection, version_id, brief)


def problems(connection: Connection, all_briefs: Iterable[Brief]) -> Iterator[str]:
    """Tell of briefs, which are all there are, and versions of which something else is kept than what they use."""
    for brief in all_briefs:
        if not _is_kept(connection, brief_excerpts.c.brief_id, brief.id, brief):
            yield f"brief {brief.id} “{brief.title}”: {_STALE}"
    for version_id, brief, number in _versions(connection):
        if not _is_kept(connection, version_excerpts.c.version_id, version_id, brief):
            yield f"version {number} of brief {brief.id} “{brief.title}”: {_STALE}"


def _versions(connection: Connection) -> Iterator[tuple[str, Brief, int]]:
    wanted = select(*versions.c["id", "brief", "number"]).join_from(versions, briefs)
    for row in connection.execute(wanted.order_by(versions.c.id).execution_options(yield_per=1)):
        yield row.id, row.brief, row.number


def _keep(connection: Connection, owner: Column[str], owner_id: str, brief: Brief) -> None:
    kept = owner.table
    connection.execute(delete(kept).where(owner == owner_id))
    used = dict.fromkeys(_whole_id(connection, cited) for cited in brief.excerpt_ids())
    if used:
        rows = [{owner.name: owner_id, "excerpt_id": excerpt_id} for excerpt_id in used]
        connection.execute(insert(kept), rows)


def _is_kept(connection: Connection, owner: Column[str], owner_id: str, brief: Brief) -> bool:
    """Whether what is kept is what the brief uses; what a shortened id stood for when it was stored cannot be known."""
    cited = brief.excerpt_ids()
    whole = {one for one in cited if len(one) == ID_LENGTH}
    begun = tuple(one.lower() for one in cited if len(one) != ID_LENGTH)
    kept = set(connection.scalars(select(owner.table.c.excerpt_id).where(owner == owner_id)))
    return (
        whole <= kept
        and all(one.lower().startswith(begun) for one in kept - whole)
        and all(any(one.lower().startswith(short) for one in kept) for short in begun)
    )


def _whole_id(connection: Connection, cited: str) -> str:
    """Return the id of the one excerpt that ``cited`` begins, or ``cited`` itself."""
    if len(cited) == ID_LENGTH:
        return cited
    like = select(excerpts.c.id).where(starts_with(excerpts.c.id, cited)).limit(2)
    found = connection.scalars(like).all()
    return found[0] if len(found) == 1 else cited
