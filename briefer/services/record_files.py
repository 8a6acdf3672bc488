"""The record as a file: JSON Lines for programs, Markdown for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.domain.record import Entry, Head, as_json, canonical, told

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$^@])")


def json_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield each entry as a line of JSON with all its fields, ``hash`` among them (`domain.record`)."""
    return (f"{canonical(as_json(entry))}\n".encode() for entry in entries)


def markdown(entries: Iterable[Entry], name: str, head: Head) -> Iterator[bytes]:
    """Yield a table of the entries under a heading that names the library and the end of the chain."""
    yield (
        f"# The record of {_cell(name)}\n\n"
        f"{head.count} entries; the hash of the last is `{head.hash}`. Times are UTC.\n\n"
        "| No. | When | Who | What | About | Facts |\n|--:|---|---|---|---|---|\n"
    ).encode()
    for entry in entries:
        about = f"{entry.subject} “{entry.label}”" if entry.label else entry.subject
        facts = "; ".join(f"{name}: {text}" for name, text in told(entry.facts))
        cells = (str(entry.number), moment(entry), entry.who, entry.kind, about, facts)
        yield f"| {' | '.join(map(_cell, cells))} |\n".encode()


def moment(entry: Entry) -> str:
    """Return when an entry was made, to the second, in UTC."""
    return entry.at[:19].replace("T", " ")


def _cell(text: str) -> str:
    """Return a text for a cell: in one line, nothing in it a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
