"""Packages of Office and OpenDocument among the files that are taken in, and elements by their local names."""

from __future__ import annotations

from lxml import etree

from briefer import packages
from briefer.errors import InputError
from briefer.services.ports import Taken


class Package(packages.Package):
    """The package that a file is.

    Raises:
        InputError: ``input-damaged``, or ``input-unsafe`` when it would unpack to more than the limits.
    """

    def __init__(self, taken: Taken) -> None:
        super().__init__(taken.name, taken.data)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace.

    Editions of a standard often differ in their namespaces and in nothing else.
    """
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names, or None."""
    found: etree._Element | None = element
    for name in path:
        found = next((c for c in found if local(c) == name), None) if found is not None else None
    return found


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its local name, or nothing."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def package_type(taken: Taken) -> str:
    """Return :attr:`Package.media_type` of a file, or nothing when it is no package that can be opened."""
    if not packages.is_zip(taken.data):
        return ""
    try:
        return Package(taken).media_type or ""
    except InputError:
        return ""
