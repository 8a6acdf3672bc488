from __future__ import annotations

from briefer.domain.mark_sets import MarkSet
from briefer.domain.similarity import bands, marked, marks


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
