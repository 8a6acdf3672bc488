"""The choices of an export: shown, remembered by form, and refused beside their field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import USUAL, Annex, ExportOptions, Live, NotesAt, SourceOrder
from briefer.domain.form_parts import usual_options
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.ui.brief.export.dialog import ExportDialog
from briefer.ui.brief.export.memory import ExportMemory, LastExport
from briefer.ui.brief.export.words import Names, effective, idle, summary
from briefer.ui.settings import Settings
from tests.ui.brief.conftest import Open

EVERYTHING = ExportOptions(
    style="apa",
    language="ja",
    notes=NotesAt.END,
    live=Live.ZOTERO,
    source_order=SourceOrder.TYPE,
    wire=True,
    accessed=True,
    archived=True,
    originals=True,
    contents=True,
    numbering=HeadingNumbering.JAPANESE,
    numbered=True,
    portions=True,
    annexes=(Annex.COVERAGE, Annex.SOURCES),
    draft=True,
    handling=("Eyes of the minister", "大臣限り"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


@pytest.fixture
def dialog(opened: Open, folder: Path) -> Callable[[], ExportDialog]:
    """Open the dialog by its key, with a folder of the test in it."""

    def show() -> ExportDialog:
        button = opened.workspace.export
        opened.page.activateWindow()
        opened.qtbot.waitUntil(opened.page.isActiveWindow)
        opened.press(
            opened.workspace,
            Qt.Key.Key_E,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        opened.qtbot.waitUntil(lambda: button.dialog is not None)
        made = button.dialog
        assert made is not None
        opened.settle()
        made.usual.target.folder.setText(str(folder))
        opened.settle()
        return made

    return show


def test_everything_that_can_be_chosen_is_shown_and_given_back(
    dialog: Callable[[], ExportDialog], opened: Open
) -> None:
    shown = dialog()
    assert shown.options == USUAL
    assert not shown.restore.isEnabled()
    shown._take(EVERYTHING)
    shown._follow()
    assert shown.chosen.options == EVERYTHING
    assert shown.restore.isEnabled()
    shown.restore.click()
    assert shown.chosen.options == USUAL
    assert shown.told.text() == "All as usual."
    opened.settle()


def test_an_export_is_made_and_its_choices_are_kept_for_the_form(
    dialog: Callable[[], ExportDialog], opened: Open, folder: Path
) -> None:
    shown = dialog()
    shown.usual.notes.setCurrentIndex(1)
    shown.citations.wire.click()
    shown.markings.copy.setText("2 of 5")
    shown.usual.target.name.setText("Mine.docx")
    with opened.qtbot.waitSignal(opened.workspace.export.exported, timeout=20_000):
        opened.qtbot.mouseClick(shown.export, Qt.MouseButton.LeftButton)
    assert [path.name for path in folder.iterdir()] == ["Mine.docx"]
    assert opened.workspace.export.dialog is None
    last = opened.workspace.export.last
    assert last == LastExport(".docx", str(folder), replace(USUAL, notes=NotesAt.END, wire=True))
    again = dialog()
    assert again.chosen.options == last.options
    assert "endnotes" in again.told.text()


def test_a_click_exports_as_was_chosen_last(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, memory = opened.workspace.export, ExportMemory(opened.session.context.settings)
    memory.keep(opened.session.brief.form, LastExport(".md", str(folder), replace(USUAL, style="apa")))
    button._name()
    assert button.text() == "Export to Markdown"
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        asked.append(name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with opened.qtbot.waitSignal(button.exported, timeout=20_000):
        opened.press(opened.workspace, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (written,) = folder.iterdir()
    assert asked == [str(written)]
    assert "[^1]" not in written.read_text("utf-8")


def test_what_means_nothing_in_a_format_is_disabled_with_its_reason(
    dialog: Callable[[], ExportDialog], opened: Open
) -> None:
    shown = dialog()
    shown.citations.live.button(1).setChecked(True)
    shown.usual.choose_format(".md")
    assert not shown.usual.notes.isEnabled()
    assert "no pages" in shown.usual.notes.toolTip()
    assert not shown.citations.live.button(1).isEnabled()
    assert shown.options.live == Live.NONE
    assert shown.chosen.options.live == Live.ZOTERO
    shown.usual.choose_format(".docx")
    assert shown.usual.notes.isEnabled()
    assert shown.usual.notes.toolTip() == ""
    row = shown.usual.style_chooser.box.findData("apa")
    shown.usual.style_chooser.box.setCurrentIndex(row)
    assert "cites in the text" in shown.usual.notes.toolTip()
    opened.settle()


def test_a_form_has_usual_choices_of_its_own(desk: Desk) -> None:
    (brief,) = desk.compose.briefs()
    own = desk.compose.brief(brief.id)
    usual = {form.id: usual_options(own, form) for form in desk.forms.all()}
    assert usual["meeting-brief"] == USUAL
    japanese = usual["japanese-meeting-pack"]
    assert japanese.numbering is HeadingNumbering.JAPANESE
    assert summary(japanese, japanese, Names()) == "All as usual."
    assert "headings without numbers" in summary(
        replace(japanese, numbering=USUAL.numbering), japanese, Names()
    )
    assert usual_options(own, None) == USUAL


def test_talking_points_have_no_apparatus() -> None:
    left = effective(replace(EVERYTHING, copy="1"), idle(".txt", spoken=True))
    assert left == replace(
        USUAL,
        style="apa",
        language="ja",
        numbering=HeadingNumbering.JAPANESE,
        numbered=True,
        originals=True,
        portions=True,
        draft=True,
        copy="1",
        handling=EVERYTHING.handling,
    )
    assert summary(left, USUAL, Names("APA")).startswith("Other than usual: APA · 日本語 · originals")
    assert set(idle(".txt")) == {"live", "template", "template_styles", "notes", "contents"}
    assert idle(".docx", spoken=True) == {}


def test_a_style_is_found_by_a_part_of_its_name_and_shown_by_example(
    dialog: Callable[[], ExportDialog], opened: Open
) -> None:
    chooser = dialog().usual.style_chooser
    opened.qtbot.waitUntil(lambda: bool(chooser.sample.text()))
    before = chooser.sample.text()
    chooser.box.line.selectAll()
    opened.qtbot.keyClicks(chooser.box.line, "oscol")
    opened.press(chooser.box.line, Qt.Key.Key_Return)
    assert chooser.name == "oscola"
    assert chooser.box.line.text().endswith("oscola")
    opened.qtbot.waitUntil(lambda: chooser.sample.text() != before)
    assert opened.workspace.export.dialog is not None, "Return in the field has exported"
    chooser.box.line.setText("no such thing")
    opened.press(chooser.box.line, Qt.Key.Key_Return)
    assert chooser.name == "oscola"
    assert "oscola" in chooser.box.line.text()


def test_a_style_of_ones_own_is_added_and_one_that_fails_is_told_of(
    dialog: Callable[[], ExportDialog], opened: Open, tmp_path: Path
) -> None:
    chooser = dialog().usual.style_chooser
    broken, house = tmp_path / "broken.csl", tmp_path / "house-of-tests.csl"
    broken.write_text("<style>\n<oh></style>", "utf-8")
    chooser.add_file(broken)
    opened.settle()
    assert "line 2" in chooser.problem.text()
    assert chooser.problem.isVisible()
    assert chooser.name == "chicago-notes"
    house.write_text(_STYLE, "utf-8")
    chooser.add_file(house)
    try:
        opened.qtbot.waitUntil(lambda: chooser.name == "house-of-tests")
        opened.settle()
        assert not chooser.problem.isVisible()
        assert "(your own)" in chooser.box.currentText()
        assert chooser.title == "House of tests"
    finally:
        opened.session.desk.styles.remove("house-of-tests")


def test_a_style_that_is_gone_gives_way_to_the_usual_one(
    dialog: Callable[[], ExportDialog], opened: Open
) -> None:
    memory = ExportMemory(opened.session.context.settings)
    memory.keep(opened.session.brief.form, LastExport(options=replace(USUAL, style="left-the-house")))
    chooser = dialog().usual.style_chooser
    assert chooser.name == "chicago-notes"
    assert "left-the-house" in chooser.problem.text()


def test_a_refused_export_is_told_beside_its_field_and_loses_nothing(
    dialog: Callable[[], ExportDialog], opened: Open, folder: Path
) -> None:
    shown = dialog()
    shown.usual.target.folder.setText(str(folder / "missing"))
    shown.layout_group.contents.click()
    shown.export.click()
    opened.settle()
    assert shown.isVisible()
    assert "cannot be written" in shown.usual.target.problem.text()
    assert shown.export.isEnabled()
    assert shown.options.contents
    assert opened.workspace.export.last == LastExport()


@pytest.mark.parametrize(
    ("code", "data", "where"),
    [
        ("style-fails", {"name": "x", "detail": "y"}, "style"),
        ("export-format", {"name": "x.xyz", "known": ".docx"}, "format"),
        ("pdf-no-japanese", {"fonts": "Noto Serif CJK JP"}, "format"),
        ("export-unwritable", {"name": "x", "detail": "disk full"}, "target"),
        ("quote-altered", {"section": "x", "quote": "y"}, "foot"),
    ],
)
def test_errors_stand_beside_what_they_are_about(
    dialog: Callable[[], ExportDialog], code: str, data: dict[str, str], where: str
) -> None:
    shown = dialog()
    places = {
        "style": shown.usual.style_chooser.problem,
        "format": shown.usual.format_problem,
        "target": shown.usual.target.problem,
        "foot": shown.problem,
    }
    shown.refuse(InputError(code, **data))
    assert [name for name, label in places.items() if label.text()] == [where]
    assert places[where].isVisible()


def test_names_that_no_file_can_have_are_refused_while_they_are_typed(
    dialog: Callable[[], ExportDialog], opened: Open, folder: Path
) -> None:
    shown = dialog()
    target = shown.usual.target
    for wrong in ("", " . ", "a/b", "what?"):
        target.name.setText(wrong)
        assert not shown.export.isEnabled()
        assert target.problem.isVisible()
    target.name.setText("brief")
    assert shown.export.isEnabled()
    target.folder.setText("somewhere")
    assert not shown.export.isEnabled()
    target.folder.setText(str(folder))
    (folder / "brief.docx").write_bytes(b"before")
    target.name.setText("brief.DOCX")
    assert target.path == folder / "brief.docx"
    opened.qtbot.waitUntil(lambda: "there already" in target._there.text())


def test_all_is_within_reach_of_the_keyboard(dialog: Callable[[], ExportDialog], opened: Open) -> None:
    shown = dialog()
    shown.activateWindow()
    opened.qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.usual.format)
    seen = []
    for _step in range(60):
        widget = QApplication.focusWidget()
        if widget is None or widget in seen:
            break
        seen.append(widget)
        if widget is shown.citations.head and not shown.citations.head.isChecked():
            opened.press(widget, Qt.Key.Key_Space)
        opened.press(widget, Qt.Key.Key_Tab)
    wanted = (
        shown.usual.target.name,
        shown.usual.language,
        shown.citations.wire,
        shown.markings.head,
        shown.export,
    )
    assert [w for w in wanted if w not in seen] == []
    cancel = shown.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert seen.index(shown.export) + 1 == seen.index(cancel)


def test_what_was_kept_and_cannot_be_read_counts_as_the_usual(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    memory = ExportMemory(settings)
    assert memory.last("meeting-brief") == LastExport()
    options = replace(EVERYTHING, template=Path("/t/house.dotx"), numbering=HeadingNumbering.NONE)
    kept = LastExport(".odt", "/a, b/ü", options)
    memory.keep("meeting-brief", kept)
    assert ExportMemory(Settings(tmp_path / "settings.ini")).last("meeting-brief") == kept
    settings.keep_note("export/meeting-brief", '{"suffix": 3}')
    assert memory.last("meeting-brief") == LastExport()
    settings.keep_note("export/meeting-brief", "{")
    assert memory.last("meeting-brief") == LastExport()
    memory.keep_styles("ab12", {"title": "Titel"})
    assert memory.styles("ab12") == {"title": "Titel"}
    assert memory.styles("ffff") == {}


_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>House of tests</title><id>house-of-tests</id></info>
<citation><layout suffix="."><text variable="title"/></layout></citation>
</style>"""
