"""Lists of references in Zotero's own dialect of RDF (.rdf): no other RDF is understood."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.references import records as references
from briefer.intake.references import zotero
from briefer.services.ports import Taken

_LIST, _RECORD = "application/rdf+xml", "application/x-zotero-rdf-item"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_Z = "{http://www.zotero.org/namespaces/export#}"
_BIB = "{http://purl.org/net/biblio#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_FOAF = "{http://xmlns.com/foaf/0.1/}"
_PRISM = "{http://prismstandard.org/namespaces/1.2/basic/}"
_VCARD = "{http://nwalsh.com/rdf/vCard#}"
_ABOUT, _RESOURCE = f"{_RDF}about", f"{_RDF}resource"
_HEAD = 4096
_ROLES = {"authors": "author", "editors": "editor", "presenters": "author", "contributors": "contributor"}


def unpack(taken: Taken) -> tuple[Taken, ...]:
    """Return the items, each with the journal or series that it refers to."""
    root = _root(taken)
    return references.records(taken, _items(root), _RECORD)


def read(taken: Taken) -> Capture:
    """Make a capture of one item."""
    root = _root(taken)
    item = next(iter(root), None)
    if item is None:
        raise InputError("input-damaged", name=taken.name, detail="it holds no item")
    return references.capture_of(taken, _csl(item, root), "Zotero RDF")


def _root(taken: Taken) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    if b"<!DOCTYPE" in taken.data or b"<!ENTITY" in taken.data:
        raise InputError("input-damaged", name=taken.name, detail="it declares a document type")
    try:
        return etree.fromstring(taken.data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("input-damaged", name=taken.name, detail="it is no whole XML document") from error


def _items(root: etree._Element) -> Iterator[tuple[str, str]]:
    named = {about: element for element in root if (about := element.get(_ABOUT))}
    for item in root:
        kind = item.findtext(f"{_Z}itemType")
        if kind is None or kind in zotero.NO_REFERENCES:
            continue
        alone = deepcopy(root)
        alone[:] = []
        alone.append(deepcopy(item))
        for link in item.iter(f"{_TERMS}isPartOf"):
            if (part := named.get(link.get(_RESOURCE, ""))) is not None:
                alone.append(deepcopy(part))
        yield _text(item, f"{_DC}title") or item.get(_ABOUT, ""), etree.tostring(alone, encoding="unicode")


def _csl(item: etree._Element, root: etree._Element) -> dict[str, object]:
    csl: dict[str, object] = {"type": zotero.TYPES.get(_text(item, f"{_Z}itemType"), "document")}
    publisher = item.find(f"{_DC}publisher")
    values = {
        "title": _text(item, f"{_DC}title"),
        "abstract": _text(item, f"{_TERMS}abstract"),
        "language": _text(item, f"{_Z}language"),
        "page": _text(item, f"{_BIB}pages"),
        "note": _text(item, f"{_DC}description"),
        "title-short": _text(item, f"{_Z}shortTitle"),
        "genre": _text(item, f"{_Z}type"),
        "publisher": " ".join(str(piece) for piece in publisher.itertext()).strip()
        if publisher is not None
        else "",
        "publisher-place": _text(item, f".//{_VCARD}locality"),
        **_identifiers(item),
    }
    for part in _parts(item, root):
        values |= {
            "container-title": _text(part, f"{_DC}title"),
            "volume": _text(part, f"{_PRISM}volume"),
            "issue": _text(part, f"{_PRISM}number"),
            **_identifiers(part),
        }
    csl |= {variable: " ".join(value.split()) for variable, value in values.items() if value}
    for tag, role in _ROLES.items():
        people = [_person(p) for p in item.iterfind(f"{_BIB}{tag}//{_FOAF}Person")]
        people += [_person(p) for p in item.iterfind(f"{_Z}{tag}//{_FOAF}Person")]
        if named := [person for person in people if person]:
            csl[role] = named
    for variable, tag in (("issued", f"{_DC}date"), ("accessed", f"{_TERMS}dateSubmitted")):
        if written := _text(item, tag):
            csl[variable] = references.date_of(written[:10] if variable == "accessed" else written)
    return csl


def _parts(item: etree._Element, root: etree._Element) -> Iterator[etree._Element]:
    for link in item.iterfind(f"{_TERMS}isPartOf"):
        yield from link
        about = link.get(_RESOURCE)
        yield from (e for e in root if about and e.get(_ABOUT) == about)


def _identifiers(element: etree._Element) -> dict[str, str]:
    found = {}
    for identifier in element.iterfind(f"{_DC}identifier"):
        address = identifier.findtext(f"{_TERMS}URI/{_RDF}value")
        kind, _space, value = (identifier.text or "").strip().partition(" ")
        if address:
            found["URL"] = address.strip()
        elif kind in {"DOI", "ISSN", "ISBN"} and value:
            found[kind] = value.strip()
    return found


def _person(element: etree._Element) -> dict[str, str]:
    family = _text(element, f"{_FOAF}surname")
    given = _text(element, f"{_FOAF}givenName") or _text(element, f"{_FOAF}givenname")
    if family and given:
        return {"family": family, "given": given}
    return {"literal": family or given} if family or given else {}


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _is_list(taken: Taken) -> bool:
    head = taken.data[:_HEAD]
    return b"<rdf:RDF" in head and b"zotero.org/namespaces" in head


FORMAT = Format(
    name="Zotero RDF", media_types=(_LIST,), suffixes=(".rdf",), sniff=_is_list, unpack=unpack, limit_mb=60
)
ITEM = Format(name="Zotero RDF", media_types=(_RECORD,), suffixes=(), read=read)
