from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError, UsageError
from briefer.services import bulk
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk

IN, CYBER, FREE = parse_tag("partner:IN"), parse_tag("risk:cyber"), parse_tag("free:ports")
QUOTES = ("hold spare parts", "eight months", "supply chain for sensors")


@pytest.fixture
def ids(desk: Desk, port: Source, cable: Source, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Four excerpts of two sources, worked on two at a time."""
    monkeypatch.setattr(bulk, "_AT_ONCE", 2)
    monkeypatch.setattr(bulk, "_SOURCES_AT_ONCE", 1)
    made = [desk.curate.mark_quote(port.id, quote, tags=[IN])[0].id for quote in QUOTES]
    return [*made, desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=[CYBER])[0].id]


def tags(desk: Desk, excerpt_ids: list[str]) -> list[str]:
    with desk.library.read() as work:
        found = work.excerpts.get_many(excerpt_ids)
    return [" ".join(map(str, found[i].tags)) for i in excerpt_ids]


def test_many_are_tagged_and_untagged_and_undone_in_one_step(desk: Desk, ids: list[str]) -> None:
    before = tags(desk, ids)
    seen: list[tuple[int, int]] = []
    change = desk.bulk.tag(ids, [FREE], [IN], lambda done, of, _name: seen.append((done, of)))
    assert seen == [(2, 4), (4, 4)]
    assert tags(desk, ids) == ["free:ports"] * 3 + ["free:ports risk:cyber"]
    assert desk.find.excerpts("free:ports", limit=0).total == 4
    assert set(change.ids) == set(ids)
    assert change.inverse
    back = change.inverse()
    assert tags(desk, ids) == before
    assert back.inverse
    back.inverse()
    assert tags(desk, ids)[0] == "free:ports"


def test_only_what_changes_is_written(desk: Desk, ids: list[str]) -> None:
    assert desk.bulk.tag(ids, [CYBER]).ids == tuple(ids[:3])
    assert desk.bulk.tag(ids, [CYBER]).inverse is None
    assert desk.bulk.tag(["no-such-id"], [CYBER]).ids == ()


def test_stopped_work_stays_and_can_be_undone(desk: Desk, ids: list[str]) -> None:
    calls = iter([False, True])
    change = desk.bulk.tag(ids, [FREE], stopped=lambda: next(calls))
    assert [text.startswith("free:") for text in tags(desk, ids)] == [True, True, False, False]
    assert change.inverse
    change.inverse()
    assert not any(text.startswith("free:") for text in tags(desk, ids))


def test_an_error_leaves_nothing_behind(desk: Desk, ids: list[str]) -> None:
    def fail(done: int, _all: int, _name: str) -> None:
        if done == 4:
            raise InputError("not-found", kind="excerpt", id="x", listing="search")

    before = tags(desk, ids)
    with pytest.raises(InputError):
        desk.bulk.tag(ids, [FREE], progress=fail)
    assert tags(desk, ids) == before
    with pytest.raises(UsageError, match="cybr"):
        desk.bulk.tag(ids, [parse_tag("risk:cybr")])


def test_excerpts_are_added_to_a_brief_once(desk: Desk, ids: list[str]) -> None:
    brief, _ = desk.compose.create(NewBrief("meeting-brief", (IN,)))
    present = brief.excerpt_ids()
    section = brief.sections[0]
    change = desk.bulk.add_to_brief(ids, brief.id, section.id)
    (changed, *_rest) = desk.compose.brief(brief.id).sections
    assert [block.excerpt_id for block in changed.blocks[len(section.blocks) :]] == [
        i for i in ids if i not in present
    ]
    assert change.inverse
    change.inverse()
    assert desk.compose.brief(brief.id).sections == brief.sections
    with pytest.raises(InputError, match="201"):
        desk.bulk.add_to_brief([str(number) for number in range(201)], brief.id, section.id)


def test_what_is_written_can_be_read_again(desk: Desk, ids: list[str], tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    seen: list[tuple[int, int]] = []
    assert desk.bulk.export(ids[1:], target, lambda done, of, _name: seen.append((done, of))) == 2
    assert seen == [(2, 3), (3, 3)]
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [len(line["excerpts"]) for line in lines] == [2, 1]
    assert "Harbour strike ends" not in lines[0]["text"]
    with desk.library.read() as work:
        wanted = {(e.quote, e.tags, e.kind) for e in work.excerpts.get_many(ids[1:]).values()}
    report = desk.exchange.import_lines("out.jsonl", target.read_bytes().splitlines())
    assert report.refused == ()
    came = [e for id_ in report.source_ids for e in desk.collect.source(id_).excerpts]
    assert {(e.quote, e.tags, e.kind) for e in came} == wanted


def test_a_stopped_export_leaves_the_file_as_it_was(desk: Desk, ids: list[str], tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("former", encoding="utf-8")
    assert desk.bulk.export(ids, target, stopped=lambda: True) == 0
    assert target.read_text(encoding="utf-8") == "former"
    assert list(tmp_path.glob(".briefer-*")) == []
    with pytest.raises(InputError):
        desk.bulk.export(ids, tmp_path / "none" / "out.jsonl")
