"""What the writers make of each feature, compared part by part with what was looked at and found good.

``pytest tests/golden --update-golden`` writes the expected files anew; read their differences before you commit.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.export.docx import to_docx
from briefer.export.html import to_html
from briefer.export.markdown import to_markdown
from tests.golden.cases import CASES
from tests.golden.docx_lint import lint

EXPECTED = Path(__file__).parent / "expected"

every_case = pytest.mark.parametrize("name", list(CASES))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def readable(part: bytes) -> str:
    tree = etree.fromstring(part)
    etree.indent(tree)
    return etree.tostring(tree, encoding="unicode") + "\n"


def compare(path: Path, found: str, *, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"


@every_case
def test_word_parts(name: str, update_golden: bool) -> None:
    case = CASES[name]
    parts = parts_of(to_docx(case.document, ExportOptions(notes=NotesAt(case.notes))))
    for part in case.parts:
        file = part.rpartition("/")[2].removesuffix(".rels").removesuffix(".xml")
        file += ".rels.xml" if part.endswith(".rels") else ".xml"
        compare(EXPECTED / name / file, readable(parts[part]), update=update_golden)


@every_case
def test_html(name: str, update_golden: bool) -> None:
    page = to_html(CASES[name].document)
    compare(EXPECTED / name / "page.html", page[page.index("<body>") :], update=update_golden)


@every_case
def test_markdown(name: str, update_golden: bool) -> None:
    compare(EXPECTED / name / "text.md", to_markdown(CASES[name].document), update=update_golden)


@every_case
def test_word_file_is_valid(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    file = tmp_path / "note.docx"
    file.write_bytes(to_docx(case.document, ExportOptions(notes=NotesAt(case.notes))))
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []


@every_case
def test_word_file_passes_own_lint(name: str) -> None:
    case = CASES[name]
    assert lint(parts_of(to_docx(case.document, ExportOptions(notes=NotesAt(case.notes))))) == []


@every_case
def test_html_is_well_formed(name: str) -> None:
    parser = etree.HTMLParser(recover=False)
    # libxml2 knows HTML 4 only; what it says of anything else would be noise.
    etree.fromstring(to_html(CASES[name].document).encode(), parser)
    assert not [error for error in parser.error_log if "invalid" not in error.message]
