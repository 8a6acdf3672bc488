"""Texts that break documents, in every format: none may end in a file that cannot be read, or in another text."""

from __future__ import annotations

import html
import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from lxml import html as lxml_html

from briefer.domain.documents import (
    CitationText,
    CiteItem,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeatMap,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
    Work,
    plain_text,
)
from briefer.errors import InputError
from briefer.export import Writers
from briefer.export.frame import lines
from briefer.markup import MarkdownMarkup


def read_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as file:
        return "\n".join(page.get_textpage().get_text_bounded() for page in file)


def read_html(data: bytes) -> str:
    tree = lxml_html.document_fromstring(data.decode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    assert list(tree.iter("script", "iframe", "object")) == []
    return "".join(str(text) for text in tree.itertext())


def read_odt(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        tree = etree.fromstring(package.read("content.xml"))
        etree.fromstring(package.read("styles.xml"))
        etree.fromstring(package.read("meta.xml"))
    return "".join(str(text) for text in tree.itertext())


def read_markdown(data: bytes) -> str:
    """Return what a reader of CommonMark shows."""
    blocks = MarkdownMarkup().blocks(data.decode().partition("\n---\n")[2] or data.decode())
    return "\n".join(plain_text(line) for line in lines(blocks))


READERS: dict[str, Callable[[bytes], str]] = {
    ".pdf": read_pdf,
    ".html": read_html,
    ".odt": read_odt,
    ".md": read_markdown,
    ".txt": bytes.decode,
}
every_format = pytest.mark.parametrize("suffix", READERS)


def everywhere(text: str) -> Document:
    """Return a document that has ``text`` wherever a person or a source can put one."""
    run = Run(text)
    cited = CitationText("c", (run,), (CiteItem("w", locator=text, prefix=text, suffix=text),))
    return Document(
        text,
        (
            Contents(text, 3),
            Heading(1, (run, NoteRef(1)), text),
            Paragraph((run, NoteRef(2), CrossReference(text, text)), anchor=text, number=1),
            Paragraph((run,), ParagraphStyle.QUOTATION),
            Paragraph(
                (Run(text, language=text), Run(text, style=RunStyle.PORTION)), ParagraphStyle.TRANSLATION
            ),
            Paragraph((run,), ParagraphStyle.CODE),
            ListBlock((ListItem((Paragraph((run,)),)),), anchor=text),
            Table(((run,),), (((Run(text, link=text),),),), text, text),
            HeatMap((text,), (text,), ((1,),), text, text),
            Heading(1, (run,), annex=True),
        ),
        (Note(1, (cited,)), Note(2, (run, cited))),
        language="en-GB",
        date=text,
        author=text,
        audience=text,
        marking=Marking(text, text, text),
        modified=text,
        identifier=text,
        page_label=text,
        style=text,
        works=(
            Work("w", {"type": text, "title": text, "author": [{"literal": text}], "issued": {"raw": text}}),
        ),
        draft=text,
        copy=text,
        handling=(text,),
    )


HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "markup": '<script>alert("1")</script> & <b>x</b> ]]> <!-- y -->',
    "markdown": "# x *y* _z_ `c` [a](javascript:b) ![i](http://t.example/p.png) | --- | ~~s~~",
    "typst": '#import "@preview/x:1.0.0": * #panic() $a^2$ @b <c> /* d */ // e',
    "pandoc": "@nobody [@nobody; @x] $\\pi$ ^a^ {.b} ::: --- ... [^9]",
    "left": "\u202eevil\u202c שלום\u200f",
    "blanks": "  two  blanks\tand a tab ",
    "lines": "one\r\ntwo\u2028three\u0085four",
    "controls": "a\x00b\x08c\x1bd\ufffee\ufefff",
    "surrogates": "half \ud83d of \udc00 one",
    "private": "bullet \uf0b7 here",
    "empty": "",
    "blank": " ",
    "yaml": '"\n---\nreferences: [] # "',
}


@every_format
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_format(suffix: str, name: str, tmp_path: Path) -> None:
    text = HOSTILE[name]
    target = tmp_path / f"brief{suffix}"
    Writers().write(everywhere(text), target)
    data = target.read_bytes()
    shown = letters(READERS[suffix](data))
    for part in re.split(
        "[\uf0b7\u202a-\u202e\u200f]", re.sub("[\x00-\x1f\ud800-\udfff\ufeff\ufffe]", "", text)
    ):
        # PDF has the glyphs as they stand on the page: what was turned around is.
        assert letters(part) in shown or letters(part)[::-1] in shown


def letters(text: str) -> str:
    """Return letters and digits alone: formats break lines and fold blanks in their own ways."""
    return "".join(c for c in html.unescape(text) if c.isalnum())


@every_format
def test_emoji_come_through_or_are_named(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"brief{suffix}"
    Writers().write(Document("T", (Paragraph((Run("Agreed 🤝 then."),)),)), target)
    shown = READERS[suffix](target.read_bytes())
    assert "🤝" in shown or "[handshake]" in shown


@every_format
def test_missing_fields_are_left_out(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"brief{suffix}"
    bare = CitationText("c", (Run("n.d."),), (CiteItem("w"),))
    document = Document("", (Paragraph((Run("x"), NoteRef(1))),), (Note(1, (bare,)),), works=(Work("w", {}),))
    Writers().write(document, target)
    shown = READERS[suffix](target.read_bytes())
    assert "None" not in shown


@every_format
def test_a_long_paragraph_is_written_whole(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"brief{suffix}"
    words = "".join(f"w{n} " for n in range(4000))
    Writers().write(Document("T", (Paragraph((Run(words),)),)), target)
    shown = READERS[suffix](target.read_bytes())
    assert all(f"w{n}" in shown for n in range(0, 4000, 97))


@every_format
def test_what_cannot_be_written_leaves_the_old_file(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"brief{suffix}"
    target.write_bytes(b"former")

    def locked(source: object, target: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(InputError, match=r"cannot be written .*close it in other programs"):
        Writers().write(Document("T", ()), target)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_bytes() == b"former"
    monkeypatch.undo()
    with pytest.raises(InputError, match="cannot be written"):
        Writers().write(Document("T", ()), tmp_path / "gone" / f"brief{suffix}")
