"""A new library with the starter vocabulary, made once; tests work on copies of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.intake import Intake


@pytest.fixture(scope="session")
def starter_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("starter") / "starter.briefer"
    LibraryOpener(Intake).create(path).close()
    return path
