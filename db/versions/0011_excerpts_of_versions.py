"""Which excerpts each version of a brief quotes or cites, so that «where used» need not read the versions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from alembic import op
from sqlalchemy import Connection

from briefer.domain.citations import cited_ids

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """
    CREATE TABLE version_excerpts (
        version_id TEXT NOT NULL,
        excerpt_id TEXT NOT NULL,
        CONSTRAINT pk_version_excerpts PRIMARY KEY (version_id, excerpt_id),
        CONSTRAINT fk_version_excerpts_version_id_versions
            FOREIGN KEY (version_id) REFERENCES versions (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_version_excerpts_excerpt_id ON version_excerpts (excerpt_id)",
)
WHOLE = "SELECT id FROM excerpts WHERE id >= ? AND id < ? LIMIT 2"


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    for version_id, text in connection.exec_driver_sql("SELECT id, brief FROM versions").all():
        used = {(version_id, whole(connection, i)) for i in ids_in(text)}
        if used:
            insert = "INSERT INTO version_excerpts (version_id, excerpt_id) VALUES (?, ?)"
            connection.exec_driver_sql(insert, sorted(used))


def ids_in(text: str) -> Iterator[str]:
    """Yield the ids that a version names; one that cannot be read names none, and stays as it is."""
    try:
        brief: dict[str, Any] = json.loads(text)
        blocks = [block for section in brief.get("sections", ()) for block in section.get("blocks", ())]
    except (ValueError, AttributeError, TypeError):
        return
    for block in blocks:
        if block.get("excerpt_id"):
            yield block["excerpt_id"]
        else:
            yield from cited_ids(block.get("markdown", ""))


def whole(connection: Connection, cited: str) -> str:
    """Return the id of the one excerpt that ``cited`` begins, or ``cited`` itself."""
    if len(cited) == 36:
        return cited
    found = connection.exec_driver_sql(WHOLE, (cited.lower(), f"{cited.lower()}\U0010ffff")).scalars().all()
    return str(found[0]) if len(found) == 1 else cited
