from __future__ import annotations

import json
from getpass import getuser
from pathlib import Path

import docx
import pytest

from tests.unit.cli.conftest import Run, imported


@pytest.fixture
def sent(run: Run, library: Path) -> Path:
    """Return an exported brief of two quotations, one of them Japanese."""
    port, cable = (row["source"]["id"] for row in imported(run, library))
    run(
        "excerpt",
        library,
        port,
        "--quote",
        "We cannot wait eight months for a gearbox",
        "--tag",
        "partner:IN",
    )
    run("excerpt", library, cable, "--quote", "攻撃は偶然ではない", "--tag", "partner:IN")
    brief = run(
        "compose", library, "--form", "country-brief", "--for", "partner:IN", "--marking", "OFFICIAL"
    )[1].split()[0]
    file = library.parent / "sent.docx"
    assert run("export", library, brief, file)[0] == 0
    return file


def change(file: Path, old: str, new: str) -> None:
    document = docx.Document(str(file))
    for paragraph in document.paragraphs:
        for text in paragraph.runs:
            if old in text.text:
                text.text = text.text.replace(old, new)
    document.save(str(file))


def test_a_file_as_it_was_sent(run: Run, library: Path, sent: Path) -> None:
    status, out, err = run("verify", sent, "--library", library)
    assert (status, err) == (0, "")
    assert "quotation  exact" in out
    assert out.endswith("as exported\n")
    assert "0 red, 0 amber" in out
    found = json.loads(run("verify", sent, "--json")[1])
    assert set(found) == {
        "file", "brief", "title", "version", "ok", "library", "tracked", "comments", "rows", "account",
    }  # fmt: skip
    assert found["account"] == {"waived": [], "let": [], "sent": [], "whole": True}
    assert (found["file"], found["version"], found["ok"], found["library"]) == ("sent.docx", 1, True, False)
    assert set(found["rows"][0]) == {
        "subject", "verdict", "level", "id", "place", "recorded", "found", "diff", "changed", "moved", "shape", "tracked",
    }  # fmt: skip


def test_what_was_altered_is_red(run: Run, library: Path, sent: Path) -> None:
    change(sent, "eight months", "ten months")
    status, out, _ = run("verify", sent)
    assert status == 1
    assert "altered (6 characters)" in out
    assert "We cannot wait [-eight-]{+ten+} months for a" in out
    assert "1 red, 0 amber" in out
    found = json.loads(run("verify", sent, "--library", library, "--json")[1])
    (red,) = [row for row in found["rows"] if row["level"] == "red"]
    assert ["removed", "eight"] in red["diff"]
    assert not found["ok"]


def test_another_speaker_and_places_are_told(run: Run, sent: Path) -> None:
    change(sent, "攻撃は偶然ではない", "「攻撃は偶然ではない」と述べた")
    _, out, _ = run("verify", sent)
    assert "[-" not in out
    assert "{+「+}" in out


def test_a_file_that_is_no_word_file(run: Run, library: Path) -> None:
    status, out, err = run("verify", library.parent / "port.txt")
    assert (status, out) == (3, "")
    assert "holds no record of its export" in err


def test_what_was_let_pass_is_told_where_the_file_has_it(run: Run, library: Path, sent: Path) -> None:
    source = json.loads(run("sources", library, "--json")[1])[0]["id"]
    brief = json.loads(run("briefs", library, "--json")[1])[0]["id"]
    found = json.loads(run("check", library, brief, "--json")[1])["findings"][0]
    run("check", library, brief, "--waive", found["check"], "--reason", "internal")
    run("correct", library, source, "--standing", "withdrawn")
    out = sent.with_name("again.docx")
    status, _, err = run(
        "export", library, brief, out, "--annex", "record", "--let-pass", "known", "--by", "Ann Lee"
    )
    assert (status, err.startswith("let pass: ")) == (1, True)
    _, told, _ = run("verify", out)
    assert f"waived: {found['check']}: {found['message'][:50]}" in told
    assert f"({getuser()}: internal)" in told
    assert "left red: withdrawn: " in told
    assert "(Ann Lee: known)" in told
    account = json.loads(run("verify", out, "--json")[1])["account"]
    assert [(one["check"], one["who"], one["at"]) for one in account["let"]] == [("withdrawn", "Ann Lee", "")]
    assert [one["file"] for one in account["sent"]] == [sent.name]
