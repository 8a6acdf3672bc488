"""Indexes that hold what a page of hits is ordered by, and a snapshot's digest, so that the wide rows are not read for them."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    "CREATE INDEX IF NOT EXISTS ix_excerpts_dates ON excerpts (number, published, created_at, source_number)",
    "CREATE INDEX IF NOT EXISTS ix_snapshots_digest ON snapshots (id, sha256)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
