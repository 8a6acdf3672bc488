"""The house template in the export dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from PySide6.QtWidgets import QFileDialog

from briefer.domain.templates import Casting, Reason, Role, TemplateWarning
from briefer.errors import InputError
from briefer.ui.brief.export.dialog import ExportDialog
from briefer.ui.brief.export.template_group import TemplateGroup, in_doubt
from briefer.ui.brief.export.template_words import reason_words, role_name, warning_words
from tests.ui.brief.conftest import Open

Look = Callable[[], None]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A template in which two styles could be that of quotations, and some others are missing."""
    document = Document()
    document.add_paragraph("{{ shoe size }}")
    for name in ("Quote long", "Quote short"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    path = tmp_path / "House.docx"
    document.save(str(path))
    return path


@pytest.fixture
def dialog(opened: Open, tmp_path: Path) -> ExportDialog:
    opened.workspace.export.ask_options()
    made = opened.workspace.export.dialog
    assert made is not None
    made.usual.target.folder.setText(str(tmp_path))
    opened.settle()
    return made


@pytest.fixture
def group(dialog: ExportDialog) -> TemplateGroup:
    dialog.template.open()
    return dialog.template


def _doubts(group: TemplateGroup) -> set[str]:
    assert group._report is not None
    return {casting.role.value for casting in group._report.castings if in_doubt(casting)}


def test_only_doubtful_styles_ask_for_a_decision(
    group: TemplateGroup, opened: Open, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not group.remove.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(house), ""))
    group.choose.click()
    opened.settle()
    assert group.file.text() == "House.docx"
    assert set(group.boxes) == _doubts(group)
    assert "quotation" in group.boxes
    assert "title" not in group.boxes
    assert group.told.text().startswith("▲")
    group.every.click()
    assert set(group.boxes) == {role.value for role in Role}


def test_a_decision_is_kept_for_the_template_wherever_it_lies(
    group: TemplateGroup, dialog: ExportDialog, opened: Open, house: Path, tmp_path: Path
) -> None:
    group.use(house)
    opened.settle()
    box = group.boxes["quotation"]
    row = box.findData("Quote short")
    assert row > 0
    box.setCurrentIndex(row)
    box.activated.emit(row)
    opened.settle()
    chosen = dialog.options
    assert chosen.template == house
    assert dict(chosen.template_styles)["quotation"] == "Quote short"
    assert "quotation" not in _doubts(group)
    moved = tmp_path / "Moved.docx"
    moved.write_bytes(house.read_bytes())
    group.use(None)
    without = dialog.options
    assert without.template is None
    assert without.template_styles == ()
    group.use(moved)
    opened.settle()
    assert dict(dialog.options.template_styles)["quotation"] == "Quote short"


def test_a_file_that_is_no_template_is_told_of_in_its_group(
    dialog: ExportDialog, opened: Open, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a Word file")
    dialog.template.use(broken)
    opened.settle()
    assert "broken.docx" in dialog.template.problem.text()
    assert dialog.template.problem.isVisible()
    dialog.export.click()
    opened.settle()
    assert dialog.isVisible()
    assert dialog.export.isEnabled()
    dialog.template.use(None)
    assert not dialog.template.problem.isVisible()


def test_a_refused_template_opens_its_group(dialog: ExportDialog) -> None:
    dialog.refuse(InputError("template-kind", name="x.docx", detail="it is a sheet"))
    assert dialog.template.problem.isVisible()


def test_only_word_documents_follow_a_template(dialog: ExportDialog, opened: Open, house: Path) -> None:
    dialog.template.use(house)
    opened.settle()
    dialog.usual.choose_format(".html")
    assert not dialog.template.choose.isEnabled()
    assert dialog.options.template is None
    assert dialog.options.template_styles == ()


def test_what_the_template_lacks_is_said_after_the_export(
    dialog: ExportDialog, opened: Open, house: Path, tmp_path: Path
) -> None:
    dialog.template.use(house)
    opened.settle()
    assert dialog.template.warnings.text() == "The field shoe size is not known, and stays as it is."
    with opened.qtbot.waitSignal(opened.workspace.export.exported, timeout=20_000):
        dialog.export.click()
    bar = opened.workspace._exported
    assert bar.warnings.isVisible()
    assert "▲ The template has no style for" in bar.warnings.text()
    assert len(list(tmp_path.glob("Meeting brief*.docx"))) == 1
    bar.tell(house, ("one",) * 6)
    assert "and 2 more" in bar.warnings.text()
    bar.tell(house)
    assert not bar.warnings.isVisible()


def test_roles_and_reasons_have_words() -> None:
    assert len({role_name(role) for role in Role}) == len(Role)
    assert len({reason_words(reason) for reason in Reason}) == len(Reason)
    told = warning_words(TemplateWarning("template-role-added", (("role", "quotation"),)))
    assert told == "The template has no style for Quotation; Briefer's own is added."


def test_a_guess_by_its_name_alone_is_in_doubt_where_there_are_others() -> None:
    assert in_doubt(Casting(Role.QUOTATION, "Quote long", Reason.NAME, ("Quote short",)))
    assert not in_doubt(Casting(Role.QUOTATION, "Quote long", Reason.NAME))
    assert in_doubt(Casting(Role.SOURCE, None, Reason.ADDED))
    assert not in_doubt(Casting(Role.CODE, None, Reason.ADDED))
    assert not in_doubt(Casting(Role.TITLE, "Title", Reason.BUILT_IN, ("Big title",)))
