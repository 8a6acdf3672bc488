"""Measure a whole import: about a thousand mixed files into a new library.

Files per second with two workers against one, and against trafilatura alone on the web pages among them; and
whether memory stays flat. The files are made here, of every format that can be made with what is installed and
is read by this version; the web pages of a folder ``shared`` beside the checkout (or the folder given) join them
where it exists. They are not part of the repository.

    python benchmarks/importing.py [DATA] [FILES]
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

from briefer.app import LibraryOpener
from briefer.intake.formats import folder_suffixes
from briefer.intake.isolation.isolated import IsolatedIntake
from briefer.intake.web.html import extract
from briefer.services.import_results import ImportStatus

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PLACES = ["Navapur", "Tesmark", "Oldhaven", "Quell", "Brennfjord", "Sankt-Aurel", "Port-Lumen", "Kestrel-Bay"]
THINGS = [
    "gearboxes",
    "sensors",
    "cables",
    "reactors",
    "licences",
    "tariffs",
    "permits",
    "turbines",
    "pilots",
    "magnets",
]
VERBS = [
    "delayed",
    "bought",
    "inspected",
    "refused",
    "announced",
    "shipped",
    "insured",
    "counted",
    "replaced",
    "promised",
]
MARKS = (250, 500, 1_000)
MB = 1_000_000


def sentences(dice: random.Random, count: int) -> str:
    return " ".join(
        f"The {dice.choice(THINGS)} of {dice.choice(PLACES)} were {dice.choice(VERBS)} in the week after "
        f"{dice.randint(2, 28)} March, said office {dice.randint(100, 9_999)}, which counts {dice.choice(THINGS)}."
        for _ in range(count)
    )


def article(dice: random.Random) -> tuple[str, list[str]]:
    title = f"{dice.choice(PLACES)} and {dice.choice(PLACES)} agree on {dice.choice(THINGS)} {dice.randint(1, 9_999)}"
    return title, [sentences(dice, dice.randint(2, 5)) for _ in range(dice.randint(6, 25))]


def text(title: str, body: list[str]) -> bytes:
    return "\n\n".join([title, "March 3, 2026", *body]).encode()


def html(title: str, body: list[str]) -> bytes:
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    inside = "".join(f"<p>{p}</p>" for p in body)
    page = (
        f"<html><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>"
    )
    return f"{page}{inside}</article><footer>All rights</footer></body></html>".encode()


def eml(title: str, body: list[str]) -> bytes:
    head = (
        "From: Office <office@example.org>\r\nTo: x@example.org\r\nDate: Tue, 03 Mar 2026 09:00:00 +0000\r\n"
    )
    return f"{head}Subject: {title}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode() + text(
        title, body
    )


def docx(title: str, body: list[str]) -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading(title)
    for paragraph in body:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def rtf(title: str, body: list[str]) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par\n".join([title, *body]) + "}").encode("ascii")


def zipped(title: str, body: list[str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", text(title, body))
    return made.getvalue()


MAKERS: dict[str, Callable[[str, list[str]], bytes]] = {
    ".txt": text,
    ".html": html,
    ".eml": eml,
    ".docx": docx,
    ".rtf": rtf,
    ".zip": zipped,
}


def make(folder: Path, data: Path, count: int) -> Counter[str]:
    dice = random.Random(1)
    pages = sorted((data / "web_pages").glob("*.html.gz"))[: count // 5]
    for number, page in enumerate(pages):
        (folder / f"{number:04} page.html").write_bytes(gzip.decompress(page.read_bytes()))
    kinds = [suffix for suffix in MAKERS if suffix in folder_suffixes()]
    for number in range(len(pages), count):
        suffix = kinds[number % len(kinds)]
        # Numbers in the names mix the kinds evenly, since folders are read by name.
        name = f"{number * 7919 % count:04} {number}{suffix}"
        (folder / name).write_bytes(MAKERS[suffix](*article(dice)))
    return Counter(path.suffix for path in folder.iterdir())


class Memory:
    """The most that the program and its workers held, and what they held at some numbers of files."""

    def __init__(self) -> None:
        self.most = self.done = 0
        self.at: dict[int, int] = {}

    @contextmanager
    def watched(self) -> Iterator[None]:
        stop = threading.Event()

        def watch() -> None:
            me = psutil.Process()
            ended = False
            while not ended:
                ended = stop.wait(0.1)
                held = 0
                for process in (me, *me.children()):
                    try:
                        held += process.memory_info().rss
                    except psutil.Error:
                        continue
                self.most = max(self.most, held)
                for mark in MARKS:
                    if self.done >= mark and mark not in self.at:
                        self.at[mark] = held

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def run(folder: Path, place: Path, workers: int) -> float:
    memory = Memory()

    def progress(done: int, _all: int, _name: str) -> None:
        memory.done = done

    with closing(LibraryOpener(lambda: IsolatedIntake(workers)).create(place)) as desk, memory.watched():
        began = time.perf_counter()
        report = desk.importing.import_paths([folder], progress)
        took = time.perf_counter() - began
    count = len(report.results)
    fates = Counter(str(r.status) for r in report.results)
    held = ", ".join(f"{mark}: {held // MB} MB" for mark, held in memory.at.items())
    print(f"{workers} worker(s): {count} files in {took:.1f} s = {count / took:.1f} a second; {dict(fates)}")
    print(f"    memory of all processes at {held}; at most {memory.most // MB} MB")
    for result in [r for r in report.results if r.status is ImportStatus.REFUSED][:3]:
        print(f"    refused: {result.reason}")
    return took


def alone(pages: list[Path]) -> float:
    began = time.perf_counter()
    for page in pages:
        extract(page.read_bytes().decode("utf-8", "replace"))
    return time.perf_counter() - began


def main() -> None:
    arguments = sys.argv[1:]
    data = Path(arguments[0]) if arguments else DATA
    count = int(arguments[1]) if len(arguments) > 1 else MARKS[-1]
    with tempfile.TemporaryDirectory() as temporary:
        folder, only = Path(temporary) / "in", Path(temporary) / "pages"
        folder.mkdir()
        only.mkdir()
        kinds = make(folder, data, count)
        print(f"{sum(kinds.values())} files: {json.dumps(kinds)}")
        for page in folder.glob("*.html"):
            (only / page.name).write_bytes(page.read_bytes())
        one = run(folder, Path(temporary) / "one.briefer", 1)
        two = run(folder, Path(temporary) / "two.briefer", 2)
        print(f"two workers against one: {one / two:.2f} times as fast")
        print("web pages alone")
        html_one = run(only, Path(temporary) / "html-one.briefer", 1)
        html_two = run(only, Path(temporary) / "html-two.briefer", 2)
        rival = alone(sorted(only.iterdir()))
        print(f"trafilatura alone, in this process, nothing stored: {rival:.1f} s")
        print(
            f"whole import against it: {html_one / rival:.2f} times as long; two workers {html_two / rival:.2f}"
        )


if __name__ == "__main__":
    main()
