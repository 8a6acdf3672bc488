from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain import shingles
from briefer.domain.shingles import LENGTH, crc32s, least


@given(st.binary(min_size=LENGTH, max_size=60))
def test_the_checksums_are_those_of_zlib(letters: bytes) -> None:
    expected = [zlib.crc32(letters[at : at + LENGTH]) for at in range(len(letters) - LENGTH + 1)]
    assert crc32s(letters).tolist() == expected


@given(
    st.lists(st.binary(min_size=LENGTH, max_size=400), min_size=1, max_size=4), st.sampled_from([1, 100_000])
)
def test_the_least_of_each_bin(texts: list[bytes], together: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shingles, "_AT_ONCE", together)
        found = list(least(texts, 8))
    assert len(found) == len(texts)
    for letters, (lowest, filled) in zip(texts, found, strict=True):
        hashes = crc32s(letters).tolist()
        for at in range(8):
            own = [h for h in hashes if h % 8 == at]
            assert filled[at] == bool(own)
            assert lowest[at] == min(own, default=0)


def test_a_bin_whose_least_hash_is_great(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shingles, "_ENOUGH", 1)
    texts = [bytes(range(64)), bytes(64), bytes(range(200))]
    few = list(least(texts, 16))
    monkeypatch.setattr(shingles, "_ENOUGH", 100)
    assert few == list(least(texts, 16))
