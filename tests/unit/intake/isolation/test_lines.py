"""Lines of the bulk form prepared beside the program: the same as in it, and none keeps another out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from briefer.app import LibraryOpener
from briefer.domain.bulk_form import Prepared, Preparer, ReadySource, Rules
from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.isolation import isolated
from briefer.intake.isolation.isolated import IsolatedIntake
from briefer.intake.isolation.limits import Limits
from briefer.services import exchange
from briefer.services.ports import Lines

pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds memory as told")
RULES = Rules(Vocabulary((Term(TagKind.RISK, "cyber", "Cyber"),)), ("pair:of ports", "prefix:l", "word:list"))


def line(number: int, text: str = "") -> bytes:
    text = (
        text or f"Ministers met in Lund.\n\nThey agreed on a list of {number} ports.\n\n「港湾」を重視する。"
    )
    quote = text.split("\n\n")[-1]
    tags = ["risk:cyber", f"free:port-{number % 7}"]
    csl = {"title": f"Report {number}", "issued": {"date-parts": [[2025, 3]]}, "publisher": "Harbour Press"}
    made = {"csl": csl, "text": text, "excerpts": [{"quote": quote, "tags": tags}, {"quote": "a list of"}]}
    return json.dumps(made, ensure_ascii=False).encode()


def portion(*data: bytes) -> Lines:
    digests = tuple(hashlib.sha256(one).hexdigest() for one in data)
    return Lines(tuple(range(1, len(data) + 1)), digests, data, RULES)


PORTIONS = [portion(*map(line, range(start, start + 20)), b"{bad") for start in range(0, 200, 20)]


@pytest.fixture(autouse=True)
def none_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_FEW_LINES", 0)


@pytest.fixture
def reader() -> Iterator[IsolatedIntake]:
    with closing(IsolatedIntake(2)) as made:
        yield made


def fates(portions: Sequence[Lines], reader: IsolatedIntake) -> list[bool]:
    return [isinstance(r, ReadySource) for _, done in reader.prepare(portions) for r in done.lines]


def test_workers_make_the_same_in_the_same_order(reader: IsolatedIntake) -> None:
    assert list(reader.prepare(PORTIONS)) == list(Intake().prepare(PORTIONS))


def test_a_few_lines_start_no_worker(reader: IsolatedIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_FEW_LINES", 1000)
    before = set(psutil.Process().children())
    assert list(reader.prepare(PORTIONS)) == list(Intake().prepare(PORTIONS))
    assert set(psutil.Process().children()) == before


def test_lines_are_prepared_here_until_a_worker_has_started(
    reader: IsolatedIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "_FEW_LINES", 30)
    here: list[object] = []
    monkeypatch.setattr(isolated, "Preparer", _told(here))
    asked = threading.Event()
    start = IsolatedIntake._start

    def starting(self: IsolatedIntake, rules: Rules) -> None:
        assert asked.wait(30)
        start(self, rules)

    monkeypatch.setattr(IsolatedIntake, "_start", starting)
    done = reader.prepare(PORTIONS * 2)
    found = [next(done) for _ in range(5)]
    assert len(here) == 5
    asked.set()
    found += done
    assert found == list(Intake().prepare(PORTIONS * 2))


def _told(here: list[object]) -> type[Preparer]:
    class Told(Preparer):
        def prepare(self, lines: Sequence[bytes]) -> Prepared:
            here.append(lines)
            return super().prepare(lines)

    return Told


def test_workers_that_are_killed_cost_no_line(reader: IsolatedIntake) -> None:
    before = set(psutil.Process().children())
    done = []
    for place, (_, prepared) in enumerate(reader.prepare(PORTIONS * 4)):
        if place in {0, 20}:
            for child in set(psutil.Process().children()) - before:
                child.kill()
        done += [isinstance(ready, ReadySource) for ready in prepared.lines]
    assert done == ([True] * 20 + [False]) * 40


@linux
def test_a_line_that_takes_too_much_is_refused_alone() -> None:
    with closing(IsolatedIntake(1, Limits(memory_mb=250))) as reader:
        many = portion(line(1), line(2), line(3, "é " * 2_500_000), line(4), line(5))
        assert fates([many, PORTIONS[0]], reader) == [True, True, False, True, True, *[True] * 20, False]
        ((_, done),) = reader.prepare([many])
        assert "memory" in str(done.lines[2])
        assert [tag.key for tag in done.tags if tag.key.startswith("port")] == [
            f"port-{n}" for n in (1, 2, 4, 5)
        ]
        assert done.sets is None


def test_after_the_end_nothing_is_prepared() -> None:
    reader = IsolatedIntake(1)
    reader.close()
    with pytest.raises(InputError) as caught:
        list(reader.prepare(PORTIONS))
    assert caught.value.code == "input-stopped"


def test_what_stops_while_it_waits_is_told(reader: IsolatedIntake) -> None:
    prepared = reader.prepare(PORTIONS * 4)
    next(prepared)
    reader.close()
    with pytest.raises(InputError) as caught:
        list(prepared)
    assert caught.value.code == "input-stopped"


def rows(library: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an import stored, but for ids and times."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(library)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        for table, sql in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [f'"{c}"' for c in columns if c not in _OWN_TO_EACH]
            if kept and table not in _OF_TIMES and not sql.startswith("CREATE VIRTUAL"):
                wanted = f"SELECT {', '.join(kept)} FROM {table}"
                found[table] = sorted(connection.execute(wanted).fetchall(), key=repr)
    return found


_OF_TIMES = {"record", "meta"}
_OWN_TO_EACH = {"id", "snapshot_id", "created_at", "captured_at", "accessed_at"}


def test_an_import_stores_the_same_with_workers_and_without(
    reader: IsolatedIntake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LINES_PER_TRANSACTION", 600)
    lines = [line(number) for number in range(1100)]
    lines[700] = b"{bad"
    stored = []
    for name, intake in (("with", reader), ("without", Intake())):
        library = tmp_path / f"{name}.briefer"
        desk = LibraryOpener(lambda intake=intake: intake).create(library)  # type: ignore[misc]
        report = desk.exchange.import_lines("x.jsonl", lines[:900])
        again = desk.exchange.import_lines("x.jsonl", lines)
        assert (report.sources, again.sources, again.duplicates, again.refused_count) == (899, 200, 899, 1)
        assert desk.review.doctor() == ()
        desk.close()
        stored.append(rows(library))
    with_, without = stored
    assert with_.keys() == without.keys()
    for table, own in with_.items():
        assert own == without[table], table
