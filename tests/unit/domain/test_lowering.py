from __future__ import annotations

import pytest

from briefer.domain.markings import MarkingLevel, MarkingScheme, check_lowered, lowers
from briefer.errors import UsageError

SCHEMES = (
    MarkingScheme("uk", "United Kingdom", (MarkingLevel("official", "OFFICIAL", 1), MarkingLevel("secret", "SECRET", 3))),
    MarkingScheme("other", "Other", (MarkingLevel("same", "SAME", 3, same_as=("uk/secret",)), MarkingLevel("low", "LOW", 1))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "lower"),
    [
        ("", "", False),
        ("", "uk/secret", False),
        ("uk/official", "uk/secret", False),
        ("uk/secret", " uk/secret ", False),
        ("uk/secret", "SECRET", False),
        ("uk/secret", "uk/official", True),
        ("uk/secret", "", True),
        ("uk/secret", "other/same", False),
        ("uk/secret", "other/low", True),
        ("uk/secret", "Our own", True),
        ("Our own", "uk/secret", True),
        ("Our own", "Our own", False),
    ],
)
def test_what_is_lower(before: str, after: str, *, lower: bool) -> None:
    assert lowers(before, after, SCHEMES) is lower
    check_lowered(before, after, SCHEMES, "Published since.")
    if lower:
        with pytest.raises(UsageError, match="needs a reason"):
            check_lowered(before, after, SCHEMES, "  ")
    else:
        check_lowered(before, after, SCHEMES, "")
