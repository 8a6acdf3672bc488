"""Parts of custom XML (ECMA-376 part 1, 15.2.5 and 22.5): data that travels in the file beside the text."""

from __future__ import annotations

import posixpath
import uuid
from collections.abc import Mapping

from lxml import etree

from briefer.export.docx.package import CONTENT_TYPES
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, R, parse, serialise

_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PROPERTIES_PART = "customXml/itemProps"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def add_custom_xml(parts: dict[str, bytes], relations: Relations, root: Element, schema: str) -> None:
    """Add ``root`` as the next free ``customXml/itemN.xml`` with its properties, which name ``schema``.

    The part's id follows from the schema, so that the same file has the same bytes.
    """
    number = next(n for n in range(1, len(parts) + 2) if f"customXml/item{n}.xml" not in parts)
    properties = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    properties.set(f"{{{_STORE}}}itemID", f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, schema)).upper()}}}")
    schemas = etree.SubElement(properties, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": schema})
    own = Relations()
    own.relate(f"{R}/customXmlProps", f"itemProps{number}.xml")
    parts |= {
        f"customXml/item{number}.xml": serialise(root),
        f"customXml/itemProps{number}.xml": serialise(properties),
        f"customXml/_rels/item{number}.xml.rels": own.serialise() or b"",
    }
    relations.relate(f"{R}/customXml", f"../customXml/item{number}.xml")
    override(parts, f"/customXml/itemProps{number}.xml", _PROPERTIES)


def override(parts: dict[str, bytes], name: str, media_type: str) -> None:
    """State the media type of a part, where the package does not do so already."""
    types = parse(parts[CONTENT_TYPES])
    if any(element.get("PartName") == name for element in types):
        return
    etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": name, "ContentType": media_type})
    parts[CONTENT_TYPES] = serialise(types)


def carry_custom_xml(parts: dict[str, bytes], own: Mapping[str, bytes], main: str) -> None:
    """Carry the custom XML of ``own`` over to a package that has none, whose main document is ``main``."""
    folder, base = posixpath.split(main)
    name = f"{folder}/_rels/{base}.rels"
    relations = Relations(parts.get(name))
    for part, data in sorted(own.items()):
        if part.startswith("customXml/"):
            parts[part] = data
        if part.startswith("customXml/item") and not part.startswith(_PROPERTIES_PART):
            relations.relate(f"{R}/customXml", posixpath.relpath(part, folder))
        elif part.startswith(_PROPERTIES_PART):
            override(parts, f"/{part}", _PROPERTIES)
    parts[name] = relations.serialise() or b""
