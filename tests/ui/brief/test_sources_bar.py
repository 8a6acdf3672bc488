"""Sources that were withdrawn or superseded: marked in the Library, told in the list of briefs and in the open brief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from briefer.domain.flags import Standing
from briefer.domain.sources import Source
from briefer.services.desk import Desk
from briefer.ui.brief import BriefPage
from briefer.ui.context import Context
from briefer.ui.library.source_dialog import SourceDialog
from tests.ui.brief.conftest import Open


def leaned_on(desk: Desk, brief_id: str) -> Source:
    excerpt_id = desk.compose.brief(brief_id).excerpt_ids()[0]
    with desk.library.read() as work:
        excerpt = work.excerpts.get(excerpt_id)
        assert excerpt is not None
        source = work.sources.get(excerpt.source_id)
    assert source is not None
    return source


def test_a_source_is_marked_and_the_open_brief_says_so_at_once_and_leads_there(
    opened: Open, desk: Desk, context: Context, qtbot: QtBot
) -> None:
    bar = opened.workspace.fallen
    assert not bar.isVisible()
    source = leaned_on(desk, opened.session.brief.id)
    dialog = SourceDialog(source, context.schemes, "en")
    qtbot.addWidget(dialog)
    assert not dialog.successor.isEnabled()
    dialog.standing.setCurrentIndex(dialog.standing.findData(Standing.SUPERSEDED))
    assert dialog.successor.isEnabled()
    dialog.successor.setText("the edition of May")
    changed = dialog.source()
    context.change(lambda: desk.collect.change_source(changed))
    opened.settle()
    qtbot.waitUntil(bar.isVisible)
    assert f"▲ This brief leans on: “{source.title}”, superseded by the edition of May" in bar.told.text()
    bar.show_next.click()
    first = opened.editor.current_block
    (block,) = [b for _s, b in opened.session.brief.blocks() if b.id == first]
    assert any(opened.session.hits[i].source.id == source.id for i in block.excerpt_ids())
    again = SourceDialog(changed, context.schemes, "en")
    qtbot.addWidget(again)
    assert again.successor.text() == "the edition of May"
    again.standing.setCurrentIndex(again.standing.findData(Standing.STANDS))
    context.change(lambda: desk.collect.change_source(again.source()))
    opened.settle()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_list_of_briefs_names_those_that_lean_on_one(
    page: BriefPage, desk: Desk, context: Context, sample_brief: str, settle: Callable[[], None]
) -> None:
    assert page.list.view.isColumnHidden(6)
    source = leaned_on(desk, sample_brief)
    context.change(lambda: desk.collect.change_source(replace(source, flags=("withdrawn",))))
    settle()
    assert not page.list.view.isColumnHidden(6)
    assert page.list.model.index(0, 6).data() == "▲ 1 withdrawn"


def test_many_are_counted_not_named(opened: Open, desk: Desk) -> None:
    ids = {h.source.id: h.source for h in opened.session.hits.values()}
    assert len(ids) > 2
    for source in ids.values():
        desk.collect.change_source(replace(source, flags=("withdrawn",)))
    opened.session._ask_evidence()
    opened.settle()
    told = opened.workspace.fallen.told.text()
    assert told.endswith(f"and {len(ids) - 2} more")
    assert "which was withdrawn" in told
