from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefer.domain.documents import Document
from briefer.domain.exporting import ExportOptions
from briefer.errors import InputError
from briefer.export.docx import to_docx
from briefer.export.docx.house.cleaning import clean
from briefer.export.docx.house.files import MOST_MARKS, MOST_MB, MOST_STYLES, parse_house, read_house
from briefer.export.docx.xml import w
from tests.unit.export.house_templates import (
    DOCUMENT,
    DOCUMENT_RELATIONS,
    RELATIONS,
    TYPES,
    WORD,
    R,
    W,
    bare,
    changed,
    letterhead,
    packed,
    parts_of,
    plain,
    png,
    with_part,
)

RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def related(kind: str, target: str, *, external: bool = True, inner: str = "<w:p/>") -> bytes:
    """Return a file whose document has one relationship, ``rId1``."""
    mode = ' TargetMode="External"' if external else ""
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    return packed({**parts_of(bare(inner)), DOCUMENT_RELATIONS: RELATED.format(relation)})


def field(code: str) -> bytes:
    """Return a file with a field whose code is cut over runs."""
    half = len(code) // 2
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code[:half]}</w:instrText></w:r><w:r><w:instrText>{code[half:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return bare(f"<w:p>{runs}</w:p>")


def bomb() -> bytes:
    return packed({**parts_of(bare()), "word/media/big.png": bytes(90_000_000)})


def many_parts() -> bytes:
    return packed({**parts_of(bare()), **{f"x{n}": b"" for n in range(6000)}})


def laughs() -> bytes:
    entities = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
    text = parts_of(bare())[DOCUMENT].decode().replace("<w:p/>", "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")
    return packed({**parts_of(bare()), DOCUMENT: f"<!DOCTYPE d [{entities}]>{text}"})


def outside_entity() -> bytes:
    return packed(
        {**parts_of(bare()), DOCUMENT: f'<!DOCTYPE d SYSTEM "file:///etc/passwd"><w:document {W}/>'}
    )


def many_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="S{n}"/></w:style>'
        for n in range(100_000)
    )
    return with_part(
        with_relations(bare()), "word/styles.xml", "styles", f"<w:styles {W}>{styles}</w:styles>"
    )


def with_relations(data: bytes) -> bytes:
    return packed({**parts_of(data), DOCUMENT_RELATIONS: RELATED.format("")})


def macro(kind: str) -> bytes:
    return changed(
        bare(), (TYPES, f"{WORD}.document.main+xml", f"application/vnd.ms-word.{kind}.macroEnabled.main+xml")
    )


def project() -> bytes:
    data = with_part(
        with_relations(bare()),
        "word/vbaProject.bin",
        "vbaProject",
        b"\0",
        "application/vnd.ms-office.vbaProject",
    )
    return packed(
        {
            **parts_of(data),
            DOCUMENT_RELATIONS: RELATED.format(
                '<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
            ),
        }
    )


def ole(text: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + text.encode("utf-16-le") + bytes(600)


def strict() -> bytes:
    text = parts_of(bare())[DOCUMENT].decode()
    strict_text = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    return packed({**parts_of(bare()), DOCUMENT: strict_text})


def climbing() -> bytes:
    return packed({**parts_of(bare()), "../../evil.xml": "<a/>"})


def other(**parts: str) -> bytes:
    return packed(
        {**parts_of(bare()), **{name.replace("__", "/") + ".xml": text for name, text in parts.items()}}
    )


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (bytes, "input-empty", "is empty"),
    "no package": (lambda: b"Dear Sir", "template-kind", "no package"),
    "Word 2003": (lambda: ole("WordDocument"), "template-kind", "Word 2003"),
    "encrypted": (lambda: ole("EncryptedPackage"), "input-locked", "password"),
    "cut off": (lambda: letterhead()[:9000], "input-damaged", "damaged"),
    "spreadsheet": (
        lambda: changed(
            bare(), (TYPES, f"{WORD}.document.main+xml", "application/vnd.ms-excel.sheet.main+xml")
        ),
        "template-kind",
        "ms-excel",
    ),
    "plain zip": (lambda: packed({"a.txt": "a"}), "template-kind", "no main document"),
    "strict": (strict, "template-kind", "Strict"),
    "bomb": (bomb, "input-unsafe", "times its size"),
    "many parts": (many_parts, "input-unsafe", "more than 5000 parts"),
    "laughs": (laughs, "input-unsafe", "entities"),
    "outside entity": (outside_entity, "input-unsafe", "entities"),
    "many styles": (many_styles, "input-unsafe", f"more than {MOST_STYLES} styles"),
    "many elements": (
        lambda: bare("<w:p/>" * (MOST_MARKS + 1)),
        "input-unsafe",
        "more elements than any template needs",
    ),
    "climbing": (climbing, "input-unsafe", "leads out"),
    "macro document": (lambda: macro("document"), "input-unsafe", "macros"),
    "macro template": (lambda: macro("template"), "input-unsafe", "macros"),
    "macros inside": (project, "input-unsafe", "macros"),
    "ActiveX": (lambda: related("control", "activeX1.xml", external=False), "input-unsafe", "ActiveX"),
    "OLE": (lambda: related("oleObject", "file:///c:/x.xlsx"), "input-unsafe", "OLE"),
    "embedded file": (lambda: related("package", "x.xlsx", external=False), "input-unsafe", "embedded file"),
    "other document": (lambda: related("subDocument", "x.docx"), "input-unsafe", "another document"),
    "inserted page": (lambda: related("aFChunk", "x.html", external=False), "input-unsafe", "embedded file"),
    "missing part": (
        lambda: related("styles", "styles.xml", external=False),
        "input-damaged",
        "styles.xml is missing",
    ),
    "broken XML": (lambda: other(word__document="<w:document"), "input-damaged", "not well formed"),
    "no body": (lambda: other(word__document=f"<w:document {W}/>"), "input-damaged", "its text is missing"),
    "other root": (lambda: other(word__document=f"<w:styles {W}/>"), "input-damaged", "no document"),
    "part of two kinds": (
        lambda: packed(
            {
                **parts_of(bare()),
                DOCUMENT_RELATIONS: RELATED.format(
                    f'<Relationship Id="a" Type="{RELATIONS}/image" Target="document.xml"/>'
                ),
            }
        ),
        "input-damaged",
        "is two things",
    ),
    "DDE": (lambda: field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" '), "input-unsafe", "DDEAUTO"),
    "included text": (lambda: field(' INCLUDETEXT "file:///etc/passwd" '), "input-unsafe", "INCLUDETEXT"),
    "linked picture field": (
        lambda: bare(
            '<w:p><w:fldSimple w:instr=" includepicture &quot;http://example.org/x.png&quot; \\d"/></w:p>'
        ),
        "input-unsafe",
        "INCLUDEPICTURE",
    ),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_hostile_and_broken_files_are_refused_with_a_reason(name: str) -> None:
    make, code, words = REFUSED[name]
    with pytest.raises(InputError) as caught:
        clean(parse_house("house.docx", make()))
    assert caught.value.code == code
    assert words in str(caught.value)
    assert str(caught.value).startswith("house.docx: ")
    assert "\n" not in str(caught.value)


def test_an_export_is_refused_with_the_same_words(tmp_path: Path) -> None:
    template = tmp_path / "house.docx"
    template.write_bytes(laughs())
    with pytest.raises(InputError, match="entities"):
        to_docx(Document("T", ()), ExportOptions(template=template))


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as caught:
        read_house(tmp_path / "absent.docx")
    assert caught.value.code == "input-missing"
    with pytest.raises(InputError) as caught:
        read_house(tmp_path)
    assert caught.value.code == "input-unreadable"
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(MOST_MB * 1_000_000 + 1)
    with pytest.raises(InputError, match=f"larger than {MOST_MB} MB"):
        read_house(large)


def exported(data: bytes, folder: Path) -> dict[str, bytes]:
    template = folder / "house.docx"
    template.write_bytes(data)
    return parts_of(to_docx(Document("New", ()), ExportOptions(template=template)))


@pytest.mark.parametrize(
    "target", ["file:///c:/secret.docx", "\\\\server\\share\\x", "javascript:alert(1)", "NULL", "http://[bad"]
)
def test_links_that_lead_astray_are_plain_text(target: str, tmp_path: Path) -> None:
    inner = '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>See</w:t></w:r></w:hyperlink></w:p>'
    parts = exported(related("hyperlink", target, inner=inner), tmp_path)
    body = etree.fromstring(parts[DOCUMENT])
    assert not list(body.iter(w("hyperlink")))
    assert b"See" in parts[DOCUMENT]
    assert b"External" not in parts[DOCUMENT_RELATIONS]


def test_links_to_pages_and_into_the_text_stay(tmp_path: Path) -> None:
    inner = (
        '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>See</w:t></w:r></w:hyperlink><w:hyperlink r:id="rId9" w:anchor="x">'
        "<w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>"
    )
    parts = exported(related("hyperlink", "https://example.org/", inner=inner), tmp_path)
    first, second = etree.fromstring(parts[DOCUMENT]).iter(w("hyperlink"))
    assert b"https://example.org/" in parts[DOCUMENT_RELATIONS]
    assert f"{{{first.nsmap['r']}}}id" in first.attrib
    assert second.attrib.items() == [(w("anchor"), "x")]


PICTURE = (
    '<w:p><w:r><w:t>Logo</w:t></w:r><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    "{}/></w:drawing></w:r></w:p>"
)


@pytest.mark.parametrize("target", ["http://example.org/logo.png", "file:///logo.png"])
def test_pictures_from_elsewhere_are_left_out_and_said(target: str, tmp_path: Path) -> None:
    data = related("image", target, inner=PICTURE.format('r:link="rId1"'))
    house = parse_house("house.docx", data)
    clean(house)
    assert house.left_out == {"a picture or drawing that is not in the file itself"}
    parts = exported(data, tmp_path)
    assert b"drawing" not in parts[DOCUMENT]
    assert target.encode() not in b"".join(parts.values())
    assert b"Logo" in parts[DOCUMENT]


def test_a_picture_that_is_linked_and_embedded_stays_embedded(tmp_path: Path) -> None:
    relations = (
        f'<Relationship Id="rId1" Type="{RELATIONS}/image" Target="http://example.org/l.png" TargetMode="External"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/image" Target="media/l.png"/>'
    )
    data = packed(
        {
            **parts_of(bare(PICTURE.format('r:embed="rId2" r:link="rId1"'))),
            DOCUMENT_RELATIONS: RELATED.format(relations),
            "word/media/l.png": png(),
        }
    )
    parts = exported(data, tmp_path)
    assert parts["word/media/l.png"] == png()
    assert b"r:embed" in parts[DOCUMENT]
    assert b"r:link" not in parts[DOCUMENT]
    assert b'Extension="png" ContentType="image/png"' in parts[TYPES]


def test_addresses_in_old_drawings_are_taken_out(tmp_path: Path) -> None:
    shape = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shape style="width:9pt" href="http://example.org/h"><v:imagedata src="http://example.org/i.png" '
        'o:href="http://example.org/o" o:title="x"/></v:shape></w:pict></w:r></w:p>'
    )
    parts = exported(bare(shape), tmp_path)
    assert b"example.org" not in parts[DOCUMENT]
    assert b"imagedata" in parts[DOCUMENT]


def test_what_is_related_from_settings_is_dropped(tmp_path: Path) -> None:
    data = with_part(
        with_relations(bare()),
        "word/settings.xml",
        "settings",
        f'<w:settings {W} {R}><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:attachedTemplate r:id="rId1"/>'
        '<w:mailMerge><w:dataSource r:id="rId2"/></w:mailMerge><w:evenAndOddHeaders/></w:settings>',
    )
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/attachedTemplate" Target="file:///c:/of-jane/n.dotm" TargetMode="External"/>'
    parts = exported(
        packed({**parts_of(data), "word/_rels/settings.xml.rels": RELATED.format(relation)}), tmp_path
    )
    names = [etree.QName(e).localname for e in etree.fromstring(parts["word/settings.xml"])]
    assert names == ["evenAndOddHeaders"]
    assert "word/_rels/settings.xml.rels" not in parts
    assert b"jane" not in b"".join(parts.values())


def test_charts_and_building_blocks_are_left_out_and_said() -> None:
    chart = related("chart", "charts/chart1.xml", external=False, inner=PICTURE.format('r:embed="rId1"'))
    house = parse_house("house.docx", chart)
    clean(house)
    assert "a chart" in house.left_out
    assert not list(house.body.iter(w("drawing")))
    blocks = parse_house("house.docx", related("glossaryDocument", "glossary/document.xml", external=False))
    assert blocks.left_out == {"building blocks"}


def test_only_what_is_known_comes_through(tmp_path: Path) -> None:
    data = packed(
        {
            **parts_of(plain()),
            "word/secret.bin": b"secret",
            "docProps/thumbnail.jpeg": png(),
            "xl/workbook.xml": "<a/>",
            "word/comments.xml": f"<w:comments {W}/>",
        }
    )
    names = set(exported(data, tmp_path))
    assert not {"word/secret.bin", "docProps/thumbnail.jpeg", "xl/workbook.xml", "word/comments.xml"} & names
    assert all(name.startswith(("word/", "docProps/", "_rels/", "[Content_Types]")) for name in names)


def test_references_to_wrong_parts_are_dropped(tmp_path: Path) -> None:
    section = '<w:p/><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    data = related("image", "media/x.png", external=False, inner=section)
    parts = exported(packed({**parts_of(data), "word/media/x.png": png()}), tmp_path)
    body = etree.fromstring(parts[DOCUMENT])
    assert {e.get(w("type")) for e in body.iter(w("headerReference"))} == {"default", "first"}


def test_a_row_that_was_deleted_goes(tmp_path: Path) -> None:
    rows = (
        '<w:tr><w:trPr><w:ins w:id="1" w:author="J"/></w:trPr><w:tc><w:p><w:r><w:t>new</w:t></w:r></w:p></w:tc></w:tr>'
        '<w:tr><w:trPr><w:del w:id="2" w:author="J"/></w:trPr><w:tc><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc></w:tr>'
    )
    parts = exported(bare(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>"), tmp_path)
    assert b"new" in parts[DOCUMENT]
    assert b"old" not in parts[DOCUMENT]
    assert b"author" not in parts[DOCUMENT]


@pytest.fixture(scope="module")
def house() -> bytes:
    return letterhead()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_is_survived(house: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Whatever is done to one part, the file is used or refused with a reason."""
    parts = parts_of(house)
    name = data.draw(st.sampled_from(sorted(parts)))
    noise = data.draw(
        st.binary(max_size=30) | st.sampled_from([b"", b"<", b"&", b"999999999999", b"-1", b"x"])
    )
    at = data.draw(st.integers(0, max(len(parts[name]) - 1, 0)))
    length = data.draw(st.integers(0, 40))
    parts[name] = parts[name][:at] + noise + parts[name][at + length :]
    # Anything but a reason is an error here.
    with contextlib.suppress(InputError):
        found = exported(packed(parts), tmp_path)
        assert DOCUMENT in found
