"""What is known of one format; each module of a format has a constant ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.services.ports import Taken


@dataclass(frozen=True)
class Format:
    """One format.

    ``sniff`` says whether bytes are plainly of this format (a signature, a first line); ``suffixes`` decide
    where no format recognises the bytes. ``read`` makes the capture of a file, ``unpack`` its parts, each to be
    read for itself; a message has both. ``limit_mb`` is the most that is read.
    """

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    sniff: Callable[[Taken], bool] | None = None
    read: Callable[[Taken], Capture] | None = None
    unpack: Callable[[Taken], Iterable[Taken | InputError]] | None = None
    limit_mb: int = 20
    in_folders: bool = True
    """Whether files of this format in a folder are taken in with it (pictures are only when named)."""
