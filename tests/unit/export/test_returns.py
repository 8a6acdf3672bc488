from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.documents import Document, Heading, Marking, Note, NoteRef, Paragraph, Run
from briefer.domain.exporting import ExportOptions, Live
from briefer.domain.manifests import Manifest
from briefer.domain.returned import ReturnedDocument
from briefer.errors import InputError
from briefer.export import Returns
from briefer.export.docx import to_docx
from briefer.export.docx.reading import read_returned
from tests.unit.export.test_live_citations import IN_TEXT, NOTED

MANIFEST = Manifest("b1", 1, "meeting-brief", "chicago-notes", "en-GB", "Talks")
BODY = "word/document.xml"
DOCUMENT = Document(
    "Talks",
    (
        Heading(1, (Run("Points"),), "h1"),
        Paragraph((Run("First said."), NoteRef(1)), anchor="p1"),
        Paragraph((Run("Second said."), NoteRef(2)), anchor="p2"),
    ),
    notes=(Note(1, (Run("One."),)), Note(2, (Run("Two."),))),
    marking=Marking("OFFICIAL"),
    manifest=MANIFEST,
)


def parts_of(document: Document = DOCUMENT, options: ExportOptions | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_docx(document, options or ExportOptions()))) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def read(parts: Mapping[str, bytes]) -> ReturnedDocument:
    return read_returned("returned.docx", packed(parts))


def changed(*changes: tuple[str, str], part: str = BODY) -> ReturnedDocument:
    parts = parts_of()
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read(parts | {part: text.encode()})


def texts(found: ReturnedDocument) -> list[tuple[str, str]]:
    return [(paragraph.text, paragraph.before) for paragraph in found.paragraphs if paragraph.bookmarks]


def test_a_file_is_read_by_paragraph() -> None:
    found = read(parts_of())
    heading, first, second = found.paragraphs[-3:]
    assert (heading.text, heading.heading, heading.bookmarks) == ("Points", True, ("_b_h1",))
    assert (first.text, first.heading, first.notes, first.bookmarks) == (
        "First said.",
        False,
        (1,),
        ("_b_p1",),
    )
    assert second.notes == (2,)
    assert [note.text for note in found.notes] == ["One.", "Two."]
    assert any("OFFICIAL" in lines for lines in found.headers)
    assert (found.manifest, found.tracked, found.comments) == (MANIFEST, 0, 0)


def said(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


BEGIN, END = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ALTERNATIVES = (
    f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:t>new</w:t></mc:Choice>"
    "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)
TRACK = 'w:id="9" w:author="R" w:date="2026-02-01T10:00:00Z"'


@pytest.mark.parametrize(
    ("new", "text", "before"),
    [
        (f"<w:ins {TRACK}>{said('First')}</w:ins>{said(' said.')}", "First said.", " said."),
        (f"<w:del {TRACK}><w:r><w:delText>First</w:delText></w:r></w:del>{said(' said.')}", " said.", "First said."),
        (f"<w:moveTo {TRACK}>{said('First said.')}</w:moveTo>", "First said.", ""),
        (f"<w:moveFrom {TRACK}>{said('First said.')}</w:moveFrom>", "", "First said."),
        (
            "<w:r><w:t>First</w:t><w:tab/><w:t>said</w:t><w:br/><w:noBreakHyphen/></w:r>",
            "First\tsaid\n-",
            "First\tsaid\n-",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>First</w:t></w:r></w:sdtContent></w:sdt>", "First", "First"),
        (
            f"<w:r>{BEGIN}</w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r>{END}{END}</w:r>",
            "",
            "",
        ),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kana</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>", "字", "字"),
        (ALTERNATIVES, "new", "new"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "", ""),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "shown", "shown"),
        ("<w:r><w:instrText>outside</w:instrText></w:r>", "", ""),
    ],
)  # fmt: skip
def test_what_reviewers_leave_in_a_paragraph(new: str, text: str, before: str) -> None:
    run = '<w:r><w:t xml:space="preserve">First said.</w:t></w:r>'
    assert texts(changed((run, new)))[1] == (text, before)


def marked(name: str, anchor: str = "p1") -> tuple[str, str]:
    """Return a change that puts the tracked insertion or deletion of a paragraph's mark into it."""
    start = parts_of()[BODY].decode().partition(f'w:name="_b_{anchor}"')[0].rpartition("<w:p>")[2]
    style = start.partition("</w:pPr>")[0]
    return f"{start}", start.replace(
        "</w:pPr>", f"<w:rPr><w:{name} {TRACK}/></w:rPr></w:pPr>"
    ) if style else ""


def test_paragraphs_that_a_tracked_change_joins_and_parts() -> None:
    joined = changed(marked("del"))
    assert texts(joined)[1] == ("First said.Second said.", "First said.Second said.")
    assert joined.paragraphs[-1].bookmarks == ("_b_p1", "_b_p2")
    assert joined.paragraphs[-1].notes == (1, 2)
    assert joined.tracked == 1
    parted = changed(marked("ins"))
    assert texts(parted)[1:] == [("First said.", "First said.Second said."), ("Second said.", "")]


def test_the_last_paragraph_cannot_be_joined_with_a_next_one() -> None:
    assert texts(changed(marked("del", "p2")))[-1] == ("Second said.", "Second said.")


def test_a_note_struck_out_and_one_that_is_not_there() -> None:
    mark = '<w:footnoteReference w:id="1"/>'
    run = next(piece for piece in parts_of()[BODY].decode().split("<w:r>") if mark in piece).partition(
        "</w:r>"
    )[0]
    struck = changed((f"<w:r>{run}</w:r>", f"<w:del {TRACK}><w:r>{run}</w:r></w:del>"))
    assert [(note.text, note.before) for note in struck.notes] == [("", "One."), ("Two.", "Two.")]
    lost = changed((mark, '<w:footnoteReference w:id="77"/>'))
    assert [note.text for note in lost.notes] == ["Two."]


def test_bookmarks_between_paragraphs_belong_to_the_next() -> None:
    start = '<w:bookmarkStart w:id="77" w:name="_b_loose"/>'
    found = changed(("<w:sectPr>", f"{start}<w:sectPr>"))
    assert found.paragraphs[-1].bookmarks == ("_b_p2", "_b_loose")
    body = parts_of()[BODY].decode().partition("<w:body>")[2][:5]
    found = changed((f"<w:body>{body}", f"<w:body>{start}{body}"))
    assert found.paragraphs[0].bookmarks == ("_b_loose",)


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
def test_live_citations_are_known_by_their_ids(live: Live) -> None:
    noted = read(parts_of(replace(NOTED, manifest=MANIFEST), ExportOptions(live=live)))
    assert [note.citations for note in noted.notes] == [("a" * 16,), ("b" * 16,)]
    in_text = read(parts_of(replace(IN_TEXT, manifest=MANIFEST), ExportOptions(live=live)))
    assert [p.citations for p in in_text.paragraphs if p.citations] == [("a" * 16,), ("b" * 16,)]


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("<w:titlePg/>", "", 1),
        ("<w:titlePg/>", '<w:titlePg w:val="0"/>', 1),
        ('<w:headerReference w:type="first"', '<w:headerReference w:type="even"', 2),
        ("<w:sectPr>", '<w:sectPr><w:sectPrChange w:id="1" w:author="R"><w:sectPr/></w:sectPrChange>', 2),
    ],
)
def test_headers_that_pages_show(old: str, new: str, count: int) -> None:
    found = changed((old, new))
    assert len(found.headers) == count
    assert (() in found.headers) is ("even" in new), "the first page of a section shows none"


def test_headers_of_even_pages_count_where_they_are_switched_on() -> None:
    parts = parts_of()
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(
        "<w:defaultTabStop", "<w:evenAndOddHeaders/><w:defaultTabStop"
    ).encode()
    assert len(read(parts).headers) == 3


def test_comments_are_counted() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = parts_of()
    relations = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    more = f'<Relationship Id="c1" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", more).encode()
    parts["word/comments.xml"] = (
        f'<w:comments {w}><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'.encode()
    )
    assert read(parts).comments == 2


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_returned("bad.docx", data)
    return caught.value.code


def test_hostile_and_broken_files_are_refused() -> None:
    parts = parts_of()
    entities = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    assert refused(b"") == "verify-no-manifest"
    assert refused(b"PK\x03\x04 but no package") == "input-damaged"
    assert refused(packed({"a.txt": b"x"})) == "verify-no-manifest"
    assert refused(packed(parts | {BODY: entities})) == "input-unsafe"
    assert refused(packed(parts | {"customXml/item1.xml": entities})) == "input-unsafe"
    assert refused(packed(parts | {BODY: b"<w:document"})) == "input-damaged"
    assert refused(packed(parts | {BODY: b"<a>" * 100_000})) == "input-damaged"
    assert refused(packed(parts | {"bomb.xml": b" " * 50_000_000})) == "input-unsafe"
    assert (
        refused(packed({name: data for name, data in parts.items() if "customXml/item1" not in name}))
        == "verify-no-manifest"
    )


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.docx: there is no such file"):
        Returns().read(tmp_path / "gone.docx")
    with pytest.raises(InputError, match="cannot be read"):
        Returns().read(tmp_path)
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(InputError, match="larger than 100 MB"):
        Returns().read(large)


def test_strict_files_are_read_too() -> None:
    usual, strict = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
    names = {
        f"{usual}/wordprocessingml/2006/main": f"{strict}/wordprocessingml/main",
        f"{usual}/officeDocument/2006/relationships": f"{strict}/officeDocument/relationships",
    }
    parts = parts_of()
    for name, data in parts.items():
        for old, new in names.items():
            data = data.replace(old.encode(), new.encode())  # noqa: PLW2901
        parts[name] = data
    assert read(parts) == read(parts_of())
