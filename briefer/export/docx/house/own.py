"""The brief as Briefer writes it, taken apart again to be carried over into a house's file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath

from briefer.export.docx.package import CONTENT_TYPES
from briefer.export.docx.xml import Element, parse, w

DOCUMENT = "word/document.xml"


class OwnFile:
    """The parts of a file that Briefer wrote; trees are read once and may be changed."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self._trees: dict[str, Element] = {}

    def tree(self, name: str) -> Element:
        """Return the tree of a part."""
        if name not in self._trees:
            self._trees[name] = parse(self.parts[name])
        return self._trees[name]

    @property
    def body(self) -> Element:
        """The body of the document."""
        body = self.tree(DOCUMENT).find(w("body"))
        assert body is not None, "a written document has a body"
        return body

    @property
    def styles(self) -> Element:
        """The styles part."""
        return self.tree("word/styles.xml")

    @property
    def numbering(self) -> Element:
        """The numbering part."""
        return self.tree("word/numbering.xml")

    def relations(self, part: str) -> list[Element]:
        """Return the relationships of a part."""
        name = relations_name(part)
        return list(self.tree(name)) if name in self.parts else []

    @cached_property
    def media_types(self) -> dict[str, str]:
        """The media types by the part's name, or by ``.suffix``."""
        found = {}
        for element in self.tree(CONTENT_TYPES):
            key = element.get("PartName", "").lstrip("/") or f".{element.get('Extension', '')}"
            found[key] = element.get("ContentType", "")
        return found


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def target_of(part: str, target: str) -> str:
    """Return the name of the part that ``part`` names as ``target``."""
    return normpath(join("/", dirname(part), target)).lstrip("/")
