"""The trash in the window: listed, put back, deleted for good only after everything was named."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from briefer.domain.trash import TrashKind
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.rows import choose_row
from briefer.ui.trash.dialog import TrashDialog
from briefer.ui.trash.emptying import EmptyingDialog


def settle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A library whose trash has a source, an excerpt of it that went before, and the brief that cited both."""
    (brief,) = desk.compose.briefs()
    desk.compose.remove(brief.id)
    view = next(v for s in desk.collect.sources() if (v := desk.collect.source(s.id)).excerpts)
    desk.curate.remove_excerpts([view.excerpts[0].id])
    desk.collect.remove_source(view.source.id)
    return desk


@pytest.fixture
def dialog(context: Context, filled: Desk, qtbot: QtBot) -> TrashDialog:
    made = TrashDialog(context, filled.trash, "library.briefer")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    settle(context, qtbot)
    return made


def kinds(dialog: TrashDialog) -> list[TrashKind]:
    return [one.kind for one in dialog.model.things]


def asked(dialog: TrashDialog, context: Context, qtbot: QtBot) -> EmptyingDialog:
    settle(context, qtbot)
    found = dialog.findChild(EmptyingDialog)
    assert isinstance(found, EmptyingDialog)
    return found


def test_what_was_deleted_is_listed_with_what_went_with_it(dialog: TrashDialog, filled: Desk) -> None:
    assert kinds(dialog) == [TrashKind.SOURCE, TrashKind.EXCERPT, TrashKind.BRIEF]
    row = [dialog.model.data(dialog.model.index(0, column)) for column in range(5)]
    assert (row[1], row[4]) == ("Source", filled.record.who)
    assert "1 capture" in row[3]
    assert [one.kind for one in dialog.chosen] == [TrashKind.SOURCE]


def test_an_excerpt_that_cannot_come_back_says_why(
    dialog: TrashDialog, context: Context, qtbot: QtBot
) -> None:
    choose_row(dialog.table, 1)
    qtbot.waitUntil(lambda: dialog.told.text().startswith("It cannot be put back: its source “"))
    settle(context, qtbot)
    dialog.back.click()
    settle(context, qtbot)
    assert "stays in the trash: its source" in dialog.told.text()
    assert len(dialog.model.things) == 3


def test_things_are_put_back_and_that_is_undone(
    dialog: TrashDialog, context: Context, filled: Desk, qtbot: QtBot
) -> None:
    dialog.table.selectAll()
    dialog.back.click()
    settle(context, qtbot)
    settle(context, qtbot)
    assert dialog.model.things == ()
    assert not dialog.empty.isEnabled()
    assert len(filled.compose.briefs()) == 1
    context.undo()
    settle(context, qtbot)
    settle(context, qtbot)
    assert len(dialog.model.things) == 3


def test_everything_is_named_before_it_is_gone(
    dialog: TrashDialog, context: Context, filled: Desk, qtbot: QtBot
) -> None:
    dialog.delete.click()
    question = asked(dialog, context, qtbot)
    source, excerpt, _brief = dialog.model.things
    named = question.list.toPlainText()
    assert source.label in named
    assert "could not be put back any more:\nExcerpt: " in named
    assert excerpt.label in named
    assert not question.delete.isDefault()
    question.close()
    settle(context, qtbot)
    assert len(filled.trash.all()) == 3
    dialog.empty.click()
    question = asked(dialog, context, qtbot)
    assert question.delete.text() == "&Delete 3 for good"
    question.delete.click()
    settle(context, qtbot)
    settle(context, qtbot)
    assert filled.trash.all() == ()
    assert dialog.told.text() == "Deleted for good."


def test_what_is_gone_for_good_does_not_stand_in_the_way_of_undo(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    told: list[InputError] = []
    context.problem.connect(told.append)
    sources = desk.collect.sources()
    (brief,) = desk.compose.briefs()
    context.change(lambda: desk.importing.accept([sources[0].id], accepted=not sources[0].accepted))
    context.change(lambda: desk.compose.remove(brief.id))
    settle(context, qtbot)
    desk.trash.empty(desk.trash.all())
    context.undo()
    settle(context, qtbot)
    assert [error.code for error in told] == ["trash-gone"]
    context.undo()
    settle(context, qtbot)
    assert desk.collect.source(sources[0].id).source == sources[0]
