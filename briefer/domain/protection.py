"""Files of a library that its passphrase does not guard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LooseCopy:
    """A backup or former state of a library, in bytes; ``encrypted`` with another passphrase, or not at all.

    One that is ``by_hand`` somebody has made, and may work with: it goes only where that very file is chosen.
    """

    path: Path
    size: int
    encrypted: bool
    by_hand: bool = False
