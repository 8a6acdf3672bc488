"""``briefer rescue``: a damaged library without a backup."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.unit.cli.conftest import Run, imported


def test_what_is_saved_and_what_is_lost(run: Run, library: Path, tmp_path: Path) -> None:
    count = len(imported(run, library))
    out = tmp_path / "saved.briefer"
    status, said, _ = run("rescue", library, out)
    assert (status, said) == (0, f"{out}: {count} sources, 0 excerpts, 0 briefs saved\n")
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("UPDATE sources SET published_basis = 'soon' WHERE number = 1")
        connection.execute("UPDATE sources SET publisher = CAST(x'ff41' AS TEXT) WHERE number = 2")
        connection.commit()
    status, said, err = run("sources", library)
    assert status == 4
    assert "briefer rescue" in err
    status, said, _ = run("rescue", library, tmp_path / "again.briefer")
    assert status == 1
    assert said.startswith("lost    sources: “")
    assert "harmed  sources: “" in said
    assert said.endswith(f"{count - 1} sources, 0 excerpts, 0 briefs saved\n")
    status, said, _ = run("rescue", library, tmp_path / "third.briefer", "--json")
    told = json.loads(said)
    assert status == 1
    assert told["saved"] == {"sources": count - 1, "excerpts": 0, "briefs": 0}
    assert len(told["lost"]) >= 1
    status, _, err = run("rescue", library, out)
    assert status == 4
    assert "already exists" in err
