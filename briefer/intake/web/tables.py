"""Tables of a web page that hold data, told from those that only lay the page out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

_LEAST_ROWS = 2
_MOST_CELLS = 20_000
_LONGEST_CELL = 240
_NOT_IN_DATA = frozenset(
    ["table", "form", "input", "button", "textarea", "select", "nav", "article", "h1", "h2", "h3", "iframe"]
)
_BREAKS = frozenset(["br", "p", "div", "li"])
_LAYOUT = frozenset(["presentation", "none"])


def rows(table: HtmlElement) -> tuple[str, ...]:
    """Return the rows of a table of data, the cells of each parted by tabs; nothing of any other table.

    Data are what stands in two or more columns of short cells, under headings or with figures.
    """
    if table.get("role") in _LAYOUT or not _plain(table):
        return ()
    found = [_cells(row) for row in table.iter("tr")]
    filled = [cells for cells in found if any(cells)]
    wide = [cells for cells in filled if sum(map(bool, cells)) > 1]
    if len(wide) < _LEAST_ROWS or 3 * len(wide) < 2 * len(filled):
        return ()
    told = [cell for cells in filled for cell in cells if cell]
    figures = sum(any(map(str.isdigit, cell)) for cell in told)
    headed = next(table.iter("th"), None) is not None
    if any(len(cell) > _LONGEST_CELL for cell in told) or not (headed or 4 * figures >= len(told)):
        return ()
    return tuple("\t".join(cells).strip("\t") for cells in filled)


def _plain(table: HtmlElement) -> bool:
    """Whether nothing stands in the table that only parts of a page have, and few of its cells are links."""
    cells = links = 0
    for element in table.iterdescendants():
        cells += element.tag in {"td", "th"}
        links += element.tag == "a"
        if element.tag in _NOT_IN_DATA or cells > _MOST_CELLS:
            return False
    return 2 * links <= cells


def _cells(row: HtmlElement) -> list[str]:
    return [" ".join("".join(_texts(cell)).split()) for cell in row.iterchildren("td", "th")]


def _texts(cell: HtmlElement) -> Iterator[str]:
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            yield " " if element.tag in _BREAKS else ""
            yield element.text or ""
        elif element is not cell:
            yield element.tail or ""
