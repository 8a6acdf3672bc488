"""A document as a page: landmarks, blocks, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Contents,
    Document,
    Heading,
    HeatMap,
    Inlines,
    ListBlock,
    Marking,
    Note,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.domain.pieces import Piece, Pieces
from briefer.export.direction import begins_leftward
from briefer.export.frame import caption_text, check_notes, check_numbers, colour, notes_heading, opening
from briefer.export.headings import outline
from briefer.export.html.inlines import InlineWriter
from briefer.export.html.look import STYLE, browser_style
from briefer.export.html.shades import shade
from briefer.export.list_signs import Count, Sign, signs_of

_CLASSES = {
    ParagraphStyle.SUBTITLE: "subtitle",
    ParagraphStyle.SOURCE: "source",
    ParagraphStyle.PROMPT: "prompt",
    ParagraphStyle.MARKING: "status",
    ParagraphStyle.HANDLING: "handling",
}
_QUOTED = {ParagraphStyle.QUOTATION: "", ParagraphStyle.TRANSLATION: ' class="translation"'}
# The signs that HTML has itself; others are written out.
_TYPES = {
    Sign(Count.FIGURES, after="."): "",
    Sign(Count.LETTERS, after="."): ' type="a"',
    Sign(Count.ROMAN, after="."): ' type="i"',
}
_GAP = "\u2003"
_ALIGNMENTS = frozenset({"left", "center", "right"})


def to_pieces(document: Document, former: Pieces | None = None) -> Pieces:
    """Return ``document`` in the pieces of its page; what is as it was in ``former`` is not written again."""
    page = _Page(document, former)
    marking = document.marking
    above = (Piece(page.marking(marking, "header")),) if marking else ()
    foot = (Piece(page.marking(marking, "footer")),) if marking else ()
    pieces = (*above, *page.pieces())
    check_numbers([number for piece in pieces for number in piece.notes], document.notes)
    return Pieces(document.language, STYLE, pieces, foot, tuple(page.notes()))


def to_html(document: Document) -> str:
    """Return ``document`` as an HTML page. The id of a block is its anchor."""
    check_notes(document)
    title = escape(xml_safe(document.title)) or "–"
    body = "\n".join(_Page(document).body())
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n<style>{browser_style(document)}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self, document: Document, former: Pieces | None = None) -> None:
        self._document = document
        self._outline = outline(document)
        self._signs = signs_of(document)
        self._depth = 0
        self._ids: set[str] = {"contents", "notes"}  # those of the page's own
        self._places: list[str] = []
        self._alone = True
        self._headings = iter(self._outline)
        self._writer = InlineWriter(document.language, document.blocks)
        self._inlines = self._writer.write
        alike = former is not None and former.language == document.language
        # By their places, since no two pieces that are kept have one place, and comparing is quicker than hashing.
        kept = former.pieces if former and alike else ()
        self._former = {piece.places[0]: piece for piece in kept if piece.made_of and piece.places}
        self._former_notes = former.notes if former and alike else ()

    def body(self) -> Iterator[str]:
        document = self._document
        if document.marking:
            yield f"<header>\n{self.marking(document.marking, 'header')}\n</header>"
        yield "<main>"
        yield from (piece.html for piece in self.pieces())
        yield from self._endnotes()
        yield "</main>"
        if document.marking:
            yield f"<footer>\n{self.marking(document.marking, 'footer')}\n</footer>"

    def pieces(self) -> Iterator[Piece]:
        """Yield title, opening lines and blocks."""
        document = self._document
        if document.title:
            yield Piece(f"<h1>{self._inlines((Run(document.title),))}</h1>")
        above = (Run(document.marking.text),) if document.marking else ()
        for block in (*(b for b in opening(document) if b.inlines != above), *document.blocks):
            former = self._former.get(block.anchor) if block.anchor else None
            yield former if former and self._stays(former, block) else self._piece(block)

    def notes(self) -> Iterator[Piece]:
        """Yield the notes, as items of a list."""
        for note in self._document.notes:
            number = note.number - 1
            former = self._former_notes[number] if number < len(self._former_notes) else None
            yield former if former and self._stays(former, note) else self._note(note)

    def _note(self, note: Note) -> Piece:
        self._writer.referred = False
        back = f'<a role="doc-backlink" href="#ref-{note.number}" aria-label="{note.number} ↩">↩</a>'
        html = f'<li class="note" id="note-{note.number}">{self._inlines(note.inlines)} {back}</li>'
        return Piece(html, made_of=None if self._writer.referred else note)

    def _stays(self, piece: Piece, written: BlockNode | Note) -> bool:
        """Whether the piece of the former page can stand for this too; its places are then taken."""
        if piece.made_of is not written and piece.made_of != written:
            return False
        if not self._ids.isdisjoint(piece.places):
            return False
        self._ids.update(piece.places)
        return True

    def _piece(self, block: BlockNode) -> Piece:
        writer = self._writer
        self._places, self._alone, writer.notes, writer.referred = [], True, [], False
        html = self._block(block)
        alone = self._alone and not writer.referred
        opens = isinstance(block, Heading) and html.startswith("<h2")
        return Piece(html, tuple(self._places), tuple(writer.notes), opens, block if alone else None)

    def _endnotes(self) -> Iterator[str]:
        if not self._document.notes:
            return
        heading = notes_heading(self._document)
        yield f'<section role="doc-endnotes" aria-labelledby="notes">\n<hr>\n<h2 id="notes">{heading}</h2>\n<ol>'
        yield from (piece.html for piece in self.notes())
        yield "</ol>\n</section>"

    def marking(self, marking: Marking, place: str) -> str:
        """The marking stands at both ends of the page; in print on every sheet where its scheme wants it."""
        tone = colour(marking.colour)
        align = marking.align if marking.align in _ALIGNMENTS else "center"
        kept = {"header": " head", "footer": " foot"}[place] if place in marking.placement else ""
        # Black is left to the reader's colours: on a dark page it could not be seen.
        style = f"text-align: {align};" + (f" color: {tone};" if tone != "#000000" else "")
        if marking.ground and marking.on_ground:
            letters, ground = colour(marking.on_ground), colour(marking.ground)
            style = f"text-align: {align}; color: {letters}; background-color: {ground};"
        text = self._inlines((Run(marking.text, bold=marking.bold),))
        return f'<p class="marking{kept}" align="{align}" style="{style}">{text}</p>'

    def _blocks(self, blocks: Iterable[BlockNode]) -> Iterator[str]:
        return map(self._block, blocks)

    def _block(self, block: BlockNode) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case HeatMap():
                return self._heat_map(block)
            case Contents():
                return self._contents(block)

    def _id(self, anchor: str) -> str:
        """Return the attribute; the second block with one anchor has none."""
        if not anchor or anchor in self._ids:
            self._alone = self._alone and not anchor
            return ""
        self._ids.add(anchor)
        self._places.append(anchor)
        return f' id="{escape(xml_safe(anchor))}"'

    def _heading(self, block: Heading) -> str:
        self._alone = False  # level and number follow from the headings before it
        entry = next(self._headings)
        name = f"h{entry.level + 1}"
        kind = ' class="annex"' if block.annex else ""
        number = entry.number and f"{entry.number}{_GAP}"
        return f"<{name}{self._id(entry.place)}{kind}>{number}{self._inlines(block.inlines)}</{name}>"

    def _contents(self, block: Contents) -> str:
        """Return the headings down to the wanted level as nested lists of links."""
        self._alone = False
        parts = [f'<nav role="doc-toc" aria-labelledby="contents"{self._id(block.anchor)}>']
        parts.append(f'<h2 id="contents">{self._inlines((Run(block.title),))}</h2>')
        depth = 0
        for entry in (entry for entry in self._outline if entry.level <= block.depth):
            parts += ["<ul>"] * (entry.level - depth)
            parts += ["</li></ul>"] * (depth - entry.level)
            if entry.level <= depth:
                parts.append("</li>")
            number = entry.number and f"{entry.number}{_GAP}"
            parts.append(f'<li><a href="#{escape(xml_safe(entry.place))}">{number}{escape(entry.text)}</a>')
            depth = entry.level
        return "\n".join([*parts, *["</li></ul>"] * depth, "</nav>"])

    def _paragraph(self, block: Paragraph) -> str:
        place = self._id(block.anchor)
        if block.style is ParagraphStyle.CODE:
            return f"<pre{place}>{escape(xml_safe(plain_text(block.inlines)))}</pre>"
        text = self._inlines(block.inlines)
        names = [name] if (name := _CLASSES.get(block.style)) else []
        if block.number is not None:
            names.append("numbered")
            text = f'<span class="number">{block.number}.</span> {text}'
        kind = f' class="{" ".join(names)}"' if names else ""
        direction = ' dir="rtl"' if begins_leftward(block.inlines) else ""
        written = f"<p{place}{kind}{direction}>{text}</p>"
        if block.style in _QUOTED:
            return f"<blockquote{_QUOTED[block.style]}>{written}</blockquote>"
        return written

    def _list(self, block: ListBlock) -> str:
        self._alone = self._alone and not block.ordered  # the signs follow from the document
        name, sign = ("ol" if block.ordered else "ul"), self._signs.at(self._depth)
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        spelled = block.ordered and sign not in _TYPES
        kind = ' class="signed"' if spelled else _TYPES[sign] if block.ordered else ""
        self._depth += 1
        # Qt scrolls to an item, not to a list.
        places = [self._id(block.anchor), *("" for _ in block.items)]
        items = "\n".join(
            f"<li{place}>{_spelled(sign, number) if spelled else ''}{self._item(item.blocks)}</li>"
            for number, (place, item) in enumerate(zip(places, block.items, strict=False), block.start)
        )
        self._depth -= 1
        return f"<{name}{kind}{start}>\n{items}\n</{name}>"

    def _item(self, blocks: tuple[BlockNode, ...]) -> str:
        """An item of one paragraph stands without a paragraph's margins."""
        first = blocks[0] if blocks else None
        plain = isinstance(first, Paragraph) and first.style is ParagraphStyle.BODY and first.number is None
        if isinstance(first, Paragraph) and plain and not first.anchor:
            rest = "\n".join(self._blocks(blocks[1:]))
            return self._inlines(first.inlines) + (f"\n{rest}" if rest else "")
        return "\n".join(self._blocks(blocks))

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._inlines(cell)}</th>' for cell in table.header)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._inlines(cell)}</td>" for cell in row) + "</tr>\n"
            for row in table.rows
        )
        return self._framed(
            table.anchor, table.caption, caption_text(table.header, table.caption), head, rows
        )

    def _heat_map(self, heat_map: HeatMap) -> str:
        head = "<td></td>" + "".join(
            f'<th scope="col">{self._inlines((Run(label),))}</th>' for label in heat_map.columns
        )
        most = max((count for row in heat_map.counts for count in row), default=0)
        rows = "".join(
            f'<tr><th scope="row">{self._inlines((Run(label),))}</th>'
            + "".join(_count(count, most) for count in counts)
            + "</tr>\n"
            for label, counts in zip(heat_map.rows, heat_map.counts, strict=True)
        )
        label = xml_safe(heat_map.alt or heat_map.caption)
        return self._framed(heat_map.anchor, heat_map.caption, label, head, rows, ' class="heat"')

    def _framed(self, anchor: str, caption: str, label: str, head: str, rows: str, kind: str = "") -> str:
        title: Inlines = (Run(caption),) if caption else ()
        above = f'<p class="caption">{self._inlines(title)}</p>\n' if title else ""
        return (
            f"<div{self._id(anchor)}>\n{above}"
            f'<table{kind} aria-label="{escape(label)}" cellpadding="5" cellspacing="0">\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
        )


def _count(count: int, most: int) -> str:
    ground, letters = shade(count, most)
    return f'<td class="count" style="background-color: {ground}; color: {letters};">{count}</td>'


def _spelled(sign: Sign, number: int) -> str:
    return f'<span class="number">{escape(sign.text(number))}</span> '
