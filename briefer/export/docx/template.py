"""Makes the template that every Word file starts from; nothing in it tells who made it, where or when.

    python -m briefer.export.docx.template

writes ``resources/templates/brief.docx``, the same bytes each time. A test holds the two together.
"""

from __future__ import annotations

from lxml import etree

from briefer.assets import resources
from briefer.atomic import write_bytes
from briefer.export.docx.layout import MARGINS, PAPER
from briefer.export.docx.notes import separators
from briefer.export.docx.numbering import definitions
from briefer.export.docx.package import CONTENT_TYPES, packed
from briefer.export.docx.styles import styles_part
from briefer.export.docx.theme import theme_part
from briefer.export.docx.xml import RELATIONSHIPS, Element, R, add, package_root, root, serialise

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_PARTS = {  # name, kind; in the order of their relationship ids
    "styles": "styles",
    "settings": "settings",
    "numbering": "numbering",
    "fontTable": "fontTable",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}


def template() -> bytes:
    """Return the template; stored, not compressed, so that no compressor's version changes its bytes."""
    parts = {f"word/{name}.xml": serialise(_part(kind)) for name, kind in _PARTS.items()}
    parts |= {
        CONTENT_TYPES: serialise(_content_types()),
        "_rels/.rels": serialise(_package_relations()),
        "docProps/app.xml": serialise(_application()),
        "docProps/core.xml": serialise(etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE})),
        "word/_rels/document.xml.rels": serialise(_document_relations()),
        "word/document.xml": serialise(_document()),
        "word/theme/theme1.xml": serialise(theme_part()),
    }
    return packed(parts, compressed=False)


def _part(kind: str) -> Element:
    if kind == "styles":
        return styles_part()
    if kind in {"footnotes", "endnotes"}:
        return separators(kind.removesuffix("s"))
    if kind == "numbering":
        part = root("numbering")
        definitions(part)
        return part
    if kind == "settings":
        return _settings()
    if kind == "fontTable":
        return _fonts()
    part = root("hdr" if kind == "header" else "ftr")
    add(add(add(part, "p"), "pPr"), "pStyle", val=kind.capitalize())
    return part


def _content_types() -> Element:
    types = package_root(_TYPES, "Types")
    for extension, kind in (("rels", f"{_PACKAGE}.relationships+xml"), ("xml", "application/xml")):
        etree.SubElement(types, f"{{{_TYPES}}}Default", {"Extension": extension, "ContentType": kind})
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/docProps/core.xml": f"{_PACKAGE}.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        **{f"/word/{name}.xml": f"{_WORD}.{kind}+xml" for name, kind in _PARTS.items()},
    }
    for name, kind in parts.items():
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": name, "ContentType": kind})
    return types


def _relations(targets: list[tuple[str, str]]) -> Element:
    part = package_root(RELATIONSHIPS, "Relationships")
    for number, (kind, target) in enumerate(targets, 1):
        attributes = {"Id": f"rId{number}", "Type": kind, "Target": target}
        etree.SubElement(part, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    return part


def _package_relations() -> Element:
    return _relations(
        [
            (f"{R}/officeDocument", "word/document.xml"),
            (f"{RELATIONSHIPS}/metadata/core-properties", "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations() -> Element:
    targets = [(f"{R}/{kind}", f"{name}.xml") for name, kind in _PARTS.items()]
    return _relations([*targets, (f"{R}/theme", "theme/theme1.xml")])


def _application() -> Element:
    part = package_root(_APP, "Properties")
    etree.SubElement(part, f"{{{_APP}}}Application").text = "Briefer"
    return part


def _document() -> Element:
    part = root("document")
    body = add(part, "body")
    add(body, "p")
    section = add(body, "sectPr")
    ids = {name: f"rId{number}" for number, name in enumerate(_PARTS, 1)}
    for kind, name in (("default", "1"), ("first", "2")):
        for place in ("header", "footer"):
            reference = add(section, f"{place}Reference", type=kind)
            reference.set(f"{{{R}}}id", ids[f"{place}{name}"])
    add(section, "pgSz", **{name: str(length) for name, length in PAPER.items()})
    add(section, "pgMar", **{name: str(length) for name, length in MARGINS.items()})
    add(section, "titlePg")
    return part


def _settings() -> Element:
    """The order of the elements is the schema's (CT_Settings)."""
    part = root("settings")
    add(part, "zoom", percent="100")
    add(part, "defaultTabStop", val="720")
    add(part, "characterSpacingControl", val="compressPunctuation")
    for kind in ("footnote", "endnote"):
        properties = add(part, f"{kind}Pr")
        if kind == "endnote":
            add(properties, "numFmt", val="decimal")  # Word counts endnotes i, ii, iii otherwise
        for number in ("-1", "0"):
            add(properties, kind, id=number)
    compatibility = add(part, "compat")
    for name, value in (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ):
        add(compatibility, "compatSetting", name=name, uri=_COMPATIBILITY, val=value)
    add(part, "themeFontLang", val="en-GB", eastAsia="ja-JP")
    add(part, "decimalSymbol", val=".")
    add(part, "listSeparator", val=",")
    return part


def _fonts() -> Element:
    part = root("fonts")
    for name, family, charset, pitch in (
        ("Arial", "swiss", "00", "variable"),
        ("Yu Gothic", "swiss", "80", "variable"),
        ("Courier New", "modern", "00", "fixed"),
    ):
        font = add(part, "font", name=name)
        if name == "Yu Gothic":
            add(font, "altName", val="游ゴシック")
        add(font, "charset", val=charset)
        add(font, "family", val=family)
        add(font, "pitch", val=pitch)
    return part


def main() -> None:
    """Write the template to its place among the resources."""
    write_bytes(resources() / "templates" / "brief.docx", template())


if __name__ == "__main__":
    main()
