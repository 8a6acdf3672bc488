"""Writes the sets of excerpts by key.

A changed excerpt is first put among the loose ones, with all its keys, which costs one row; readers lay the
loose ones over the stored sets. When many are loose they are sorted in together, a chunk of numbers at a time.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, pairwise, product
from typing import TYPE_CHECKING

import msgspec
from pyroaring import BitMap
from sqlalchemy import Connection, delete, func, select

from briefer.domain.folding import RUN
from briefer.domain.indexing import Texts
from briefer.domain.keys import EVERY, LENGTHS, PAIR, PREFIX, WORD, Frequent, KeySets
from briefer.storage.bits import CHUNK_BITS, appended, by_chunk, decode, encode
from briefer.storage.directly import rows, value
from briefer.storage.index_damage import POSTINGS, told_as_damage
from briefer.storage.tables import excerpts, loose, meta, postings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LOOSE = 4_000
STAMP, FOLDED, FREQUENT, GAUGED = "postings_stamp", "postings_folded", "postings_words", "postings_gauged"
_ROWS, _LOOSE_ROWS = "postings_rows", "postings_loose"

# Words in more than this part of the excerpts have sets; pairs of words at less, because a phrase of two common
# words is slow in the full-text index, however rare it is.
_FREQUENT_WORD = 0.01
_FREQUENT_PAIR = 0.003
# Where words were chosen before, others have to be in so many times as many: of those at the bound each sample has some
# that no other has, and to look up what they are in takes longer than their sets save.
_CLEARLY = 1.25
# Where both words are in more than this part, and among so many, the slowest phrases are: there any pair, even one that
# is not seen.
_HOT_WORD = 0.06
_MOST_HOT = 64
# In a smaller library nothing is slow.
_LEAST_TOTAL = 2_000
_SAMPLE = 3_000
_GROWTH = 3

_PUT = (
    f"INSERT INTO {loose.name} (number, stamp, keys) VALUES (?, ?, ?) "  # noqa: S608  (no value in it)
    "ON CONFLICT (number) DO UPDATE SET stamp = excluded.stamp, keys = excluded.keys"
)
_STORE = (
    f"INSERT INTO {postings.name} (key, chunk, count, bits) VALUES (?, ?, ?, ?) "  # noqa: S608
    "ON CONFLICT (key, chunk) DO UPDATE SET count = excluded.count, bits = excluded.bits"
)

_OF_CHUNK = f'SELECT "key", "count", bits FROM {postings.name} WHERE chunk = ?'  # noqa: S608
_COUNT_ROWS = f"SELECT count(*) FROM {postings.name}"  # noqa: S608
_COUNT_LOOSE = f"SELECT count(*) FROM {loose.name}"  # noqa: S608
_KEPT = f'SELECT value FROM {meta.name} WHERE "key" = ?'  # noqa: S608
_KEEP = f"INSERT OR REPLACE INTO {meta.name} VALUES (?, ?)"  # noqa: S608

Keys = Mapping[int, Iterable[str] | None]


def number_of(connection: Connection, key: str) -> int:
    """Return a number kept in ``meta``, 0 where there is none that can be read."""
    found = kept(connection, key) or ""
    return int(found) if found.isdecimal() else 0


def frequent(connection: Connection) -> Frequent:
    """Return the keys of words that have sets. Raises LibraryError ``index-damaged``."""
    with told_as_damage(POSTINGS):
        return _frequent(kept(connection, FREQUENT) or "[]")


@lru_cache(maxsize=4)
def _frequent(packed: str) -> Frequent:
    return Frequent(msgspec.json.decode(packed, type=list[str]))


def are_complete(connection: Connection) -> bool:
    """Whether there are as many rows of sets, and as many loose excerpts, as were written."""
    for key, count in ((_ROWS, _COUNT_ROWS), (_LOOSE_ROWS, _COUNT_LOOSE)):
        written = kept(connection, key)
        if written is not None and written != str(value(connection, count)):
            return False
    return True


def are_loose(connection: Connection, first: int) -> bool:
    """Whether any excerpt from number ``first`` on is loose."""
    return connection.scalar(select(loose.c.number).where(loose.c.number >= first).limit(1)) is not None


def touch(connection: Connection) -> None:
    """Tell readers that something they may have kept has changed that is in no set."""
    keep(connection, STAMP, str(number_of(connection, STAMP) + 1))


def put(connection: Connection, keys: Keys) -> None:
    """Note the keys of new and changed excerpts, None for deleted ones."""
    if not keys:
        return
    stamp = number_of(connection, STAMP) + 1
    keep(connection, STAMP, str(stamp))
    rows = [(n, stamp, None if k is None else msgspec.json.encode(list(k)).decode()) for n, k in keys.items()]
    connection.exec_driver_sql(_PUT, rows)
    _note_loose(connection)


def sort_in(connection: Connection, sets: Iterable[tuple[Sequence[int], KeySets]]) -> None:
    """Put many new excerpts into the sets at once, and not among the loose ones; given are their numbers, ascending."""
    stamp = str(number_of(connection, STAMP) + 1)
    members: defaultdict[str, list[memoryview]] = defaultdict(list)
    for of, own in sets:
        for key, numbers in own.numbers(of):
            members[key].append(numbers)
    for chunk, added in _of_chunks(members):
        _append(connection, chunk, added)
    _note_rows(connection)
    keep(connection, STAMP, stamp)
    keep(connection, FOLDED, stamp)


def fold(connection: Connection, most: int = MOST_LOOSE) -> bool:
    """Sort the loose excerpts in, if there are more than ``most``; return whether that was done."""
    if (value(connection, _COUNT_LOOSE) or 0) <= most:
        return False
    changed: defaultdict[int, dict[int, list[str]]] = defaultdict(dict)
    for number, keys in connection.execute(select(*loose.c["number", "keys"])):
        changed[number >> CHUNK_BITS][number] = msgspec.json.decode(keys or "[]", type=list[str])
    for chunk, keys_of in changed.items():
        _fold_chunk(connection, chunk, keys_of)
    connection.execute(delete(loose))
    _note_loose(connection)
    _note_rows(connection)
    keep(connection, FOLDED, str(number_of(connection, STAMP)))
    return True


def clear(connection: Connection) -> None:
    """Take everything out."""
    connection.execute(delete(postings))
    connection.execute(delete(loose))
    _note_loose(connection)
    _note_rows(connection)
    connection.execute(delete(meta).where(meta.c.key.in_([FREQUENT, GAUGED])))
    stamp = str(number_of(connection, STAMP) + 1)
    keep(connection, STAMP, stamp)
    keep(connection, FOLDED, stamp)


def are_chosen(connection: Connection) -> bool:
    """Whether it was ever chosen which words have sets."""
    return number_of(connection, GAUGED) > 0


def has_grown(connection: Connection, coming: int = 0) -> bool:
    """Whether the library, with ``coming`` more, is several times as large as when its words were chosen."""
    total = _total(connection) + coming
    return total >= max(_LEAST_TOTAL, _GROWTH * number_of(connection, GAUGED))


def sample(connection: Connection) -> list[int]:
    """Return the numbers of excerpts spread over the library; fewer than there are where it is large."""
    greatest = connection.scalar(select(func.max(excerpts.c.number))) or 0
    if greatest <= _SAMPLE:
        return list(range(1, greatest + 1))
    # Not every n-th, which could be in step with how an import was ordered; the same ones each time.
    return sorted(random.Random(greatest).sample(range(1, greatest + 1), _SAMPLE))  # noqa: S311


def choose_frequent(connection: Connection, texts: list[Texts], coming: int = 0) -> set[str]:
    """Choose by a sample which words have sets, keep the choice, and return the new ones; the others stay.

    ``coming`` excerpts, of which the sample may be, are not counted yet.
    """
    total = _total(connection) + coming
    present = frequent(connection).keys
    new: set[str] = set()
    if total >= _LEAST_TOTAL and texts:
        new = _frequent_among(texts, _CLEARLY if present else 1) - present
    keep(connection, FREQUENT, msgspec.json.encode(sorted(present | new)).decode())
    keep(connection, GAUGED, str(total))
    return new


def fill(connection: Connection, key: str, numbers: BitMap) -> None:
    """Store the whole set of a key."""
    rows = [(key, chunk, *encode(some)) for chunk, some in by_chunk(numbers).items()]
    if rows:
        connection.exec_driver_sql(_STORE, rows)
        _note_rows(connection)


def expression(key: str) -> str:
    """Return the FTS5 expression of a key of words."""
    family, _, value = key.partition(":")
    return f'"{value}"*' if family == PREFIX else f'"{value}"'


def _fold_chunk(connection: Connection, chunk: int, keys_of: dict[int, list[str]]) -> None:
    added: defaultdict[str, list[int]] = defaultdict(list)
    for number, keys in keys_of.items():
        for key in keys:
            added[key].append(number)
    _store_chunk(connection, chunk, {k: BitMap(n) for k, n in added.items()}, BitMap(keys_of))


def _store_chunk(connection: Connection, chunk: int, added: dict[str, BitMap], changed: BitMap) -> None:
    """Store a chunk of the sets without the ``changed`` numbers and with those that are ``added`` to each."""
    rows, emptied = [], []
    wanted = select(*postings.c["key", "count", "bits"]).where(postings.c.chunk == chunk)
    for key, count, bits in connection.execute(wanted).all():
        own = added.pop(key, None)
        if own is None and not changed:
            continue
        old = decode([(chunk, count, bits)])
        new = (old - changed) | own if own is not None else old - changed
        if not new:
            emptied.append(key)
        elif new != old:
            rows.append((key, chunk, *encode(new)))
    rows += [(key, chunk, *encode(numbers)) for key, numbers in added.items()]
    if rows:
        connection.exec_driver_sql(_STORE, rows)
    for key in emptied:
        connection.execute(delete(postings).where(postings.c.key == key, postings.c.chunk == chunk))


def _of_chunks(members: Mapping[str, Sequence[memoryview]]) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield for each chunk its part of some sets, as `bits.appended` takes it; given are numbers of 32 bits, ascending."""
    import numpy as np  # which takes a tenth of a second

    numbers = np.frombuffer(b"".join(chain.from_iterable(members.values())), np.uint32)
    which = np.repeat(np.arange(len(members)), [sum(map(len, own)) // 4 for own in members.values()])
    of_chunk = numbers >> np.uint32(CHUNK_BITS)
    for chunk in range(of_chunk.min(), of_chunk.max() + 1) if numbers.size else ():
        here = of_chunk == chunk
        low = numbers[here].astype("<u2").tobytes()
        ends = 2 * np.cumsum(np.bincount(which[here], minlength=len(members)))
        parts = zip(members, pairwise((0, *ends.tolist())), strict=True)
        yield chunk, {key: low[start:end] for key, (start, end) in parts if start < end}


def _append(connection: Connection, chunk: int, added: dict[str, bytes]) -> None:
    """Store the sets of a chunk with what is added to them."""
    stored = [
        (key, chunk, *appended((chunk, count, bits), chunk, own))
        for key, count, bits in rows(connection, _OF_CHUNK, chunk)
        if (own := added.pop(key, None)) is not None
    ]
    stored += [(key, chunk, *appended(None, chunk, own)) for key, own in added.items()]
    connection.exec_driver_sql(_STORE, stored)


def _frequent_among(texts: list[Texts], clearly: float = 1) -> set[str]:
    """Return the keys of words that are in more than so many of some texts, ``clearly`` times as many."""
    import numpy as np  # which takes a tenth of a second

    from briefer.domain.key_sets import coded, new_codes

    least = clearly * _FREQUENT_WORD * len(texts)
    codes, start_codes = new_codes(), new_codes()
    written, text_of = coded(texts, codes)
    names = [*codes]
    if not names:
        return set()
    inside = written >= 0
    of_text, own = np.divmod(_once(text_of[inside] * np.int64(len(names)) + written[inside]), len(names))
    counts = np.bincount(own, minlength=len(names))
    found = {f"{WORD}:{names[word]}" for word in np.flatnonzero(counts >= least).tolist()}
    begun = np.array([[start_codes[name[:length]] for length in LENGTHS] for name in names])
    starts = _once((of_text[:, None] * len(start_codes) + begun[own]).ravel()) % len(start_codes)
    often = np.bincount(starts, minlength=len(start_codes)) >= least
    found |= {f"{PREFIX}:{start}" for start in compress(start_codes, often)}
    found |= {f"{PAIR}:{names[a]} {names[b]}" for a, b in _frequent_pairs(written, text_of, counts, clearly)}
    hottest = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts >= _HOT_WORD * len(texts))]
    return found | {f"{PAIR}:{a} {b}" for a, b in _hot_pairs([names[word] for word in hottest.tolist()])}


def _hot_pairs(hottest: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that the hottest words can be: where no blanks part words, one ends as the other begins."""
    unparted = [word for word in hottest if (run := RUN.match(word)) and run[1]]
    parted = [word for word in hottest if word not in unparted]
    yield from product(parted[:_MOST_HOT], repeat=2)
    yield from ((a, b) for a, b in product(unparted[:_MOST_HOT], repeat=2) if a[-1] == b[0])


def _frequent_pairs(
    written: NDArray[np.int32], text_of: NDArray[np.int32], counts: NDArray[np.intp], clearly: float
) -> Iterator[tuple[int, int]]:
    """Yield the codes of words that often stand side by side; ``counts`` says in how many texts each of all words is."""
    import numpy as np

    least, size = clearly * _FREQUENT_PAIR * (int(text_of[-1]) + 1), np.int64(len(counts))
    # A pair is no more frequent than either of its words.
    candidate = (counts >= least)[written] & (written >= 0)
    at = np.flatnonzero(candidate[:-1] & candidate[1:])
    pairs, which = np.unique(written[at] * size + written[at + 1], return_inverse=True)
    seen = _once(text_of[at] * np.int64(len(pairs)) + which) % max(len(pairs), 1)
    first, second = np.divmod(pairs, size)
    kept = np.bincount(seen, minlength=len(pairs)) >= least
    return zip(first[kept].tolist(), second[kept].tolist(), strict=True)


def _once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return values each once: as numpy's own, which takes five times as long for as many as these."""
    import numpy as np

    values.sort()
    return values[np.flatnonzero(np.diff(values, prepend=-1))]


def _note_rows(connection: Connection) -> None:
    """Note how many rows there are: those that are lost later leave no other trace."""
    keep(connection, _ROWS, str(value(connection, _COUNT_ROWS)))


def _note_loose(connection: Connection) -> None:
    """Note how many excerpts are loose, for the same reason."""
    keep(connection, _LOOSE_ROWS, str(value(connection, _COUNT_LOOSE)))


def _total(connection: Connection) -> int:
    counted = select(func.sum(postings.c.count)).where(postings.c.key == EVERY)
    return connection.scalar(counted) or 0


def kept(connection: Connection, key: str) -> str | None:
    """Return what is kept in ``meta`` under a key."""
    found: str | None = value(connection, _KEPT, key)
    return found


def keep(connection: Connection, key: str, text: str) -> None:
    """Keep something in ``meta``, in the place of what was kept under the key."""
    connection.exec_driver_sql(_KEEP, (key, text))
