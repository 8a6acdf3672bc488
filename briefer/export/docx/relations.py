"""Relationships of one part: what it refers to outside itself."""

from __future__ import annotations

from lxml import etree

from briefer.export.docx.xml import RELATIONSHIPS, Element, R, package_root, parse, serialise


class Relations:
    """The relationships of a part; the ones that the template brings stay."""

    def __init__(self, data: bytes | None = None) -> None:
        self._root: Element = parse(data) if data else package_root(RELATIONSHIPS, "Relationships")
        self._links: dict[str, str] = {}

    def link(self, url: str) -> str:
        """Return the id of the relationship that leads to ``url``."""
        if url not in self._links:
            self._links[url] = f"rIdL{len(self._links) + 1}"
            etree.SubElement(
                self._root,
                f"{{{RELATIONSHIPS}}}Relationship",
                {"Id": self._links[url], "Type": f"{R}/hyperlink", "Target": url, "TargetMode": "External"},
            )
        return self._links[url]

    def relate(self, kind: str, target: str) -> str:
        """Add a relationship of type ``kind`` to another part of the package, and return its id."""
        known = f"rIdP{len(self._root) + 1}"
        attributes = {"Id": known, "Type": kind, "Target": target}
        etree.SubElement(self._root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        return known

    def serialise(self) -> bytes | None:
        """Return the part's bytes, or None where there is nothing to say."""
        return serialise(self._root) if len(self._root) else None
