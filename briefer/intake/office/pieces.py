"""What the readers of word processors' files share: paragraphs with their roles, and the capture they make.

Other than on a web page, nearly all of such a file is the text that somebody wrote. So every paragraph is body
unless the file itself says otherwise (a running head, hidden text, a table of contents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from briefer.domain.sources import Capture, SegmentKind
from briefer.errors import InputError
from briefer.intake.captures import finish
from briefer.intake.office.heads import Properties, read_top
from briefer.intake.pasted.lines import Judged, Line, is_prose
from briefer.intake.pasted.reading import Read, build
from briefer.intake.web.metadata import Page
from briefer.services.ports import Taken

MOST_PIECES = 200_000
_LONGEST_HEADING = 260
_LONGEST_STRONG = 120
_LONGEST_CELL = 200
_TOP = 40
# The soft hyphen shows only where a line breaks; the others no text processor writes on purpose.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f]")
_BREAK = re.compile(r"[\r\v\f\x85\u2028\u2029]")
_AROUND_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
_BLANK_LINES = re.compile(r"\n{2,}")


class Role(StrEnum):
    """What the file says that a paragraph is."""

    TEXT = "text"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    CAPTION = "caption"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    CONTENTS = "table of contents"
    RUNNING = "running head"
    HIDDEN = "hidden text"


_HEADING = re.compile(r"heading ([1-9])")
# Built-in styles bear English names in the files of every language's edition; only their ids are translated.
_NAMED = (
    (re.compile(r"title|document title"), Role.TITLE),
    (re.compile(r"subtitle"), Role.SUBTITLE),
    (re.compile(r"caption|(?:figure|table) caption"), Role.CAPTION),
    (
        re.compile(r"(?:toc|contents|.* index) (?:[1-9]|heading)|table of (?:figures|authorities)"),
        Role.CONTENTS,
    ),
    (re.compile(r"list.*"), Role.ITEM),
)


def role_of(name: str) -> tuple[Role, int] | None:
    """Return the role that the name of a style tells, with the level of a heading; None for any other name."""
    plain = name.strip().casefold()
    if heading := _HEADING.fullmatch(plain):
        return Role.HEADING, int(heading[1])
    return next(((role, 0) for pattern, role in _NAMED if pattern.fullmatch(plain)), None)


_KINDS = {
    Role.TITLE: SegmentKind.TITLE,
    Role.SUBTITLE: SegmentKind.HEADING,
    Role.HEADING: SegmentKind.HEADING,
    Role.CAPTION: SegmentKind.CAPTION,
    Role.CONTENTS: SegmentKind.FURNITURE,
    Role.RUNNING: SegmentKind.FURNITURE,
    Role.HIDDEN: SegmentKind.FURNITURE,
}
_TOLD = frozenset({Role.FOOTNOTE, Role.ENDNOTE, Role.CONTENTS, Role.RUNNING, Role.HIDDEN})
_TAGS = {Role.CAPTION: "figcaption", Role.ITEM: "li", Role.ROW: "tr"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph. ``level`` is that of a heading, from 1; ``strong`` whether all of it is bold."""

    text: str
    role: Role = Role.TEXT
    level: int = 0
    strong: bool = False


@dataclass
class Parts:
    """The paragraphs of a file, gathered in the order in which they stand."""

    body: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    heads: list[Piece] = field(default_factory=list)

    def all(self) -> Iterator[Piece]:
        """Yield the running heads, each once, then the body, then the notes."""
        yield from dict.fromkeys(self.heads)
        yield from self.body
        yield from self.notes


def row_of(cells: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """Yield a row of a table as one paragraph with tabs; or each of its cells' own, where it is there for layout."""
    filled = [cell for cell in cells if cell]
    layout = len(filled) == 1 or any(
        len(cell) > 1 and sum(len(piece.text) for piece in cell) > _LONGEST_CELL for cell in filled
    )
    if layout:
        for cell in filled:
            yield from cell
    elif filled:
        apart = [piece for cell in cells for piece in cell if piece.role in _TOLD]
        texts = [" ".join(p.text for p in cell if p.role not in _TOLD).replace("\n", " ") for cell in cells]
        yield Piece("\t".join(texts).rstrip("\t"), Role.ROW)
        yield from apart


def clean(text: str) -> str:
    """Return the text of a paragraph without what is not seen, and with line feeds for its line breaks."""
    return _AROUND_BREAK.sub("\n", _INVISIBLE.sub("", _BREAK.sub("\n", text))).strip()


def capture(taken: Taken, parts: Parts, properties: Properties, media_type: str) -> Capture:
    """Make a capture of the paragraphs and properties of a file.

    Raises:
        InputError: ``input-unsafe`` for hundreds of thousands of paragraphs.
    """
    pieces = list(_separate(parts.all()))
    if len(pieces) > MOST_PIECES:
        raise InputError("input-unsafe", name=taken.name, detail=f"it has more than {MOST_PIECES} paragraphs")
    text, judged = _lay_out(pieces)
    _judge(judged, pieces)
    top = read_top(judged, properties, taken.modified)
    read = Read(build(judged, ()), top.head, tuple(judged))
    return finish(text, "", media_type, read, Page(top.claims), taken.modified)


def _separate(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces cleaned, parted at blank lines; those before the first running text line by line."""
    lines = 0
    prose = False
    for piece in pieces:
        parts = _BLANK_LINES.split(clean(piece.text))
        if not prose and lines < _TOP and piece.role is Role.TEXT:
            # Heads are often one paragraph with line breaks: To, From, Date.
            parts = [line for part in parts for line in _unbroken(part)]
        for part in parts:
            if part.strip():
                lines += 1
                prose = prose or (piece.role in {Role.TEXT, Role.ITEM} and is_prose(Line(0, 0, part)))
                yield Piece(part, piece.role, piece.level, piece.strong)


def _unbroken(text: str) -> list[str]:
    lines = text.split("\n")
    return [text] if any(is_prose(Line(0, 0, line)) for line in lines) else lines


def _lay_out(pieces: Sequence[Piece]) -> tuple[str, list[Judged]]:
    """Return the text, paragraphs apart by a blank line and rows of a table not, with a line for each."""
    chunks: list[str] = []
    judged: list[Judged] = []
    place = 0
    for i, piece in enumerate(pieces):
        gap = 0
        if i:
            gap = 0 if piece.role is pieces[i - 1].role is Role.ROW else 1
            chunks.append("\n" * (gap + 1))
            place += gap + 1
        tag = f"h{min(piece.level or 1, 6)}" if piece.role is Role.HEADING else _TAGS.get(piece.role, "")
        line = Line(place, place + len(piece.text), piece.text, gap, tag)
        judged.append(Judged(line, prose=piece.role is not Role.HEADING and is_prose(line), junk=""))
        chunks.append(piece.text)
        place += len(piece.text)
    return "".join(chunks), judged


def _judge(judged: Sequence[Judged], pieces: Sequence[Piece]) -> None:
    titled = False
    for i, (item, piece) in enumerate(zip(judged, pieces, strict=True)):
        kind = _KINDS.get(piece.role, SegmentKind.PARAGRAPH)
        if piece.role is Role.HEADING and item.line.weight > _LONGEST_HEADING:
            kind = SegmentKind.PARAGRAPH
        elif piece.role is Role.TITLE:
            after = i > 0 and judged[i - 1].kind is SegmentKind.TITLE
            item.glued = after
            kind = SegmentKind.TITLE if after or not titled else SegmentKind.HEADING
            titled = True
        elif kind is SegmentKind.PARAGRAPH and _stands_out(pieces, i, item):
            kind = SegmentKind.HEADING
        item.set(kind, piece.role.value if piece.role in _TOLD else "")
        if kind is SegmentKind.FURNITURE:
            item.junk, item.prose = piece.role.value, False


def _stands_out(pieces: Sequence[Piece], i: int, item: Judged) -> bool:
    """Whether a short bold paragraph stands above one that is not bold: a heading without a style."""
    if not (pieces[i].strong and pieces[i].role is Role.TEXT) or i + 1 == len(pieces):
        return False
    line, below = item.line, pieces[i + 1]
    if line.weight > _LONGEST_STRONG or line.text.endswith((".", "。", ",", "、", ":", "：")):
        return False
    return not below.strong and below.role in {Role.TEXT, Role.ITEM} and len(below.text) > len(line.text)
