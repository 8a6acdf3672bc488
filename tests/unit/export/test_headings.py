from __future__ import annotations

import pytest

from briefer.domain.documents import Document, Heading, HeadingNumbering
from briefer.export.headings import Headings


def numbered(*levels: int, numbering: str = "decimal", language: str = "en") -> list[str]:
    """Return the numbers of headings of ``levels``; a negative level is an annex."""
    headings = Headings(Document("T", (), numbering=HeadingNumbering(numbering), language=language))
    return [headings.next(Heading(abs(level), (), annex=level < 0))[1] for level in levels]


def test_headings_count_anew_under_each_other() -> None:
    assert numbered(1, 2, 3, 3, 2, 1, 2) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]
    assert numbered(1, 2, 3, 2, 1, numbering="japanese") == ["第1", "1", "(1)", "2", "第2"]
    assert numbered(1, 2, numbering="none") == ["", ""]


def test_annexes_have_letters_and_nothing_below_them_is_numbered() -> None:
    assert numbered(1, -1, 2, -1, numbering="none") == ["", "Annex A", "", "Annex B"]
    assert numbered(1, -1, 2) == ["1", "Annex A", ""]
    assert numbered(-1, -1, language="ja") == ["別添1", "別添2"]
    assert numbered(*[-1] * 28)[-3:] == ["Annex Z", "Annex AA", "Annex AB"]


@pytest.mark.parametrize(
    ("given", "shown"), [((3, 3, 3), [1, 1, 1]), ((1, 3, 9), [1, 2, 3]), ((0, 2, 1, 3), [1, 2, 1, 2])]
)
def test_no_level_is_skipped(given: tuple[int, ...], shown: list[int]) -> None:
    headings = Headings(Document("T", ()))
    assert [headings.next(Heading(level, ()))[0] for level in given] == shown
