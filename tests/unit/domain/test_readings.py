from __future__ import annotations

import pytest

from briefer.domain.readings import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("a", ["a"]),
        ("a\n\nb c\n", ["a", "b c"]),
        ("  one\ntwo \n \t\n\n\u3000three\n", ["one\ntwo", "three"]),
    ],
)
def test_paragraphs_stand_between_empty_lines(text: str, expected: list[str]) -> None:
    segments = paragraphs(text).segments
    assert [text[s.span.start : s.span.end] for s in segments] == expected
    assert [s.number for s in segments] == list(range(1, len(expected) + 1))
