from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer import assets
from briefer.domain.characters import by_script
from briefer.domain.documents import (
    BlockNode,
    CitationText,
    CiteItem,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeadingNumbering,
    HeatMap,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    Work,
)
from briefer.export.markdown import blocks, to_markdown
from briefer.export.markdown.marks import line
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


# --- citations as Pandoc's ---------------------------------------------------------------------------------------


def work(identifier: str, **csl: object) -> Work:
    return Work(identifier, {"id": identifier, "type": "article-newspaper", **csl})


def day(*parts: int) -> dict[str, object]:
    return {"date-parts": [list(parts)]}


GAZETTE = work(
    "w1", title="Ministers Agree", **{"container-title": "The Harbour Gazette"}, issued=day(2025, 12, 17)
)
PAPER = work("w2", title="Resilience", author=[{"family": "Süß-Nowak", "given": "J."}], issued=day(2024))


def cited(*items: CiteItem) -> CitationText:
    return CitationText("c", (Run("Formatted.", italic=True),), items)


def written(*inlines: Inline, language: str = "en-GB", **more: object) -> str:
    """Return the text of a paragraph of ``inlines``; a number stands for a note with that citation."""
    document = replace(
        Document("", (Paragraph(inlines),), works=(GAZETTE, PAPER), language=language),
        **more,  # type: ignore[arg-type]
    )
    return to_markdown(document).partition("\n---\n\n")[2].rstrip("\n")


def test_a_note_that_is_a_citation_stands_where_it_is_cited() -> None:
    items = (
        CiteItem("w1", locator="3", label="paragraph", prefix="see"),
        CiteItem("w2", locator="4-5", suffix="emphasis added; mine"),
    )
    notes = (Note(1, (cited(*items),)),)
    shown = "[see @harbour-gazette-2025, para. 3; @suss-nowak-2024, pp. 4-5, emphasis added\\; mine]"
    assert written(Run("Agreed."), NoteRef(1), notes=notes) == f"Agreed {shown}."
    assert written(Run("Agreed.”"), NoteRef(1), Run(" More."), notes=notes) == f"Agreed.” {shown} More."
    assert written(NoteRef(1), notes=notes) == shown
    assert written(Run("Agreed", bold=True), NoteRef(1), Run("."), notes=notes) == f"**Agreed** {shown}."


def test_places_are_in_the_words_of_the_documents_language() -> None:
    def place(label: str, locator: str, language: str = "en") -> str:
        text = written(cited(CiteItem("w1", "", locator, label)), language=language)
        return text.removeprefix("[@harbour-gazette-2025").removesuffix("]")

    assert place("page", "3") == ", p. 3"
    assert place("section", "2 (a)") == ", {sec. 2 (a)}"
    assert place("page", "") == ""
    assert place("line", "7", "ja") == ", 行 7"
    assert place("page", "3-4", "ja") == ", ページ 3-4"


def test_what_follows_a_place_is_set_off_once() -> None:
    def after(suffix: str) -> str:
        return (
            written(cited(CiteItem("w1", suffix=suffix)))
            .removeprefix("[@harbour-gazette-2025")
            .removesuffix("]")
        )

    assert [after(s) for s in ("", " ", ", quoted", "(trans.)", "@x")] == [
        "",
        "",
        ", quoted",
        " (trans.)",
        ", \\@x",
    ]


def test_a_note_that_says_more_stays_a_note_and_is_counted_anew() -> None:
    notes = (
        Note(1, (cited(CiteItem("w1")),)),
        Note(2, (cited(CiteItem("w2")), Run(" The whole text."))),
    )
    text = written(Run("One."), NoteRef(1), Run(" Two."), NoteRef(2), notes=notes)
    assert text == "One [@harbour-gazette-2025]. Two.[^1]\n\n[^1]: [@suss-nowak-2024] The whole text."


def test_in_japanese_a_citation_stands_close() -> None:
    notes = (Note(1, (cited(CiteItem("w1")),)),)
    text = written(Run("合意した"), NoteRef(1), Run("。"), notes=notes, language="ja")
    assert text == "合意した[@harbour-gazette-2025]。"


def test_a_citation_of_an_unknown_work_is_written_out() -> None:
    assert written(cited(CiteItem("gone"))) == "*Formatted.*"
    assert written(Run("x."), NoteRef(1), notes=(Note(1, (cited(),)),)) == "x.[^1]\n\n[^1]: *Formatted.*"


def keys(*works: Work) -> list[str]:
    text = to_markdown(Document("", (), works=works))
    return [
        line.removeprefix('- id: "').removesuffix('"')
        for line in text.splitlines()
        if line.startswith("- id")
    ]


def test_keys_are_for_people_and_differ() -> None:
    same = [work(f"s{n}", publisher="The A. B. C. D. Press", issued=day(2025, n)) for n in range(27, 0, -1)]
    assert keys(*same)[:3] == ["b-c-d-2025a", "b-c-d-2025aa", "b-c-d-2025b"]
    assert keys(*same) == keys(*reversed(same))
    assert keys(
        work("1", title="『経済安全保障白書』", issued={"literal": "令和7年"}),
        work("2", publisher="Ł-Ünstitut", issued={"raw": "c. 1999"}),
        work("3", author=[{"literal": "***"}], title="!"),
        work("4", author="odd", issued="odd"),
        work("5", author=["odd"], title="がぎ"),
    ) == ["source-nda", "source-ndb", "ł-unstitut-1999", "がぎ-nd", "経済安全保障白書-nd"]


def test_the_works_are_a_block_of_metadata() -> None:
    hostile = work(
        "h",
        title='1. "Q" *b* _i_ [x] @y $5$ <b> #h\u2028\u0085\ud800\nend',
        author=[{"literal": "(1) A; B"}],
        URL="https://example.org/_a_/*b*",
        custom={"reading": "private"},
        volume=3,
    )
    text = to_markdown(Document("- A *title*", (), works=(hostile,), language="ja-JP"))
    metadata = text.split("---\n")[1]
    assert metadata == (
        'pagetitle: "\\\\- A \\\\*title\\\\*"\n'
        'lang: "ja-JP"\n'
        "suppress-bibliography: true\n"
        "references:\n"
        '- id: "1-b-nd"\n'
        '  URL: "https://example.org/\\\\_a\\\\_/\\\\*b\\\\*"\n'
        '  author: [{"literal": "\\\\(1) A\\\\; B"}]\n'
        '  title: "1\\\\. \\"Q\\" \\\\*b\\\\* \\\\_i\\\\_ \\\\[x\\\\] \\\\@y \\\\$5\\\\$ \\\\<b\\\\> \\\\#h end"\n'
        '  type: "article-newspaper"\n'
        "  volume: 3\n"
    )
    assert to_markdown(Document("", (), works=(work("x"),))).startswith('---\npagetitle: "–"\n')


PANDOC = shutil.which("pandoc")
STYLES = assets.resources() / "citing" / "csl" / "styles"


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (
            "chicago-notes-bibliography",
            "Agreed.[1] US$5 to $6, @all.\n\n[1] See ‘Ministers *Agree*’, Harbour _Gazette_, 2025, 3.\n",
        ),
        ("apa", "Agreed (see ‘Ministers *Agree*’, 2025, p. 3). US$5 to $6, @all.\n"),
    ],
)
def test_pandoc_formats_the_one_file(style: str, shown: str, tmp_path: Path) -> None:
    source = work(
        "w", title="Ministers *Agree*", **{"container-title": "Harbour _Gazette_"}, issued=day(2025)
    )
    notes = (Note(1, (cited(CiteItem("w", locator="3", prefix="see")),)),)
    blocks = (Paragraph((Run("Agreed."), NoteRef(1), Run(" US$5 to $6, @all."))),)
    path = tmp_path / "brief.md"
    path.write_text(to_markdown(Document("", blocks, notes, works=(source,))), encoding="utf-8")
    style_file = str(STYLES / f"{style}.csl")
    command = [str(PANDOC), "--citeproc", "--csl", style_file, "-t", "plain", "--wrap=none", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == shown
    assert done.stderr == ""


# --- the rest of a document ----------------------------------------------------------------------------------------


def test_headings_and_paragraphs_bear_their_numbers_and_are_listed() -> None:
    document = Document(
        "T",
        (
            Contents("Inside", 2),
            Heading(1, plain("One")),
            Heading(2, plain("Two")),
            Paragraph(plain("Counted"), number=4),
            Paragraph(plain("Translated"), ParagraphStyle.TRANSLATION),
            Paragraph((CrossReference("x", "see there"),)),
            Heading(1, plain("End"), annex=True),
            HeatMap(("r",), ("c",), ((2,),), "Counts", "Most"),
        ),
        numbering=HeadingNumbering.DECIMAL,
        marking=Marking("SECRET"),
        draft="DRAFT",
        handling=("Return it.",),
    )
    assert to_markdown(document) == (
        "**SECRET**\n\n# T\n\n**DRAFT**\n\nReturn it.\n\n"
        "**Inside**\n\n- 1 One\n    - 1.1 Two\n- Annex A End\n\n"
        "## 1 One\n\n### 1.1 Two\n\n4\\. Counted\n\n> Translated\n\nsee there\n\n"
        "## Annex A End\n\n*Counts*\n\n|  | c |\n| --- | --- |\n| r | 2 |\n\n**SECRET**\n"
    )
    assert to_markdown(Document("", (Contents("Inside"),))) == "**Inside**\n"
