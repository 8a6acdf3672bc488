"""An exported document that came back, as it is read from its file: others have worked on it."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.manifests import Manifest


@dataclass(frozen=True)
class Returned:
    """A paragraph, heading or table cell of the body, in reading order.

    ``text`` is as it reads with all tracked changes accepted, ``before`` with all of them refused; marks of notes
    leave no trace in either. ``bookmarks`` are the names of Briefer's hidden bookmarks that begin in it, ``notes``
    the numbers of its notes (places in :attr:`ReturnedDocument.notes`, from 1), ``citations`` the ids of its live
    citations.
    """

    text: str
    before: str
    bookmarks: tuple[str, ...] = ()
    heading: bool = False
    notes: tuple[int, ...] = ()
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnedNote:
    """A foot- or endnote: its text with tracked changes accepted and refused, and its live citations.

    A note whose mark is taken out by a tracked change has an empty ``text``.
    """

    text: str
    before: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnedDocument:
    """All of a returned file that can be compared.

    ``headers`` and ``footers`` hold, for each that pages show, the texts of its paragraphs; ``tracked`` and
    ``comments`` count what reviewers left.
    """

    manifest: Manifest
    paragraphs: tuple[Returned, ...]
    notes: tuple[ReturnedNote, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    footers: tuple[tuple[str, ...], ...] = ()
    tracked: int = 0
    comments: int = 0
