from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.documents import (
    BlockNode,
    CitationText,
    CiteItem,
    Contents,
    Document,
    Heading,
    HeadingNumbering,
    HeatMap,
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
from briefer.export.text import to_text


def of(*blocks: BlockNode, **more: object) -> str:
    return to_text(replace(Document("", blocks), **more))  # type: ignore[arg-type]


def said(text: str, **more: object) -> Paragraph:
    return Paragraph((Run(text),), **more)  # type: ignore[arg-type]


def heading(text: str, section: str = "", level: int = 1) -> Heading:
    return Heading(level, (Run(text),), section=section)


def test_only_what_is_spoken_is_written() -> None:
    text = of(
        heading("Background", "background"),
        said("Not to be said."),
        heading("Points", "say"),
        said("Say this."),
        heading("On cables", level=2),
        said("And this."),
        heading("If raised", "if-raised"),
        said("Answer."),
        heading("Questions", "qa", 2),
        said("Q."),
        heading("Sources", "sources"),
        said("A source."),
        title="The meeting",
        marking=Marking("OFFICIAL"),
        draft="DRAFT",
        date_text="15 January 2026",
        numbering=HeadingNumbering.DECIMAL,
    )
    assert text == (
        "OFFICIAL\n\nThe meeting\n===========\n\n15 January 2026\n\nDRAFT\n\n"
        "2 Points\n========\n\nSay this.\n\n2.1 On cables\n-------------\n\nAnd this.\n\n"
        "3 If raised\n===========\n\nAnswer.\n\n3.1 Questions\n-------------\n\nQ.\n\n"
        "OFFICIAL\n"
    )


def test_a_brief_without_such_sections_is_written_whole() -> None:
    assert (
        of(heading("Background", "background"), said("All of it."))
        == "Background\n==========\n\nAll of it.\n"
    )


WORKS = (
    Work("g", {"publisher": "Harbour Gazette", "issued": {"date-parts": [[2025, 12, 17]]}}),
    Work(
        "i",
        {"container-title": "Institute", "title": "T", "issued": {"date-parts": [[2025, 6]], "circa": True}},
    ),
    Work("t", {"title": "A title only"}),
    Work("w", {"publisher": "P", "issued": {"literal": "last week"}}),
)


def cited(*works: str) -> CitationText:
    return CitationText("c", (Run("Formatted"),), tuple(CiteItem(work) for work in works))


def test_sources_stand_behind_the_point_each_once() -> None:
    blocks = (
        Paragraph((Run("One."), NoteRef(1), Run(" Two."), NoteRef(2), Run(" Three. "), NoteRef(3))),
        Paragraph((Run("In the text"), cited("t", "w"), Run("."))),
        Paragraph((Run("Unknown "), cited("gone"))),
    )
    notes = (
        Note(1, (cited("g", "i"),)),
        Note(2, (cited("g"), Run(" Full text: …"))),
        Note(3, (Run("A remark.\n"),)),
    )
    assert of(*blocks, notes=notes, works=WORKS) == (
        "One. Two. Three. [Harbour Gazette, 17 December 2025; Institute, [June 2025];\nA remark]\n\n"
        "In the text. [A title only, n.d.; P, last week]\n\n"
        "Unknown Formatted\n"
    )
    japanese = of(blocks[0], notes=notes, works=WORKS, language="ja-JP")
    assert "［Harbour Gazette、2025年12月17日；Institute、[2025年6月]；A remark］" in japanese.replace(
        "\n", " "
    )


def test_english_is_wrapped_and_japanese_is_not() -> None:
    lines = of(said("word " * 40)).splitlines()
    assert [len(line) for line in lines] == [74, 74, 49]
    long = "経済安全保障" * 30
    assert of(said(long)) == f"{long}\n"
    mixed = of(said("経済安全保障 is what " + "word " * 14)).splitlines()
    assert mixed == ["経済安全保障 is what " + " ".join(["word"] * 11), "word word word"]
    assert of(said("x" * 100 + " y")) == "x" * 100 + "\ny\n"
    assert of(said("one\ntwo")) == "one\ntwo\n"


def test_lists_hang_and_quotations_are_set_in() -> None:
    inner = ListBlock((ListItem((said("inner"),)),))
    text = of(
        ListBlock((ListItem((said("word " * 20), inner)), ListItem(())), ordered=True, start=9),
        said("quoted", style=ParagraphStyle.QUOTATION),
        said("translated", style=ParagraphStyle.TRANSLATION, number=12),
        said("if x:\n  y", style=ParagraphStyle.CODE),
        said(""),
    )
    assert text == (
        "i. " + " ".join(["word"] * 15) + "\n   " + " ".join(["word"] * 5) + "\n   - inner\nj.\n\n"
        "    quoted\n\n    12. translated\n\n    if x:\n      y\n"
    )


def test_tables_are_lines_that_can_be_read_out() -> None:
    table = Table(
        ((Run("Partner"),), (Run("Position"),), (Run("Since"),)),
        (((Run("Japan"),), (Run("in favour"),), (Run("2022"),)), ((Run("India"),), (), ())),
        "Regimes",
    )
    assert of(table) == "Regimes\n- Japan – Position: in favour; Since: 2022\n- India\n"
    heat_map = HeatMap(("Supply",), ("Japan",), ((3,),), "Counts", "Most: 3.")
    assert of(Contents("Inside"), heat_map) == "Most: 3.\nCounts\n- Supply – Japan: 3\n"
    assert "日本 – 立場：賛成" in of(
        Table(((Run("国"),), (Run("立場"),)), (((Run("日本"),), (Run("賛成"),)),)), language="ja"
    )


def test_equal_headings_keep_their_own_numbers() -> None:
    same = heading("Same", level=3)
    text = of(heading("A"), heading("B", level=2), same, replace(same), numbering=HeadingNumbering.DECIMAL)
    assert "1.1.1 Same\n\n1.1.2 Same" in text


def test_rules_are_as_wide_as_the_text() -> None:
    assert of(title="会談 x") == "会談 x\n======\n"
    assert of(title="\x00") == "\n"


@given(st.text(), st.text())
def test_any_text_can_be_written(one: str, two: str) -> None:
    text = of(said(one), heading(two), Table(((Run(one),), (Run(two),)), ()), title=two)
    assert "\x00" not in text
    text.encode()
