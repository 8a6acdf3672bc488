"""The editor's numbers of headings are those of the exported document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from briefer.domain import editing
from briefer.domain.briefs import Brief
from briefer.domain.documents import HeadingNumbering
from briefer.domain.form_parts import numbering_of, usual_options
from briefer.export.headings import outline
from briefer.services.compose import prose
from briefer.services.kept import Proof
from briefer.ui.brief.numbering import Numbering
from briefer.ui.brief.outline_model import OutlineRole
from briefer.ui.brief.rows import HeadingRow
from tests.ui.brief.conftest import Open


def _exported(opened: Open) -> dict[str, str]:
    """Return the numbers of sections in an export by the brief's own settings."""
    brief, desk = opened.stored, opened.session.desk
    document = desk.publish.document(brief.id, usual_options(brief, desk.forms.find(brief.form)))
    own = {section.id for section in brief.sections}
    return {entry.place: entry.number for entry in outline(document) if entry.place in own}


def _number(opened: Open, numbering: HeadingNumbering) -> None:
    """Choose how headings are numbered, in the menu of the outline."""
    menu = opened.workspace.outline.menu()
    numbers = next(one for one in menu.findChildren(QMenu) if one.title() == "Heading numbers")
    ways: list[QAction] = numbers.actions()
    assert sum(way.isChecked() for way in ways) == 1
    ways[list(HeadingNumbering).index(numbering)].trigger()
    opened.settle()


def _stored(opened: Open) -> str:
    return str(opened.stored.numbering or "")


def _shown(opened: Open) -> dict[str, str]:
    rows = [row for row in opened.rows() if isinstance(row, HeadingRow)]
    return {row.key.id: row._number.text() for row in rows if row._number.text()}


def test_numbers_chosen_for_a_brief_stand_in_editor_outline_and_export(opened: Open) -> None:
    for numbering in (HeadingNumbering.JAPANESE, HeadingNumbering.DECIMAL):
        _number(opened, numbering)
        assert _stored(opened) == numbering
        assert dict(opened.session.numbers) == _exported(opened) != {}
        assert _shown(opened).items() <= opened.session.numbers.items()
        model = opened.workspace.outline.model
        told = [model.index(row).data(OutlineRole.NUMBER) for row in range(model.rowCount())]
        assert told == [opened.session.numbers.get(s.id, "") for s in opened.session.brief.sections]
    opened.undo()
    assert _stored(opened) == "japanese"
    _number(opened, HeadingNumbering.NONE)
    assert _stored(opened) == "", "as the form has it"
    assert _shown(opened) == {}


def test_empty_sections_have_no_number_until_something_stands_in_them(opened: Open) -> None:
    def with_empty(brief: Brief) -> Brief:
        return replace(brief, sections=(replace(brief.sections[0], blocks=()), *brief.sections[1:]))

    opened.session.edit("Empty it", with_empty)
    _number(opened, HeadingNumbering.DECIMAL)
    first, second = (section.id for section in opened.session.brief.sections[:2])
    assert dict(opened.session.numbers) == _exported(opened)
    assert first not in opened.session.numbers
    assert opened.session.numbers[second] == "1"
    model = opened.workspace.outline.model
    assert "exports leave it out" in str(model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert "left out of exports" in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    text = prose("Now it says something.\n\n## With a heading\n\nAnd more.")
    opened.session.edit("Write", lambda brief: editing.add_block(brief, first, text))
    assert opened.session.numbers[first] == "1"
    assert _shown(opened)[second] == "2"
    assert dict(opened.session.numbers) == _exported(opened)
    opened.session.write(text.id, " ")
    assert _shown(opened)[second] == "1"


def test_the_preview_bears_the_numbers_of_the_editor(opened: Open) -> None:
    publish = opened.session.desk.publish
    proof = Proof()
    plain = publish.pieces(opened.stored, proof)
    _number(opened, HeadingNumbering.DECIMAL)
    numbered = publish.pieces(opened.stored, proof)
    first, *_rest = opened.session.brief.sections
    told = f"1\u2003{first.heading}"
    assert any(told in piece.html for piece in numbered.pieces)
    assert not any(told in piece.html for piece in plain.pieces)


def test_a_text_is_read_for_headings_once(opened: Open) -> None:
    _number(opened, HeadingNumbering.DECIMAL)
    brief, form = opened.stored, opened.session.form
    text = prose("# One\n\n- a list\n\nTwo\n---\n\n#hash")
    brief = editing.add_block(brief, brief.sections[0].id, text)

    class Markup:
        read = 0

        def blocks(self, markdown: str, anchor: str = "") -> object:
            self.read += 1
            return opened.session.desk.markup.blocks(markdown, anchor)

    markup = Markup()
    numbering = Numbering(markup)  # type: ignore[arg-type]
    assert numbering.numbers(brief, form) == numbering.numbers(replace(brief, title="Other"), form)
    assert markup.read == 1


def test_numbers_chosen_at_export_are_the_briefs(opened: Open, tmp_path: Path) -> None:
    button = opened.workspace.export
    button.ask_options()
    assert button.dialog is not None
    layout = button.dialog.layout_group
    assert layout.numbering.currentData() == numbering_of(opened.session.brief, opened.session.form)
    layout.numbering.setCurrentIndex(layout.numbering.findData(HeadingNumbering.JAPANESE))
    button.export(tmp_path / "out.md", button.dialog.options)
    opened.settle()
    assert _stored(opened) == "japanese"
    assert "第1" in (tmp_path / "out.md").read_text(encoding="utf-8")
    assert dict(opened.session.numbers) == _exported(opened)
    assert str(button.last.options.numbering) == "japanese"
    _number(opened, HeadingNumbering.DECIMAL)
    assert str(button.last.options.numbering) == "decimal", "one setting, wherever it is chosen"
