"""Records that no program writes: what they hold is taken as far as it can be."""

from __future__ import annotations

from datetime import UTC, datetime

from briefer.intake import Intake
from briefer.intake.references.bibtex import decoded
from briefer.services.ports import Taken

_MODIFIED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def test_latex_that_is_nested_without_end_stays_as_it_is() -> None:
    assert decoded("{" * 3_000 + "\\alpha" + "}" * 3_000).strip("{}") == "\\alpha"


def test_a_number_that_nothing_can_store_becomes_text() -> None:
    number = 10**30
    item = f'[{{"type": "report", "title": "Ports", "abstract": "They met.", "volume": {number}}}]'
    (outcome,) = Intake().read([Taken("list.json", item.encode(), _MODIFIED)])
    assert outcome.capture is not None
    assert outcome.capture.extra["volume"] == str(number)
