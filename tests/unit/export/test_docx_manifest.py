from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefer.domain.documents import Document, Paragraph, Run
from briefer.domain.exporting import ExportOptions, Live
from briefer.domain.hashing import text_sha256
from briefer.domain.manifests import CitationRecord, ExcerptRecord, Manifest, QuotationRecord
from briefer.export import Returns
from briefer.export.docx import to_docx
from briefer.export.docx.manifest import manifest_among
from tests.golden.docx_lint import lint
from tests.unit.export.house_templates import TEMPLATES, written
from tests.unit.export.test_live_citations import NOTED

MANIFEST = Manifest(
    brief_id="0198f1c2-0000-7000-8000-000000000001",
    version=3,
    form="meeting-brief",
    style="chicago-notes",
    language="en-GB",
    title="Talks & <tags> \ud800 \x00 経済",
    marking="OFFICIAL",
    marked=("header", "text"),
    options={"notes": "end", "annexes": ("coverage",)},
    works={"s1": {"id": "s1", "type": "report", "title": "経済", "issued": {"date-parts": [[2025, 12]]}}},
    flags={"s1": ("withdrawn",)},
    quotations=(
        QuotationRecord("b1", "e1", "s1", "ab" * 32, 3, 9, "quoted", text_sha256("quoted"), paragraph=2, page="12-13"),
    ),
    citations=(CitationRecord("c1", 1, ("e1", "e2"), "See “Title.”", "b1"),),
    cited=(ExcerptRecord("e2", "s1", "ab" * 32, 20, 30, text_sha256("cited")),),
)  # fmt: skip
DOCUMENT = Document("T", (Paragraph((Run("x"),)),), manifest=MANIFEST)


def parts_of(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as package:
        return {name: package.read(name) for name in package.namelist()}


def manifest_in(parts: dict[str, bytes]) -> Manifest | None:
    return manifest_among(
        etree.fromstring(data) for name, data in sorted(parts.items()) if name.startswith("customXml/item")
    )


def test_a_word_file_gives_its_manifest_back() -> None:
    found = manifest_in(parts_of(DOCUMENT))
    assert found == replace(MANIFEST, options={"notes": "end", "annexes": ["coverage"]})


def test_a_long_manifest_does_not_stop_at_the_limits_of_parsers() -> None:
    long = replace(MANIFEST, title="長い\uffff" * 1_000_000, options={})
    assert manifest_in(parts_of(replace(DOCUMENT, manifest=long))) == long


def test_the_part_is_related_typed_and_valid(tmp_path: Path) -> None:
    parts = parts_of(DOCUMENT)
    assert b'Target="../customXml/item1.xml"' in parts["word/_rels/document.xml.rels"]
    assert b'PartName="/customXml/itemProps1.xml"' in parts["[Content_Types].xml"]
    assert b'uri="urn:briefer:manifest:1"' in parts["customXml/itemProps1.xml"]
    assert lint(parts) == []
    file = tmp_path / "note.docx"
    file.write_bytes(to_docx(DOCUMENT))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_the_same_manifest_gives_the_same_bytes() -> None:
    other = replace(MANIFEST, options=dict(reversed(MANIFEST.options.items())))
    assert to_docx(DOCUMENT) == to_docx(replace(DOCUMENT, manifest=other))
    assert to_docx(DOCUMENT) != to_docx(replace(DOCUMENT, manifest=replace(MANIFEST, version=4)))


def test_a_document_without_manifest_has_no_part_for_one() -> None:
    parts = parts_of(replace(DOCUMENT, manifest=None))
    assert not [name for name in parts if name.startswith("customXml")]
    assert manifest_in(parts) is None


def with_text(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    root = etree.fromstring(parts["customXml/item1.xml"])
    root.text = text
    return parts | {"customXml/item1.xml": etree.tostring(root)}


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"version": ', "[" * 100_000])
def test_what_is_no_manifest_is_none(text: str) -> None:
    assert manifest_in(with_text(parts_of(DOCUMENT), text)) is None


def test_a_manifest_of_a_newer_format_is_not_guessed_at() -> None:
    parts = parts_of(DOCUMENT)
    fields = json.loads(etree.fromstring(parts["customXml/item1.xml"]).text or "")
    assert manifest_in(with_text(parts, json.dumps(fields | {"format": 2}))) is None
    assert manifest_in(with_text(parts, json.dumps(fields | {"later": "unknown"}))) is not None


def test_parts_of_others_are_passed_over() -> None:
    parts = parts_of(DOCUMENT)
    parts["customXml/item0.xml"] = b"<other>urn:briefer:manifest:1</other>"
    found = manifest_in(parts)
    assert found is not None
    assert found.version == 3


@pytest.mark.parametrize("live", Live)
def test_the_frame_of_a_house_keeps_manifest_and_live_citations(live: Live, tmp_path: Path) -> None:
    name = next(iter(TEMPLATES))
    options = ExportOptions(live=live, template=written(name, tmp_path))
    file = tmp_path / "housed.docx"
    file.write_bytes(to_docx(replace(NOTED, manifest=MANIFEST), options))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []
    assert Returns().read(file).manifest.version == MANIFEST.version
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert (b"ZOTERO_ITEM" in parts["word/footnotes.xml"]) is (live is Live.ZOTERO)
    assert ("docProps/custom.xml" in parts) is (live is Live.ZOTERO)
    assert any(b"SourceType" in data for data in parts.values()) is (live is Live.WORD)
