"""Qt knows few tags and rules: whatever the page for browsers becomes, the preview has to show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QApplication

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
def shown(qapp: QApplication) -> QTextDocument:
    """The document must outlive its blocks, which are pointers into it."""
    document = QTextDocument()
    document.setHtml(preview_page(to_html(DOCUMENT)).around("", 100_000, "left out"))
    return document


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
