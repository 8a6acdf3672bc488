"""The editor of forms: what is Briefer's is only read, faults stand by their fields, a new brief uses a form at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox
from pytestqt.qtbot import QtBot

from briefer.domain.forms import TYPES, Each, Fill, Form, SectionForm, Variant, id_from
from briefer.domain.tags import TagKind
from briefer.services.desk import Desk
from briefer.services.forms import Forms
from briefer.ui.brief.new_brief_dialog import NewBriefDialog
from briefer.ui.context import Context
from briefer.ui.forms import FormsDialog
from briefer.ui.forms.editor import Choices, FormDialog
from briefer.ui.forms.words import needs, section_types

OWN = Form(
    "desk-note", "Desk note", sections=(SectionForm("ask", "Point"), SectionForm("background", "Facts"))
)


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, settle: Callable[[], None]) -> FormsDialog:
    made = FormsDialog(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def edited(qtbot: QtBot, form: Form, *taken: str, read_only: bool = False) -> FormDialog:
    choices = Choices(("chicago-notes", "apa"), ())
    made = FormDialog(form, choices, taken=(*taken, form.id), read_only=read_only)
    qtbot.addWidget(made)
    return made


def choose(dialog: FormsDialog, form_id: str) -> None:
    row = next(
        n for n in range(dialog.list.count()) if dialog.list.item(n).data(Qt.ItemDataRole.UserRole) == form_id
    )
    dialog.list.setCurrentRow(row)


def open_form(dialog: FormsDialog) -> FormDialog:
    found = [child for child in dialog.findChildren(FormDialog) if child.isVisible()]
    return found[-1]


def test_the_types_of_section_all_have_a_name() -> None:
    assert {name for name, _words in section_types()} == TYPES


def test_every_form_of_briefer_comes_back_as_it_was(qtbot: QtBot, desk: Desk) -> None:
    for form in desk.forms.all():
        shown = edited(qtbot, form)
        assert shown.wanted == form
        assert shown.keep is not None
        assert shown.keep.isEnabled()
        for row in range(len(form.sections)):
            shown.sections.list.setCurrentRow(row)
            shown.sections.fields.changed.emit()
        assert shown.wanted == form


def test_fields_change_the_form(qtbot: QtBot) -> None:
    shown = edited(qtbot, OWN)
    general, part = shown.general, shown.sections.fields
    for fields, name, value in (
        (general, "name_ja", "机上用"),
        (general, "variants", "uk, United Kingdom, 英国\nus\nuk, again"),
        (part, "heading_en", "The ask"),
        (part, "prompt_en", "What is asked?"),
    ):
        widget = fields.widget(name)
        assert isinstance(widget, QLineEdit | QPlainTextEdit)
        widget.setText(value) if isinstance(widget, QLineEdit) else widget.setPlainText(value)
    subjects, budget, each, filled = (
        general.widget("subjects"), general.widget("page_budget"), part.widget("each"), part.widget("fill")
    )  # fmt: skip
    assert isinstance(subjects, QComboBox)
    subjects.setCurrentIndex([kinds for kinds, _words in needs()].index((TagKind.RISK,)))
    assert isinstance(budget, QSpinBox)
    budget.setValue(2)
    for widget, place in ((each, list(Each).index(Each.RISK)), (filled, list(Fill).index(Fill.EXCERPTS))):
        assert isinstance(widget, QComboBox)
        widget.setCurrentIndex(place)
    limit, required = part.widget("word_limit"), part.widget("required")
    assert isinstance(limit, QSpinBox)
    limit.setValue(80)
    assert isinstance(required, QCheckBox)
    required.setChecked(True)
    named = part.widget("headings.uk")
    assert isinstance(named, QLineEdit)
    named.setText("Recommendation")
    assert shown.wanted == replace(
        OWN,
        name_ja="机上用",
        subjects=(TagKind.RISK,),
        page_budget=2,
        variants=(Variant("uk", "United Kingdom", "英国"), Variant("us", "us")),
        sections=(
            SectionForm(
                "ask", "The ask", each=Each.RISK, fill=Fill.EXCERPTS, word_limit=80, required=True,
                prompt_en="What is asked?", headings={"uk": "Recommendation"},
            ),
            OWN.sections[1],
        ),
    )  # fmt: skip


def test_faults_stand_by_their_fields_and_nothing_is_kept_with_one(qtbot: QtBot) -> None:
    shown = edited(qtbot, replace(OWN, id=""), "desk-note")
    assert shown.keep is not None
    shown.show()
    name, grade = shown.general.widget("name_en"), shown.general.widget("least_grade")
    identifier = shown.general.widget("id")
    assert isinstance(name, QLineEdit)
    assert isinstance(grade, QLineEdit)
    assert isinstance(identifier, QLineEdit)
    assert identifier.isEnabled()
    assert shown.wanted.id == "desk-note-2"
    name.clear()
    grade.setText("Z9")
    identifier.setText("Not an id!")
    assert name.accessibleDescription() == "A form needs a name."
    assert grade.accessibleDescription() == "A letter A to F, and perhaps a figure 1 to 6."
    assert identifier.accessibleDescription().startswith("Small letters")
    assert not shown.keep.isEnabled()
    name.setText("Desk note")
    grade.clear()
    identifier.setText("desk-note")
    assert identifier.accessibleDescription() == "Another form has this id."
    identifier.setText("other-note")
    shown.sections.list.setCurrentRow(1)
    heading = shown.sections.fields.widget("heading_en")
    assert isinstance(heading, QLineEdit)
    heading.setText(" ")
    assert heading.accessibleDescription() == "A section needs a heading."
    assert shown.sections.list.item(1).text().startswith("▲ 2. ")
    assert "1 fault" in shown.told.text()
    heading.setText("Facts")
    assert shown.told.text() == ""
    assert shown.keep.isEnabled()


def test_sections_are_added_moved_and_removed_by_keys(qtbot: QtBot) -> None:
    shown = edited(qtbot, OWN)
    shown.tabs.setCurrentWidget(shown.sections)
    with qtbot.waitExposed(shown):
        shown.show()
    rows = shown.sections.list
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Insert)
    assert [s.heading_en for s in shown.wanted.sections] == ["Point", "New section", "Facts"]
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [s.heading_en for s in shown.wanted.sections] == ["Point", "Facts", "New section"]
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert [s.heading_en for s in shown.wanted.sections] == ["Point", "Facts"]
    for _section in OWN.sections:
        qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert shown.wanted.sections == ()
    assert "A form needs at least one section." in shown.told.text()
    assert not shown.sections.fields.isVisible()


def test_what_is_only_read_cannot_be_changed(qtbot: QtBot) -> None:
    shown = edited(qtbot, OWN, read_only=True)
    assert shown.keep is None
    assert not shown.general.isEnabled()
    shown.show()
    shown.sections.list.setFocus()
    qtbot.keyClick(shown.sections.list, Qt.Key.Key_Delete)
    assert shown.wanted == OWN


def test_a_form_is_made_changed_and_deleted_and_undo_brings_it_back(
    dialog: FormsDialog, qtbot: QtBot, desk: Desk, context: Context, settle: Callable[[], None]
) -> None:
    choose(dialog, "submission")
    assert dialog.buttons["edit"].text() == "&Look at…"
    assert not dialog.buttons["remove"].isEnabled()
    dialog.edit()
    assert open_form(dialog).keep is None
    open_form(dialog).reject()
    qtbot.keyClick(dialog.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    copy = open_form(dialog)
    assert copy.wanted.id == "submission-2"
    name = copy.general.widget("name_en")
    assert isinstance(name, QLineEdit)
    name.setText("Short submission")
    copy.accept()
    settle()
    assert desk.forms.get("submission-2").name_en == "Short submission"
    assert dialog.chosen is not None
    assert dialog.chosen.id == "submission-2"
    assert dialog.buttons["edit"].text() == "&Edit…"
    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    settle()
    assert desk.forms.find("submission-2") is None
    context.undo()
    settle()
    assert desk.forms.get("submission-2").name_en == "Short submission"
    dialog.add()
    made = open_form(dialog)
    name = made.general.widget("name_en")
    assert isinstance(name, QLineEdit)
    name.setText("Desk note")
    made.accept()
    settle()
    assert desk.forms.get("desk-note").sections[0].type == "background"


def test_forms_are_exchanged_as_files_and_faults_told_with_their_line(
    dialog: FormsDialog, desk: Desk, tmp_path: Path, settle: Callable[[], None]
) -> None:
    choose(dialog, "submission")
    file = tmp_path / "form.json"
    dialog.export_form(file)
    settle()
    form = Forms.read(file.read_text("utf-8"), file.name)
    assert form == desk.forms.get("submission")
    file.write_text(Forms.text(replace(form, id="ours", name_en="Ours")), "utf-8")
    dialog.import_form(file)
    settle()
    assert desk.forms.get("ours").name_en == "Ours"
    assert dialog.chosen is not None
    assert dialog.chosen.id == "ours"
    file.write_text('{"id": "ours",\n "name_en": "Ours",\n "page_budget": "two"}', "utf-8")
    dialog.import_form(file)
    settle()
    assert "line 3" in dialog.told.text()
    file.write_bytes(b"\xff\xfe\x00")
    dialog.import_form(file)
    settle()
    assert "UTF-8" in dialog.told.text()
    dialog.import_form(tmp_path / "nowhere.json")
    settle()
    assert "nowhere.json" in dialog.told.text()
    dialog.export_form(tmp_path / "no" / "folder.json")
    settle()
    assert "folder.json" in dialog.told.text()


def test_a_new_brief_uses_a_new_form_at_once(
    qtbot: QtBot, context: Context, desk: Desk, settle: Callable[[], None]
) -> None:
    asking = NewBriefDialog(context, desk)
    qtbot.addWidget(asking)
    asking.show()
    settle()
    asking.edit_forms.click()
    (listed,) = asking.findChildren(FormsDialog)
    settle()
    context.change(lambda: desk.forms.save(OWN))
    settle()
    assert asking.form.findData("desk-note") >= 0
    assert asking.form.currentData() == "meeting-brief"
    asking.form.setCurrentIndex(asking.form.findData("desk-note"))
    settle()
    assert asking.wanted.form == "desk-note"
    listed.reject()


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Desk note", (), "desk-note"),
        ("Desk note", ("desk-note", "desk-note-2"), "desk-note-3"),
        ("机上用", (), "form"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, taken: tuple[str, ...], expected: str) -> None:
    assert id_from(name, taken) == expected


def test_a_new_brief_is_made_by_keys(
    qtbot: QtBot, context: Context, desk: Desk, settle: Callable[[], None]
) -> None:
    asking = NewBriefDialog(context, desk)
    qtbot.addWidget(asking)
    with qtbot.waitExposed(asking):
        asking.show()
    asking.form.setCurrentIndex(asking.form.findData("one-page-note"))
    settle()
    qtbot.waitUntil(asking.make.isEnabled)
    with qtbot.waitSignal(asking.accepted):
        qtbot.keyClick(asking, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
