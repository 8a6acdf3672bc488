"""What the checks of a brief find, and what somebody lets pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import UsageError
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk

INDIA = parse_tag("partner:IN")


@pytest.fixture
def brief(desk: Desk, port: Source) -> Brief:
    tags = [INDIA, parse_tag("risk:supply-chain")]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=tags)
    return desk.compose.create(NewBrief("country-brief", (INDIA,)))[0]


def found(desk: Desk, brief: Brief) -> set[str]:
    return {finding.check for finding in desk.review.check(brief.id)}


def test_what_somebody_lets_pass_is_kept_with_the_reason(desk: Desk, brief: Brief) -> None:
    assert found(desk, brief) == {"no-marking", "empty-section"}
    (unmarked,) = (f for f in desk.review.check(brief.id) if f.check == "no-marking")
    change = desk.review.waive(brief.id, [unmarked], " Not to be circulated ", "A. Menon")
    assert found(desk, brief) == {"empty-section"}
    ((finding, waiver),) = desk.review.reviewed(brief.id).waived
    assert finding == unmarked
    assert (waiver.reason, waiver.who, waiver.at[:2]) == ("Not to be circulated", "A. Menon", "20")
    desk.review.waive(brief.id, [unmarked], "Second thoughts")
    ((_, waiver),) = desk.review.reviewed(brief.id).waived
    assert waiver.reason == "Second thoughts"
    desk.review.unwaive(brief.id, waiver)
    assert "no-marking" in found(desk, brief)
    assert change.inverse is not None
    with pytest.raises(UsageError, match="say why the finding may stay"):
        desk.review.waive(brief.id, [unmarked], "  ")


def test_a_waiver_is_for_one_finding(desk: Desk, brief: Brief, port: Source) -> None:
    desk.collect.change_source(replace(port, flags=("withdrawn",)))
    (withdrawn,) = (f for f in desk.review.check(brief.id) if f.check == "withdrawn")
    desk.review.waive(brief.id, [withdrawn], "Known to the reader")
    assert "withdrawn" not in found(desk, brief)
    desk.collect.change_source(replace(port, title="Another title", flags=("withdrawn",)))
    assert "withdrawn" in found(desk, brief)


def test_an_excerpt_bears_its_marking_into_the_brief(desk: Desk, brief: Brief) -> None:
    hit = desk.find.excerpts("").hits[0]
    desk.curate.annotate(replace(hit.excerpt, marking="uk-gscp/secret"))
    (red,) = (f for f in desk.review.check(brief.id) if f.check == "marking-below")
    assert "at least SECRET" in red.message


def test_a_primary_source_of_the_library_is_asked_for(desk: Desk, brief: Brief, cable: Source) -> None:
    tags = [INDIA, parse_tag("risk:supply-chain")]
    desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=tags)
    assert "no-primary" not in found(desk, brief)
    desk.collect.change_source(replace(cable, genre="Press release"))
    assert "no-primary" in found(desk, brief)
