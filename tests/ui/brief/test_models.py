from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from briefer.domain import editing
from briefer.domain.briefs import Brief, Section
from briefer.domain.findings import Finding, Level, Waiver
from briefer.services.desk import Desk
from briefer.services.review import Reviewed
from briefer.ui.brief.brief_list import BriefsModel
from briefer.ui.brief.checks_panel import FindingRole, FindingsModel
from briefer.ui.brief.figures import figures
from briefer.ui.brief.mime import SECTION, carry
from briefer.ui.brief.outline_model import Badge, OutlineModel, OutlineRole
from briefer.ui.brief.subject_picker import SubjectsModel
from briefer.ui.brief.tray_model import TrayModel, TrayRole
from briefer.ui.brief.versions_panel import VersionsModel


def _watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def brief(desk: Desk, sample_brief: str) -> Brief:
    return desk.compose.brief(sample_brief)


def test_the_outline_follows_every_kind_of_change(brief: Brief, qtbot: QtBot) -> None:
    model = OutlineModel()
    tester = _watched(model)
    first, second = brief.sections[0].id, brief.sections[1].id
    states = [
        brief,
        editing.add_section(brief, Section("new", "New"), 2),
        editing.remove_section(brief, first),
        editing.move_section(brief, first, 4),
        editing.move_section(brief, brief.sections[5].id, 0),
        editing.change_section(brief, second, heading="Other", level=2),
        replace(brief, sections=brief.sections[3:6]),
        replace(brief, sections=()),
        brief,
    ]
    for state in states:
        for kind in (state, brief):
            model.show_brief(kind, figures(kind, {}), {}, {})
            shown = [model.index(i).data() for i in range(model.rowCount())]
            assert shown == [s.heading for s in kind.sections]
    del tester


def test_the_outline_asks_for_renaming_and_moving(brief: Brief, qtbot: QtBot) -> None:
    model = OutlineModel()
    model.show_brief(brief, figures(brief, {}), {brief.sections[0].id: 1}, {})
    with qtbot.waitSignal(model.rename_wanted) as renamed:
        assert model.setData(model.index(0), "  Ask ")
    assert renamed.args == [brief.sections[0].id, "Ask"]
    assert not model.setData(model.index(0), " ")
    data = carry(SECTION, brief.sections[0].id)
    with qtbot.waitSignal(model.move_wanted) as moved:
        model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    assert moved.args == [brief.sections[0].id, 3]
    found = (
        Finding("one", Level.AMBER, "A", brief.sections[0].id),
        Finding("two", Level.RED, "B", brief.sections[0].id),
    )
    model.show_findings((*found, Finding("three", Level.RED, "of the whole brief")))
    index = model.index(0)
    assert index.data(OutlineRole.BADGE) == Badge(2, red=True)
    assert model.index(1).data(OutlineRole.BADGE) is None
    assert index.data(OutlineRole.OVER) is True
    assert index.data(OutlineRole.WORDS).startswith("▲ ")
    assert index.data(OutlineRole.WORDS).endswith("/1 w")
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2 findings" in spoken
    assert "too long: at most 1" in spoken
    assert "of at most 1 words" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_other_lists(brief: Brief, desk: Desk, qtbot: QtBot) -> None:
    tray, findings, versions = TrayModel(), FindingsModel(), VersionsModel()
    briefs, subjects = BriefsModel(), SubjectsModel(desk.terms.vocabulary(), "en")
    testers = [_watched(m) for m in (tray, findings, versions, briefs, subjects)]
    page = desk.compose.candidates(brief.subjects)
    tray.show_hits(page.hits, desk.terms.vocabulary(), "en")
    tray.show_used(frozenset({page.hits[0].excerpt.id}))
    assert tray.index(0).data(TrayRole.USED) is True
    assert "used here" in tray.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    wrong = Finding("quote-altered", Level.RED, "Wrong", brief.sections[0].id)
    passed = Finding("no-marking", Level.AMBER, "Unmarked")
    waiver = Waiver("no-marking", "Unmarked", "For the file")
    findings.show_findings(Reviewed((wrong,), ((passed, waiver),)), brief)
    assert findings.index(0).data() == "Wrong"
    assert findings.index(1).data(FindingRole.PLACE) == "let pass: For the file"
    assert findings.index(1).data(FindingRole.WAIVER) == waiver
    versions.show_versions((desk.compose.save_version(brief.id, "first"),))
    assert "first" in versions.index(0).data()
    briefs.show_briefs(desk.compose.briefs(), {brief.form: "Meeting brief"})
    assert briefs.index(0, 1).data() == "Meeting brief"
    term = subjects.find("インド")
    assert term is not None
    assert term.key == "IN"
    del testers
