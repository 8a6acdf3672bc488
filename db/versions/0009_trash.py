"""The trash."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    """
    CREATE TABLE trash (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        thing TEXT NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        holds TEXT NOT NULL,
        source_id TEXT,
        content TEXT NOT NULL,
        CONSTRAINT pk_trash PRIMARY KEY (number),
        CONSTRAINT uq_trash_id UNIQUE (id)
    )
    """,
    "CREATE INDEX ix_trash_thing ON trash (thing)",
    "CREATE INDEX ix_trash_source_id ON trash (source_id)",
    """
    CREATE TABLE trash_blobs (
        trash_number INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        CONSTRAINT pk_trash_blobs PRIMARY KEY (trash_number, sha256),
        CONSTRAINT fk_trash_blobs_trash_number_trash FOREIGN KEY(trash_number)
            REFERENCES trash (number) ON DELETE CASCADE,
        CONSTRAINT fk_trash_blobs_sha256_blobs FOREIGN KEY(sha256) REFERENCES blobs (sha256)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_trash_blobs_sha256 ON trash_blobs (sha256)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
