"""Formats of citations arrive in files as formats, whatever the writer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from briefer.citing import CslCiter
from briefer.domain.documents import Document, Inlines, Note, NoteRef, Paragraph, Run
from briefer.export import Writers
from briefer.services.ports import Cite
from tests.unit.citing.test_practice import menon, news

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def raised(citer: CslCiter) -> Inlines:
    return citer.cited([[Cite(menon())]], style="ama", language="en").citations[0]


@pytest.fixture
def capitals(citer: CslCiter) -> Inlines:
    source = menon(kind="book", title="Use of <i>E. coli</i> & H<sub>2</sub>O <b>now</b>")
    return citer.cited([[Cite(source)]], style="bluebook", language="en").citations[0]


def document(note: Inlines) -> Document:
    return Document("T", (Paragraph((Run("Text"), NoteRef(1))),), (Note(1, note),))


def written(note: Inlines, target: Path) -> bytes:
    Writers().write(document(note), target)
    return target.read_bytes()


def test_the_processors_formats_are_runs(raised: Inlines, capitals: Inlines) -> None:
    assert raised == (Run("1", superscript=True),)
    formats = {run.text.strip(" ,"): run for run in capitals if isinstance(run, Run)}
    assert any(run.small_caps for run in formats.values())
    assert formats["2"].subscript


def test_they_are_elements_in_html(raised: Inlines, capitals: Inlines, tmp_path: Path) -> None:
    assert b"<sup>1</sup>" in written(raised, tmp_path / "a.html")
    page = written(capitals, tmp_path / "b.html")
    assert b"<sub>2</sub>" in page
    assert b"small-caps" in page
    assert b"&amp;" in page
    assert b"&lt;i" not in page


def test_titles_are_emphasised_in_markdown(citer: CslCiter, tmp_path: Path) -> None:
    note = citer.cited([[Cite(menon())]], style="chicago-notes", language="en").citations[0]
    assert "*Ports Agree on Spare Parts*" in written(note, tmp_path / "a.md").decode()


def parts(note: Inlines, target: Path) -> list[etree._Element]:
    """Return the notes of a Word file, and the character styles that they name."""
    written(note, target)
    with zipfile.ZipFile(target) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
    named = {style.get(f"{W}val") for style in notes.iter(f"{W}rStyle")}
    return [notes, *(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") in named)]


def test_they_are_run_properties_in_word(raised: Inlines, capitals: Inlines, tmp_path: Path) -> None:
    high, low = parts(raised, tmp_path / "high.docx"), parts(capitals, tmp_path / "low.docx")
    for found, wanted in ((high, "superscript"), (low, "subscript")):
        assert wanted in [a.get(f"{W}val") for part in found for a in part.iter(f"{W}vertAlign")]
    assert "<i>" not in "".join(map(str, low[0].itertext()))
    assert any(part.find(f".//{W}smallCaps") is not None for part in low)


def test_nothing_of_a_title_is_markup_that_was_not_meant(citer: CslCiter, tmp_path: Path) -> None:
    source = news("Supply <script>x</script> & [link](y) *all*", publisher="A_b_c")
    note = citer.cited([[Cite(source)]], style="chicago-notes", language="en").citations[0]
    page = written(note, tmp_path / "a.html").decode()
    assert "<script>x" not in page.casefold()
    assert "&lt;script&gt;" in page.casefold()
    text = written(note, tmp_path / "a.md").decode()
    assert "\\*" in text
    assert "[Link](" not in text
    assert "[link](" not in text
