"""House templates of several kinds, made from nothing; all names in them are invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def saved(document: Docx) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, *changes: tuple[str, str, str], **added: bytes | str) -> bytes:
    """Return a package with texts of its parts replaced, and parts added (``__`` stands for a slash)."""
    parts = parts_of(data)
    for name, old, new in changes:
        text = parts[name].decode()
        assert old in text, f"{name} has no {old}"
        parts[name] = text.replace(old, new, 1).encode()
    more = {name.replace("__", "/").replace("_DOT_", "."): c for name, c in added.items()}
    return packed({**parts, **more})


def with_part(data: bytes, name: str, kind: str, content: bytes | str, media_type: str = "") -> bytes:
    """Return a package whose document is related to a further part."""
    relation = f'<Relationship Id="rIdX{kind}" Type="{RELATIONS}/{kind}" Target="/{name}"/></Relationships>'
    override = f'<Override PartName="/{name}" ContentType="{media_type or f"{WORD}.{kind}+xml"}"/></Types>'
    parts = parts_of(
        changed(data, (DOCUMENT_RELATIONS, "</Relationships>", relation), (TYPES, "</Types>", override))
    )
    return packed({**parts, name: content})


def png(width: int = 48, height: int = 16) -> bytes:
    """Return a picture in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\0" + b"\x1f\x4e\x79" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def add_style(document: Docx, name: str, based: str = "Normal", size: float = 0, colour: str = "") -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[based]
    if size:
        style.font.size = Pt(size)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def plain() -> bytes:
    """A new document of a word processor, with all of its styles."""
    return saved(docx.Document())


def letterhead() -> bytes:
    """A ministry's paper: logo and name in the head of the first page, other heads, wide margins, own styles."""
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.core_properties.last_modified_by = "John Roe"
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(3.5)
    section.different_first_page_header_footer = True
    first = section.first_page_header.paragraphs[0]
    first.add_run().add_picture(io.BytesIO(png()), width=Cm(3))
    first.add_run("  Ministry of Harbours")
    section.header.paragraphs[0].text = "Ministry of Harbours"
    section.first_page_footer.paragraphs[0].text = "1 Quay Street"
    section.footer.paragraphs[0].text = "For official use"
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Yu Mincho")
    for name, based, size, colour in (
        ("MoH Body", "Normal", 11, ""),
        ("MoH Quote", "MoH Body", 10, "7A1F1F"),
        ("MoH Source", "MoH Body", 9, ""),
        ("MoH Classification", "Normal", 12, "C00000"),
    ):
        add_style(document, name, based, size, colour)
    document.styles["Heading 1"].font.color.rgb = RGBColor.from_string("7A1F1F")
    return saved(document)


def japanese() -> bytes:
    """A template whose styles have Japanese names and ids of no meaning."""
    document = docx.Document()
    names = {
        "Title": "表題", "Subtitle": "副題", "heading 1": "見出し 1", "heading 2": "見出し 2", "heading 3": "見出し 3",
        "Body Text": "本文", "Quote": "引用文", "List Bullet": "箇条書き", "List Number": "段落番号", "caption": "図表番号",
    }  # fmt: skip
    ids: dict[str, str] = {}
    for number, style in enumerate(document.styles.element.findall(qn("w:style"))):
        name = style.find(qn("w:name"))
        if name.get(qn("w:val")) in names:
            name.set(qn("w:val"), names[name.get(qn("w:val"))])
            ids[style.styleId] = f"a{number}"
            style.set(qn("w:styleId"), f"a{number}")
            style.set(qn("w:customStyle"), "1")
    for element in document.styles.element.iter(qn("w:basedOn"), qn("w:next"), qn("w:link")):
        element.set(qn("w:val"), ids.get(element.get(qn("w:val")), element.get(qn("w:val"))))
    for paragraph in document.element.body.iter(qn("w:pStyle")):
        paragraph.set(qn("w:val"), ids.get(paragraph.get(qn("w:val")), paragraph.get(qn("w:val"))))
    data = saved(document)
    numbering = parts_of(data)["word/numbering.xml"].decode()
    for old, new in ids.items():
        numbering = numbering.replace(f'<w:pStyle w:val="{old}"/>', f'<w:pStyle w:val="{new}"/>')
    return packed({**parts_of(data), "word/numbering.xml": numbering})


def cut(paragraph: DocxParagraph, *pieces: str) -> None:
    """Add text in several runs, as word processors cut it."""
    for piece in pieces:
        paragraph.add_run(piece).italic = len(piece) % 2 == 0


def braces() -> bytes:
    """Fields in braces, cut over runs, in body, table, header and footer; boilerplate around them."""
    document = docx.Document()
    cut(document.sections[0].header.paragraphs[0], "Classification: {", "{ mark", "ing }} page")
    document.sections[0].footer.paragraphs[0].text = "{{ MARKING }} {{copy}}"
    cut(document.add_paragraph(style="Title"), "{{", " title", " }}")
    table = document.add_table(3, 2, style="Table Grid")
    for row, (label, field) in zip(
        table.rows, (("To", "{{ audience }}"), ("From", "{{author}}"), ("Date", "{{ date }}")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = label, field
    document.add_heading("1. What we want", 1)
    document.add_paragraph("{{ text:objectives }}")
    document.add_paragraph("{{ section:say }}")
    document.add_paragraph("Handle as follows: {{ handling }}")
    document.add_paragraph("{{ body }}")
    document.add_paragraph("Ask {{ desk officer }} for more.")
    return saved(document)


def control(name: str, inner: str, *, key: str = "tag", more: str = "") -> str:
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:{key} w:val="{name}"/><w:id w:val="{zlib.crc32(name.encode()) % 99999}"/>'
        f"<w:showingPlcHdr/>{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def controls() -> bytes:
    """Content controls for lines, for dates, for blocks, by tag or title, and some that are nobody's."""
    document = docx.Document()
    body = document.element.body
    prompt = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr><w:t>Click here</w:t></w:r>'
    style = document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    assert style.style_id == "PlaceholderText"
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>{prompt}</w:p>'
    date = '<w:date w:fullDate="2001-01-01T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/></w:date>'
    binding = '<w:dataBinding w:xpath="/a" w:storeItemID="{11111111-2222-3333-4444-555555555555}"/><w:text/>'
    for element in (
        control("Title", paragraph.replace("Normal", "Title"), more=binding),
        (
            f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>For </w:t></w:r>{control('audience', prompt)}"
            f"<w:r><w:t xml:space='preserve'> on </w:t></w:r>{control('日付', prompt, key='alias', more=date)}</w:p>"
        ),
        control("Handling", paragraph, more="<w:text/>"),
        control("section:ask", paragraph + paragraph),
        control("Body", paragraph),
        control("Reference", paragraph),
    ):
        body.insert(len(body) - 1, parse_xml(element))
    header = document.sections[0].header.paragraphs[0]._p
    header.append(parse_xml(control("Classification", prompt)))
    return saved(document)


_NOTES = (
    f'<w:footnotes {W} {R}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle '
    'w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> House rule.</w:t></w:r>'
    '<w:hyperlink r:id="rId1"><w:r><w:t>See</w:t></w:r></w:hyperlink></w:p></w:footnote></w:footnotes>'
)
_NOTE_STYLES = (
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
    '</w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr>'
    '<w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
)


def noted() -> bytes:
    """A template with a footnote, a numbered list, numbered headings and a bookmark of its own."""
    document = docx.Document()
    opening = document.add_paragraph("Read the house rules first.")
    mark = (
        f'<w:r {W}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    )
    opening._p.append(parse_xml(mark))
    opening._p.insert(0, parse_xml(f'<w:bookmarkStart {W} w:id="1" w:name="rules"/>'))
    opening._p.append(parse_xml(f'<w:bookmarkEnd {W} w:id="1"/>'))
    document.add_paragraph("One of the house", style="List Number")
    data = with_part(saved(document), "word/footnotes.xml", "footnotes", _NOTES)
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/hyperlink" Target="https://example.org/rules" TargetMode="External"/></Relationships>'
    )
    return changed(
        packed({**parts_of(data), "word/_rels/footnotes.xml.rels": link}),
        ("word/styles.xml", "</w:styles>", _NOTE_STYLES),
    )


def dotx() -> bytes:
    """A letterhead saved as a template."""
    return changed(letterhead(), (TYPES, f"{WORD}.document.main+xml", f"{WORD}.template.main+xml"))


def bare(body: str = "<w:p/>") -> bytes:
    """The least that a Word file can be: no styles, no settings, no section."""
    return packed(
        {
            TYPES: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/{DOCUMENT}" ContentType="{WORD}.document.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="{DOCUMENT}"/></Relationships>',
            DOCUMENT: f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
        }
    )


def few() -> bytes:
    """A template that has lost most of its styles."""
    document = docx.Document()
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) not in {"Normal", "heading 1", "Default Paragraph Font"}:
            styles.remove(style)
    for link in list(styles.iter(qn("w:link"), qn("w:next"))):
        link.getparent().remove(link)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    return saved(document)


def telling() -> bytes:
    """A template full of people: authors, comments, tracked changes, revision ids, data bound elsewhere."""
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.core_properties.last_modified_by = "Jane Doe"
    paragraph = document.add_paragraph("Kept. ")
    comment = document.add_comment(paragraph.runs, text="Ask Jane Doe", author="Jane Doe", initials="JD")
    assert comment.author == "Jane Doe"
    for xml in (
        (
            f'<w:ins {W} w:id="90" w:author="Jane Doe" w:date="2024-01-01T00:00:00Z"><w:r w:rsidR="00ABCDEF"><w:t>Added.</w:t>'
            "</w:r></w:ins>"
        ),
        f'<w:del {W} w:id="91" w:author="Jane Doe"><w:r><w:delText>Jane’s secret.</w:delText></w:r></w:del>',
        f'<w:r {W}><w:rPr><w:b/><w:rPrChange w:id="92" w:author="Jane Doe"><w:rPr/></w:rPrChange></w:rPr><w:t> Bold.</w:t></w:r>',
        (
            f'<w:smartTag {W} w:uri="urn:x" w:element="person"><w:smartTagPr><w:attr w:name="who" w:val="Jane Doe"/>'
            "</w:smartTagPr><w:r><w:t> Tagged.</w:t></w:r></w:smartTag>"
        ),
    ):
        paragraph._p.append(parse_xml(xml))
    paragraph._p.set(qn("w:rsidR"), "00ABCDEF")
    settings = document.settings.element
    settings.append(parse_xml(f'<w:rsids {W}><w:rsidRoot w:val="00ABCDEF"/></w:rsids>'))
    settings.append(parse_xml(f'<w:docVars {W}><w:docVar w:name="owner" w:val="Jane Doe"/></w:docVars>'))
    data = with_part(
        saved(document), "customXml/item9.xml", "customXml", "<owner>Jane Doe</owner>", "application/xml"
    )
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt='
        '"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property pid="2" name="Owner" '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"><vt:lpwstr>Jane Doe</vt:lpwstr></property></Properties>'
    )
    relation = f'<Relationship Id="rIdC" Type="{RELATIONS}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    kind = '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    data = changed(data, ("_rels/.rels", "</Relationships>", relation), (TYPES, "</Types>", kind))
    return packed({**parts_of(data), "docProps/custom.xml": properties})


def pages() -> bytes:
    """Sections with headers of their own for first, even and other pages; the second section inherits."""
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.header.paragraphs[0].text = "odd"
    section.even_page_header.paragraphs[0].text = "even"
    document.add_paragraph("Cover")
    second = document.add_section()
    second.different_first_page_header_footer = True
    document.add_paragraph("{{ body }}")
    return saved(document)


TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "plain": plain,
    "letterhead": letterhead,
    "japanese": japanese,
    "braces": braces,
    "controls": controls,
    "noted": noted,
    "dotx": dotx,
    "bare": bare,
    "few": few,
    "telling": telling,
    "pages": pages,
}


def written(name: str, folder: Path) -> Path:
    """Write one of the templates and return its path."""
    path = folder / f"{name}.{'dotx' if name == 'dotx' else 'docx'}"
    path.write_bytes(TEMPLATES[name]())
    return path
