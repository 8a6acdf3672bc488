"""Marking from the command line, releasable versions, and what does not leave unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefer.app import LibraryOpener
from briefer.intake import Intake
from tests.unit.cli.conftest import Run, imported

SECRET = "uk-gscp/secret"


@pytest.fixture
def composed(run: Run, library: Path) -> tuple[str, list[str]]:
    """A brief on India that quotes an excerpt of each of two sources, and the ids of these."""
    ids = []
    for source, quote in zip(
        imported(run, library), ("We cannot wait eight months", "攻撃は偶然ではない"), strict=True
    ):
        told = run(
            "excerpt", library, source["source"]["id"], "--quote", quote, "--tag", "partner:IN", "--json"
        )
        ids.append(json.loads(told[1])["id"])
    made = json.loads(
        run(
            "compose",
            library,
            "--form",
            "country-brief",
            "--for",
            "partner:IN",
            "--marking",
            SECRET,
            "--json",
        )[1]
    )
    return made["brief"], ids


def findings(run: Run, library: Path, brief: str) -> dict[str, dict[str, Any]]:
    told = json.loads(run("check", library, brief, "--json")[1])
    return {finding["check"]: finding for finding in told["findings"]}


def test_a_version_is_released_at_a_ceiling(run: Run, library: Path, composed: tuple[str, list[str]]) -> None:
    brief, (low, high) = composed
    assert run("mark", library, high, SECRET)[0] == 0
    assert run("mark", library, low, "uk-gscp/official", "--comment")[0] == 0
    out = library.parent / "out.md"
    status, _, told = run(
        "export", library, brief, out, "--ceiling", "uk-gscp/official", "--annex", "sources"
    )
    assert status == 0
    assert "left out: 1 in " in told
    assert "bears no marking, and stays: 1 in the head of the brief" in told
    text = out.read_text("utf-8")
    assert "We cannot wait eight months" in text
    assert "偶然" not in text
    assert "1 portion was left out of this version, which is released at OFFICIAL." in text
    assert "repeats" not in told
    assert run("export", library, brief, out, "--ceiling", SECRET)[2].startswith("left out: nothing")
    assert run("export", library, brief, out, "--ceiling", "uk-gscp/bogus")[0] == 2


def test_it_is_told_what_goes_because_it_repeats_words(run: Run, library: Path) -> None:
    source = imported(run, library)[1]["source"]
    quote = "攻撃は偶然ではない"
    told = run("excerpt", library, source["id"], "--quote", quote, "--tag", "partner:IN", "--json")[1]
    assert run("mark", library, json.loads(told)["id"], SECRET)[0] == 0
    given = ("--form", "country-brief", "--for", "partner:IN", "--marking", SECRET, "--title")
    brief = json.loads(run("compose", library, *given, "攻撃は、偶然ではない？", "--json")[1])["brief"]
    out = library.parent / "out.md"
    told = run("export", library, brief, out, "--ceiling", "uk-gscp/official")[2]
    assert f"left out: the title (repeats “攻撃は偶然ではない” of “{source['title']}”)" in told
    assert "偶然" not in out.read_text("utf-8")


def test_mixed_markings_do_not_leave(run: Run, library: Path, composed: tuple[str, list[str]]) -> None:
    brief, (one, other) = composed
    out = library.parent / "out.md"
    run("mark", library, one, "tlp-2/red")
    run("mark", library, other, SECRET)
    status, _, told = run("export", library, brief, out, "--let-pass", "It is urgent.")
    assert status == 3
    assert "an excerpt of “Port operators in India agree on spare parts” (tlp-2/red)" in told
    assert not out.exists()
    assert run("export", library, brief, out, "--ceiling", "uk-gscp/top-secret")[0] == 0


def test_red_findings_leave_only_for_a_reason(
    run: Run, library: Path, composed: tuple[str, list[str]]
) -> None:
    brief, (_, other) = composed
    out = library.parent / "out.md"
    run("mark", library, other, "uk-gscp/top-secret")
    status, _, told = run("export", library, brief, out)
    assert status == 3
    assert "must bear at least TOP SECRET" in told
    assert "--let-pass" in told
    assert not out.exists()
    status, _, told = run("export", library, brief, out, "--let-pass", "Cleared.", "--by", "B. Boss")
    assert status == 1
    assert told.startswith("let pass: The brief must bear at least TOP SECRET")
    assert out.exists()


def test_a_lower_marking_needs_a_reason(run: Run, library: Path, composed: tuple[str, list[str]]) -> None:
    brief, (_, other) = composed
    run("mark", library, other, SECRET)
    status, _, told = run("mark", library, brief, "uk-gscp/official")
    assert status == 2
    assert "must bear at least SECRET" in told
    assert run("mark", library, brief, "uk-gscp/official", "--reason", "Cleared by its owner.")[0] == 0
    assert "marking-below" not in findings(run, library, brief)
    assert run("mark", library, brief, "uk-gscp/top-secret")[0] == 0
    assert run("mark", library, brief, "uk-gscp/nothing")[0] == 2


def test_lowering_a_source_or_an_excerpt_needs_a_reason_which_is_recorded(
    run: Run, library: Path, composed: tuple[str, list[str]]
) -> None:
    _, (_, excerpt) = composed
    source = json.loads(run("sources", library, "--json")[1])[0]["id"]
    for thing, options in ((source, ()), (excerpt, ()), (excerpt, ("--comment",))):
        assert run("mark", library, thing, SECRET, *options)[0] == 0
        assert run("mark", library, thing, "uk-gscp/top-secret", *options)[0] == 0, "raising is free"
        for lower in ("uk-gscp/official", "none", "tlp-2/red", "Our own"):
            status, _, told = run("mark", library, thing, lower, *options)
            assert (status, "needs a reason" in told) == (2, True)
        assert run("mark", library, thing, "none", *options, "--reason", "Published since.")[0] == 0
        assert run("mark", library, thing, SECRET, *options)[0] == 0, "from none it is raised"
    assert run("record", library)[1].count("reason: Published since.") == 3


def test_every_part_can_be_marked(run: Run, library: Path, composed: tuple[str, list[str]]) -> None:
    brief, (one, _) = composed
    run("mark", library, brief, "none", "--reason", "For the test.")
    assert "no-marking" in findings(run, library, brief)
    source = json.loads(run("sources", library, "--json")[1])[0]["id"]
    for arguments, what in (
        ((brief, SECRET, "--title"), "the title"),
        ((brief, SECRET, "--section", "Basis"), "the section “Basis”"),
        ((source, SECRET), "an excerpt of"),
    ):
        assert run("mark", library, *arguments)[0] == 0
        assert what in findings(run, library, brief)["marking-below"]["message"]
        run("mark", library, *arguments[:1], "none", *arguments[2:], "--reason", "For the test.")
    assert "marking-below" not in findings(run, library, brief)
    desk = LibraryOpener(Intake).open(library)
    block = next(block.id for _, block in desk.compose.brief(brief).blocks())
    desk.close()
    assert run("mark", library, brief, SECRET, "--block", block)[0] == 0
    assert "a text under" in findings(run, library, brief)["marking-below"]["message"]
    assert run("mark", library, brief, SECRET, "--block", "none")[0] == 3
    assert run("mark", library, "0" * 8, SECRET)[0] == 3
    assert run("mark", library, one, SECRET)[0] == 0


def test_what_needs_no_judgement_is_mended(run: Run, library: Path, composed: tuple[str, list[str]]) -> None:
    brief, (_, other) = composed
    run("mark", library, other, "uk-gscp/top-secret")
    assert "marking-below" in findings(run, library, brief)
    assert run("check", library, brief, "--mend", "marking-below")[0] == 0
    assert "marking-below" not in findings(run, library, brief)
    assert run("check", library, brief, "--mend", "marking-below")[0] == 3
