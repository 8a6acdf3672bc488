"""What is gathered while an RTF file is read: running paragraphs, and the state of its groups."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefer.intake.office.pieces import Piece, Role, row_of

# Text goes into the document; other destinations are named by the word that opens them.
BODY = ""


@dataclass
class Flow:
    """Paragraphs that follow each other: the body, a note, a text box, a running head."""

    role: Role = Role.TEXT
    pieces: list[Piece] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)
    row: list[list[Piece]] = field(default_factory=list)
    strong: bool = True
    item: bool = False

    def end_paragraph(self, role: Role, level: int, *, in_table: bool) -> None:
        """Finish a paragraph, in the present cell or by itself."""
        text, hidden = joined(self.text), joined(self.hidden)
        found: list[Piece] = []
        if text.strip():
            found.append(Piece(text, role, level, self.strong))
        if hidden.strip():
            found.append(Piece(hidden, Role.HIDDEN))
        found += self.boxes
        if in_table:
            self.cell += found
        else:
            if self.row or self.cell:
                self.end_row()
            self.pieces += found
        self.text, self.hidden, self.boxes, self.strong, self.item = [], [], [], True, False

    def end_cell(self) -> None:
        """Finish a cell of a table."""
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """Finish a row of a table."""
        if self.cell:
            self.row.append(self.cell)
        self.pieces.extend(row_of(self.row))
        self.row, self.cell = [], []


@dataclass(slots=True)
class State:
    """What a group inherits from the one around it, and forgets at its end."""

    flow: Flow
    destination: str = BODY
    fallback: int = 1
    font: int | None = None
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    outline: int | None = None
    in_table: bool = False

    def inner(self) -> State:
        """Return the state of a group inside."""
        return State(
            self.flow,
            self.destination,
            self.fallback,
            self.font,
            self.bold,
            self.hidden,
            self.deleted,
            self.style,
            self.outline,
            self.in_table,
        )


def joined(texts: list[str]) -> str:
    """Return the text, in which characters beyond the first plane are given in two halves."""
    return "".join(texts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
