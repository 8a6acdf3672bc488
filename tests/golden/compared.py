"""What is made of each feature, compared with what was looked at and found good.

``pytest tests/golden --update-golden`` writes the expected files anew; read their differences before you commit.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.export.docx import to_docx
from tests.golden.cases import CASES

EXPECTED = Path(__file__).parent / "expected"

every_case = pytest.mark.parametrize("name", list(CASES))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def word_file(name: str) -> bytes:
    """Return the Word file of a case."""
    case = CASES[name]
    return to_docx(case.document, ExportOptions(notes=NotesAt(case.notes)))


def compare(path: Path, found: str, *, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of compared.py"
