"""The library file: one SQLite database behind the ports of ``services.ports``."""

from __future__ import annotations

from briefer.storage.library import SqliteLibrary, create_library, open_library

__all__ = ["SqliteLibrary", "create_library", "open_library"]
