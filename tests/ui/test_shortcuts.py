from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.context import Context
from briefer.ui.library.tag_popup import TagPopup
from briefer.ui.main_window import MainWindow
from briefer.ui.rail import BRIEFS, COVERAGE
from briefer.ui.record.outside import OutsideDialog
from briefer.ui.shortcuts import ShortcutsDialog


@pytest.fixture
def window(bare_context: Context, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opened(window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.libraries.open(Path(shutil.copy(sample_library, tmp_path)))
    _settle(window, qtbot)
    return window


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=20_000)


def _asked(window: MainWindow) -> ShortcutsDialog:
    window._list_commands()
    return next(d for d in window.findChildren(ShortcutsDialog) if d.isVisible())


def _find(window: MainWindow, qtbot: QtBot, words: str) -> ShortcutsDialog:
    dialog = _asked(window)
    qtbot.keyClicks(dialog.search, words)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    return dialog


def _shown(dialog: ShortcutsDialog) -> list[tuple[str, str]]:
    return [(row.text(0), row.text(1)) for row in dialog._shown()]


def test_the_list_fits_a_small_screen_and_is_gone_through_from_the_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = _asked(window)
    assert dialog.minimumSizeHint().width() <= 860
    assert dialog.height() <= 660
    rows = dialog._shown()
    for key, at in (
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_PageDown, 11),
        (Qt.Key.Key_Up, 10),
        (Qt.Key.Key_PageUp, 0),
    ):
        qtbot.keyClick(dialog.search, key)
        assert dialog.list.currentItem() is rows[at]
    dialog.close()


def test_keys_are_found_by_what_they_do(window: MainWindow, qtbot: QtBot) -> None:
    dialog = _asked(window)
    every = _shown(dialog)
    qtbot.keyClicks(dialog.search, "replace brief")
    assert _shown(dialog) == [("Ctrl+H", "Replace in the brief")]
    dialog.search.setText("no such thing")
    assert dialog.told.text() == "No key does that."
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.search.clear()
    assert _shown(dialog) == every
    dialog.close()


def test_what_needs_a_library_says_so(window: MainWindow, qtbot: QtBot) -> None:
    for words in ("new brief everywhere", "tag the excerpt", "trash"):
        dialog = _find(window, qtbot, words)
        assert dialog.told.text() == "Open a library first."
        dialog.close()


def test_a_command_of_the_menus_is_done_by_enter(opened: MainWindow, qtbot: QtBot) -> None:
    _find(opened, qtbot, "coverage everywhere")
    qtbot.waitUntil(lambda: opened._stack.currentWidget() is opened._coverage)
    assert not any(dialog.isVisible() for dialog in opened.findChildren(ShortcutsDialog))
    _find(opened, qtbot, "new brief everywhere")
    qtbot.waitUntil(lambda: bool(opened.findChildren(NewBriefDialog)))
    opened.findChildren(NewBriefDialog)[0].close()
    _find(opened, qtbot, "vocabulary menus")
    qtbot.waitUntil(lambda: any("Vocabulary" in w.windowTitle() for w in QApplication.topLevelWidgets()))
    _settle(opened, qtbot)


def test_what_is_done_on_another_page_says_so(opened: MainWindow, qtbot: QtBot) -> None:
    dialog = _find(opened, qtbot, "replace brief")
    assert dialog.told.text() == "That is done on another page: Ctrl+2 leads there."
    dialog.search.setText("level deeper")
    assert dialog.told.text() == ""
    dialog.close()


def test_keys_of_a_page_do_what_they_would_do(opened: MainWindow, qtbot: QtBot) -> None:
    library = opened._library
    assert library is not None
    assert library.source.view is not None
    _find(opened, qtbot, "site furniture")
    qtbot.waitUntil(lambda: library.source._with_furniture)
    _find(opened, qtbot, "tag the excerpt")
    qtbot.waitUntil(lambda: any(p.isVisible() for p in opened.findChildren(TagPopup)))
    for popup in opened.findChildren(TagPopup):
        popup.hide()
    library.source.reader.step(1)
    library.focus_search()  # a field of text: the letter is for the article, and is not typed
    text = library.search.text
    with qtbot.waitSignal(library.source.reader.excerpt_wanted):
        _find(opened, qtbot, "make excerpt selected")
    assert library.search.text == text
    assert opened.notice.isHidden()
    _settle(opened, qtbot)


def test_keys_of_the_place_itself_are_named_and_unused_ones_told(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page(COVERAGE)
    _settle(opened, qtbot)
    dialog = _find(opened, qtbot, "move between cells")
    assert dialog.told.text() == "Press the keys at the place itself: Arrows."
    dialog.close()
    opened.show_page(BRIEFS)
    _settle(opened, qtbot)
    _find(opened, qtbot, "italic")
    qtbot.waitUntil(opened.notice.isVisible)
    assert opened.notice.text.startswith("Italic (Ctrl+I)")


def test_what_has_no_key_or_a_buttons_is_found_by_its_name_and_done(opened: MainWindow, qtbot: QtBot) -> None:
    _find(opened, qtbot, "changes from outside")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in opened.findChildren(OutsideDialog)))
    _settle(opened, qtbot)
    opened.findChildren(OutsideDialog)[0].close()
    opened.show_page(BRIEFS)
    _settle(opened, qtbot)
    assert opened._briefs is not None
    following = opened._briefs.list.following
    qtbot.waitUntil(following.isEnabled)
    with qtbot.waitSignal(following.clicked):
        _find(opened, qtbot, "next meeting")
    _settle(opened, qtbot)


def test_letters_are_keys_in_the_lists_and_the_article_only(opened: MainWindow, qtbot: QtBot) -> None:
    library = opened._library
    assert library is not None
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)

    def tagging() -> bool:
        return any(popup.isVisible() for popup in opened.findChildren(TagPopup))

    for seat, acts in (
        (library.facets, False),
        (library.list.head.findChildren(QComboBox)[0], False),
        (library.list.excerpts, True),
        (library.source.reader, True),
    ):
        seat.setFocus()
        assert seat.hasFocus()
        furniture = library.source._with_furniture
        qtbot.keyClick(seat, Qt.Key.Key_H)
        assert (library.source._with_furniture != furniture) is acts, seat
        qtbot.keyClick(seat, Qt.Key.Key_T)
        assert tagging() is acts, seat
        for popup in opened.findChildren(TagPopup):
            popup.hide()
    _settle(opened, qtbot)
