"""Reading one source: turning lines, answering doubts, captures and carriers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from briefer.domain.queries import Words
from briefer.domain.sources import SegmentKind, Source
from briefer.domain.spans import Span
from briefer.services.desk import Desk
from briefer.services.ports import Taken
from briefer.ui.context import Context
from briefer.ui.library.captures_dialog import CapturesDialog
from briefer.ui.library.ghost_pills import LABEL
from briefer.ui.library.source_pane import SourcePane


def source_of(desk: Desk, file_name: str) -> Source:
    return next(
        s for s in desk.collect.sources() if desk.collect.source(s.id).snapshot.file_name == file_name
    )


def shown(qtbot: QtBot, context: Context, source: Source) -> SourcePane:
    pane = SourcePane(context)
    qtbot.addWidget(pane)
    pane.resize(700, 700)
    pane.show()
    pane.show_source(source.id)
    qtbot.waitUntil(lambda: pane.view is not None)
    return pane


def body(desk: Desk, source: Source) -> list[str]:
    snapshot = desk.collect.source(source.id).snapshot
    return [snapshot.quote(s.span) for s in snapshot.reading.body()]


def test_one_key_sets_a_paragraph_aside_and_brings_it_back(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    source = source_of(desk, "german-grid-cyber-drill.html")
    pane = shown(qtbot, context, source)
    before = body(desk, source)
    used = {e.paragraph for e in desk.collect.source(source.id).excerpts}
    free = next(n for n in range(1, len(before) + 1) if n not in used)
    segments = pane.reader._laid.segments  # type: ignore[union-attr]
    place = next(i for i, s in enumerate(segments) if s.number == free)
    for _step in range(place + 1):
        QTest.keyClick(pane.reader, Qt.Key.Key_J)
    QTest.keyClick(pane.reader, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: len(body(desk, source)) == len(before) - 1)
    assert before[free - 1] not in body(desk, source)
    qtbot.waitUntil(lambda: bool(context.undo_stack().undo_label))
    context.undo()
    qtbot.waitUntil(lambda: body(desk, source) == before)


def test_furniture_is_shown_by_a_key_and_made_part_of_the_article(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    source = source_of(desk, "india-chip-plant-suppliers.txt")
    pane = shown(qtbot, context, source)
    hidden = len(pane.reader._laid.segments)  # type: ignore[union-attr]
    pane.toggle_furniture()
    segments = pane.reader._laid.segments  # type: ignore[union-attr]
    assert len(segments) > hidden
    line = next(s for s in segments if s.kind is SegmentKind.FURNITURE)
    with qtbot.waitSignal(context.changed):
        pane.reader._line = line.span
        QTest.keyClick(pane.reader, Qt.Key.Key_B)
    text = desk.collect.source(source.id).snapshot.quote(line.span)
    assert text in body(desk, source)


def test_steps_stay_within_the_article(qtbot: QtBot, context: Context, desk: Desk) -> None:
    pane = shown(qtbot, context, source_of(desk, "reiwa-press-release.txt"))
    segments = pane.reader._laid.segments  # type: ignore[union-attr]
    QTest.keyClick(pane.reader, Qt.Key.Key_K)
    assert pane.reader._line == segments[-1].span
    QTest.keyClick(pane.reader, Qt.Key.Key_J)
    assert pane.reader._line == segments[-1].span


def test_a_paragraph_is_excerpted_without_a_mouse(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = source_of(desk, "reiwa-press-release.txt")
    pane = shown(qtbot, context, source)
    before = len(desk.collect.source(source.id).excerpts)
    segments = pane.reader._laid.segments  # type: ignore[union-attr]
    place = next(i for i, s in enumerate(segments) if s.kind is SegmentKind.PARAGRAPH)
    for _step in range(place + 1):
        QTest.keyClick(pane.reader, Qt.Key.Key_J)
    with qtbot.waitSignal(context.changed):
        QTest.keyClick(pane.reader, Qt.Key.Key_E)
    assert len(desk.collect.source(source.id).excerpts) == before + 1


def doubtful(desk: Desk, source: Source) -> Span:
    with desk.library.write() as work:
        snapshot = work.sources.snapshot(source.id)
        assert snapshot
        reading = snapshot.reading
        index = next(i for i, s in enumerate(reading.segments) if s.number == 1)
        segments = list(reading.segments)
        segments[index] = replace(segments[index], doubt="may belong to another article")
        work.sources.update_reading(snapshot.id, replace(reading, segments=tuple(segments)))
    return segments[index].span


def test_a_doubt_is_answered_in_place(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = source_of(desk, "tariff-pause-column.txt")
    span = doubtful(desk, source)
    pane = shown(qtbot, context, source)
    assert "This may be another article" in pane.reader.toPlainText()
    with qtbot.waitSignal(context.changed):
        pane.reader.anchorClicked.emit(QUrl(f"settle:{span.start}"))
    assert not any(s.doubt for s in desk.collect.source(source.id).snapshot.reading.segments)
    context.undo()
    qtbot.waitUntil(lambda: any(s.doubt for s in desk.collect.source(source.id).snapshot.reading.segments))
    before = len(body(desk, source))
    qtbot.waitUntil(lambda: "This may be another article" in pane.reader.toPlainText())
    with qtbot.waitSignal(context.changed):
        pane.reader.anchorClicked.emit(QUrl(f"aside:{span.start}"))
    assert len(body(desk, source)) == before - 1


def recaptured(desk: Desk, source: Source) -> None:
    view = desk.collect.source(source.id)
    text = (
        view.snapshot.text
        + "\n\nAn addition that came later and is long enough to be a paragraph of its own.\n"
    )
    taken = Taken("later.txt", text.encode(), view.snapshot.captured_at, media_type="text/plain")
    (result,) = desk.importing.import_taken([taken], into=source.id).results
    assert result.snapshot_id


def test_captures_are_compared_and_excerpts_carried(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = source_of(desk, "single-refiner-think-tank-paper.txt")
    assert desk.collect.source(source.id).excerpts
    recaptured(desk, source)
    pane = shown(qtbot, context, source)
    assert pane.head.captures.isVisible()
    dialog = CapturesDialog(context, source.id)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.captures.count() == 2)
    qtbot.waitUntil(lambda: "An addition that came later" in dialog.changes.toPlainText())
    qtbot.waitUntil(lambda: dialog.offers.count() > 0)
    with qtbot.waitSignal(context.changed):
        dialog.carry.click()
    qtbot.waitUntil(lambda: not desk.recapture.offers(source.id))


def test_an_older_capture_is_for_reading_only(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = source_of(desk, "single-refiner-think-tank-paper.txt")
    older = desk.collect.source(source.id).snapshot.id
    recaptured(desk, source)
    pane = shown(qtbot, context, source)
    pane._show_capture(older)
    qtbot.waitUntil(lambda: pane.view is not None and not pane.view.latest)
    assert pane.head.latest.isVisible()
    assert pane.view
    assert pane.view.suggestions == ()
    wanted: list[object] = []
    pane.reader.excerpt_wanted.connect(wanted.append)
    QTest.keyClick(pane.reader, Qt.Key.Key_J)
    QTest.keyClick(pane.reader, Qt.Key.Key_E)
    QTest.keyClick(pane.reader, Qt.Key.Key_B)
    assert wanted == []
    pane.head.latest.click()
    qtbot.waitUntil(lambda: pane.view is not None and pane.view.latest)


def test_carriers_of_a_story_are_named(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = source_of(desk, "single-refiner-think-tank-paper.txt")
    view = desk.collect.source(source.id)
    last = [view.snapshot.quote(s.span) for s in view.snapshot.reading.body()][-1]
    copy = view.snapshot.text.replace(
        last, last + "\n\nThe night desk has shortened nothing and added this paragraph."
    )
    other = Taken("copy.txt", copy.encode(), view.snapshot.captured_at, media_type="text/plain")
    (result,) = desk.importing.import_taken([other]).results
    assert result.source
    assert result.source.story
    pane = shown(qtbot, context, source)
    assert pane.head.carriers.isVisible()
    assert "2 carriers" in pane.head.carriers.text()


def test_the_original_is_saved_and_a_newer_capture_added(
    qtbot: QtBot, context: Context, desk: Desk, tmp_path: Path
) -> None:
    source = source_of(desk, "single-refiner-think-tank-paper.txt")
    pane = shown(qtbot, context, source)
    target = tmp_path / "original.txt"
    pane.head.menu.save_original(target)
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == desk.collect.original(source.id)
    newer = tmp_path / "newer.txt"
    newer.write_bytes(target.read_bytes() + b"\n\nA paragraph that was added a week later by its authors.\n")
    with qtbot.waitSignal(context.changed):
        pane.head.menu.add_capture(newer)
    qtbot.waitUntil(lambda: pane.view is not None and len(pane.view.snapshots) == 2)
    context.undo()
    qtbot.waitUntil(lambda: pane.view is not None and len(pane.view.snapshots) == 1)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with qtbot.waitSignal(context.problem) as told:
        pane.head.menu.add_capture(empty)
    assert told.args[0].code == "input-empty"


def test_cursor_and_selection_stay_at_the_passage_when_a_tag_is_confirmed(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    source = next(s for s in desk.collect.sources() if desk.collect.source(s.id).suggestions)
    pane = shown(qtbot, context, source)
    view = pane.view
    assert view is not None
    last = max(view.suggestions, key=lambda one: one.paragraph)
    span = next(s.span for s in view.snapshot.reading.segments if s.number == last.paragraph)
    ((start, end),) = pane.reader._laid.map.ranges(span)  # type: ignore[union-attr]
    cursor = pane.reader.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    pane.reader.setTextCursor(cursor)
    pane.reader.suggestion_confirmed.emit(0)
    qtbot.waitUntil(lambda: pane.view is not None and len(pane.view.suggestions) < len(view.suggestions))
    assert pane.reader.selected_span() == span
    assert pane.reader.textCursor().position() > 0
    other = next(s for s in desk.collect.sources() if s.id != source.id)
    pane.show_source(other.id)
    qtbot.waitUntil(lambda: pane.view is not None and pane.view.source.id == other.id)
    assert pane.reader.textCursor().position() == 0


def _pills(pane: SourcePane) -> list[tuple[float, float, str, bool]]:
    """Where each pill stands, its label, and whether it is still offered."""
    found: list[tuple[float, float, str, bool]] = []
    layout = pane.reader.document().documentLayout()
    block = pane.reader.document().firstBlock()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            style = piece.charFormat()
            for at in range(piece.position(), piece.position() + piece.length()):
                if style.objectType() != QTextFormat.ObjectTypes.NoObject.value:
                    cursor = QTextCursor(block)
                    cursor.setPosition(at)
                    left = pane.reader.cursorRect(cursor).left()
                    found.append((left, top, str(style.property(LABEL)), style.isAnchor()))
            pieces += 1
        block = block.next()
    return found


def _offers(pane: SourcePane, count: int) -> bool:
    return pane.view is not None and len(pane.view.suggestions) == count


def test_a_click_on_a_suggestion_opens_no_notes_over_the_next(
    qtbot: QtBot, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = max(desk.collect.sources(), key=lambda s: len(desk.collect.source(s.id).suggestions))
    pane = shown(qtbot, context, source)
    assert pane.view is not None
    # Until the pane has laid itself out, in whatever time this takes.
    heights = (0, 0)
    while heights != (pane.reader.height(), pane.tray.height()):
        heights = pane.reader.height(), pane.tray.height()
        QTest.qWait(150)
    monkeypatch.setattr(pane.reader.viewport(), "underMouse", lambda: True)
    count = len(pane.view.suggestions)
    pane.reader.suggestion_confirmed.emit(0)
    qtbot.waitUntil(partial(_offers, pane, count - 1))
    assert pane.inspector.isHidden()
    assert (pane.reader.height(), pane.tray.height()) == heights
    monkeypatch.undo()
    pane.reader.suggestion_confirmed.emit(0)
    qtbot.waitUntil(pane.inspector.isVisible)


def test_a_suggestion_that_is_confirmed_keeps_its_place(qtbot: QtBot, context: Context, desk: Desk) -> None:
    source = max(desk.collect.sources(), key=lambda s: len(desk.collect.source(s.id).suggestions))
    pane = shown(qtbot, context, source)
    before = _pills(pane)
    assert pane.view is not None
    assert len(pane.view.suggestions) > 2
    assert all(offered for *_place, offered in before)
    for left in range(len(pane.view.suggestions) - 1, -1, -1):  # to the last of them
        pane.reader.suggestion_confirmed.emit(0)
        qtbot.waitUntil(partial(_offers, pane, left))
        assert [place[:3] for place in _pills(pane)] == [place[:3] for place in before]
    assert sum(offered for *_place, offered in _pills(pane)) == len(pane.view.spoken)
    with qtbot.waitSignal(context.changed):
        context.undo()
    qtbot.waitUntil(partial(_offers, pane, 1))
    assert [place[:3] for place in _pills(pane)] == [place[:3] for place in before]
    pane.clear()
    pane.show_source(source.id)
    qtbot.waitUntil(lambda: pane.view is not None)
    assert len(_pills(pane)) == 1 + len(pane.view.spoken), "who opens it again is not shown what was done"


def test_a_source_opens_at_the_words_that_were_searched_and_a_click_in_the_text_stays(
    qtbot: QtBot, context: Context, desk: Desk, tmp_path: Path
) -> None:
    lines = [f"Paragraph {n} of the report speaks of harbours, ships and the sea." for n in range(60)]
    lines[45] = "Here the ministers name the lighthouse of the island for the first time."
    file = tmp_path / "long.txt"
    file.write_text("A long report\n\n" + "\n\n".join(lines), encoding="utf-8")
    source = desk.importing.import_paths([file]).results[0].source
    assert source is not None
    pane = SourcePane(context)
    qtbot.addWidget(pane)
    pane.resize(700, 700)
    pane.show()
    pane.show_words((Words("lighthouse"),))
    pane.show_source(source.id)
    bar = pane.reader.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    span = pane.reader._hits()[0]
    excerpt = desk.curate.mark(source.id, span)[0]
    qtbot.waitUntil(lambda: not context.jobs.busy)
    pane._read()
    qtbot.waitUntil(lambda: pane.view is not None and len(pane.view.excerpts) == 1)
    bar.setValue(0)
    pane.reader.excerpt_chosen.emit(excerpt.id)
    QTest.qWait(20)  # scrolling waits for the next round of events
    assert bar.value() == 0
    assert pane.inspector.excerpt == excerpt
