from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFileOpenEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QLabel, QMessageBox, QProgressBar
from pytestqt.qtbot import QtBot

from briefer.app import LibraryOpener
from briefer.errors import MESSAGES, KnownError
from briefer.intake import Intake
from briefer.ui.appearance import Appearance
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.brief.row_maker import ProseRow
from briefer.ui.context import Context
from briefer.ui.intake.opened_files import OpenedFiles
from briefer.ui.main_window import MainWindow
from briefer.ui.menus import PASTE_KEY
from briefer.ui.problems import BugDialog, message
from briefer.ui.rail import BRIEFS, COVERAGE, LIBRARY
from briefer.ui.status import CITATIONS, StatusLine

_ARTICLE = (
    "A title of some length\n\n17 December 2025\n\nOne paragraph about India and rare earths in a market.\n"
)


@pytest.fixture
def window(bare_context: Context, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(LibraryOpener(Intake), bare_context, Appearance(qapp, bare_context))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._context.jobs.busy)


def test_without_a_library_it_offers_the_sample(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.begin(None, None)
    assert window._stack.currentWidget() is window._welcome
    assert window._welcome._sample.hasFocus()
    told: list[str] = []
    window._context.working.connect(lambda _label: told.append(window._opening.text()))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "mine"), ""))
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        qtbot.keyClick(window._welcome._sample, Qt.Key.Key_Return)
    _settle(window, qtbot)
    assert told[0] == "Making the sample library…"
    assert (tmp_path / "mine.briefer").exists()
    assert window._stack.currentWidget() is window._briefs
    assert window._context.settings.recent() == (tmp_path / "mine.briefer",)


def test_who_made_the_processor_of_citations_is_told_at_launch_and_about(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.begin(None, None)
    shown = [label for label in window.findChildren(QLabel) if label.text() == CITATIONS]
    assert len([label for label in shown if label.isVisible()]) == 1
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda _parent, _title, text: told.append(text))
    window._dialogs.tell_about()
    assert CITATIONS in told[0]
    assert "(c) Frank Bennett" in told[0]


def test_a_library_whose_index_is_of_another_version_tells_how_far_it_is(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    older = Path(shutil.copy(sample_library, tmp_path))
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'index_version'")
        connection.commit()
    told: list[str] = []
    bar = window._opening.findChildren(QProgressBar)[0]
    shown: list[tuple[bool, int, int]] = []
    window._context.working.connect(told.append)
    window.libraries.indexed.connect(lambda *_: shown.append((bar.isHidden(), bar.value(), bar.maximum())))
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(older)
    _settle(window, qtbot)
    with closing(sqlite3.connect(older)) as connection:
        (last,) = connection.execute("SELECT max(number) FROM excerpts").fetchone()
        (sources,) = connection.execute("SELECT max(number) FROM sources").fetchone()
    all_ = last + sources
    assert f"Making the search index of this version: {last} of {all_}" in told
    counted = told.index(f"Making the search index of this version: {all_} of {all_}")
    assert told[counted + 1] == "Putting the search index in order…"
    assert shown[0] == (False, last, all_)
    assert shown[-1] == (False, all_, all_)
    assert bar.isHidden()  # the library is open


def test_the_library_used_last_is_opened(window: MainWindow, sample_library: Path, qtbot: QtBot) -> None:
    window._context.settings.remember(sample_library)
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(None, None)
    _settle(window, qtbot)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    assert status.text.startswith("Library: sample.briefer · 16 sources · ")
    assert status.text.endswith("saved · offline")
    for page in (BRIEFS, COVERAGE, LIBRARY):
        window.show_page(page)
        _settle(window, qtbot)


def test_a_library_that_cannot_be_opened_is_told_until_another_is(
    window: MainWindow, tmp_path: Path, sample_library: Path, qtbot: QtBot
) -> None:
    window._say("All is well.")
    with qtbot.waitSignal(window.libraries.failed):
        window.begin(tmp_path / "none.briefer", None)
    assert window.problems.isVisible()
    assert "none.briefer" in window.problems.text
    assert window.notice.isHidden()
    assert window._stack.currentWidget() is window._welcome
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(sample_library)
    assert window.problems.isHidden()


def test_a_problem_goes_when_it_is_over(window: MainWindow) -> None:
    window.problems.tell(KnownError("not-found", kind="source", id="1"))
    window._context.problem_over.emit()
    assert window.problems.isHidden()


def test_good_news_stays_when_a_problem_is_over(window: MainWindow) -> None:
    window._say("All is well.")
    window._context.problem_over.emit()
    assert window.notice.isVisible()


def test_good_news_moves_nothing_lies_over_every_page_and_passes(
    window: MainWindow, sample_library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(sample_library)
    _settle(window, qtbot)
    window.problems.tell(KnownError("not-found", kind="source", id="1"))
    window._say("All is well.")
    assert window.problems.isHidden()
    QApplication.processEvents()
    pages = window._stack.geometry()
    window._say("All is well. " * 30)
    for page in (COVERAGE, LIBRARY):
        window.show_page(page)
        on_top = window._stack.childAt(window.notice.geometry().center())
        assert on_top is not None
        assert window.notice in {on_top, on_top.parentWidget()}
    assert window._stack.rect().contains(window.notice.geometry())
    assert window._stack.geometry() == pages
    window.resize(window.width() + 40, window.height())
    assert abs(window.notice.geometry().center().x() - window._stack.rect().center().x()) <= 1
    window.notice._timer.start(1)
    qtbot.waitUntil(window.notice.isHidden)


def test_an_import_that_is_under_way_moves_nothing(window: MainWindow) -> None:
    QApplication.processEvents()
    page = window._stack.geometry()
    window._strip._tell(3, 40, "an article with a long name.html")
    window._strip.show()
    QApplication.processEvents()
    assert window._strip.isVisible()
    assert window._strip.geometry().bottom() <= window.statusBar().height()
    assert window._stack.geometry() == page


def _drop(window: MainWindow, mime: QMimeData, *, over: bool = True) -> QDropEvent:
    """Drag something over the window, and let go."""
    copy, left, nothing = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy | Qt.DropAction.MoveAction, mime, left, nothing)
    window.dragEnterEvent(enter)
    assert window._hint.isVisible() is over
    drop = QDropEvent(QPointF(9, 9), copy | Qt.DropAction.MoveAction, mime, left, nothing)
    if over:
        window.dropEvent(drop)
        assert not window._hint.isVisible()
    return drop


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _new_library(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        window.libraries.create(path)
    _settle(window, qtbot)


def test_what_is_told_leaves_the_bar_of_a_selection_free(
    window: MainWindow, sample_library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(sample_library)
    _settle(window, qtbot)
    page, notice = window._library, window.notice
    assert page is not None
    window._say("All is well.")
    low = notice.geometry().bottom()
    page.list.excerpts.choose_row(0)
    qtbot.keyClick(page.list.excerpts, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert notice.geometry().bottom() < page._bar.mapTo(window._stack, QPoint(0, 0)).y()
    window._say("All is well. " * 30)
    assert notice.geometry().bottom() < page._bar.mapTo(window._stack, QPoint(0, 0)).y()
    page._bar.ended.emit()
    assert notice.geometry().bottom() == low


def test_files_are_dropped_on_the_window(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    _new_library(window, tmp_path / "new.briefer", qtbot)
    assert window._library is not None
    assert window._library._empty.isVisible()
    file = tmp_path / "article.txt"
    file.write_text(_ARTICLE, encoding="utf-8")
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        drop = _drop(window, _files(file))
    assert drop.dropAction() is Qt.DropAction.CopyAction
    _settle(window, qtbot)
    assert window._review is not None
    assert [row.source.title for row in window._review.model.rows] == ["A title of some length"]
    assert "1 source imported" in window.notice.text
    assert window.notice.isVisible()
    hint = window._review._hint.mapTo(window._stack, QPoint(0, 0))
    assert window.notice.geometry().bottom() < hint.y()


def test_a_selection_is_dropped_and_an_address_is_not_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    address = QMimeData()
    address.setText("https://example.org/a")
    _drop(window, address)
    assert "opens no addresses" in window.notice.text
    selection = QMimeData()
    selection.setText(_ARTICLE)
    _drop(window, selection)
    assert "Open a library" in window.notice.text
    _drop(window, QMimeData(), over=False)
    _new_library(window, tmp_path / "new.briefer", qtbot)
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        _drop(window, selection)
    _settle(window, qtbot)
    assert window._context.desk is not None
    (source,) = window._context.desk.importing.unaccepted()
    assert window._context.desk.collect.source(source.id).snapshot.file_name.startswith("Pasted 20")


def test_several_files_are_reviewed_and_read_in_the_library(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    _new_library(window, tmp_path / "new.briefer", qtbot)
    (tmp_path / "article.txt").write_text(_ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        window.taking.take([tmp_path / "article.txt", tmp_path / "empty.txt"])
    _settle(window, qtbot)
    assert window._review is not None
    assert window._library is not None
    assert window._stack.currentWidget() is window._review
    assert window._review.left_out.isVisible()
    assert window._rail._buttons["imports"].accessibleDescription() == "1 source to review"
    assert window._menus.paste.shortcut().toString() == PASTE_KEY
    window._review.preview.button("read").click()
    _settle(window, qtbot)
    view = window._library.source.view
    assert view is not None
    assert view.source.title == "A title of some length"
    window.show_page(BRIEFS)
    assert window._menus.paste.shortcut().isEmpty()


def test_the_key_of_a_new_brief_makes_one_from_every_page(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(window.libraries, "ask_new_place", lambda: asked.append(True))
    _new_library(window, tmp_path / "new.briefer", qtbot)
    for number in (LIBRARY, BRIEFS):
        window.show_page(number)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(window.findChildren(NewBriefDialog)))
        (dialog,) = window.findChildren(NewBriefDialog)
        assert dialog.isVisible()
        page = window._stack.currentWidget()
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(NewBriefDialog))
        assert page is window._stack.currentWidget() is (window._library, window._briefs)[number == BRIEFS]
    window.show_page(LIBRARY)
    assert window._briefs is not None
    window._briefs.made.emit()
    assert window._stack.currentWidget() is window._briefs, "one that is made is shown"
    assert not asked
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_N, both)
    assert asked


def test_nobody_is_torn_away_from_a_brief(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    _new_library(window, tmp_path / "new.briefer", qtbot)
    window.show_page(BRIEFS)
    (tmp_path / "article.txt").write_text(_ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        window.taking.take([tmp_path / "article.txt", tmp_path / "empty.txt"])
    assert window._stack.currentWidget() is window._briefs
    assert "Ctrl+4" in window.notice.text
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        window.taking.take([tmp_path / "empty.txt"])
    assert "empty" in window.problems.text


def test_files_opened_with_briefer_wait_for_a_library(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "article.txt"
    file.write_text(_ARTICLE, encoding="utf-8")
    window.begin(None, None, [file])
    assert "the file is imported then" in window.notice.text
    with qtbot.waitSignals([window.libraries.opened, window._arrivals.settled], timeout=30_000):
        window.libraries.create(tmp_path / "new.briefer")
    _settle(window, qtbot)
    window._context.settings.remember(tmp_path / "new.briefer")
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000) as told:
        window.begin(None, None, [file])
    assert told.args is not None
    assert told.args[0].results[0].status.value == "duplicate"
    _settle(window, qtbot)


def test_the_clipboard_is_taken_in(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    _new_library(window, tmp_path / "new.briefer", qtbot)
    QGuiApplication.clipboard().clear()
    window.taking.paste()
    assert "nothing to take in" in window.notice.text
    QGuiApplication.clipboard().setText(_ARTICLE)
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        window._menus.paste.trigger()
    _settle(window, qtbot)


def test_the_usual_key_pastes_a_source_wherever_nobody_writes(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    _new_library(window, tmp_path / "new.briefer", qtbot)
    page = window._library
    assert page is not None
    _settle(window, qtbot)
    window._find()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not page.search.field.hasFocus(), "it is hidden, and what is pasted into it would be"
    QGuiApplication.clipboard().setText(_ARTICLE)
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _settle(window, qtbot)
    window._find()
    for words, expected in (("one line", "one line"), (_ARTICLE, "")):
        page.search.field.clear()
        QGuiApplication.clipboard().setText(words)
        qtbot.keyClick(page.search.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert page.search.text == expected
    _settle(window, qtbot)


def test_where_nothing_can_be_pasted_the_keys_say_why(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_V, both)
    assert window.notice.text == "Open a library or make a new one first."
    _new_library(window, tmp_path / "new.briefer", qtbot)
    QGuiApplication.clipboard().setText(_ARTICLE)
    for page, place in ((BRIEFS, window._briefs), (COVERAGE, window._coverage)):
        assert place is not None
        window.show_page(page)
        _settle(window, qtbot)
        for widget in (place, *place.findChildren(QAbstractItemView)):
            if widget.isVisible():
                window.notice.hide()
                widget.setFocus()
                qtbot.keyClick(widget, Qt.Key.Key_V, both)
                assert window.notice.isVisible()
                assert window.notice.text.startswith("Nothing was pasted")
    _settle(window, qtbot)


def test_the_key_that_pastes_a_source_pastes_words_without_their_look_into_a_text(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copy(sample_library, tmp_path / "copy.briefer")
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        window.begin(tmp_path / "copy.briefer", None)
    _settle(window, qtbot)
    assert window._briefs is not None
    assert window._context.desk is not None
    window._open_brief(window._context.desk.compose.briefs()[0].id)
    _settle(window, qtbot)
    workspace = window._briefs.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: any(isinstance(row, ProseRow) for row in workspace.editor.column.rows()))
    text = next(row for row in workspace.editor.column.rows() if isinstance(row, ProseRow)).edit
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    text.setFocus()
    copied = QMimeData()
    copied.setText("pasted words")
    copied.setHtml("<h1>pasted <b>words</b></h1>")
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(
        text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert "pasted words" in text.markdown
    assert "# pasted" not in text.markdown
    assert "**words" not in text.markdown
    search = workspace.tray.search
    search.setFocus()
    qtbot.keyClick(
        search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert search.text() == "pasted words"
    assert not window.notice.isVisible()
    _settle(window, qtbot)


def test_a_new_library_shows_from_the_first_how_to_begin(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    seen: list[bool] = []

    def look() -> None:
        assert window._library is not None
        seen.append(window._library._empty.isVisible())
        seen.append(window._library.search.isVisible())

    window.libraries.opened.connect(lambda _brief: look())
    with qtbot.waitSignal(window.libraries.opened, timeout=30_000):
        window.libraries.create(tmp_path / "new.briefer")
    assert seen == [True, False]
    _settle(window, qtbot)
    assert window._library is not None
    QGuiApplication.clipboard().setText(_ARTICLE)
    with qtbot.waitSignal(window._arrivals.settled, timeout=30_000):
        window.taking.paste()
    _settle(window, qtbot)
    assert not window._library._empty.isVisible()
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(tmp_path / "new.briefer")
    assert seen[2] is False, "it holds something by now"
    assert window._undo.text().endswith(": Import 1 source")
    _settle(window, qtbot)


def test_the_desktop_hands_files_over(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    opened = OpenedFiles(qapp)
    with qtbot.waitSignal(opened.opened) as told:
        for name in ("a.txt", "b.txt"):
            qapp.sendEvent(qapp, QFileOpenEvent(str(tmp_path / name)))
    assert told.args == [(tmp_path / "a.txt", tmp_path / "b.txt")]
    qapp.removeEventFilter(opened)


def test_coverage_leads_to_excerpts(window: MainWindow, sample_library: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(sample_library, None)
    _settle(window, qtbot)
    assert window._coverage is not None
    assert window._library is not None
    window._coverage.excerpts_wanted.emit("partner:IN risk:critical-minerals")
    _settle(window, qtbot)
    assert window._stack.currentWidget() is window._library
    assert window._library.search.text == "partner:IN risk:critical-minerals"


def test_a_source_is_shown_for_an_excerpt_of_a_brief(
    window: MainWindow, sample_library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(sample_library, None)
    _settle(window, qtbot)
    desk = window._context.desk
    assert desk is not None
    assert window._library is not None
    hit = desk.find.excerpts("").hits[7]
    window._way_back.lead(hit.excerpt.id)
    _settle(window, qtbot)
    assert window._library.source.inspector.excerpt == hit.excerpt


def test_every_known_error_has_words() -> None:
    for code, sentence in MESSAGES.items():
        places = {name for _text, name, _form, _turned in Formatter().parse(sentence) if name}
        assert message(KnownError(code, **dict.fromkeys(places, "x")))


def test_a_bug_has_a_report_without_the_users_text(qtbot: QtBot) -> None:
    quoted, words = "the minister is ill", dict[str, int]()

    def fail() -> None:
        try:
            words[quoted]
        except KeyError as error:
            raise ValueError(quoted) from error

    with pytest.raises(ValueError, match=quoted) as caught:
        fail()
    dialog = BugDialog(caught.value)
    qtbot.addWidget(dialog)
    told = dialog._report.toPlainText()
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert "test_main_window.py" in told
    assert "Python" in told
    assert quoted not in told


def test_a_citation_leads_to_its_source_and_back_to_the_place_beside_it(
    window: MainWindow, sample_library: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened):
        window.begin(sample_library, None)
    _settle(window, qtbot)
    assert window._briefs is not None
    assert window._library is not None
    desk = window._context.desk
    assert desk is not None
    (brief,) = desk.compose.briefs()
    window._open_brief(brief.id)
    qtbot.waitUntil(lambda: window._briefs is not None and window._briefs.workspace is not None)
    _settle(window, qtbot)
    workspace = window._briefs.workspace
    assert workspace is not None
    row = next(row for row in workspace.editor.column.rows() if isinstance(row, ProseRow))
    row.go(at_end=False)
    row.edit.moveCursor(QTextCursor.MoveOperation.NextWord)
    place = row.edit.textCursor().position()
    excerpt = next(iter(workspace.session.hits))
    workspace.source_wanted.emit(excerpt)
    _settle(window, qtbot)
    assert window._stack.currentWidget() is window._library
    back = window._way_back
    assert back.isVisible()
    assert window.focusWidget() is back
    before = desk.collect.sources()
    for letter in "ethspbx ":
        qtbot.keyClicks(back, letter)
        assert window.focusWidget() is back
    _settle(window, qtbot)
    assert desk.collect.sources() == before
    qtbot.keyClick(back, Qt.Key.Key_Down)
    assert window.focusWidget() is window._library.source.reader
    back.button.click()
    assert window._stack.currentWidget() is window._briefs
    assert not back.isVisible()
    assert window.focusWidget() is row.edit
    assert row.edit.textCursor().position() == place
    workspace.source_wanted.emit(excerpt)
    _settle(window, qtbot)
    assert back._key.isEnabled()
    back._key.activated.emit()
    assert window._stack.currentWidget() is window._briefs
    workspace.source_wanted.emit(excerpt)
    _settle(window, qtbot)
    window.show_page(COVERAGE)
    assert not back.isVisible()
    workspace.source_wanted.emit("no-such")
    _settle(window, qtbot)
    assert window._stack.currentWidget() is window._coverage
    assert not back.isVisible()


def test_the_former_library_is_not_shown_while_another_is_on_its_way(
    window: MainWindow, sample_library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.begin(Path(shutil.copy(sample_library, tmp_path)), None)
    _settle(window, qtbot)
    window.show_page(COVERAGE)
    shown: list[str] = []
    window.libraries.entering.connect(
        lambda _label: shown.append(window._opening.text() if window._opening.isVisible() else "")
    )
    with qtbot.waitSignal(window.libraries.opened, timeout=20_000):
        window.libraries.create(tmp_path / "another.briefer")
    assert shown == ["Making the library…"]
    assert window._stack.currentWidget() is window._library
    _settle(window, qtbot)
    window.show_page(COVERAGE)
    with qtbot.waitSignal(window.libraries.failed, timeout=20_000):
        window.libraries.open(tmp_path / "none.briefer")
    assert window._stack.currentWidget() is window._coverage
    assert window.problems.isVisible()
    _settle(window, qtbot)
