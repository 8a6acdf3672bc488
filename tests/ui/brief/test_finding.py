"""Finding goes through texts and quotations; replacing leaves the words of sources alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest

from briefer.domain.editing import add_block, add_blocks, shorten
from briefer.services.compose import prose
from briefer.services.stopping import Stop, StoppedError
from briefer.ui.brief import finder
from briefer.ui.brief.card_row import CardRow
from briefer.ui.brief.counts import Counts, Searched, counted_anew
from briefer.ui.brief.find_bar import FindBar
from briefer.ui.brief.moves import RowKind
from briefer.ui.brief.row_maker import ProseRow
from tests.ui.brief.conftest import Open

CONTROL = Qt.KeyboardModifier.ControlModifier


def _asked(opened: Open, words: str, *, replacing: bool = False) -> FindBar:
    opened.settle()
    opened.prose(0).go(at_end=False)
    opened.workspace.finder.ask(replacing=replacing)
    bar = opened.workspace.find_bar
    bar.wanted.setText(words)
    opened.settle()
    return bar


def _card(opened: Open) -> tuple[CardRow, str]:
    """Return a quotation and words that only it has."""
    row = opened.first(RowKind.QUOTATION)
    assert isinstance(row, CardRow)
    quoted = next(b for _s, b in opened.session.brief.blocks() if b.id == row.key.id)
    quote = opened.session.hits[quoted.excerpt_id or ""].excerpt.quote
    return row, " ".join(quote.split()[:4])


def test_a_quotation_is_found_and_chosen(opened: Open) -> None:
    row, words = _card(opened)
    bar = _asked(opened, words)
    assert row.is_current
    assert bar.told == "1 of 1"
    opened.press(bar.wanted, Qt.Key.Key_Return)
    assert row.is_current
    assert bar.told == "1 of 1"
    bar.wanted.setText(words + " nowhere")
    opened.settle()
    assert bar.told == "Not found"


def test_each_place_in_a_quotation_is_counted_gone_to_and_shown(opened: Open) -> None:
    row, _words = _card(opened)
    shown = "quokkas and Quokkas, then quokkas"
    opened.session.edit("Shorten", lambda b: shorten(b, row.key.id, shown))
    bar = _asked(opened, "quokkas")
    seen = []
    for _place in range(4):
        seen.append((bar.told, row.is_current, row.card.marked))
        opened.press(bar.wanted, Qt.Key.Key_Return)
    assert seen == [
        ("1 of 3", True, "quokkas"),
        ("2 of 3", True, "Quokkas"),
        ("3 of 3", True, "quokkas"),
        ("1 of 3", True, "quokkas"),
    ]
    bar.case.setChecked(True)
    opened.settle()
    assert bar.told.endswith(" of 2")
    opened.press(bar.wanted, Qt.Key.Key_Escape)
    assert row.card.marked == ""


def test_places_of_a_quotation_are_passed_backwards_too_and_stay_chosen_as_the_words_grow(
    opened: Open,
) -> None:
    row, _words = _card(opened)
    block = next(b for _s, b in opened.session.brief.blocks() if b.id == row.key.id)
    opened.session.edit(
        "Shorten", lambda b: shorten(b, block.id, "quokkas eat what quokkas like, quokkas say")
    )
    opened.settle()
    bar = _asked(opened, "quokkas")
    told = []
    for _place in range(4):
        told.append(bar.told)
        bar.find_wanted.emit(-1)
    assert told == ["1 of 3", "3 of 3", "2 of 3", "1 of 3"]
    bar.find_wanted.emit(-1)
    assert bar.told == "2 of 3"
    bar.wanted.setText("quokkas like")
    opened.settle()
    assert bar.told == "1 of 1"
    assert row.card.marked == "quokkas like"
    assert not row.card.grab().toImage().isNull()


def test_places_in_texts_and_quotations_are_one_row_of_places(opened: Open) -> None:
    row, words = _card(opened)
    text = opened.prose(0)
    text.go(at_end=True)
    opened.qtbot.keyClicks(text.edit, f" {words}")
    bar = _asked(opened, words)
    order = []
    for _place in range(3):
        order.append((row.is_current, bar.told))
        opened.press(bar.wanted, Qt.Key.Key_Return)
        opened.settle()
    assert sorted(order[:2]) == [(False, "1 of 2"), (True, "2 of 2")]
    assert order[2] == order[0]


def test_replacing_leaves_quotations_and_says_so(opened: Open) -> None:
    _row, words = _card(opened)
    text = opened.prose(0)
    former = text.edit.markdown
    text.go(at_end=True)
    opened.qtbot.keyClicks(text.edit, f" {words}")
    bar = _asked(opened, words, replacing=True)
    assert bar.told == "1 of 2, 1 in a quotation stays"
    bar.by.setText("gnu")
    bar.all.click()
    opened.settle()
    assert text.edit.markdown == f"{former} gnu"
    assert bar.told == "1 place replaced, 1 in a quotation stays"
    bar.all.click()
    opened.settle()
    assert bar.told == "0 places replaced, 1 in a quotation stays"


def test_the_words_of_a_cited_sentence_stay(opened: Open) -> None:
    brief = opened.session.brief
    cited = brief.excerpt_ids()[0]
    block = prose(f"The zebra said: “A zebra is no gnu” [@{cited}].")
    opened.session.edit("Add", lambda b: add_block(b, b.sections[0].id, block))
    bar = _asked(opened, "zebra", replacing=True)
    bar.by.setText("horse")
    bar.all.click()
    opened.settle()
    (stored,) = [b for _s, b in opened.stored.blocks() if b.id == block.id]
    assert stored.markdown == f"The horse said: “A zebra is no gnu” [@{cited}]."
    assert bar.told == "1 place replaced, 1 in a quotation stays"
    row = opened.editor.block_row(block)
    bar.find_wanted.emit(1)
    edit = opened.editor.current_prose
    assert edit is not None
    assert edit is row.content
    assert edit.textCursor().selectedText() == "zebra"
    bar.replace_wanted.emit()
    opened.settle()
    assert "A zebra is" in edit.toPlainText()
    assert "the words of a source stay" in bar.told


def test_many_texts_are_replaced_in_one_step_whether_their_rows_are_in_sight_or_not(opened: Open) -> None:
    texts = [prose(f"Text {n} has a wombat.") for n in range(60)]
    section = opened.session.brief.sections[0].id
    opened.session.edit("Write", lambda brief: add_blocks(brief, section, texts, 0))
    bar = _asked(opened, "wombat", replacing=True)
    bar.by.setText("numbat")
    opened.workspace.editor.block_row(texts[40])  # is out of sight, and may be let go
    bar.replace_all_wanted.emit()
    opened.settle()
    assert bar.told == "60 places replaced"
    assert sum("numbat" in block.markdown for _section, block in opened.stored.blocks()) == 60
    for number in (0, 5, 40, 59):
        row = opened.workspace.editor.block_row(texts[number])
        assert isinstance(row, ProseRow)
        assert row.edit.toPlainText() == f"Text {number} has a numbat."
    opened.undo()
    assert [block for _section, block in opened.stored.blocks()][:60] == texts
    assert opened.session.brief.sections == opened.stored.sections


def test_counts_of_words_that_were_taken_away_meanwhile_are_dropped(opened: Open) -> None:
    row = opened.prose()
    row.edit.selectAll()
    row.edit.setFocus()
    bar = _asked(opened, "the", replacing=True)
    bar.wanted.setText("th")
    bar.wanted.clear()  # the counts of «th» are under way
    opened.settle()
    assert bar.told == ""
    text = row.edit.toPlainText()
    bar.by.setText("nothing")
    bar.replace_wanted.emit()
    assert row.edit.toPlainText() == text


def test_words_are_pasted_into_the_line_by_the_key_that_pastes_sources(opened: Open) -> None:
    bar = _asked(opened, "x")
    QGuiApplication.clipboard().setText("spare parts")
    bar.wanted.selectAll()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    claimed = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_V, keys)
    claimed.ignore()
    QGuiApplication.sendEvent(bar.wanted, claimed)
    assert claimed.isAccepted()
    QTest.keyClick(bar.wanted, Qt.Key.Key_V, keys)
    assert bar.wanted.text() == "spare parts"


def test_counting_ends_when_nobody_waits_for_it(opened: Open) -> None:
    markup, stop = opened.session.desk.markup, Stop()
    searched = Searched(["A text.", "Another text."])
    counts = counted_anew(Counts(), searched, "text", markup, stop, case=False, source=False)
    assert counts.total == 2
    stop.stop()
    with pytest.raises(StoppedError):
        counted_anew(Counts(), searched, "text", markup, stop, case=False, source=False)


def test_a_count_stops_at_the_next_letter_and_when_the_bar_closes(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops: list[Stop] = []

    class Noted(Stop):
        def __init__(self) -> None:
            super().__init__()
            stops.append(self)

    monkeypatch.setattr(finder, "Stop", Noted)
    bar = _asked(opened, "par")
    assert [stop.stopped for stop in stops] == [*[True] * (len(stops) - 1), False]
    bar.wanted.setText("part")
    assert [stop.stopped for stop in stops] == [*[True] * (len(stops) - 1), False]
    bar.closed.emit()
    assert stops[-1].stopped
    opened.settle()
