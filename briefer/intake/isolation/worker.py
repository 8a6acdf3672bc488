"""The worker process: reads one file after the other, under limits, for :mod:`briefer.intake.isolation.isolated`.

Questions come in and answers go out over two pipes, as msgpack (nothing that could be made to run, as a pickle
could) behind eight bytes of length. A question is answered by any number of messages and at last :class:`Done`.
"""

from __future__ import annotations

import importlib.util
import os
import queue
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from briefer.domain.bulk_form import Prepared, Preparer, Rules
from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.services.ports import PageImage, Taken

FLAG = "--intake-worker"
# Longer messages are noise: no file, and nothing that is read of one, is as large.
LONGEST = 1_000_000_000
_LENGTH = struct.Struct(">Q")
_BROKEN_PIPE = 1


class Read(msgspec.Struct, tag=True, frozen=True):
    """Read a file: its capture, its parts, or both."""

    taken: Taken


class Draw(msgspec.Struct, tag=True, frozen=True):
    """Draw a page; ``taken`` is None for the file of the last such question."""

    taken: Taken | None
    number: int
    width: int


class Prepare(msgspec.Struct, tag=True, frozen=True):
    """Prepare lines of the bulk form; ``rules`` is None for those of the last such question."""

    lines: tuple[bytes, ...]
    rules: Rules | None


class Captured(msgspec.Struct, tag=True, frozen=True):
    """What the file says."""

    capture: Capture


class Part(msgspec.Struct, tag=True, frozen=True):
    """A part of the file, unread."""

    taken: Taken


class Drawn(msgspec.Struct, tag=True, frozen=True):
    """The page."""

    image: PageImage


class Ready(msgspec.Struct, tag=True, frozen=True):
    """What the lines give."""

    prepared: Prepared


class Failed(msgspec.Struct, tag=True, frozen=True):
    """Why the file, a part of it or a page cannot be used: code and data of an InputError."""

    code: str
    data: dict[str, str | int | float | None]


class Broken(msgspec.Struct, tag=True, frozen=True):
    """The reader has a fault: where, and the whole trace for the log."""

    where: str
    trace: str


class Exhausted(msgspec.Struct, tag=True, frozen=True):
    """The memory was not enough."""


class Done(msgspec.Struct, tag=True, frozen=True):
    """Nothing more follows on the question."""


Question = Read | Draw | Prepare
Answer = Captured | Part | Drawn | Ready | Failed | Broken | Exhausted | Done
QUESTIONS = msgspec.msgpack.Decoder(Question)
ANSWERS = msgspec.msgpack.Decoder(Answer)
_Message = TypeVar("_Message")


def write_message(stream: BinaryIO, message: Question | Answer) -> None:
    """Write one message and send it off."""
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_message(stream: BinaryIO, decoder: msgspec.msgpack.Decoder[_Message]) -> tuple[_Message, int] | None:
    """Return the next message and its length in bytes, or None at the end of the stream.

    Raises:
        ValueError: what comes is not a whole message of the decoder's kind.
    """
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise ValueError("a message ends within its length")
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise ValueError("a message is too long")
    data = stream.read(length)
    if len(data) < length:
        raise ValueError("a message ends early")
    return decoder.decode(data), length


def main(arguments: Sequence[str]) -> int:
    """Answer the questions on standard input until it ends.

    ``arguments``: the address space in MB, and the seconds of a processor that one file may take.
    """
    memory_mb, cpu_s = (int(a) for a in arguments)
    # Ctrl-C reaches every process of a terminal; the program beside this one decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = _take_pipes()

    from briefer.intake.isolation.limits import Limits, allow_cpu, confine

    _compile_once()
    confine(memory_mb)
    asked, limits = _listen(questions), Limits(cpu_s=cpu_s)
    try:
        serve(iter(asked.get, None), answers, lambda size: allow_cpu(limits.of_file(size).cpu_s))
    except OSError:
        return _BROKEN_PIPE
    return 0


def _compile_once() -> None:
    """Let Python keep the compiled form of the largest library: confined it could not, and would compile it anew."""
    spec = importlib.util.find_spec("trafilatura")
    if spec and spec.cached and not sys.dont_write_bytecode and not Path(spec.cached).exists():
        importlib.import_module("trafilatura")


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, out of the reach of libraries that print or read."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    return pipes


def _listen(stream: BinaryIO) -> queue.SimpleQueue[Question]:
    """Read the questions on a thread of its own, which ends this process when the program beside it has gone."""
    asked: queue.SimpleQueue[Question] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while (message := read_message(stream, QUESTIONS)) is not None:
                asked.put(message[0])
        finally:
            os._exit(0)

    threading.Thread(target=listen, name="briefer-questions", daemon=True).start()
    return asked


def serve(questions: Iterator[Question], answers: BinaryIO, begin: Callable[[int | None], None]) -> None:
    """Answer each question; ``begin`` is called before each with the bytes of its file (it sets the limits), None for lines."""
    kept = _Kept()
    for question in questions:
        taken = None if isinstance(question, Prepare) else question.taken or kept.shown
        begin(len(taken.data) if taken else None)
        _answer(question, kept, answers)
        write_message(answers, Done())


@dataclass
class _Kept:
    """What later questions refer to: the file whose pages are drawn, what lines are prepared by."""

    shown: Taken | None = None
    preparer: Preparer | None = None


def _answer(question: Question, kept: _Kept, answers: BinaryIO) -> None:
    try:
        for message in _messages(question, kept):
            write_message(answers, message)
    except InputError as error:
        write_message(answers, _failed(error))
    except MemoryError:
        write_message(answers, Exhausted())
    except Exception:  # noqa: BLE001 - a fault of one reader must not keep the other files from being read
        write_message(answers, _broken())


def _messages(question: Question, kept: _Kept) -> Iterator[Answer]:
    from briefer.intake import reader

    if isinstance(question, Draw):
        kept.shown = question.taken or kept.shown
        if kept.shown is None:
            raise ValueError("no file to draw")
        yield Drawn(reader.draw(kept.shown, question.number, question.width))
        return
    if isinstance(question, Prepare):
        if question.rules:
            kept.preparer = Preparer(question.rules)
        if kept.preparer is None:
            raise ValueError("no rules to prepare by")
        yield Ready(kept.preparer.prepare(question.lines))
        return
    for item in reader.unfold(question.taken):
        if isinstance(item, Capture):
            yield Captured(item)
        elif isinstance(item, Taken):
            yield Part(item)
        else:
            yield _failed(item)


def _failed(error: InputError) -> Failed:
    plain = {k: v if isinstance(v, str | int | float | None) else str(v) for k, v in error.data.items()}
    return Failed(error.code, plain)


def _broken() -> Broken:
    kind, _error, trace = sys.exc_info()
    frames = [f for f in traceback.extract_tb(trace) if f"{os.sep}briefer{os.sep}" in f.filename]
    last = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return Broken(f"{kind.__name__ if kind else 'fault'}{last}", traceback.format_exc(limit=-20))
