"""The window: everything that imports Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.services.desk import Opener


def run_window(opener: Opener, library: Path | None, brief: str | None = None) -> int:
    """Open the window on ``library`` (the last one where None), at a brief; return the exit status."""
    from briefer.ui.start import run

    return run(opener, library, brief)
