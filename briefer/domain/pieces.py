"""An exported page in pieces, as the preview shows it: nobody has to take the page apart again."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.documents import BlockNode, Note


@dataclass(frozen=True)
class Piece:
    """One block or note as HTML, with the ids in it and the numbers of the notes that it refers to, in reading order.

    ``opens`` says that it is the heading of a section of the highest level. ``made_of`` is what was written where the
    HTML rests on nothing else in the document but its language, and on the ids not being taken.
    """

    html: str
    places: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    opens: bool = False
    made_of: BlockNode | Note | None = None


@dataclass(frozen=True)
class Pieces:
    """The page: its style sheet, its pieces from top to bottom, and the notes as list items, from number 1 on.

    ``foot`` is what stands below the last note.
    """

    language: str = ""
    style: str = ""
    pieces: tuple[Piece, ...] = ()
    foot: tuple[Piece, ...] = ()
    notes: tuple[Piece, ...] = ()
