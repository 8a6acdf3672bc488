"""Short ways from a written page to what is read of it."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefer.domain.sources import Capture, Segment, SegmentKind
from briefer.domain.spans import lines_of
from briefer.intake import Intake
from briefer.services.ports import Taken

CHANGED = datetime(2025, 7, 24, 10, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@dataclass(frozen=True)
class Seen:
    """A capture with the questions that tests ask of it."""

    capture: Capture

    def text(self, segment: Segment) -> str:
        return self.capture.text[segment.span.start : segment.span.end]

    def of(self, kind: SegmentKind) -> list[str]:
        return [self.text(s) for s in self.capture.reading.segments if s.kind is kind]

    def why(self, start: str) -> str:
        return next(s.why for s in self.capture.reading.segments if self.text(s).startswith(start))

    @property
    def body(self) -> list[str]:
        return [self.text(s) for s in self.capture.reading.body()]

    @property
    def body_lines(self) -> set[int]:
        found: set[int] = set()
        lines = self.capture.text.split("\n")
        for segment in self.capture.reading.body():
            first, last = lines_of(self.capture.text, segment.span)
            found |= {n for n in range(first, last + 1) if lines[n - 1].strip()}
        return found

    def assert_whole(self) -> None:
        """Every non-blank line lies in exactly one segment; segments are in order; the body is numbered."""
        segments = self.capture.reading.segments
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(segments))
        place = 0
        for line in self.capture.text.split("\n"):
            if line.strip():
                start = place + len(line) - len(line.lstrip())
                end = place + len(line.rstrip())
                holders = [s for s in segments if s.span.start <= start and end <= s.span.end]
                assert len(holders) == 1, line
            place += len(line) + 1
        numbers = [s.number for s in segments if s.number is not None]
        assert numbers == list(range(1, len(numbers) + 1))


def see(content: str | bytes, name: str = "page.txt") -> Seen:
    data = content.encode() if isinstance(content, str) else content
    return Seen(captured(Taken(name, data, CHANGED)))


def captured(taken: Taken) -> Capture:
    """Return the one capture of a file; raise the error where there is none."""
    (outcome,) = Intake().read([taken])
    if outcome.error:
        raise outcome.error
    assert outcome.capture is not None
    return outcome.capture


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    path = SHARED / "articles_gold.json"
    if not path.exists():
        pytest.skip("the five articles are not at hand (../shared)")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["articles"]
    return found


def article(start: str) -> Seen:
    paths = sorted((SHARED / "articles").glob(f"{start}_*.txt"))
    if not paths:
        pytest.skip("the five articles are not at hand (../shared)")
    return see(paths[0].read_bytes(), paths[0].name)
