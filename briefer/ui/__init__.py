"""The window: everything that imports Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.services.desk import Opener


def run_window(
    opener: Opener, library: Path | None, brief: str | None = None, files: Sequence[Path] = ()
) -> int:
    """Open the window on ``library`` (the last one where None), at a brief, and import ``files``.

    Returns the exit status.
    """
    from briefer.ui.start import run

    return run(opener, library, brief, files)
