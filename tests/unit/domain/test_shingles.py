from __future__ import annotations

import random
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain import shingles
from briefer.domain.shingles import LENGTH, bands, hashed, least


def mixed(number: int) -> int:
    """Return fmix32 of MurmurHash3, written out."""
    number ^= number >> 16
    number = number * 0x85EBCA6B % 2**32
    number ^= number >> 13
    number = number * 0xC2B2AE35 % 2**32
    return number ^ number >> 16


@given(st.binary(min_size=LENGTH, max_size=60))
def test_the_hash_is_the_mixed_polynomial_of_a_shingle(letters: bytes) -> None:
    shingles_ = [letters[at : at + LENGTH] for at in range(len(letters) - LENGTH + 1)]
    base = 2_654_435_769
    expected = [mixed(reduce(lambda made, byte: made * base + byte, own, 0) % 2**32) for own in shingles_]
    assert hashed(letters).tolist() == expected


def test_hashes_are_spread_evenly_over_bins_and_hardly_ever_the_same() -> None:
    words = "".join(f"the port of {place} lies still again" for place in range(20_000)).encode()
    different = len({words[at : at + LENGTH] for at in range(len(words) - LENGTH + 1)})
    hashes = np.unique(hashed(words))
    assert len(hashes) > different * 0.9999
    found = np.bincount(hashes & np.uint32(63), minlength=64)
    assert found.min() > 0.9 * found.mean()
    assert found.max() < 1.1 * found.mean()


@given(st.lists(st.binary(min_size=LENGTH, max_size=400), min_size=1, max_size=4))
def test_the_least_of_each_bin(texts: list[bytes]) -> None:
    lowest, filled = least(texts, 8)
    assert lowest.shape == filled.shape == (len(texts), 8)
    for text, letters in enumerate(texts):
        hashes = hashed(letters).tolist()
        for at in range(8):
            own = [h for h in hashes if h % 8 == at]
            assert filled[text, at] == bool(own)
            assert lowest[text, at] == min(own, default=0)


def test_a_bin_whose_least_hash_is_great(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shingles, "_ENOUGH", 1)
    texts = [bytes(range(64)), bytes(64), bytes(range(200))]
    few = least(texts, 16)
    monkeypatch.setattr(shingles, "_ENOUGH", 100)
    for some, all_ in zip(few, least(texts, 16), strict=True):
        assert np.array_equal(some, all_)


@given(
    st.lists(st.binary(min_size=LENGTH, max_size=400), min_size=1, max_size=6),
    st.sampled_from([1, 500, 100_000]),
)
def test_texts_have_the_same_marks_together_and_alone(texts: list[bytes], together: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shingles, "_AT_ONCE", together)
        found = list(bands(texts, 4))
    assert found == [next(bands([text], 4)) for text in texts]


@given(
    st.lists(st.binary(min_size=LENGTH, max_size=30), max_size=3),
    st.binary(min_size=LENGTH, max_size=400),
    st.sampled_from([1, 40, 100]),
)
def test_a_long_text_has_the_same_marks_stretch_by_stretch(
    before: list[bytes], text: bytes, longest: int
) -> None:
    expected = list(bands([*before, text, text], 4))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shingles, "_AT_ONCE", longest)
        patched.setattr(shingles, "_LONGEST", longest)
        assert list(bands([*before, text, text], 4)) == expected


def test_the_order_of_the_two_bins_of_a_mark_counts() -> None:
    """Marks of which one has what the other has the other way round are other marks."""
    texts = [bytes(dice.choices(range(256), k=600)) for dice in map(random.Random, range(300))]
    marks = [mark for own in bands(texts, 32) for mark in own]
    assert len(set(marks)) == len(marks)
