"""An empty library in a temporary folder, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefer.domain.excerpts import Excerpt
from briefer.domain.sources import Snapshot, Source
from briefer.domain.tags import Vocabulary
from briefer.storage import SqliteLibrary, create_library, open_library
from tests.unit.factories import TEXT, make_excerpt, make_snapshot, make_source, original, untold


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "blank.briefer"
    create_library(path, Vocabulary()).close()
    return path


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path / "note.briefer"))


@pytest.fixture
def library(path: Path) -> Iterator[SqliteLibrary]:
    opened = open_library(path)
    yield opened
    opened.close()


class Shelf:
    """Puts things into a library in as few words as a test needs."""

    def __init__(self, library: SqliteLibrary) -> None:
        self.library = library
        untold(library)

    def source(self, text: str = TEXT, **changes: Any) -> tuple[Source, Snapshot]:
        source = make_source(**changes)
        snapshot = make_snapshot(source, text)
        with self.library.write() as work:
            work.sources.add(source, snapshot, original(text))
        return source, snapshot

    def snapshot(self, source_id: str, text: str = TEXT, **changes: Any) -> Snapshot:
        """Store a further snapshot of a source."""
        snapshot = make_snapshot(make_source(id=source_id), text, **changes)
        with self.library.write() as work:
            work.sources.add_snapshot(snapshot, original(text))
        return snapshot

    def excerpt(
        self, text: str = TEXT, *, tags: str = "", source: Source | None = None, **changes: Any
    ) -> Excerpt:
        """Store a source whose article is ``text`` and an excerpt of its first paragraph."""
        source = source or make_source()
        snapshot = make_snapshot(source, text)
        excerpt = make_excerpt(snapshot, tags=tags, **changes)
        with self.library.write() as work:
            work.sources.add(source, snapshot, original(text))
            work.excerpts.add([excerpt])
        return excerpt


@pytest.fixture
def shelf(library: SqliteLibrary) -> Shelf:
    return Shelf(library)
