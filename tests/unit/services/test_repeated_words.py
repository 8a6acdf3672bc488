"""What repeats words of a left-out source leaves in no format: every byte is searched, in every dress and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from briefer.domain.briefs import Block, Brief
from briefer.domain.exporting import ExportOptions
from briefer.services.desk import Desk
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_section,
    make_snapshot,
    make_source,
    original,
    prose,
    quotation,
    untold,
)
from tests.unit.unpacking import everything

SECRET, OPEN = "uk-gscp/secret", "uk-gscp/official"
SENTENCE = "The spare gearboxes are stored in a quarry near Salem."
JAPANESE = "予備の歯車は採石場の地下倉庫に保管されている。"
TITLE = "Where Quarries Hide the Gearboxes of Cranes"
ADDRESS = "https://secret.example/a/page"

WRITTEN = (
    "The spare gearboxes are **stored** in a quarry near Salem.",
    "The spare [gearboxes](https://open.example) are stored in a quarry near Salem.",
    "予備の歯車は**採石場**の地下倉庫に保管されている。",
    "The spare gear\u00adboxes are\\\nstored in a quarry n&#101;ar Salem\\.",
    "> The spare gearboxes\n> are stored in a quarry.",
    "- The spare gearboxes\n- are stored in a quarry",
    "|The spare|gearboxes are|\n|--|--|\n|stored in|a quarry near|",
    "![The spare gearboxes are stored in a quarry](https://open.example/a.png)",
    "See Where Quarries *Hide* the Gearboxes of Cranes.",
    "Ann *Quarrier* wrote it.",
    "As Bob Speaker told.",
    f"[There]({ADDRESS}/) it is.",
)
"""As a text can be written; in headings and comments the same is plain."""

PLAIN = (
    "The spare gearboxes are stored in a quarry near Salem, he said.",
    "The spare gearboxes, are stored in a quarry near Salem.",
    "Spare gearboxes are stored in a quarry near Salem.",
    "GEARBOXES ARE STORED IN A QUARRY NEAR SALEM",
    "予備の歯車は、採石場の地下倉庫に保管",
    "About where quarries hide the gearboxes of cranes",
    f"It is at {ADDRESS}.",
    "Ann Quarrier and Bob Speaker",
)


class Marks:
    """Words that occur nowhere else, one beside each repetition."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.beside: dict[str, str] = {}

    def mark(self, text: str, place: str) -> str:
        word = f"Zqv{next(self._numbers):03}beside"
        self.beside[word] = f"{place}: {text}"
        return word


def stored(desk: Desk, words: str, *, title: str, **changes: str) -> str:
    made = make_source(
        title=title, authors=("Ann Quarrier",) if title == TITLE else (), url=changes.pop("url", None)
    )
    snapshot = make_snapshot(made, words)
    excerpt = make_excerpt(snapshot, words, **changes)
    with desk.library.write() as work:
        work.sources.add(made, snapshot, original(words))
        work.excerpts.add([excerpt])
    return excerpt.id


def places(desk: Desk, marks: Marks) -> Iterator[Block]:
    """Yield blocks that repeat the words, each in every dress that its place allows."""
    for number, text in enumerate((*WRITTEN, *PLAIN)):
        yield prose(f"{text}\n\n{marks.mark(text, 'unmarked text')}")
        yield replace(prose(f"{marks.mark(text, 'text marked lower')}\n\n{text}"), marking=OPEN)
        if text in PLAIN:
            noted = f"{text} {marks.mark(text, 'comment')}"
            shown = f"[{text} {marks.mark(text, 'inserted')}] come"
            i = stored(desk, f"Ships number {number} come.", title=f"Ships {number}", comment=noted)
            yield quotation(i)
            yield replace(quotation(i), shown=shown)


@pytest.fixture
def marks() -> Marks:
    return Marks()


@pytest.fixture
def brief(desk: Desk, marks: Marks) -> Brief:
    changes = {"url": ADDRESS, "speaker": "Bob Speaker", "translation": JAPANESE, "marking": SECRET}
    untold(desk.library)
    high = stored(desk, SENTENCE, title=TITLE, **changes)
    sections = (
        make_section(*places(desk, marks), quotation(high), heading="Open heading"),
        *(make_section(prose("Text."), heading=f"{t} {marks.mark(t, 'heading')}") for t in PLAIN),
        make_section(prose("Zqv999staying text on ports."), heading="Last"),
    )
    made = make_brief(
        title=f"{PLAIN[0]} {marks.mark(PLAIN[0], 'title')}",
        audience=f"Ann Quarrier {marks.mark('Ann Quarrier', 'audience')}",
        sections=sections,
        marking=SECRET,
    )
    desk.compose.add(made)
    return made


def found(words: list[str], path: Path) -> list[str]:
    parts = [part.lower() for part in everything(path.read_bytes())]
    codes = ("utf-8", "utf-16-be", "utf-16-le")
    return [w for w in words if any(w.lower().encode(code) in part for part in parts for code in codes)]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".html", ".md", ".txt"])
def test_nothing_that_repeats_words_leaves(
    desk: Desk, brief: Brief, marks: Marks, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"out{suffix}"
    options = ExportOptions(contents=True, comments=True, originals=True, portions=True, ceiling=OPEN)
    desk.publish.export(brief.id, out, options)
    assert found(["Zqv999staying"], out), "the search finds nothing at all"
    assert [marks.beside[word] for word in found(list(marks.beside), out)] == []
    assert found(["secret.example", "Quarrier", "Bob Speaker"], out) == []


def test_it_is_told_what_is_repeated(desk: Desk, brief: Brief) -> None:
    told = desk.publish.leaving(brief.id, ExportOptions(ceiling=OPEN)).left_out
    assert {portion.repeats for portion in told} == {TITLE, ""}
    under = [p.what for p in told if not p.repeats and p.what.endswith("“Open heading”")]
    assert under == ["a quotation under “Open heading”"]


def test_the_search_finds_what_is_not_left_out(
    desk: Desk, brief: Brief, marks: Marks, tmp_path: Path
) -> None:
    out = tmp_path / "out.html"
    desk.publish.export(brief.id, out, ExportOptions(comments=True, ceiling="uk-gscp/top-secret"))
    assert set(marks.beside) - set(found(list(marks.beside), out)) == set()
