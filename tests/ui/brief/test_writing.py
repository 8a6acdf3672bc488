from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from briefer.ui.brief.link_dialog import LinkDialog
from briefer.ui.context import SaveState
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_an_excerpt_is_searched_by_at_and_cited_by_keys(opened: Open) -> None:
    row, popup = opened.prose(), opened.editor.aid.popup
    opened.page.activateWindow()
    row.go(at_end=True)
    opened.qtbot.waitUntil(row.edit.hasFocus)
    opened.qtbot.keyClicks(row.edit, " @cabl")
    opened.qtbot.waitUntil(lambda: popup.isVisible() and popup.model.rowCount() > 1)
    opened.settle()
    opened.press(row.edit, Qt.Key.Key_Down)
    hit = popup.model.hit(1)
    assert hit is not None
    opened.press(row.edit, Qt.Key.Key_Return)
    assert not popup.isVisible()
    opened.editor.flush()
    assert opened.stored.sections[0].blocks[0].markdown.endswith(f" [@{hit.excerpt.id}]")
    cursor, before = row.edit.cursorRect(), row.edit.textCursor()
    before.movePosition(before.MoveOperation.PreviousCharacter)
    middle = QPoint((row.edit.cursorRect(before).left() + cursor.left()) // 2, cursor.center().y())
    chip = row.edit.citation_at(middle)
    assert chip == f"[@{hit.excerpt.id}]"
    assert hit.excerpt.quote[:20] in opened.editor.aid.chips.told(chip)
    with opened.qtbot.waitSignal(opened.editor.source_wanted) as wanted:
        opened.qtbot.mouseClick(
            row.edit.viewport(),
            Qt.MouseButton.LeftButton,
            pos=middle,
        )
    assert wanted.args == [hit.excerpt.id]
    opened.qtbot.keyClicks(row.edit, " @x")
    opened.press(row.edit, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    opened.settle()


def test_words_are_replaced_in_all_texts_and_back_in_one_step(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    texts = first.edit.markdown, second.edit.markdown
    for row in (first, second):
        row.go(at_end=True)
        opened.qtbot.keyClicks(row.edit, " Zebra")
    opened.press(second.edit, Qt.Key.Key_H, CONTROL)
    bar = opened.workspace.find_bar
    assert bar.isVisible()
    bar.wanted.setText("zebra")
    bar.by.setText("gnu")
    bar.all.click()
    opened.settle()
    assert (first.edit.markdown, second.edit.markdown) == (texts[0] + " gnu", texts[1] + " gnu")
    opened.undo()
    assert (first.edit.markdown, second.edit.markdown) == (texts[0] + " Zebra", texts[1] + " Zebra")


def test_places_are_found_one_after_the_other_and_replaced_singly(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    for row in (first, second):
        row.go(at_end=True)
        opened.qtbot.keyClicks(row.edit, " Zebra")
    opened.press(first.edit, Qt.Key.Key_F, CONTROL)
    bar = opened.workspace.find_bar
    bar.wanted.setText("Zebra")
    opened.press(bar.wanted, Qt.Key.Key_Return)
    found = [row.edit.textCursor().selectedText() for row in (first, second)]
    assert "Zebra" in found
    opened.press(bar.wanted, Qt.Key.Key_Return)
    assert [row.edit.textCursor().selectedText() for row in (first, second)] != found
    opened.press(bar.wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.by.setText("gnu")
    bar.replace_wanted.emit()
    assert sum(row.edit.markdown.endswith("gnu") for row in (first, second)) == 1
    bar.wanted.setText("nowhere to be found")
    opened.press(bar.wanted, Qt.Key.Key_Return)
    opened.press(bar.wanted, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_the_count_of_places_follows_what_is_typed(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    for row, words in ((first, " Zebra zebra"), (second, " Zebu")):
        row.go(at_end=True)
        opened.qtbot.keyClicks(row.edit, words)
    first.go(at_end=False)
    opened.press(first.edit, Qt.Key.Key_F, CONTROL)
    bar = opened.workspace.find_bar
    told = []
    for letters in ("Zeb", "r"):
        opened.qtbot.keyClicks(bar.wanted, letters)
        opened.settle()
        told.append(bar.told)
    assert told == ["1 of 3", "1 of 2"]
    assert first.edit.textCursor().selectedText() == "Zebr"
    opened.press(bar.wanted, Qt.Key.Key_Return)
    assert bar.told == "2 of 2"
    bar.case.setChecked(True)
    opened.settle()
    assert bar.told == "1 of 1"
    bar.wanted.setText("nowhere to be found")
    opened.settle()
    assert bar.told == "Not found"
    bar.wanted.clear()
    assert bar.told == ""


def test_tab_goes_from_what_is_looked_for_to_what_comes_in_its_place(opened: Open) -> None:
    row = opened.prose()
    opened.page.activateWindow()
    row.go(at_end=False)
    opened.press(row.edit, Qt.Key.Key_H, CONTROL)
    bar = opened.workspace.find_bar
    opened.qtbot.waitUntil(bar.wanted.hasFocus)
    opened.press(bar.wanted, Qt.Key.Key_Tab)
    assert bar.by.hasFocus()


def test_what_was_replaced_in_two_texts_is_undone_from_the_bar_in_its_order(opened: Open) -> None:
    first, second = opened.prose(0), opened.prose(1)
    for row in (first, second):
        row.go(at_end=True)
        opened.qtbot.keyClicks(row.edit, " Zebra")
    first.go(at_end=False)
    opened.page.activateWindow()
    opened.press(first.edit, Qt.Key.Key_H, CONTROL)
    bar = opened.workspace.find_bar
    bar.wanted.setText("Zebra")
    opened.settle()
    bar.by.setFocus()
    opened.qtbot.keyClicks(bar.by, "gnu")
    texts = []
    for _place in range(2):
        opened.press(bar.by, Qt.Key.Key_Return)
        opened.settle()
        texts.append((first.edit.toPlainText()[-3:], second.edit.toPlainText()[-3:]))
    assert texts == [("gnu", "bra"), ("gnu", "gnu")]
    for expected in (("gnu", "bra"), ("bra", "bra")):
        opened.press(bar.by, Qt.Key.Key_Z, CONTROL)
        opened.settle()
        assert (first.edit.toPlainText()[-3:], second.edit.toPlainText()[-3:]) == expected
    assert bar.by.text() == "gnu"


def test_the_source_is_shown_and_hidden_again(opened: Open) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.press(row.edit, Qt.Key.Key_B, CONTROL)
    opened.qtbot.keyClicks(row.edit, "bold")
    text = row.edit.markdown
    assert text.endswith("**bold**")
    assert not row.edit.toPlainText().endswith("**")
    opened.workspace.toolbar.buttons["source"].click()
    assert row.edit.toPlainText().endswith("**bold**")
    opened.workspace.toolbar.buttons["source"].click()
    assert row.edit.markdown == text
    assert not row.edit.toPlainText().endswith("**")


def test_an_address_gets_its_scheme(opened: Open) -> None:
    row = opened.prose()
    row.go(at_end=True)
    opened.press(row.edit, Qt.Key.Key_K, CONTROL)
    dialog = opened.editor.findChild(LinkDialog)
    assert isinstance(dialog, LinkDialog)
    dialog.field.setText("www.example.org")
    assert dialog.address == "https://www.example.org"
    dialog.field.setText("office@example.org")
    assert dialog.address == "mailto:office@example.org"
    usual = dialog.told
    dialog.field.setText("no address")
    assert "no address of a web page" in dialog.told
    dialog.field.setText("https://a.example")
    assert dialog.told == usual
    dialog.accept()
    assert row.edit.markdown.endswith("[https://a.example](https://a.example)")


def test_tools_make_lists_and_quotations(opened: Open) -> None:
    opened.page.activateWindow()
    opened.prose().go(at_end=True)
    opened.editor.add_prose()
    edit = opened.editor.current_prose
    assert edit is not None
    opened.qtbot.keyClicks(edit, "point")
    opened.workspace.toolbar.wanted.emit("list")
    assert edit.markdown == "- point"
    opened.workspace.toolbar.wanted.emit("block")
    assert edit.markdown == "> point"
    opened.workspace.grab()


def test_who_types_on_is_stored_meanwhile_and_told_saved_at_the_end(opened: Open) -> None:
    states: list[SaveState] = []
    opened.session.context.saved.connect(states.append)
    row = opened.prose()
    row.edit.setFocus()

    def stored() -> bool:
        brief = opened.session.desk.compose.brief(opened.session.brief.id)
        return any("xxx" in block.markdown for _section, block in brief.blocks())

    for _ in range(100):
        for _ in range(10):
            opened.press(row.edit, Qt.Key.Key_X)
            opened.qtbot.wait(20)
        if stored():
            break
    else:
        raise AssertionError("typing on puts the saving off")
    assert states[0] is SaveState.SAVING
    opened.qtbot.waitUntil(lambda: states[-1] is SaveState.SAVED)
    assert opened.session.settled
