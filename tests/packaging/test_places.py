"""Nothing is written but where the user said, beside the library, in the user's own settings, or in the temporary folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

_WATCHED = textwrap.dedent(
    """
    import json, os, sys

    WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    CHANGING = {"os.mkdir": 1, "os.rename": 2, "os.remove": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2,
                "os.truncate": 1, "os.chmod": 1, "sqlite3.connect": 1, "shutil.copyfile": 2, "shutil.move": 2}
    found = set()

    def watch(event, arguments):
        if event == "open":
            path, mode, flags = arguments
            writes = set(mode) & set("wax+") if isinstance(mode, str) else (flags or 0) & WRITING
            if writes and isinstance(path, (str, bytes)):
                found.add((event, os.path.abspath(os.fsdecode(path))))
        elif event in CHANGING and (event not in {"os.remove", "os.rmdir"} or arguments[1] == -1):
            # What is deleted within an open folder has no path here: that is shutil.rmtree's.
            for path in arguments[: CHANGING[event]]:
                if isinstance(path, (str, bytes, os.PathLike)):
                    text = os.fsdecode(path)
                    found.add((event, text if text.startswith("file:") else os.path.abspath(text)))

    sys.addaudithook(watch)
    import platformdirs, tempfile
    from briefer.app import main
    statuses = []
    for line in json.loads(sys.argv[1]):
        try:
            status = main(line)
        except SystemExit as ended:
            status = ended.code
        statuses.append((line[0], status))
    print(json.dumps({"statuses": statuses, "found": sorted(found)}))
    """
)


def _path_of(text: str) -> Path:
    path = unquote(urlsplit(text).path) if text.startswith("file:") else text
    return Path(path).resolve()


@pytest.mark.slow
def test_every_file_that_commands_write_lies_where_the_user_said(root: Path, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("home", "standing", "library", "given", "out", "temporary")}
    for folder in folders.values():
        folder.mkdir()
    library, out = folders["library"] / "note.briefer", folders["out"]
    article = folders["given"] / "article.txt"
    article.write_text(
        "Ministers agree on ports\n\n17 December 2025\n\nThe ministers of Germany and Japan met in Lund to speak of "
        "supply chains, and agreed on a list of ports that is to be published in spring.\n",
        encoding="utf-8",
    )
    (folders["given"] / "page.html").write_bytes(
        (root / "resources/sample/lng-supply-editorial.txt").read_bytes()
    )
    commands: list[list[str | Path]] = [
        ["init", library],
        ["import", library, article, folders["given"]],
        ["sources", library],
        ["confirm", library],
        ["search", library, "ports"],
        ["compose", library, "--form", "one-page-note", "--title", "Ports", "--for", "partner:DE"],
        ["vocabulary", library, "--export", out / "terms.csv"],
        ["backup", library, out / "copy.briefer"],
        ["backups", library, "--make"],
        ["backups", library, "--restore", "1"],
        ["doctor", library, "--repair"],
        ["rescue", library, out / "saved.briefer"],
        ["demo", "--out", out / "demo", "--no-window"],
        ["verify", out / "demo" / "sample.docx"],
        ["template", out / "demo" / "sample.docx"],
        ["--selftest"],
    ]
    environment = {
        **os.environ,
        "HOME": str(folders["home"]),
        "USERPROFILE": str(folders["home"]),
        "APPDATA": str(folders["home"]),
        "TMPDIR": str(folders["temporary"]),
        "TEMP": str(folders["temporary"]),
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        environment.pop(name, None)
    given = {file: file.read_bytes() for file in folders["given"].iterdir()}
    ran = subprocess.run(
        [sys.executable, "-c", _WATCHED, json.dumps([[str(word) for word in line] for line in commands])],
        cwd=folders["standing"],
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert {name for name, status in told["statuses"] if status not in {0, 1}} <= {"template", "compose"}, (
        ran.stderr
    )
    named = [folders[name].resolve() for name in ("library", "out", "home", "temporary")]
    strange = [
        (event, text)
        for event, text in told["found"]
        if not any(_path_of(text).is_relative_to(folder) for folder in named)
        and _path_of(text) != Path(os.devnull)
        and ":memory:" not in text
    ]
    assert strange == []
    assert {file: file.read_bytes() for file in folders["given"].iterdir()} == given
    assert list(folders["standing"].iterdir()) == []
    assert list(folders["temporary"].iterdir()) == []
    assert sorted(file.name for file in folders["library"].iterdir()) == [
        "note.briefer",
        "note.briefer-backups",
    ]
