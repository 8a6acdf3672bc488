"""Markings of comments on excerpts, of sections with their headings, and of what stands at the head of a brief."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "ALTER TABLE excerpts ADD COLUMN comment_marking TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sections ADD COLUMN marking TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE briefs ADD COLUMN title_marking TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
