"""The first schema.

Written as the SQL that it is: a revision must do the same for ever, whatever the libraries make of their
calls later, and MetaData knows nothing of FTS5.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

SOURCES = (
    """
    CREATE TABLE meta (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_meta PRIMARY KEY ("key")
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE blobs (
        sha256 TEXT NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_blobs PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE sources (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        created_at TEXT NOT NULL,
        kind TEXT NOT NULL,
        authors TEXT NOT NULL,
        publisher TEXT,
        container TEXT,
        published TEXT,
        published_as_written TEXT,
        published_basis TEXT NOT NULL,
        event TEXT,
        event_as_written TEXT,
        event_basis TEXT NOT NULL,
        accessed TEXT,
        url TEXT,
        language TEXT NOT NULL,
        reliability TEXT NOT NULL,
        marking TEXT,
        flags TEXT NOT NULL,
        extra TEXT NOT NULL,
        snapshot_id TEXT NOT NULL,
        CONSTRAINT pk_sources PRIMARY KEY (number),
        CONSTRAINT uq_sources_id UNIQUE (id)
    )
    """,
    "CREATE INDEX ix_sources_published_created_at ON sources (published, created_at)",
    """
    CREATE TABLE snapshots (
        id TEXT NOT NULL,
        source_number INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        encoding TEXT NOT NULL,
        captured_at TEXT NOT NULL,
        reading TEXT NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_snapshots PRIMARY KEY (id),
        CONSTRAINT fk_snapshots_source_number_sources
            FOREIGN KEY (source_number) REFERENCES sources (number) ON DELETE CASCADE,
        CONSTRAINT fk_snapshots_sha256_blobs FOREIGN KEY (sha256) REFERENCES blobs (sha256)
    )
    """,
    "CREATE INDEX ix_snapshots_source_number ON snapshots (source_number)",
    "CREATE INDEX ix_snapshots_sha256 ON snapshots (sha256)",
)

EXCERPTS = (
    """
    CREATE TABLE excerpts (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        source_number INTEGER NOT NULL,
        published TEXT NOT NULL,
        created_at TEXT NOT NULL,
        kind TEXT NOT NULL,
        credibility TEXT NOT NULL,
        snapshot_id TEXT NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        paragraph INTEGER,
        speaker TEXT,
        marking TEXT,
        quote TEXT NOT NULL,
        comment TEXT NOT NULL,
        translation TEXT NOT NULL,
        CONSTRAINT pk_excerpts PRIMARY KEY (number),
        CONSTRAINT uq_excerpts_id UNIQUE (id),
        CONSTRAINT fk_excerpts_source_number_sources
            FOREIGN KEY (source_number) REFERENCES sources (number) ON DELETE CASCADE,
        CONSTRAINT fk_excerpts_snapshot_id_snapshots
            FOREIGN KEY (snapshot_id) REFERENCES snapshots (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_excerpts_newest ON excerpts (published, created_at, number, id, source_number)",
    "CREATE INDEX ix_excerpts_source_number ON excerpts (source_number)",
    "CREATE INDEX ix_excerpts_snapshot_id ON excerpts (snapshot_id)",
    """
    CREATE TABLE tags (
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        folded TEXT NOT NULL,
        role TEXT NOT NULL,
        CONSTRAINT pk_tags PRIMARY KEY (number),
        CONSTRAINT uq_tags_kind_key_role UNIQUE (kind, "key", role)
    )
    """,
    "CREATE INDEX ix_tags_kind_folded ON tags (kind, folded)",
    """
    CREATE TABLE excerpt_tags (
        excerpt_number INTEGER NOT NULL,
        tag_number INTEGER NOT NULL,
        position INTEGER NOT NULL,
        counts BOOLEAN NOT NULL,
        CONSTRAINT pk_excerpt_tags PRIMARY KEY (excerpt_number, tag_number),
        CONSTRAINT fk_excerpt_tags_excerpt_number_excerpts
            FOREIGN KEY (excerpt_number) REFERENCES excerpts (number) ON DELETE CASCADE,
        CONSTRAINT fk_excerpt_tags_tag_number_tags FOREIGN KEY (tag_number) REFERENCES tags (number)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_excerpt_tags_tag_number_excerpt_number_counts
        ON excerpt_tags (tag_number, excerpt_number, counts)
    """,
    """
    CREATE TABLE excerpt_pairs (
        place_number INTEGER NOT NULL,
        risk_number INTEGER NOT NULL,
        published TEXT NOT NULL,
        excerpt_number INTEGER NOT NULL,
        CONSTRAINT pk_excerpt_pairs PRIMARY KEY (place_number, risk_number, published, excerpt_number),
        CONSTRAINT fk_excerpt_pairs_place_number_tags FOREIGN KEY (place_number) REFERENCES tags (number),
        CONSTRAINT fk_excerpt_pairs_risk_number_tags FOREIGN KEY (risk_number) REFERENCES tags (number),
        CONSTRAINT fk_excerpt_pairs_excerpt_number_excerpts
            FOREIGN KEY (excerpt_number) REFERENCES excerpts (number) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_excerpt_pairs_excerpt_number ON excerpt_pairs (excerpt_number)",
)

BRIEFS = (
    """
    CREATE TABLE briefs (
        id TEXT NOT NULL,
        form TEXT NOT NULL,
        title TEXT NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        meeting_date TEXT,
        audience TEXT NOT NULL,
        author TEXT NOT NULL,
        language TEXT NOT NULL,
        marking TEXT NOT NULL,
        subjects TEXT NOT NULL,
        CONSTRAINT pk_briefs PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE sections (
        brief_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        heading TEXT NOT NULL,
        type TEXT NOT NULL,
        level INTEGER NOT NULL,
        scope TEXT NOT NULL,
        CONSTRAINT pk_sections PRIMARY KEY (brief_id, position),
        CONSTRAINT fk_sections_brief_id_briefs
            FOREIGN KEY (brief_id) REFERENCES briefs (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE blocks (
        brief_id TEXT NOT NULL,
        section INTEGER NOT NULL,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        excerpt_id TEXT,
        markdown TEXT NOT NULL,
        CONSTRAINT pk_blocks PRIMARY KEY (brief_id, section, position),
        CONSTRAINT fk_blocks_brief_id_section_sections
            FOREIGN KEY (brief_id, section) REFERENCES sections (brief_id, position) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE brief_excerpts (
        brief_id TEXT NOT NULL,
        excerpt_id TEXT NOT NULL,
        CONSTRAINT pk_brief_excerpts PRIMARY KEY (brief_id, excerpt_id),
        CONSTRAINT fk_brief_excerpts_brief_id_briefs
            FOREIGN KEY (brief_id) REFERENCES briefs (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_brief_excerpts_excerpt_id ON brief_excerpts (excerpt_id)",
    """
    CREATE TABLE versions (
        id TEXT NOT NULL,
        brief_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        brief TEXT NOT NULL,
        CONSTRAINT pk_versions PRIMARY KEY (id),
        CONSTRAINT uq_versions_brief_id_number UNIQUE (brief_id, number),
        CONSTRAINT fk_versions_brief_id_briefs
            FOREIGN KEY (brief_id) REFERENCES briefs (id) ON DELETE CASCADE
    )
    """,
)

VOCABULARY = (
    """
    CREATE TABLE terms (
        kind TEXT NOT NULL,
        folded TEXT NOT NULL,
        position INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        label_en TEXT NOT NULL,
        label_ja TEXT NOT NULL,
        words_en TEXT NOT NULL,
        words_ja TEXT NOT NULL,
        blocked TEXT NOT NULL,
        definition TEXT NOT NULL,
        "group" TEXT NOT NULL,
        CONSTRAINT pk_terms PRIMARY KEY (kind, folded)
    )
    """,
)

TEXTS = {
    "excerpt": ("body", "comment", "speaker", "title", "publisher"),
    "source": ("title", "publisher", "authors", "body"),
}


def upgrade() -> None:
    for statement in (*SOURCES, *EXCERPTS, *BRIEFS, *VOCABULARY):
        op.execute(statement)
    for name, columns in TEXTS.items():
        for statement in _full_text(name, columns):
            op.execute(statement)


def _full_text(name: str, columns: tuple[str, ...]) -> tuple[str, str]:
    """Return the table of prepared text and the FTS5 index over it, which the program keeps in step.

    No cascade: a row whose text is still in the index must not go away.
    """
    texts = f"{name}_texts"
    return (
        f"""
        CREATE TABLE {texts} (
            number INTEGER NOT NULL,
            {", ".join(f"{column} TEXT NOT NULL" for column in columns)},
            CONSTRAINT pk_{texts} PRIMARY KEY (number),
            CONSTRAINT fk_{texts}_number_{name}s
                FOREIGN KEY (number) REFERENCES {name}s (number)
        )
        """,
        f"""
        CREATE VIRTUAL TABLE {name}_index USING fts5(
            {", ".join(columns)}, content='{texts}', content_rowid='number',
            tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
        )
        """,
    )
