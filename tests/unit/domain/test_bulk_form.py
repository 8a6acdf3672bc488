"""Lines of the bulk form into what is stored: by themselves, together, and one portion after the other."""

from __future__ import annotations

import json

import pytest

from briefer.domain import bulk_form
from briefer.domain.bulk_form import Prepared, Preparer, ReadySource, Rules
from briefer.domain.tags import Tag, TagKind, Term, Vocabulary

RULES = Rules(Vocabulary((Term(TagKind.RISK, "cyber", "Cyber"),)), ("prefix:p", "word:ports"))


def line(number: int, *tags: str) -> bytes:
    text = f"A list of {number} ports."
    made = {"csl": {"title": f"Report {number}"}, "text": text, "excerpts": [{"quote": text, "tags": tags}]}
    return json.dumps(made).encode()


LINES = [line(1, "free:one", "risk:CYBER"), b"{bad", line(2), line(3, "free:three", "free:one", "free:one")]


def told(prepared: Prepared) -> list[object]:
    """What lines gave, with the tags themselves in the place of their places."""
    return [
        ready
        if isinstance(ready, str)
        else (
            ready.source,
            ready.found_by,
            [(e.quote, e.texts, [str(prepared.tags[t]) for t in e.tags]) for e in ready.excerpts],
        )
        for ready in prepared.lines
    ]


def test_a_line_becomes_a_source_with_what_it_is_found_by() -> None:
    (first, refused, *_) = Preparer(RULES).prepare(LINES).lines
    assert isinstance(first, ReadySource)
    assert isinstance(refused, str)
    assert first.found_by.texts == ("report 1", "", "", "a list of 1 ports")
    (excerpt,) = first.excerpts
    assert (excerpt.start, excerpt.end, excerpt.paragraph) == (0, 18, 1)
    assert excerpt.texts == ("a list of 1 ports", "", "")


def test_sets_count_through_the_excerpts_of_all_lines() -> None:
    prepared = Preparer(RULES).prepare(LINES)
    assert prepared.sets is not None
    found = {key: list(numbers.cast("I")) for key, numbers in prepared.sets.numbers(range(10, 13))}
    assert found["word:ports"] == found["prefix:p"] == found["all:"] == [10, 11, 12]
    assert found["risk:cyber"] == [10]
    assert found["free:one"] == [10, 12]


@pytest.mark.parametrize("place", range(5))
def test_portions_give_together_what_all_lines_give_at_once(place: int) -> None:
    preparer = Preparer(RULES)
    parts = preparer.prepare(LINES[:place]).with_(preparer.prepare(LINES[place:]))
    assert told(parts) == told(preparer.prepare(LINES))
    assert parts.sets is None


def test_of_many_free_tags_not_all_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_form, "_MOST_KNOWN", 1)
    preparer = Preparer(RULES)
    for number in range(3):
        prepared = preparer.prepare([line(1, f"free:{number}", "free:x")])
        assert prepared.tags == (Tag(TagKind.FREE, str(number)), Tag(TagKind.FREE, "x"))


def test_a_line_that_is_no_text_is_refused_and_the_others_are_not() -> None:
    nested = b'{"csl":' + b'{"a":' * 3_000 + b"1" + b"}" * 3_000 + b"}"
    prepared = Preparer(RULES).prepare([LINES[0], b'{"csl": {"title": "\x91"}}', nested])
    assert isinstance(prepared.lines[0], ReadySource)
    assert prepared.lines[1:] == (
        "the line is not text in UTF-8; correct that line",
        "the line is nested too deeply; correct that line",
    )
