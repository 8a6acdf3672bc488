"""The commands that mend what intake made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run, imported
from tests.unit.services.conftest import PORT_ARTICLE


def port(run: Run, library: Path) -> dict[str, Any]:
    source: dict[str, Any] = imported(run, library)[0]["source"]
    return source


def shown(run: Run, library: Path, source_id: str) -> dict[str, Any]:
    source: dict[str, Any] = json.loads(run("source", library, source_id, "--json")[1])
    return source


def test_the_original_bytes_come_back(run: Run, library: Path, tmp_path: Path) -> None:
    source = port(run, library)
    out = tmp_path / "original.txt"
    assert run("source", library, source["id"], "--original", out)[0] == 0
    assert out.read_bytes() == PORT_ARTICLE.encode()
    out.write_text("somebody's own")
    status, _, told = run("source", library, source["id"], "--original", out)
    assert (status, out.read_text()) == (3, "somebody's own")
    assert "already exists" in told
    assert run("source", library, source["id"], "--original", tmp_path / "none" / "x")[0] == 3


def test_facts_are_corrected_and_known_from_a_person(run: Run, library: Path) -> None:
    source = port(run, library)
    status, out, _ = run(
        "correct", library, source["id"], "--publisher", "The Navapur Post", "--date", "2026-03",
        "--author", "Asha Menon", "--accept", "--json",
    )  # fmt: skip
    assert status == 0
    after = json.loads(out)
    assert after["publisher"] == "The Navapur Post"
    assert after["published"]["value"] == "2026-03"
    assert after["authors"] == ["Asha Menon"]
    assert after["known"]["publisher"]["how"] == "person"
    assert after["accepted"]
    run("correct", library, source["id"], "--date", "")
    assert shown(run, library, source["id"])["published"]["value"] is None
    status, _, err = run("correct", library, source["id"], "--date", "yesterday")
    assert (status, "2026-01-15" in err) == (2, True)
    run("correct", library, source["id"], "--date", "17 Dec. 2025")
    assert shown(run, library, source["id"])["published"] == {
        "value": "2025-12-17",
        "as_written": "17 Dec. 2025",
        "basis": "explicit",
    }
    status, _, err = run("correct", library, source["id"], "--date", "03/04/2026")
    assert status == 2
    assert "3 April 2026 or 4 March 2026" in err


def test_lines_are_turned(run: Run, library: Path) -> None:
    source = port(run, library)
    first = source["paragraphs"][0]
    low, high = first["lines"]
    assert run("correct", library, source["id"], "--aside", f"{low}-{high}")[0] == 0
    after = shown(run, library, source["id"])
    assert len(after["paragraphs"]) == len(source["paragraphs"]) - 1
    assert [low, high] in [f["lines"] for f in after["furniture"]]
    run("correct", library, source["id"], "--article", str(low))
    assert shown(run, library, source["id"])["paragraphs"] == source["paragraphs"]


@pytest.mark.parametrize("lines", ["0", "5-2", "9999", "x", "1-"])
def test_lines_that_are_not_there(run: Run, library: Path, lines: str) -> None:
    source = port(run, library)
    status, _, err = run("correct", library, source["id"], "--aside", lines)
    if lines == "1-":
        assert status == 0
    else:
        assert (status, "12-14" in err) == (2, True)


def test_a_text_is_typed_in_and_excerpts_are_carried(run: Run, library: Path, tmp_path: Path) -> None:
    source = port(run, library)
    quote = "after a year in which deliveries were late"
    assert run("excerpt", library, source["id"], "--quote", quote)[0] == 0
    typed = tmp_path / "typed.txt"
    typed.write_text(f"A better copy.\n\nIt came {quote}, as everybody knew.", encoding="utf-8")
    assert run("correct", library, source["id"], "--text", typed)[0] == 0
    assert len(shown(run, library, source["id"])["snapshots"]) == 2
    rows = json.loads(run("carry", library, source["id"], "--dry-run", "--json")[1])
    assert [(r["method"], r["quote"]) for r in rows] == [("exact", quote)]
    assert "exact: " in run("carry", library, source["id"])[1]
    (excerpt,) = shown(run, library, source["id"])["excerpts"]
    assert excerpt["anchored"] == "exact"
    assert run("carry", library, source["id"], "--json")[1].strip() == "[]"
    assert run("correct", library, source["id"], "--text", tmp_path / "none.txt")[0] == 3


def test_the_vocabulary_goes_out_and_in(run: Run, library: Path, tmp_path: Path) -> None:
    table = tmp_path / "words.csv"
    assert run("vocabulary", library, "--export", table)[0] == 0
    text = table.read_text(encoding="utf-8-sig")
    assert text.replace("\r\n", "\n") == run("vocabulary", library)[1].replace("\r\n", "\n")
    header = text.splitlines()[0]
    assert header.startswith("kind,key,")
    table.write_text("kind,key,label_en\nrisk,boredom,Boredom\n", encoding="utf-8")
    assert run("vocabulary", library, "--import", table)[1] == "1 term(s) taken in\n"
    assert "boredom" in run("vocabulary", library)[1]
    table.write_text("kind,key,label_en\nrisk,,Nothing\n", encoding="utf-8")
    status, _, err = run("vocabulary", library, "--import", table)
    assert (status, "line 2" in err) == (3, True)


def test_words_found_only_roughly_stay_unless_that_is_asked_for(
    run: Run, library: Path, tmp_path: Path
) -> None:
    source = port(run, library)
    quote = (
        "The semiconductor shortage has made matters worse, and the supply chain for sensors remains fragile"
    )
    assert run("excerpt", library, source["id"], "--quote", quote)[0] == 0
    typed = tmp_path / "typed.txt"
    typed.write_text(PORT_ARTICLE.replace("matters worse", "things worse"), encoding="utf-8")
    assert run("correct", library, source["id"], "--text", typed)[0] == 0
    out = run("carry", library, source["id"])[1]
    assert out.startswith("fuzzy (stays on its capture): ")
    assert "now: The semiconductor shortage has made things worse" in out
    (row,) = json.loads(run("carry", library, source["id"], "--fuzzy", "--json")[1])
    assert row["carried"]
    (excerpt,) = shown(run, library, source["id"])["excerpts"]
    assert excerpt["anchored"] == "fuzzy"


def test_an_older_capture_is_shown_and_given_back(run: Run, library: Path, tmp_path: Path) -> None:
    source = port(run, library)
    typed = tmp_path / "typed.txt"
    typed.write_text("Something else altogether.", encoding="utf-8")
    run("correct", library, source["id"], "--text", typed)
    older = json.loads(run("source", library, source["id"], "--capture", "2", "--json")[1])
    assert older["paragraphs"] == source["paragraphs"]
    out = tmp_path / "old.txt"
    run("source", library, source["id"], "--capture", "2", "--original", out)
    assert out.read_bytes() == PORT_ARTICLE.encode()
    status, _, err = run("source", library, source["id"], "--capture", "3")
    assert (status, "it has 2" in err or "has 2" in err) == (2, True)


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [
        ("--kind", "banana", "no CSL type"),
        ("--language", "nonsense", "en-GB"),
        ("--url", "javascript:alert(1)", "https://"),
    ],
)
def test_nonsense_is_not_stored(run: Run, library: Path, option: str, value: str, wanted: str) -> None:
    source = port(run, library)
    status, _, err = run("correct", library, source["id"], option, value)
    assert (status, wanted in err) == (2, True)


def test_what_a_folder_leaves_out_is_named(run: Run, library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "note.txt").write_text("The port is open.", encoding="utf-8")
    status, _, err = run("import", library, folder)
    assert status == 0
    assert "1 file(s) of folders were left out (photo.jpg)" in err
    (folder / "note.txt").unlink()
    status, _, err = run("import", library, folder)
    assert (status, "no file of a known format" in err) == (3, True)


def test_a_reading_is_given_and_taken_away(run: Run, library: Path) -> None:
    source = imported(run, library)[1]["source"]["id"]
    shown = json.loads(run("correct", library, source, "--reading", " どく ", "--json")[1])
    assert shown["csl"]["custom"]["reading"] == "どく"
    shown = json.loads(run("correct", library, source, "--reading", "", "--json")[1])
    assert "reading" not in shown["csl"].get("custom", {})


def cited(run: Run, library: Path, source_id: str) -> str:
    """Make a brief that cites a source, and return its id."""
    run("excerpt", library, source_id, "--paragraph", "1", "--tag", "partner:IN")
    _, out, _ = run("compose", library, "--form", "one-page-note", "--for", "partner:IN", "--json")
    brief: str = json.loads(out)["brief"]
    return brief


def findings(run: Run, library: Path, brief: str, check: str) -> tuple[int, list[str]]:
    status, out, _ = run("check", library, brief, "--json")
    return status, [f["message"] for f in json.loads(out)["findings"] if f["check"] == check]


def test_a_withdrawn_source_is_red_in_every_brief_and_in_the_record(run: Run, library: Path) -> None:
    source = port(run, library)["id"]
    brief = cited(run, library, source)
    assert findings(run, library, brief, "withdrawn") == (0, [])
    status, out, _ = run("correct", library, source, "--standing", "withdrawn", "--json")
    assert (status, json.loads(out)["flags"]) == (0, ["withdrawn"])
    status, messages = findings(run, library, brief, "withdrawn")
    assert (status, len(messages)) == (1, 1)
    _, out, _ = run("record", library, "--json")
    (entry,) = (e for e in json.loads(out) if e["kind"] == "edit" and "flags" in e["what"])
    assert entry["what"]["flags"] == {"from": [], "to": ["withdrawn"]}
    run("correct", library, source, "--standing", "stands")
    assert shown(run, library, source)["flags"] == []
    assert findings(run, library, brief, "withdrawn") == (0, [])


def test_a_superseded_source_names_the_newer_one(run: Run, library: Path) -> None:
    source = port(run, library)["id"]
    brief = cited(run, library, source)
    run("correct", library, source, "--standing", "superseded", "--by", "港湾白書 2026")
    assert shown(run, library, source)["flags"] == ["superseded by 港湾白書 2026"]
    _status, (message,) = findings(run, library, brief, "superseded")
    assert "港湾白書 2026" in message
    newer = shown(run, library, source)["title"]
    run("correct", library, source, "--standing", "superseded", "--by", source)
    assert shown(run, library, source)["flags"] == [f"superseded by {newer}"]
    assert run("correct", library, source, "--standing", "superseded", "--by", "ffffffff-ffff")[0] == 3
    run("correct", library, source, "--standing", "superseded")
    assert shown(run, library, source)["flags"] == ["superseded"]


@pytest.mark.parametrize("standing", [(), ("--standing", "withdrawn")])
def test_what_a_source_was_superseded_by_needs_that_standing(
    run: Run, library: Path, standing: tuple[str, ...]
) -> None:
    source = port(run, library)["id"]
    status, _, err = run("correct", library, source, *standing, "--by", "A newer one")
    assert (status, "--standing superseded" in err) == (2, True)
    assert shown(run, library, source)["flags"] == []


def test_a_source_is_graded(run: Run, library: Path) -> None:
    source = port(run, library)["id"]
    run("correct", library, source, "--reliability", "B")
    assert shown(run, library, source)["reliability"] == "B"


def excerpted(run: Run, library: Path) -> str:
    status, out, _ = run(
        "excerpt", library, port(run, library)["id"], "--paragraph", "1", "--tag", "partner:IN"
    )
    assert status == 0
    return out.strip()


def test_what_is_said_of_an_excerpt_is_corrected_and_recorded(run: Run, library: Path) -> None:
    excerpt = excerpted(run, library)
    status, out, _ = run(
        "correct", library, excerpt[:20], "--credibility", "2", "--translation", " Der Hafen ist offen. ",
        "--official", "--comment", "To be asked again.", "--speaker", "Asha Menon", "--kind", "fact", "--json",
    )  # fmt: skip
    after = json.loads(out)
    said = [after[name] for name in ("credibility", "translation", "official", "comment", "speaker", "kind")]
    assert (status, after["id"]) == (0, excerpt)
    assert said == ["2", "Der Hafen ist offen.", True, "To be asked again.", "Asha Menon", "fact"]
    assert after["tags"] == ["partner:IN"]
    (stored,) = shown(run, library, after["source"])["excerpts"]
    assert stored == after
    entries = json.loads(run("record", library, "--json")[1])
    (what,) = (e["what"] for e in entries if "credibility" in e["what"])
    assert what["credibility"] == {"from": "6", "to": "2"}


def test_what_is_not_named_of_an_excerpt_stays_and_an_empty_text_takes_away(run: Run, library: Path) -> None:
    excerpt = excerpted(run, library)
    run("correct", library, excerpt, "--translation", "Der Hafen", "--official", "--speaker", "Asha Menon")
    status, out, _ = run("correct", library, excerpt, "--comment", "One.", "--no-official", "--json")
    after = json.loads(out)
    assert (status, after["translation"], after["official"]) == (0, "Der Hafen", False)
    assert (after["speaker"], after["comment"]) == ("Asha Menon", "One.")
    run("correct", library, excerpt, "--official")
    texts = ("--translation", "", "--comment", "", "--speaker", "")
    after = json.loads(run("correct", library, excerpt, *texts, "--json")[1])
    assert (after["translation"], after["official"]) == ("", False)
    assert (after["comment"], after["speaker"]) == ("", None)


def test_nothing_changed_of_an_excerpt_is_not_recorded(run: Run, library: Path) -> None:
    excerpt = excerpted(run, library)
    before = run("record", library, "--json")[1]
    status, out, _ = run("correct", library, excerpt, "--credibility", "6")
    assert (status, out.split("  ")[0]) == (0, excerpt)
    assert run("record", library, "--json")[1] == before


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--publisher", "The Post"), "--publisher is of sources"),
        (("--accept",), "--accept is of sources"),
        (("--article", "1"), "--article is of sources"),
        (("--kind", "speech"), "quotation or fact"),
        (("--official",), "--translation"),
        (("--translation", "", "--official"), "--translation"),
    ],
)
def test_what_an_excerpt_does_not_take(
    run: Run, library: Path, options: tuple[str, ...], wanted: str
) -> None:
    excerpt = excerpted(run, library)
    status, _, err = run("correct", library, excerpt, "--comment", "One.", *options)
    assert (status, wanted in err) == (2, True)
    (stored,) = shown(run, library, port(run, library)["id"])["excerpts"]
    assert stored["comment"] == ""


@pytest.mark.parametrize("option", [("--comment", ""), ("--credibility", "2"), ("--no-official",)])
def test_what_is_of_excerpts_is_refused_for_a_source(
    run: Run, library: Path, option: tuple[str, ...]
) -> None:
    status, _, err = run("correct", library, port(run, library)["id"], "--title", "Another", *option)
    assert (status, "is of excerpts" in err) == (2, True)
    assert shown(run, library, port(run, library)["id"])["title"] != "Another"
