from __future__ import annotations

import gc
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    BlockNode,
    Citation,
    CitedExcerpt,
    CrossReference,
    Heading,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.markup import MarkdownMarkup

MARKUP = MarkdownMarkup()
CITED = Citation((CitedExcerpt("abcd1234"),))


def inlines(markdown: str) -> Inlines:
    (block,) = MARKUP.blocks(markdown)
    assert isinstance(block, Paragraph)
    return block.inlines


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def texts(blocks: tuple[BlockNode, ...]) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.inlines
            case ListBlock():
                for item in block.items:
                    yield from texts(item.blocks)
            case Table():
                yield from block.header
                for row in block.rows:
                    yield from row


def everything(markdown: str) -> str:
    return "\n".join(plain_text(text) for text in texts(MARKUP.blocks(markdown)))


def test_paragraphs() -> None:
    assert MARKUP.blocks("One\ntwo.\n\nThree.") == (paragraph("One two."), paragraph("Three."))


@pytest.mark.parametrize("markdown", ["", " \n\n", "---", "![](x.png)", "\x01"])
def test_nothing_to_say_makes_no_block(markdown: str) -> None:
    assert MARKUP.blocks(markdown) == ()


@pytest.mark.parametrize("markdown", ["# Asks", "### Asks", "###### Asks ##", "Asks\n===="])
def test_headings_stand_below_those_of_the_brief(markdown: str) -> None:
    assert MARKUP.blocks(markdown) == (Heading(3, (Run("Asks"),)),)


def test_lists_within_lists() -> None:
    (block,) = MARKUP.blocks("- a\n  1. b\n     - c\n- d")
    inner = ListBlock((ListItem((paragraph("c"),)),))
    numbered = ListBlock((ListItem((paragraph("b"), inner)),), ordered=True)
    assert block == ListBlock((ListItem((paragraph("a"), numbered)), ListItem((paragraph("d"),))))


@pytest.mark.parametrize(("markdown", "start"), [("1. a", 1), ("3) a\n4) b", 3), ("0. a", 0)])
def test_a_numbered_list_counts_from_its_first_number(markdown: str, start: int) -> None:
    (block,) = MARKUP.blocks(markdown)
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start) == (True, start)


def test_an_item_of_several_paragraphs() -> None:
    (block,) = MARKUP.blocks("- a\n\n  b")
    assert block == ListBlock((ListItem((paragraph("a"), paragraph("b"))),))


def test_a_table_is_as_wide_as_its_header() -> None:
    (table,) = MARKUP.blocks("| a | **b** |\n|---|---|\n| 1 |\n| 2 | [@abcd1234] | 3 |")
    assert table == Table(
        ((Run("a"),), (Run("b", bold=True),)),
        (((Run("1"),), ()), ((Run("2"),), (CITED,))),
    )


def test_a_table_of_a_header_alone() -> None:
    assert MARKUP.blocks("| a |\n|---|") == (Table(((Run("a"),),), ()),)


def test_emphasis() -> None:
    assert inlines("a *b* **c** ***d*** e") == (
        Run("a "),
        Run("b", italic=True),
        Run(" "),
        Run("c", bold=True),
        Run(" "),
        Run("d", bold=True, italic=True),
        Run(" e"),
    )


def test_code_is_taken_as_it_is() -> None:
    assert inlines("a `*b* [@abcd1234]`") == (Run("a "), Run("*b* [@abcd1234]", code=True))


@pytest.mark.parametrize(
    "markdown", ["```py\na *b*\n  c\n```", "    a *b*\n      c\n", "~~~\na *b*\n  c\n~~~"]
)
def test_a_block_of_code_keeps_its_lines(markdown: str) -> None:
    assert MARKUP.blocks(markdown) == (Paragraph((Run("a *b*\n  c", code=True),), ParagraphStyle.CODE),)


@pytest.mark.parametrize("target", ["https://example.org/a", "http://example.org", "mailto:a@example.org"])
def test_links(target: str) -> None:
    assert inlines(f"[a **b**]({target})") == (
        Run("a ", link=target),
        Run("b", bold=True, link=target),
    )
    assert inlines(f"<{target}>")[0] == Run(target, link=target)


def test_a_link_by_reference() -> None:
    assert inlines("[a][1]\n\n[1]: https://example.org") == (Run("a", link="https://example.org"),)


@pytest.mark.parametrize("target", ["javascript:x", "file:///x", "/x", "x.html", "#", "ftp://x.org/"])
def test_a_link_that_leads_nowhere_for_the_reader_is_text(target: str) -> None:
    runs = inlines(f"see [this]({target})")
    assert plain_text(runs).startswith("see ")
    assert "this" in plain_text(runs)
    assert not any(run.link for run in runs if isinstance(run, Run))


def test_a_link_to_a_place_in_the_document_is_a_cross_reference() -> None:
    assert inlines("see [the *annex*](#annex-coverage)") == (
        Run("see "),
        CrossReference("annex-coverage", "the "),
        CrossReference("annex-coverage", "annex"),
    )
    assert inlines("[背景](#背景)") == (CrossReference("背景", "背景"),)
    assert inlines("[here](#)") == (Run("here"),)


@pytest.mark.parametrize("html", ["<b>x</b>", "a<br>b", "<!-- x -->", "<script>alert(1)</script>"])
def test_html_is_shown_as_the_text_that_it_is(html: str) -> None:
    assert inlines(html) == (Run(html),)


def test_a_block_of_html_is_text_with_its_citations() -> None:
    assert inlines("<div>\n[@abcd1234]\n</div>") == (Run("<div> "), CITED, Run(" </div>"))


def test_block_quotations() -> None:
    assert MARKUP.blocks("> a\n>\n> > b\n\nc") == (
        Paragraph((Run("a"),), ParagraphStyle.QUOTATION),
        Paragraph((Run("b"),), ParagraphStyle.QUOTATION),
        paragraph("c"),
    )


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a ![the *map* of `x`](m.png) b", "a the map of x b"),
        ("![one\ntwo](m.png)", "one two"),
        ("![one\\\ntwo](m.png)", "one two"),
        ("![a ![b\nc](n.png)](m.png)", "a b c"),
    ],
)
def test_a_picture_is_its_alternative_text(markdown: str, text: str) -> None:
    assert inlines(markdown) == (Run(text),)


def test_a_citation_within_alternative_text_is_not_lost() -> None:
    assert inlines("![map [@abcd1234]](m.png)") == (Run("map "), CITED)


@pytest.mark.parametrize("markdown", ["a  \nb", "a\\\nb"])
def test_hard_breaks(markdown: str) -> None:
    assert inlines(markdown) == (Run("a"), LineBreak(), Run("b"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("日本\n語", "日本語"),
        ("**日本**\n**語**", "日本語"),
        ("日本\n*語*", "日本語"),
        ("日本\nword", "日本 word"),
        ("word\n語", "word 語"),
        ("*a*\n*b*", "a b"),
        ("日本 語", "日本 語"),
    ],
)
def test_a_line_end_is_a_blank_except_within_japanese(markdown: str, text: str) -> None:
    assert plain_text(inlines(markdown)) == text


def test_japanese_runs_are_marked() -> None:
    assert inlines("The **経済 paper**") == (
        Run("The "),
        Run("経済", bold=True, language="ja"),
        Run(" paper", bold=True),
    )


def test_a_citation_with_what_was_written_around_it() -> None:
    assert inlines("So [see @abcd1234, p. 3; @efgh5678].") == (
        Run("So "),
        Citation((CitedExcerpt("abcd1234", "see", "p. 3"), CitedExcerpt("efgh5678"))),
        Run("."),
    )


def test_citations_in_other_things() -> None:
    assert inlines("*a [@abcd1234]*") == (Run("a ", italic=True), CITED)
    assert inlines("[[@abcd1234]]") == (Run("["), CITED, Run("]"))
    assert inlines("see\n[see\n@abcd1234]")[1] == Citation((CitedExcerpt("abcd1234", "see"),))
    assert MARKUP.blocks("# a [@abcd1234]") == (Heading(3, (Run("a "), CITED)),)


def test_a_citation_wins_over_a_link() -> None:
    assert inlines("[@abcd1234](https://example.org)") == (CITED, Run("(https://example.org)"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"\[@abcd1234]", "[@abcd1234]"),
        (r"\[@abcd1234\]", "[@abcd1234]"),
        ("[a@abcd1234]", "[a@abcd1234]"),
        ("[@abc]", "[@abc]"),
        ("[@abcd1234;]", "[@abcd1234;]"),
        ("[@abcd1234", "[@abcd1234"),
        (r"\*a\*", "*a*"),
    ],
)
def test_what_is_escaped_or_no_citation_is_text(markdown: str, text: str) -> None:
    assert inlines(markdown) == (Run(text),)


def test_the_first_block_bears_the_anchor_and_the_others_a_number() -> None:
    blocks = MARKUP.blocks("# a\n\nb\n\n- c\n\n|d|\n|-|", "id")
    assert [block.anchor for block in blocks] == ["id", "id-2", "id-3", "id-4"]
    assert [block.anchor for block in MARKUP.blocks("a\n\nb")] == ["", ""]


def test_an_anchor_is_not_lost_with_a_block_that_says_nothing() -> None:
    assert [block.anchor for block in MARKUP.blocks("---\n\na", "id")] == ["id"]


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("#>-*_[]()!`|@\\\n 1.a日")))
def test_any_text_is_taken_and_fit_for_xml(markdown: str) -> None:
    text = everything(markdown)
    assert text == xml_safe(text)


words = st.from_regex(r"[A-Za-zäöéß日本語]{1,8}", fullmatch=True)
lines = st.tuples(
    st.sampled_from(["", "# ", "- ", "1. ", "> ", "> - ", "  - "]),
    st.lists(
        st.tuples(
            words, st.sampled_from(["{}", "*{}*", "**{}**", "`{}`", "[{}](https://x.org)", "![{}](x)"])
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["\n", "\n\n", "  \n"]),
)


@given(st.lists(lines, max_size=6))
def test_no_word_is_lost_or_moved(content: list[tuple[str, list[tuple[str, str]], str]]) -> None:
    markdown = "".join(
        start + " ".join(form.format(word) for word, form in found) + end for start, found, end in content
    )
    expected = "".join(word for _, found, _ in content for word, _ in found)
    assert re.sub(r"\s", "", everything(markdown)) == expected


@given(st.lists(words, min_size=1, max_size=8))
def test_plain_words_are_one_run_of_text(found: list[str]) -> None:
    assert plain_text(inlines(" ".join(found))) == " ".join(found)


@given(words, st.uuids().map(str), words)
def test_a_citation_is_found_among_words(before: str, excerpt_id: str, after: str) -> None:
    runs = inlines(f"{before} [@{excerpt_id}] {after}")
    assert Citation((CitedExcerpt(excerpt_id),)) in runs
    assert plain_text(runs) == f"{before}  {after}"


@pytest.mark.parametrize(
    "wild", ["[" * 40_000, "[a " * 20_000, "[" * 9_000 + "]" * 9_000, "![" * 20_000, "[x](" * 9_000]
)
def test_hundreds_of_open_brackets_are_signs_and_hold_nobody_up(wild: str) -> None:
    text = f"Before [a page](https://a.example/x).\n\n{wild}\n\nAfter [another](https://a.example/y)."
    blocks = MARKUP.blocks(text)
    said = everything(text)
    assert said.startswith("Before a page")
    assert said.endswith("After another.")
    assert said.count("[") == text.count("[") - 2
    assert len(blocks) == 3
    written = MARKUP.write(MARKUP.read(text))
    assert MARKUP.write(MARKUP.read(written)) == written


def test_emphasis_may_be_opened_a_thousand_times_in_a_line() -> None:
    text = "*a _b " * 700 + "c_ d* " * 700
    assert everything(text) == ("a b " * 700 + "c d " * 700).strip()
    written = MARKUP.write(MARKUP.read(text))
    assert MARKUP.write(MARKUP.read(written)) == written


def test_links_stay_links_where_brackets_are_many_but_closed() -> None:
    text = "[a](https://a.example/x) " * 400
    assert everything(text) == ("a " * 400).strip()


def test_a_text_that_was_read_leaves_no_garbage_to_collect() -> None:
    markup = MarkdownMarkup()
    markup.read("Once.")  # what the parser keeps is made the first time
    gc.collect()
    was = gc.isenabled()
    gc.disable()
    try:
        markup.read("A text [@aaaaaaaa].\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |")
        markup.blocks("Another **text**.\n\n1. one\n2. two")
        assert gc.collect() == 0
    finally:
        if was:
            gc.enable()
