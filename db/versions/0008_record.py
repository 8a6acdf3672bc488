"""The record of what was done."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """
    CREATE TABLE record (
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        id TEXT NOT NULL,
        label TEXT NOT NULL,
        what TEXT NOT NULL,
        before TEXT NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_record PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX ix_record_id ON record (id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
