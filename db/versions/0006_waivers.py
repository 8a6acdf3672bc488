"""Findings of a brief's checks that somebody has let pass."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE briefs ADD COLUMN waivers TEXT DEFAULT '[]' NOT NULL")
