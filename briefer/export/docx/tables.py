"""Tables with a header row that repeats on every page, and a text for those who cannot see them."""

from __future__ import annotations

from briefer.domain.characters import xml_safe
from briefer.domain.documents import Inlines, Run, Table
from briefer.domain.paging import KEPT_ROWS
from briefer.export.docx.layout import TEXT_WIDTH
from briefer.export.docx.paragraphs import ParagraphWriter
from briefer.export.docx.xml import Element, add
from briefer.export.frame import caption_text, column_weights


class TableWriter:
    """Appends tables to the body."""

    def __init__(self, paragraphs: ParagraphWriter) -> None:
        self._paragraphs = paragraphs

    def write(self, body: Element, table: Table) -> None:
        """Append the caption, where there is one, and the table; nothing else of a table without columns."""
        anchor = table.anchor
        if table.caption:
            self._paragraphs.write(body, "Caption", (Run(table.caption),), anchors=(anchor,))
            anchor = ""
        if not table.header:
            return
        element = add(body, "tbl")
        _properties(element, table)
        widths = _widths(table)
        grid = add(element, "tblGrid")
        for width in widths:
            add(grid, "gridCol", w=str(width))
        self._row(element, table.header, widths, anchor=anchor, header=True)
        for index, row in enumerate(table.rows, 1):
            keep = index < len(table.rows) <= KEPT_ROWS
            self._row(element, row, widths, keep=keep)

    def _row(
        self,
        table: Element,
        cells: tuple[Inlines, ...],
        widths: list[int],
        *,
        anchor: str = "",
        header: bool = False,
        keep: bool = False,
    ) -> None:
        row = add(table, "tr")
        properties = add(row, "trPr")
        add(properties, "cantSplit")
        if header:
            add(properties, "tblHeader")
        for cell, width in zip(cells, widths, strict=True):
            element = add(row, "tc")
            add(add(element, "tcPr"), "tcW", w=str(width), type="dxa")
            style = "TableHeading" if header else "TableText"
            self._paragraphs.write(element, style, cell, anchors=(anchor,), keep=keep)
            anchor = ""


def _properties(element: Element, table: Table) -> None:
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="BriefTable")
    add(properties, "tblW", w="5000", type="pct")
    look = {
        "firstRow": "1",
        "lastRow": "0",
        "firstColumn": "0",
        "lastColumn": "0",
        "noHBand": "1",
        "noVBand": "1",
    }
    add(properties, "tblLook", val="0620", **look)
    text = caption_text(table.header, table.caption)
    if text:
        add(properties, "tblCaption", val=xml_safe(text))
        add(properties, "tblDescription", val=xml_safe(text))


def _widths(table: Table) -> list[int]:
    weights = column_weights(table)
    return [TEXT_WIDTH * weight // sum(weights) for weight in weights]
