"""The manifest in a Word file: a custom XML part of our own namespace that holds it as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import msgspec
from lxml import etree

from briefer.domain.manifests import FORMAT, Manifest
from briefer.export.docx.custom_xml import add_custom_xml
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, package_root

NAMESPACE = "urn:briefer:manifest:1"
ROOT = f"{{{NAMESPACE}}}manifest"
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")  # of what JSON leaves as it is
_AT_ONCE = 2_000_000  # characters; libxml2 takes ten million bytes


def add_manifest(parts: dict[str, bytes], relations: Relations, manifest: Manifest) -> None:
    """Add the manifest to the parts of a file; ``relations`` are those of its main document.

    What XML forbids stands in the JSON as escapes. Text beyond what parsers take at once goes into child elements.
    """
    element = package_root(NAMESPACE, "manifest")
    fields = msgspec.to_builtins(manifest)
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    element.text = text[:_AT_ONCE]
    for start in range(_AT_ONCE, len(text), _AT_ONCE):
        etree.SubElement(element, f"{{{NAMESPACE}}}more").text = text[start : start + _AT_ONCE]
    add_custom_xml(parts, relations, element, NAMESPACE)


def manifest_among(roots: Iterable[Element]) -> Manifest | None:
    """Return the manifest among the roots of custom XML parts, or None where none can be read."""
    return next((_decoded(root) for root in roots if root.tag == ROOT), None)


def _decoded(root: Element) -> Manifest | None:
    text = etree.tostring(root, method="text", encoding="unicode")
    try:
        manifest = msgspec.convert(json.loads(text), type=Manifest)
    except (ValueError, RecursionError):  # msgspec's error for a wrong type is a ValueError too
        return None
    return manifest if manifest.format <= FORMAT else None
