"""One self-contained HTML page. It is also the preview, so its tags and rules are those that Qt knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from briefer.domain.characters import by_script, xml_safe
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitationText,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeatMap,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Marking,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    flattened,
)
from briefer.export.frame import (
    as_table,
    caption_text,
    check_notes,
    colour,
    notes_heading,
    opening,
    safe_link,
    same_language,
)

# Qt's rich text reads the first sheet; it gives up a whole sheet at a rule that it does not know, so what is
# for browsers alone stands in a sheet of its own.
_STYLE = """
body { font-family: Arial, "Helvetica Neue", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", sans-serif; }
h1 { color: #1f3247; font-size: 20pt; margin-top: 8px; margin-bottom: 4px; }
h2 { color: #2f4a66; font-size: 14pt; margin-top: 22px; margin-bottom: 6px; }
h3 { color: #2f4a66; font-size: 12pt; margin-top: 16px; margin-bottom: 4px; }
h4 { color: #5a6675; font-size: 11pt; margin-top: 12px; margin-bottom: 4px; }
p { margin-top: 0px; margin-bottom: 8px; }
p.subtitle { color: #5a6675; margin-bottom: 10px; }
p.prompt { color: #6b7685; font-style: italic; }
p.source { margin-left: 24px; text-indent: -24px; }
p.caption { color: #5a6675; font-weight: bold; margin-top: 10px; margin-bottom: 4px; }
p.note { font-size: 9pt; margin-bottom: 4px; }
blockquote { margin-left: 24px; margin-right: 24px; margin-top: 4px; margin-bottom: 12px; }
pre { font-family: "Courier New", monospace; font-size: 9pt; margin-left: 24px; }
table { border-collapse: collapse; margin-bottom: 12px; }
th { background-color: #e8edf2; color: #1f3247; text-align: left; }
td, th { border-bottom: 1px solid #b8c4d0; vertical-align: top; }
a { color: #1f5a96; }
"""

_BROWSER_STYLE = """
:root { color-scheme: light dark; }
body { line-height: 1.5; margin: 2rem auto; max-width: 46rem; padding: 0 1.25rem; }
h1 { line-height: 1.25; }
p.subtitle { border-bottom: 1px solid #b8c4d0; padding-bottom: .6rem; }
blockquote { border-left: 3px solid #b8c4d0; padding-left: 1rem; }
blockquote p:last-child { margin-bottom: 0; }
pre { overflow-x: auto; }
table { width: 100%; }
p.note { overflow-wrap: anywhere; }
sup { line-height: 0; }
:target { scroll-margin-top: 1rem; }
@media (prefers-color-scheme: dark) {
  h1, h2, h3 { color: #c4d4e6; }
  h4, p.subtitle, p.caption, p.prompt { color: #a3b0bf; }
  th { background-color: #263442; color: #d5e0ec; }
  a { color: #8ab8ea; }
  p.subtitle, blockquote, th, td { border-color: #46566a; }
}
@media print { body { margin: 0; max-width: none; } a { color: inherit; text-decoration: none; } }
"""

_CLASSES = {
    ParagraphStyle.SUBTITLE: "subtitle",
    ParagraphStyle.SOURCE: "source",
    ParagraphStyle.PROMPT: "prompt",
}
_ALIGNMENTS = frozenset({"left", "center", "right"})


def to_html(document: Document) -> str:
    """Return ``document`` as an HTML page. The id of a block is its anchor."""
    check_notes(document)
    page = _Page(document)
    title = escape(xml_safe(document.title))
    body = "\n".join(page.body())
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n<style>{_BROWSER_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids: set[str] = set()

    def body(self) -> Iterator[str]:
        document = self._document
        if document.marking:
            yield self._marking(document.marking)
        if document.title:
            yield f"<h1>{self._inlines((Run(document.title),))}</h1>"
        yield from self._blocks(
            block for block in opening(document) if block.style is ParagraphStyle.SUBTITLE
        )
        yield from self._blocks(document.blocks)
        if document.notes:
            yield f"<hr>\n<h2>{notes_heading(document)}</h2>"
            for note in document.notes:
                back = f'<a href="#ref-{note.number}" id="note-{note.number}">{note.number}.</a>'
                yield f'<p class="note">{back} {self._inlines(note.inlines)}</p>'
        if document.marking:
            yield self._marking(document.marking)

    def _marking(self, marking: Marking) -> str:
        shade = colour(marking.colour)
        align = marking.align if marking.align in _ALIGNMENTS else "center"
        # Black is left to the reader's colours: on a dark page it could not be seen.
        style = f"text-align: {align};" + (f" color: {shade};" if shade != "#000000" else "")
        text = self._inlines((Run(marking.text, bold=marking.bold),))
        return f'<p class="marking" align="{align}" style="{style}">{text}</p>'

    def _blocks(self, blocks: Iterable[BlockNode]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading():
                    name = f"h{min(max(block.level, 1), 3) + 1}"
                    yield f"<{name}{self._id(block.anchor)}>{self._inlines(block.inlines)}</{name}>"
                case Paragraph():
                    yield self._paragraph(block)
                case ListBlock():
                    yield self._list(block)
                case Table():
                    yield self._table(block)
                case HeatMap():
                    yield self._table(as_table(block))
                case Contents():
                    pass

    def _id(self, anchor: str) -> str:
        """Return the attribute; the second block with one anchor has none."""
        if not anchor or anchor in self._ids:
            return ""
        self._ids.add(anchor)
        return f' id="{escape(xml_safe(anchor))}"'

    def _paragraph(self, block: Paragraph) -> str:
        place = self._id(block.anchor)
        if block.style is ParagraphStyle.CODE:
            text = "".join(run.text for run in block.inlines if isinstance(run, Run))
            return f"<pre{place}>{escape(xml_safe(text))}</pre>"
        text = self._inlines(block.inlines)
        if block.style is ParagraphStyle.QUOTATION:
            return f"<blockquote><p{place}>{text}</p></blockquote>"
        if block.style is ParagraphStyle.MARKING:
            return f"<p{place}><b>{text}</b></p>"
        name = _CLASSES.get(block.style)
        kind = f' class="{name}"' if name else ""
        return f"<p{place}{kind}>{text}</p>"

    def _list(self, block: ListBlock) -> str:
        name = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        # Qt scrolls to an item, not to a list.
        places = [self._id(block.anchor), *("" for _ in block.items)]
        items = "\n".join(
            f"<li{place}>{self._item(item.blocks)}</li>"
            for place, item in zip(places, block.items, strict=False)
        )
        return f"<{name}{start}>\n{items}\n</{name}>"

    def _item(self, blocks: tuple[BlockNode, ...]) -> str:
        """An item of one paragraph stands without a paragraph's margins."""
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph) and first.style is ParagraphStyle.BODY and not first.anchor:
            rest = "\n".join(self._blocks(blocks[1:]))
            return self._inlines(first.inlines) + (f"\n{rest}" if rest else "")
        return "\n".join(self._blocks(blocks))

    def _table(self, table: Table) -> str:
        label = escape(caption_text(table.header, table.caption))
        caption = (Run(table.caption),) if table.caption else ()
        above = f'<p class="caption">{self._inlines(caption)}</p>\n' if caption else ""
        head = "".join(f'<th scope="col">{self._inlines(cell)}</th>' for cell in table.header)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._inlines(cell)}</td>" for cell in row) + "</tr>\n"
            for row in table.rows
        )
        place = self._id(table.anchor)
        return (
            f'<div{place}>\n{above}<table aria-label="{label}" cellpadding="5" cellspacing="0">\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
        )

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(
            self._inline(inline) for inline in by_script(tuple(flattened(inlines)), self._document.language)
        )

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Run():
                return self._run(inline)
            case LineBreak():
                return "<br>"
            case NoteRef(number=number):
                return f'<sup><a href="#note-{number}" id="ref-{number}">{number}</a></sup>'
            case Citation() | CitationText() | CrossReference():
                raise ValueError("a citation was not resolved")

    def _run(self, run: Run) -> str:
        text = escape(xml_safe(run.text)).replace("\n", "<br>")
        marks = {
            "code": run.code,
            "sup": run.superscript,
            "sub": run.subscript,
            "u": run.underline,
            "i": run.italic,
            "b": run.bold,
        }
        for name, on in marks.items():
            if on:
                text = f"<{name}>{text}</{name}>"
        if run.small_caps:
            text = f'<span style="font-variant: small-caps;">{text}</span>'
        if run.language and not same_language(run.language, self._document.language):
            text = f'<span lang="{escape(run.language)}">{text}</span>'
        address = safe_link(run.link)
        return f'<a href="{escape(address)}">{text}</a>' if address else text
