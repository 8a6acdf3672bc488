from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from briefer.markup import MarkdownMarkup
from briefer.ui.brief.prose import ProseEdit

_ID = "0198abcd-0000-7000-8000-000000000001"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def keys(qtbot: QtBot, edit: ProseEdit) -> Keys:
    return Keys(qtbot, edit)


class Keys:
    def __init__(self, qtbot: QtBot, edit: ProseEdit) -> None:
        self._qtbot, self._edit = qtbot, edit

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self._edit, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._qtbot.keyClick(self._edit, key, modifiers)


def select(edit: ProseEdit, words: str) -> None:
    cursor = edit.document().find(words)
    assert not cursor.isNull()
    edit.setTextCursor(cursor)


EVERYTHING = f"""### Heading with **bold**

Plain, **bold**, *italic*, **_both_**, `code` and [a link](https://a.example/x).[@{_ID}]

- one\\
  second line
- two
  3. nested
  4. numbers
     - deep
- three

1. first
2. second

> Quoted *words*.
>
> More of them.

| a | b \\| c |
| --- | --- |
| 1 [@{_ID}] | **2** |
| 3 |  |

```
code *as it is*
```

See [annex](#annex).𠮷[see @{_ID}, p. 3; @other-id] 😀"""


@pytest.mark.parametrize(
    "markdown", [EVERYTHING, "| a |\n| --- |\n| b |", "- a\n- b", "***\n\n![x](y.png)", ""]
)
def test_what_is_edited_is_written_as_it_was_read(edit: ProseEdit, keys: Keys, markdown: str) -> None:
    markdown = markdown.replace("  3. nested", "\n  3. nested")
    edit.show_markdown(markdown)
    edit.put_cursor(at_end=True)
    keys.type("x")
    assert edit.markdown != markdown
    edit.textCursor().deletePreviousChar()
    assert edit.markdown == markdown
    assert MarkdownMarkup().write(MarkdownMarkup().read(markdown)) == markdown


def test_no_signs_are_shown(edit: ProseEdit) -> None:
    edit.show_markdown("### Head\n\nSome **bold** and *italic* [words](https://a.example)\n\n- item")
    assert edit.toPlainText() == "Head\nSome bold and italic words\nitem"


def test_what_was_written_by_hand_in_another_way_stays_until_it_is_edited(
    edit: ProseEdit, keys: Keys
) -> None:
    edit.show_markdown("_one_\ntwo")
    assert edit.markdown == "_one_\ntwo"
    edit.put_cursor(at_end=True)
    keys.type("!")
    assert edit.markdown == "*one* two!"
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert edit.markdown == "_one_\ntwo"


def test_words_become_bold_and_italic_by_keys(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("one two three")
    select(edit, "two")
    keys.press(Qt.Key.Key_B, CONTROL)
    assert edit.markdown == "one **two** three"
    keys.press(Qt.Key.Key_I, CONTROL)
    assert edit.markdown == "one **_two_** three"
    keys.press(Qt.Key.Key_B, CONTROL)
    keys.press(Qt.Key.Key_I, CONTROL)
    assert edit.markdown == "one two three"
    edit.put_cursor(at_end=True)
    keys.press(Qt.Key.Key_B, CONTROL)
    keys.type("four")
    assert edit.markdown == "one two three**four**"


def test_text_that_looks_like_markdown_stays_text(edit: ProseEdit, keys: Keys) -> None:
    keys.type("# 5 * 3 - not_a_list [x](y)")
    written = edit.markdown
    edit.show_markdown("")
    edit.show_markdown(written)
    assert edit.toPlainText() == "# 5 * 3 - not_a_list [x](y)"


def test_a_heading_is_made_and_the_next_paragraph_is_none(edit: ProseEdit, keys: Keys) -> None:
    keys.press(Qt.Key.Key_3, CONTROL | ALT)
    keys.type("Head")
    keys.press(Qt.Key.Key_Return)
    keys.type("Text")
    assert edit.markdown == "### Head\n\nText"
    select(edit, "Head")
    keys.press(Qt.Key.Key_3, CONTROL | ALT)
    assert edit.markdown == "Head\n\nText"
    select(edit, "Head")
    keys.press(Qt.Key.Key_1, CONTROL | ALT)
    keys.press(Qt.Key.Key_B, CONTROL)
    assert edit.markdown == "### **Head**\n\nText"


def test_a_list_is_typed_with_levels_and_ended_by_an_empty_item(edit: ProseEdit, keys: Keys) -> None:
    keys.press(Qt.Key.Key_L, CONTROL | SHIFT)
    keys.type("one")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    keys.type("below")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Backtab)
    keys.type("two")
    assert edit.markdown == "- one\n  - below\n- two"
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.type("after")
    assert edit.markdown == "- one\n  - below\n- two\n\nafter"


def test_an_item_is_at_most_one_level_below_the_one_above(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("- one\n- two")
    edit.put_cursor(at_end=False)
    keys.press(Qt.Key.Key_Tab)
    assert edit.markdown == "- one\n- two"
    edit.put_cursor(at_end=True)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)
    assert edit.markdown == "- one\n  - two"


def test_paragraphs_become_lists_of_either_kind_and_paragraphs_again(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("one\n\ntwo")
    edit.selectAll()
    keys.press(Qt.Key.Key_7, CONTROL | SHIFT)
    assert edit.markdown == "1. one\n2. two"
    edit.selectAll()
    keys.press(Qt.Key.Key_8, CONTROL | SHIFT)
    assert edit.markdown == "- one\n- two"
    edit.selectAll()
    keys.press(Qt.Key.Key_8, CONTROL | SHIFT)
    assert edit.markdown == "one\n\ntwo"
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert edit.markdown == "- one\n- two"


def test_a_numbered_list_goes_on_behind_a_paragraph(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("1. one\n2. two\n3. three")
    cursor = edit.document().find("two")
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    edit.setTextCursor(cursor)
    keys.press(Qt.Key.Key_Backspace)
    assert edit.markdown == "1. one\n\ntwo\n\n2. three"


def test_a_quotation_is_made_and_left(edit: ProseEdit, keys: Keys) -> None:
    keys.type("said")
    edit.use("quote")
    assert edit.markdown == "> said"
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.type("mine")
    assert edit.markdown == "> said\n\nmine"
    edit.grab()


def test_a_table_is_filled_by_keys(edit: ProseEdit, keys: Keys) -> None:
    keys.type("Before")
    edit.use("table")
    keys.type("a|b")
    keys.press(Qt.Key.Key_Tab)
    keys.type("two")
    keys.press(Qt.Key.Key_Tab)
    keys.type("next")
    keys.press(Qt.Key.Key_Backtab)
    keys.type("!")
    assert edit.markdown == "Before\n\n| Point | Our view |\n| --- | --- |\n| a\\|b | !two |\n| next |  |"
    keys.press(Qt.Key.Key_Return)
    keys.type("below")
    assert edit.markdown.endswith("| next | below |")


def test_a_link_is_set_changed_and_taken_away(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("see the page")
    select(edit, "the page")
    edit.set_link("https://a.example/b")
    assert edit.markdown == "see [the page](https://a.example/b)"
    edit.put_cursor(at_end=True)
    assert edit.link == "https://a.example/b"
    keys.type(" now")
    assert edit.markdown == "see [the page](https://a.example/b) now"
    select(edit, "page")
    cursor = edit.textCursor()
    cursor.clearSelection()
    edit.setTextCursor(cursor)
    edit.set_link("")
    assert edit.markdown == "see the page now"


def test_what_is_typed_behind_a_citation_is_text(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown(f"Said.[@{_ID}]")
    edit.put_cursor(at_end=True)
    keys.type(" More")
    assert edit.markdown == f"Said.[@{_ID}] More"
    edit.selectAll()
    keys.press(Qt.Key.Key_B, CONTROL)
    assert edit.markdown == f"**Said.**[@{_ID}] **More**"


def test_copying_gives_structure_and_words_and_loses_nothing_within(edit: ProseEdit) -> None:
    edit.show_markdown(f"One **bold**.[@{_ID}]\n\n- item\n  - below")
    edit.selectAll()
    data = edit.createMimeDataFromSelection()
    assert data.text() == "One bold. (Wire 2025)\n• item\n  • below"
    assert "<strong>bold</strong>" in data.html()
    assert "<ul><li>item<ul><li>below</li></ul></li></ul>" in data.html()
    edit.put_cursor(at_end=True)
    edit.insertFromMimeData(data)
    assert edit.markdown == (
        f"One **bold**.[@{_ID}]\n\n- item\n  - below\n\nOne **bold**.[@{_ID}]\n\n- item\n  - below"
    )


def test_a_page_is_pasted_with_its_structure_between_two_halves(edit: ProseEdit, keys: Keys) -> None:
    edit.show_markdown("before after")
    cursor = edit.textCursor()
    cursor.setPosition(7)
    edit.setTextCursor(cursor)
    data = QMimeData()
    data.setHtml("<h2>Head</h2><p style='color:red'>Some <b>bold</b></p><ul><li>item</li></ul>")
    data.setText("Head Some bold item")
    edit.insertFromMimeData(data)
    assert edit.markdown == "before\n\n### Head\n\nSome **bold**\n\n- item\n\nafter"
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert edit.markdown == "before after"


def test_lines_of_text_are_pasted_as_paragraphs(edit: ProseEdit) -> None:
    data = QMimeData()
    data.setText(f"one *star*\n\ntwo [@{_ID}]")
    edit.insertFromMimeData(data)
    assert edit.markdown == f"one \\*star\\*\n\ntwo [@{_ID}]"


def test_a_search_for_a_citation_is_asked_and_answered(edit: ProseEdit, keys: Keys, qtbot: QtBot) -> None:
    asked: list[str] = []
    edit.cite_asked.connect(asked.append)
    qtbot.waitUntil(edit.isVisible)
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    keys.type("Said.@ca")
    assert asked == ["", "c", "ca"]
    edit.cite(f"[@{_ID}]")
    assert edit.markdown == f"Said.[@{_ID}]"
    keys.type("a@b.example")
    assert asked == ["", "c", "ca"]
