"""Versions of a brief: what changed since one, and going back to it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel

from briefer.domain import editing
from briefer.domain.briefs import Brief
from briefer.domain.documents import HeadingNumbering
from briefer.services.compose import prose
from briefer.ui.brief.figures import short_label
from tests.ui.brief.conftest import Open

SELECT = QItemSelectionModel.SelectionFlag


def chosen(opened: Open, *rows: int) -> None:
    panel = opened.workspace.versions
    panel.refresh()
    opened.settle()
    selection = panel.view.selectionModel()
    selection.clear()
    for row in rows:
        selection.select(panel.model.index(row), SELECT.Select)
    opened.settle()


def written(opened: Open, text: str) -> None:
    section = opened.session.brief.sections[0].id
    opened.session.edit("Write", lambda brief: editing.add_block(brief, section, prose(text)))
    opened.settle()


def test_a_version_is_compared_with_the_brief_as_it_is(opened: Open) -> None:
    panel = opened.workspace.versions
    opened.workspace.show_panel("versions")
    panel.name.setText("before")
    panel.keep()
    opened.settle()
    assert not panel.comparison.isVisible()
    chosen(opened, 0)
    assert panel.comparison.toPlainText() == "Nothing changed."
    written(opened, "Three words more.")
    chosen(opened, 0)
    text = panel.comparison.toPlainText()
    assert "3 words put in · 0 words taken out" in text
    assert text.endswith("Three words more.")
    assert opened.session.brief.sections[0].heading in text
    panel.restore.click()
    assert "Three words more." not in [b.markdown for _, b in opened.stored.blocks()]


def test_texts_are_compared_as_they_are_read_and_the_head_is_told(opened: Open) -> None:
    panel = opened.workspace.versions
    opened.workspace.show_panel("versions")
    section = opened.session.brief.sections[0].id
    hit = next(iter(opened.session.hits.values()))
    text = prose(f"They **agreed**.[@{hit.excerpt.id}]\n\n- one\n- two")
    stays = prose("The *same* words")
    opened.session.edit("Write", lambda brief: editing.add_blocks(brief, section, [text, stays]))
    opened.settle()
    panel.name.setText("first")
    panel.keep()
    opened.settle()

    def change(brief: Brief) -> Brief:
        changed = editing.write_prose(
            brief, text.id, f"They **never agreed**.[@{hit.excerpt.id}]\n\n- one\n- three"
        )
        changed = editing.mark(changed, section, "SECRET")
        changed = editing.mark(changed, text.id, "PROTECTED")
        return replace(
            changed,
            title="Other",
            audience="the Board",
            meeting_date="2026-03-01",
            marking="SECRET",
            numbering=HeadingNumbering.DECIMAL,
        )

    opened.session.edit("Change", change)
    opened.settle()
    chosen(opened, 0)
    told = panel.comparison.toPlainText()
    assert f"They never agreed. ({short_label(hit)})" in told
    assert "• twothree" in told.replace("threetwo", "twothree")
    assert not [sign for sign in ("[@", "**", "- one") if sign in told]
    for line in (
        "audience: ",
        " the Board",
        "2026-03-01",
        "title: ",
        " Other",
        "marking: none SECRET",
        "heading numbers: as the form has it 1, 1.1",
        "none PROTECTED",
    ):
        assert line in told, line


def test_other_emphasis_alone_is_told(opened: Open) -> None:
    panel = opened.workspace.versions
    opened.workspace.show_panel("versions")
    section, text = opened.session.brief.sections[0].id, prose("The *same* words")
    opened.session.edit("Write", lambda brief: editing.add_block(brief, section, text))
    panel.name.setText("first")
    opened.settle()
    panel.keep()
    opened.settle()
    opened.session.edit("Bold", lambda brief: editing.write_prose(brief, text.id, "The **same** words"))
    opened.settle()
    chosen(opened, 0)
    assert "The same words with other emphasis" in panel.comparison.toPlainText()


def test_two_versions_are_compared_with_each_other(opened: Open) -> None:
    panel = opened.workspace.versions
    opened.workspace.show_panel("versions")
    for name, text in (("one", "First."), ("two", "Second.")):
        written(opened, text)
        panel.name.setText(name)
        panel.keep()
        opened.settle()
    written(opened, "Third.")
    chosen(opened, 0, 1)
    text = panel.comparison.toPlainText()
    assert "1 word put in" in text
    assert "Second." in text
    assert "Third." not in text
    assert not panel.restore.isEnabled()
    panel.comparison.set_colours(opened.session.context.colours)
    assert panel.comparison.toPlainText() == text
