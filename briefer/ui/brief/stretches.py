"""The steps in which a text or line undoes what was typed in it: one for each stretch between two rests."""

from __future__ import annotations

from collections.abc import Callable

from briefer.ui.brief.kept_line import KeptLine
from briefer.ui.brief.prose import ProseEdit

Typing = ProseEdit | KeptLine
_MOST = 60
"""So many steps are told at most; those before count as one."""


def written(edit: Typing) -> str:
    """Return what stands there, as it is stored."""
    return edit.markdown if isinstance(edit, ProseEdit) else edit.written


def end_stretch(edit: Typing) -> None:
    """Let what is typed next be a step of its own."""
    if isinstance(edit, ProseEdit):
        # Qt joins what is typed to the step before as long as the document counts as modified.
        edit.document().setModified(False)


def stretches(edit: Typing) -> tuple[list[str], int]:
    """Return what stood there before the first step and after each, and the index of what stands there now."""
    edit.blockSignals(True)
    try:
        return _of_text(edit) if isinstance(edit, ProseEdit) else _of_line(edit)
    finally:
        edit.blockSignals(False)


def _of_text(edit: ProseEdit) -> tuple[list[str], int]:
    document, cursor = edit.document(), edit.textCursor()
    place, anchor = cursor.position(), cursor.anchor()

    def back() -> bool:
        possible = document.isUndoAvailable()
        document.undo()
        return possible

    def forth() -> bool:
        possible = document.isRedoAvailable()
        document.redo()
        return possible

    found = _walked(back, forth, lambda: edit.markdown)
    cursor.setPosition(anchor)
    cursor.setPosition(place, cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return found


def _of_line(line: KeptLine) -> tuple[list[str], int]:
    place = line.cursorPosition()

    def back() -> bool:
        possible = line.isUndoAvailable()
        line.undo()
        return possible

    def forth() -> bool:
        possible = line.isRedoAvailable()
        line.redo()
        return possible

    found = _walked(back, forth, lambda: line.written)
    line.setCursorPosition(place)
    return found


def _walked(
    back: Callable[[], bool], forth: Callable[[], bool], now: Callable[[], str]
) -> tuple[list[str], int]:
    behind = 0
    while behind < _MOST and back():
        behind += 1
    states, at, ahead = [now()], 0, 0
    while forth():
        ahead += 1
        if now() != states[-1]:
            states.append(now())
        if ahead == behind:
            at = len(states) - 1
    for _step in range(ahead - behind):
        back()
    return states, at
