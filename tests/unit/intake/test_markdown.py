"""Markdown: its marks tell the structure, its front matter the facts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import How, SegmentKind
from briefer.intake import markdown as reader
from briefer.intake.markdown import plainly_markdown, read_markdown
from tests.unit.intake.conftest import Seen, see

TEXT = """# Harbour towns share pilots

By Ada Winterbourne

4 February 2024

Four towns on the **northern coast** have agreed
to share their pilots.

![A boat](boat.png)

## What was agreed ##

- One roster
- [x] Two boats
  that are new
  > and a fund

1. Related stories

> We would rather share a pilot
> than lose a ship.

Costs
-----

| Town | Boats |
|------|-------|
| Alta | 2     |

```python
boats = 2
```

---

<!-- not shown -->

Short end.

[coast]: https://coast.example/
"""


def test_structure() -> None:
    seen = see(TEXT, "note.md")
    assert seen.capture.media_type == "text/markdown"
    assert seen.capture.text == TEXT
    assert seen.capture.title == "Harbour towns share pilots"
    assert seen.capture.authors == ("Ada Winterbourne",)
    assert seen.capture.published.value == "2024-02-04"
    assert seen.of(SegmentKind.TITLE) == ["Harbour towns share pilots"]
    assert seen.of(SegmentKind.HEADING) == ["What was agreed", "Costs"]
    assert seen.of(SegmentKind.CAPTION) == ["![A boat](boat.png)"]
    assert seen.of(SegmentKind.PARAGRAPH) == [
        "Four towns on the **northern coast** have agreed\nto share their pilots.",
        "One roster",
        "Two boats\n  that are new",
        "and a fund",
        "Related stories",
        "We would rather share a pilot\n> than lose a ship.",
        "| Town | Boats |",
        "| Alta | 2     |",
        "boats = 2",
        "Short end.",
    ]
    assert {s.why for s in seen.capture.reading.segments if s.kind is SegmentKind.FURNITURE} == {"markup"}


YAML = """---
title: "The pilots: a plan"
authors:
  - name: Ada Winterbourne
  - Tom Okoro
date: 2024-02-03T10:00:00Z
lang: en-GB
source: https://coast.example/plan
publisher: Coast Gazette
tags: [boats, ports] # none of ours
---
"""
TOML = """+++
title = "The pilots: a plan"
authors = ["Ada Winterbourne", "Tom Okoro"]
date = 2024-02-03
lang = "en"
source = "https://coast.example/plan"
publisher = "Coast Gazette"
+++
"""


@pytest.mark.parametrize("front", [YAML, TOML])
@pytest.mark.parametrize("name", ["plan.md", "plan.txt", "plan.markdown"])
def test_front_matter(front: str, name: str) -> None:
    seen = see(front + "\nFour towns have agreed.\n\n- One roster\n", name)
    seen_facts = seen.capture
    assert seen_facts.title == "The pilots: a plan"
    assert seen_facts.known["title"].how is How.STATED
    assert seen_facts.authors == ("Ada Winterbourne", "Tom Okoro")
    assert (seen_facts.published.value, seen_facts.published.basis) == ("2024-02-03", Basis.EXPLICIT)
    assert (seen_facts.language, seen_facts.publisher) == ("en", "Coast Gazette")
    assert seen_facts.url == "https://coast.example/plan"
    assert seen.body == ["Four towns have agreed.", "One roster"]
    assert {s.why for s in seen.capture.reading.segments if not s.number} == {"front matter"}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[Ada Winterbourne, 'Tom Okoro']", ("Ada Winterbourne", "Tom Okoro")),
        ("Ada Winterbourne # me", ("Ada Winterbourne",)),
    ],
)
def test_values_of_front_matter(value: str, names: tuple[str, ...]) -> None:
    assert (
        see(f"---\nauthor: {value}\ndate: 3 February 2024\n---\n\nWords.\n", "a.md").capture.authors == names
    )


def test_broken_front_matter_is_text() -> None:
    seen = see("+++\ntitle = \n+++\n\nFour towns have agreed.\n", "a.md")
    assert seen.capture.title != "title ="
    assert "Four towns have agreed." in seen.body


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TEXT, True),
        ("---\ntitle: A plan\n---\n\nFour towns.", True),
        ("# Towns\n\nFour towns have agreed.", False),
        ("Towns\n\n- One\n- Two\n\n**Three** [four](five)", False),
        ("# Towns\n\n## Boats\n\n- One\n\n**Two**\n\nRelated stories\n\n- Museum opens", False),
        ("---\nnothing\n---\n", False),
    ],
)
def test_text_that_is_plainly_markdown(text: str, wanted: bool) -> None:
    assert plainly_markdown(text) is wanted
    assert see(text, "a.txt").capture.media_type == ("text/markdown" if wanted else "text/plain")


def test_notice_of_ai_and_kind() -> None:
    seen = see("# Towns\n\nFour towns.\n\nThis text was written with the help of AI.\n", "a.md")
    assert seen.capture.flags == ("AI-written",)
    assert seen.body == ["Four towns."]
    assert seen.capture.kind == "document"


def test_agreement_in_markdown() -> None:
    seen = see(
        "# Agreement on pilots\n\n## Article 1\n\nThe Parties share pilots.\n\n## Article 2\n\nNo costs.\n",
        "a.md",
    )
    assert seen.capture.kind == "treaty"
    assert seen.of(SegmentKind.HEADING) == ["Article 1", "Article 2"]


def test_too_long_is_unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 400)
    capture = read_markdown("a b\n" * 101, "utf-8", datetime(2024, 1, 1, tzinfo=UTC))
    assert capture.known["kind"].where == "its length"


LINES = st.sampled_from(
    ["# A", "#", "## B ##", "- a", "  - b", "-", "> c", "> - d", "1. e", "1.", "---", "===", "```", "f", "    g", "| h | i |",
     "|---|---|", "<b>", "<!-- j -->", "[k]: l", "![m](n)", "", "", "\t", "* * *", "> ```", "- [ ] o", "By Ada Winterbourne"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_every_line_has_its_segment(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    capture = read_markdown(text, "utf-8", datetime(2024, 1, 1, tzinfo=UTC))
    segments = capture.reading.segments
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(segments))
    place = 0
    for line in lines:
        if line.strip():
            end = place + len(line.rstrip())
            assert any(s.span.start < end and s.span.end > place for s in segments), line
        place += len(line) + 1
    numbers = [s.number for s in Seen(capture).capture.reading.body()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("date", ["2025-12-87", "2025-13-01", "0000-01-01"])
def test_a_day_that_does_not_exist_is_kept_as_written_only(date: str) -> None:
    text = f"---\ntitle: Ports\ndate: {date}\n---\n\nThe ministers met.\n"
    capture = read_markdown(text, "utf-8", datetime(2026, 1, 15, tzinfo=UTC))
    assert capture.published.value is None
