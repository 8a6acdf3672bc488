from __future__ import annotations

import pytest

from briefer.domain.documents import Marking
from briefer.domain.markings import MarkingLevel, MarkingScheme, check_marking, shown
from briefer.errors import UsageError

UK = MarkingScheme(
    "uk", "UK", (MarkingLevel("official", "Official", 1), MarkingLevel("secret", "Secret", 2)), capitals=True
)
RED = MarkingScheme("red", "Red", (MarkingLevel("secret", "SECRET", 1),), colour="#c00000", align="right")


def test_a_level_is_shown_as_its_scheme_says() -> None:
    assert shown("red/secret", (UK, RED)) == Marking("SECRET", colour="#c00000", align="right")
    assert shown("uk/secret", (UK, RED)) == Marking("SECRET")
    assert shown(" official ", (UK, RED)) == Marking("OFFICIAL")


def test_a_level_that_its_scheme_lacks_is_refused() -> None:
    for fine in ("uk/secret", "Secret", "for A/B", ""):
        check_marking(fine, (UK, RED))
    with pytest.raises(UsageError, match="choose one of: uk/official, uk/secret"):
        check_marking("uk/bogus", (UK, RED))


def test_a_label_of_several_schemes_and_other_texts_are_shown_plainly() -> None:
    assert shown("Secret", (UK, RED)) == Marking("Secret")
    assert shown("For the team", (UK, RED)) == Marking("For the team")
    assert shown("  ", (UK, RED)) is None
