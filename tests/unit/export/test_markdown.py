from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.domain.characters import by_script
from briefer.domain.documents import (
    BlockNode,
    Document,
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
from briefer.export.markdown import blocks, to_markdown
from briefer.export.marks import line
from briefer.markup import MarkdownMarkup

WORD = st.text(
    st.one_of(
        st.characters(min_codepoint=33, max_codepoint=126), st.sampled_from("éß“”’–…日本の「」。、カ🌏")
    ),
    min_size=1,
    max_size=8,
)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
FORMATS = st.sampled_from(
    [Run(""), Run("", bold=True), Run("", italic=True), Run("", bold=True, italic=True), Run("", code=True)]
)


def plain(text: str) -> Inlines:
    return (Run(text),)


def normal(inlines: Sequence[Inline]) -> Inlines:
    """Join what one run can hold, and mark scripts, as markup does."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Run) and isinstance(last, Run) and replace(last, text=inline.text) == inline:
            joined[-1] = replace(last, text=last.text + inline.text)
        else:
            joined.append(inline)
    return by_script(tuple(joined))


INLINES = st.lists(
    st.builds(lambda form, text: replace(form, text=text), FORMATS, PHRASE), min_size=1, max_size=4
)
LINE = INLINES.map(normal)
SPACED = INLINES.map(lambda runs: normal([part for run in runs for part in (run, Run(" "))][:-1]))
PARAGRAPH = st.builds(Paragraph, st.one_of(LINE, SPACED))
QUOTATION = st.builds(Paragraph, SPACED, st.just(ParagraphStyle.QUOTATION))
HEADING = st.builds(Heading, st.just(3), SPACED)
TABLE = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[SPACED] * width),
        st.lists(st.tuples(*[SPACED] * width), max_size=3).map(tuple),
    )
)


def lists(content: st.SearchStrategy[BlockNode]) -> st.SearchStrategy[BlockNode]:
    items = st.lists(
        st.builds(
            lambda first, rest: ListItem((first, *rest)),
            PARAGRAPH,
            st.lists(st.one_of(PARAGRAPH, content), max_size=2),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple)
    return st.one_of(
        st.builds(ListBlock, items), st.builds(ListBlock, items, st.just(True), st.sampled_from([1, 2, 10]))
    )


BLOCK = st.one_of(PARAGRAPH, QUOTATION, HEADING, TABLE, lists(st.one_of(QUOTATION, lists(PARAGRAPH))))


def read_back(nodes: Sequence[BlockNode]) -> tuple[BlockNode, ...]:
    return MarkdownMarkup().blocks("\n\n".join(blocks(nodes)))


@given(st.lists(BLOCK, min_size=1, max_size=4).map(tuple))
@example((Paragraph(plain("# no heading")), Paragraph(plain("1. no list")), Paragraph(plain("- nor here"))))
@example(
    (
        Paragraph(plain("a | b")),
        Paragraph(plain("--- | ---")),
        Paragraph(plain("=====")),
        Paragraph(plain(":-:")),
    )
)
@example((Paragraph((Run("「重要」", bold=True, language="ja"), Run("です", language="ja"))),))
@example(
    (Paragraph((Run("wichtig"), Run("bold", bold=True), Run("both", bold=True, italic=True), Run("end"))),)
)
@example(
    (Paragraph((Run("`", code=True), Run("a", bold=True, italic=True), Run("!"), Run("b", italic=True))),)
)
@example((ListBlock((ListItem((Paragraph(plain("a")),)),)), ListBlock((ListItem((Paragraph(plain("b")),)),))))
def test_blocks_read_back_as_they_were(nodes: tuple[BlockNode, ...]) -> None:
    assert read_back(nodes) == nodes


@pytest.mark.parametrize(
    "text",
    [
        "&amp; &copy &#65;",
        "![a](b)",
        "[@0198abcd]",
        "<b>x</b>",
        "a\\",
        "~~x~~",
        "# a #",
        "1) x",
        "*",
        "_a_",
        "`",
        "+ x",
    ],
)
def test_what_looks_like_markdown_stays_text(text: str) -> None:
    assert read_back((Paragraph(plain(text)),)) == (Paragraph(plain(text)),)
    assert read_back((Heading(3, plain(text)),)) == (Heading(3, plain(text)),)


def test_lines_can_be_broken() -> None:
    inlines: Inlines = (Run("one"), LineBreak(), Run("- two"), LineBreak(), LineBreak(), Run("3. three"))
    assert read_back((Paragraph(inlines),)) == (Paragraph(inlines),)
    assert line((Run("end"), LineBreak())) == "end"
    assert line((Run("one\r\ntwo"),)) == "one\\\ntwo"
    assert line(inlines, one=True) == "one - two 3. three"


def test_the_indent_of_a_japanese_paragraph_is_kept() -> None:
    (block,) = read_back((Paragraph((Run("　字下げ", language="ja"),)),))
    assert isinstance(block, Paragraph)
    assert "".join(run.text for run in block.inlines if isinstance(run, Run)) == "　字下げ"


def test_code_is_fenced_beyond_the_backticks_in_it() -> None:
    block = Paragraph((Run("a\n```\nb", code=True),), ParagraphStyle.CODE)
    assert read_back((block,)) == (block,)


@pytest.mark.parametrize("text", ["`", "``a`", " a ", "a `b`"])
def test_code_keeps_its_blanks_and_backticks(text: str) -> None:
    block = Paragraph((Run("x"), Run(text, code=True), Run("y")))
    assert read_back((block,)) == (block,)


@pytest.mark.parametrize(
    ("run", "written"),
    [
        (Run("https://example.org/a", link="https://example.org/a"), "<https://example.org/a>"),
        (Run("it", link="https://example.org/(a)?b=1&c=2"), "[it](https://example.org/%28a%29?b=1&amp;c=2)"),
        (Run("it", link="ftp://example.org"), "it"),
    ],
)
def test_links(run: Run, written: str) -> None:
    assert line((run,)) == written


def test_a_link_keeps_its_emphasis() -> None:
    block = Paragraph(
        (Run("see "), Run("the ", link="https://x.org"), Run("page", bold=True, link="https://x.org"))
    )
    assert read_back((block,)) == (block,)


def test_blanks_move_out_of_emphasis() -> None:
    assert line((Run(" a ", bold=True), Run("b"))) == "**a** b"
    assert line((Run("a"), Run(" ", italic=True), Run("b"))) == "a b"


def test_empty_paragraphs_and_items() -> None:
    assert list(blocks((Paragraph(()), ListBlock((ListItem(()),))))) == ["-"]
    nested = ListBlock((ListItem((Paragraph(plain("a")), ListBlock((ListItem(()),)))),))
    assert read_back((nested,)) == (nested,)


def test_a_document_without_a_title() -> None:
    assert to_markdown(Document("", (Paragraph(plain("x")),))) == "x\n"
