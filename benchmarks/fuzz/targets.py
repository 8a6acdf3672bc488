"""What is given the inputs: each target takes bytes, and may raise nothing but a KnownError."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.fuzz.libraries import PASSPHRASE, sample
from briefer.app import LibraryOpener
from briefer.citing import CslCiter
from briefer.cli.files import read_text
from briefer.domain.exporting import ExportOptions
from briefer.errors import KnownError
from briefer.export import HouseTemplates, Returns
from briefer.intake import Intake
from briefer.intake.isolation.isolated import IsolatedIntake
from briefer.intake.isolation.limits import Limits
from briefer.markup import MarkdownMarkup
from briefer.services.desk import Desk
from briefer.services.forms import Forms
from briefer.services.ports import Taken
from briefer.services.query_language import read_query
from briefer.services.templates import Templates
from briefer.services.verify import Verify
from briefer.services.vocabulary_table import from_csv

Target = Callable[[bytes], object]

WITH_LIBRARY = ("returned", "template", "query")
_MODIFIED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
_FRESH_EVERY = 300
_SOME = 20
READERS = (
    "pdf",
    "docx",
    "odt",
    "fodt",
    "rtf",
    "zip",
    "rdf",
    "json",
    "ris",
    "bib",
    "mhtml",
    "eml",
    "html",
    "md",
    "txt",
    "png",
    "csv",
)
_AS_DRAWN = 600
_TIGHT = Limits(wall_s=60.0, cpu_s=1, memory_mb=600)
_IN_PROGRAM = Limits()


def target(
    name: str, folder: Path, samples: Path | None = None, *, isolated: bool = False, tight: bool = False
) -> Target:
    """Return one target; it may keep files in ``folder``. The sample library is taken from ``samples``, or made there."""
    if name in READERS:
        return _Reader(name, _TIGHT if tight else _IN_PROGRAM if isolated else None)
    if name in WITH_LIBRARY:
        shutil.copy(sample(samples or folder), folder / "desk.briefer")
    made: dict[str, Callable[[Path], Target]] = {
        "page": lambda _folder: _page,
        "rescue": _rescue,
        "encrypted": lambda folder: _file(folder, _use_encrypted, ".briefer"),
        "jsonl": lambda folder: _Importer(folder, "x.jsonl"),
        "import": lambda folder: _Importer(folder, "x"),
        "form": lambda folder: _file(folder, lambda path: Forms.read(read_text(path), path.name)),
        "style": _style,
        "template": _Template,
        "returned": lambda folder: _file(folder, Verify(Returns(), _desk(folder).library).check),
        "paste": lambda _folder: _pasted,
        "prose": lambda _folder: _prose,
        "query": _query,
        "vocabulary": lambda folder: _file(folder, lambda path: from_csv(read_text(path))),
        "library": _library,
    }
    return made[name](folder)


class _Reader:
    """Reads a file with all its parts, in this process or in a worker under limits."""

    def __init__(self, suffix: str, limits: Limits | None) -> None:
        self._suffix = suffix
        self._intake: Any = IsolatedIntake(1, limits) if limits else Intake()

    def __call__(self, data: bytes) -> object:
        refused = None
        for outcome in self._intake.read([Taken(f"x.{self._suffix}", data, _MODIFIED)]):
            if outcome.error is not None and outcome.error.code == "input-crashed":
                raise RuntimeError(f"{outcome.error.code}: {outcome.error}")
            refused = outcome.error or refused
        if refused:
            raise refused
        return None


def _page(data: bytes) -> object:
    return Intake().page(Taken("x.pdf", data, _MODIFIED), 1, _AS_DRAWN)


class _Importer:
    """Takes a file into a library, which is a new one after some hundred."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name, self._count = folder, name, 0
        self._desk: Desk | None = None

    def __call__(self, data: bytes) -> object:
        if self._desk is None or self._count % _FRESH_EVERY == 0:
            if self._desk is not None:
                self._desk.close()
            path = self._folder / f"import-{self._name}.briefer"
            path.unlink(missing_ok=True)
            self._desk = LibraryOpener(Intake).create(path)
        self._count += 1
        suffix = ("", ".txt", ".html", ".eml", ".ris", ".md", ".rtf")[self._count % 7]
        name = self._name if "." in self._name else self._name + suffix
        report = self._desk.importing.import_taken([Taken(name, data, _MODIFIED)])
        for result in report.results:
            if result.source is not None:
                self._desk.collect.source(result.source.id)
        return report


def _desk(folder: Path) -> Desk:
    return LibraryOpener(Intake).open(folder / "desk.briefer")


def _file(folder: Path, work: Callable[[Path], object], suffix: str = ".docx") -> Target:
    path = folder / f"input{suffix}"

    def run(data: bytes) -> object:
        path.write_bytes(data)
        return work(path)

    return run


def _style(folder: Path) -> Target:
    citer = CslCiter(folder / "styles")
    path = folder / "own.csl"

    def run(data: bytes) -> object:
        path.write_bytes(data)
        return citer.tried(path)

    return run


class _Template:
    """Looks at a house template, and writes a brief into some of them."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._desk = _desk(folder)
        (self._brief, *_) = self._desk.compose.briefs()

    def __call__(self, data: bytes) -> object:
        path = self._folder / "house.docx"
        path.write_bytes(data)
        Templates(HouseTemplates()).look(path)
        self._count += 1
        if self._count % _SOME == 0:
            out = self._folder / "out.docx"
            self._desk.publish.export(self._brief.id, out, ExportOptions(template=path))
        return None


def _pasted(data: bytes) -> object:
    markup = MarkdownMarkup()
    return markup.write(markup.pasted(data.decode("utf-8", "replace")))


def _prose(data: bytes) -> object:
    markup, text = MarkdownMarkup(), data.decode("utf-8", "replace")
    markup.write(markup.read(text))
    return markup.blocks(text)


def _rescue(folder: Path) -> Target:
    out = folder / "rescued.briefer"

    def work(path: Path) -> object:
        out.unlink(missing_ok=True)
        return LibraryOpener(Intake).rescue(path, out)

    return _file(folder, work, ".briefer")


def _use_encrypted(path: Path) -> None:
    LibraryOpener(Intake).open(path, passphrase=PASSPHRASE).close()


def _query(folder: Path) -> Target:
    desk = _desk(folder)

    def run(data: bytes) -> object:
        text = data.decode("utf-8", "replace")[:5_000]
        read_query(text)
        return desk.find.excerpts(text)

    return run


def _library(folder: Path) -> Target:
    citer = CslCiter(folder / "styles")

    def use(path: Path) -> None:
        # To start a processor of citations takes longer than all the rest.
        with mock.patch("briefer.citing.CslCiter", return_value=citer):
            desk = LibraryOpener(Intake).open(path)
        try:
            use_in_every_way(desk)
        finally:
            desk.intake.close()
            desk.library.close()
            shutil.rmtree(path.with_name(f"{path.name}-backups"), ignore_errors=True)

    return _file(folder, use, ".briefer")


def use_in_every_way(desk: Desk) -> None:
    """Use an open library in every way; only known errors are let pass."""
    steps: tuple[Callable[[], object], ...] = (
        desk.find.counts,
        desk.collect.sources,
        lambda: desk.find.excerpts("ports"),
        lambda: desk.find.facets(""),
        lambda: [desk.publish.document(brief.id) for brief in desk.compose.briefs()],
        desk.terms.vocabulary,
        desk.review.doctor,
        desk.backups.make,
    )
    for step in steps:
        with contextlib.suppress(KnownError):
            step()
