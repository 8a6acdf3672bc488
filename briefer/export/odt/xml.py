"""Elements of OpenDocument in few words (OASIS, Open Document Format for Office Applications 1.3)."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from lxml import etree

from briefer.domain.characters import xml_safe

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml's stubs have no public name for it)

VERSION = "1.3"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_ODF}:office:1.0",
    "style": f"{_ODF}:style:1.0",
    "text": f"{_ODF}:text:1.0",
    "table": f"{_ODF}:table:1.0",
    "draw": f"{_ODF}:drawing:1.0",
    "fo": f"{_ODF}:xsl-fo-compatible:1.0",
    "svg": f"{_ODF}:svg-compatible:1.0",
    "meta": f"{_ODF}:meta:1.0",
    "manifest": f"{_ODF}:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_PIECES = re.compile(r"( +|\n|\t)")


@cache
def q(name: str) -> str:
    """Return ``prefix:name`` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def root(name: str) -> Element:
    """Return the root element of a part."""
    spaces = dict(_NAMESPACES)
    if not name.startswith("manifest:"):
        del spaces["manifest"]
        return etree.Element(q(name), {q("office:version"): VERSION}, nsmap=spaces)
    return etree.Element(q(name), {q("manifest:version"): VERSION}, nsmap={"manifest": spaces["manifest"]})


def add(parent: Element, name: str, attributes: dict[str, str] | None = None, text: str = "") -> Element:
    """Append an element; ``attributes`` by their prefixed names."""
    element = etree.SubElement(parent, q(name), {q(key): value for key, value in (attributes or {}).items()})
    if text:
        element.text = xml_safe(text)
    return element


def serialise(element: Element) -> bytes:
    """Return a part as bytes."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True)


class TextWriter:
    """Appends text to the elements of one paragraph.

    ODF folds white space (6.1.2): blanks at the start and after a blank, breaks and tabs are elements.
    """

    def __init__(self) -> None:
        self._blank = True

    def write(self, parent: Element, text: str) -> None:
        """Append ``text`` to ``parent``."""
        clean = xml_safe(text).replace("\r\n", "\n").replace("\r", "\n")
        for piece in _PIECES.split(clean):
            if piece == "\n":
                self.line_break(parent)
            elif piece == "\t":
                add(parent, "text:tab")
                self._blank = True
            elif piece.startswith(" "):
                self._spaces(parent, len(piece))
            elif piece:
                _append(parent, piece)
                self._blank = False

    def line_break(self, parent: Element) -> None:
        """Append a forced line break."""
        add(parent, "text:line-break")
        self._blank = True

    def other(self) -> None:
        """Something that is no blank was appended."""
        self._blank = False

    def _spaces(self, parent: Element, count: int) -> None:
        if not self._blank:
            _append(parent, " ")
            count -= 1
        if count:
            add(parent, "text:s", {"text:c": str(count)})
        self._blank = True


def _append(parent: Element, text: str) -> None:
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
