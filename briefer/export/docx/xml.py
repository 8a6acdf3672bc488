"""Elements of WordprocessingML in few words."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml's stubs have no public name for it)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@cache
def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def root(name: str) -> Element:
    """Return the root element of a part."""
    return etree.Element(w(name), nsmap={"w": W, "r": R})


def package_root(namespace: str, name: str) -> Element:
    """Return the root element of a part of the package, whose namespace has no prefix."""
    # The stubs forget that None stands for the namespace without a prefix.
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """Append an element; attribute names are of WordprocessingML too."""
    element = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        element.set(w(key), value)  # a third faster than a dictionary of them
    return element


def add_text(parent: Element, text: str, name: str = "t") -> None:
    """Append text whose blanks at the ends count."""
    element = etree.SubElement(parent, w(name))
    element.set(_SPACE, "preserve")
    element.text = text


def parse(data: bytes) -> Element:
    """Return the root of a part; nothing outside it is read."""
    return etree.fromstring(data, _PARSER)


def serialise(element: Element) -> bytes:
    """Return a part's bytes, the same for the same tree."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
