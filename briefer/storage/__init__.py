"""The library file: one SQLite database behind the ports of ``services.ports``."""

from __future__ import annotations

from briefer.storage.backups import BackupFolder
from briefer.storage.library import SqliteLibrary
from briefer.storage.opening import create_library, open_library

__all__ = ["BackupFolder", "SqliteLibrary", "create_library", "open_library"]
