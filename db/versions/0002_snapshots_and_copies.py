"""Several snapshots of a source, how facts became known, copies of one text.

What can be worked out from the text (sources.url_key, sources.text_digest, source_bands) is left empty here:
the program makes it when it opens the library, as it does the search index, since a revision must do the same
for ever and the program may one day compute these otherwise.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE sources ADD COLUMN genre TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sources ADD COLUMN wire TEXT",
    "ALTER TABLE sources ADD COLUMN rights TEXT",
    "ALTER TABLE sources ADD COLUMN known TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE sources ADD COLUMN story TEXT",
    "ALTER TABLE sources ADD COLUMN accepted BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE sources ADD COLUMN published_reference TEXT",
    "ALTER TABLE sources ADD COLUMN event_reference TEXT",
    "ALTER TABLE sources ADD COLUMN url_key TEXT",
    "ALTER TABLE sources ADD COLUMN text_digest TEXT NOT NULL DEFAULT ''",
    # Who has had them in the library has looked at them.
    "UPDATE sources SET accepted = 1",
    "CREATE INDEX ix_sources_story ON sources (story)",
    "CREATE INDEX ix_sources_unaccepted ON sources (created_at, number) WHERE accepted = 0",
    "CREATE INDEX ix_sources_url_key ON sources (url_key)",
    "CREATE INDEX ix_sources_text_digest ON sources (text_digest)",
    "ALTER TABLE snapshots ADD COLUMN position INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE snapshots ADD COLUMN captured_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshots ADD COLUMN tool TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshots ADD COLUMN unreadable TEXT NOT NULL DEFAULT ''",
    """ALTER TABLE snapshots ADD COLUMN pages TEXT NOT NULL DEFAULT '{"labels":[],"runs":[]}'""",
    """
    CREATE TABLE source_bands (
        source_number INTEGER NOT NULL,
        band INTEGER NOT NULL,
        CONSTRAINT pk_source_bands PRIMARY KEY (source_number, band),
        CONSTRAINT fk_source_bands_source_number_sources
            FOREIGN KEY (source_number) REFERENCES sources (number) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_source_bands_band ON source_bands (band)",
    "ALTER TABLE excerpts ADD COLUMN anchored TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE excerpts ADD COLUMN page TEXT",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
