"""Keystroke to painted text in a brief of 300 texts with 200 citations, beside a bare QTextEdit with the same text.

Run with ``python -m benchmarks.editor [TEXTS]``; draws off screen. A key is sent to the text in the middle, and the time
counts until what it changed is painted (the queue of events is empty). Both are measured in turn in one run.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from briefer.app import LibraryOpener
from briefer.domain.briefs import Brief
from briefer.domain.editing import add_block
from briefer.intake import Intake
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.ui.brief.editor import Editor
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.brief.session import BriefSession
from briefer.ui.brief.workspace import Workspace
from briefer.ui.context import Context
from briefer.ui.settings import Settings

_KEYS = 200
_CITED_EVERY = 3  # two of three texts cite: 200 of 300
_SENTENCE = (
    "The partners **agreed** to look into the matter again, and asked for a *further* report by spring. "
)


def _texts(count: int, excerpt_id: str) -> list[str]:
    return [
        f"Point {n}. {_SENTENCE * 3}{f'[@{excerpt_id}]' if n % _CITED_EVERY else ''}\n\n- one\n- two"
        for n in range(count)
    ]


def _brief(desk: Desk, brief_id: str, count: int) -> Brief:
    brief = desk.compose.brief(brief_id)
    texts = _texts(count, brief.excerpt_ids()[0])

    def filled(now: Brief) -> Brief:
        for number, text in enumerate(texts):
            now = add_block(now, now.sections[number % 3].id, prose(text))
        return now

    desk.compose.edit(brief_id, "Benchmark", filled)
    return desk.compose.brief(brief_id)


def _timed(app: QApplication, target: QWidget) -> float:
    start = time.perf_counter()
    QTest.keyClick(target, Qt.Key.Key_A)
    app.processEvents()
    return (time.perf_counter() - start) * 1000


def _told(name: str, times: list[float]) -> tuple[float, float]:
    median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{name:24} median {median:7.2f} ms   p95 {late:7.2f} ms")
    return median, late


def _open(
    app: QApplication, session: BriefSession, wait: Callable[[], None]
) -> tuple[Workspace, Editor, list[ProseRow]]:
    start = time.perf_counter()
    workspace = Workspace(session)
    workspace.resize(1280, 720)
    workspace.show()
    app.processEvents()
    painted = time.perf_counter() - start
    rows = [row for row in workspace.editor.column.rows() if isinstance(row, ProseRow)]
    wait()
    print(
        f"opened: painted after {painted * 1000:.0f} ms, complete after {(time.perf_counter() - start) * 1000:.0f} ms"
    )
    return workspace, workspace.editor, rows


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        desk, brief_id = LibraryOpener(Intake).sample(Path(folder) / "bench.briefer")
        context = Context(Settings(Path(folder) / "settings.ini"))
        context.set_desk(desk, desk.terms.vocabulary())

        def wait() -> None:
            while context.jobs.busy:
                app.processEvents()

        brief = _brief(desk, brief_id, count)
        workspace, editor, rows = _open(app, BriefSession(context, desk, brief), wait)
        bare = QTextEdit()
        bare.resize(620, 640)
        bare.setPlainText("\n".join(row.edit.toPlainText() for row in rows))
        bare.show()
        row = rows[len(rows) // 2]
        workspace.activateWindow()
        editor.jump(row.key.id)
        wait()
        cursor = bare.textCursor()
        cursor.setPosition(bare.document().characterCount() // 2)
        bare.setTextCursor(cursor)
        for _round in range(10):
            _timed(app, row.edit)
            _timed(app, bare)
        ours, theirs = [], []
        for _round in range(_KEYS):
            ours.append(_timed(app, row.edit))
            theirs.append(_timed(app, bare))
        mine, other = _told(f"editor, {count} texts", ours), _told("bare QTextEdit", theirs)
        print(f"ratio: median {mine[0] / other[0]:.2f}, p95 {mine[1] / other[1]:.2f}")
        workspace.close_session()
        wait()
        workspace.deleteLater()
        bare.deleteLater()
        app.processEvents()
        context.close()


if __name__ == "__main__":
    main()
