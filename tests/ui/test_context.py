from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from briefer.domain.tags import Tag, TagKind, Term
from briefer.errors import InputError, KnownError
from briefer.services.changes import Change, Kind
from briefer.services.desk import Desk
from briefer.ui.context import Context, SaveState


def _idle(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


def test_a_change_is_told_undone_and_done_again(context: Context, desk: Desk, qtbot: QtBot) -> None:
    told: list[Change] = []
    states: list[SaveState] = []
    context.changed.connect(told.append)
    context.saved.connect(states.append)
    excerpt = desk.find.excerpts("").hits[0].excerpt
    tag = Tag(TagKind.FREE, "test")

    def bears() -> bool:
        return tag in desk.collect.source(excerpt.source_id).excerpts[0].tags or any(
            tag in e.tags for e in desk.collect.source(excerpt.source_id).excerpts
        )

    context.change(lambda: desk.curate.tag([excerpt.id], add=[tag]))
    _idle(context, qtbot)
    assert bears()
    assert told[0].kinds == {Kind.EXCERPT}
    assert states == [SaveState.SAVING, SaveState.SAVED]
    assert context.undo_stack().undo_label == "Tag"
    context.undo()
    _idle(context, qtbot)
    assert not bears()
    assert context.undo_stack().redo_label == "Tag"
    context.redo()
    _idle(context, qtbot)
    assert bears()


def test_undo_pressed_at_once_undoes_the_change_under_way(context: Context, desk: Desk, qtbot: QtBot) -> None:
    excerpt = desk.find.excerpts("").hits[0].excerpt
    context.change(lambda: desk.curate.tag([excerpt.id], add=[Tag(TagKind.FREE, "one")]))
    context.change(lambda: desk.curate.tag([excerpt.id], add=[Tag(TagKind.FREE, "two")]))
    context.undo()
    context.undo()
    _idle(context, qtbot)
    assert desk.find.excerpts("free:one").total == desk.find.excerpts("free:two").total == 0


def test_stacks_are_apart(context: Context, desk: Desk, qtbot: QtBot) -> None:
    context.change(lambda: desk.terms.put([Term(TagKind.RISK, "x", "X")]), stack="brief")
    _idle(context, qtbot)
    assert not context.undo_stack().undo_label
    assert context.undo_stack("brief").undo_label


def test_a_refused_undo_stays_on_the_stack(context: Context, qtbot: QtBot) -> None:
    def refuse() -> Change:
        raise InputError("excerpt-used", count=1, titles="x")

    problems: list[KnownError] = []
    context.problem.connect(problems.append)
    context.change(lambda: Change(frozenset({Kind.EXCERPT}), (), "Mark", refuse))
    context.undo()
    _idle(context, qtbot)
    assert [p.code for p in problems] == ["excerpt-used"]
    assert context.undo_stack().undo_label == "Mark"


def test_the_vocabulary_follows_its_changes(context: Context, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.vocabulary_changed):
        context.change(lambda: desk.terms.put([Term(TagKind.RISK, "straits", "Straits")]))
    assert context.label(Tag(TagKind.RISK, "straits")) == "Straits"


def test_known_errors_go_to_the_bar_or_to_who_asked(context: Context, desk: Desk, qtbot: QtBot) -> None:
    problems: list[KnownError] = []
    own: list[KnownError] = []
    context.problem.connect(problems.append)
    context.run(lambda: desk.collect.source("none"), problems.append)
    context.run(lambda: desk.find.excerpts("after:x"), own.append, failed=own.append)
    _idle(context, qtbot)
    assert [p.code for p in problems] == ["not-found"]
    assert [p.code for p in own] == ["query-form"]


def test_a_problem_is_over_when_what_it_hindered_is_done(context: Context, desk: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    context.problem.connect(lambda error: told.append(error.code))
    context.problem_over.connect(lambda: told.append("over"))

    def full() -> Change:
        raise InputError("excerpt-used", count=1, titles="x")

    def edit() -> Change:
        return desk.terms.put([Term(TagKind.RISK, f"x{len(told)}", "X")])

    context.change(full, "brief", failed=context.problem.emit)
    context.change(edit)
    context.run(lambda: None, lambda _none: None, latest="reading")
    _idle(context, qtbot)
    assert told == ["excerpt-used"]
    context.change(edit, "brief")
    context.change(edit, "brief")
    _idle(context, qtbot)
    assert told == ["excerpt-used", "over"]
    context.run(lambda: desk.collect.source("none"), told.append, latest="reading")
    context.run(lambda: None, lambda _none: told.append("read"), latest="reading")
    _idle(context, qtbot)
    assert told[2:] == ["read"]  # the second took the place of the first
    context.run(lambda: desk.collect.source("none"), told.append, latest="reading")
    _idle(context, qtbot)
    context.run(lambda: None, lambda _none: told.append("read"), latest="reading")
    _idle(context, qtbot)
    assert told[3:] == ["not-found", "over", "read"]


@pytest.mark.allow_log
def test_other_errors_are_bugs(bare_context: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bare_context.bug) as told:
        bare_context.run(lambda: 1 // 0, lambda _none: None)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_label_is_shown_while_working(bare_context: Context, qtbot: QtBot) -> None:
    labels: list[str] = []
    bare_context.working.connect(labels.append)
    bare_context.run(lambda: None, lambda _none: None, "Exporting…")
    _idle(bare_context, qtbot)
    assert labels == ["Exporting…", ""]


def test_what_waits_to_be_stored_is_not_told_as_saved(context: Context, desk: Desk, qtbot: QtBot) -> None:
    states: list[SaveState] = []
    context.saved.connect(states.append)
    typing, other = object(), object()
    context.set_waiting(typing, waiting=True)
    context.set_waiting(typing, waiting=True)
    context.set_waiting(other, waiting=True)
    context.change(lambda: desk.terms.put([Term(TagKind.RISK, "x", "X")]))
    _idle(context, qtbot)
    context.set_waiting(other, waiting=False)
    assert set(states) == {SaveState.SAVING}
    context.set_waiting(typing, waiting=False)
    assert states[-1] is SaveState.SAVED
