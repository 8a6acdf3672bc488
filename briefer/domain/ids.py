"""Identifiers: UUIDv7 as text (RFC 9562), so that libraries merge without renumbering and ids sort by time."""

from __future__ import annotations

from uuid_utils import uuid7


def new_id() -> str:
    """Return a new UUIDv7 in its 36-character form."""
    return str(uuid7())
