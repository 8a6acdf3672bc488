from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.pages import UNPAGED, Pages, Place, Run
from briefer.domain.spans import Span

# "Alpha beta" on page 1 from its fifth character, a blank that no page has, "gamma" on page 2 in two runs.
PAGES = Pages(("iv", "1"), (Run(0, 10, 1, 4), Run(11, 13, 2, 0), Run(13, 16, 2, 7)))


def test_a_span_over_two_pages_has_its_places_in_text_order() -> None:
    assert PAGES.places(Span(6, 14)) == (Place(1, 10, 4), Place(2, 0, 2), Place(2, 7, 1))


def test_a_blank_between_two_lines_stands_nowhere() -> None:
    assert PAGES.places(Span(10, 11)) == ()


@pytest.mark.parametrize(
    ("page", "index", "offset"),
    [(1, 4, 0), (1, 13, 9), (1, 14, None), (1, 3, None), (2, 1, 12), (2, 2, None), (2, 7, 13), (3, 0, None)],
)
def test_a_character_of_a_page_has_its_offset(page: int, index: int, offset: int | None) -> None:
    assert PAGES.offset(page, index) == offset


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (10, 1), (11, 2), (99, 2)])
def test_an_offset_has_its_page(offset: int, page: int) -> None:
    assert PAGES.page_of(offset) == page


def test_pages_are_called_as_they_are_printed() -> None:
    assert [PAGES.label(n) for n in (1, 2, 3)] == ["iv", "1", "3"]
    assert PAGES.label_of(Span(0, 3)) == "iv"
    assert PAGES.label_of(Span(0, 12)) == "iv-1"


def test_what_has_no_pages_has_no_labels_and_no_places() -> None:
    assert UNPAGED.page_of(3) is None
    assert UNPAGED.label_of(Span(0, 3)) is None
    assert UNPAGED.places(Span(0, 3)) == ()


@st.composite
def paged(draw: st.DrawFn) -> Pages:
    runs: list[Run] = []
    at, page, index = 0, 1, 0
    for length, gap, skipped, turn in draw(
        st.lists(
            st.tuples(st.integers(1, 9), st.integers(0, 3), st.integers(0, 4), st.booleans()), max_size=12
        )
    ):
        page, index = (page + 1, 0) if turn else (page, index + skipped)
        runs.append(Run(at + gap, at + gap + length, page, index))
        at, index = at + gap + length, index + length
    return Pages((), tuple(runs))


@given(paged())
def test_offset_and_places_are_each_other_s_inverse(pages: Pages) -> None:
    for run in pages.runs:
        for offset in range(run.start, run.end):
            (place,) = pages.places(Span(offset, offset + 1))
            assert pages.offset(place.page, place.index) == offset
            assert pages.page_of(offset) == place.page == run.page
