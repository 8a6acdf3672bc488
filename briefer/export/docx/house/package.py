"""The parts of a house's file as a package: relationships and content types are written anew from what is there."""

from __future__ import annotations

from posixpath import dirname, relpath, splitext

from lxml import etree

from briefer.export.docx.house.files import HouseFile, Part
from briefer.export.docx.house.own import OwnFile, relations_name
from briefer.export.docx.package import CONTENT_TYPES
from briefer.export.docx.xml import RELATIONSHIPS, Element, R, package_root, serialise

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "document": f"{_WORD}.document.main+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "font": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}
_PICTURES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jpe": "image/jpeg", ".gif": "image/gif",
    ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff", ".emf": "image/x-emf", ".wmf": "image/x-wmf",
    ".svg": "image/svg+xml", ".wdp": "image/vnd.ms-photo",
}  # fmt: skip
_BASE = {".rels": "application/vnd.openxmlformats-package.relationships+xml", ".xml": "application/xml"}


def parts_of(house: HouseFile, own: OwnFile, core: bytes) -> dict[str, bytes]:
    """Return the parts of the finished file; its properties are the brief's."""
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    for name, part in house.parts.items():
        parts[name] = part.data if part.tree is None else serialise(part.tree)
        types[name] = _type(part)
        if part.relations:
            parts[relations_name(name)] = _relations(part)
    root = [(R, "officeDocument", house.main)]
    for namespace, kind, name in _properties(own):
        parts[name] = core if name == "docProps/core.xml" else own.parts[name]
        types[name] = own.media_types.get(name, "")
        root.append((namespace, kind, name))
    parts["_rels/.rels"] = _package_relations(root)
    parts[CONTENT_TYPES] = _content_types(types)
    return parts


def _properties(own: OwnFile) -> list[tuple[str, str, str]]:
    """Return namespace, kind and name of the parts that tell of the file as a whole."""
    found = []
    for element in own.relations(""):
        namespace, _slash, kind = element.get("Type", "").rpartition("/")
        if kind != "officeDocument":
            found.append((namespace, kind, element.get("Target", "").lstrip("/")))
    return found


def _type(part: Part) -> str:
    if part.media_type and part.kind != "font":
        return part.media_type if part.kind != "image" or part.media_type.startswith("image/") else ""
    if part.kind == "image":
        return _PICTURES.get(splitext(part.name)[1].casefold(), "image/png")
    return _KINDS.get(part.kind, f"{_WORD}.{part.kind}+xml")


def _relations(part: Part) -> bytes:
    root = package_root(RELATIONSHIPS, "Relationships")
    for identifier, relation in part.relations.items():
        target = relation.target if relation.external else relpath(relation.target, dirname(part.name) or ".")
        element = _relation(root, identifier, f"{R}/{relation.kind}", target)
        if relation.external:
            element.set("TargetMode", "External")
    return serialise(root)


def _package_relations(found: list[tuple[str, str, str]]) -> bytes:
    root = package_root(RELATIONSHIPS, "Relationships")
    for number, (namespace, kind, name) in enumerate(found, 1):
        _relation(root, f"rId{number}", f"{namespace}/{kind}", name)
    return serialise(root)


def _relation(root: Element, identifier: str, kind: str, target: str) -> Element:
    attributes = {"Id": identifier, "Type": kind, "Target": target}
    return etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)


def _content_types(types: dict[str, str]) -> bytes:
    root = package_root(_TYPES, "Types")
    usual = dict(_BASE)
    for name, kind in sorted(types.items()):
        if kind.startswith("image/"):
            usual.setdefault(splitext(name)[1], kind)
    for suffix, kind in usual.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", {"Extension": suffix[1:], "ContentType": kind})
    for name, kind in sorted(types.items()):
        if kind and kind != usual.get(splitext(name)[1]):
            attributes = {"PartName": f"/{name}", "ContentType": kind}
            etree.SubElement(root, f"{{{_TYPES}}}Override", attributes)
    return serialise(root)
