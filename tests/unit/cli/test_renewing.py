"""Forms, offers, the next brief and comparisons on the command line."""

from __future__ import annotations

import json
from getpass import getuser
from pathlib import Path

from tests.unit.cli.conftest import Run, imported

QUOTE = "We cannot wait eight months for a gearbox"


def composed(run: Run, library: Path, *more: str) -> str:
    made = run("compose", library, "--form", "country-brief", "--for", "partner:IN", "--json", *more)
    return str(json.loads(made[1])["brief"])


def marked(run: Run, library: Path, source: str, quote: str) -> None:
    status, _, err = run(
        "excerpt", library, source, "--quote", quote, "--tag", "partner:IN", "--tag", "risk:cyber"
    )
    assert (status, err) == (0, "")


def test_forms_are_listed_shown_changed_and_removed(run: Run, library: Path) -> None:
    listed = run("forms", library)[1]
    assert "meeting-brief  Meeting brief  [uk, us, ca, au, eu]" in listed
    shown = run("forms", library, "--show", "one-page-note")[1]
    form = json.loads(shown)
    form["name_en"] = "Half-page note"
    file = library.parent / "note.json"
    file.write_text(json.dumps(form), "utf-8")
    assert run("forms", library, "--add", file)[1] == "one-page-note  Half-page note\n"
    assert "one-page-note  Half-page note  [uk, us, ca, au, eu]  (own)" in run("forms", library)[1]
    rows = {row["id"]: row for row in json.loads(run("forms", library, "--json")[1])}
    assert rows["one-page-note"]["own"] is True
    assert rows["qa-pack"]["own"] is False
    assert rows["qa-pack"]["sections"][1] == {"type": "qa", "heading": "Questions and answers"}
    assert run("forms", library, "--remove", "one-page-note")[0] == 0
    assert "One-page note" in run("forms", library)[1]
    assert run("forms", library, "--remove", "one-page-note")[0] == 2
    file.write_text('{"id": "x",\n "nme_en": "X"}', "utf-8")
    status, _, err = run("forms", library, "--add", file)
    assert (status, err) == (
        3,
        "briefer: the form note.json cannot be used: line 2, nme_en: there is no such field.\n",
    )
    assert run("forms", library, "--add", library.parent / "gone.json")[0] == 3
    file.write_bytes(b"\xff\xfe\x00")
    assert run("forms", library, "--add", file)[0] == 3


def test_new_excerpts_are_offered_taken_and_declined(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    brief = composed(run, library)
    assert run("offers", library, brief)[1] == "nothing new\n"
    marked(run, library, source, QUOTE)
    (offer,) = json.loads(run("offers", library, brief, "--json")[1])["offers"]
    assert (offer["section"], offer["because"], offer["quote"]) == (
        "Cyber threats", ["partner:IN", "risk:cyber"], QUOTE,
    )  # fmt: skip
    assert QUOTE in run("offers", library, brief, "--take")[1]
    assert run("offers", library, brief)[1] == "nothing new\n"
    marked(run, library, source, "the supply chain for sensors remains fragile")
    run("offers", library, brief, "--decline")
    assert run("offers", library, brief)[1] == "nothing new\n"


def test_a_next_meeting_before_the_last_one_is_told(run: Run, library: Path) -> None:
    brief = composed(run, library, "--date", "2026-03-09", "--variant", "")
    status, told, warned = run("next", library, brief, "--date", "Feb. 2026", "--json")
    assert (status, warned) == (0, "briefer: that is before the last meeting, on 9 March 2026.\n")
    assert json.loads(told)["brief"] != brief
    assert run("next", library, brief, "--date", "9 March 2026")[2] == ""
    assert run("next", library, brief)[2] == ""


def test_an_empty_new_brief_says_why(run: Run, library: Path) -> None:
    wanted = ("compose", library, "--form", "country-brief", "--for", "partner:IN", "--json")
    status, _, told = run(*wanted)
    assert status == 0
    assert told.startswith("briefer: no excerpt bears partner:IN, so the sections are empty.")
    marked(run, library, imported(run, library)[0]["source"]["id"], QUOTE)
    status, told, warned = run(*wanted, "--since", "2031-05")
    assert json.loads(told)["sections"]
    assert warned == "briefer: nothing on partner:IN was published since May 2031; 1 other excerpt fits.\n"
    period = ("--since", "2031", "--until", "2032")
    assert "published since 2031 until 2032; 1 other excerpt fits." in run(*wanted, *period)[2]
    assert run(*wanted)[2] == ""


def test_the_next_brief_and_what_changed(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    marked(run, library, source, QUOTE)
    brief = composed(run, library, "--date", "2026-03-09", "--variant", "")
    assert run("compare", library, brief)[0] == 3
    marked(run, library, source, "the supply chain for sensors remains fragile")
    told = json.loads(run("next", library, brief, "--date", "2028-03-09", "--json")[1])
    assert (len(told["new"]), len(told["stale"]), told["reused"]) == (1, 1, 1)
    assert "blocks reused: 1; new excerpts on offer: 1; stale: 0" in run("next", library, brief)[1]
    run("export", library, brief, library.parent / "one.md")
    used = {use["brief_id"]: use["versions"] for use in json.loads(run("uses", library, source, "--json")[1])}
    assert (len(used), used[brief]) == (3, [1])
    excerpt = json.loads(run("search", library, "gearbox", "--json")[1])["excerpts"][0]["id"]
    assert f"{brief}  Country brief: India: Cyber threats  (versions 1)" in run("uses", library, excerpt)[1]
    assert run("uses", library, "zzzz")[0] == 3
    run("offers", library, brief, "--take")
    changed = run("compare", library, brief)[1]
    assert "~ Cyber threats" in changed
    assert "+ the supply chain for sensors remains fragile" in changed
    assert "7 words added, 0 removed; excerpts: 1 added, 0 dropped, 0 altered, 1 kept" in changed
    assert json.loads(run("compare", library, brief, "--since", "1", "--json")[1])["words_added"] == 7
    assert "0 words added" in run("compare", library, brief, "--since", "1", "--until", "1")[1]
    assert run("compare", library, brief, "--since", "9")[0] == 3


def test_findings_are_let_pass_for_a_reason(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    marked(run, library, source, QUOTE)
    brief = composed(run, library, "--since", "2026", "--until", "2026-12")
    before = json.loads(run("check", library, brief, "--json")[1])
    assert "waived" not in before
    assert run("check", library, brief, "--waive", "no-marking")[0] == 2
    assert run("check", library, brief, "--waive", "no-sources", "--reason", "r")[0] == 3
    status, out, _ = run("check", library, brief, "--waive", "no-marking", "--reason", "For the file")
    assert status == 0
    assert f"let pass: The brief bears no marking. (For the file, {getuser()})" in out
    after = json.loads(run("check", library, brief, "--json")[1])
    assert [(w["check"], w["who"]) for w in after["waived"]] == [("no-marking", getuser())]
    assert len(after["findings"]) == len(before["findings"]) - 1
