"""The commands around the record and the trash."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, imported


def test_the_record_is_printed_and_written_to_files(run: Run, library: Path) -> None:
    port = imported(run, library)[0]["source"]
    status, out, err = run("record", library)
    assert (status, err) == (0, "")
    assert "import: source “Port operators in India agree on spare parts”" in out
    assert port["sha256"] in out
    status, out, _ = run("record", library, "--json", "--text", "port.txt")
    (entry,) = json.loads(out)
    assert (entry["kind"], entry["id"], entry["what"]["sha256"]) == ("import", port["id"], port["sha256"])
    file = library.parent / "record.md"
    assert run("record", library, "--output", file)[0] == 0
    assert "| 2 | " in file.read_text(encoding="utf-8")


def test_anybody_can_verify_the_written_record(run: Run, library: Path) -> None:
    imported(run, library)
    file = library.parent / "record.jsonl"
    assert run("record", library, "--output", file) == (0, f"{file}: 3 entries\n", "")
    before = ""
    for text in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(text)
        own = entry.pop("hash")
        assert entry["before"] == before
        written = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(written.encode()).hexdigest() == own
        before = own


def test_a_record_of_another_kind_is_refused(run: Run, library: Path) -> None:
    status, _, err = run("record", library, "--output", library.parent / "record.xls")
    assert (status, err.count("\n")) == (2, 1)
    assert ".jsonl or .md" in err


def test_a_broken_record_is_told(run: Run, library: Path) -> None:
    imported(run, library)
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE record SET who = 'nobody' WHERE number = 2")
    status, _, err = run("record", library)
    assert (status, err) == (
        1,
        "briefer: the record is broken at entry 2: its words are not those that were written.\n",
    )
    status, out, _ = run("doctor", library)
    assert (status, out.startswith("record: broken at entry 2")) == (1, True)


def test_things_are_removed_listed_and_put_back(run: Run, library: Path) -> None:
    port, cable = (row["source"] for row in imported(run, library))
    brief = json.loads(run("compose", library, "--form", "one-page-note", "--json")[1])["brief"]
    excerpt = json.loads(run("excerpt", library, port["id"], "--paragraph", 2, "--json")[1])
    ids = (excerpt["id"], port["id"], brief, "risk:cyber")
    status, out, _ = run("remove", library, *ids)
    assert (status, out.count("in the trash")) == (0, 4)
    assert [s["id"] for s in json.loads(run("sources", library, "--json")[1])] == [cable["id"]]
    listed = json.loads(run("trash", "list", library, "--json")[1])
    assert [one["kind"] for one in listed] == ["term", "brief", "source", "excerpt"]
    assert listed[3]["stuck"].startswith("its source")
    _, out, _ = run("trash", "list", library)
    assert "cannot be put back: its source" in out
    status, out, err = run("trash", "restore", library, excerpt["id"])
    assert (status, out) == (1, "")
    assert "stays in the trash: its source" in err
    assert run("trash", "restore", library, *ids)[0] == 0
    assert run("trash", "list", library) == (0, "", "the trash is empty\n")
    assert json.loads(run("search", library, "", "--json")[1])["total"] == 1
    assert run("doctor", library)[0] == 0


def test_emptying_names_what_would_go_and_asks(run: Run, library: Path) -> None:
    port, cable = (row["source"] for row in imported(run, library))
    excerpt = json.loads(run("excerpt", library, port["id"], "--paragraph", 2, "--json")[1])
    run("remove", library, excerpt["id"], port["id"], cable["id"])
    status, out, err = run("trash", "empty", library, port["id"])
    assert (status, out.count("\n")) == (0, 2)
    assert "would be gone for good: " in out
    assert "could not be put back any more: " in out
    assert "nothing was deleted" in err
    assert len(json.loads(run("trash", "list", library, "--json")[1])) == 3
    assert "gone for good: " in run("trash", "empty", library, port["id"], "--yes")[1]
    assert run("trash", "restore", library, port["id"])[0] == 3
    gone = json.loads(run("trash", "empty", library, "--yes", "--json")[1])
    assert (gone["deleted"], len(gone["gone"]), gone["stranded"]) == (True, 2, [])
    assert run("trash", "empty", library) == (0, "", "")


@pytest.mark.parametrize("thing", ["nothing", "risk:nothing"])
def test_what_is_not_there_is_told_and_the_rest_is_removed(run: Run, library: Path, thing: str) -> None:
    status, out, err = run("remove", library, thing, "risk:cyber")
    assert (status, out, err.count("\n")) == (3, "term risk:cyber: in the trash\n", 1)


def test_what_several_things_begin_with_is_refused(run: Run, library: Path) -> None:
    rows = [row["source"]["id"] for row in imported(run, library)]
    start = rows[0][:4]
    assert "fits more than one" in run("remove", library, start)[2]
    run("remove", library, *rows)
    assert "fits more than one" in run("trash", "restore", library, start)[2]
