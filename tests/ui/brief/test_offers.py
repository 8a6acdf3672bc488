"""New excerpts are offered for the open brief, and taken only when somebody wants them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from briefer.domain.editing import add_block
from briefer.domain.tags import parse_tag
from briefer.services.compose import quotation
from briefer.services.desk import Desk
from briefer.ui.brief.offers import OffersDialog
from tests.ui.brief.conftest import Open


@pytest.fixture
def fresh(opened: Open, desk: Desk) -> str:
    """Mark an excerpt that fits the open brief; return its id."""
    used = opened.session.brief.excerpt_ids()
    subjects = list(opened.session.brief.subjects)
    source = next(s for s in desk.collect.sources() if not desk.usage.of_source(s.id))
    number = next(p.number for p in desk.collect.source(source.id).snapshot.reading.body() if p.number)
    span = desk.curate.paragraphs_span(source.id, number)
    excerpt, _ = desk.curate.mark(source.id, span, tags=[*subjects, parse_tag("risk:cyber")])
    assert excerpt.id not in used
    return excerpt.id


def looked(opened: Open) -> None:
    opened.workspace.offers.refresh()
    opened.settle()


def test_what_is_new_is_told_and_goes_in_when_it_is_wanted(opened: Open, fresh: str) -> None:
    bar = opened.workspace.offers
    looked(opened)
    assert bar.isVisible()
    assert "new excerpt" in bar._told.text()
    before = opened.stored
    bar.look.click()
    dialog = bar.findChild(OffersDialog)
    assert isinstance(dialog, OffersDialog)
    assert fresh in {offer.choice.hit.excerpt.id for offer in dialog.wanted}
    dialog.take.click()
    opened.settle()
    assert fresh in opened.stored.excerpt_ids()
    looked(opened)
    assert not bar.isVisible()
    opened.undo()
    assert opened.stored.sections == before.sections


def test_what_is_unticked_or_declined_is_not_offered_again(opened: Open, fresh: str) -> None:
    bar = opened.workspace.offers
    looked(opened)
    bar.look.click()
    dialog = bar.findChild(OffersDialog)
    assert isinstance(dialog, OffersDialog)
    for row in range(dialog.list.count()):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.wanted == ()
    dialog.reject()
    looked(opened)
    assert bar.isVisible()
    bar.decline.click()
    opened.settle()
    looked(opened)
    assert not bar.isVisible()
    assert fresh not in opened.stored.excerpt_ids()


def test_typing_asks_for_nothing_and_citing_does(opened: Open, fresh: str, desk: Desk) -> None:
    bar = opened.workspace.offers
    looked(opened)
    bar._pause.stop()
    row = opened.prose()
    row.go(at_end=True)
    opened.qtbot.keyClicks(row.edit, " more")
    opened.workspace.flush()
    opened.settle()
    assert not bar._pause.isActive()
    opened.session.edit("Quote", lambda b: add_block(b, b.sections[0].id, quotation(fresh)))
    opened.settle()
    assert bar._pause.isActive()
