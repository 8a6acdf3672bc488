"""Qt knows few tags and rules: whatever the page for browsers becomes, the preview has to show it."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextDocument
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
from briefer.export.html import to_html
from briefer.ui.brief.preview import _for_qt

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


def shown() -> QTextDocument:
    document = QTextDocument()
    document.setHtml(_for_qt(to_html(DOCUMENT)))
    return document


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def test_all_text_is_shown_and_none_of_the_rules(qtbot: QtBot) -> None:
    text = [line.strip() for line in shown().toPlainText().splitlines() if line.strip()]
    assert text == [
        *("OFFICIAL", "The title", "DRAFT", "Inside", "Objectives", "Objectives", "1. Body text.1"),
        *("Translated.", "Caption", "Head", "Cell", "Counts", "Japan", "Supply", "3"),
        *("Notes", "The note. ↩", "OFFICIAL"),
    ]


def test_every_place_can_be_scrolled_to(qtbot: QtBot) -> None:
    names = set()
    for block in blocks(shown()):
        pieces = block.begin()
        while not pieces.atEnd():
            names |= set(pieces.fragment().charFormat().anchorNames())
            pieces += 1
    assert names >= {"section", "block", "translated", "table", "map", "note-1", "ref-1", "contents"}


def test_the_first_sheet_is_taken(qtbot: QtBot) -> None:
    title = next(block for block in blocks(shown()) if block.text() == "The title")
    assert title.begin().fragment().charFormat().foreground().color().name() == "#1f3247"
