"""The five real articles, read against what people marked in them. They are not part of the repository."""

from __future__ import annotations

from typing import Any

import pytest

from briefer.domain.dates import UNDATED, Basis
from briefer.domain.sources import SegmentKind
from briefer.domain.spans import lines_of
from tests.unit.intake.conftest import CHANGED, Seen, article


def _lines(first: int, last: int, seen: Seen) -> set[int]:
    text = seen.capture.text.split("\n")
    return {n for n in range(first, last + 1) if text[n - 1].strip()}


@pytest.mark.parametrize("index", range(3))
def test_gold(gold: list[dict[str, Any]], index: int) -> None:
    wanted = gold[index]
    seen = article(wanted["file"][:3])
    seen.assert_whole()
    assert seen.capture.title == wanted["title"]
    assert seen.capture.publisher == wanted["publisher"]
    assert seen.capture.published.value == wanted["date"]["iso"]
    assert seen.capture.language == "en"
    assert seen.body_lines == _lines(wanted["body_lines"][0], wanted["body_lines"][1], seen)
    assert [[*lines_of(seen.capture.text, e.span)] for e in seen.capture.reading.embedded] == [
        e["lines"] for e in wanted["embedded_articles"]
    ]
    assert [e.title for e in seen.capture.reading.embedded] == [
        e["title"] for e in wanted["embedded_articles"]
    ]
    if wanted["date"]["kind"] == "explicit":
        assert seen.capture.published.as_written == wanted["date"]["as_written"]
    if wanted.get("caption"):
        assert seen.of(SegmentKind.CAPTION) == [wanted["caption"]]
    if wanted.get("headings"):
        assert seen.of(SegmentKind.HEADING) == wanted["headings"]


def test_paper_joins_what_page_ends_broke(gold: list[dict[str, Any]]) -> None:
    seen = article("001")
    spans = [lines_of(seen.capture.text, s.span) for s in seen.capture.reading.body()]
    assert (80, 82) in spans
    assert (100, 102) in spans
    assert seen.capture.kind == "report"


def test_event_is_not_publication() -> None:
    seen = article("003")
    assert seen.capture.published == UNDATED
    assert (seen.capture.event.value, seen.capture.event.as_written) == ("2025-12-11", "December 11, 2025")
    assert seen.capture.flags == ()


def test_glued_lead_is_doubted_not_cut() -> None:
    seen = article("002")
    seen.assert_whole()
    doubtful = [lines_of(seen.capture.text, s.span)[0] for s in seen.capture.reading.body() if s.doubt]
    assert doubtful == [5, 7]
    assert seen.body_lines == _lines(5, 30, seen)
    assert (seen.capture.publisher, seen.capture.published) == (None, UNDATED)


def test_aggregated_page() -> None:
    seen = article("004")
    seen.assert_whole()
    assert seen.body_lines == _lines(7, 18, seen) | _lines(21, 30, seen)
    captions = [s for s in seen.capture.reading.segments if s.kind is SegmentKind.CAPTION]
    assert [lines_of(seen.capture.text, s.span)[0] for s in captions] == [19, 20]
    assert (seen.capture.publisher, seen.capture.container) == ("Japan Times", "Daily8")
    assert seen.capture.published.basis is Basis.RELATIVE
    assert seen.capture.published.as_written == "13 hours ago"
    assert seen.capture.published.value == "2025-07-23"
    assert CHANGED.date().isoformat() == "2025-07-24"
    found = [(lines_of(seen.capture.text, e.span), e.publisher) for e in seen.capture.reading.embedded]
    assert found == [((43, 54), "Japan Today"), ((56, 67), "NHK"), ((69, 80), "Nikkei Asia")]
