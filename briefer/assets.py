"""The one door to the files that come with Briefer: ``resources/`` and ``db/``.

In the wheel and the bundle they lie inside the package (``_resources``, ``_db``); in a checkout at its top.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(packaged: str, checkout: str) -> Path:
    inside = _PACKAGE / packaged
    return inside if inside.is_dir() else _PACKAGE.parent / checkout


def resources() -> Path:
    """Return the folder of forms, markings, vocabulary, templates, icons and sample documents."""
    return _folder("_resources", "resources")


def migrations() -> Path:
    """Return Alembic's script folder (``env.py`` and ``versions/``)."""
    return _folder("_db", "db")
