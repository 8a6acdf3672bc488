from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.domain.documents import (
    Citation,
    CitedExcerpt,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock, Raw
from briefer.markup import MarkdownMarkup
from briefer.markup.inlines import merged

MARKUP = MarkdownMarkup()
ID = "0198abcd-0000-7000-8000-000000000001"

WORDS = st.lists(
    st.text("ab1_*`[]()<>&;!#+-=|\\~:.\"'@経「」。é𠮷/{}$^%,?", min_size=1, max_size=6),
    min_size=1,
    max_size=3,
).map(" ".join)
LINKS = st.sampled_from(
    [None, None, None, "https://example.org/a%28b%29?x=1&y=2#z", "mailto:a@example.org", "#place"]
)
RUNS = st.builds(Run, WORDS, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), link=LINKS)
CITATIONS = st.builds(
    lambda prefix, suffix: Citation((CitedExcerpt(ID, prefix, suffix), CitedExcerpt("abcd1234"))),
    st.sampled_from(["", "see", "vgl. *x*"]),
    st.sampled_from(["", "p. 3", "a | b"]),
)
INLINES = st.lists(RUNS | RUNS | CITATIONS | st.just(Run(" ")), min_size=1, max_size=6)
LINES = st.lists(INLINES, min_size=1, max_size=3)


def _normal(parts: Sequence[Inline]) -> Inlines:
    """Return inlines as they stand in a paragraph: joined, with blanks outside emphasis and not at the ends."""
    found: list[Inline] = []
    for part in merged(iter(parts)):
        plain = part if isinstance(part, Run) and part.text.strip() else None
        found.append(part if plain or not isinstance(part, Run) else Run(part.text))
    joined = list(merged(iter(found)))
    while joined and isinstance(first := joined[0], Run):
        joined[0] = replace(first, text=first.text.lstrip())
        if joined[0] != Run(""):
            break
        joined.pop(0)
    while joined and isinstance(last := joined[-1], Run):
        joined[-1] = replace(last, text=last.text.rstrip())
        if joined[-1] != Run(""):
            break
        joined.pop()
    return tuple(joined)


def _paragraph_of(lines: Sequence[Sequence[Inline]]) -> Inlines:
    found: list[Inline] = []
    for line in lines:
        content = _normal(line)
        if content:
            found += [LineBreak()] * bool(found) + list(content)
    return tuple(found)


ONE_LINE = INLINES.map(_normal).filter(bool)
TEXTS = LINES.map(_paragraph_of).filter(bool)
PARAGRAPHS = st.builds(Paragraph, TEXTS, st.sampled_from([ParagraphStyle.BODY, ParagraphStyle.QUOTATION]))
ITEM_TEXT = TEXTS.map(Paragraph)


def _lists(items: st.SearchStrategy[ListItem]) -> st.SearchStrategy[ListBlock]:
    several = st.lists(items, min_size=1, max_size=3).map(tuple)
    return st.builds(ListBlock, several) | st.builds(
        ListBlock, several, ordered=st.just(True), start=st.sampled_from([1, 1, 3, 12])
    )


LEAVES = ITEM_TEXT.map(lambda text: ListItem((text,)))
LISTS = st.recursive(
    _lists(LEAVES),
    lambda inner: _lists(
        st.builds(lambda text, below: ListItem((text, *below)), ITEM_TEXT, st.lists(inner, max_size=2))
        | st.builds(lambda below: ListItem((below,)), inner)
    ),
    max_leaves=3,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    cell = ONE_LINE | st.just(())
    row = st.tuples(*[cell] * width)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))))


RAWS = st.sampled_from(["```\ncode *x*\n```", "---", "![map](map.png)", "> - quoted list"]).map(Raw)
BLOCKS = st.lists(
    PARAGRAPHS | st.builds(Heading, st.integers(1, 6), ONE_LINE) | LISTS | tables() | RAWS,
    min_size=1,
    max_size=4,
).map(tuple)


@settings(deadline=None)
@given(BLOCKS)
def test_blocks_are_read_back_as_they_were_written(blocks: tuple[ProseBlock, ...]) -> None:
    assert MARKUP.read(MARKUP.write(blocks)) == blocks


@settings(deadline=None)
@given(BLOCKS)
def test_what_was_written_is_written_again_alike(blocks: tuple[ProseBlock, ...]) -> None:
    markdown = MARKUP.write(blocks)
    assert MARKUP.write(MARKUP.read(markdown)) == markdown


_MARKS = (
    *(
        "# ",
        "- ",
        "1. ",
        "3) ",
        "> ",
        "*",
        "**",
        "`",
        "```\n",
        "[",
        "](https://a.example)",
        "| ",
        "\\",
        "&amp;",
    ),
    *("\n", "\n\n", "    ", "  ", "---\n", "[x]: https://a.example\n", "![i](p.png)"),
    *("a b", "word", "経済", f"[@{ID}]"),
)
MARKS = st.sampled_from(_MARKS)


@settings(deadline=None, max_examples=200)
@given(st.lists(MARKS, max_size=14).map("".join))
def test_any_markdown_means_the_same_once_it_was_edited(markdown: str) -> None:
    again = MARKUP.write(MARKUP.read(markdown))
    assert MARKUP.write(MARKUP.read(again)) == again
    before, after = (re.sub(r"\s+", "", str(MARKUP.blocks(text))) for text in (markdown, again))
    assert _letters(before) == _letters(after)


def _letters(text: str) -> list[str]:
    return sorted(re.findall(r"text='([^']*)'", text.replace("\\n", "").replace("text=''", "")))


@pytest.mark.parametrize(
    "markdown",
    [
        "```python\nx = 1\n```",
        "```\n\nx = 1\n\n\n```",
        "![map](map.png) beside text",
        "> # heading in a quotation",
        "- two\n\n  paragraphs",
        "| a | b |\n| ---: | --- |\n| 1 | 2 |",
        '[titled](https://a.example "title")',
        "[x]: https://a.example",
        "    indented code",
        "***",
    ],
)
def test_what_has_no_block_of_its_own_stays_as_it_is(markdown: str) -> None:
    assert MARKUP.read(f"Before.\n\n{markdown}\n\nAfter.")[1:-1] == (Raw(markdown),)
    assert MARKUP.write(MARKUP.read(f"Before.\n\n{markdown}\n\nAfter.")) == f"Before.\n\n{markdown}\n\nAfter."


def test_an_open_fence_is_closed() -> None:
    assert MARKUP.read("```\ncode") == (Raw("```\ncode\n```"),)


@pytest.mark.parametrize(
    ("markdown", "normal"),
    [
        ("_a_ and __b__", "*a* and **b**"),
        ("one\ntwo", "one two"),
        ("経済\n安全", "経済安全"),
        ("Title\n=====", "# Title"),
        ("* a\n* b\n    * c", "- a\n- b\n  - c"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("snake_case and 3 < 4", "snake_case and 3 < 4"),
        (f"[see  @{ID} p. 3]", f"[see @{ID}, p. 3]"),
        ("- a\n-\n- b", "- a\n- b"),
        ("", ""),
    ],
)
def test_there_is_one_way_to_write(markdown: str, normal: str) -> None:
    assert MARKUP.write(MARKUP.read(markdown)) == normal


def test_code_without_its_last_fence_keeps_its_empty_lines() -> None:
    assert MARKUP.write(MARKUP.read("```\n\nx = 1\n\n")) == "```\n\nx = 1\n\n```"


def test_an_address_that_is_told_inside_a_list_stays_for_those_who_refer_to_it() -> None:
    told = "- [x]: https://a.example"
    assert MARKUP.write(MARKUP.read(f"{told}\n\n![i](p.png) of [x]")) == f"{told}\n\n![i](p.png) of [x]"
