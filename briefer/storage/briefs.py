"""Briefs and their versions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from briefer.domain.briefs import Block, BlockKind, Brief, Lane, Section, Version
from briefer.domain.digests import is_broken, seal_of
from briefer.domain.flags import Standing, standing
from briefer.domain.lengths import count_words
from briefer.domain.results import BriefSummary, BriefUse
from briefer.storage import uses
from briefer.storage.ids import ID_LENGTH, chunks
from briefer.storage.tables import (
    blocks,
    brief_excerpts,
    briefs,
    excerpts,
    meta,
    sections,
    sources,
    version_excerpts,
    versions,
)

SEAL = "seal/"
"""How the keys of the seals of briefs begin in ``meta``."""


class SqliteBriefs:
    """The briefs of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._stored: dict[str, Brief] = {}

    def put(self, brief: Brief) -> None:
        """Store a brief, new or changed; of one that this transaction has read, what is other than it was."""
        former = self._stored.pop(brief.id, None)
        values = {c.name: getattr(brief, c.name) for c in briefs.c}
        changed = {name: value for name, value in values.items() if name != "id"}
        self._connection.execute(
            upsert(briefs).values(values).on_conflict_do_update(index_elements=["id"], set_=changed)
        )
        if former is None:
            self._connection.execute(delete(sections).where(sections.c.brief_id == brief.id))
            former = replace(brief, sections=())
        self._write_text(former, brief)
        ids = brief.excerpt_ids()
        # What a shortened id stands for may have changed with the library.
        if not former.sections or ids != former.excerpt_ids() or any(len(i) != ID_LENGTH for i in ids):
            uses.keep_of_brief(self._connection, brief)
        sealed = upsert(meta).values(key=f"{SEAL}{brief.id}", value=seal_of(brief))
        self._connection.execute(
            sealed.on_conflict_do_update(index_elements=["key"], set_={"value": sealed.excluded.value})
        )
        self._stored[brief.id] = brief

    def seal(self, brief_id: str) -> str:
        """Return the seal of what a brief said when it was stored last, empty where it has none."""
        wanted = select(meta.c.value).where(meta.c.key == f"{SEAL}{brief_id}")
        return self._connection.scalar(wanted) or ""

    def unseal_changed(self) -> None:
        """Take the seals off briefs that say something else than they did when they were stored last."""
        changed = [brief.id for brief in self.each() if is_broken(self.seal(brief.id), brief)]
        self._connection.execute(delete(meta).where(meta.c.key.in_(f"{SEAL}{id_}" for id_ in changed)))

    def get(self, brief_id: str) -> Brief | None:
        """Return the brief, or None."""
        wanted = select(briefs).where(briefs.c.id == brief_id)
        row = self._connection.execute(wanted).mappings().one_or_none()
        if row is None:
            return None
        found = self._stored[brief_id] = Brief(**row, sections=self._sections(brief_id))
        return found

    def each(self) -> Iterator[Brief]:
        """Yield every brief, one after the other; in the order of their making."""
        for brief_id in self._connection.scalars(select(briefs.c.id).order_by(briefs.c.id)).all():
            if brief := self.get(brief_id):
                yield brief

    def all(self) -> tuple[BriefSummary, ...]:
        """Return every brief, latest change first."""
        words, leans = self._words(), self._leans()
        counts = [
            select(func.count()).where(t.c.brief_id == briefs.c.id).scalar_subquery().label(name)
            for t, name in ((sections, "sections"), (brief_excerpts, "excerpts"))
        ]
        latest = select(briefs, *counts).order_by(briefs.c.changed_at.desc(), briefs.c.id.desc())
        return tuple(
            BriefSummary(
                id=row.id,
                title=row.title,
                form=row.form,
                meeting_date=row.meeting_date,
                changed_at=row.changed_at.isoformat(),
                sections=row.sections,
                excerpts=row.excerpts,
                words=words[row.id],
                subjects=row.subjects,
                withdrawn=leans[row.id, Standing.WITHDRAWN],
                superseded=leans[row.id, Standing.SUPERSEDED],
            )
            for row in self._connection.execute(latest)
        )

    def remove(self, brief_id: str) -> None:
        """Take a brief out, with its versions."""
        self._stored.pop(brief_id, None)
        self._connection.execute(delete(briefs).where(briefs.c.id == brief_id))
        self._connection.execute(delete(meta).where(meta.c.key == f"{SEAL}{brief_id}"))

    def add_version(self, version: Version) -> None:
        """Store a version; it is never changed."""
        self._connection.execute(
            insert(versions).values({c.name: getattr(version, c.name) for c in versions.c})
        )
        uses.keep_of_version(self._connection, version.id, version.brief)

    def versions(self, brief_id: str) -> tuple[Version, ...]:
        """Return the versions, latest first."""
        wanted = select(versions).where(versions.c.brief_id == brief_id).order_by(versions.c.number.desc())
        return tuple(Version(**row) for row in self._connection.execute(wanted).mappings())

    def using(self, excerpt_ids: Iterable[str]) -> tuple[BriefUse, ...]:
        """Return the briefs that use one of these excerpts now or did in a version, latest change first."""
        now: set[str] = set()
        found: defaultdict[str, set[int]] = defaultdict(set)
        for some in chunks(frozenset(excerpt_ids)):
            present = select(brief_excerpts.c.brief_id).where(brief_excerpts.c.excerpt_id.in_(some))
            now.update(self._connection.scalars(present))
            former = (
                select(versions.c.brief_id, versions.c.number)
                .join_from(version_excerpts, versions, versions.c.id == version_excerpts.c.version_id)
                .where(version_excerpts.c.excerpt_id.in_(some))
            )
            for row in self._connection.execute(former):
                found[row.brief_id].add(row.number)
        latest = select(*briefs.c["id", "title", "meeting_date"])
        ordered = latest.order_by(briefs.c.changed_at.desc(), briefs.c.id.desc())
        return tuple(
            BriefUse(
                row.id, row.title, row.meeting_date, row.id in now, tuple(sorted(found[row.id], reverse=True))
            )
            for row in self._connection.execute(ordered)
            if row.id in now or row.id in found
        )

    def _leans(self) -> Counter[tuple[str, Standing]]:
        """Count the sources of each brief that were withdrawn or superseded."""
        flagged = (
            select(brief_excerpts.c.brief_id, sources.c.number, sources.c.flags)
            .join_from(brief_excerpts, excerpts, excerpts.c.id == brief_excerpts.c.excerpt_id)
            .join(sources, sources.c.number == excerpts.c.source_number)
            .where(sources.c.flags != ())
            .distinct()
        )
        return Counter((row.brief_id, standing(row.flags)) for row in self._connection.execute(flagged))

    def _write_text(self, former: Brief, brief: Brief) -> None:
        """Write the rows of sections and blocks that are other than those of the former state; take out those left over."""
        of_brief = sections.c.brief_id == brief.id
        if len(brief.sections) < len(former.sections):
            # Their blocks go with them.
            left = delete(sections).where(of_brief, sections.c.position >= len(brief.sections))
            self._connection.execute(left)
        changed = [
            (at, old, new)
            for at, (old, new) in enumerate(zip_longest(former.sections, brief.sections))
            if new is not None and old is not new
        ]
        heads = [
            _section_row(brief.id, at, new)
            for at, old, new in changed
            if old is None or _head(old) != _head(new)
        ]
        self._write_over(sections, heads)
        for at, old, new in changed:
            of_old = old.blocks if old else ()
            if len(new.blocks) < len(of_old):
                own = (blocks.c.brief_id == brief.id, blocks.c.section == at)
                self._connection.execute(delete(blocks).where(*own, blocks.c.position >= len(new.blocks)))
            pairs = enumerate(zip_longest(of_old, new.blocks))
            self._write_over(
                blocks,
                [
                    _block_row(brief.id, at, position, block)
                    for position, (was, block) in pairs
                    if block is not None and was is not block and was != block
                ],
            )

    def _write_over(self, table: Table, rows: list[dict[str, object]]) -> None:
        """Write rows in the places of those with the same key."""
        if rows:
            made = upsert(table)
            keys = [column.name for column in table.primary_key]
            values = {name: made.excluded[name] for name in rows[0] if name not in keys}
            self._connection.execute(made.on_conflict_do_update(index_elements=keys, set_=values), rows)

    def _sections(self, brief_id: str) -> tuple[Section, ...]:
        own = select(blocks).where(blocks.c.brief_id == brief_id)
        blocks_of: defaultdict[int, list[Block]] = defaultdict(list)
        for row in self._connection.execute(own.order_by(blocks.c.section, blocks.c.position)):
            blocks_of[row.section].append(_block(row))
        ordered = select(sections).where(sections.c.brief_id == brief_id).order_by(sections.c.position)
        return tuple(
            Section(
                row.id,
                row.heading,
                row.type,
                row.level,
                row.scope,
                tuple(blocks_of[row.position]),
                row.marking,
            )
            for row in self._connection.execute(ordered)
        )

    def _words(self) -> Counter[str]:
        texts = (
            select(*blocks.c["brief_id", "markdown", "shown"], briefs.c.language, excerpts.c.quote)
            .join_from(blocks, briefs, briefs.c.id == blocks.c.brief_id)
            .outerjoin(excerpts, excerpts.c.id == blocks.c.excerpt_id)
        )
        words: Counter[str] = Counter()
        for row in self._connection.execute(texts):
            words[row.brief_id] += count_words(row.markdown or row.shown or row.quote or "", row.language)
        return words


def _block(row: Row[Any]) -> Block:
    return Block(
        id=row.id,
        kind=BlockKind(row.kind),
        markdown=row.markdown,
        excerpt_id=row.excerpt_id,
        shown=row.shown,
        lane=Lane(row.lane),
        marking=row.marking,
    )


def _head(section: Section) -> tuple[object, ...]:
    """Return what is stored of a section itself."""
    return section.id, section.heading, section.type, section.level, section.scope, section.marking


def _section_row(brief_id: str, position: int, section: Section) -> dict[str, object]:
    return {
        "brief_id": brief_id,
        "position": position,
        "id": section.id,
        "heading": section.heading,
        "type": section.type,
        "level": section.level,
        "scope": section.scope,
        "marking": section.marking,
    }


def _block_row(brief_id: str, at: int, position: int, block: Block) -> dict[str, object]:
    return {
        "brief_id": brief_id,
        "section": at,
        "position": position,
        "id": block.id,
        "kind": block.kind,
        "excerpt_id": block.excerpt_id,
        "markdown": block.markdown,
        "shown": block.shown,
        "lane": block.lane,
        "marking": block.marking,
    }
