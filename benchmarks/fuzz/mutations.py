"""Changes a sound input at random: bytes, words, nesting, pieces of other inputs, the members of archives."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

_WORDS = re.compile(rb"[<\\/&@]?[A-Za-z][A-Za-z0-9:_-]{1,24}[>={(;]?")
_ELEMENT = re.compile(rb"<([\w:]+)[^<>]*>[^<]{0,400}</\1>")
_BLOWN = (1_000_000, 4_000_000, 12_000_000)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_ODD = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    "\u202e\u200b\u0301".encode(),
    "𠮷か゛".encode(),
    b"-1",
    b"0",
    b"4294967296",
    b"9" * 400,
    b"1e999",
    b"NaN",
    b"9999-12-31T23:59:60Z",
    b"0000-00-00",
    b"%s%n",
    b"../../../etc/passwd",
    b"&#x110000;",
    b"&lol;",
    b"]]>",
    b"<!--",
    b'"',
    b"'",
    b"\\",
    b"\r",
    b"\n\n",
    b"null",
    b"[]",
    b"{}",
)
_NESTING = (
    b"[",
    b"{",
    b"(",
    b"<div>",
    b"> ",
    b"{\\b ",
    b"<b>",
    b'{"a":',
    b"- ",
    b"\xe3\x80\x8c",
    b"<<",
    b"NOT (",
)
_NUMBERS = (
    b"0",
    b"-1",
    b"1.5",
    b"65536",
    b"2147483648",
    b"18446744073709551616",
    b"9" * 400,
    b"1e308",
    b"13",
    b"99999",
)
_PAGE = 4096
_MOST_BYTES = 600_000
_LENGTHS = (8_000, 60_000, _MOST_BYTES)
_HOW_OFTEN = (85, 12, 3)
_BOMB = 60_000_000
_Change = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def mutated(seeds: Sequence[bytes], luck: random.Random) -> bytes:
    """Return one of the seeds with one to some dozen changes."""
    data = luck.choice(seeds)
    if data.startswith((b"SQLite", b"BRFR")):
        return _overwritten(data, luck)
    if data.startswith(b"PK\x03\x04") and luck.random() < 0.85:
        return _repacked(data, seeds, luck)
    return _changed(data, seeds, luck)


def heavy(seeds: Sequence[bytes], luck: random.Random) -> bytes:
    """Return one of the seeds with a piece of it, or of a member of it, repeated until it has some megabytes."""
    data = luck.choice(seeds)
    if not data.startswith(b"PK\x03\x04"):
        return _blown(data, luck)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        largest = max(old.infolist(), key=lambda member: member.file_size).filename
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, _blown(content, luck) if member.filename == largest else content)
    return made.getvalue()


def _blown(data: bytes, luck: random.Random) -> bytes:
    elements = [match.span() for match in _ELEMENT.finditer(data)]
    at = luck.randrange(len(data))
    begin, end = (
        luck.choice(elements) if elements and luck.random() < 0.8 else (at, at + luck.randrange(1, 400))
    )
    piece = data[begin:end]
    return data[:end] + piece * (luck.choice(_BLOWN) // len(piece)) + data[end:]


def _changed(data: bytes, seeds: Sequence[bytes], luck: random.Random) -> bytes:
    changed = bytearray(data)
    # Mostly short ones, of which many can be tried; a long one now and then, for what grows faster than its input.
    most = max(2 * len(data), luck.choices(_LENGTHS, _HOW_OFTEN)[0])
    for _ in range(luck.choice((1, 1, 2, 3, 5, 8, 30))):
        luck.choice(_CHANGES)(changed, luck, seeds)
        del changed[most:]
    return bytes(changed)


def _overwritten(data: bytes, luck: random.Random) -> bytes:
    """Change bytes of a database in their places: pages that are shifted are refused at once."""
    changed = bytearray(data)
    begin = luck.choice([place for place in (0, 0, 100, _PAGE) if place < len(changed)])
    for _ in range(luck.choice((1, 3, 10, 100))):
        at = luck.randrange(begin, len(changed))
        length = luck.choice((1, 1, 2, 8, 200))
        changed[at : at + length] = luck.choice((luck.randbytes(length), bytes(length), b"\xff" * length))
    if luck.random() < 0.1:
        _end(changed, luck, ())
    return bytes(changed)


def _repacked(data: bytes, seeds: Sequence[bytes], luck: random.Random) -> bytes:
    """Change members of an archive, so that the archive itself stays sound."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        members = old.infolist()
        harmed = {luck.choice(members).filename for _ in range(luck.choice((1, 1, 2, 4)))}
        for member in members:
            content, name = old.read(member), member.filename
            if name in harmed:
                kind = luck.random()
                if kind < 0.05:
                    continue
                if kind < 0.1:
                    name = luck.choice(("../../x", "/etc/x", "x/", "a" * 400, "CON", name * 2, f"{name}\x00"))
                elif kind < 0.11:
                    content = content[:100] + b" " * _BOMB + content[100:]
                else:
                    content = _changed(content, seeds, luck)
            new.writestr(name, content)
    return made.getvalue()


def _flip(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    for _ in range(luck.choice((1, 4, 64)) if data else 0):
        data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)


def _write(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    if data:
        data[luck.randrange(len(data))] = luck.choice((0, 10, 32, 127, 128, 255, luck.randrange(256)))


def _cut(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    at, length = _piece(data, luck)
    del data[at : at + length]


def _end(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    del data[luck.randrange(len(data) + 1) :]


def _repeat(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    at, length = _piece(data, luck)
    times = luck.choice((1, 2, 10, 200, 3000))
    data[at:at] = (bytes(data[at : at + length]) * times)[:_MOST_BYTES]


def _insert(data: bytearray, luck: random.Random, seeds: Sequence[bytes]) -> None:
    at = luck.randrange(len(data) + 1)
    words = _WORDS.findall(luck.choice(seeds)[:20_000])
    data[at:at] = luck.choice((luck.choice(_ODD), luck.choice(words) if words else b"a", luck.randbytes(8)))


def _replace(data: bytearray, luck: random.Random, seeds: Sequence[bytes]) -> None:
    words = list(_WORDS.finditer(bytes(data[:20_000])))
    if words:
        found = luck.choice(words)
        others = _WORDS.findall(luck.choice(seeds)[:20_000]) or [b"a"]
        data[found.start() : found.end()] = luck.choice((luck.choice(others), luck.choice(_ODD)))


def _number(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    numbers = list(_NUMBER.finditer(bytes(data[:60_000])))
    if numbers:
        found = luck.choice(numbers)
        data[found.start() : found.end()] = luck.choice(_NUMBERS)


def _letters(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    at = luck.randrange(len(data) + 1)
    for place in range(at, min(len(data), at + luck.choice((1, 3, 12)))):
        if chr(data[place]).isalnum():
            data[place] = luck.choice(b"0123456789abcxyzABCXYZ")


def _nest(data: bytearray, luck: random.Random, _seeds: Sequence[bytes]) -> None:
    at = luck.randrange(len(data) + 1)
    data[at:at] = luck.choice(_NESTING) * luck.choice((3, 50, 2_000, 50_000))


def _splice(data: bytearray, luck: random.Random, seeds: Sequence[bytes]) -> None:
    other = luck.choice(seeds)
    start, length = _piece(other, luck)
    at, gone = _piece(data, luck)
    data[at : at + gone] = other[start : start + length]


def _piece(data: bytes | bytearray, luck: random.Random) -> tuple[int, int]:
    at = luck.randrange(len(data) + 1)
    return at, luck.randrange(min(len(data) - at, luck.choice((4, 64, 4_096))) + 1)


_CHANGES: tuple[_Change, ...] = (
    _flip,
    _write,
    _cut,
    _end,
    _repeat,
    _insert,
    _insert,
    _replace,
    _replace,
    _number,
    _number,
    _letters,
    _letters,
    _nest,
    _splice,
)
