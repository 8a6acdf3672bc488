"""Quotations that were shortened visibly, and whether a translation is an official one."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE blocks ADD COLUMN shown TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE excerpts ADD COLUMN translation_official BOOLEAN DEFAULT 0 NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
