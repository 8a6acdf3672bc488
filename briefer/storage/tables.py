"""The tables of a library. Revisions in ``db/versions`` make them; a test holds the two equal.

Rows that the index refers to have an integer ``number`` beside their ``id``: the full-text index knows rows
by integers, and VACUUM renumbers a rowid that is not an INTEGER PRIMARY KEY.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    TableClause,
    Text,
    UniqueConstraint,
    column,
    table,
    text,
)

from briefer.domain.briefs import Brief
from briefer.domain.documents import HeadingNumbering
from briefer.domain.findings import Waiver
from briefer.domain.forms import Form
from briefer.domain.pages import Pages
from briefer.domain.sources import Known, Reading
from briefer.domain.tags import Tag
from briefer.domain.trash import Content
from briefer.storage.types import Day, Packed, UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_STRINGS = tuple[str, ...]

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("authors", Packed(_STRINGS), nullable=False),
    Column("publisher", Text),
    Column("container", Text),
    Column("published", Day),
    Column("published_as_written", Text),
    Column("published_basis", Text, nullable=False),
    Column("event", Day),
    Column("event_as_written", Text),
    Column("event_basis", Text, nullable=False),
    Column("accessed", Text),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("reliability", Text, nullable=False),
    Column("marking", Text),
    Column("flags", Packed(_STRINGS), nullable=False),
    Column("extra", Packed(dict[str, object]), nullable=False),
    # The latest snapshot. No foreign key, because snapshots refer to their source; doctor looks after it.
    Column("snapshot_id", Text, nullable=False),
    Column("genre", Text, nullable=False, server_default=text("''")),
    Column("wire", Text),
    Column("rights", Text),
    Column("known", Packed(dict[str, Known]), nullable=False, server_default=text("'{}'")),
    Column("story", Text, index=True),
    Column("accepted", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
    Column("published_reference", Text),
    Column("event_reference", Text),
    # What copies are found by (storage.copies): NULL without an address, '' for too short a text.
    Column("url_key", Text, index=True),
    Column("text_digest", Text, nullable=False, server_default=text("''"), index=True),
    UniqueConstraint("id"),
    Index(None, "published", "created_at"),
    # The few that wait for a person, latest first.
    Index("ix_sources_unaccepted", "created_at", "number", sqlite_where=text("accepted = 0")),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_number", ForeignKey("sources.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("sha256", ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("captured_at", UtcTime, nullable=False),
    Column("reading", Packed(Reading), nullable=False),
    Column("text", Text, nullable=False),
    # Its place among the snapshots of its source, from 1: a snapshot's times are those of its file.
    Column("position", Integer, nullable=False, server_default=text("1")),
    Column("captured_by", Text, nullable=False, server_default=text("''")),
    Column("tool", Text, nullable=False, server_default=text("''")),
    Column("unreadable", Text, nullable=False, server_default=text("''")),
    Column("pages", Packed(Pages), nullable=False, server_default=text("""'{"labels":[],"runs":[]}'""")),
    # For lists, which show the digest of a source's snapshot and do not need its text.
    Index("ix_snapshots_digest", "id", "sha256"),
)

excerpts = Table(
    "excerpts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("source_number", ForeignKey("sources.number", ondelete="CASCADE"), nullable=False, index=True),
    # The source's date, '' for none: kept here too so that one index gives the newest first.
    Column("published", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("credibility", Text, nullable=False),
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("paragraph", Integer),
    Column("speaker", Text),
    Column("marking", Text),
    Column("quote", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("translation", Text, nullable=False),
    Column("anchored", Text, nullable=False, server_default=text("''")),
    Column("page", Text),
    Column(
        "translation_official", Boolean(create_constraint=False), nullable=False, server_default=text("0")
    ),
    Column("comment_marking", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("id"),
    Index("ix_excerpts_newest", "published", "created_at", "number", "id", "source_number"),
    # What some hits are ordered by and belong to: eight times as many on a page of the file as there are rows.
    Index("ix_excerpts_dates", "number", "published", "created_at", "source_number"),
)

tags = Table(
    "tags",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("role", Text, nullable=False),
    UniqueConstraint("kind", "key", "role"),
    Index(None, "kind", "folded"),
)

excerpt_tags = Table(
    "excerpt_tags",
    metadata,
    Column("excerpt_number", ForeignKey("excerpts.number", ondelete="CASCADE"), primary_key=True),
    Column("tag_number", ForeignKey("tags.number"), primary_key=True),
    Column("position", Integer, nullable=False),
    sqlite_with_rowid=False,
)

briefs = Table(
    "briefs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("meeting_date", Text),
    Column("audience", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("marking", Text, nullable=False),
    Column("subjects", Packed(tuple[Tag, ...]), nullable=False),
    Column("variant", Text, nullable=False, server_default=text("''")),
    Column("assembled_at", UtcTime),
    Column("origin", Text),
    Column("waivers", Packed(tuple[Waiver, ...]), nullable=False, server_default=text("'[]'")),
    Column("title_marking", Text, nullable=False, server_default=text("''")),
    Column("numbering", Packed(HeadingNumbering)),
)

sections = Table(
    "sections",
    metadata,
    Column("brief_id", ForeignKey("briefs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("scope", Packed(tuple[Tag, ...]), nullable=False),
    Column("marking", Text, nullable=False, server_default=text("''")),
)

blocks = Table(
    "blocks",
    metadata,
    Column("brief_id", Text, primary_key=True),
    Column("section", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("excerpt_id", Text),
    Column("markdown", Text, nullable=False),
    Column("shown", Text, nullable=False, server_default=text("''")),
    Column("lane", Text, nullable=False, server_default=text("''")),
    Column("marking", Text, nullable=False, server_default=text("''")),
    ForeignKeyConstraint(
        ["brief_id", "section"], ["sections.brief_id", "sections.position"], ondelete="CASCADE"
    ),
)

# Which excerpts a brief quotes or cites. A brief may cite what is not in the library, hence no foreign key.
brief_excerpts = Table(
    "brief_excerpts",
    metadata,
    Column("brief_id", ForeignKey("briefs.id", ondelete="CASCADE"), primary_key=True),
    Column("excerpt_id", Text, primary_key=True),
    Index(None, "excerpt_id"),
    sqlite_with_rowid=False,
)

versions = Table(
    "versions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("brief_id", ForeignKey("briefs.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("brief", Packed(Brief), nullable=False),
    UniqueConstraint("brief_id", "number"),
)

# Which excerpts a version quotes or cites, as `brief_excerpts` has it for what the brief is now.
version_excerpts = Table(
    "version_excerpts",
    metadata,
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("excerpt_id", Text, primary_key=True),
    Index(None, "excerpt_id"),
    sqlite_with_rowid=False,
)

# A library's own forms; one with the id of a form that comes with Briefer stands in its place.
forms = Table(
    "forms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Packed(Form), nullable=False),
)

terms = Table(
    "terms",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("label_ja", Text, nullable=False),
    Column("words_en", Packed(_STRINGS), nullable=False),
    Column("words_ja", Packed(_STRINGS), nullable=False),
    Column("blocked", Packed(_STRINGS), nullable=False),
    Column("definition", Text, nullable=False),
    Column("group", Text, nullable=False),
)

# Sets of excerpts by what they bear (domain.keys), as Roaring bitmaps: of each key and each 65,536 numbers one
# container in the portable format (github.com/RoaringBitmap/RoaringFormatSpec), and how many are in it.
postings = Table(
    "postings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("chunk", Integer, primary_key=True, index=True),
    Column("count", Integer, nullable=False),
    Column("bits", LargeBinary, nullable=False),
)

# Excerpts that changed since they were last put into ``postings``, with all their keys; NULL for deleted ones.
loose = Table(
    "loose",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("stamp", Integer, nullable=False, index=True),
    Column("keys", Text),
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

recent_searches = Table(
    "recent_searches",
    metadata,
    Column("query", Text, primary_key=True),
    Column("used_at", UtcTime, nullable=False),
)

# What was done, as a chain of hashes (domain.record); rows are added and never changed.
record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# What was deleted, until somebody empties the trash (storage.trash); ``id`` is that of the place, ``thing`` its own.
trash = Table(
    "trash",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("thing", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("holds", Packed(dict[str, int]), nullable=False),
    Column("source_id", Text, index=True),
    Column("content", Packed(Content), nullable=False),
    UniqueConstraint("id"),
)

trash_blobs = Table(
    "trash_blobs",
    metadata,
    Column("trash_number", ForeignKey("trash.number", ondelete="CASCADE"), primary_key=True),
    Column("sha256", ForeignKey("blobs.sha256"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)


def _full_text(name: str, *columns: str) -> TableClause:
    """Return an FTS5 table, which MetaData cannot describe; its own name takes commands."""
    return table(name, column("rowid", Integer), column("rank"), column(name), *map(column, columns))


excerpt_index = _full_text("excerpt_index", "body", "comment", "speaker", "title", "publisher")
source_index = _full_text("source_index", "title", "publisher", "authors", "body")
# Marks of the text of a source's latest snapshot (domain.similarity.bands), of which copies share some. As words,
# because in a table's index each of a million new marks would change another page.
band_index = _full_text("band_index", "bands")


def is_index_table(name: str | None) -> bool:
    """Whether a table belongs to a full-text index (its virtual table or one of its shadow tables)."""
    return name is not None and name.startswith((excerpt_index.name, source_index.name, band_index.name))
