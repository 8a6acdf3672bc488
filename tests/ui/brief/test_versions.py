"""Versions of a brief: what changed since one, and going back to it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel

from briefer.domain import editing
from briefer.services.compose import prose
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
