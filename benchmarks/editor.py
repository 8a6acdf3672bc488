"""The editor of a brief of 300 texts with 200 citations, beside a bare QTextEdit with the same text in the same run.

Run with ``python -m benchmarks.editor [TEXTS]``; draws off screen. Measured are a key until what it changed is painted (the
queue of events is empty), opening until the text is painted and until nothing more is under way (outline, excerpts and checks,
which a bare QTextEdit has not got) on the page of briefs, where the parts for the next one are put together while nobody waits, moving a section, and the preview from the moment that typing pauses. Each time is given twice: by the clock, and as processor time of the window's thread, which a busy machine disturbs
less. ``--long`` pastes five megabytes and tells the longest time in which the window did not answer.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMimeData, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from briefer.app import LibraryOpener
from briefer.domain.briefs import Brief
from briefer.domain.editing import add_blocks
from briefer.intake import Intake
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.moves import move_section_by
from briefer.ui.brief.page import BriefPage
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.workspace import Workspace
from briefer.ui.collector import Collector
from briefer.ui.context import Context
from briefer.ui.settings import Settings
from briefer.ui.theme import LIGHT, font, palette, style_sheet

_KEYS = 200
_MOVES = 10
_CITED_EVERY = 3  # two of three texts cite: 200 of 300
_SENTENCE = (
    "The partners **agreed** to look into the matter again, and asked for a *further* report by spring. "
)
_MEGABYTES = 5

Times = list[tuple[float, float]]


def _texts(count: int, excerpt_id: str) -> list[str]:
    return [
        f"Point {n}. {_SENTENCE * 3}{f'[@{excerpt_id}]' if n % _CITED_EVERY else ''}\n\n- one\n- two"
        for n in range(count)
    ]


def _brief(desk: Desk, brief_id: str, count: int) -> Brief:
    texts = _texts(count, desk.compose.brief(brief_id).excerpt_ids()[0])

    def filled(now: Brief) -> Brief:
        for part in range(3):
            now = add_blocks(now, now.sections[part].id, [prose(text) for text in texts[part::3]])
        return now

    desk.compose.edit(brief_id, "Benchmark", filled)
    return desk.compose.brief(brief_id)


def _timed(app: QApplication, act: Callable[[], object]) -> tuple[float, float]:
    """Return how long an act and all that it sets off take, in milliseconds: by the clock, and of the processor."""
    start, used = time.perf_counter(), time.thread_time()
    act()
    app.processEvents()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - used) * 1000


def _told(name: str, ours: Times, theirs: Times) -> None:
    for kind, place in (("clock", 0), ("processor", 1)):
        mine, other = [t[place] for t in ours], [t[place] for t in theirs]
        late = [
            statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0] for times in (mine, other)
        ]
        middle = statistics.median(mine), statistics.median(other)
        print(
            f"{name:18} {kind:9} {middle[0]:8.2f} ms, bare {middle[1]:8.2f}: {middle[0] / middle[1]:5.2f}"
            f"   p95 {late[0]:8.2f}, bare {late[1]:8.2f}: {late[0] / late[1]:5.2f}"
        )


class _Painted(QObject):
    """Notes when the texts of a page have been painted for the first time, from when on they are looked at."""

    _AFTER = QEvent.Type(QEvent.registerEventType())

    def __init__(self, since: Callable[[], tuple[float, float]]) -> None:
        super().__init__()
        self._since = since
        self._watched: Workspace | None = None
        self.at: tuple[float, float] | None = None

    def watch(self, workspace: Workspace | None) -> None:
        if workspace is not None and self._watched is None:
            self._watched = workspace
            workspace.editor.column.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() is QEvent.Type.Paint:
            # The column is painted first, and the rows in it at once after it; then comes what is most pressing.
            watched.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(self._AFTER), Qt.EventPriority.HighEventPriority.value)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == self._AFTER:
            self.at = self._since()
        return super().event(event)


class Bench:
    """A page of briefs over a library whose one brief has so many texts."""

    def __init__(self, app: QApplication, folder: Path, count: int) -> None:
        self.app = app
        desk, brief_id = LibraryOpener(Intake).sample(folder / "bench.briefer")
        self.context = Context(Settings(folder / "settings.ini"))
        self.context.set_desk(desk, desk.terms.vocabulary())
        self.brief = _brief(desk, brief_id, count)
        self.page = BriefPage(self.context)
        self.page.resize(1280, 720)
        self.page.show()
        self.text = "\n".join(block.markdown for _section, block in self.brief.blocks())

    @property
    def workspace(self) -> Workspace:
        assert self.page.workspace is not None
        return self.page.workspace

    @property
    def session(self) -> BriefSession:
        return self.workspace.session

    def wait(self, seconds: float = 0.0) -> None:
        """Wait until nothing is under way, for some seconds at least."""
        until = time.monotonic() + seconds
        while self.context.jobs.busy or time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.001)  # waiting is no work of the window's

    def open(self) -> None:
        """Open as the program does; twice, because the first time the parts of Qt and Briefer are loaded, too."""
        for name in ("opening first", "opening"):
            if name == "opening":
                self.page.show_list()
            self.wait(1)
            painted, stands = self._opened()
            self.wait(1)
            bare = _timed(self.app, self._open_bare)
            _told(name, [painted], [bare])
            _told(f"{name}, all", [stands], [bare])

    def _open_bare(self) -> None:
        self.bare = QTextEdit()
        self.bare.resize(620, 640)
        self.bare.setPlainText(self.text)
        self.bare.show()

    def _opened(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return how long it takes until the text is painted, and until everything stands."""
        start, used = time.perf_counter(), time.thread_time()

        def since() -> tuple[float, float]:
            return (time.perf_counter() - start) * 1000, (time.thread_time() - used) * 1000

        seen = _Painted(since)
        hold = self.page.findChildren(Workspace)
        seen.watch(hold[0] if hold else None)
        self.page.show_brief(self.brief.id)
        while seen.at is None:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            seen.watch(self.page.workspace)
        self.wait()
        return seen.at, since()

    def type(self) -> None:
        texts = [block for _section, block in self.session.brief.blocks() if not block.excerpt_id]
        middle = texts[len(texts) // 2]
        self.page.activateWindow()
        self.workspace.editor.jump(middle.id)
        row = self.workspace.editor.block_row(middle)
        assert isinstance(row, ProseRow)
        self.edit = row.edit
        cursor = self.bare.textCursor()
        cursor.setPosition(self.bare.document().characterCount() // 2)
        self.bare.setTextCursor(cursor)
        QTest.qWait(500)
        self.wait()
        ours: Times = []
        theirs: Times = []
        for number in range(_KEYS + 10):
            mine = _timed(self.app, lambda: QTest.keyClick(self.edit, Qt.Key.Key_A))
            other = _timed(self.app, lambda: QTest.keyClick(self.bare, Qt.Key.Key_A))
            if number >= 10:
                ours.append(mine)
                theirs.append(other)
        _told("key", ours, theirs)

    def move(self) -> None:
        def ours(step: int) -> None:
            section = self.session.brief.sections[1 if step > 0 else 2].id
            self.session.edit("Move", lambda brief: move_section_by(brief, section, step))

        def theirs() -> None:
            cursor = QTextCursor(self.bare.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.setPosition(
                self.bare.document().characterCount() * 2 // 3, QTextCursor.MoveMode.KeepAnchor
            )
            part = cursor.selectedText()
            cursor.removeSelectedText()
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            cursor.insertText(part)

        mine: Times = []
        other: Times = []
        for number in range(_MOVES):
            mine.append(_timed(self.app, partial(ours, 1 if number % 2 else -1)))
            other.append(_timed(self.app, theirs))
            self.wait()
        _told("moving", mine, other)

    def preview(self) -> None:
        self.workspace.show_panel("preview")
        QTest.qWait(300)
        self.wait()
        taken: list[tuple[float, float]] = []
        for number in range(5):
            QTest.keyClicks(self.edit, f" now{number}")
            typed = self.workspace.editor.typed
            while typed.goes_on():
                self.app.processEvents()
            start, used = time.perf_counter(), time.process_time()
            while f"now{number}" not in self.workspace.preview.page.shown:
                self.app.processEvents()
                time.sleep(0.001)
            taken.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
            self.wait()
        for kind, times in zip(("clock", "all threads"), zip(*taken, strict=True), strict=True):
            middle = statistics.median(times)
            print(
                f"preview {kind} {middle:.0f} ms after a pause, of the 150 that are allowed: {middle / 150:.2f}"
            )

    def paste(self) -> None:
        data = QMimeData()
        data.setText(f"{_SENTENCE * 10}\n" * (_MEGABYTES * 1_000_000 // len(_SENTENCE * 10)))
        longest = [_timed(self.app, lambda: self.edit.insertFromMimeData(data))]
        until = time.monotonic() + 5
        while self.context.jobs.busy or time.monotonic() < until:
            longest.append(_timed(self.app, lambda: None))
        clock, used = (max(times) for times in zip(*longest, strict=True))
        print(
            f"{_MEGABYTES} MB pasted: the window answered after {clock:.0f} ms at most ({used:.0f} of its processor time)"
        )

    def close(self) -> None:
        self.page.show_list()
        self.wait()
        self.page.deleteLater()
        self.app.processEvents()
        self.context.close()


def application() -> QApplication:
    """Return Qt as the program has it, but off screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.0005)
    app = QApplication([])
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(palette(LIGHT))
    app.setStyleSheet(style_sheet(LIGHT))
    Collector(app).start()
    return app


def main() -> None:
    app = application()
    arguments = [argument for argument in sys.argv[1:] if argument != "--long"]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(app, Path(folder), int(arguments[0]) if arguments else 300)
        bench.open()
        bench.type()
        bench.move()
        bench.preview()
        if "--long" in sys.argv:
            bench.paste()
        bench.close()


if __name__ == "__main__":
    main()
