from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.briefs import Brief, Lane
from briefer.domain.documents import HeadingNumbering
from briefer.domain.editing import add_block, mark, set_lane, write_prose
from briefer.intake import Intake
from briefer.services.compose import prose
from tests.unit.cli.conftest import Run


def test_a_lane_is_exported_alone_and_a_comparison_names_what_changed_its_lane(
    run: Run, library: Path
) -> None:
    composed = json.loads(run("compose", library, "--form", "one-page-note", "--json")[1])
    desk = LibraryOpener(Intake).open(library)
    brief = desk.compose.brief(composed["brief"])
    blocks = prose("Gibraltar is open."), prose("Zanzibar is closed.")
    for block in blocks:
        desk.compose.edit(brief.id, "Write", lambda b, k=block: add_block(b, brief.sections[0].id, k))  # type: ignore[misc]
    desk.compose.save_version(brief.id)
    desk.compose.edit(brief.id, "Set apart", lambda b: set_lane(b, blocks[1].id, Lane.CLOSED))
    desk.close()
    out = library.parent / "lane.md"
    for lane, there, not_there in (
        ("may-be-used", "Gibraltar", "Zanzibar"),
        ("not-for-disclosure", "Zanzibar", "Gibraltar"),
    ):
        assert run("export", library, brief.id, out, "--lane", lane)[0] == 0
        written = out.read_text("utf-8")
        assert there in written
        assert not_there not in written
    told = run("compare", library, brief.id, "--since", "1")[1]
    assert "not for disclosure now: Zanzibar is closed." in told
    sections = json.loads(run("compare", library, brief.id, "--since", "1", "--json")[1])["sections"]
    assert [s["closed"] for s in sections if s["closed"]] == [["Zanzibar is closed."]]
    opened = LibraryOpener(Intake).open(library)
    opened.compose.save_version(brief.id)
    opened.compose.edit(brief.id, "Open", lambda b: set_lane(b, blocks[1].id, Lane.OPEN))
    opened.close()
    assert "may be used now: Zanzibar is closed." in run("compare", library, brief.id, "--since", "2")[1]


def test_a_lane_of_another_name_is_wrong_usage(run: Run, library: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        run("export", library, "x", library.parent / "x.md", "--lane", "both")
    assert ended.value.code == 2


def test_a_comparison_tells_what_changed_of_head_markings_and_emphasis(run: Run, library: Path) -> None:
    composed = json.loads(run("compose", library, "--form", "one-page-note", "--title", "Old", "--json")[1])
    desk = LibraryOpener(Intake).open(library)
    brief = desk.compose.brief(composed["brief"])
    section, text = brief.sections[0], prose("Gibraltar is open.")
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, section.id, text))
    desk.compose.save_version(brief.id)

    def changed(now: Brief) -> Brief:
        named = replace(
            now, title="New", meeting_date="2026-03-09", numbering=HeadingNumbering.DECIMAL, title_marking="X"
        )
        marked = mark(mark(named, section.id, "OFFICIAL"), text.id, "SECRET")
        return write_prose(marked, text.id, "Gibraltar is **open**.")

    desk.compose.edit(brief.id, "Change", changed)
    desk.close()
    told = run("compare", library, brief.id)[1].splitlines()
    for line in (
        "~ title: [-Old-] {+New+}",
        "~ date: [-none-] {+2026-03-09+}",
        "~ heading numbers: [-as the form has it-] {+decimal+}",
        "~ marking of the title: [-none-] {+X+}",
        "    marking: [-none-] {+OFFICIAL+}",
        "    marking of “Gibraltar is **open**.”: [-none-] {+SECRET+}",
    ):
        assert line in told
    as_json = json.loads(run("compare", library, brief.id, "--json")[1])
    assert {"name": "title", "before": "Old", "after": "New"} in as_json["head"]
    (written,) = (s for s in as_json["sections"] if s["marked"])
    assert [m["after"] for m in written["marked"]] == ["OFFICIAL", "SECRET"]
