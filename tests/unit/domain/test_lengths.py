from __future__ import annotations

import pytest

from briefer.domain.lengths import count_words


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Two words.", "en", 2),
        ("One [@0198abcd-0000-7000-8000-000000000001] cited word", "en", 3),
        ("経済安全保障", "ja", 6),
        ("経済安全保障", "en", 3),
        ("", "en", 0),
    ],
)
def test_words_are_counted_without_citations(text: str, language: str, count: int) -> None:
    assert count_words(text, language) == count
