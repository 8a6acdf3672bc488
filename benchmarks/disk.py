"""A disk that forgets: files as a process wrote them (by a log of its system calls), and what a power cut leaves of them.

Only what was synchronised is sure. Of later writes any may be there, whole, in part (torn at sectors of 512 bytes) or not,
in any order; of later changes to folders a first part is there, in order, as journalling file systems do it. A file's name
is sure only when its folder was synchronised, which is stricter than most of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_SECTOR = 512
_LINE = re.compile(r"^(\d+)\s+(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$")
_HEX = re.compile(r"\\x([0-9a-f]{2})")
_DONE = re.compile(r"\)\s+= (-?\d+)")
CALLS = "openat,write,pwrite64,sendfile,ftruncate,fsync,fdatasync,rename,unlink,unlinkat,mkdir,close"


@dataclass
class Call:
    """A system call that has returned without an error; texts in hex are decoded."""

    name: str
    words: list[str]
    result: int


def calls(log: Path) -> Iterator[Call]:
    """Yield the calls of a log of ``strace -f -y -xx -s N``, in the order in which they returned."""
    begun: dict[str, tuple[str, str]] = {}
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            read = _LINE.match(line)
            if read is None:
                continue
            process, resumed, name, rest = read.groups()
            if rest.endswith("<unfinished ...>"):
                begun[process] = (name, rest.removesuffix("<unfinished ...>"))
                continue
            if resumed:
                name, before = begun.pop(process, (resumed, ""))
                rest = before + rest
            done = _DONE.search(rest)
            if done and int(done[1]) >= 0:
                opened = rest[done.end() :]
                yield Call(name, [*_words(rest[: done.start()]), *_words(opened.strip())], int(done[1]))


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(", ")] if text else []


def text_of(word: str) -> str:
    """Return the path or data of a word: of ``"…"``, or of the ``<…>`` behind a descriptor, as Latin-1."""
    inner = re.search(r'"(.*)"|<(.*)>', word)
    raw = (inner[1] if inner[1] is not None else inner[2]) if inner else ""
    return _HEX.sub(lambda match: chr(int(match[1], 16)), raw)


@dataclass
class _File:
    sure: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)  # None cuts the file off there

    def now(self) -> bytearray:
        content = bytearray(self.sure)
        for at, data in self.later:
            _put(content, at, data)
        return content

    def sync(self) -> None:
        self.sure, self.later = self.now(), []

    def cut(self, luck: random.Random, how: str) -> bytearray:
        content = bytearray(self.sure)
        for at, data in self.later:
            if (
                how == "all"
                or (how != "none" and data is None and luck.random() < 0.5)
                or (how == "some" and data is not None and luck.random() < 0.5)
            ):
                _put(content, at, data)
            elif how == "torn" and data is not None:
                for start in range(0, len(data), _SECTOR):
                    if luck.random() < 0.5:
                        _put(content, at + start, data[start : start + _SECTOR])
        return content


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        content.extend(bytes(max(0, at - len(content))))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


@dataclass
class _Change:
    """A name that is made, given to another file (``other`` has it then), or taken away (no ``file``)."""

    name: str
    other: str
    file: _File | None

    def apply(self, names: dict[str, _File]) -> None:
        if self.file is None or self.other:
            names.pop(self.name, None)
        if self.file is not None:
            names[self.other or self.name] = self.file

    def is_in(self, folder: str) -> bool:
        return any(str(PurePosixPath(path).parent) == folder for path in (self.name, self.other) if path)


class Disk:
    """The files below one folder. ``said`` is what the process has written to its standard output."""

    def __init__(self, folder: Path) -> None:
        self._top = str(folder)
        self._now: dict[str, _File] = {
            str(file): _File(bytearray(file.read_bytes())) for file in folder.rglob("*") if file.is_file()
        }
        self._sure = dict(self._now)
        self._names: list[_Change] = []  # what is not sure yet
        self._places: dict[str, int] = {}
        self.said = ""

    def do(self, call: Call) -> bool:
        """Do what a call did; tell whether it changed anything."""
        made = getattr(self, f"_{call.name}", None)
        return bool(made and made(call.words, call.result))

    def after_power_cut(self, luck: random.Random) -> dict[str, bytes]:
        """Return what is in the files when the power comes back, by path; shared memory is gone."""
        how = luck.choice(("none", "all", "some", "some", "torn"))
        names = dict(self._sure)
        for change in self._names[: luck.randrange(len(self._names) + 1)]:
            change.apply(names)
        return {path: bytes(file.cut(luck, how)) for path, file in names.items() if not path.endswith("-shm")}

    def _inside(self, path: str) -> bool:
        return path.startswith(self._top)

    def _openat(self, words: list[str], result: int) -> bool:
        path = text_of(words[1]) if words[1].startswith('"') else ""
        if not path.startswith("/"):
            path = str(PurePosixPath(text_of(words[0])) / path)
        if not self._inside(path) or "O_DIRECTORY" in words[2]:
            return False
        self._places[path] = 0
        if path not in self._now and "O_CREAT" in words[2]:
            self._now[path] = _File()
            self._names.append(_Change(path, "", self._now[path]))
            return True
        if "O_TRUNC" in words[2] and path in self._now:
            self._now[path].later.append((0, None))
            return True
        return False

    def _write(self, words: list[str], result: int) -> bool:
        path = text_of(words[0])
        data = text_of(words[1]).encode("latin-1")[:result]
        if words[0].startswith("1<"):
            self.said += data.decode()
            return False
        if not self._inside(path) or path not in self._now:
            return False
        at = self._places.get(path, 0)
        self._now[path].later.append((at, data))
        self._places[path] = at + len(data)
        return True

    def _pwrite64(self, words: list[str], result: int) -> bool:
        path = text_of(words[0])
        if path not in self._now:
            return False
        self._now[path].later.append((int(words[3]), text_of(words[1]).encode("latin-1")[:result]))
        return True

    def _sendfile(self, words: list[str], result: int) -> bool:
        target, source = text_of(words[0]), text_of(words[1])
        if target not in self._now or source not in self._now:
            return False
        at = self._places.get(target, 0)
        self._now[target].later.append((at, bytes(self._now[source].now()[at : at + result])))
        self._places[target] = at + result
        return True

    def _ftruncate(self, words: list[str], result: int) -> bool:
        path = text_of(words[0])
        if path in self._now:
            self._now[path].later.append((int(words[1]), None))
        return path in self._now

    def _fsync(self, words: list[str], result: int) -> bool:
        path = text_of(words[0])
        if path in self._now:
            self._now[path].sync()
        elif self._inside(path):
            # Changes to folders become sure in their order, so that those before come along.
            last = max((n for n, change in enumerate(self._names) if change.is_in(path)), default=-1)
            for change in self._names[: last + 1]:
                change.apply(self._sure)
            del self._names[: last + 1]
        return False

    _fdatasync = _fsync

    def _rename(self, words: list[str], result: int) -> bool:
        one, other = text_of(words[0]), text_of(words[1])
        if one not in self._now:
            return False
        self._names.append(_Change(one, other, self._now[one]))
        self._now[other] = self._now.pop(one)
        return True

    def _unlink(self, words: list[str], result: int) -> bool:
        path = text_of(words[0])
        if path not in self._now:
            return False
        self._names.append(_Change(path, "", None))
        del self._now[path]
        return True

    def _unlinkat(self, words: list[str], result: int) -> bool:
        return self._unlink(words[1:], result)
