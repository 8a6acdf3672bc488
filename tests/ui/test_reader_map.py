"""Positions of the reader's document against offsets of the snapshot, with Qt's own document as the judge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from briefer.domain.spans import Span
from briefer.ui.library.reader_map import ReaderMap, shown_text, utf16_length

_CHARS = st.sampled_from("ab é\n\t\u2028日本𠮷🙂👨‍👩‍👧\u200d\x00")
_SEGMENTS = st.lists(
    st.tuples(st.text(_CHARS, min_size=1, max_size=12), st.booleans()), min_size=1, max_size=8
)


def _document(parts: list[tuple[str, bool]]) -> tuple[str, QTextDocument, ReaderMap]:
    """Lay out a snapshot whose segments are shown or hidden, with a line of the reader's own before each."""
    text, document, mapped = "", QTextDocument(), ReaderMap()
    cursor = QTextCursor(document)
    for part, shown in parts:
        span = Span(len(text), len(text) + len(part))
        text += part + "\n"
        if shown:
            cursor.insertText("¶ 🙂")
            cursor.insertBlock()
            mapped.add(cursor.position(), span, shown_text(part))
            cursor.insertText(shown_text(part))
            cursor.insertBlock()
    return text, document, mapped


@given(_SEGMENTS)
def test_each_character_comes_back(parts: list[tuple[str, bool]]) -> None:
    text, document, mapped = _document(parts)
    for piece in mapped.pieces():
        for offset in range(piece.span.start, piece.span.end):
            ((start, end),) = mapped.ranges(Span(offset, offset + 1))
            assert mapped.span(start, end) == Span(offset, offset + 1)
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            assert cursor.selectedText().replace("\xa0", " ") == shown_text(text)[offset].replace(
                "\u200b", cursor.selectedText()
            )


@given(_SEGMENTS, st.data())
def test_a_selection_gives_the_least_span_that_holds_it(
    parts: list[tuple[str, bool]], data: st.DataObject
) -> None:
    _text, document, mapped = _document(parts)
    length = document.characterCount() - 1
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    span = mapped.span(start, end)
    inside = [
        offset
        for piece in mapped.pieces()
        for offset in range(piece.span.start, piece.span.end)
        for at in mapped.ranges(Span(offset, offset + 1))
        if at[0] < end and at[1] > start
    ]
    if inside and start < end:
        assert span == Span(inside[0], inside[-1] + 1)
    else:
        assert span is None


@given(st.text(_CHARS, max_size=30))
def test_shown_text_keeps_every_place(text: str) -> None:
    shown = shown_text(text)
    assert len(shown) == len(text)
    document = QTextDocument()
    QTextCursor(document).insertText(shown)
    assert document.blockCount() == 1
    assert document.characterCount() - 1 == utf16_length(shown)


def test_line_ends_inside_japanese_are_not_seen() -> None:
    assert shown_text("日本\n経済 a\nb") == "日本\u200b経済 a b"


def test_a_lone_surrogate_is_replaced() -> None:
    assert shown_text("a\ud800b") == "a\ufffdb"


@given(_SEGMENTS)
def test_a_place_comes_back_and_one_between_leads_to_the_end_of_what_is_before(
    parts: list[tuple[str, bool]],
) -> None:
    text, document, mapped = _document(parts)
    shown = mapped.pieces()
    for piece in shown:
        for offset in range(piece.span.start, piece.span.end + 1):
            assert mapped.offset(mapped.position(offset)) == offset
        assert mapped.offset(piece.end + 1) == piece.span.end
    assert mapped.position(len(text)) == (shown[-1].end if shown else 0)
    first = shown[0].position if shown else document.characterCount()
    assert all(mapped.offset(position) is None for position in range(first))
