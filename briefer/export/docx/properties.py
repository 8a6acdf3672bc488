"""What a file says of itself, and how the template's styles follow the document. Nothing of the machine."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import Document, Marking
from briefer.export.docx.xml import Element, add, serialise, w
from briefer.export.frame import colour, full_language, is_east_asian

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ALIGNMENTS = {"left": "left", "center": "center", "centre": "center", "right": "right"}


def core(document: Document) -> bytes:
    """Return the core properties (ECMA-376 part 2, clause 11)."""
    names = {"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    part = etree.Element(f"{{{_CP}}}coreProperties", nsmap=names)
    for name, text in (
        ("title", document.title),
        ("creator", document.author),
        ("identifier", document.identifier),
        ("language", full_language(document.language)),
    ):
        if text:
            etree.SubElement(part, f"{{{_DC}}}{name}").text = xml_safe(text)
    moment = _moment(document.modified)
    for name in ("created", "modified") if moment else ():
        element = etree.SubElement(part, f"{{{_TERMS}}}{name}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        element.text = moment
    return serialise(part)


def _moment(modified: str) -> str | None:
    try:
        moment = datetime.fromisoformat(modified)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def follow(styles: Element, settings: Element, document: Document) -> None:
    """Give the template's styles the document's languages and the look of its marking."""
    language = full_language(document.language)
    east_asian = is_east_asian(language)
    for element in (*styles.iter(w("lang")), *settings.iter(w("themeFontLang"))):
        element.set(w("val"), "en-GB" if east_asian else language)
        element.set(w("eastAsia"), language if east_asian else "ja-JP")
    if is_japanese(language):
        _no_italics(styles)
    if document.marking:
        _mark(styles, document.marking)


def _no_italics(styles: Element) -> None:
    """Japanese type has no italics; slanting it makes it hard to read.

    Character styles keep theirs: only words in other scripts are given one that slants.
    """
    for style in styles.iter(w("style")):
        properties = style.find(w("rPr"))
        if style.get(w("type")) == "paragraph" and properties is not None:
            for element in (*properties.findall(w("i")), *properties.findall(w("iCs"))):
                properties.remove(element)


def _mark(styles: Element, marking: Marking) -> None:
    """Give the styles of the marking its look; the order of the elements is the schema's (CT_RPr)."""
    for style in styles.iter(w("style")):
        name = style.get(w("styleId"))
        if name not in {"Marking", "MarkingText", "MarkingNote"}:
            continue
        properties = style.find(w("rPr"))
        assert properties is not None, "the template's marking styles have run properties"
        if name != "MarkingNote":
            properties.clear()
            _letters(properties, marking, paged=name == "Marking")
        if name != "MarkingText":
            alignment = style.find(f"{w('pPr')}/{w('jc')}")
            assert alignment is not None, "the template's styles of headers are aligned"
            alignment.set(w("val"), _ALIGNMENTS.get(marking.align, "center"))


def _letters(properties: Element, marking: Marking, *, paged: bool) -> None:
    """Headers and footers have the scheme's size and ground; in the text the marking is text on paper."""
    on_ground = bool(paged and marking.ground and marking.on_ground)
    if marking.bold:
        add(properties, "b")
        add(properties, "bCs")
    add(properties, "color", val=_hex(marking.on_ground if on_ground else marking.colour))
    if paged:
        half_points = str(2 * marking.size_pt)
        add(properties, "sz", val=half_points)
        add(properties, "szCs", val=half_points)
    if on_ground:
        add(properties, "shd", val="clear", color="auto", fill=_hex(marking.ground))


def _hex(value: str) -> str:
    return colour(value)[1:].upper()
