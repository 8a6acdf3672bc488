"""What the checks keep between two looks at a brief is never older than the library."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

import pytest

from briefer.domain.editing import add_block, write_prose
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from briefer.services.evidence import evidence_for
from briefer.services.ports import UnitOfWork


@pytest.fixture
def brief(desk: Desk, port: Source) -> str:
    desk.curate.mark_quote(port.id, "We cannot wait eight months", tags=[parse_tag("partner:IN")])
    wanted = NewBrief("country-brief", (parse_tag("partner:IN"),), marking="uk-gscp/official")
    return desk.compose.create(wanted)[0].id


def rules(desk: Desk, brief: str) -> set[str]:
    return {finding.check for finding in desk.review.check(brief)}


def test_a_change_of_the_library_is_seen_by_the_next_look(desk: Desk, brief: str, port: Source) -> None:
    assert "withdrawn" not in rules(desk, brief)
    desk.collect.change_source(replace(port, flags=("withdrawn",)))
    assert "withdrawn" in rules(desk, brief)
    (excerpt_id,) = desk.compose.brief(brief).excerpt_ids()
    with desk.library.read() as work:
        excerpt = work.excerpts.get_many([excerpt_id])[excerpt_id]
    desk.curate.annotate(replace(excerpt, marking="uk-gscp/secret"))
    assert "marking-below" in rules(desk, brief)


def test_what_is_written_meanwhile_is_checked_without_reading_the_library_again(
    desk: Desk, brief: str, port: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(desk, brief)
    asked: list[Any] = []

    def counted(work: UnitOfWork, cited: Any) -> Any:
        asked.append(list(cited))
        return evidence_for(work, cited)

    monkeypatch.setattr("briefer.services.evidence.evidence_for", counted)
    section = desk.compose.brief(brief).sections[0].id
    desk.compose.edit(brief, "Write", lambda b: add_block(b, section, prose("Output rose by 47 per cent.")))
    assert "no-source" in rules(desk, brief)
    assert asked == []
    desk.compose.edit(brief, "Write", lambda b: add_block(b, section, prose("So it is [@0000-none].")))
    assert "source-missing" in rules(desk, brief)
    assert asked == [["0000-none"]]
    other, _ = desk.curate.mark_quote(port.id, "The semiconductor shortage")
    desk.compose.edit(brief, "Write", lambda b: add_block(b, section, prose(f"More [@{other.id}].")))
    rules(desk, brief)
    assert other.id in asked[-1], "the record has grown, so everything is read anew"


def test_a_sentence_carried_over_with_the_day_of_the_last_meeting_is_told(desk: Desk, brief: str) -> None:
    section = desk.compose.brief(brief).sections[0].id
    (quoted,) = desk.compose.brief(brief).excerpt_ids()
    desk.compose.edit(brief, "Date", lambda b: replace(b, meeting_date="2026-12-03"))
    texts = ("New Delhi, 3 December 2026.", f"They met on 3 December 2026 [@{quoted}].", "Until May.")
    added = [prose(text) for text in texts]
    desk.compose.edit(brief, "Write", lambda b: reduce(lambda b, p: add_block(b, section, p), added, b))
    assert "date-carried" not in rules(desk, brief)
    clone, _ = desk.renewal.clone(brief, "2027-03-10")
    (found,) = (f for f in desk.review.check(clone.id) if f.check == "date-carried")
    assert "3 December 2026, the day of the last meeting" in found.message
    (block,) = (b for _, b in clone.blocks() if b.markdown.startswith("New Delhi"))
    assert found.block == block.id
    written = "The last meeting was on 3 December 2026."
    desk.compose.edit(clone.id, "Write", lambda b: write_prose(b, block.id, written))
    assert "date-carried" not in rules(desk, clone.id)
    same_day, _ = desk.renewal.clone(brief, "2026-12-03")
    assert "date-carried" not in rules(desk, same_day.id)


def test_a_quotation_that_was_changed_behind_the_library_is_found_before_it_leaves(
    desk: Desk, brief: str, port: Source
) -> None:
    assert "quote-altered" not in rules(desk, brief)
    with desk.library.write() as work:
        found = desk.compose.brief(brief)
        evidence = evidence_for(work, found.excerpt_ids())
        forged = {i: replace(e, quote=e.quote + "!") for i, e in evidence.excerpts.items()}
        leaving = desk.review.leaving(work, found, replace(evidence, excerpts=forged))
    assert "quote-altered" in {finding.check for finding in leaving.findings}
