"""The pages of an original beside its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from briefer.domain.pages import Pages, Run
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.ports import PageImage, Taken
from briefer.ui.context import Context
from briefer.ui.library.page_view import PageView
from briefer.ui.library.source_pane import SourcePane

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = "Cranes stand still.\n\nGearboxes are rare."
STEP = 8


def drawn(number: int, width: int) -> PageImage:
    """Draw twenty characters in a row, each eight pixels wide."""
    boxes = tuple((STEP * i, 10.0, STEP * (i + 1), 22.0) for i in range(20))
    return PageImage(200, 100, bytes([255]) * 200 * 100 * 3, boxes)


@pytest.fixture
def paged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A source of two pages, one paragraph on each."""
    (result,) = desk.importing.import_taken([Taken("cranes.txt", TEXT.encode(), WHEN)]).results
    assert result.source
    with desk.library.write() as work:
        snapshot = work.sources.snapshot(result.source.id)
        assert snapshot
        runs = (Run(0, 19, 1, 0), Run(21, 40, 2, 0))
        later = replace(snapshot, id="paged", pages=Pages(("i", "ii"), runs), text=TEXT)
        work.sources.add_snapshot(later, b"pages")
    monkeypatch.setattr(desk.collect, "page", lambda _shot, number, width, password: drawn(number, width))
    return result.source


def shown(qtbot: QtBot, context: Context, desk: Desk, source: Source) -> PageView:
    view = PageView(context)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_view(desk.collect.source(source.id))
    qtbot.waitUntil(lambda: view.canvas.sizeHint().width() == 200)
    return view


def test_text_is_selected_on_the_page_and_becomes_its_span(
    qtbot: QtBot, context: Context, desk: Desk, paged: Source
) -> None:
    view = shown(qtbot, context, desk, paged)
    QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 15))
    QTest.mouseMove(view.canvas, QPoint(STEP * 5 + 3, 15))
    with qtbot.waitSignal(view.canvas.selected) as told:
        QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(STEP * 5 + 3, 15))
    assert told.args == [0, 5]
    assert view.selected_span() == Span(0, 6)
    with qtbot.waitSignal(view.excerpt_wanted) as wanted:
        QTest.keyClick(view._scroll, Qt.Key.Key_E)
    assert wanted.args == [Span(0, 6)]


def test_pages_are_turned_and_the_excerpts_page_is_found(
    qtbot: QtBot, context: Context, desk: Desk, paged: Source
) -> None:
    excerpt, _ = desk.curate.mark(paged.id, Span(21, 30))
    assert excerpt.page == "ii"
    view = shown(qtbot, context, desk, paged)
    assert "Page i of 2" in view._label.text()
    QTest.keyClick(view._scroll, Qt.Key.Key_PageDown)
    assert "Page ii of 2" in view._label.text()
    QTest.keyClick(view._scroll, Qt.Key.Key_Right)
    assert "Page ii of 2" in view._label.text()
    QTest.keyClick(view._scroll, Qt.Key.Key_PageUp)
    assert "Page i of 2" in view._label.text()
    view.show_excerpt(excerpt.id)
    assert "Page ii of 2" in view._label.text()
    qtbot.waitUntil(lambda: len(view.canvas._present) == 1)
    assert view.canvas._present[0].width() == pytest.approx(9 * STEP + 2)


def test_a_locked_original_asks_for_its_password(
    qtbot: QtBot, context: Context, desk: Desk, paged: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_shot: object, number: int, width: int, password: str | None) -> PageImage:
        if password != "key":
            raise InputError("input-password", name="cranes.pdf", detail="it needs its password")
        return drawn(number, width)

    monkeypatch.setattr(desk.collect, "page", locked)
    monkeypatch.setattr("briefer.ui.library.page_view.QInputDialog.getText", lambda *_args: ("key", True))
    view = shown(qtbot, context, desk, paged)
    assert not view._problem.isVisible()


def test_one_key_shows_the_pages_in_the_library(
    qtbot: QtBot, context: Context, desk: Desk, paged: Source
) -> None:
    pane = SourcePane(context)
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    pane.show()
    pane.show_source(paged.id)
    qtbot.waitUntil(lambda: pane.view is not None)
    assert not pane.pages.isVisible()
    pane.toggle_pages()
    assert pane.pages.isVisible()
    qtbot.waitUntil(lambda: pane.pages.canvas.sizeHint().width() == 200)
    pane.toggle_pages()
    assert not pane.pages.isVisible()
