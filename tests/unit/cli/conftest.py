"""Commands run as a user would, over a new library beside two articles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefer.app import LibraryOpener
from briefer.cli import run_command
from briefer.intake import Intake
from tests.unit.services.conftest import CABLE_ARTICLE, PORT_ARTICLE

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> tuple[int, str, str]:
        status = run_command([str(a) for a in arguments], LibraryOpener(Intake), no_window)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def no_window(library: Path | None, brief: str | None) -> int:
    raise AssertionError


@pytest.fixture
def library(starter_library: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(starter_library, tmp_path / "x.briefer"))
    (tmp_path / "port.txt").write_text(PORT_ARTICLE, encoding="utf-8")
    (tmp_path / "cable.txt").write_text(CABLE_ARTICLE, encoding="utf-8")
    return path


def imported(run: Run, library: Path) -> list[dict[str, Any]]:
    _status, out, _ = run(
        "import", library, library.parent / "port.txt", library.parent / "cable.txt", "--json"
    )
    rows: list[dict[str, Any]] = json.loads(out)
    return rows
