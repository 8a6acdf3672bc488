"""HTML from the clipboard into blocks: word processors and browsers give structure and looks, only the former stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.prose import ListLine, ProseBlock, lists_of
from briefer.markup.inlines import merged

_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING_LEVEL = 3
_DEEPEST = 60
_WITHOUT_TEXT = {"table", "tbody", "thead", "tfoot", "tr", "ul", "ol"}
_SILENT = {
    "script",
    "style",
    "head",
    "title",
    "meta",
    "link",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "p", "div", "ul", "ol", "li", "table", "blockquote", "pre", "section", "article", "header", "footer", "main",
    "aside", "nav", "figure", "figcaption", "dl", "dt", "dd", "hr", "address", "form", "body", "html", "center",
}  # fmt: skip
# Word writes its lists as paragraphs: level in the style, sign in a part of its own that no list supports.
_WORD_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d+)")
_WORD_SIGN = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_WORD_HEADING = re.compile(r"MsoTitle|MsoSubtitle|MsoHeading")
_NUMBER = re.compile(r"[(（]?(?:\d+|[a-z]|[ivx]+)[.)）、]?", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style:\s*(?:italic|oblique)", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
_LINKED = ("http://", "https://", "mailto:")


def pasted(source: str) -> tuple[ProseBlock, ...]:
    """Return the blocks of ``source``; of what cannot be read, none.

    Pictures leave their alternative text, tables in tables and lists in table cells their text.
    """
    text = re.sub(r"<!\[(?:if|endif)[^>]*>", "", xml_safe(source).replace("\0", ""))
    if not text.strip():
        return ()
    try:
        document = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except ParserError:
        return ()
    _flatten(document)
    reader = _Reader()
    reader.flow(document, Run(""))
    reader.end_paragraph()
    return tuple(_listed(reader.found))


def _flatten(document: HtmlElement) -> None:
    """Leave of what is nested deeper than any page nests only the text, because the reader goes down level by level."""
    level = [document]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element if isinstance(child.tag, str)]
    while level:
        element = level.pop()
        if element.tag in _WITHOUT_TEXT and len(element):
            level += [child for child in element if isinstance(child.tag, str)]
            continue
        text, tail = element.text_content(), element.tail
        element.clear()
        # A reference such as &#1; is read into a character that none of it may be given again.
        element.text, element.tail = xml_safe(text), xml_safe(tail or "")


@dataclass
class _Reader:
    """Walks the elements in order; ``line`` is the paragraph so far."""

    found: list[ProseBlock | ListLine] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    quoted: bool = False
    heading: bool = False

    def flow(self, element: HtmlElement, now: Run) -> None:
        """Read an element that is a block or stands within a line, and what follows it up to the next."""
        if isinstance(element.tag, str) and element.tag not in _SILENT and not _is_hidden(element):
            self._element(element, element.tag, now)

    def end_paragraph(self) -> None:
        """End the paragraph, if one has begun."""
        content = tidy(self.line)
        self.line = []
        if not content:
            return
        if self.heading:
            self.found.append(Heading(_HEADING_LEVEL, _one_line(content)))
        else:
            style = ParagraphStyle.QUOTATION if self.quoted else ParagraphStyle.BODY
            self.found.append(Paragraph(content, style))

    def _element(self, element: HtmlElement, tag: str, now: Run) -> None:
        now = _formatted(element, tag, now)
        if tag == "br":
            self.line.append(LineBreak())
        elif tag == "img":
            self.line.append(replace(now, text=element.get("alt", "")))
        elif tag in {"ul", "ol"}:
            self.end_paragraph()
            self.found.append(_html_list(element))
        elif tag == "table":
            self.end_paragraph()
            self._table(element, now)
        elif tag in _BLOCKS:
            self._block(element, tag, now)
        else:
            self._children(element, now)

    def _children(self, element: HtmlElement, now: Run) -> None:
        self.line.append(replace(now, text=element.text or ""))
        for child in element:
            self.flow(child, now)
            self.line.append(replace(now, text=child.tail or ""))

    def _block(self, element: HtmlElement, tag: str, now: Run) -> None:
        self.end_paragraph()
        level = _WORD_LEVEL.search(element.get("style", ""))
        if level:
            sign = "".join(_word_sign(element))
            self._children(element, now)
            content = _one_line(tidy(self.line))
            self.line = []
            if content:
                ordered = _NUMBER.fullmatch(sign) is not None
                self.found.append(ListLine(int(level[1]), ordered, content, ordered))
            return
        before = self.quoted, self.heading
        self.quoted = self.quoted or tag == "blockquote"
        self.heading = tag in _HEADINGS or _WORD_HEADING.search(element.get("class", "")) is not None
        self._children(element, now)
        self.end_paragraph()
        self.quoted, self.heading = before

    def _table(self, element: HtmlElement, now: Run) -> None:
        cells = [
            [cell for cell in row if cell.tag in {"td", "th"}]
            for row in element.iter("tr")
            if next(row.iterancestors("table"), None) is element
        ]
        # By their letters, not by what is read of them: tables in tables would be read twice at each level.
        cells = [row for row in cells if any(cell.text_content().strip() for cell in row)]
        width = max(map(len, cells), default=0)
        if width == 1:
            # A table of one column lays a page out.
            self._children(element, now)
            self.end_paragraph()
        elif width:
            rows = [tuple(map(_text_of, row)) for row in cells]
            full = [(*row, *[()] * (width - len(row))) for row in rows]
            self.found.append(Table(full[0], tuple(full[1:])))


def tidy(parts: list[Inline]) -> Inlines:
    """Fold white space as a browser does, and leave out what stands at the ends of lines."""
    folded: list[Inline] = []
    blank = True
    for part in parts:
        if not isinstance(part, Run):
            _end_line(folded)
            blank = True
            folded.append(part)
            continue
        text = _SPACE.sub(" ", part.text.replace("\xa0", " "))
        text = text.lstrip(" ") if blank else text
        if text:
            blank = text.endswith(" ")
            folded.append(replace(part, text=text))
    _end_line(folded)
    while folded and isinstance(folded[-1], LineBreak):
        folded.pop()
        _end_line(folded)
    while folded and isinstance(folded[0], LineBreak):
        folded.pop(0)
    return merged(iter(folded))


def _end_line(parts: list[Inline]) -> None:
    while parts and isinstance(last := parts[-1], Run):
        text = last.text.rstrip(" ")
        if text:
            parts[-1] = replace(last, text=text)
            return
        parts.pop()


def _one_line(inlines: Inlines) -> Inlines:
    return merged(Run(" ") if isinstance(i, LineBreak) else i for i in inlines)


def _formatted(element: HtmlElement, tag: str, now: Run) -> Run:
    style = element.get("style", "")
    if tag in {"b", "strong"} or _BOLD.search(style):
        now = replace(now, bold=True)
    if _NOT_BOLD.search(style):
        now = replace(now, bold=False)
    if tag in {"i", "em", "cite", "dfn"} or _ITALIC.search(style):
        now = replace(now, italic=True)
    if tag in {"code", "kbd", "samp", "tt"}:
        now = replace(now, code=True)
    target = element.get("href", "") if tag == "a" else ""
    return replace(now, link=target.strip()) if target.strip().lower().startswith(_LINKED) else now


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style", "")
    return bool(_HIDDEN.search(style) or _WORD_SIGN.search(style)) or element.get("hidden") is not None


def _word_sign(element: HtmlElement) -> Iterator[str]:
    for part in element.iter("span"):
        if _WORD_SIGN.search(part.get("style", "")):
            yield part.text_content().replace("\xa0", " ").strip()


def _html_list(element: HtmlElement) -> ListBlock:
    items: list[ListItem] = []
    for child in element:
        if child.tag in {"ul", "ol"}:
            # Browsers copy a nested list beside the item that it belongs to.
            former = items.pop().blocks if items else ()
            items.append(ListItem((*former, _html_list(child))))
        elif child.tag == "li":
            items.append(_html_item(child))
    return ListBlock(
        tuple(item for item in items if item.blocks), ordered=element.tag == "ol", start=_start(element)
    )


def _start(element: HtmlElement) -> int:
    start = element.get("start", "")
    return (
        int(start) if element.tag == "ol" and start.isascii() and start.isdecimal() and len(start) < 8 else 1
    )


def _html_item(element: HtmlElement) -> ListItem:
    reader = _Reader()
    reader._children(element, Run(""))  # noqa: SLF001 (an item is read like a page of its own)
    reader.end_paragraph()
    words: list[Inline] = []
    lists: list[BlockNode] = []
    for block in reader.found:
        if isinstance(block, ListBlock):
            lists.append(block)
        else:
            words += [LineBreak()] * bool(words) + list(_words(block))
    content = tidy(words)
    return ListItem((*((Paragraph(content),) if content else ()), *lists))


def _text_of(element: HtmlElement) -> Inlines:
    """Return the text of a cell in one line."""
    reader = _Reader()
    reader._children(element, Run("", bold=False))  # noqa: SLF001 (as above)
    reader.end_paragraph()
    words: list[Inline] = []
    for block in reader.found:
        words += [Run(" "), *_words(block)]
    return _one_line(tidy(words))


def _words(block: BlockNode | ProseBlock | ListLine) -> Inlines:
    match block:
        case Heading() | Paragraph() | ListLine():
            return block.inlines
        case ListBlock():
            parts = [_words(part) for item in block.items for part in item.blocks]
        case Table():
            parts = [cell for row in (block.header, *block.rows) for cell in row]
        case _:
            return ()
    return tuple(inline for part in parts for inline in (Run(" "), *part))


def _listed(found: list[ProseBlock | ListLine]) -> Iterator[ProseBlock]:
    """Yield blocks, with Word's items as lists."""
    items: list[ListLine] = []
    for block in found:
        if isinstance(block, ListLine):
            items.append(block)
            continue
        yield from lists_of(items)
        items = []
        yield block
    yield from lists_of(items)
