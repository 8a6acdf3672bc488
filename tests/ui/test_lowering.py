from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.lowering import annotate, change_source

SECRET, OFFICIAL = "uk-gscp/secret", "uk-gscp/official"


class Asked:
    """Answers in the place of the user, and keeps what was asked."""

    def __init__(self, *answers: tuple[str, bool]) -> None:
        self.answers, self.told = list(answers), list[str]()

    def __call__(self, _parent: QWidget, _title: str, told: str) -> tuple[str, bool]:
        self.told.append(told)
        return self.answers.pop(0)


def test_a_source_is_marked_lower_for_a_reason(
    context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(("Published since", False), ("  ", True), ("Published since", True))
    monkeypatch.setattr(QInputDialog, "getText", asked)
    parent = QWidget()
    qtbot.addWidget(parent)
    source = desk.collect.sources()[0]

    def marked() -> str | None:
        return desk.collect.source(source.id).source.marking

    change_source(parent, context, source, source)
    change_source(parent, context, source, replace(source, marking=SECRET))
    qtbot.waitUntil(lambda: marked() == SECRET)
    assert not asked.told, "raising is free"
    high = desk.collect.source(source.id).source
    change_source(parent, context, high, replace(high, marking=None))
    change_source(parent, context, high, replace(high, marking=OFFICIAL))
    assert marked() == SECRET, "neither was stored"
    change_source(parent, context, high, replace(high, marking=OFFICIAL))
    qtbot.waitUntil(lambda: marked() == OFFICIAL)
    assert "No marking is less than uk-gscp/secret" in asked.told[0]
    assert '"reason": "Published since"' in desk.record.of(source.id)[-1].what.replace('":"', '": "')


def test_an_excerpt_is_marked_lower_for_a_reason(
    context: Context, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", Asked(("", False), ("Published since", True)))
    parent = QWidget()
    qtbot.addWidget(parent)
    excerpt = desk.find.excerpts("", limit=1).hits[0].excerpt
    high = replace(excerpt, comment_marking=SECRET)
    assert annotate(parent, context, excerpt, high)
    qtbot.waitUntil(lambda: desk.find.excerpts("", limit=1).hits[0].excerpt.comment_marking == SECRET)
    assert not annotate(parent, context, high, excerpt)
    assert annotate(parent, context, high, excerpt)
    qtbot.waitUntil(lambda: not desk.find.excerpts("", limit=1).hits[0].excerpt.comment_marking)
