"""Where the list of excerpts to cite opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor

from tests.ui.brief.conftest import Open

_HEIGHT = 600


@pytest.mark.parametrize("line", [20, 300, 400, 430, 470, 560])
def test_the_list_never_covers_the_line_that_is_written(opened: Open, line: int) -> None:
    popup = opened.editor.aid.popup
    popup._area.resize(800, _HEIGHT)
    cursor = QRect(60, line, 1, 22)
    popup._place(cursor, line)
    place = popup.geometry()
    assert not place.intersects(cursor.adjusted(0, -2, 800, 2))
    assert place.height() >= 150
    assert popup._area.rect().contains(place)
    # Below the line as long as there is room for a few excerpts.
    assert (place.top() > line) is (_HEIGHT - (line + 22) >= 160)


def test_in_a_low_window_it_takes_the_larger_side(opened: Open) -> None:
    popup = opened.editor.aid.popup
    popup._area.resize(800, 220)
    popup._place(QRect(60, 120, 1, 22), 120)
    assert popup.geometry().bottom() < 120
    popup._place(QRect(60, 80, 1, 22), 80)
    assert popup.geometry().top() > 100


def test_above_it_leaves_the_paragraph_in_sight_where_there_is_room(opened: Open) -> None:
    popup = opened.editor.aid.popup
    popup._area.resize(800, _HEIGHT)
    cursor = QRect(60, 560, 1, 22)
    popup._place(cursor, 500)
    assert popup.geometry().bottom() < 500
    popup._place(cursor, 40)
    assert 500 < popup.geometry().bottom() < 560


def test_the_text_tells_where_its_paragraph_begins(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = opened.prose().edit
    popup = opened.editor.aid.popup
    told: list[tuple[QRect, int]] = []
    monkeypatch.setattr(popup, "search", lambda _text, cursor, begin: told.append((cursor, begin)))
    edit.setPlainText("A paragraph.\n\n" + "Another one of some length. " * 30)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    opened.qtbot.keyClicks(edit, "@")
    cursor, begin = told[-1]
    assert 0 < cursor.top() - begin < edit.height()
    line = edit.cursorRect().height()
    assert cursor.top() - begin >= 2 * line
