"""What came in bulk is held against its import, until Briefer itself has changed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.spans import Span
from briefer.services import exchange
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk
from tests.unit.services.test_outside import IN, IN_BULK, lines, outside, told

BROUGHT = {
    "source": "UPDATE sources SET publisher = 'Another Post' WHERE title = 'Gate 3'",
    "capture": "UPDATE snapshots SET reading = replace(reading, '\"paragraph\"', '\"heading\"') "
    "WHERE source_number = (SELECT number FROM sources WHERE title = 'Gate 3')",
    "excerpt": "UPDATE excerpts SET comment = 'Reliable.' WHERE quote = 'The gate 3 is open.'",
}


@pytest.mark.parametrize(("kind", "statement"), BROUGHT.items())
def test_what_came_in_bulk_is_held_against_its_import(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str, statement: str
) -> None:
    monkeypatch.setattr(exchange, "LINES_PER_TRANSACTION", 2)
    desk.exchange.import_lines("gates.jsonl", lines(5))
    assert (told(desk), desk.review.uncovered()) == ([], ())
    brief = desk.compose.create(NewBrief("country-brief", (IN,)))[0].id
    outside(desk, statement)
    (problem,) = told(desk)
    assert "not as it came in with a bulk import" in problem
    assert "ate 3" in problem
    findings = [f for f in desk.review.check(brief) if f.check == "data-altered"]
    assert bool(findings) == (kind != "capture")
    assert desk.review.confirm([problem.split()[1]], "Compared.")[0]
    assert told(desk) == []


def test_what_came_in_bulk_and_was_edited_since_is_held_against_the_edit(desk: Desk) -> None:
    desk.exchange.import_lines("gates.jsonl", lines(3))
    hits = {hit.source.title: hit.excerpt for hit in desk.find.excerpts("gate").hits}
    desk.curate.annotate(replace(hits["Gate 1"], comment="Seen."))
    assert (told(desk), desk.review.uncovered()) == ([], ())
    outside(desk, "UPDATE excerpts SET comment = 'Not seen.' WHERE comment = 'Seen.'")
    assert "of the record has it" in told(desk)[0]
    # As by a Briefer that kept no states: what it edited is not what came in, and nobody knows what it is.
    outside(desk, "UPDATE record SET what = json_remove(what, '$.digests') WHERE kind = 'edit'")
    assert told(desk) == []
    assert desk.review.uncovered() == ("the words and notes of 1 excerpt",)


def test_a_reading_that_came_in_bulk_and_was_corrected_without_a_state_is_not_told(desk: Desk) -> None:
    bare = b'{"csl": {"title": "Gate"}, "text": "The gate is open."}'
    desk.exchange.import_lines("gates.jsonl", [bare])
    (source,) = desk.collect.sources()
    desk.collect.turn(source.id, Span(0, 5), body=False)
    outside(desk, "UPDATE record SET what = json_remove(what, '$.digests') WHERE kind = 'edit'")
    assert told(desk) == []
    assert "which lines of 1 capture are the article" in desk.review.uncovered()


def test_what_came_in_with_ids_among_those_of_others_is_told_apart(desk: Desk) -> None:
    desk.exchange.import_lines("one.jsonl", list(lines(4))[:3])
    desk.exchange.import_lines("two.jsonl", list(lines(4))[3:])
    brief = desk.compose.create(NewBrief("country-brief", (IN,)))[0].id
    outside(
        desk,
        "UPDATE record SET id = (SELECT 'captures/' || min(id) FROM snapshots), "
        "what = json_set(what, '$.digests.last', 'g') WHERE number = (SELECT max(number) FROM record "
        f"WHERE {IN_BULK})",
    )
    assert told(desk) == []
    assert [f for f in desk.review.check(brief) if f.check == "data-altered"] == []
