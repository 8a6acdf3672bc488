"""The same brief, version and choices give the same bytes in any process, place and language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, imported

ROOT = Path(__file__).parents[3]
CHOICES = {
    "plain": [],
    "zotero": ["--live", "zotero", "--notes", "end", "--contents"],
    "word": ["--live", "word", "--style", "apa", "--annex", "sources"],
    "japanese": ["--lang", "ja", "--archived", "--originals"],
}
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"},
)
EXPORT_ALL = """
import sys
from briefer.app import main
library, brief, folder, *words = sys.argv[1:]
for choices in " ".join(words).split("|"):
    name, *rest = choices.split()
    assert main(["export", library, brief, f"{folder}/{name}.docx", *rest]) == 0
"""


@pytest.mark.slow
def test_another_process_writes_the_same_bytes(run: Run, library: Path, tmp_path: Path) -> None:
    port, cable = (row["source"]["id"] for row in imported(run, library))
    run(
        "excerpt",
        library,
        port,
        "--quote",
        "We cannot wait eight months",
        "--tag",
        "partner:IN",
        "--speaker",
        "A",
    )
    run("excerpt", library, cable, "--quote", "攻撃は偶然ではない", "--tag", "partner:IN")
    brief = run(
        "compose", library, "--form", "country-brief", "--for", "partner:IN", "--marking", "OFFICIAL"
    )[1].split()[0]
    words = "|".join(" ".join((name, *choices)) for name, choices in CHOICES.items())
    written = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-c", EXPORT_ALL, str(library), brief, str(folder), words]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **surroundings}, check=True, capture_output=True)
        written.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    for name, choices in CHOICES.items():
        assert run("export", library, brief, tmp_path / f"{name}.docx", *choices)[0] == 0
    here = {file.name: file.read_bytes() for file in sorted(tmp_path.glob("*.docx"))}
    assert len(here) == len(CHOICES)
    assert here == written[0] == written[1]
