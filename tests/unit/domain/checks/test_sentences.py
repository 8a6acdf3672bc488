from __future__ import annotations

import pytest

from briefer.domain.checks.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. We met! Did they? Yes.", ["It rained.", "We met!", "Did they?", "Yes."]),
        ("On Dec. 17 Mr. Xi met J. Doe. They agreed.", ["On Dec. 17 Mr. Xi met J. Doe.", "They agreed."]),
        ("Some, e.g. two, left. We asked Li. She stayed.", ["Some, e.g. two, left.", "We asked Li.", "She stayed."]),
        ("協議した。合意はない。\n次回は未定", ["協議した。", "合意はない。", "", "次回は未定"]),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts
