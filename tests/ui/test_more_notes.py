"""Translation and marking of an excerpt, in the inspector."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefer.domain.excerpts import Excerpt
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.library.inspector import Inspector


@pytest.fixture
def excerpt(desk: Desk) -> Excerpt:
    return desk.find.excerpts("", limit=1).hits[0].excerpt


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def inspector(context: Context, excerpt: Excerpt, window: QWidget, qtbot: QtBot) -> Inspector:
    made, other = Inspector(context), QLineEdit()
    box = QVBoxLayout(window)
    box.addWidget(made)
    box.addWidget(other)
    made.show_excerpt(excerpt)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def test_translation_and_marking_are_said_and_stored(
    inspector: Inspector, excerpt: Excerpt, desk: Desk, qtbot: QtBot
) -> None:
    said: list[Excerpt] = []
    inspector.changed.connect(said.append)
    more = inspector.more
    assert not more.translation.isVisible()
    more.head.click()
    more.translation.setFocus()
    more.translation.setPlainText("訪問は素晴らしい。\n")
    qtbot.keyClick(more.translation, Qt.Key.Key_Tab)
    qtbot.mouseClick(more.official, Qt.MouseButton.LeftButton)
    more.marking.line.setFocus()
    more.marking.line.selectAll()
    qtbot.keyClicks(more.marking.line, "TLP:GREEN")
    qtbot.keyClick(more.marking.line, Qt.Key.Key_Return)
    wanted = replace(
        excerpt, translation="訪問は素晴らしい。", translation_official=True, marking="tlp-2/green"
    )
    assert said[-1] == wanted
    assert len(said) == 3
    desk.curate.annotate(said[-1])
    assert desk.find.excerpts("", limit=1).hits[0].excerpt == wanted


def test_what_is_said_already_is_open(inspector: Inspector, excerpt: Excerpt) -> None:
    inspector.show_excerpt(replace(excerpt, id="another", translation="A translation", marking="Own"))
    assert inspector.more.translation.toPlainText() == "A translation"
    assert inspector.more.translation.isVisible()
    assert inspector.more.marking.marking == "Own"
    inspector.show_excerpt(excerpt)
    assert not inspector.more.translation.isVisible()
    assert inspector.more.on(excerpt) == excerpt
