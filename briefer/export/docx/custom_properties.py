"""Custom properties of a file (ECMA-376 part 1, 22.3)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from briefer.export.docx.custom_xml import override
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import R, serialise

_PART = "docProps/custom.xml"
_ROOT_RELATIONS = "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2  # ids below are the format's own


def add_custom_properties(parts: dict[str, bytes], values: Mapping[str, str]) -> None:
    """Add texts as custom properties to a file that has none."""
    root = etree.Element(f"{{{_NAMESPACE}}}Properties", nsmap={None: _NAMESPACE, "vt": _VALUES})  # type: ignore[dict-item]
    for number, (name, value) in enumerate(values.items(), _FIRST):
        attributes = {"fmtid": _FORMAT, "pid": str(number), "name": name}
        element = etree.SubElement(root, f"{{{_NAMESPACE}}}property", attributes)
        etree.SubElement(element, f"{{{_VALUES}}}lpwstr").text = value
    parts[_PART] = serialise(root)
    relations = Relations(parts[_ROOT_RELATIONS])
    relations.relate(f"{R}/custom-properties", _PART)
    parts[_ROOT_RELATIONS] = relations.serialise() or b""
    override(parts, f"/{_PART}", _TYPE)
