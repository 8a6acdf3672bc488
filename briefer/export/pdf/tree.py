"""A document as the data that ``resources/templates/brief.typ`` shows.

Only strings, numbers and lists: what a user wrote cannot become typst's markup, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.domain.characters import by_script, is_japanese, xml_safe
from briefer.domain.documents import (
    BlockNode,
    CitationText,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeatMap,
    Inline,
    LineBreak,
    ListBlock,
    Marking,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
    plain_text,
)
from briefer.domain.exporting import NotesAt
from briefer.export.direction import begins_leftward
from briefer.export.frame import (
    anchors,
    colour,
    column_weights,
    date_text,
    followed,
    handling,
    leads,
    lines,
    notes_heading,
    opening,
    safe_link,
    same_language,
    short_title,
    status,
    stays_whole,
    subtitle,
)
from briefer.export.headings import Headings
from briefer.export.list_signs import Count, signs_of

_FIELDS = re.compile(r"\{(page|pages)\}")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-.*)?", re.IGNORECASE)
_CONTROLS = re.compile("[\x7f-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ALIGNMENTS = frozenset({"left", "center", "right"})
_UNMARKED = Marking("", placement=())
# What counts, as typst's numbering patterns name it.
_COUNTS = {Count.FIGURES: "1", Count.LETTERS: "a", Count.ROMAN: "i", Count.KANA: "ア"}


def clean(text: str) -> str:
    """Return ``text`` without byte order marks, which PDF/UA-1 forbids, nor controls, and on lines of one kind.

    A character for private use means nothing outside the font that it was written for: its number stands for it.
    """
    text = xml_safe(text).replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    return _PRIVATE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def tree(document: Document, notes: NotesAt) -> dict[str, object]:
    """Return the data of ``document``; ``fonts``, the families for what Latin letters are not, are still empty."""
    return _Tree(document).data(notes)


class _Tree:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = Headings(document)
        everything = [*lines(document.blocks), *(note.inlines for note in document.notes)]
        wanted = {i.anchor for line in everything for i in line if isinstance(i, CrossReference)}
        self._labels = {
            anchor: f"at-{number}"
            for number, anchor in enumerate(dict.fromkeys(anchors(document.blocks)), 1)
            if anchor in wanted
        }
        self._placed: set[str] = set()
        self._signs = signs_of(document)
        self._depth = 0

    def data(self, notes: NotesAt) -> dict[str, object]:
        document = self._document
        language, region = _language(document.language) or ("en", "GB")
        marking = document.marking or _UNMARKED
        grounded = bool(marking.ground and marking.on_ground)
        return {
            "lang": language,
            "region": region,
            "fonts": [],
            "name": self._name(),
            "author": [clean(document.author)] if document.author else [],
            "about": clean(subtitle(document)) or None,
            "dated": bool(document.modified),
            "title": self._text(document.title),
            "short": self._text(short_title(document)),
            "date": self._text(date_text(document)),
            "status": self._text(status(document)),
            "handling": [self._text(line) for line in handling(document)],
            "marking": {
                "text": self._text(marking.text),
                "colour": colour(marking.colour),
                "paged": colour(marking.on_ground if grounded else marking.colour),
                "ground": colour(marking.ground) if grounded else None,
                "align": marking.align if marking.align in _ALIGNMENTS else "center",
                "placement": list(marking.placement),
                "bold": marking.bold,
                "size": marking.size_pt,
            },
            "pages": list(_page_label(clean(document.page_label))),
            "endnotes": bool(document.notes) and notes is NotesAt.END,
            "noted": notes_heading(document),
            "notes": [self._inlines(note.inlines) for note in document.notes],
            "opening": self._blocks(opening(document)),
            "blocks": self._blocks(document.blocks),
        }

    def _name(self) -> str:
        """PDF/UA-1 wants a title, and a reader's window shows it."""
        texts = (self._document.title, *(plain_text(line) for line in lines(self._document.blocks)))
        for text in texts:
            if name := " ".join(clean(text).split()):
                return name[:200]
        return "無題" if is_japanese(self._document.language) else "Untitled"

    # --- inlines -----------------------------------------------------------------------------------------------

    def _text(self, text: str) -> list[object]:
        return self._inlines((Run(text),)) if text else []

    def _inlines(self, inlines: Iterable[Inline]) -> list[object]:
        known = tuple(part for inline in inlines for part in _opened(inline))
        return [
            piece for inline in by_script(known, self._document.language) for piece in self._inline(inline)
        ]

    def _inline(self, inline: Inline) -> Iterator[object]:
        match inline:
            case Run():
                yield from self._run(inline)
            case LineBreak():
                yield {"kind": "break"}
            case NoteRef(number=number):
                yield {"kind": "note", "number": number}
            case CrossReference(anchor=anchor, text=text):
                label = self._labels.get(anchor)
                yield {"kind": "run", "text": clean(text), "to": label} if label else clean(text)
            case _:
                raise ValueError("a citation was not resolved")

    def _run(self, run: Run) -> Iterator[object]:
        form = self._form(run)
        for number, text in enumerate(clean(run.text).split("\n")):
            if number:
                yield {"kind": "break"}
            if text:
                yield {"kind": "run", "text": text, **form} if form else text

    def _form(self, run: Run) -> dict[str, object]:
        flags = {
            "bold": run.bold,
            "italic": run.italic,
            "caps": run.small_caps,
            "sup": run.superscript,
            "sub": run.subscript,
            "under": run.underline,
            "code": run.code,
            "editorial": run.style is RunStyle.EDITORIAL,
            "portion": run.style is RunStyle.PORTION,
        }
        form: dict[str, object] = {name: True for name, on in flags.items() if on}
        if address := safe_link(run.link):
            form["url"] = address
        if run.language and not same_language(run.language, self._document.language):
            found = _language(run.language)
            if found:
                form |= {"lang": found[0]} | ({"region": found[1]} if found[1] else {})
        return form

    # --- blocks ------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[BlockNode]) -> list[object]:
        return [{**self._block(block, after), **self._mark(block)} for block, after in followed(blocks)]

    def _list(self, block: ListBlock) -> dict[str, object]:
        sign = self._signs.at(self._depth)
        self._depth += 1
        items = [self._blocks(item.blocks) for item in block.items]
        self._depth -= 1
        shown = f"{sign.before}{_COUNTS[sign.count]}{sign.after}"
        return {"kind": "list", "ordered": block.ordered, "sign": shown, "start": block.start, "items": items}

    def _mark(self, block: BlockNode) -> dict[str, object]:
        """Return the label of a block that something refers to; the second block with one anchor has none."""
        label = self._labels.get(block.anchor)
        if label is None or label in self._placed:
            return {}
        self._placed.add(label)
        return {"mark": label}

    def _block(self, block: BlockNode, after: BlockNode | None) -> dict[str, object]:
        match block:
            case Heading():
                level, number = self._headings.next(block)
                annex = {"annex": True} if block.annex else {}
                text = [_in_heading(piece) for piece in self._inlines(block.inlines)]
                # PDF/UA-1 wants a title in each bookmark.
                text = text if clean(plain_text(block.inlines)).strip() else ["–", *text]
                return {"kind": "heading", "level": level, "number": number, "inlines": text, **annex}
            case Paragraph():
                return self._paragraph(block) | ({"leads": True} if leads(block, after) else {})
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case HeatMap():
                return self._heat_map(block)
            case Contents():
                return {"kind": "contents", "title": self._text(block.title), "depth": block.depth}

    def _paragraph(self, block: Paragraph) -> dict[str, object]:
        found: dict[str, object] = {"kind": "paragraph", "style": block.style.value}
        if block.style is ParagraphStyle.CODE:
            return found | {"text": clean(plain_text(block.inlines))}
        number = {} if block.number is None else {"number": block.number}
        leftward = {"leftward": True} if begins_leftward(block.inlines) else {}
        return found | {"inlines": self._inlines(block.inlines)} | number | leftward

    def _table(self, table: Table) -> dict[str, object]:
        return {
            "kind": "table",
            "widths": column_weights(table),
            "kept": stays_whole(table),
            "caption": self._text(table.caption),
            "header": [self._inlines(cell) for cell in table.header],
            "rows": [[self._inlines(cell) for cell in row] for row in table.rows],
        }

    def _heat_map(self, heat_map: HeatMap) -> dict[str, object]:
        return {
            "kind": "heat",
            "caption": self._text(heat_map.caption),
            # PDF/UA-1 wants words for every picture.
            "alt": clean(heat_map.alt).strip() or clean(heat_map.caption).strip() or "–",
            "columns": [self._text(label) for label in heat_map.columns],
            "rows": [self._text(label) for label in heat_map.rows],
            "counts": [list(row) for row in heat_map.counts],
        }


def _opened(inline: Inline) -> Iterator[Inline]:
    if isinstance(inline, CitationText):
        yield from inline.inlines
    else:
        yield inline


def _in_heading(piece: object) -> object:
    return {**piece, "heading": True} if isinstance(piece, dict) and piece["kind"] == "note" else piece


def _language(tag: str) -> tuple[str, str | None] | None:
    """Return language and region as typst knows them, or None where ``tag`` has none."""
    match = _LANGUAGE.fullmatch(tag)
    if match is None:
        return None
    return match[1].lower(), match[2].upper() if match[2] else None


def _page_label(label: str) -> Iterator[object]:
    for number, piece in enumerate(_FIELDS.split(label)):
        if number % 2:
            yield {"field": piece}
        elif piece:
            yield piece
