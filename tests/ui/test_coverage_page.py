from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from briefer.domain.queries import Field
from briefer.domain.results import CoverageCell
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.coverage import page as coverage_page
from briefer.ui.coverage.giving import AnnexDialog
from briefer.ui.coverage.page import CoveragePage, covered, query_of
from briefer.ui.coverage.table import CELL, STALE, CoverageModel
from briefer.ui.coverage.timeline import bars_of
from briefer.ui.library.query_text import narrowed, written
from briefer.ui.theme import LIGHT
from tests.ui.endless import Endless

_TODAY = date(2026, 3, 1)
_CELLS = (
    CoverageCell("IN", "cyber", 4, "2026-01-10"),
    CoverageCell("IN", "supply-chain", 9, "2025"),
    CoverageCell("DE", "cyber", 2, None),
)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> CoveragePage:
    made = CoveragePage(context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    return made


def test_model(context: Context, qtmodeltester: ModelTester) -> None:
    model = CoverageModel(context)
    model.show(_CELLS, _TODAY)
    qtmodeltester.check(model, force_py=True)
    assert model.partners == ("IN", "DE")
    assert model.headerData(0, Qt.Orientation.Vertical) == "India"
    cyber = model.risks.index("cyber")
    assert model.index(0, cyber).data() == "4"
    assert model.index(0, model.risks.index("supply-chain")).data() == "○ 9"
    assert model.index(1, cyber).data(STALE) is True
    assert model.index(1, model.risks.index("supply-chain")).data() is None


def test_a_later_query_breaks_off_the_counting_of_an_earlier(
    page: CoveragePage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Endless(covered, "slow")
    monkeypatch.setattr(coverage_page, "covered", long)
    page.query.setText("slow")
    qtbot.waitUntil(long.begun.is_set)
    page.query.setText("partner:nowhere")
    qtbot.waitUntil(long.broken_off.is_set)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    page.query.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)


def test_it_shows_what_the_library_holds(page: CoveragePage, desk: Desk) -> None:
    cells = desk.find.coverage("")
    assert page.model.rowCount() == len({c.partner for c in cells})
    assert page.model.columnCount() == len({c.risk for c in cells})
    assert page.table.currentIndex().isValid()


def test_enter_shows_the_cells_excerpts(page: CoveragePage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.excerpts_wanted) as wanted:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    cell = page.table.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert desk.find.excerpts(wanted.args[0]).total == cell.count


def test_arrows_move_and_the_buttons_follow(page: CoveragePage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    label = page.model.headerData(1, Qt.Orientation.Vertical)
    assert page._partner_button.text().endswith(str(label))
    with qtbot.waitSignal(page.brief_wanted) as wanted:
        page._partner_button.click()
    assert [tag.key for tag in wanted.args[0]] == [page.model.partners[1]]


def test_a_query_narrows_the_table_and_a_wrong_one_is_told(
    page: CoveragePage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.model.modelReset):
        page.query.setText("theme:promotion")
    assert page.model.rowCount() == len({c.partner for c in desk.find.coverage("theme:promotion")})
    page.query.setText("after:x")
    qtbot.waitUntil(page._objection.isVisible)


@pytest.mark.parametrize("partners", [1, 3, 60])
def test_sizes_can_be_read(page: CoveragePage, partners: int) -> None:
    page._take([CoverageCell(f"P{n:02}", "cyber", n + 1, None) for n in range(partners)])
    height = page.table.rowHeight(0)
    assert 34 <= height <= 96
    assert page.table.columnWidth(0) >= 94


def test_nothing_to_show(page: CoveragePage) -> None:
    page._take([])
    assert page._body.currentWidget() is page._nothing
    assert not page._show_button.isVisible()


def test_every_cell_and_bar_finds_as_many_as_it_counts(desk: Desk) -> None:
    for cell in desk.find.coverage(""):
        query = query_of(desk, "", cell)
        assert desk.find.excerpts(query, limit=0).total == cell.count
        for bar in bars_of(cell.months):
            if bar.count:
                within = narrowed(query, written(Field.DATE, bar.when))
                assert desk.find.excerpts(within, limit=0).total == bar.count


def test_a_bar_shows_its_excerpts(page: CoveragePage, desk: Desk, qtbot: QtBot) -> None:
    bar = next(bar for bar in page.timeline.bars if bar.count)
    with qtbot.waitSignal(page.excerpts_wanted) as wanted:
        page.timeline.chosen.emit(bar.when)
    assert desk.find.excerpts(wanted.args[0]).total == bar.count


def test_a_gap_is_named(page: CoveragePage, qtbot: QtBot) -> None:
    model = page.model
    indexes = (model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount()))
    page.table.setCurrentIndex(next(index for index in indexes if index.data(CELL) is None))
    assert "gap" in page._when.text()
    assert page.timeline.bars == ()
    assert not page._show_button.isEnabled()
    with qtbot.assertNotEmitted(page.excerpts_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_it_follows_the_librarys_search(
    page: CoveragePage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.model.modelReset):
        page.follow("partner:IN theme:promotion")
    assert page.query.text() == "theme:promotion"
    page.query.setText("theme:promotion after:2025")
    page.follow("(partner:IN OR partner:DE) theme:promotion risk:cyber")
    assert page.query.text() == "theme:promotion after:2025"
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_the_whole_table_is_saved_as_a_picture(
    page: CoveragePage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    page._take([CoverageCell(f"P{n:02}", "cyber", 60 - n, None) for n in range(60)])
    page.giving.save_picture(tmp_path / "coverage.png")
    qtbot.waitUntil(lambda: page.told.text() == "Written to coverage.png.")
    image = QImage(str(tmp_path / "coverage.png"))
    assert image.height() > 60 * 30 * 2
    inside = image.height() - 2 * 18 - 60 * 60
    strongest = QColor(LIGHT.heat)
    left = next(x for x in range(image.width()) if image.pixelColor(x, inside + 30) == strongest)
    first, last = (image.pixelColor(left + 8, y) for y in (inside + 30, image.height() - 2 * 18 - 30))
    assert first.lightness() < last.lightness()
    page.giving.save_picture(tmp_path / "no" / "x.png")
    qtbot.waitUntil(lambda: page.told.property("role") == "error")
    assert "x.png" in page.told.text()


def test_the_table_becomes_an_annex_of_a_brief(
    page: CoveragePage, context: Context, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (brief,) = desk.compose.briefs()
    page.giving.annex.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    (dialog,) = page.giving.findChildren(AnnexDialog)
    assert dialog.chosen == brief.id
    dialog.accept()
    qtbot.waitUntil(lambda: page.told.text() == f"Added to “{brief.title}”.")
    section = desk.compose.brief(brief.id).sections[-1]
    assert (section.type, section.heading) == ("annex", "Coverage by partner and risk")
    out = tmp_path / "brief.md"
    desk.publish.export(brief.id, out)
    written = out.read_text("utf-8")
    label = str(page.model.headerData(0, Qt.Orientation.Vertical))
    assert any(line.startswith("|") and label in line for line in written.splitlines())
    context.undo(brief.id)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert desk.compose.brief(brief.id).sections[-1].type != "annex"


def test_without_a_brief_there_is_nothing_to_add_to(page: CoveragePage, qtbot: QtBot) -> None:
    dialog = AnnexDialog((), page)
    qtbot.addWidget(dialog)
    assert not dialog.add.isEnabled()


def test_partners_are_named_whole_where_there_is_room(page: CoveragePage, qtbot: QtBot) -> None:
    page._take(
        [CoverageCell(key, "cyber", 1, None) for key in ("IN", "Southeast Asia")],
    )
    label = str(page.model.headerData(1, Qt.Orientation.Vertical))
    assert label == "Southeast Asia (region)"
    head = page.table.verticalHeader()
    page.resize(1440, 800)
    qtbot.waitUntil(lambda: head.width() >= head.fontMetrics().horizontalAdvance(label) + 16)
    page.resize(700, 500)
    qtbot.waitUntil(lambda: head.width() == 150)


def test_what_fits_has_no_scroll_bars_and_keys_act_on_the_table(page: CoveragePage, qtbot: QtBot) -> None:
    cells = [
        CoverageCell(f"P{n}", risk, n + 1, None)
        for n in range(9)
        for risk in ("cyber", "coercion", "tariffs")
    ]
    page._take([])
    page.query.setFocus()
    page._take(cells)
    qtbot.waitUntil(lambda: page.table.verticalHeader().length() <= page.table.viewport().height())
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
    assert page.table.hasFocus()
    page.resize(900, 560)
    qtbot.waitUntil(lambda: page.table.horizontalHeader().length() <= page.table.viewport().width())
    assert page.table.rowHeight(0) < 60
