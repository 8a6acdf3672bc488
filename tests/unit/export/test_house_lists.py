"""Lists, pictures and settings of houses that are made in unusual ways."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from briefer.domain.documents import Document, HeatMap, ListBlock, Note, NoteRef, Paragraph, Run
from briefer.domain.exporting import ExportOptions
from briefer.export.docx import to_docx
from briefer.export.docx.xml import Element, w
from tests.golden.samples import item, items, text
from tests.unit.export.house_templates import (
    DOCUMENT,
    DOCUMENT_RELATIONS,
    W,
    bare,
    packed,
    parts_of,
    with_part,
)

RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
LISTS = Document(
    "",
    (
        ListBlock((item("one", ListBlock(items("under one"), ordered=True)), item("two")), ordered=True),
        ListBlock((item("dot", ListBlock(items("dash"))),)),
        ListBlock(items("seven"), ordered=True, start=7),
    ),
)


def level(number: int, form: str = "decimal") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{number + 1})"/></w:lvl>'


def style(name: str, number: str = "", based: str = "") -> str:
    counted = f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{parent}{counted}</w:style>'


def house(styles: str, numbering: str = "", settings: str = "", body: str = "<w:p/>") -> bytes:
    data = packed({**parts_of(bare(body)), DOCUMENT_RELATIONS: RELATED})
    data = with_part(data, "word/styles.xml", "styles", f"<w:styles {W}>{styles}</w:styles>")
    if numbering:
        data = with_part(
            data, "word/numbering.xml", "numbering", f"<w:numbering {W}>{numbering}</w:numbering>"
        )
    if settings:
        data = with_part(data, "word/settings.xml", "settings", f"<w:settings {W}>{settings}</w:settings>")
    return data


def exported(data: bytes, folder: Path, document: Document = LISTS) -> dict[str, bytes]:
    template = folder / "house.docx"
    template.write_bytes(data)
    return parts_of(to_docx(document, ExportOptions(template=template)))


def tree(parts: dict[str, bytes], name: str = DOCUMENT) -> Element:
    return etree.fromstring(parts[name])


def value(element: Element, name: str) -> str:
    found = next(element.iter(w(name)), None)
    return "" if found is None else found.get(w("val"), "")


def counted(parts: dict[str, bytes]) -> dict[str, tuple[str, str, str, str]]:
    """Return for each line its style, the definition and level that it is counted by, and where it starts."""
    numbering = tree(parts, "word/numbering.xml")
    lists = {n.get(w("numId"), ""): n for n in numbering.iter(w("num"))}
    return {
        "".join(t.text or "" for t in p.iter(w("t"))): (
            value(p, "pStyle"),
            value(lists[value(p, "numId")], "abstractNumId"),
            value(p, "ilvl"),
            value(lists[value(p, "numId")], "startOverride"),
        )
        for p in tree(parts).iter(w("p"))
        if value(p, "numId")
    }


def test_a_definition_that_is_kept_with_a_list_style(tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="HouseList"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="HouseList"/>{level(0)}{level(1)}</w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num><w:numIdMacAtCleanup w:val="1"/>'
    )
    parts = exported(house(style("House numbered", "9"), numbering), tmp_path)
    found = counted(parts)
    assert found["one"] == ("Housenumbered", "4", "0", "1")
    assert found["under one"] == ("Housenumbered", "4", "1", "1")
    assert found["seven"] == ("Housenumbered", "4", "0", "7")
    tags = [etree.QName(e).localname for e in tree(parts, "word/numbering.xml")]
    assert tags == sorted(tags, key=("abstractNum", "num", "numIdMacAtCleanup").index)


def test_levels_that_the_house_has_not_are_briefers(tmp_path: Path) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    found = counted(exported(house(style("House numbered", "1"), numbering), tmp_path))
    assert found["one"][1] == "0"
    assert found["under one"][1:3] != ("0", "1")
    assert found["under one"][0] == "Housenumbered"
    assert found["dot"][0] == "ListBullet"


def test_the_houses_styles_say_how_far_a_list_stands_from_what_follows(tmp_path: Path) -> None:
    document = Document("", (ListBlock(items("first", "last")), Paragraph(text("after"))))
    own = counted(exported(house(""), tmp_path, document))
    assert (own["first"][0], own["last"][0]) == ("ListBullet", "ListBulletEnd")
    theirs = exported(house(style("List Bullet")), tmp_path, document)
    assert {counted(theirs)[line][0] for line in ("first", "last")} == {"ListBullet"}
    assert b"ListBulletEnd" not in theirs["word/styles.xml"]


def test_a_style_may_inherit_its_list_or_name_one_that_is_not_there(tmp_path: Path) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = style("Base", "1") + style("House numbered", based="Base") + style("House bullet", "77")
    found = counted(exported(house(styles, numbering), tmp_path))
    assert found["one"][:2] == ("Housenumbered", "0")
    assert found["dot"][0] == "Housebullet"
    assert found["dot"][1] not in {"", "0"}


def test_styles_that_are_based_on_one_another_do_no_harm(tmp_path: Path) -> None:
    styles = style("House bullet", based="Ring") + style("Ring", based="Housebullet")
    assert counted(exported(house(styles), tmp_path))["dot"][0] == "Housebullet"


def test_lists_that_are_named_oddly_do_no_harm(tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="999999999999">{level(0)}</w:abstractNum><w:num w:numId="x">'
        '<w:abstractNumId w:val="999999999999"/></w:num><w:num w:numId="2147483647"><w:abstractNumId w:val="no"/></w:num>'
    )
    found = counted(exported(house(style("House numbered", "x"), numbering), tmp_path))
    assert found["one"][:2] == ("Housenumbered", "999999999999")
    assert found["dot"][1] not in {"", "999999999999"}


MAP = HeatMap(
    ("Cyber", "Cables"),
    tuple(f"Partner {n}" for n in range(9)),
    ((3,) * 9, (1,) * 9),
    "Map",
    "What the map says",
)
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def test_pictures_fit_the_paper_and_have_ids_of_their_own(tmp_path: Path) -> None:
    drawn = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="House"/></wp:inline></w:drawing></w:r></w:p>'
    )
    section = '<w:sectPr><w:pgSz w:w="6000" w:h="9000"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'
    parts = exported(house("", body=drawn + section), tmp_path, Document("T", (MAP, MAP)))
    body = tree(parts)
    ids = [e.get("id") for e in body.iter(f"{DRAWING}docPr")]
    assert len(set(ids)) == len(ids) == 3
    extents = [(int(e.get("cx", "")), int(e.get("cy", ""))) for e in body.iter(f"{DRAWING}extent")]
    assert all(across <= 4000 * 635 and down > 0 for across, down in extents)
    whole = tree(parts_of(to_docx(Document("T", (MAP,)))))
    wide, high = (
        (int(e.get("cx", "")), int(e.get("cy", ""))) for e in whole.iter(f"{DRAWING}extent")
    ).__next__()
    assert abs(extents[0][0] / extents[0][1] - wide / high) < 0.01
    pictures = [name for name in parts if name.startswith("word/media/")]
    assert pictures
    assert b'Extension="png" ContentType="image/png"' in parts["[Content_Types].xml"]


def test_a_paper_of_no_known_size_changes_nothing(tmp_path: Path) -> None:
    for section in ("", "<w:sectPr><w:pgSz w:w='x'/><w:pgMar w:left='1'/></w:sectPr>"):
        body = tree(exported(house("", body=f"<w:p/>{section}"), tmp_path, Document("T", (MAP,))))
        whole = tree(parts_of(to_docx(Document("T", (MAP,)))))
        widths = [[e.get("cx") for e in one.iter(f"{DRAWING}extent")] for one in (body, whole)]
        assert widths[0] == widths[1]


def test_settings_keep_the_order_of_the_schema(tmp_path: Path) -> None:
    settings = (
        '<w:zoom w:percent="90"/><w:footnotePr><w:footnote w:id="5"/></w:footnotePr><w:compat/><w:themeFontLang '
        'w:val="fr-FR"/><w:decimalSymbol w:val=","/>'
    )
    document = Document("", (Paragraph((Run("a"), NoteRef(1))),), (Note(1, text("n")),), language="ja-JP")
    parts = exported(house("<w:docDefaults/>", settings=settings), tmp_path, document)
    root = tree(parts, "word/settings.xml")
    names = [etree.QName(e).localname for e in root]
    assert names == ["zoom", "footnotePr", "compat", "themeFontLang", "decimalSymbol"]
    assert [e.get(w("id")) for e in root.iter(w("footnote"))] == ["-1", "0"]
    language = next(root.iter(w("themeFontLang")))
    assert language.get(w("eastAsia")) == "ja-JP"


def test_settings_of_later_editions_come_last(tmp_path: Path) -> None:
    settings = '<w:zoom w:percent="90"/><x:later xmlns:x="urn:x"/>'
    document = Document("", (Paragraph((Run("a"), NoteRef(1))),), (Note(1, text("n")),))
    root = tree(exported(house("", settings=settings), tmp_path, document), "word/settings.xml")
    assert [etree.QName(e).localname for e in root] == ["zoom", "footnotePr", "later"]


def test_styles_of_programs_that_do_not_tell_the_houses_apart(tmp_path: Path) -> None:
    styles = style("Body Text") + style("House body")
    for told, expected in (("", "Housebody"), (' w:customStyle="1"', "BodyText")):
        other = f'<w:style w:type="paragraph"{told} w:styleId="z"><w:name w:val="z"/></w:style>'
        body = tree(exported(house(styles + other), tmp_path, Document("", (Paragraph(text("Said")),))))
        assert value(body, "pStyle") == expected
