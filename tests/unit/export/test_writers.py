from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefer import assets
from briefer.atomic import write_bytes
from briefer.domain.documents import Citation, CitedExcerpt, Document, NoteRef, Paragraph, Run, Table
from briefer.errors import InputError, UsageError
from briefer.export import Writers
from briefer.export.docx import to_docx
from briefer.export.docx.template import template
from briefer.export.html import to_html
from briefer.export.markdown import to_markdown
from briefer.export.odt import to_odt
from briefer.export.pdf import to_pdf
from briefer.export.text import to_text
from briefer.markup import MarkdownMarkup
from tests.golden import samples

DOCUMENT = Document("T", (Paragraph((Run("Text."),)),), modified="2026-01-12T09:30:00+00:00")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".odt", ".md", ".txt", ".DOCX"])
def test_the_suffix_chooses_the_format(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"brief{suffix}"
    Writers().write(samples.brief(), target)
    first = target.read_bytes()
    Writers().write(samples.brief(), target)
    assert target.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_an_unknown_suffix_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.docx, \.pdf, \.html, \.odt, \.md, \.txt"):
        Writers().write(DOCUMENT, tmp_path / "brief.xyz")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_former_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.md"
    target.write_text("former", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        Writers().write(DOCUMENT, target)
    assert target.read_text(encoding="utf-8") == "former"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.md"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"brief\.md: cannot be written"):
        write_bytes(tmp_path / "gone" / "brief.md", b"x")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_are_those_of_the_file_that_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    target.write_bytes(b"former")
    target.chmod(0o640)
    write_bytes(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_the_template_is_what_its_maker_makes() -> None:
    assert (assets.resources() / "templates" / "brief.docx").read_bytes() == template()


def test_a_note_that_is_missing_is_a_bug_and_no_document() -> None:
    broken = replace(DOCUMENT, blocks=(Paragraph((Run("Text."), NoteRef(1))),))
    for render in (to_docx, to_pdf, to_html, to_odt, to_markdown, to_text):
        with pytest.raises((ValueError, LookupError)):
            render(broken)


def test_a_citation_that_nobody_resolved_is_a_bug() -> None:
    broken = replace(DOCUMENT, blocks=(Paragraph((Citation((CitedExcerpt("x"),)),)),))
    for render in (to_docx, to_pdf, to_html, to_odt, to_markdown, to_text):
        with pytest.raises((TypeError, ValueError)):
            render(broken)


def word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(e.text or "" for e in root.iter("{*}t"))


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(ANY_TEXT)
def test_any_text_gives_a_readable_file(text: str) -> None:
    document = replace(DOCUMENT, title=text, author=text, blocks=(Paragraph((Run(text),)),))
    kept = "".join(ch for ch in text if ch.isalnum())
    found = word_text(to_docx(document))
    assert kept in "".join(ch for ch in found if ch.isalnum())
    assert "<script" not in to_html(replace(document, title=f"<script>{text}"))
    to_markdown(document)


WORDS = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)


@given(WORDS)
def test_markdown_reads_back_as_the_same_text(text: str) -> None:
    folded = " ".join(text.split())
    if not folded:
        return
    markdown = to_markdown(replace(DOCUMENT, title="", blocks=(Paragraph((Run(folded),)),)))
    (block,) = MarkdownMarkup().blocks(markdown)
    assert isinstance(block, Paragraph)
    assert "".join(r.text for r in block.inlines if isinstance(r, Run)) == folded


def test_a_ragged_table_is_a_bug() -> None:
    ragged = Table(((Run("a"),), (Run("b"),)), (((Run("1"),),),))
    with pytest.raises(ValueError, match="shorter"):
        to_docx(replace(DOCUMENT, blocks=(ragged,)))


def test_links_lead_only_where_readers_expect() -> None:
    page = to_html(replace(DOCUMENT, blocks=(Paragraph((Run("x", link="javascript:alert(1)"),)),)))
    assert "javascript:" not in page
    data = to_docx(replace(DOCUMENT, blocks=(Paragraph((Run("x", link="javascript:alert(1)"),)),)))
    assert b"javascript:" not in b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()
    )
