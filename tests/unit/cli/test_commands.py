"""The command line as a contract: names, JSON keys, exit status."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefer.app import LibraryOpener
from briefer.cli import is_command, run_command
from briefer.intake import Intake
from tests.unit.cli.conftest import Run, imported
from tests.unit.services.conftest import PORT_ARTICLE


def keys(value: Any) -> set[str]:
    return set(value)


def test_a_new_library_is_made_and_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.briefer"
    assert run("init", path) == (0, f"{path}: a new library\n", "")
    assert run("doctor", path)[0] == 0


def test_import_prints_one_object_per_file(run: Run, library: Path) -> None:
    (library.parent / "bad.txt").write_bytes(b"")
    status, out, err = run(
        "import", library, library.parent / "port.txt", library.parent / "bad.txt", "--json"
    )
    assert status == 3
    assert err.count("\n") == 1
    assert "bad.txt" in err
    good, bad = json.loads(out)
    assert (good["status"], bad["status"]) == ("imported", "refused")
    assert keys(good["source"]) >= {
        "id", "title", "authors", "publisher", "container", "published", "language", "sha256",
        "paragraphs", "furniture", "embedded", "suggestions",
    }  # fmt: skip
    assert keys(good["source"]["published"]) == {"value", "as_written", "basis"}
    assert good["source"]["paragraphs"][0]["n"] == 1
    assert good["source"]["paragraphs"][0]["lines"] == [5, 5]
    assert {"paragraph", "tag", "because"} == keys(good["source"]["suggestions"][0])
    status, out, _ = run("import", library, library.parent / "port.txt")
    assert (status, out.split(":")[0]) == (0, "duplicate")


def test_sources_and_one_source(run: Run, library: Path) -> None:
    rows = imported(run, library)
    listed = json.loads(run("sources", library, "--json")[1])
    assert {s["id"] for s in listed} == {r["source"]["id"] for r in rows}
    assert "paragraphs" not in listed[0]
    assert "Port operators" in run("sources", library)[1]
    one = json.loads(run("source", library, rows[0]["source"]["id"], "--json")[1])
    assert one == rows[0]["source"]
    shown = run("source", library, rows[0]["source"]["id"])[1]
    assert "[1] Port operators in India agreed" in shown
    assert "suggested: " in shown
    assert run("source", library, "zzz")[0] == 3


def test_excerpts_are_made_tagged_and_found(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    status, out, _ = run(
        "excerpt", library, source, "--quote", "wait eight months", "--tag", "partner:IN", "--kind", "fact",
        "--speaker", "Asha Menon", "--comment", "ask", "--json",
    )  # fmt: skip
    assert status == 0
    excerpt = json.loads(out)
    assert (excerpt["speaker"], excerpt["comment"], excerpt["kind"]) == ("Asha Menon", "ask", "fact")
    status, out, _ = run("excerpt", library, source, "--paragraph", 1, "--to", 2)
    second = out.strip()
    assert run("tag", library, second, "--add", "risk:cyber", "--add", "partner:DE")[0] == 0
    assert run("tag", library, second, "--remove", "partner:DE")[0] == 0
    found = json.loads(run("search", library, "months", "--facets", "--json")[1])
    assert keys(found) == {"total", "took_ms", "excerpts", "facets"}
    assert found["total"] == 2
    assert keys(found["excerpts"][0]) == {
        "id", "source", "quote", "snippet", "paragraph", "tags", "published", "publisher", "why",
    }  # fmt: skip
    assert found["facets"]["partner"] == {"IN": 1}
    assert found["facets"]["risk"] == {"cyber": 1}
    assert json.loads(run("search", library, "", "--limit", 1, "--json")[1])["total"] == 2
    in_vain = json.loads(run("search", library, "month", "--json")[1])
    assert in_vain["total"] == 0
    assert in_vain["hints"] == [{"column": 1, "detail": "“month*” in its place finds 2"}]
    shown = run("search", library, "eight", "--facets")[1]
    assert "2 excerpts in 1 sources" in shown
    assert "partner: IN 1" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["excerpt", "LIB", "SRC", "--quote", "never said"], 3, "does not stand in the article"),
        (["excerpt", "LIB", "SRC", "--quote", "Harbour strike ends"], 3, "not part of the article"),
        (["excerpt", "LIB", "SRC", "--paragraph", "99"], 3, "has no paragraph 99"),
        (["excerpt", "LIB", "SRC", "--quote", "gearbox", "--tag", "risk:x"], 2, "vocabulary has no risk x"),
        (["excerpt", "LIB", "SRC", "--quote", "gearbox", "--tag", "x"], 2, "the tag x is not understood"),
        (["search", "LIB", "after:x"], 2, "not understood at character 1"),
        (["compose", "LIB", "--form", "x"], 2, "there is no form x"),
        (["compose", "LIB", "--form", "risk-brief"], 2, "needs a risk"),
        (["export", "LIB", "nothing", "o.docx"], 3, "there is no brief nothing"),
        (["check", "LIB", "nothing"], 3, "there is no brief nothing"),
        (
            ["compose", "LIB", "--form", "country-brief", "--for", "partner:IN", "--marking", "uk-gscp/x"],
            2,
            "no marking",
        ),
        (["verify", "o.docx"], 3, "there is no such file"),
        (["verify", "o.docx", "--library", "missing.briefer"], 4, "there is no such library"),
        (["sources", "missing.briefer"], 4, "there is no such library"),
        (["init", "LIB"], 4, "already exists"),
        (["backup", "LIB", "LIB"], 4, ""),
    ],
)
def test_errors_are_one_line_with_the_contracts_status(
    run: Run, library: Path, arguments: Sequence[str], status: int, message: str
) -> None:
    source = imported(run, library)[0]["source"]["id"]
    words = [{"LIB": str(library), "SRC": source}.get(a, a) for a in arguments]
    got, out, err = run(*words)
    assert (got, out) == (status, "")
    assert err.startswith("briefer: ")
    assert message in err
    assert err.count("\n") == 1


def test_confirming_composing_exporting_and_checking(run: Run, library: Path) -> None:
    imported(run, library)
    status, _, err = run("compose", library, "--form", "country-brief", "--for", "partner:IN")
    assert status == 0
    assert "briefer confirm" in err
    confirmed = json.loads(run("confirm", library, "--tag", "partner:IN", "--json")[1])
    assert confirmed["excerpts"] >= 1
    assert "new excerpts" in run("confirm", library)[1]
    composed = json.loads(
        run(
            "compose", library, "--form", "country-brief", "--for", "partner:IN", "--title", "T", "--date",
            "2026-03-09", "--audience", "A", "--marking", "OFFICIAL", "--json",
        )[1]
    )  # fmt: skip
    assert keys(composed) == {"brief", "sections"}
    assert keys(composed["sections"][0]) == {"heading", "type", "blocks", "excerpts"}
    assert any(s["excerpts"] for s in composed["sections"])
    again = run("compose", library, "--form", "country-brief", "--for", "partner:IN")[1].splitlines()
    assert again[0] != composed["brief"]
    assert "  Basis (0 excerpts)" in again
    listed = json.loads(run("briefs", library, "--json")[1])
    assert composed["brief"] in {b["id"] for b in listed}
    assert composed["brief"] in run("briefs", library)[1]
    out = library.parent / "brief.docx"
    status, printed, _ = run("export", library, composed["brief"], out, "--notes", "end", "--lang", "ja")
    assert status == 0
    assert "version 1" in printed
    assert out.stat().st_size > 1000
    choices = [
        "--sources",
        "type",
        "--wire",
        "--accessed",
        "--archived",
        "--originals",
        "--contents",
        "--numbering",
        "decimal",
        "--numbered",
        "--portions",
        "--annex",
        "coverage",
        "--annex",
        "sources",
        "--draft",
        "--copy",
        "3",
        "--handling",
        "none",
    ]
    page = library.parent / "brief.html"
    status, printed, _ = run("export", library, composed["brief"], page, *choices)
    assert status == 0
    assert "Sources of this brief" in page.read_text("utf-8")
    status, checked, _ = run("check", library, composed["brief"], "--json")
    assert status == 0
    assert keys(json.loads(checked)["findings"][0]) == {"check", "level", "section", "block", "message"}
    assert "amber: " in run("check", library, composed["brief"])[1]
    empty = json.loads(run("compose", library, "--form", "country-brief", "--for", "partner:FR", "--json")[1])
    status, checked, _ = run("check", library, empty["brief"])
    assert status == 1
    assert "red: " in checked


def test_the_bulk_form_goes_through_import(run: Run, library: Path) -> None:
    bulk = library.parent / "bulk.jsonl"
    line = json.dumps({"csl": {"title": "T"}, "text": "Some text.", "excerpts": [{"quote": "text"}]})
    bulk.write_text(f"{line}\nnot json\n", encoding="utf-8")
    status, out, err = run("import", library, bulk, "--json")
    assert status == 3
    assert "line 2" in err
    row = json.loads(out)[0]
    assert (row["status"], row["sources"], row["excerpts"]) == ("imported", 1, 1)
    bulk.write_text(f"{line}\n", encoding="utf-8")
    assert "1 lines were there already" in run("import", library, bulk)[1]
    (sound,) = run("doctor", library)[1].splitlines()
    assert sound.startswith("sound: ")
    with (
        closing(sqlite3.connect(library)) as connection,
        connection,
    ):  # as if it had come in before there was a record
        connection.execute("DELETE FROM record")
        connection.execute("DELETE FROM meta WHERE key = 'record'")
    sound, calm = run("doctor", library)[1].splitlines()
    assert sound.startswith("sound: ")
    assert calm.startswith("no fault: ")
    assert "the words and notes of 1 excerpt" in calm
    assert run("import", library, library.parent / "gone.jsonl")[0] == 3
    bulk.write_text("not json\n", encoding="utf-8")
    assert json.loads(run("import", library, bulk, "--json")[1])[0]["status"] == "refused"


def test_a_text_that_another_program_has_changed_is_told_before_and_after_a_repair(
    run: Run, library: Path
) -> None:
    imported(run, library)
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("UPDATE snapshots SET text = replace(text, 'e', 'a')")
        connection.commit()
    status, out, _ = run("doctor", library)
    assert status == 1
    assert out.count("is not the one that was taken in") == 1
    status, out, _ = run("doctor", library, "--repair")
    assert status == 1
    assert "its text was another when it was indexed" in out
    status, out, _ = run("doctor", library)
    assert status == 1
    assert [line.split("is not")[1] for line in out.splitlines()] == [
        " the one that was taken in; something else than Briefer has changed it"
    ]


def test_what_another_program_has_changed_is_confirmed_by_its_id(run: Run, library: Path) -> None:
    imported(run, library)
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE sources SET reliability = 'A'")
    told = run("doctor", library)[1].splitlines()
    ids = [line.split()[1] for line in told]
    status, _, err = run("doctor", library, "--confirm", *ids)
    assert (status, "say why" in err) == (2, True)
    status, out, _ = run("doctor", library, "--confirm", *ids, "--reason", "As in the paper.")
    assert status == 0
    assert out.count("confirmed: ") == len(told) == 2
    status, _, err = run("doctor", library, "--confirm", "nothing", "--reason", "Compared.")
    assert status == 3
    assert "there is no thing nothing in this library" in err


def test_doctor_and_backup(run: Run, library: Path) -> None:
    imported(run, library)
    assert run("doctor", library) == (0, "sound: 2 sources, 0 excerpts, 0 briefs\n", "")
    copy = library.parent / "copy.briefer"
    assert run("backup", library, copy)[0] == 0
    assert run("doctor", copy)[0] == 0
    assert run("backup", library, copy)[0] == 0
    assert run("backup", library, library.parent / "port.txt")[0] == 4
    assert (library.parent / "port.txt").read_text(encoding="utf-8") == PORT_ARTICLE


def test_the_demo_says_what_it_made_and_keeps_what_was_there(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    status, printed, _ = run("demo", "--out", out, "--no-window")
    assert status == 0
    assert str(out / "sample.docx") in printed
    assert "0 red" in printed
    library = out / "sample.briefer"
    (brief,) = json.loads(run("briefs", library, "--json")[1])
    told = {f["check"] for f in json.loads(run("check", library, brief["id"], "--json")[1])["findings"]}
    assert not told & {"page-budget", "word-limit", "empty-section", "starter-left"}
    first = (out / "sample.docx").read_bytes()
    status, printed, _ = run("demo", "--out", out, "--no-window")
    assert str(out / "sample-2.docx") in printed
    assert (out / "sample.docx").read_bytes() == first
    (tmp_path / "file").write_text("x")
    assert run("demo", "--out", tmp_path / "file" / "x", "--no-window")[0] == 3


def test_the_demo_opens_the_window_on_its_brief(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[tuple[Path | None, str | None]] = []

    def window(library: Path | None, brief: str | None) -> int:
        opened.append((library, brief))
        return 1

    assert run_command(["demo", "--out", str(tmp_path)], LibraryOpener(Intake), window) == 0
    assert opened[0][0] == tmp_path / "sample.briefer"
    assert opened[0][1]
    assert "complete all the same" in capsys.readouterr().err


def test_the_selftest_passes() -> None:
    # As a program of its own, because it tells what is loaded: here, tests have loaded much else.
    command = [sys.executable, "-m", "briefer", "--selftest"]
    ran = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=300)
    assert "FAIL" not in ran.stdout
    assert "modules that speak to a network is loaded, and none can be\n" in ran.stdout
    assert "every module can be loaded\n" in ran.stdout
    assert "ok    who asks for a connection to another computer is refused\n" in ran.stdout
    assert ran.returncode == 0, ran.stderr


def test_the_selftest_says_where_there_is_no_window(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise ImportError('no libEGL here')", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    ran = subprocess.run(
        [sys.executable, "-m", "briefer", "--selftest"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert "--    the window cannot be loaded here, commands work without it (no libEGL here)\n" in ran.stdout
    assert "every module but those of the window can be loaded\n" in ran.stdout
    assert ran.returncode == 0, ran.stderr


def test_what_is_no_command_is_for_the_window() -> None:
    assert is_command(["import"])
    assert is_command(["--help"])
    assert is_command(["sorces", "my.briefer"])
    assert is_command(["sorces"])
    assert not is_command([])
    assert not is_command(["my.briefer"])


def test_files_are_for_the_window(tmp_path: Path) -> None:
    letter, folder = tmp_path / "letter.pdf", tmp_path
    letter.write_bytes(b"")
    assert not is_command([str(letter)])
    assert not is_command([str(letter), str(folder)])
    assert not is_command(["my.briefer", str(letter)])
    assert is_command([str(letter), str(tmp_path / "missing.pdf")])


def test_a_mistyped_command_is_wrong_usage(run: Run) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("sorces", "my.briefer")
    assert stopped.value.code == 2


def test_a_query_may_begin_with_a_minus(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    run("excerpt", library, source, "--quote", "gearbox", "--tag", "partner:IN")
    run("excerpt", library, source, "--quote", "cranes")
    found = json.loads(run("search", library, "-partner:IN", "--limit", 5, "--json")[1])
    assert [e["quote"] for e in found["excerpts"]] == ["cranes"]


def test_styles_are_listed_added_and_removed(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("styles")
    assert status == 0
    assert out.startswith("chicago-notes  Chicago Manual of Style")
    house = tmp_path / "house.csl"
    house.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>House</title></info>'
        '<citation><layout><text variable="title"/></layout></citation></style>',
        "utf-8",
    )
    assert run("styles", "--add", house) == (0, "house  House\n", "")
    rows = json.loads(run("styles", "--json")[1])
    own = {
        "name": "house",
        "title": "House",
        "language": None,
        "class": "in-text",
        "own": True,
        "problem": None,
    }
    assert [row for row in rows if row["own"]] == [own]
    assert run("styles", "--remove", "house") == (0, "", "")
    assert run("styles", "--remove", "house")[0] == 2
    house.write_text("<style>\n</x>", "utf-8")
    status, out, told = run("styles", "--add", house)
    assert (status, out) == (3, "")
    assert "house.csl, line 2: " in told


def test_backups_are_listed_made_and_restored(run: Run, library: Path) -> None:
    status, out, err = run("backups", library)
    assert (status, out) == (0, "")
    assert "no backups yet" in err
    assert "2 is" not in run("backups", library, "--make")[1]
    imported(run, library)
    listed = json.loads(run("backups", library, "--make", "--json")[1])
    assert [(b["number"], b["reason"], b["counts"]["sources"]) for b in listed] == [
        (1, "asked", 2),
        (2, "asked", 0),
    ]
    assert run("backups", library, "--restore", "3")[0] == 2
    status, out, _ = run("backups", library, "--restore", "2", "--json")
    done = json.loads(out)
    assert (status, done["restored"]["name"]) == (0, listed[1]["name"])
    assert Path(done["kept"]).name == listed[0]["name"]
    assert run("doctor", library)[1] == "sound: 0 sources, 0 excerpts, 0 briefs\n"
    status, out, _ = run("backups", library, "--restore", "1")
    assert (status, "as it was at" in out) == (0, True)
    assert run("doctor", library)[1] == "sound: 2 sources, 0 excerpts, 0 briefs\n"
    assert "2 sources, 0 excerpts, 0 briefs  asked" in run("backups", library)[1]
    assert run("backups", library.parent / "none.briefer", "--make")[0] == 4


def test_a_damaged_library_names_its_newest_good_backup(run: Run, library: Path) -> None:
    imported(run, library)
    run("backups", library, "--make")
    whole = library.read_bytes()
    library.write_bytes(b"\x00" * 100 + whole[100:])
    status, out, err = run("sources", library)
    assert (status, out) == (4, "")
    assert "its header is lost" in err
    assert f"`briefer backups {library} --restore 1`" in err
    assert err.count("\n") == 1
    assert run("backups", library, "--restore", "1")[0] == 0
    assert run("doctor", library)[0] == 0
    library.unlink()
    assert "--restore 1" in run("sources", library)[2]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--paragraph", "2", "--to", "1"), "run backwards"),
        (("--paragraph", "1", "--to", "0"), "run backwards"),
        (("--quote", "deliveries were late", "--to", "2"), "--to is of paragraphs"),
    ],
)
def test_paragraphs_that_make_no_sense(
    run: Run, library: Path, arguments: tuple[str, ...], told: str
) -> None:
    source = imported(run, library)[0]["source"]["id"]
    status, out, err = run("excerpt", library, source, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_what_would_change_nothing_or_take_the_title_is_refused(run: Run, library: Path) -> None:
    source = imported(run, library)[0]["source"]["id"]
    excerpt = run("excerpt", library, source, "--paragraph", "1")[1].strip()
    assert run("tag", library, excerpt)[::2] == (
        2, "briefer: nothing says which tags come or go; add --add TAG or --remove TAG.\n",
    )  # fmt: skip
    status, _, err = run("correct", library, source, "--title", " ")
    assert (status, "needs a title" in err) == (2, True)
    assert json.loads(run("source", library, source, "--json")[1])["title"].strip()
    assert run("carry", library, source) == (
        0, "", "nothing to carry: all excerpts stand on the latest capture\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("uses", "zz"), "there is no excerpt or source zz in this library"),
        (("mark", "zz", "OFFICIAL"), "there is no brief or excerpt or source zz in this library"),
        (("forms", "--remove", "meeting-brief"), "no form meeting-brief of its own"),
    ],
)
def test_what_is_not_there_is_told_by_all_that_it_could_be(
    run: Run, library: Path, arguments: tuple[str, ...], told: str
) -> None:
    command, *rest = arguments
    status, out, err = run(command, library, *rest)
    assert (status in {2, 3}, out, err.count("\n")) == (True, "", 1)
    assert told in err


@pytest.mark.parametrize(
    "arguments", [("search", "x.briefer"), ("search", "x.briefer", "a", "--limit", "-3"), ("nonsense",)]
)
def test_wrong_usage_is_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    err = capsys.readouterr().err
    assert (err.startswith("briefer"), err.count("\n")) == (True, 1)
    assert "--help` tells the usage" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_output_that_finds_no_room_is_told(run: Run, library: Path) -> None:
    imported(run, library)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefer", "sources", str(library), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=Path(__file__).resolve().parents[3],
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "the output cannot be written" in done.stderr
