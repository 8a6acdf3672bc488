"""Word files of every feature: their parts, their validity, their accessibility."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.golden.accessibility import barriers
from tests.golden.cases import CASES
from tests.golden.compared import EXPECTED, compare, every_case, parts_of, word_file
from tests.golden.docx_lint import lint


def readable(part: bytes) -> str:
    tree = etree.fromstring(part)
    etree.indent(tree)
    return etree.tostring(tree, encoding="unicode") + "\n"


@every_case
def test_word_parts(name: str, update_golden: bool) -> None:
    parts = parts_of(word_file(name))
    for part in CASES[name].parts:
        file = part.rpartition("/")[2].removesuffix(".rels").removesuffix(".xml")
        file += ".rels.xml" if part.endswith(".rels") else ".xml"
        compare(EXPECTED / name / file, readable(parts[part]), update=update_golden)


@every_case
def test_word_file_is_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "note.docx"
    file.write_bytes(word_file(name))
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []


@every_case
def test_word_file_passes_own_lint(name: str) -> None:
    assert lint(parts_of(word_file(name))) == []


@every_case
def test_word_file_has_no_barriers(name: str) -> None:
    assert barriers(parts_of(word_file(name))) == []
