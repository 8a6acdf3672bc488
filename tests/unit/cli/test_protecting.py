"""The commands of encryption: where passphrases come from, and what is told."""

from __future__ import annotations

import getpass
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefer.domain import passphrases
from briefer.domain.passphrases import Passphrase
from briefer.errors import UsageError
from briefer.remembering import SystemKeyring
from tests.unit.cli.conftest import Run, imported

ONE, TWO = "correct horse battery staple", "another eight words of it"


class Keyring:
    def __init__(self) -> None:
        self.kept: dict[str, Passphrase] = {}
        self.there = True

    def recall(self, library: str) -> Passphrase | None:
        return self.kept.get(library)

    def keep(self, library: str, passphrase: Passphrase) -> None:
        if not self.there:
            raise UsageError("keyring-none", detail="none was found")
        self.kept[library] = passphrase

    def forget(self, library: str) -> None:
        self.kept.pop(library, None)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_ITERATIONS", 2)


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    made = Keyring()
    monkeypatch.setattr(SystemKeyring, "recall", lambda _self, library: made.recall(library))
    monkeypatch.setattr(SystemKeyring, "keep", lambda _self, library, given: made.keep(library, given))
    monkeypatch.setattr(SystemKeyring, "forget", lambda _self, library: made.forget(library))
    return made


@pytest.fixture
def one(tmp_path: Path) -> Path:
    file = tmp_path / "one.txt"
    file.write_text(f"{ONE}\nwhat stands below is no part of it\n", encoding="utf-8-sig")
    return file


@pytest.fixture
def two(tmp_path: Path) -> Path:
    file = tmp_path / "two.txt"
    file.write_text(TWO, encoding="utf-8")
    return file


@pytest.fixture
def locked(run: Run, library: Path, one: Path) -> Path:
    imported(run, library)
    status, out, err = run("protect", library, "--passphrase-file", one)
    assert (status, err) == (0, "")
    assert "encrypted" in out
    return library


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody at the terminal who types these lines, one a question."""

    def types(*lines: str) -> list[str]:
        asked: list[str] = []
        answers = iter(lines)

        def ask(prompt: str) -> str:
            asked.append(prompt)
            return next(answers)

        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr(getpass, "getpass", ask)
        return asked

    return types


def test_every_command_takes_the_passphrase_from_a_file(
    run: Run, locked: Path, one: Path, two: Path, tmp_path: Path
) -> None:
    given = ("--passphrase-file", one)
    status, out, _ = run("sources", locked, "--json", *given)
    assert (status, len(json.loads(out))) == (0, 2)
    for command in (
        ("doctor", locked),
        ("backup", locked, tmp_path / "copy.briefer"),
        ("search", locked, "port"),
    ):
        assert run(*command, *given)[0] == 0
        status, out, err = run(*command, "--passphrase-file", two)
        assert (status, out) == (4, "")
        assert "does not open it" in err
        status, out, err = run(*command)
        assert (status, out) == (4, "")
        assert "--passphrase-file" in err
    assert run("sources", tmp_path / "copy.briefer", *given)[0] == 0


def test_from_standard_input(run: Run, locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = io.TextIOWrapper(io.BytesIO(f"{ONE}\n".encode()))
    monkeypatch.setattr(sys, "stdin", line)
    assert run("briefs", locked, "--passphrase-file", "-")[0] == 0


def test_at_the_terminal(run: Run, locked: Path, terminal: Callable[..., list[str]]) -> None:
    asked = terminal(ONE)
    assert run("briefs", locked)[0] == 0
    assert asked == [f"Passphrase of {locked.name}: "]
    terminal(TWO)
    assert run("briefs", locked)[0] == 4


def test_a_new_one_is_typed_twice(run: Run, library: Path, terminal: Callable[..., list[str]]) -> None:
    terminal(ONE, TWO)
    status, _, err = run("protect", library)
    assert (status, "differ" in err) == (2, True)
    terminal("")
    assert run("protect", library)[0] == 2
    terminal("short", "short")
    status, _, err = run("protect", library)
    assert (status, "guessed" in err) == (0, True)
    terminal("short")
    assert run("briefs", library)[0] == 0


def test_nobody_to_ask(run: Run, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False))
    status, _, err = run("protect", library)
    assert (status, "--passphrase-file" in err) == (2, True)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff", b""], ids=["missing", "no text", "empty"])
def test_a_file_without_a_passphrase(run: Run, locked: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "none.txt"
    if content is not None:
        file.write_bytes(content)
    status, out, err = run("briefs", locked, "--passphrase-file", file)
    assert status == (2 if content == b"" else 3)
    assert (out, err.count("\n")) == ("", 1)


def test_from_the_first_byte(run: Run, tmp_path: Path, one: Path) -> None:
    path = tmp_path / "new.briefer"
    status, out, _ = run("init", path, "--encrypt", "--passphrase-file", one)
    assert (status, "encrypted" in out) == (0, True)
    assert path.read_bytes()[:4] == b"BRFR"
    assert run("init", path, "--encrypt", "--passphrase-file", one)[0] == 4
    status, _, err = run("init", tmp_path / "other.briefer", "--passphrase-file", one)
    assert (status, "--encrypt" in err) == (2, True)


def test_another_passphrase_and_none(run: Run, locked: Path, one: Path, two: Path) -> None:
    rekey = ("rekey", locked, "--passphrase-file")
    assert run(*rekey, two, "--new-passphrase-file", one)[0] == 4
    assert run(*rekey, one, "--new-passphrase-file", two)[0] == 0
    assert run("briefs", locked, "--passphrase-file", one)[0] == 4
    assert run("unprotect", locked, "--passphrase-file", one)[0] == 4
    assert run("unprotect", locked, "--passphrase-file", two)[0] == 0
    assert run("briefs", locked)[0] == 0
    for command in (("unprotect", locked), ("rekey", locked), ("remember", locked)):
        status, _, err = run(*command, "--passphrase-file", one)
        assert (status, "is not encrypted" in err) == (4, True)


def test_encrypted_already(run: Run, locked: Path, one: Path) -> None:
    status, _, err = run("protect", locked, "--passphrase-file", one)
    assert (status, "rekey" in err) == (4, True)


def test_not_of_what_is_no_library(run: Run, tmp_path: Path, one: Path) -> None:
    for command in ("protect", "unprotect", "rekey", "remember", "copies"):
        assert run(command, tmp_path / "none.briefer", "--passphrase-file", one)[0] == 4


def test_the_keyring_is_asked_before_anybody(run: Run, locked: Path, one: Path, keyring: Keyring) -> None:
    assert run("remember", locked, "--passphrase-file", one)[0] == 0
    assert run("briefs", locked)[0] == 0
    assert run("remember", locked, "--forget")[0] == 0
    assert run("briefs", locked)[0] == 4
    keyring.there = False
    status, _, err = run("remember", locked, "--passphrase-file", one)
    assert (status, "no keyring" in err) == (2, True)


def test_it_keeps_the_new_one_after_the_former(
    run: Run, locked: Path, one: Path, two: Path, keyring: Keyring
) -> None:
    run("remember", locked, "--passphrase-file", one)
    assert run("rekey", locked, "--new-passphrase-file", two)[0] == 0
    assert list(keyring.kept.values()) == [Passphrase(TWO)]
    assert run("briefs", locked)[0] == 0
    assert run("unprotect", locked)[0] == 0
    assert keyring.kept == {}
    assert run("protect", locked, "--passphrase-file", one, "--remember")[0] == 0
    assert list(keyring.kept.values()) == [Passphrase(ONE)]


def test_copies_that_somebody_has_made_are_named_and_stay(run: Run, library: Path, one: Path) -> None:
    imported(run, library)
    run("backups", library, "--make")
    own = Path(shutil.copy(library, library.with_name("mine.briefer")))
    _, _, err = run("protect", library, "--passphrase-file", one)
    assert f"{own}  a copy of your own" in err
    assert "--delete` deletes them, but for those of your own" in err
    given = ("--passphrase-file", one)
    assert [copy["by_hand"] for copy in json.loads(run("copies", library, "--json", *given)[1])] == [
        False,
        True,
    ]
    _, out, _ = run("copies", library, "--delete", *given)
    assert [line.split()[0] for line in out.splitlines()] == ["deleted", "stays"]
    assert own.exists()
    _, out, err = run("copies", library, "--delete", *given)
    assert (out.startswith("stays"), err) == (True, "")


def test_what_it_does_not_guard_is_named_and_deleted(run: Run, library: Path, one: Path, two: Path) -> None:
    imported(run, library)
    assert run("backups", library, "--make")[0] == 0
    (backup,) = (library.parent / f"{library.name}-backups").iterdir()
    _, out, err = run("protect", library, "--passphrase-file", one)
    assert str(backup) in err
    assert "briefer copies" in err
    given = ("--passphrase-file", one)
    status, out, _ = run("copies", library, "--json", *given)
    (copy,) = json.loads(out)
    assert (status, copy["path"], copy["encrypted"]) == (0, str(backup), False)
    assert run("copies", library, "--passphrase-file", two)[0] == 4
    status, out, err = run("copies", library, "--delete", *given)
    assert (status, out.startswith("deleted"), "SSD" in err) == (0, True, True)
    assert not backup.exists()
    assert "no copies" in run("copies", library, *given)[2]


def test_backups_are_listed_and_restored_with_it(run: Run, locked: Path, one: Path, two: Path) -> None:
    given = ("--passphrase-file", one)
    assert run("backups", locked, "--make", *given)[0] == 0
    (backup,) = json.loads(run("backups", locked, "--json", *given)[1])
    assert (backup["encrypted"], backup["counts"]["sources"]) == (True, 2)
    assert run("backups", locked, "--restore", 1, "--passphrase-file", two)[0] == 4
    assert run("backups", locked, "--restore", 1, *given)[0] == 0
    assert run("rekey", locked, *given, "--new-passphrase-file", two)[0] == 0
    out = run("backups", locked, "--passphrase-file", two)[1]
    assert "another passphrase" in out


def test_a_lost_beginning_is_told_with_the_backup_that_opens(run: Run, locked: Path, one: Path) -> None:
    given = ("--passphrase-file", one)
    assert run("backups", locked, "--make", *given)[0] == 0
    data = locked.read_bytes()
    locked.write_bytes(b"\xff" * 200 + data[200:])
    status, _, err = run("briefs", locked, *given)
    assert (status, "--restore 1" in err) == (4, True)
    assert run("backups", locked, "--restore", 1, *given)[0] == 0
    assert len(json.loads(run("sources", locked, "--json", *given)[1])) == 2


def test_no_passphrase_is_printed(run: Run, locked: Path, one: Path, two: Path) -> None:
    for command in (
        ("doctor", locked, "--passphrase-file", one),
        ("doctor", locked, "--passphrase-file", two),
        ("rekey", locked, "--passphrase-file", one, "--new-passphrase-file", two),
        ("copies", locked, "--passphrase-file", two),
    ):
        _, out, err = run(*command)
        assert not [word for word in (ONE, TWO) if word in out + err]
