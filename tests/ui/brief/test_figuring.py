"""The figures that are carried on from edit to edit are those of counting the whole brief anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from briefer.domain import editing
from briefer.domain.briefs import Brief
from briefer.domain.queries import Field, Match
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.figures import Figuring, common, figures
from briefer.ui.brief.moves import as_shown
from briefer.ui.brief.session import BriefSession, ready_to_open
from briefer.ui.context import Context


def _changed(brief: Brief, chance: random.Random) -> Brief:
    """Return a brief after an edit of any kind."""
    section = chance.choice(brief.sections)
    block = chance.choice(section.blocks).id if section.blocks else ""
    texts = [b.id for _section, b in brief.blocks() if not b.excerpt_id]
    text = "Something *new*. " * chance.randrange(40)
    edits: list[Callable[[], Brief]] = [
        lambda: editing.add_blocks(
            brief, section.id, [prose(text), prose("- one\n- two")], chance.randrange(4)
        ),
        lambda: editing.move_section(brief, section.id, chance.randrange(len(brief.sections))),
        lambda: editing.change_section(brief, section.id, heading=text[:90], level=chance.randrange(1, 4)),
        lambda: editing.write_texts(brief, dict.fromkeys(texts[::2], text)),
        lambda: replace(brief, language="ja" if brief.language == "en" else "en"),
    ]
    if block:
        edits += [
            lambda: editing.remove_block(brief, block),
            lambda: editing.move_block(brief, block, chance.choice(brief.sections).id, chance.randrange(4)),
        ]
    return chance.choice(edits)()


def test_what_is_counted_on_is_what_is_counted_anew(desk: Desk, sample_brief: str) -> None:
    brief = desk.compose.brief(sample_brief)
    found = desk.find.excerpts(Match(Field.IN, sample_brief), limit=100).hits
    hits = {hit.excerpt.id: hit for hit in found}
    for seed in range(4):
        chance, state, figuring = random.Random(seed), brief, Figuring(hits)
        for _step in range(60):
            assert figuring.figures(state) == figures(state, hits)
            state = _changed(state, chance)
        assert figuring.figures(brief) == figures(brief, hits)


def test_many_texts_are_counted_beside_the_window_and_told_then(
    qtbot: QtBot, desk: Desk, sample_brief: str, context: Context, settle: Callable[[], None]
) -> None:
    session = BriefSession(context, desk)
    session.begin(ready_to_open(desk, sample_brief))
    former, section = session.figures, session.brief.sections[0].id
    told: list[bool] = []
    session.figures_changed.connect(
        lambda: told.append(session.figures == figures(session.brief, session.hits))
    )
    texts = [prose(f"Text {number} has five words.") for number in range(300)]
    session.edit("Many", lambda brief: editing.add_blocks(brief, section, texts, 0))
    assert session.figures == former
    # What comes meanwhile is counted on top of it.
    session.edit("One", lambda brief: editing.add_block(brief, section, prose("One more."), 0))
    assert session.figures == former
    settle()
    assert told
    assert told[-1]
    assert session.figures.words[section] == former.words[section] + 300 * 5 + 2
    session.undo()
    session.undo()
    settle()
    assert session.figures == former
    session.close()


def test_what_two_lists_share_is_told_from_both_ends() -> None:
    a, b, c = object(), object(), object()
    assert common([a, b, c], [a, c]) == (1, 1)
    assert common([a, b], [a, b]) == (2, 0)
    assert common([a], [a, a]) == (1, 0)
    assert common([], [a]) == (0, 0)
    assert common([a, b], [c]) == (0, 0)


def test_a_brief_that_was_read_has_what_is_shown_where_it_is_the_same(desk: Desk, sample_brief: str) -> None:
    section = desk.compose.brief(sample_brief).sections[1].id
    texts = [prose("One."), prose("Two.")]
    desk.compose.edit(sample_brief, "Write", lambda now: editing.add_blocks(now, section, texts, 0))
    shown, read = desk.compose.brief(sample_brief), desk.compose.brief(sample_brief)
    first, second = shown.sections[1].blocks[:2]
    other = editing.mark(read, first.id, "x")
    other = editing.add_block(other, section, prose("New."), 0)
    same = as_shown(other, shown)
    assert same == other
    assert same.sections[1].blocks[1] != first
    assert same.sections[1].blocks[2] is second
    kept = [a is b for a, b in zip(same.sections, shown.sections, strict=True)]
    assert kept == [section.id != same.sections[1].id for section in shown.sections]


def test_an_edit_that_was_worked_out_holds_only_for_the_brief_that_it_was_made_of(
    context: Context, desk: Desk, sample_brief: str, settle: Callable[[], None]
) -> None:
    session = BriefSession(context, desk)
    session.begin(ready_to_open(desk, sample_brief))
    settle()
    section, block, typed = session.brief.sections[0].id, prose("Pasted."), prose("Typed meanwhile.")

    def pasted(brief: Brief) -> Brief:
        return editing.add_block(brief, section, block)

    ahead = session.ahead(pasted)()
    session.edit("Type", lambda brief: editing.add_block(brief, section, typed))
    session.edit("Paste", pasted, ahead)
    settle()
    assert {block, typed} <= {b for _section, b in desk.compose.brief(sample_brief).blocks()}
    again = prose("Pasted again.")
    ahead = session.ahead(lambda brief: editing.add_block(brief, section, again))()
    session.edit("Paste", lambda brief: editing.add_block(brief, section, again), ahead)
    assert session.brief is ahead.after
    assert session.figures == figures(session.brief, session.hits)
    settle()
    assert desk.compose.brief(sample_brief).sections == session.brief.sections
    session.close()
    settle()
