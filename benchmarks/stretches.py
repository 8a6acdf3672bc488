"""How long the window of a brief of 10,000 texts does not answer, act for act: the longest stretches of its thread.

Run with ``python -m benchmarks.stretches [TEXTS]``; draws off screen. Each act is done as the program does it, and then the
events that follow are taken one turn of the loop at a time until nothing is under way. Told are the three longest turns of each
act, as processor time of the window's thread, which a busy machine disturbs less than the clock, against the
100 ms that are allowed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.editor import Bench, application
from briefer.domain.briefs import Block
from briefer.services.compose import prose
from briefer.ui.brief.moves import Place, insert_blocks, move_section_by, place_below
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.session import BriefSession
from briefer.ui.collector import Collector

_ALLOWED = 100.0
_LONG = "Point {}. Pasted text that says something of no great length, again and again.\n\n- a\n- b"
_MEGABYTES = 5


class Stretches:
    """The turns of the window's loop that one act takes."""

    def __init__(self, app: QApplication, bench: Bench) -> None:
        self._app = app
        self._bench = bench
        collector = app.findChild(Collector)
        assert collector is not None
        self._collector = collector

    def told(self, name: str, act: Callable[[], object], seconds: float = 1.5) -> None:
        """Do an act, and tell the longest turns of it and of what follows within some seconds."""
        self._collector.note_use()  # an act is a person's, though it comes past the window's queue
        turns = [self._turn(act)]
        until = time.monotonic() + seconds
        while self._bench.context.jobs.busy or time.monotonic() < until:
            turns.append(self._turn(self._app.processEvents))
            time.sleep(0.0005)
        longest = sorted(turns, reverse=True)[:3]
        times = "  ".join(f"{turn:6.1f}" for turn in longest)
        print(f"{name:18} {times} ms   {longest[0] / _ALLOWED:5.2f}", flush=True)

    def _turn(self, act: Callable[[], object]) -> float:
        start = time.thread_time()
        act()
        return (time.thread_time() - start) * 1000


def measure(app: QApplication, bench: Bench, count: int) -> None:
    """Do what people do in a long brief."""
    stretches = Stretches(app, bench)
    told = stretches.told
    bench.wait(1)
    told("open", lambda: bench.page.show_brief(bench.brief.id), 3)
    session, editor = bench.session, bench.workspace.editor
    texts = [block for _section, block in session.brief.blocks() if not block.excerpt_id]
    middle = texts[len(texts) // 2]
    bench.page.activateWindow()
    told("go to the middle", lambda: editor.jump(middle.id))
    row = editor.block_row(middle)
    assert isinstance(row, ProseRow)
    edit = row.edit
    told("type", lambda: QTest.keyClicks(edit, " abc"))
    for at, step in ((1, 1), (2, -1)):
        told("move a section", partial(_move, session, session.brief.sections[at].id, step))
    told("undo", session.undo)
    told("show the preview", lambda: bench.workspace.show_panel("preview"), 3)
    told("type beside it", lambda: QTest.keyClicks(edit, " now"), 3)
    bench.workspace.show_panel("")
    bar = bench.workspace.find_bar
    bench.workspace.finder.ask(replacing=True)
    told("find", lambda: bar.wanted.setText("partners"))
    bar.by.setText("members")
    told("replace all", bar.replace_all_wanted.emit, 3)
    told("undo it", session.undo, 3)
    data = QMimeData()
    data.setText("\n\n".join(_LONG.format(number) for number in range(_MEGABYTES * 1_000_000 // len(_LONG))))
    editor.jump(middle.id)
    there = editor.block_row(middle)
    assert isinstance(there, ProseRow)
    told(f"paste {_MEGABYTES} MB", lambda: there.edit.insertFromMimeData(data), 4)
    told("undo it", session.undo, 3)
    blocks = [prose(f"Point {number}. Text **pasted** anew.") for number in range(count)]
    place = place_below(session.brief, session.brief.sections[1].id)
    told(f"{count} texts more", partial(_insert, session, blocks, place), 4)
    told("undo it", session.undo, 3)
    told("leave", bench.page.show_list)


def _move(session: BriefSession, section: str, step: int) -> None:
    session.edit("Move", lambda brief: move_section_by(brief, section, step))


def _insert(session: BriefSession, blocks: Sequence[Block], place: Place) -> None:
    session.edit("Paste", lambda brief: insert_blocks(brief, blocks, place))


def main() -> None:
    app = application()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(app, Path(folder), count)
        measure(app, bench, count)
        bench.close()


if __name__ == "__main__":
    main()
