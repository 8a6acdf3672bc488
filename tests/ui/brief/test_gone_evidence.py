from __future__ import annotations

from briefer.services.desk import Desk
from briefer.ui.brief.card_row import CardRow
from tests.ui.brief.conftest import Open


def test_a_quotation_whose_excerpt_is_removed_at_that_moment_says_so(opened: Open, desk: Desk) -> None:
    """The removal is under way while the quotation is shown already: nothing of the brief is lost."""
    used = set(opened.session.brief.excerpt_ids())
    hit = next(h for h in desk.compose.candidates((), "").hits if h.excerpt.id not in used)
    opened.session.context.change(lambda: desk.curate.remove_excerpts([hit.excerpt.id]))
    opened.editor.insert_quotation(hit)
    stored = opened.stored
    opened.settle()
    block = next(b for _section, b in stored.blocks() if b.excerpt_id == hit.excerpt.id)
    row = opened.row(block.id)
    assert isinstance(row, CardRow)
    assert "not in the library" in row.card.accessibleName()
    opened.session.context.undo()
    opened.settle()
    assert hit.excerpt.quote in row.card.accessibleName()
