from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.shingles import LENGTH, crc32s, least


@given(st.binary(min_size=LENGTH, max_size=60))
def test_the_checksums_are_those_of_zlib(letters: bytes) -> None:
    expected = [zlib.crc32(letters[at : at + LENGTH]) for at in range(len(letters) - LENGTH + 1)]
    assert crc32s(letters).tolist() == expected


@given(st.binary(min_size=LENGTH, max_size=200))
def test_the_least_of_each_bin(letters: bytes) -> None:
    hashes = crc32s(letters).tolist()
    lowest, filled = least(letters, 8)
    for at in range(8):
        own = [h for h in hashes if h % 8 == at]
        assert filled[at] == bool(own)
        assert lowest[at] == min(own, default=0)
