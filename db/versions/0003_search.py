"""The search index without the text beside it, sets of excerpts by what they bear, searches that are kept.

What the new tables of the index hold is worked out from the excerpts: the program makes it when it opens the
library, because the index and what copies are found by lose their version stamps here.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "DROP TABLE excerpt_index",
    "DROP TABLE source_index",
    "DROP TABLE excerpt_texts",
    "DROP TABLE source_texts",
    """
    CREATE VIRTUAL TABLE excerpt_index USING fts5(
        body, comment, speaker, title, publisher, content='', tokenize='ascii'
    )
    """,
    """
    CREATE VIRTUAL TABLE source_index USING fts5(
        title, publisher, authors, body, content='', tokenize='ascii'
    )
    """,
    """
    CREATE VIRTUAL TABLE band_index USING fts5(
        bands, content='', detail=none, columnsize=0, tokenize='ascii'
    )
    """,
    "DROP TABLE source_bands",
    "DROP TABLE excerpt_pairs",
    "DROP INDEX ix_excerpt_tags_tag_number_excerpt_number_counts",
    "ALTER TABLE excerpt_tags DROP COLUMN counts",
    "DELETE FROM meta WHERE \"key\" IN ('index_version', 'copies_version')",
    """
    CREATE TABLE postings (
        "key" TEXT NOT NULL,
        chunk INTEGER NOT NULL,
        count INTEGER NOT NULL,
        bits BLOB NOT NULL,
        CONSTRAINT pk_postings PRIMARY KEY ("key", chunk)
    )
    """,
    "CREATE INDEX ix_postings_chunk ON postings (chunk)",
    """
    CREATE TABLE loose (
        number INTEGER NOT NULL,
        stamp INTEGER NOT NULL,
        "keys" TEXT,
        CONSTRAINT pk_loose PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX ix_loose_stamp ON loose (stamp)",
    """
    CREATE TABLE saved_searches (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        created_at TEXT NOT NULL,
        CONSTRAINT pk_saved_searches PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE recent_searches (
        query TEXT NOT NULL,
        used_at TEXT NOT NULL,
        CONSTRAINT pk_recent_searches PRIMARY KEY (query)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
