from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.mark_sets import MarkSet
from briefer.domain.similarity import bands, marked, marks

# Few values, so that some are shared, with the least and the greatest, whose order is another without their signs.
_OF_TEXT = st.frozensets(st.sampled_from([-(2**31), -9, -1, 0, 1, 7, 2**31 - 1])).map(
    lambda found: tuple(sorted(found))
)
_TEXTS = st.lists(_OF_TEXT, max_size=6)


def test_shared_are_marks_of_those_that_came_before_and_of_one_another() -> None:
    known = MarkSet([marks((-5, 3)), marks((7,))])
    texts = [marks((-9, -5, 8)), "", marks((8, 9)), marks((10, 11)), marks((7,))]
    assert known.shared(texts) == {0: (-5, 8), 2: (8,), 4: (7,)}
    assert known.shared([marks((11, 12)), marks((13,))]) == {0: (11,)}
    assert known.shared([""]) == {}
    assert known.shared([]) == {}


def test_nothing_is_shared_with_nothing() -> None:
    assert MarkSet([]).shared([marks((1, 2)), marks((3,))]) == {}


def test_marks_are_read_as_they_are_written() -> None:
    own = bands(
        "The harbour council met on Monday and spoke about cranes, cables and the price of steel. " * 9
    )
    assert own
    assert marked(marks(own)) == own
    assert marked("") == ()


@given(_TEXTS, st.lists(_TEXTS, max_size=4))
def test_what_is_shared_is_what_each_mark_says_that_is_looked_up(
    before: list[tuple[int, ...]], coming: list[list[tuple[int, ...]]]
) -> None:
    known = MarkSet(map(marks, before))
    seen = {mark for text in before for mark in text}
    for texts in coming:
        here = Counter(mark for text in texts for mark in text)
        shared = [tuple(mark for mark in text if mark in seen or here[mark] > 1) for text in texts]
        found = known.shared(list(map(marks, texts)))
        assert {place: tuple(sorted(own)) for place, own in found.items()} == {
            place: own for place, own in enumerate(shared) if own
        }
        seen.update(here)
