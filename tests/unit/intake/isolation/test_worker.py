"""The worker's side: its messages, and what it may do. Limits are set in processes that the tests start."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefer.domain.bulk_form import Rules
from briefer.domain.sources import Capture, Reading
from briefer.domain.tags import Vocabulary
from briefer.errors import InputError
from briefer.intake import reader
from briefer.intake.isolation import limits, worker
from briefer.intake.isolation.worker import (
    ANSWERS,
    QUESTIONS,
    Answer,
    Broken,
    Captured,
    Done,
    Draw,
    Drawn,
    Exhausted,
    Failed,
    Part,
    Prepare,
    Question,
    Read,
    read_message,
    serve,
    write_message,
)
from briefer.intake.reader import Item
from briefer.services.ports import PageImage, Taken
from tests.unit.intake.conftest import CHANGED

ROOT = Path(__file__).resolve().parents[4]
NOTE = Taken("note.txt", b"A title\n\nMany words stand here in one line of an article.\n", CHANGED)
SCRIPT = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"


def answers(*questions: Question) -> list[Answer]:
    stream = io.BytesIO()
    serve(iter(questions), stream, lambda _size: None)
    stream.seek(0)
    found: list[Answer] = []
    while (message := read_message(stream, ANSWERS)) is not None:
        found.append(message[0])
    return found


def alone(script: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT + textwrap.dedent(script)],
        input=given,
        capture_output=True,
        check=False,
    )


def asked(question: Question) -> bytes:
    stream = io.BytesIO()
    write_message(stream, question)
    return stream.getvalue()


def unfolding(monkeypatch: pytest.MonkeyPatch, *items: Item, end: BaseException | None = None) -> None:
    def unfold(_taken: Taken) -> Iterator[Item]:
        yield from items
        if end:
            raise end

    monkeypatch.setattr(reader, "unfold", unfold)


def test_a_question_is_answered_and_closed() -> None:
    first, done = answers(Read(NOTE))
    assert isinstance(first, Captured)
    assert first.capture == reader.whole(NOTE)[0]
    assert done == Done()


@pytest.mark.parametrize(
    "message",
    [
        Read(NOTE),
        Read(Taken("a", bytes(range(256)), CHANGED, "text/html", "pass")),
        Draw(NOTE, 3, 800),
        Draw(None, 3, 800),
    ],
)
def test_questions_arrive_as_they_are_sent(message: Question) -> None:
    data = asked(message)
    assert read_message(io.BytesIO(data), QUESTIONS) == (message, len(data) - 8)


@pytest.mark.parametrize("cut", [1, 7, 8, 20, -1])
def test_what_is_cut_off_is_no_message(cut: int) -> None:
    with pytest.raises(ValueError, match="ends"):
        read_message(io.BytesIO(asked(Read(NOTE))[:cut]), QUESTIONS)


@pytest.mark.parametrize(
    "data", [b"noise that some library has printed", b"\0\0\0\0\0\0\0\2{}", b"\0\0\0\0\0\0\0\1\xc1"]
)
def test_noise_is_no_message(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - msgspec's errors are ValueErrors of their own
        read_message(io.BytesIO(data), ANSWERS)


def test_parts_refusals_and_errors_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = Capture("A", "words", Reading(), "text/plain", "utf-8")
    locked = InputError("input-locked", name="b")
    unfolding(
        monkeypatch, capture, NOTE, locked, InputError("input-line", name="a", line=3, detail=Path("x"))
    )
    assert answers(Read(NOTE)) == [
        Captured(capture),
        Part(NOTE),
        Failed("input-locked", {"name": "b"}),
        Failed("input-line", {"name": "a", "line": 3, "detail": "x"}),
        Done(),
    ]


def test_a_fault_of_a_reader_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    unfolding(monkeypatch, end=RecursionError("too deep"))
    broken, done, again, _done = answers(Read(NOTE), Read(NOTE))
    assert isinstance(broken, Broken)
    assert isinstance(again, Broken)
    assert broken.where.startswith("RecursionError in worker.py, line ")
    assert "too deep" in broken.trace
    assert done == Done()


def test_memory_that_was_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    unfolding(monkeypatch, NOTE, end=MemoryError())
    assert answers(Read(NOTE)) == [Part(NOTE), Exhausted(), Done()]


def test_pages_of_the_file_that_was_sent_last(monkeypatch: pytest.MonkeyPatch) -> None:
    image = PageImage(1, 1, b"\0\1\2", ((0.0, 1.0, 2.0, 3.0),))
    seen: list[tuple[Any, ...]] = []

    def draw(*arguments: Any) -> PageImage:
        seen.append(arguments)
        return image

    monkeypatch.setattr(reader, "draw", draw)
    assert answers(Draw(NOTE, 1, 9), Draw(None, 2, 9)) == [Drawn(image), Done()] * 2
    assert seen == [(NOTE, 1, 9), (NOTE, 2, 9)]
    assert isinstance(answers(Draw(None, 1, 9))[0], Broken)


def test_the_limits_of_a_file_are_set_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str | int | None] = []

    def draw(taken: Taken, _number: int, _width: int) -> PageImage:
        order.append(taken.name)
        return PageImage(1, 1, bytes(3))

    def unfold(taken: Taken) -> Iterator[Item]:
        order.append(taken.name)
        return iter(())

    monkeypatch.setattr(reader, "unfold", unfold)
    monkeypatch.setattr(reader, "draw", draw)
    lines = Prepare((), Rules(Vocabulary(()), ()))
    serve(iter([Read(NOTE), Draw(NOTE, 1, 9), Draw(None, 2, 9), lines]), io.BytesIO(), order.append)
    assert order == [len(NOTE.data), "note.txt"] * 3 + [None]


def test_the_worker_of_the_program() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "briefer", worker.FLAG, "2048", "30"],
        input=asked(Read(NOTE)),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    # It ends as soon as nobody is there any more; an answer may not have been finished by then.
    assert made.returncode == 0
    assert not made.stderr


def test_libraries_that_print_do_not_disturb() -> None:
    script = """
        import os
        from briefer.intake import reader
        from briefer.intake.isolation import worker

        def unfold(taken):
            print("a library says hello", flush=True)
            os.write(1, b"and its C code too")
            os.read(0, 10)
            return []

        reader.unfold = unfold
        out = os.dup(1)
        worker.os._exit = lambda status: None
        worker.main(["2048", "30"])
        """
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT + textwrap.dedent(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    assert process.stdout
    try:
        write_message(process.stdin, Read(NOTE))  # type: ignore[arg-type]
        assert read_message(process.stdout, ANSWERS) == (Done(), 11)  # type: ignore[arg-type]
    finally:
        process.kill()
        process.communicate()


# What a reader has no business with; each line must fail in a confined process.
FORBIDDEN = """
open({path!r}, "w")
open({path!r}, "ab")
open({there!r}, "r+")
os.open({path!r}, os.O_WRONLY | os.O_CREAT)
os.open({there!r}, os.O_RDWR)
pathlib.Path({there!r}).write_text("x")
os.remove({there!r})
os.unlink({there!r})
os.rename({there!r}, {path!r})
os.mkdir({path!r})
os.rmdir({folder!r})
os.symlink({there!r}, {path!r})
os.link({there!r}, {path!r})
os.chmod({there!r}, 0o777)
os.utime({there!r})
os.truncate({there!r}, 0)
shutil.copy({there!r}, {path!r})
shutil.rmtree({folder!r})
tempfile.mkdtemp(dir={folder!r})
tempfile.TemporaryFile(dir={folder!r})
sqlite3.connect({path!r})
socket.socket()
socket.create_connection(("127.0.0.1", 9))
socket.getaddrinfo("localhost", 80)
urllib.request.urlopen("file://" + {there!r})
subprocess.run([sys.executable, "-V"])
os.system("true")
os.popen("true")
os.execv(sys.executable, ["python", "-V"])
os.fork()
os.posix_spawn(sys.executable, ["python", "-V"], {{}})
os.kill(os.getppid(), 0)
"""


def test_a_confined_process_writes_nothing_and_connects_to_nothing(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("words")
    folder = tmp_path / "folder"
    folder.mkdir()
    lines = FORBIDDEN.format(path=str(tmp_path / "new"), there=str(there), folder=str(folder)).split("\n")
    tried = [line for line in lines if line and hasattr_all(line)]
    made = alone(
        f"""
        import os, pathlib, shutil, socket, sqlite3, subprocess, tempfile, urllib.request
        from briefer.intake.isolation.limits import confine
        confine(2048)
        for line in {tried!r}:
            try:
                exec(line)
            except PermissionError:
                continue
            except BaseException as error:
                print(line, "raises", repr(error), flush=True)
            else:
                print(line, "is done", flush=True)
        assert open({str(there)!r}).read() == "words"
        assert os.listdir({str(tmp_path)!r})
        import json.tool
        """
    )
    assert made.stdout == b""
    assert made.returncode == 0, made.stderr.decode()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "there.txt"]


def hasattr_all(line: str) -> bool:
    """Whether this system has the function of ``os`` that a line calls."""
    import os

    name = line.removeprefix("os.").partition("(")[0]
    return not line.startswith("os.") or hasattr(os, name)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_the_system_bounds_memory_files_and_processor() -> None:
    script = """
        import resource, sys
        from briefer.intake.isolation import limits
        limits.confine(500)
        limits.allow_cpu(7)
        try:
            bytearray(600_000_000)
        except MemoryError:
            print("no memory")
        print(*(resource.getrlimit(getattr(resource, "RLIMIT_" + n))[0] for n in ("AS", "FSIZE", "CORE")))
        limits.allow_cpu(1)
        while True:
            pass
        """
    made = alone(script)
    assert made.stdout == b"no memory\n500000000 0 0\n"
    assert limits.ended_by_cpu(made.returncode)
    assert not limits.ended_by_cpu(0)


def test_memory_of_a_process() -> None:
    import os

    assert limits.resident_mb(os.getpid()) > 1
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert limits.resident_mb(gone.pid) == 0
