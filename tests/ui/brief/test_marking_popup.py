"""The small window in which markings are chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.brief.conftest import Open


def test_the_window_of_markings_has_room_for_all_its_lines(opened: Open) -> None:
    opened.workspace.banner.ask()
    popup = opened.workspace.banner.popup
    opened.qtbot.waitUntil(popup.isVisible)
    for sentence in ("", "That is lower than it must be. " * 6):
        popup._ask_why(sentence)
        QApplication.processEvents()
        labels = [label for label in popup.findChildren(QLabel) if label.isVisible()]
        assert len(labels) >= 2
        for label in labels:
            assert label.height() >= label.heightForWidth(label.width())
    popup.hide()
