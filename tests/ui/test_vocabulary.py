from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from briefer.domain.tags import TagKind
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.vocabulary.dialog import VocabularyDialog


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> VocabularyDialog:
    made = VocabularyDialog(context)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_term_is_found_by_one_of_its_words_and_changed(
    qtbot: QtBot, dialog: VocabularyDialog, context: Context, desk: Desk
) -> None:
    dialog.search.setText("supply chain")
    assert dialog.model.rowCount() >= 1
    row = dialog.model.row_of(TagKind.RISK, "supply-chain")
    dialog.table.selectRow(row)
    assert dialog.form.key.text() == "supply-chain"
    assert dialog.form.key.isReadOnly()
    dialog.form.label_en.setText("Supply lines")
    with qtbot.waitSignal(context.vocabulary_changed):
        dialog.form.save.click()
    term = desk.terms.vocabulary().find(TagKind.RISK, "supply-chain")
    assert term
    assert term.label_en == "Supply lines"
    assert term.words_en


def test_a_new_term_needs_key_and_name(
    qtbot: QtBot, dialog: VocabularyDialog, context: Context, desk: Desk
) -> None:
    dialog.add.click()
    dialog.form.key.setText("two words")
    dialog.form.save.click()
    assert "short name" in dialog.form._objection.text()
    dialog.form.key.setText("drones")
    dialog.form.save.click()
    assert "English name" in dialog.form._objection.text()
    dialog.form.label_en.setText("Drones")
    dialog.form.words_en.setPlainText("drone\nunmanned aircraft\n")
    with qtbot.waitSignal(context.vocabulary_changed):
        dialog.form.save.click()
    term = desk.terms.vocabulary().find(TagKind.RISK, "drones")
    assert term
    assert term.words_en == ("drone", "unmanned aircraft")
    with qtbot.waitSignal(context.vocabulary_changed):
        dialog.form.remove.click()
    assert desk.terms.vocabulary().find(TagKind.RISK, "drones") is None


def test_the_table_goes_out_and_in(
    qtbot: QtBot, dialog: VocabularyDialog, context: Context, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "words.csv"
    dialog.export_table(path)
    qtbot.waitUntil(lambda: "words.csv" in dialog.told.text())
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Supply chain", "Supply lines"), encoding="utf-8")
    with qtbot.waitSignal(context.vocabulary_changed):
        dialog.import_table(path)
    assert "taken in" in dialog.told.text()
    path.write_text("kind,key\nrisk,x\n", encoding="utf-8")
    dialog.import_table(path)
    qtbot.waitUntil(lambda: "column label_en is missing" in dialog.told.text())
    path.write_bytes(b"\xff\xfe\xfa")
    dialog.import_table(path)
    assert "UTF-8" in dialog.told.text()
