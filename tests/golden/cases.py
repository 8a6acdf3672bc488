"""One small document for each feature of the writers."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.documents import (
    BlockNode,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeadingNumbering,
    HeatMap,
    LineBreak,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
)
from tests.golden.samples import MODIFIED, brief, item, items, japanese, text

BODY = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
ENDNOTES = "word/endnotes.xml"
NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"
PAGES = ("word/header1.xml", "word/header2.xml", "word/footer1.xml")


@dataclass(frozen=True)
class Case:
    """A document and the parts of its Word file that the feature shows in."""

    document: Document
    parts: tuple[str, ...] = (BODY,)
    notes: str = "foot"


def of(*blocks: BlockNode, **more: object) -> Document:
    return Document(title="Note", blocks=blocks, **more)  # type: ignore[arg-type]


def _noted() -> Document:
    return of(
        Paragraph((Run("First."), NoteRef(1), Run(" Second."), NoteRef(2))),
        Table((text("Column"),), (((Run("In a cell"), NoteRef(3)),),)),
        notes=(
            Note(1, (Run("“Title,” "), Run("Publisher", italic=True), Run(", 2025."))),
            Note(2, (Run("See "), Run("the page", link="https://example.org/a?b=1&c=2"), Run("."))),
            Note(3, text("n.d.")),
        ),
    )


CASES: dict[str, Case] = {
    "brief": Case(brief(), (BODY, FOOTNOTES, NUMBERING, STYLES, *PAGES)),
    "japanese": Case(japanese(), (BODY, FOOTNOTES, STYLES, *PAGES)),
    "headings": Case(
        of(
            Heading(1, text("One"), "0198f1c2-0000-7000-8000-000000000001"),
            Heading(2, (Run("Two "), Run("slanted", italic=True)), "0198f1c2-0000-7000-8000-000000000001-2"),
            Heading(3, text("Three")),
            Heading(7, text("Deeper than there are levels")),
        )
    ),
    "characters": Case(
        of(
            Paragraph(
                (
                    Run("bold", bold=True),
                    Run(" and "),
                    Run("both", bold=True, italic=True),
                    Run(" Small", small_caps=True),
                    Run("2", superscript=True),
                    Run(" x < y & z > 0 ", code=True),
                    LineBreak(),
                    Run("tab\tline\nend 🌏 \x00\x0b"),
                    Run("Grüße", language="de"),
                )
            ),
            Heading(1, (Run("Bold is not said twice", bold=True), Run(" here", bold=True, italic=True))),
            Paragraph(
                (
                    Run("Small capitals", small_caps=True, italic=True),
                    Run(" H", underline=True),
                    Run("2", subscript=True, bold=True),
                    Run("O", code=True, link="https://example.org/", italic=True),
                    Run(" (S)", style=RunStyle.PORTION),
                    Run(" […]", style=RunStyle.EDITORIAL, italic=True),
                    Run("強調", italic=True),
                )
            ),
        ),
        (BODY, STYLES),
    ),
    "paragraphs": Case(
        of(
            Paragraph(text("Body.")),
            Paragraph(text("Quotation."), ParagraphStyle.QUOTATION),
            Paragraph(text("Prompt."), ParagraphStyle.PROMPT),
            Paragraph((Run("if a:\n    b()", code=True),), ParagraphStyle.CODE),
            Paragraph(text("Source."), ParagraphStyle.SOURCE),
            Paragraph(()),
        )
    ),
    "numbered headings": Case(
        of(
            Contents("Contents", 2, "0198f1c2-0000-7000-8000-0000000000c0"),
            Heading(1, text("Objective"), "0198f1c2-0000-7000-8000-000000000001"),
            Paragraph(text("First."), number=1, anchor="0198f1c2-0000-7000-8000-000000000002"),
            ListBlock(items("a list", "of its own"), ordered=True),
            Paragraph(text("Second."), number=2),
            Heading(2, text("Partners")),
            Heading(3, text("Not in the contents")),
            Paragraph(text("Third."), number=3),
            Heading(1, text("Background")),
            Paragraph(
                (
                    Run("See "),
                    CrossReference("annex-1", "Annex A"),
                    Run(", "),
                    CrossReference("annex-1", "Coverage of sources"),
                    Run(", "),
                    CrossReference("annex-1", "the table behind"),
                    Run(" and "),
                    CrossReference("nowhere", "what is not there"),
                    Run("."),
                )
            ),
            Paragraph(text("Tenth."), number=10),
            Heading(1, text("Coverage of sources"), "annex-1", annex=True),
            Heading(2, text("By partner")),
            Heading(1, text("Bios"), "annex-2", annex=True),
            numbering=HeadingNumbering.DECIMAL,
        ),
        (BODY, NUMBERING, STYLES),
    ),
    "japanese numbering": Case(
        of(
            Contents("目次", 3),
            Heading(1, text("要点")),
            Heading(2, text("共同審査")),
            Heading(3, text("日程")),
            ListBlock(
                (item("確認する", ListBlock(items("春", "夏"), ordered=True)), item("提案する")), ordered=True
            ),
            Heading(3, text("枠組み")),
            Heading(1, text("背景")),
            Paragraph((CrossReference("annex-1", "別添1"), Run("を参照。"))),
            Paragraph(text("段落に番号を付ける。"), number=1),
            Paragraph(text("次の段落。"), number=2),
            Heading(1, text("出典の一覧"), "annex-1", annex=True),
            language="ja",
            numbering=HeadingNumbering.JAPANESE,
        ),
        (BODY, NUMBERING, STYLES),
    ),
    "heat map": Case(
        of(
            HeatMap(
                ("Japan", "Türkiye"),
                ("Supply chains", "Cyber"),
                ((0, 3), (12, 1)),
                "Excerpts by partner and risk",
                "Most excerpts (12) are about supply chains and Türkiye.",
                "0198f1c2-0000-7000-8000-0000000000a1",
            ),
            Paragraph(text("Between.")),
            HeatMap(("日本", "EU"), ("経済的威圧",), ((1,), (2,)), "", "EU 2, 日本 1", "no-caption"),
            HeatMap((), ("A",), (), "Nothing cited", "Nothing is cited."),
        ),
        (BODY, "word/_rels/document.xml.rels", "[Content_Types].xml"),
    ),
    "quotations": Case(
        of(
            Paragraph(
                (
                    Run("We shall ", language="ja"),
                    Run("[…]", style=RunStyle.EDITORIAL),
                    Run("我々は二度と許さない", language="ja"),
                    Run(" [the licence]", style=RunStyle.EDITORIAL),
                ),
                ParagraphStyle.QUOTATION,
                "0198f1c2-0000-7000-8000-00000000000d",
            ),
            Paragraph(
                (
                    Run("(S)", style=RunStyle.PORTION),
                    Run(" We shall never again allow it (working translation)."),
                ),
                ParagraphStyle.TRANSLATION,
                "0198f1c2-0000-7000-8000-00000000000d-translation",
            ),
            Paragraph(text("A quotation without a translation."), ParagraphStyle.QUOTATION),
            Paragraph(text("Body.")),
        )
    ),
    "lists": Case(
        of(
            ListBlock(items("one", "two"), ordered=True, anchor="0198f1c2-0000-7000-8000-000000000001"),
            Paragraph(text("Between.")),
            ListBlock(items("anew"), ordered=True),
            ListBlock(items("seven"), ordered=True, start=7),
            ListBlock(
                (
                    item(
                        "outer",
                        ListBlock(
                            (item("inner", ListBlock(items("innermost"), ordered=True)),), ordered=True
                        ),
                        Paragraph(text("more of it")),
                    ),
                    ListItem((ListBlock(items("without a text of its own")),)),
                    item("said", Paragraph(text("Quoted."), ParagraphStyle.QUOTATION)),
                    ListItem(()),
                )
            ),
        ),
        (BODY, NUMBERING),
    ),
    "tables": Case(
        of(
            Table(
                (text("A"), text("B")),
                ((text("1"), text("2 | 3")),),
                "Things",
                "0198f1c2-0000-7000-8000-0000000000aa",
            ),
            Table((text("Long column of text"), text("x")), ((text("a"), ()), ((), text("b")))),
            Heading(1, text("After")),
            Table((text("Alone"),), ()),
            Table(
                (text("Partner"), text("Position"), text("Named representative"), text("Since")),
                (
                    (
                        text("Liechtenstein"),
                        text("Takes part in the screening of investments that its neighbours propose to it"),
                        text("Interdepartmental coordinator"),
                        text("2022"),
                    ),
                    (text("日本"), text("重要物資の安定的な供給を確保する"), (), text("2022")),
                ),
            ),
        )
    ),
    "footnotes": Case(_noted(), (BODY, FOOTNOTES, "word/_rels/footnotes.xml.rels")),
    "endnotes": Case(_noted(), (BODY, ENDNOTES, "word/_rels/endnotes.xml.rels"), notes="end"),
    "links": Case(
        of(
            Paragraph(
                (
                    Run("page", link="https://example.org/a b?q=日本&c=2"),
                    Run(" and "),
                    Run("the ", link="https://example.org/"),
                    Run("same", link="https://example.org/", bold=True),
                    Run(" again ", link="https://例え.jp/"),
                    Run("write", link="mailto:office@example.org"),
                    Run(" not a link", link="javascript:alert(1)"),
                    Run(" nor this", link="https://[bad"),
                )
            ),
        ),
        (BODY, "word/_rels/document.xml.rels"),
    ),
    "marking": Case(
        of(
            Paragraph(text("Body.")),
            marking=Marking("Protected A", "#AA0000", "right", ("header",), bold=False, size_pt=11),
            date_text="1 May 2026",
            audience="Deputy Minister",
            page_label="{page}/{pages}",
        ),
        (BODY, STYLES, *PAGES),
    ),
    "traffic light": Case(
        of(
            Paragraph(text("Body.")),
            marking=Marking("TLP:AMBER+STRICT", "#000000", "right", ground="#000000", on_ground="#ffc000"),
            date_text="1 May 2026",
            draft="DRAFT",
            copy="Copy 2 of 5",
            handling=("UK eyes only.", "Do not copy; return to the registry."),
        ),
        (BODY, STYLES, *PAGES),
    ),
    "opening": Case(
        of(
            Paragraph(text("Their own subtitle"), ParagraphStyle.SUBTITLE),
            Paragraph(text("TLP:AMBER"), ParagraphStyle.MARKING),
            Paragraph(text("Body.")),
            marking=Marking("TLP:AMBER"),
            date="2026-05-01",
        )
    ),
    "languages": Case(
        of(
            Heading(1, (Run("Policy on 経済安全保障"),)),
            Paragraph(
                (
                    Run("From 2025年12月17日 on, 「保護」 means protection; "),
                    Run("Schutz", language="de"),
                    Run("."),
                )
            ),
        )
    ),
    "properties": Case(
        of(
            author="Unit & Co.",
            modified=MODIFIED,
            identifier="0198f1c2-0000-7000-8000-000000000001",
            language="fr",
        ),
        ("docProps/core.xml", "docProps/app.xml", "word/settings.xml"),
    ),
}
