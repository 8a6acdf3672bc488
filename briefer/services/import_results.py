"""What became of the files of an import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.sources import Source
from briefer.errors import KnownError, LibraryError
from briefer.services.changes import Change
from briefer.services.exchange import BulkReport
from briefer.services.ports import Taken


class ImportStatus(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportResult:
    """The fate of one file, or of one part of it.

    ``source`` is the new source, the one that got a new snapshot (``snapshot_id``), or the one that has the
    same bytes or text already; ``reason`` says so in a sentence, also why something was refused. ``locked`` is
    what can be tried again with its password. ``bulk`` counts what a file of the bulk form brought.
    """

    file: str
    status: ImportStatus
    source: Source | None = None
    reason: str = ""
    error: KnownError | None = None
    snapshot_id: str | None = None
    locked: Taken | None = None
    bulk: BulkReport | None = None


@dataclass(frozen=True)
class ImportReport:
    """The fate of each file, in order, and the change that all the new sources make together.

    ``stopped`` is why the rest was not tried (the disk is full), None where everything was. ``left_out`` are
    the files of folders that were not taken in with them.
    """

    results: tuple[ImportResult, ...]
    change: Change
    stopped: LibraryError | None = None
    left_out: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[ImportResult, ...]:
        """The files that could not be used."""
        return tuple(r for r in self.results if r.status is ImportStatus.REFUSED)


def bulk(name: str, report: BulkReport) -> ImportResult:
    """Return what became of a file of the bulk form."""
    status = ImportStatus.DUPLICATE if report.duplicates and not report.sources else ImportStatus.IMPORTED
    if report.refused and not report.sources and not report.duplicates:
        status = ImportStatus.REFUSED
    error = report.refused[0] if report.refused else None
    return ImportResult(name, status, None, str(error or ""), error, bulk=report)


def same_bytes(name: str, same: Source) -> ImportResult:
    """Return that a file brought nothing new."""
    reason = f"the same file is already in the library as “{same.title}”"
    return ImportResult(name, ImportStatus.DUPLICATE, same, reason)


def refused(file: str, error: KnownError) -> ImportResult:
    """Return that a file could not be used."""
    return ImportResult(file, ImportStatus.REFUSED, None, str(error), error)
