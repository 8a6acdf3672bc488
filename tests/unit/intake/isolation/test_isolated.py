"""Reading beside the program: order, limits, replaced workers, no process left behind."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.isolation import isolated, process
from briefer.intake.isolation.isolated import IsolatedIntake
from briefer.intake.isolation.limits import Limits
from briefer.intake.isolation.process import Fallen, WorkerProcess
from briefer.intake.isolation.worker import Captured, Draw, Drawn, Read
from briefer.services.ports import IntakeReader, Outcome, PageImage, Taken
from tests.unit.intake.conftest import CHANGED
from tests.unit.intake.pdf_files import Text, flate, pdf

ROOT = Path(__file__).resolve().parents[4]
LINE = "The operators agreed on Tuesday to hold spare parts in common, which had been late for a year. "
pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds memory and processor as told")
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def note(name: str = "note.txt", words: str = LINE) -> Taken:
    return Taken(name, f"A title\n\n{words}\n".encode(), CHANGED)


def page(paragraphs: int, name: str = "slow.html") -> Taken:
    """A page that takes a processor some seconds for ten thousand paragraphs, and little memory."""
    text = f"<p>{LINE}</p>" * paragraphs
    return Taken(name, f"<html><body><article><h1>A title</h1>{text}".encode(), CHANGED)


SLOW = page(14_000)
# One character beyond the basic plane, and each of the others takes four bytes in every copy.
LARGE = Taken("large.html", ("<p>😀" + "a " * 9_500_000).encode(), CHANGED)

# What a compressed drawing calls is not looked at before PDFium has the file.
DRAWS_ITSELF = pdf(
    [Text(60, 700, "Words")],
    drawings=[flate(b"/X0 Do /X0 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]")],
)


def zipped(*members: Taken) -> Taken:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member in members:
            archive.writestr(member.name, member.data)
    return Taken("all.zip", made.getvalue(), CHANGED)


@pytest.fixture(scope="module")
def shared() -> Iterator[IsolatedIntake]:
    intake = IsolatedIntake(2)
    yield intake
    intake.close()


def fates(outcomes: list[Outcome]) -> dict[str, str]:
    return {o.taken.name: o.error.code if o.error else "read" for o in outcomes}


def drawing(count: int, drawn: list[int]) -> Iterator[Taken]:
    """Yield notes, and write down which were asked for."""
    for number in range(count):
        drawn.append(number)
        yield note(f"{number}.txt")


def workers_of(intake: IsolatedIntake) -> list[WorkerProcess]:
    return [seat._worker for seat in intake._readers._seats if seat._worker]


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


# --- the same as in this process ---------------------------------------------------------------------------


def test_satisfies_its_port(shared: IsolatedIntake, tmp_path: Path) -> None:
    reader: IntakeReader = shared
    (tmp_path / "a.txt").write_text("words")
    (found,) = reader.expand([tmp_path])
    assert reader.take(found.path).data == b"words"


def test_reads_what_is_read_in_this_process(shared: IsolatedIntake) -> None:
    given = [
        note("1.txt"),
        zipped(note("2.txt"), note("in/3.txt"), zipped(note("4.txt"))),
        page(3, "page.html"),
        Taken("5.txt", b"", CHANGED),
        Taken("6.png", b"\x89PNG", CHANGED),
        Taken("7.unknown", b"words", CHANGED),
    ]
    told = [(o.of, o.taken, o.capture, str(o.error)) for o in shared.read(given)]
    assert told == [(o.of, o.taken, o.capture, str(o.error)) for o in Intake().read(given)]
    assert [of for of, *_rest in told] == [0, 1, 1, 1, 2, 3, 4, 5]


def test_order_is_kept_whatever_takes_longer(shared: IsolatedIntake) -> None:
    names = [f"{n}.html" if n % 5 == 0 else f"{n}.txt" for n in range(40)]
    given = [page(500, n) if n.endswith("l") else note(n) for n in names]
    assert [o.taken.name for o in shared.read(given)] == names


def test_files_are_drawn_a_little_ahead_only(shared: IsolatedIntake) -> None:
    drawn: list[int] = []
    for seen, _outcome in enumerate(shared.read(drawing(50, drawn)), start=1):
        assert len(drawn) <= seen + 2 * 2


def test_large_files_are_drawn_one_by_one(shared: IsolatedIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.intake.reader._DRAWN_MB", 0.000_001)
    drawn: list[int] = []
    for seen, _outcome in enumerate(shared.read(drawing(5, drawn)), start=1):
        assert len(drawn) == seen


def test_nothing_to_read(shared: IsolatedIntake) -> None:
    assert not list(shared.read([]))


def test_large_messages(shared: IsolatedIntake) -> None:
    members = [Taken(f"{n}.msg", os.urandom(16) * 2_000_000, CHANGED) for n in range(3)]
    outcomes = list(shared.read([zipped(*members)]))
    assert [o.taken.data for o in outcomes] == [m.data for m in members]
    assert [o.error for o in outcomes] == [None] * 3


def test_workers_live_on_between_readings() -> None:
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        list(intake.read([note()]))
        (first,) = workers_of(intake)
        list(intake.read([note()]))
        assert workers_of(intake) == [first]


def test_several_threads_read_at_once(shared: IsolatedIntake) -> None:
    seen: dict[int, list[str]] = {}

    def read(number: int) -> None:
        given = [note(f"{number}-{n}.txt") for n in range(10)]
        seen[number] = [o.taken.name for o in shared.read(given) if o.capture]

    threads = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {number: [f"{number}-{n}.txt" for n in range(10)] for number in range(4)}


def test_who_stops_listening_leaves_the_rest_unread(shared: IsolatedIntake) -> None:
    drawn: list[int] = []
    outcomes = shared.read(drawing(1_000, drawn))
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(drawn) <= 5
    assert fates(list(shared.read([note("next.txt")]))) == {"next.txt": "read"}


def test_an_error_of_the_giver_reaches_the_taker(shared: IsolatedIntake) -> None:
    def given() -> Iterator[Taken]:
        yield note()
        raise LookupError("the library has gone")

    with pytest.raises(LookupError, match="gone"):
        list(shared.read(given()))


# --- limits ------------------------------------------------------------------------------------------------


def limited(limits: Limits, *given: Taken) -> dict[str, str]:
    intake = IsolatedIntake(1, limits)
    with contextlib.closing(intake):
        outcomes = list(intake.read(given))
        assert all(str(o.error) for o in outcomes if o.error)
    return fates(outcomes)


@linux
def test_too_much_of_the_processor() -> None:
    told = limited(Limits(cpu_s=1), note("a.txt"), SLOW, note("b.txt"))
    assert told == {"a.txt": "read", "slow.html": "input-too-long", "b.txt": "read"}


@unix
def test_too_long_by_the_clock() -> None:
    """A worker that only sleeps uses nothing of the processor."""
    worker = WorkerProcess(Limits(wall_s=60))
    list(worker.ask(Read(note())))
    os.kill(worker.pid, signal.SIGSTOP)
    worker._limits = Limits(wall_s=0.3)
    with pytest.raises(Fallen) as caught:
        list(worker.ask(Read(note())))
    assert caught.value.code == "input-too-long"
    assert is_gone(worker.pid)


def test_too_long_to_start() -> None:
    assert limited(Limits(wall_s=0.0), note("a.txt"), note("b.txt")) == {
        "a.txt": "input-too-long",
        "b.txt": "input-too-long",
    }


@linux
def test_too_much_memory_by_the_system() -> None:
    told = limited(Limits(memory_mb=250), note("a.txt"), LARGE, note("b.txt"))
    assert told == {"a.txt": "read", "large.html": "input-too-much", "b.txt": "read"}


def test_too_much_memory_by_the_watchdog() -> None:
    """Where the system bounds nothing, the program beside the worker looks."""
    worker = WorkerProcess(Limits())
    assert isinstance(next(iter(list(worker.ask(Read(note()))))), Captured)
    worker._limits = Limits(memory_mb=150)
    with pytest.raises(Fallen) as caught:
        list(worker.ask(Read(LARGE)))
    assert caught.value.code == "input-too-much"
    assert is_gone(worker.pid)


@linux
def test_a_member_of_an_archive_does_not_stop_the_others() -> None:
    archive = zipped(note("a.txt"), page(14_000, "b.html"), note("c.txt"))
    assert limited(Limits(cpu_s=1), archive) == {
        "all.zip/a.txt": "read",
        "all.zip/b.html": "input-too-long",
        "all.zip/c.txt": "read",
    }


def test_a_small_file_is_given_less() -> None:
    most = Limits()
    assert (most.of_file(0), most.of_file(100_000)) == (replace(most, cpu_s=8, memory_mb=500),) * 2
    assert most.of_file(550_000) == replace(most, cpu_s=19, memory_mb=1274)
    assert most.of_file(1_000_000) == most.of_file(9_000_000) == most.of_file(None) == most
    assert Limits(cpu_s=2, memory_mb=90).of_file(550_000) == Limits(cpu_s=2, memory_mb=90)


@linux
def test_a_form_that_draws_itself_is_stopped() -> None:
    """It takes PDFium for ever, at each step twice as long as at the one before."""
    with contextlib.closing(IsolatedIntake(1)) as intake, pytest.raises(InputError) as caught:
        intake.page(Taken("self.pdf", DRAWS_ITSELF, CHANGED), 1, 100)
    assert caught.value.code in {"input-too-long", "input-too-much"}


# --- workers that break off --------------------------------------------------------------------------------


def killed_at_work(intake: IsolatedIntake, given: list[Taken]) -> list[Outcome]:
    """Read while the worker is killed once, as soon as it has been given its last file."""
    found: list[Outcome] = []
    reading = threading.Thread(target=lambda: found.extend(intake.read(given)))
    reading.start()
    wait_for(lambda: any(w.asked >= len(given) for w in workers_of(intake)))
    os.kill(workers_of(intake)[0].pid, signal.SIGKILL)
    reading.join()
    return found


@unix
def test_a_file_on_which_a_fresh_worker_dies_is_refused() -> None:
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        assert fates(killed_at_work(intake, [SLOW])) == {"slow.html": "input-crashed"}
        assert fates(list(intake.read([note()]))) == {"note.txt": "read"}


@unix
def test_a_file_is_not_refused_for_what_others_left() -> None:
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        outcomes = killed_at_work(intake, [note(), page(4_000)])
        assert fates(outcomes) == {"note.txt": "read", "slow.html": "read"}


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "import sys; sys.exit(3)",
        "print('noise instead of an answer' * 99)",
        "import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write(bytes(7) + b'\\x09Half')",
        "import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write(b'\\xff' * 8)",
        "import os; os.abort()",
    ],
)
def test_what_does_not_answer_as_a_worker_does(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_command", lambda: [sys.executable, "-c", program])
    assert limited(Limits(), note("a.txt"), note("b.txt")) == {
        "a.txt": "input-crashed",
        "b.txt": "input-crashed",
    }


def test_a_reader_with_a_fault(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from briefer.intake import reader
        from briefer.intake.isolation import worker
        whole = reader.unfold

        def unfold(taken):
            return whole(taken) if taken.name == "a.txt" else 1 // 0

        reader.unfold = unfold
        worker.main(["2048", "30"])
        """
    )
    monkeypatch.setattr(process, "_command", lambda: [sys.executable, "-c", program])
    intake = IsolatedIntake(1)
    with contextlib.closing(intake), caplog.at_level("INFO"):
        good, bad = intake.read([note("a.txt"), note("b.txt")])
        assert len(workers_of(intake)) == 1
    assert good.capture
    assert bad.error
    assert str(bad.error).startswith("b.txt: reading it failed (ZeroDivisionError")
    assert "1 // 0" in caplog.text or "ZeroDivisionError" in caplog.text


# --- pages -------------------------------------------------------------------------------------------------


def test_pages_are_drawn_beside_an_import(shared: IsolatedIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker that draws is none of those that read, and is sent a file once."""
    image = PageImage(2, 1, bytes(6))
    sent: list[Draw] = []

    class Drawer(WorkerProcess):
        def _until_done(self) -> Iterator[Drawn]:
            yield Drawn(image)

    def write(_stream: object, question: Draw) -> None:
        sent.append(question)

    monkeypatch.setattr(isolated, "WorkerProcess", Drawer)
    monkeypatch.setattr(process, "write_message", write)
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        for number, taken in ((1, note()), (2, note()), (2, note("other.txt"))):
            assert intake.page(taken, number, 80) == image
        assert not workers_of(intake)
    assert sent == [Draw(note(), 1, 80), Draw(None, 2, 80), Draw(note("other.txt"), 2, 80)]


def test_what_has_no_pages(shared: IsolatedIntake) -> None:
    with pytest.raises(InputError) as caught:
        shared.page(note(), 1, 80)
    assert str(caught.value)


# --- the ends of workers -----------------------------------------------------------------------------------


def test_closing_ends_them() -> None:
    intake = IsolatedIntake(2)
    list(intake.read([note(f"{n}.txt") for n in range(4)]))
    pids = [w.pid for w in workers_of(intake)]
    assert pids
    intake.close()
    intake.close()
    assert all(map(is_gone, pids))
    with pytest.raises(InputError) as caught:
        intake.page(note(), 1, 80)
    assert caught.value.code == "input-stopped"


def test_closing_ends_them_at_work() -> None:
    intake = IsolatedIntake(1)
    found: list[Outcome] = []
    reading = threading.Thread(target=lambda: found.extend(intake.read([SLOW, SLOW, SLOW])))
    reading.start()
    wait_for(lambda: any(w.asked for w in workers_of(intake)))
    pids = [w.pid for w in workers_of(intake)]
    intake.close()
    reading.join()
    assert {o.error.code for o in found if o.error} == {"input-stopped"}
    assert all(map(is_gone, pids))


def test_who_forgets_to_close_leaves_nothing_behind() -> None:
    intake = IsolatedIntake(1)
    list(intake.read([note()]))
    pids = [w.pid for w in workers_of(intake)]
    del intake
    gc.collect()
    assert pids
    assert all(map(is_gone, pids))


def test_idle_ones_end_and_others_take_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_IDLE_S", 0.05)
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        list(intake.read([note()]))
        wait_for(lambda: not workers_of(intake))
        assert fates(list(intake.read([note("a.txt")]))) == {"a.txt": "read"}


def test_those_that_have_grown_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_GROWN", 0.001)
    intake = IsolatedIntake(1)
    with contextlib.closing(intake):
        assert fates(list(intake.read([note("a.txt"), note("b.txt")]))) == {"a.txt": "read", "b.txt": "read"}
        assert not workers_of(intake)


@unix
@pytest.mark.parametrize("data", [note().data, SLOW.data], ids=["idle", "at work"])
def test_no_worker_outlives_the_program(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.html").write_bytes(data)
    program = textwrap.dedent(
        f"""
        import sys, threading
        sys.path.insert(0, {str(ROOT)!r})
        from briefer.intake.isolation.isolated import IsolatedIntake
        intake = IsolatedIntake(1)
        threading.Thread(target=lambda: list(intake.read([intake.take(__import__("pathlib").Path(
            {str(tmp_path / "file.html")!r}))]))).start()
        while not (worker := intake._readers._seats[0]._worker) or not worker.asked:
            pass
        print(worker.pid, flush=True)
        threading.Event().wait()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)
    parent.kill()
    parent.communicate()
    wait_for(lambda: is_gone(pid))


def test_workers_inherit_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example")
    monkeypatch.setenv("PYTHONSTARTUP", "x.py")
    kept = process._environment()
    assert not {"HTTPS_PROXY", "PYTHONSTARTUP", "HOME", "USER"} & set(kept)
    assert kept["PYTHONPATH"].split(os.pathsep)[0] == str(ROOT)


def test_the_command_in_a_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process._command() == [sys.executable]
    assert "PYTHONPATH" not in process._environment() or os.environ.get("PYTHONPATH")


def test_a_module_that_lies_where_the_user_stands_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('a trap')")
    monkeypatch.chdir(tmp_path)
    assert limited(Limits(), note()) == {"note.txt": "read"}
