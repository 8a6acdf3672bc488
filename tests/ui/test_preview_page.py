"""Qt knows few tags and rules: whatever the page for browsers becomes, the preview has to show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextDocument
from pytestqt.qtbot import QtBot

from briefer.domain.documents import (
    Contents,
    Document,
    Heading,
    HeatMap,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.export.html import to_pieces
from briefer.ui.brief.paper import Paper
from briefer.ui.brief.preview_page import preview_page

DOCUMENT = Document(
    "The title",
    (
        Contents("Inside", anchor="toc"),
        Heading(1, (Run("Objectives"),), "section"),
        Paragraph((Run("Body text."), NoteRef(1)), anchor="block", number=1),
        Paragraph((Run("Translated."),), ParagraphStyle.TRANSLATION, "translated"),
        Table(((Run("Head"),),), (((Run("Cell"),),),), "Caption", "table"),
        HeatMap(("Supply",), ("Japan",), ((3,),), "Counts", "Most: 3.", "map"),
    ),
    notes=(Note(1, (Run("The note."),)),),
    marking=Marking("OFFICIAL"),
    draft="DRAFT",
)


@pytest.fixture
def paper(qtbot: QtBot) -> Paper:
    page, made = preview_page(to_pieces(DOCUMENT)), Paper()
    qtbot.addWidget(made)
    made.show_parts(page.style, page.around("", 100_000, "left out"), "")
    qtbot.waitUntil(lambda: made.settled)
    return made


@pytest.fixture
def shown(paper: Paper) -> QTextDocument:
    """The page must outlive its document, and that its blocks."""
    return paper.document()


def formats(document: QTextDocument) -> Iterator[tuple[str, QTextCharFormat]]:
    """Yield each piece of text of one format, and the format."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            yield piece.text(), piece.charFormat()
            pieces += 1
        block = block.next()


def test_all_text_is_shown_and_none_of_the_rules(shown: QTextDocument) -> None:
    text = [line.strip() for line in shown.toPlainText().splitlines() if line.strip()]
    assert text == [
        *("OFFICIAL", "The title", "DRAFT", "Inside", "Objectives", "Objectives", "1. Body text.1"),
        *("Translated.", "Caption", "Head", "Cell", "Counts", "Japan", "Supply", "3"),
        *("The note. ↩", "OFFICIAL"),
    ]


def test_every_place_can_be_scrolled_to(shown: QTextDocument) -> None:
    names = {name for _, form in formats(shown) for name in form.anchorNames()}
    assert names >= {"section", "block", "translated", "table", "map", "note-1", "ref-1", "contents"}


def test_the_first_sheet_is_taken(shown: QTextDocument) -> None:
    colours = {text: form.foreground().color().name() for text, form in formats(shown)}
    assert colours["The title"] == "#1f3247"


def test_the_first_block_of_a_part_keeps_its_format(shown: QTextDocument) -> None:
    block = shown.begin()
    while block.text() != "OFFICIAL":
        block = block.next()
    assert block.blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter


class _Parts:
    """A page of parts, and what a page that is set at once has in their place."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.paper = Paper()
        qtbot.addWidget(self.paper)
        self.paper.resize(400, 300)
        self.paper.show()

    def show(self, parts: tuple[str, ...], place: str = "") -> list[str]:
        self.paper.show_parts("p { margin: 0; }", parts, place)
        self._qtbot.waitUntil(lambda: self.paper.settled)
        return [line for line in self.paper.toPlainText().splitlines() if line]


def _part(number: int) -> str:
    return f'<p id="p{number}">Part {number}</p>\n<ul>\n<li>item {number}</li>\n</ul>'


def _lines(numbers: list[int]) -> list[str]:
    return [line for number in numbers for line in (f"Part {number}", f"item {number}")]


@pytest.mark.parametrize(
    "numbers",
    [
        [0, 1, 2, 3],
        [9, 0, 1, 2, 3],
        [0, 1, 9, 8, 2, 3],
        [0, 1, 2, 3, 9],
        [0, 3],
        [1, 2, 3],
        [0, 1, 2],
        [],
        [9],
        [3, 2, 1, 0],
    ],
)
def test_parts_come_change_and_go_like_a_page_set_at_once(qtbot: QtBot, numbers: list[int]) -> None:
    parts = _Parts(qtbot)
    assert parts.show(tuple(map(_part, range(4)))) == _lines([0, 1, 2, 3])
    assert parts.show(tuple(map(_part, numbers))) == _lines(numbers)
    assert parts.show(tuple(map(_part, range(4)))) == _lines([0, 1, 2, 3])


def test_parts_that_stay_are_not_set_again(qtbot: QtBot) -> None:
    parts = _Parts(qtbot)
    parts.show(tuple(map(_part, range(4))))
    changes: list[tuple[int, int]] = []
    parts.paper.document().contentsChange.connect(lambda at, _gone, come: changes.append((at, come)))
    parts.show((_part(0), _part(1), _part(7), _part(3)))
    first, last = (parts.paper.document().find(text).position() for text in ("item 1", "Part 3"))
    assert changes
    assert all(first <= at and at + come <= last for at, come in changes)


def test_the_page_is_scrolled_to_a_place_as_soon_as_it_is_there(qtbot: QtBot) -> None:
    parts = _Parts(qtbot)
    parts.show(tuple(map(_part, range(200))), "p150")
    place = parts.paper.cursorRect(parts.paper.document().find("Part 150"))
    assert 0 <= place.top() < place.height() * 2
