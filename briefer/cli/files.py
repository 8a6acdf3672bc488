"""Files that commands are given."""

from __future__ import annotations

from pathlib import Path

from briefer import in_use
from briefer.errors import InputError


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without byte order mark. Raises InputError for one that is none."""
    try:
        return in_use.read_text(path)
    except FileNotFoundError:
        raise InputError("input-missing", name=path) from None
    except UnicodeDecodeError:
        raise InputError("input-encoding", name=path.name) from None
    except OSError as error:
        raise InputError("input-unreadable", name=path.name, detail=error.strerror) from error
