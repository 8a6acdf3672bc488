"""The official CSL test-suite against Briefer's way of driving citeproc-js.

    python benchmarks/csl_suite.py FIXTURES LOCALES [--by-itself] [NAME ...]

FIXTURES is a folder of the suite's text files, LOCALES one of ``locales-*.xml`` (the package citeproc-py carries
all of them). A fixture passes when the text is the same; how entities are written and which citations are marked
as changed is not compared. ``--by-itself`` leaves out what Briefer lays around the library to make it quicker:
the fixtures missed must be the same ones.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefer.citing.engine import Cluster, Engine, Processor, ScriptError

_PART = re.compile(r">>=+ ([A-Z-]+) =+>>\n?(.*?)\n?<<=+ \1 =+<<", re.DOTALL)


def parts(text: str) -> dict[str, str]:
    return {match[1]: match[2].strip("\n") for match in _PART.finditer(text.replace("\r\n", "\n"))}


def outcome(processor: Processor, fixture: Mapping[str, str], locales: Mapping[str, str]) -> str:
    """Return what the fixture's RESULT should be."""
    options = json.loads(fixture.get("OPTIONS", "{}"))
    engine = processor.open(fixture["CSL"], locales, force=False, options=options)
    try:
        items = [{"id": f"unnamed-{n}"} | item for n, item in enumerate(json.loads(fixture["INPUT"]))]
        engine.add(items)
        return _written(engine, fixture, [str(item["id"]) for item in items])
    finally:
        engine.close()


def _written(engine: Engine, fixture: Mapping[str, str], ids: Sequence[str]) -> str:
    mode = fixture["MODE"].strip()
    unsorted = mode.endswith("-nosort")
    lines: list[str] = []
    if "CITATIONS" in fixture:
        lines = _document(engine, json.loads(fixture["CITATIONS"]))
    else:
        lists = json.loads(fixture["BIBENTRIES"]) if "BIBENTRIES" in fixture else [ids]
        ordered = engine.register(lists, unsorted=unsorted)
        if "CITATION-ITEMS" in fixture:
            lines = list(engine.alone(json.loads(fixture["CITATION-ITEMS"])))
        elif mode.startswith("citation"):
            # The suite makes up one citation of all, in the order of the source list.
            lines = list(engine.format([Cluster(tuple({"id": i} for i in ordered))]).texts)
    if mode.startswith("citation"):
        return "\n".join(lines)
    section = json.loads(fixture["BIBSECTION"]) if "BIBSECTION" in fixture else None
    found = engine.bibliography(section)
    return "" if found is None else found.start + "".join(found.entries) + found.end


def _document(engine: Engine, calls: Sequence[Sequence[Any]]) -> list[str]:
    """Play the calls: each puts a citation into the document at a place; the last shows what it changed."""
    placed: dict[str, dict[str, Any]] = {}
    before: dict[str, str] = {}
    lines: list[str] = []
    for number, (citation, earlier, later) in enumerate(calls):
        name = citation.get("citationID") or f"unnamed-{number}"
        placed[name] = citation
        order = [(str(i), note) for i, note in earlier]
        order.append((name, citation.get("properties", {}).get("noteIndex", 0)))
        order += [(str(i), note) for i, note in later]
        clusters = [
            Cluster(tuple(placed[i]["citationItems"]), note, _properties(placed[i])) for i, note in order
        ]
        texts = engine.format(clusters).texts
        after = dict(zip((i for i, _ in order), texts, strict=True))
        lines = [
            f"{'>>' if i == name or before.get(i) != text else '..'}[{n}] {text}"
            for n, (i, text) in enumerate(after.items())
        ]
        before = after
    return lines


def _properties(citation: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in citation.get("properties", {}).items() if k != "noteIndex"}


def same(found: str, wanted: str) -> bool:
    """Whether two results say the same."""
    return _told(found) == _told(wanted)


def _told(text: str) -> str:
    """A result as it is compared: how entities are written is not the point, nor is the marking of changes."""
    text = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text.strip())
    text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return re.sub(r"(?m)^(?:\.\.|>>)(?=\[)", "", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fixtures", type=Path)
    parser.add_argument("locales", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--by-itself", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what differs")
    arguments = parser.parse_args()
    locales = {
        path.stem.removeprefix("locales-"): path.read_text("utf-8")
        for path in arguments.locales.glob("locales-*.xml")
    }
    files = sorted(arguments.fixtures.glob("*.txt"))
    files = [f for f in files if not arguments.names or f.stem in arguments.names]
    processor = Processor(quick=not arguments.by_itself)
    passed, missed = 0, []
    try:
        for file in files:
            fixture = parts(file.read_text("utf-8-sig"))
            try:
                found = outcome(processor, fixture, locales)
            except ScriptError as error:
                found = f"{type(error).__name__}: {error}"
            if same(found, fixture["RESULT"]):
                passed += 1
                continue
            missed.append(file.stem)
            if arguments.show:
                print(f"--- {file.stem}\n{fixture['RESULT']}\n--- found\n{found}\n")
    finally:
        processor.close()
    print(f"{passed} of {len(files)} fixtures; missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
