"""A releasable version gives nothing away from where citations and pictures can stand in a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.briefs import Block, Brief
from briefer.domain.exporting import Live
from briefer.services.desk import Desk
from tests.unit.factories import make_brief, make_section, prose, quotation
from tests.unit.services.test_released import ALL, OPEN, SECRET, Shelf, Words, leaked


@pytest.fixture
def words() -> Words:
    return Words()


def open_text(markdown: str) -> Block:
    return replace(prose(markdown), marking=OPEN)


@pytest.fixture
def brief(desk: Desk, words: Words) -> Brief:
    """A brief whose texts may leave, with citations of what may not in every place that a text has."""
    shelf, hide, tell = Shelf(desk, words), words.hide, words.tell
    low = shelf.excerpt("a low one", hidden=False, marking=OPEN)
    high = shelf.excerpt("a high one", hidden=True, marking=SECRET)
    said = high.quote
    talked = shelf.excerpt(
        "one with a comment", hidden=False, marking=OPEN,
        comment=f"{said} {hide('comment that repeats')}", comment_marking=OPEN,
    )  # fmt: skip
    repeating = shelf.excerpt("one that repeats", hidden=False, marking=OPEN)

    def chip(place: str) -> str:
        return f"[{hide(f'prefix in {place}')} @{high.id}, {hide(f'suffix in {place}')}; @{low.id}]"

    blocks = (
        open_text(f"| A | B |\n|--|--|\n| {tell('cell')} {chip('a cell')} | x |\n| y | {chip('another cell')} |"),
        open_text(f"- {tell('item')} {chip('an item')}\n  1. {tell('inner')} {chip('an inner item')}"),
        open_text(f"> {tell('quoted')} {chip('a block quotation')}"),
        open_text(f"### {tell('own heading')} {chip('a heading')}\n\n**{tell('bold')} {chip('bold words')}**"),
        open_text(f"![{said}](https://open.example/a.png) {hide('beside an alternative text')}"),
        open_text(f"![A chart](https://{words.hidden['address of a high one']}.example/page) {hide('beside a picture')}"),
        open_text(f"| {said} |\n|--|\n| {hide('below a header that repeats')} |"),
        open_text(f"See [{tell('reference')}](#considerations) {chip('a text')}."),
        quotation(talked.id),
        replace(quotation(repeating.id), shown=f"[{said} {hide('inserted')}] {repeating.quote}"),
    )  # fmt: skip
    made = make_brief(
        marking=SECRET,
        sections=(
            make_section(*blocks, heading=tell("heading"), type="say"),
            make_section(prose(hide("text")), heading=hide("section"), type="considerations", marking=SECRET),
            make_section(open_text(f"{tell('annex')} {chip('an annex')}"), heading="Annex", type="annex"),
            make_section(heading="Sources", type="sources"),
        ),
    )
    desk.compose.add(made)
    return made


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".html", ".md", ".txt"])
def test_citations_and_pictures_give_nothing_away_wherever_they_stand(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"out{suffix}"
    desk.publish.export(brief.id, out, ALL)
    assert leaked(words, out) == []


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
def test_fields_in_tables_and_lists_give_nothing_away(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path, live: Live
) -> None:
    out = tmp_path / "out.docx"
    desk.publish.export(brief.id, out, replace(ALL, live=live))
    assert leaked(words, out) == []


def test_what_may_be_told_stays_and_the_search_finds_the_rest(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path
) -> None:
    out = tmp_path / "out.html"
    desk.publish.export(brief.id, out, ALL)
    page = out.read_text("utf-8")
    places = ("cell", "item", "inner", "quoted", "own heading", "bold", "reference", "annex")
    assert [place for place in places if words.told[place] not in page] == []
    desk.publish.export(brief.id, out, replace(ALL, ceiling="uk-gscp/top-secret"))
    shown = {
        what
        for what in words.hidden
        if what.startswith(("prefix", "suffix", "beside", "below", "comment that"))
    }
    assert shown - set(leaked(words, out)) == set()
