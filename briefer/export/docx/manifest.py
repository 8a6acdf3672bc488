"""The manifest in a Word file: a custom XML part of our own namespace that holds it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec
from lxml import etree

from briefer.domain.manifests import FORMAT, Manifest
from briefer.export.docx.custom_xml import add_custom_xml
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, package_root, parse

NAMESPACE = "urn:briefer:manifest:1"
ROOT = f"{{{NAMESPACE}}}manifest"


def add_manifest(parts: dict[str, bytes], relations: Relations, manifest: Manifest) -> None:
    """Add the manifest to the parts of a file; ``relations`` are those of its main document.

    The text is ASCII, so that lone surrogates and characters that XML forbids are kept as they are.
    """
    element = package_root(NAMESPACE, "manifest")
    fields = msgspec.to_builtins(manifest)
    element.text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    add_custom_xml(parts, relations, element, NAMESPACE)


def manifest_in(parts: Mapping[str, bytes]) -> Manifest | None:
    """Return the manifest among the custom XML parts of a file, or None where it has none that can be read."""
    for name, data in sorted(parts.items()):
        if name.startswith("customXml/") and NAMESPACE.encode() in data:
            root = parse(data)
            if root.tag == ROOT:
                return _decoded(root)
    return None


def _decoded(root: Element) -> Manifest | None:
    text = etree.tostring(root, method="text", encoding="unicode")
    try:
        manifest = msgspec.convert(json.loads(text), type=Manifest)
    except (ValueError, RecursionError):  # msgspec's error for a wrong type is a ValueError too
        return None
    return manifest if manifest.format <= FORMAT else None
