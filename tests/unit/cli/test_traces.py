"""What commands on an encrypted library leave behind them: nothing that can be read without the passphrase."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.passphrases import Passphrase
from briefer.intake import Intake
from tests.unit.services.conftest import PORT_ARTICLE

PASSPHRASE = "correct horse battery staple"
SENTINEL = "Xyloquartzite"
QUOTE = f"The {SENTINEL} was seen in the harbour on Monday, and its crew went ashore."
ARTICLE = PORT_ARTICLE.replace("\n\nThe semiconductor", f"\n\n{QUOTE}\n\nThe semiconductor")
# Notes which files the program opens to write to, so that one that is gone at the end is not overlooked.
_WATCHED = textwrap.dedent(
    """
    import json, os, sys
    noted = os.open(os.environ["NOTED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(event, args):
        if event == "open" and isinstance(args[0], (str, os.PathLike)):
            mode, flags = args[1], args[2]
            if (mode and set(mode) & set("wax+")) or (flags & (os.O_WRONLY | os.O_RDWR)):
                os.write(noted, (os.fspath(args[0]) + "\\n").encode())

    sys.addaudithook(note)
    from briefer.__main__ import main
    for command in json.loads(sys.argv[1]):
        sys.argv[1:] = command
        status = main()
        if status:
            sys.exit(status)
    """
)


class Place:
    """A library, its passphrase's file, a folder for temporary files, and one for what is meant to be readable."""

    def __init__(self, folder: Path) -> None:
        self.kept, self.temporary, self.given = (folder / name for name in ("kept", "temporary", "given"))
        for made in (self.kept, self.temporary, self.given):
            made.mkdir()
        self.library = self.kept / "note.briefer"
        self.passphrase = self.given / "passphrase.txt"
        self.passphrase.write_text(PASSPHRASE, encoding="utf-8")
        self.article = self.given / "article.txt"
        self.article.write_text(ARTICLE, encoding="utf-8")
        self.noted = folder / "noted.txt"
        self.noted.touch()
        LibraryOpener(Intake).create(self.library, Passphrase(PASSPHRASE)).close()

    def start(self, *commands: tuple[object, ...]) -> subprocess.Popen[str]:
        """Start a process that carries commands out, one after the other."""
        given = [[str(a) for a in (*command, "--passphrase-file", self.passphrase)] for command in commands]
        return subprocess.Popen(
            [sys.executable, "-c", _WATCHED, json.dumps(given)],
            cwd=Path(__file__).resolve().parents[3],
            env={**os.environ, "NOTED": str(self.noted), "TMPDIR": str(self.temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *commands: tuple[object, ...]) -> str:
        process = self.start(*commands)
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert SENTINEL not in err
        assert PASSPHRASE not in out + err
        return out

    def readable(self) -> list[str]:
        words = [
            SENTINEL.encode(),
            SENTINEL.lower().encode(),
            SENTINEL.encode("utf-16-le"),
            PASSPHRASE.encode(),
        ]
        files = [
            file for folder in (self.kept, self.temporary) for file in folder.rglob("*") if file.is_file()
        ]
        assert self.library in files
        return [str(file) for file in files if any(word in file.read_bytes() for word in words)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.slow
def test_import_search_export_and_backup_leave_nothing_readable(place: Place) -> None:
    library = place.library
    out = place.run(("import", library, place.article), ("sources", library, "--json"))
    source = re.findall(r'"id": "([^"]+)"', out)[0]
    note = ("--form", "one-page-note", "--for", "partner:IN", "--title", f"On {SENTINEL}", "--json")
    out = place.run(
        ("excerpt", library, source, "--quote", QUOTE, "--tag", "partner:IN"),
        ("search", library, SENTINEL.lower()),
        ("compose", library, *note),
    )
    assert SENTINEL in out
    brief = re.findall(r'"brief": "([^"]+)"', out)[0]
    targets = [place.given / f"out{suffix}" for suffix in (".docx", ".pdf", ".html")]
    place.run(
        *(("export", library, brief, target, "--let-pass", "a test") for target in targets),
        ("backup", library, place.kept / "copy.briefer"),
        ("backups", library, "--make"),
        ("doctor", library, "--repair"),
    )
    assert all(target.stat().st_size for target in targets)
    assert place.readable() == []
    written = {Path(line) for line in place.noted.read_text("utf-8").splitlines()}
    elsewhere = {path for path in written if not path.is_relative_to(place.given) and ".pyc" not in path.name}
    assert not {p for p in elsewhere if not p.is_relative_to(place.kept) and str(p) != os.devnull}, elsewhere


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
@pytest.mark.parametrize("after", [0.2, 0.8])
def test_an_import_that_is_killed_leaves_nothing_readable(place: Place, after: float) -> None:
    folder = place.given / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"{ARTICLE}\n\nNumber {number}.\n", encoding="utf-8")
    process = place.start(("import", place.library, folder))
    journal = Path(f"{place.library}-wal")
    while process.poll() is None and not (journal.exists() and journal.stat().st_size):
        time.sleep(0.05)
    time.sleep(after)
    process.kill()
    process.communicate()
    assert place.readable() == []
    place.run(("doctor", place.library))
    assert place.readable() == []
