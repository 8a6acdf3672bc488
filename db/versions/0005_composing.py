"""Forms of a library's own; variants of forms; lanes and markings of blocks; when a brief was last assembled."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "ALTER TABLE blocks ADD COLUMN lane TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE blocks ADD COLUMN marking TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE briefs ADD COLUMN variant TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE briefs ADD COLUMN assembled_at TEXT",
    "ALTER TABLE briefs ADD COLUMN origin TEXT",
    """
    CREATE TABLE forms (
        id TEXT NOT NULL,
        form TEXT NOT NULL,
        CONSTRAINT pk_forms PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
