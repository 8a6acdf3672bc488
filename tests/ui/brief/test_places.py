from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefer.ui.brief.places import Places

_FIRST, _GAP = 12, 7
_HEIGHTS = st.lists(st.integers(1, 60), max_size=600)


@given(_HEIGHTS, st.integers(0, 40_000), st.data())
def test_places_are_those_of_rows_set_one_below_the_other(
    heights: list[int], y: int, data: st.DataObject
) -> None:
    places = Places(_FIRST, _GAP)
    places.set_heights(heights)
    if heights:
        places.at(y)  # what is reckoned already is reckoned anew behind a row that changes
        changed = data.draw(st.integers(0, len(heights) - 1))
        heights[changed] = data.draw(st.integers(1, 60))
        places.change(changed, heights[changed])
    tops = [_FIRST + sum(heights[:n]) + _GAP * n for n in range(len(heights) + 1)]
    assert [places.top(n) for n in range(len(heights) + 1)] == tops
    ends = [top + height for top, height in zip(tops, heights, strict=False)]
    assert places.at(y) == next((n for n, end in enumerate(ends) if end >= y), len(heights))
    assert places.bottom == (ends[-1] if ends else _FIRST)
