"""A mark that follows a citation stays on the line of its chip."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from briefer.markup import MarkdownMarkup
from briefer.ui.brief.prose import ProseEdit
from briefer.ui.brief.prose_text import LESS, OBJECT, CitationChips

_ID = "0198abcd-0000-7000-8000-000000000001"
_TEXT = (
    f"Both were struck by limits on the export of rare earths [@{_ID}]. 😀 Ministers agreed that firms decide"
    f"[@{_ID}],” an envoy said; 両国は重要鉱物の供給網で協力する[@{_ID}]。次の会合は未定である [@{_ID}]"
)


@pytest.fixture
def edit(qtbot: QtBot) -> ProseEdit:
    made = ProseEdit(CitationChips(lambda _source: "Harbour Gazette 2025"), MarkdownMarkup())
    qtbot.addWidget(made)
    made.resize(500, 100)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _line_starts(edit: ProseEdit) -> Iterator[str]:
    """What stands before and behind each end of a line."""
    block = edit.document().firstBlock()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for number in range(1, block.layout().lineCount()):
            at = 2 * block.layout().lineAt(number).textStart()
            yield units[at - 2 : at + 2].decode("utf-16-le", "replace")
        block = block.next()


def _narrowed(edit: ProseEdit) -> int:
    layout = edit.document().firstBlock().layout()
    return sum(f.format.hasProperty(LESS) for f in layout.formats())


def _narrowed_at(edit: ProseEdit, width: int) -> int:
    edit.resize(width, 100)
    return _narrowed(edit)


def test_no_mark_falls_alone_onto_a_line_at_any_width(edit: ProseEdit) -> None:
    edit.show_markdown(_TEXT)
    narrowed = set()
    for width in range(260, 700, 2):
        edit.resize(width, 100)
        assert not {ends for ends in _line_starts(edit) if ends[0] == OBJECT and ends[1] in ".,。”"}, width
        narrowed.add(_narrowed(edit))
    assert {0, 1} <= narrowed


def test_only_the_layout_knows_of_it(edit: ProseEdit) -> None:
    edit.show_markdown(_TEXT)
    changes: list[str] = []
    edit.textChanged.connect(lambda: changes.append(edit.markdown))
    for width in range(260, 700, 2):
        edit.resize(width, 100)
    assert changes == []
    assert edit.markdown == _TEXT
    assert not edit.document().isUndoAvailable()


def test_it_holds_while_the_line_is_typed_and_shortened(edit: ProseEdit, qtbot: QtBot) -> None:
    edit.show_markdown(f"Both were struck by limits on rare earths [@{_ID}].")
    width = next(w for w in range(400, 200, -1) if _narrowed_at(edit, w))
    edit.put_cursor(at_end=False)
    for letter in "iiii llll wwww mmmm " * 3:
        qtbot.keyClicks(edit, letter)
        assert f"{OBJECT}." not in set(_line_starts(edit))
    while not edit.textCursor().atStart():
        edit.textCursor().deletePreviousChar()
        assert f"{OBJECT}." not in set(_line_starts(edit))
    assert _narrowed(edit) == 1
    edit.resize(width + 20, 100)
    assert _narrowed(edit) == 0
    assert edit.markdown == f"Both were struck by limits on rare earths [@{_ID}]."


def test_a_line_of_the_markdown_keeps_its_colours(edit: ProseEdit) -> None:
    edit.show_source(True)
    edit.show_markdown(f"**Both were struck by limits on the export** [@{_ID}].")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    coloured = []
    for width in range(260, 420):
        edit.resize(width, 100)
        assert f"{OBJECT}." not in set(_line_starts(edit))
        layout = edit.document().firstBlock().layout()
        coloured.append(len(layout.formats()) - _narrowed(edit))
    assert len(set(coloured)) == 1
    assert coloured[0] > 0
