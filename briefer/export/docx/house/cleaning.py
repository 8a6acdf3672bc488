"""What of a template must not leave, or would not hold in a new document, is taken out of its parts.

Names and traces of people: comments, tracked changes (as if accepted), revision ids, paths of other templates,
data bound to content controls. What fetches from elsewhere: linked pictures, fields that read other files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree

from briefer.errors import InputError
from briefer.export.docx.house.files import TEXT_KINDS, HouseFile, Part, tree_of
from briefer.export.docx.xml import Element, R, w
from briefer.export.frame import safe_link

_RSID = re.compile(r"rsid\w*$")
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MARKS = frozenset({f"{{{_W14}}}paraId", f"{{{_W14}}}textId"})
# Of the settings: traces of work, of people and of places, and what would lock the new document.
_SETTINGS = frozenset(
    {
        "rsids", "attachedTemplate", "linkStyles", "mailMerge", "docVars", "saveThroughXslt", "saveXmlDataOnly",
        "documentProtection", "writeProtection", "attachedSchema", "schemaLibrary", "updateFields", "docId",
        "activeWritingStyle", "proofState", "revisionView", "trackRevisions", "lastModifiedBy", "smartTagType",
    }
)  # fmt: skip
_CHANGED = frozenset({"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
                      "tcPrChange", "tblPrExChange", "numberingChange", "cellMerge"})  # fmt: skip
_GONE = frozenset(
    {
        "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
        "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "permStart", "permEnd", "proofErr", "cellDel",
        "cellIns", "printerSettings", "dataBinding", "subDoc", "altChunk", "control", "objectEmbed", "objectLink",
        "movie", "lastRenderedPageBreak", "placeholder", "rsid",
    }
)  # fmt: skip
_OUT = frozenset(map(w, _CHANGED | _GONE)) | {
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
}
_IN = frozenset(map(w, ("ins", "moveTo", "smartTag", "customXml")))
_VML = "{urn:schemas-microsoft-com:vml}"
_VML_ADDRESSES = frozenset({"src", "href", "althref", "{urn:schemas-microsoft-com:office:office}href"})
# Fields that read other files, ask other programs or run something (ECMA-376 part 1, 17.16.5, and DDE).
_FETCHING = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD|MACROBUTTON|EMBED|CONTROL|"
    r"HTMLCONTROL)\b",
    re.IGNORECASE,
)
_DRAWN = frozenset({w("drawing"), w("pict"), w("object")})
_RELATED = f"{{{R}}}"


def clean(house: HouseFile) -> None:
    """Clean all parts of a template.

    Raises:
        InputError: ``input-unsafe`` for a field that fetches from elsewhere or runs something.
    """
    for part in house.of_kind(*TEXT_KINDS):
        _check_fields(house.name, part)
    for part in house.of_kind("document", "header", "footer", "footnotes", "endnotes", "styles", "numbering"):
        _clean_tree(tree_of(part))
    for part in house.of_kind("settings"):
        _remove(tree_of(part), lambda element: _local(element) in _SETTINGS)
        part.relations.clear()
    for part in house.parts.values():
        if part.tree is not None:
            _keep_relations(house, part)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _clean_tree(tree: Element) -> None:
    for row in [e for e in tree.iter(w("tr")) if e.find(f"{w('trPr')}/{w('del')}") is not None]:
        drop(row)
    for reference in list(tree.iter(w("commentReference"))):
        run = reference.getparent()
        drop(reference if run is None else run)
    for properties in tree.iter(w("rPr"), w("trPr")):
        for mark in [c for c in properties if c.tag in {w("ins"), w("moveTo")}]:
            properties.remove(mark)
    _remove(tree, lambda e: e.tag in _OUT)
    for element in [e for e in tree.iter() if e.tag in _IN]:
        unwrap(element)
    for element in tree.iter():
        away = _VML_ADDRESSES if str(element.tag).startswith(_VML) else frozenset()
        for name in [n for n in element.attrib if n in _MARKS or n in away or _RSID.search(str(n))]:
            del element.attrib[name]


def _remove(tree: Element, unwanted: Callable[[Element], bool]) -> None:
    for element in [e for e in tree.iter() if unwanted(e)]:
        drop(element)


def drop(element: Element) -> None:
    """Take an element out of its tree; it need not be in one any more."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put an element's children in its place; properties that belong to it go with it."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed([c for c in element if not _local(c).endswith("Pr")]):
        parent.insert(place, child)
    parent.remove(element)


def _check_fields(name: str, part: Part) -> None:
    for code in _codes(tree_of(part)):
        match = _FETCHING.match(code)
        if match:
            detail = f"a field in it fetches from elsewhere or runs something ({match[1].upper()})"
            raise InputError("input-unsafe", name=name, detail=detail)


def _codes(tree: Element) -> Iterable[str]:
    """Yield the codes of all fields; one may be cut over many runs and paragraphs, and hold others."""
    yield from (field.get(w("instr"), "") for field in tree.iter(w("fldSimple")))
    opened: list[str] = []
    for element in tree.iter(w("fldChar"), w("instrText")):
        if element.tag == w("instrText"):
            if opened:
                opened[-1] += element.text or ""
            continue
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            opened.append("")
        elif opened:
            yield opened[-1]
            if kind == "end":
                opened.pop()
    yield from opened


def _keep_relations(house: HouseFile, part: Part) -> None:
    """Hold that references lead to what is kept; what lost its own goes with the drawing that it is in."""
    for element in [e for e in tree_of(part).iter() if any(str(n).startswith(_RELATED) for n in e.attrib)]:
        for name in [n for n in element.attrib if str(n).startswith(_RELATED)]:
            relation = part.relations.get(str(element.attrib[name]))
            if relation is None or (relation.external and safe_link(relation.target) is None):
                _let_go(house, element, str(name))
    unsafe = [i for i, r in part.relations.items() if r.external and safe_link(r.target) is None]
    for identifier in unsafe:
        del part.relations[identifier]


def _let_go(house: HouseFile, element: Element, name: str) -> None:
    """Take out a reference that leads nowhere, and what is nothing without it."""
    if element.tag == w("hyperlink"):
        if element.get(w("anchor")) is not None:
            del element.attrib[name]
        else:
            unwrap(element)
    elif name == f"{_RELATED}link" and f"{_RELATED}embed" in element.attrib:
        del element.attrib[name]
    elif _local(element) in {"hlinkClick", "hlinkHover"}:
        drop(element)
    else:
        drawn = next((e for e in element.iterancestors() if e.tag in _DRAWN), None)
        if drawn is not None:
            house.left_out.add("a picture or drawing that is not in the file itself")
        drop(element if drawn is None else drawn)


def text_of(element: Element) -> str:
    """Return the text of an element."""
    return str(etree.tostring(element, method="text", encoding="unicode"))
