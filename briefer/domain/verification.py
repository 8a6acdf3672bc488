"""What became of an exported document since its export, and how each part of it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.differences import Piece
from briefer.domain.findings import Level
from briefer.domain.manifests import Manifest


class Subject(StrEnum):
    """What a row is about.

    A quotation, a citation (or another note) and the marking are looked at in the file alone; EXCERPT and SOURCE
    tell how the library stands to what the file quotes and cites.
    """

    QUOTATION = "quotation"
    CITATION = "citation"
    MARKING = "marking"
    EXCERPT = "excerpt"
    SOURCE = "source"


class Verdict(StrEnum):
    """How it stands.

    In the file: EXACT; NORMALISED (only quotation marks, white space, widths differ); AROUND (the quotation is exact,
    the words around it, as its speaker, are not); ALTERED; MISSING; RECORD (the record in the file does not agree
    with its own digest, so it proves nothing).

    In the library: EXACT; CHANGED (the excerpt, or the data of the source, is another now); GONE (no longer there);
    WITHDRAWN and SUPERSEDED (flagged so since the export).
    """

    EXACT = "exact"
    NORMALISED = "normalised"
    AROUND = "around"
    ALTERED = "altered"
    MISSING = "missing"
    RECORD = "record"
    CHANGED = "changed"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Shape(StrEnum):
    """Whether the paragraph of a quotation is still one: it was split, or joined with another."""

    WHOLE = ""
    SPLIT = "split"
    JOINED = "joined"


_LEVELS = {
    Verdict.EXACT: None,
    Verdict.NORMALISED: Level.AMBER,
    Verdict.CHANGED: Level.RED,
    Verdict.SUPERSEDED: Level.AMBER,
}


@dataclass(frozen=True)
class Row:
    """How one quotation, citation, marking, excerpt or source stands.

    ``id`` is the id of the block, citation, excerpt or source (of a marking its place: ``header``, ``footer``,
    ``text``); ``place`` says where for people: the heading above, «note 3». ``recorded`` is the text at the export,
    ``found`` the present one; ``pieces`` are the words of both where they differ, and ``changed`` counts the
    characters taken out and put in. ``tracked`` is whether only tracked changes, which can still be refused, make the
    difference.
    """

    subject: Subject
    verdict: Verdict
    id: str
    place: str = ""
    recorded: str = ""
    found: str = ""
    pieces: tuple[Piece, ...] = ()
    changed: int = 0
    moved: bool = False
    shape: Shape = Shape.WHOLE
    tracked: bool = False

    @property
    def level(self) -> Level | None:
        """Red must be looked into, amber should be looked at; None where all is as it was."""
        if self.subject is Subject.SOURCE and self.verdict is Verdict.CHANGED:
            return Level.AMBER
        level = _LEVELS.get(self.verdict, Level.RED)
        reshaped = self.moved or self.shape is not Shape.WHOLE
        return Level.AMBER if level is None and reshaped else level


@dataclass(frozen=True)
class Verification:
    """What a verification found: ``rows`` by subject, each in the order of the export, those of the library last.

    ``file`` is the name of the file, ``manifest`` what it carries about itself. ``with_library`` is whether a
    library was asked; ``tracked`` and ``comments`` count what reviewers left in the file.
    """

    file: str
    manifest: Manifest
    rows: tuple[Row, ...]
    with_library: bool = False
    tracked: int = 0
    comments: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is red."""
        return all(row.level is not Level.RED for row in self.rows)


def warned(flags: Iterable[str]) -> tuple[Verdict, ...]:
    """Return which of a source's flags warn of it: that it was withdrawn, or superseded («superseded by …»)."""
    folded = [flag.casefold().strip() for flag in flags]
    warnings = (Verdict.WITHDRAWN, Verdict.SUPERSEDED)
    return tuple(warning for warning in warnings if any(flag.startswith(warning) for flag in folded))
