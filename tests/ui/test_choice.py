from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefer.ui.choice import Choice


def _roll(box: Choice) -> None:
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)


def test_the_wheel_chooses_only_where_somebody_went(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    box, other = Choice(), QLineEdit()
    box.addItems(["everything", "nothing above official"])
    layout = QVBoxLayout(page)
    layout.addWidget(other)
    layout.addWidget(box)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    other.setFocus()
    _roll(box)
    assert box.currentIndex() == 0
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    _roll(box)
    assert box.currentIndex() == 1
