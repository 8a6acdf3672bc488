from __future__ import annotations

import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from briefer.errors import LibraryError
from briefer.storage.bits import Container, appended, by_chunk, decode, encode

RUNS = st.builds(
    lambda start, length: range(start, start + length), st.integers(0, 200_000), st.integers(1, 9_000)
)


def containers(numbers: BitMap) -> list[Container]:
    return [(chunk, *encode(some)) for chunk, some in by_chunk(numbers).items()]


@given(st.lists(RUNS, max_size=4), st.sets(st.integers(0, 300_000), max_size=40), st.lists(RUNS, max_size=2))
def test_what_is_kept_comes_back(runs: list[range], single: set[int], gaps: list[range]) -> None:
    numbers = BitMap(single).union(*map(BitMap, runs)) - BitMap().union(*map(BitMap, gaps))
    assert decode(containers(numbers)) == numbers


@given(RUNS, RUNS, st.booleans())
def test_numbers_are_added_to_a_set(before: range, added: range, behind: bool) -> None:
    old = BitMap(0x30000 + (number & 0x7FFF) for number in before)
    new = BitMap(0x30000 + (number & 0x7FFF) + 0x8000 * behind for number in added)
    packed = b"".join((number & 0xFFFF).to_bytes(2, "little") for number in new)
    assert appended(None, 3, packed) == encode(new)
    assert appended((3, *encode(old)), 3, packed) == encode(old | new)


@pytest.mark.parametrize("bits", [b"\0", b"\0\0\0\0"])
def test_nothing_is_added_to_a_damaged_set(bits: bytes) -> None:
    with pytest.raises(LibraryError) as caught:
        appended((0, 1, bits), 0, b"\1\0")
    assert caught.value.code == "index-damaged"


NUMBERS: st.SearchStrategy[set[int]] = st.sets(st.integers(0, 0xFFFF), min_size=1, max_size=60) | st.builds(
    set, st.just(range(0, 65_536, 9))
)


@given(NUMBERS, st.integers(0, 3), st.data())
def test_each_changed_bit_is_seen_also_where_more_was_added(
    numbers: set[int], chunk: int, data: st.DataObject
) -> None:
    count, bits = encode(BitMap(number + (chunk << 16) for number in numbers))
    changed = bytearray(bits)
    at = data.draw(st.integers(0, 8 * len(bits) - 1))
    changed[at // 8] ^= 1 << at % 8
    for damaged in ((chunk, count, bytes(changed)), (chunk ^ 1, count, bits), (chunk, count ^ 1, bits)):
        with pytest.raises(LibraryError):
            decode([damaged])
    with pytest.raises(LibraryError):
        decode([(chunk, *appended((chunk, count, bytes(changed)), chunk, b"\xff\xff"))])


@given(st.integers(1, 65_536), st.binary(max_size=40) | st.binary(min_size=8_192, max_size=8_192))
def test_no_bytes_with_a_right_sum_harm_more_than_their_set(count: int, bits: bytes) -> None:
    with suppress(LibraryError):
        found = decode([(0, count, bits + zlib.crc32(bits, 0).to_bytes(4, "little"))])
        assert sorted(found) == list(found)
        assert len(found) == len(list(found))


@pytest.mark.parametrize(
    "numbers", [BitMap(range(65_536)), BitMap(range(4_096)), BitMap(range(0, 8_194, 2)), BitMap()]
)
def test_full_and_half_full_sets(numbers: BitMap) -> None:
    assert decode(containers(numbers)) == numbers


@pytest.mark.parametrize(
    "damaged",
    [
        (0, 2, b"\0\0"),
        (0, 0, b""),
        (-1, 1, b"\0\0"),
        (70_000, 1, b"\0\0"),
        (0, 65_537, b"\xff" * 8_192),
        (0, 5_000, b"\xff" * 8_192),
        (0, 5_000, b"\xff" * 10_000),
        (0, 2, b"\2\0\1\0"),
        (0, 2, b"\1\0\1\0"),
        (0, 1, "ab"),
        (0, 1, None),
        (0, "1", b"\0\0"),
        (None, 1, b"\0\0"),
    ],
)
def test_what_cannot_be_a_set_is_refused(damaged: Any) -> None:
    with pytest.raises(LibraryError) as refused:
        decode([damaged])
    assert refused.value.code == "index-damaged"
