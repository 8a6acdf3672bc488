"""How the headings of a brief are numbered, where that is not as its form has it."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("ALTER TABLE briefs ADD COLUMN numbering TEXT")
