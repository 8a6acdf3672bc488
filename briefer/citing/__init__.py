"""Citations: what a note and an entry of the source list say of a source."""

from __future__ import annotations

from briefer.citing.notes import NotesCiter

__all__ = ["NotesCiter"]
