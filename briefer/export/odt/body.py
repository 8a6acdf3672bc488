"""Blocks into the text of content.xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefer.domain.bookmarks import bookmark_name
from briefer.domain.documents import (
    BlockNode,
    Contents,
    Document,
    Heading,
    HeatMap,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.exporting import NotesAt
from briefer.export.direction import begins_leftward
from briefer.export.docx.outline import Entry, outline
from briefer.export.docx.pagination import paginated
from briefer.export.frame import caption_text, column_weights, followed, leads, stays_whole
from briefer.export.heat_map import Picture, drawn
from briefer.export.odt.inlines import InlineWriter
from briefer.export.odt.styles import LEADING, LEFTWARD, LIST_ENDS, PARAGRAPHS, TEXT_WIDTH_PT
from briefer.export.odt.xml import Element, add, q

_STYLES = {
    ParagraphStyle.BODY: "Text_20_body",
    ParagraphStyle.QUOTATION: "Quotations",
    ParagraphStyle.TRANSLATION: "Translation",
    ParagraphStyle.MARKING: "Marking_20_Text",
    ParagraphStyle.SUBTITLE: "Subtitle",
    ParagraphStyle.SOURCE: "Bibliography",
    ParagraphStyle.PROMPT: "Prompt",
    ParagraphStyle.CODE: "Preformatted_20_Text",
    ParagraphStyle.HANDLING: "Handling",
}
_LISTED = (Paragraph, ListBlock)


class BodyWriter:
    """Appends blocks to the body; ``pictures`` and ``widths`` are what the package needs besides."""

    def __init__(self, document: Document, inlines: InlineWriter, notes: NotesAt) -> None:
        self._document = document
        self._inlines = inlines
        self._outline = outline(document)
        self._entries = iter(self._outline)
        self._pages = paginated(document, self._outline, notes).headings
        self._names: set[str] = set()
        self._tables = self._lists = 0
        self.pictures: list[Picture] = []
        self.widths: set[int] = set()

    def write(self, parent: Element, blocks: Iterable[BlockNode]) -> None:
        """Append ``blocks``."""
        for block, after in followed(blocks):
            match block:
                case Heading():
                    self._heading(parent, block)
                case Paragraph():
                    self._paragraph(parent, block, LEADING if leads(block, after) else "")
                case ListBlock():
                    self._list(parent, block)
                    if not isinstance(after, Heading):
                        _end_list(parent)
                case Table():
                    self._table(parent, block)
                case HeatMap():
                    self._heat_map(parent, block)
                case Contents():
                    self._contents(parent, block)

    def paragraph(self, parent: Element, style: str, inlines: Inlines, anchor: str = "") -> Element:
        """Append a paragraph and return it."""
        suffix = LEFTWARD if begins_leftward(inlines) and not style.endswith(LEADING) else ""
        element = add(parent, "text:p", {"text:style-name": f"{style}{suffix}"})
        self._bookmark(element, anchor)
        self._inlines.write(element, inlines)
        return element

    def _bookmark(self, element: Element, anchor: str) -> None:
        """Mark the place of ``anchor``; the second block with one anchor is not marked."""
        name = bookmark_name(anchor)
        if anchor and name not in self._names:
            self._names.add(name)
            add(element, "text:bookmark", {"text:name": name})

    def _heading(self, parent: Element, block: Heading) -> None:
        entry = next(self._entries)
        own = entry.level == 1 and block.annex
        style = "Annex_20_Heading" if own else f"Heading_20_{entry.level}"
        attributes = {"text:style-name": style, "text:outline-level": str(entry.level)}
        if own or not entry.number:
            attributes["text:is-list-header"] = "true"
        element = add(parent, "text:h", attributes)
        add(element, "text:bookmark", {"text:name": entry.bookmark})
        self._bookmark(element, block.anchor)
        label = (Run(f"{entry.number}\u2003"),) if own else ()
        self._inlines.write(element, (*label, *block.inlines))

    def _paragraph(self, parent: Element, block: Paragraph, suffix: str) -> None:
        if block.number is not None:
            listed = add(parent, "text:list", {"text:style-name": PARAGRAPHS})
            parent = add(listed, "text:list-item", {"text:start-value": str(block.number)})
        self.paragraph(parent, _STYLES[block.style] + suffix, block.inlines, block.anchor)

    # --- lists ---------------------------------------------------------------------------------------------------

    def _list(self, parent: Element, block: ListBlock) -> None:
        """Append a list. ODF allows no tables and pictures in it: they stand between its parts."""
        number, items, anchor = block.start, [], block.anchor
        for item in block.items:
            inside = tuple(b for b in item.blocks if isinstance(b, _LISTED))
            items.append(ListItem(inside))
            if others := tuple(_others(item.blocks)):
                self._items(parent, block.ordered, number, items, anchor)
                self.write(parent, others)
                number, items, anchor = number + len(items), [], ""
        if items:
            self._items(parent, block.ordered, number, items, anchor)

    def _items(
        self,
        parent: Element,
        ordered: bool,  # noqa: FBT001 (it is the kind of the list)
        start: int,
        items: Sequence[ListItem],
        anchor: str,
    ) -> None:
        name = "Number" if ordered else "Bullet"
        listed = add(parent, "text:list", {"text:style-name": f"{name}s"})
        for index, item in enumerate(items):
            first = {"text:start-value": str(start)} if ordered and not index and start != 1 else {}
            element = add(listed, "text:list-item", first)
            for place, block in enumerate(item.blocks):
                if isinstance(block, ListBlock):
                    self._items(element, block.ordered, block.start, block.items, block.anchor)
                elif isinstance(block, Paragraph):
                    style = _STYLES[block.style]
                    if block.style is ParagraphStyle.BODY:
                        style = f"List_20_{name}" if not place else "List_20_Contents"
                    number = () if block.number is None else (Run(f"{block.number}. "),)
                    self.paragraph(element, style, (*number, *block.inlines), anchor or block.anchor)
                    anchor = ""

    # --- tables and pictures -------------------------------------------------------------------------------------

    def _table(self, parent: Element, block: Table) -> None:
        self._caption(parent, block.caption, block.anchor)
        self._tables += 1
        table = add(
            parent,
            "table:table",
            {
                "table:name": f"Table{self._tables}",
                "table:style-name": "Table_20_Whole" if stays_whole(block) else "Table",
            },
        )
        label = caption_text(block.header, block.caption)
        if label:
            add(table, "table:title", text=label)
        for weight in column_weights(block):
            self.widths.add(weight)
            add(table, "table:table-column", {"table:style-name": f"Column{weight}"})
        anchor = "" if block.caption else block.anchor
        rows = add(table, "table:table-header-rows")
        self._row(rows, block.header, "Head", "Table_20_Heading", anchor)
        for row in block.rows:
            self._row(table, row, "Cell", "Table_20_Contents")

    def _row(
        self, parent: Element, cells: Sequence[Inlines], cell_style: str, style: str, anchor: str = ""
    ) -> None:
        row = add(parent, "table:table-row", {"table:style-name": "Row"})
        for inlines in cells:
            cell = add(
                row, "table:table-cell", {"table:style-name": cell_style, "office:value-type": "string"}
            )
            self.paragraph(cell, style, inlines, anchor)
            anchor = ""

    def _caption(self, parent: Element, caption: str, anchor: str) -> None:
        if caption:
            self.paragraph(parent, "Caption", (Run(caption),), anchor)

    def _heat_map(self, parent: Element, block: HeatMap) -> None:
        self._caption(parent, block.caption, block.anchor)
        drawing = drawn(block, TEXT_WIDTH_PT, self._document.language)
        for picture in drawing.pictures:
            self.pictures.append(picture)
            number = len(self.pictures)
            paragraph = self.paragraph(parent, "Picture", (), "" if block.caption else block.anchor)
            frame = add(
                paragraph,
                "draw:frame",
                {
                    "draw:name": f"Picture{number}",
                    "text:anchor-type": "as-char",
                    "svg:width": f"{picture.width:g}pt",
                    "svg:height": f"{picture.height:g}pt",
                },
            )
            link = {"xlink:href": picture_name(number), "xlink:type": "simple", "xlink:show": "embed"}
            add(frame, "draw:image", {**link, "xlink:actuate": "onLoad"})
            add(frame, "svg:title", text=block.caption)
            add(frame, "svg:desc", text=block.alt or block.caption)
        for line in drawing.key:
            self.paragraph(parent, "Table_20_Contents", (Run(line),))

    # --- contents ------------------------------------------------------------------------------------------------

    def _contents(self, parent: Element, block: Contents) -> None:
        self._lists += 1
        name = f"Contents{self._lists}"
        table = add(parent, "text:table-of-content", {"text:name": name, "text:protected": "true"})
        source = add(table, "text:table-of-content-source", {"text:outline-level": str(block.depth)})
        title = {"text:style-name": "Contents_20_Heading"}
        add(source, "text:index-title-template", title, block.title)
        for level in (1, 2, 3):
            _entry_template(source, level)
        body = add(table, "text:index-body")
        self.paragraph(
            add(body, "text:index-title", {"text:name": f"{name}_Head"}),
            "Contents_20_Heading",
            (Run(block.title),),
        )
        for entry, page in zip(self._outline, self._pages, strict=True):
            if entry.level <= block.depth:
                self._entry(body, entry, page)

    def _entry(self, body: Element, entry: Entry, page: int) -> None:
        paragraph = add(body, "text:p", {"text:style-name": f"Contents_20_{entry.level}"})
        place = {"xlink:type": "simple", "xlink:href": f"#{entry.bookmark}"}
        looks = {"text:style-name": "Index_20_Link", "text:visited-style-name": "Index_20_Link"}
        link = add(paragraph, "text:a", place | looks)
        number = f"{entry.number} " if entry.number else ""
        self._inlines.write(link, (Run(f"{number}{entry.text}\t{page}"),))


def picture_name(number: int) -> str:
    """Return the name of a picture in the package."""
    return f"Pictures/{number}.png"


def _end_list(parent: Element) -> None:
    """Give the last line of the list that ends ``parent`` the style that parts it from what follows."""
    last = parent[-1] if len(parent) else parent
    lines = [line for line in last.iter(q("text:p")) if _is_item(line.getparent())]
    style = lines[-1].get(q("text:style-name"), "") if lines else ""
    base = style.removesuffix(LEFTWARD)
    if base in LIST_ENDS:
        lines[-1].set(q("text:style-name"), LIST_ENDS[base] + style.removeprefix(base))


def _is_item(element: Element | None) -> bool:
    return element is not None and element.tag == q("text:list-item")


def _others(blocks: Iterable[BlockNode]) -> Iterator[BlockNode]:
    """Yield what no list may hold, that of nested lists included."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from _others(item.blocks)
        elif not isinstance(block, Paragraph):
            yield block


def _entry_template(source: Element, level: int) -> None:
    style = {"text:outline-level": str(level), "text:style-name": f"Contents_20_{level}"}
    entry = add(source, "text:table-of-content-entry-template", style)
    add(entry, "text:index-entry-link-start")
    add(entry, "text:index-entry-chapter")
    add(entry, "text:index-entry-span", text=" ")
    add(entry, "text:index-entry-text")
    add(entry, "text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."})
    add(entry, "text:index-entry-page-number")
    add(entry, "text:index-entry-link-end")
