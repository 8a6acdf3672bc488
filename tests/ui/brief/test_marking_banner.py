from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog

from briefer.domain.record import Act
from briefer.ui.brief.parts import PartKind
from tests.ui.brief.conftest import Open

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_marking_is_chosen_by_keys_and_can_be_undone(opened: Open) -> None:
    banner, before = opened.workspace.banner, opened.session.brief.marking
    assert banner.text() == "OFFICIAL"
    opened.page.activateWindow()
    opened.qtbot.waitUntil(opened.page.isActiveWindow)
    opened.press(opened.workspace, Qt.Key.Key_M, CONTROL_SHIFT)
    line = banner.popup.box.line
    opened.qtbot.waitUntil(banner.popup.isVisible)
    opened.qtbot.keyClicks(line, "TLP:AMBER+")
    opened.press(line, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: not banner.popup.isVisible())
    assert opened.stored.marking == "tlp-2/amber-strict"
    assert banner.text() == "TLP:AMBER+STRICT"
    opened.undo()
    assert opened.stored.marking == before
    assert banner.text() == "OFFICIAL"


def test_a_brief_without_marking_says_so_and_keeps_its_place(opened: Open) -> None:
    banner = opened.workspace.banner
    height = banner.height()
    banner.click()
    popup = banner.popup
    popup.box.show_entry(0)
    popup.box.chosen.emit("")
    assert opened.stored.marking == ""
    assert banner.text() == "Not marked"
    assert banner.property("empty") is True
    QApplication.processEvents()
    assert banner.height() == height


def test_escape_leaves_the_marking_as_it_is(opened: Open) -> None:
    banner = opened.workspace.banner
    banner.click()
    opened.qtbot.keyClicks(banner.popup.box.line, "TLP:RED")
    opened.press(banner.popup.box.line, Qt.Key.Key_Escape)
    opened.press(banner.popup, Qt.Key.Key_Escape)
    assert not banner.popup.isVisible()
    assert opened.stored.marking == opened.session.brief.marking
    assert banner.text() == "OFFICIAL"


SECRET = "uk-gscp/secret"


def high_excerpt(opened: Open) -> str:
    """Mark the first quotation as secret and return the title of its source."""
    block = next(b for _, b in opened.session.brief.blocks() if b.excerpt_id)
    excerpt = opened.session.hits[block.excerpt_id or ""].excerpt
    opened.session.context.change(
        lambda: opened.session.desk.curate.annotate(replace(excerpt, marking=SECRET))
    )
    opened.settle()
    return opened.session.hits[excerpt.id].source.title


def test_the_banner_tells_the_floor_and_from_what_it_comes(opened: Open) -> None:
    title = high_excerpt(opened)
    banner = opened.workspace.banner
    assert banner.text().startswith("▲ OFFICIAL  ·  must be at least SECRET, because of an excerpt of")
    assert banner.property("below") is True
    assert title in banner.toolTip()
    banner.chosen.emit(banner.parts()[0], SECRET, "")
    assert banner.text().startswith("SECRET  ·  from an excerpt of")
    assert banner.property("below") is False
    banner.chosen.emit(banner.parts()[0], "uk-gscp/top-secret", "")
    assert banner.text().startswith("TOP SECRET  ·  at least SECRET, from an excerpt of")
    banner.chosen.emit(banner.parts()[0], "tlp-2/red", "")
    assert banner.text().startswith("▲ TLP:RED  ·  must be at least SECRET")


def test_a_marking_below_the_floor_needs_a_reason_that_is_recorded(opened: Open) -> None:
    high_excerpt(opened)
    banner = opened.workspace.banner
    banner.chosen.emit(banner.parts()[0], SECRET, "")
    banner.click()
    popup = banner.popup
    popup.box.chosen.emit("uk-gscp/official")
    assert popup.isVisible()
    assert "lower than SECRET" in popup.below.text()
    assert not popup.lower_it.isEnabled()
    popup.reason.returnPressed.emit()
    assert opened.stored.marking == SECRET
    opened.qtbot.keyClicks(popup.reason, "Cleared by the owner.")
    opened.press(popup.reason, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert opened.stored.marking == "uk-gscp/official"
    (waiver,) = opened.stored.waivers
    assert (waiver.check, waiver.reason) == ("marking-below", "Cleared by the owner.")
    assert all(f.check != "marking-below" for f in opened.session.desk.review.check(opened.stored.id))
    kinds = [entry.kind for entry in opened.session.desk.record.of(opened.stored.id)]
    assert kinds[-2:] == [Act.MARKING, Act.WAIVER]


def test_parts_are_marked_where_the_cursor_is_and_show_it(opened: Open) -> None:
    section = opened.session.brief.sections[0]
    opened.editor.jump(section.id)
    opened.editor.add_prose()
    opened.qtbot.keyClicks(opened.editor.current_prose, "A text.")
    opened.editor.flush()
    banner = opened.workspace.banner
    banner.click()
    popup = banner.popup
    kinds = [part.kind for part in banner.parts()]
    assert kinds == [PartKind.BRIEF, PartKind.TITLE, PartKind.SECTION, PartKind.TEXT]
    for row in (1, 2, 3):
        popup.of.setCurrentIndex(row)
        popup.box.chosen.emit(SECRET)
    brief = opened.stored
    marked = next(s for s in brief.sections if s.id == section.id)
    assert (brief.title_marking, marked.marking) == (SECRET, SECRET)
    block = next(b for b in marked.blocks if b.marking)
    assert opened.row(block.id).lane_label == "(S)"
    assert banner.text().startswith(
        "▲ OFFICIAL  ·  must be at least SECRET, because of the title; the section"
    )


def test_an_excerpt_and_its_comment_are_marked_from_the_brief(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = next(b for _, b in opened.session.brief.blocks() if b.excerpt_id)
    excerpt = opened.session.hits[block.excerpt_id or ""].excerpt
    curate = opened.session.desk.curate
    opened.session.context.change(lambda: curate.annotate(replace(excerpt, comment="Doubtful.")))
    opened.settle()
    opened.editor.jump(block.id)
    banner = opened.workspace.banner
    *_, words, comment = banner.parts()
    assert (words.kind, comment.kind) == (PartKind.EXCERPT, PartKind.COMMENT)
    banner.chosen.emit(comment, SECRET, "")
    opened.settle()
    banner.chosen.emit(words, "uk-gscp/official-sensitive", "")
    opened.settle()
    stored = opened.session.hits[excerpt.id].excerpt
    assert (stored.marking, stored.comment_marking) == ("uk-gscp/official-sensitive", SECRET)
    assert "the comment on an excerpt" in banner.text()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", True))
    banner.chosen.emit(banner.parts()[-2], "", "")
    opened.settle()
    assert opened.session.hits[excerpt.id].excerpt.marking, "a marking is not taken off without a reason"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Published since", True))
    banner.chosen.emit(banner.parts()[-2], "", "")
    opened.settle()
    assert opened.session.hits[excerpt.id].excerpt.marking is None
    assert "Published since" in opened.session.desk.record.of(excerpt.id)[-1].what
