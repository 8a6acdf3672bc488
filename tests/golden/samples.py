"""Documents that show every feature of the writers."""

from __future__ import annotations

from briefer.domain.characters import by_script
from briefer.domain.documents import (
    BlockNode,
    Document,
    Heading,
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
)

MODIFIED = "2026-01-12T09:30:00+00:00"


def text(value: str) -> Inlines:
    return by_script((Run(value),))


def item(value: str, *more: BlockNode) -> ListItem:
    return ListItem((Paragraph(text(value)), *more))


def items(*values: str) -> tuple[ListItem, ...]:
    return tuple(item(value) for value in values)


def brief() -> Document:
    """A meeting brief in English with one of everything."""
    return Document(
        title="Meeting with the Minister for Economic Resilience: supply chains and investment screening",
        language="en-GB",
        date="2026-01-15",
        date_text="15 January 2026",
        author="Economic Security Unit",
        audience="Permanent Under-Secretary",
        marking=Marking("OFFICIAL-SENSITIVE", colour="#b00020"),
        modified=MODIFIED,
        identifier="0198f1c2-0000-7000-8000-000000000001",
        notes=(
            Note(
                1,
                (
                    Run("“Ministers Agree Screening Timetable,” "),
                    Run("The Harbour Gazette", italic=True),
                    Run(", December 17, 2025, para. 3, "),
                    Run("https://example.org/screening", link="https://example.org/screening"),
                    Run("."),
                ),
            ),
            Note(2, by_script((Run("『経済安全保障白書』内閣府、[2025年12月]、第3段落 (AI-written)."),))),
            Note(
                3, text("Institute for Shared Prosperity, Resilience in Practice, n.d., Promotion, item 4.")
            ),
        ),
        blocks=_brief_blocks(),
    )


def _brief_blocks() -> tuple[BlockNode, ...]:
    return (
        Heading(1, text("Objectives"), "0198f1c2-0000-7000-8000-00000000000a"),
        Paragraph(
            (
                Run("Secure agreement to a "),
                Run("joint screening timetable", bold=True),
                Run(" by the spring, and to an early-warning line for rare-earth licences."),
                NoteRef(1),
                Run(" The Minister will be "),
                Run("cautious", italic=True),
                Run(" about publishing thresholds; officials use the term "),
                Run("outbound review", code=True),
                Run("."),
            ),
            anchor="0198f1c2-0000-7000-8000-00000000000b",
        ),
        ListBlock(
            (
                item(
                    "Confirm the timetable announced in December.",
                    ListBlock(items("Spring: joint guidance to industry.", "Summer: first shared cases.")),
                ),
                item(
                    "Offer technical secondments.",
                    Paragraph(text("Two posts are funded until March 2027.")),
                    ListBlock(items("analysts", "one lawyer"), ordered=True),
                ),
            ),
            ordered=True,
            anchor="0198f1c2-0000-7000-8000-00000000000b-2",
        ),
        Heading(1, text("Points to make"), "0198f1c2-0000-7000-8000-00000000000c"),
        Heading(2, text("Dependence on single suppliers")),
        ListBlock(items("We value the progress made since the summer.", "No one should be able to turn trade off.")),
        Paragraph(
            (
                Run("“We shall never again allow one refinery to decide whether our factories run,” the Minister said, "),
                Run("adding that partners would be consulted before any licence was withheld."),
                NoteRef(2),
            ),
            ParagraphStyle.QUOTATION,
            "0198f1c2-0000-7000-8000-00000000000d",
        ),
        Heading(3, by_script((Run("Language they use: 経済安全保障"),))),
        Paragraph(
            by_script((Run("The Japanese text says 重要物資の安定的な供給 (“stable supply of critical goods”)."),))
        ),
        ListBlock(items("A list that counts anew.", "And goes on."), ordered=True),
        ListBlock(items("A list that starts elsewhere."), ordered=True, start=4),
        Heading(1, text("Background")),
        Table(
            header=(text("Partner"), text("Position"), text("Since")),
            rows=(
                (text("Japan"), text("Screening law in force; seeks mutual recognition of outcomes"), text("2022")),
                (
                    text("European Union"),
                    (Run("Regulation under revision; member states decide"), NoteRef(3)),
                    text("2019"),
                ),
                (text("Australia"), text("Thresholds by sector"), text("1975")),
            ),
            caption="Screening regimes of the partners",
            anchor="0198f1c2-0000-7000-8000-00000000000e",
        ),
        Paragraph((Run("Lines can be broken"), LineBreak(), Run("where an address needs it: "),
                   Run("the register", link="https://example.org/register?a=1&b=2"), Run("."))),
        Paragraph(text("Say here what the partner is likely to raise."), ParagraphStyle.PROMPT),
        Paragraph((Run("if risk > 3:\n    escalate()", code=True),), ParagraphStyle.CODE),
        Heading(1, text("Sources")),
        Paragraph(
            (Run("The Harbour Gazette", italic=True), Run(". “Ministers Agree Screening Timetable.” December 17, 2025. "),
             Run("https://example.org/screening", link="https://example.org/screening"), Run(".")),
            ParagraphStyle.SOURCE,
        ),
        Paragraph(by_script((Run("内閣府. 『経済安全保障白書』. [2025年12月]."),)), ParagraphStyle.SOURCE),
    )  # fmt: skip


def japanese() -> Document:
    """A meeting pack in Japanese."""
    return Document(
        title="日英経済安全保障対話：会談資料",
        language="ja",
        date="2026-01-15",
        date_text="2026年1月15日",
        author="経済安全保障課",
        audience="事務次官",
        marking=Marking("機密性2", colour="#c00000", align="right", placement=("header",)),
        modified=MODIFIED,
        identifier="0198f1c2-0000-7000-8000-000000000002",
        page_label="{page} / {pages}ページ",
        notes=(Note(1, (Run("「輸出管理の強化で一致」『港湾日報』2025年12月17日、第3段落。"),)),),
        blocks=(
            Heading(1, (Run("第1　要点"),), "0198f1c2-0000-7000-8000-00000000001a"),
            Paragraph(
                (
                    Run("共同審査の日程について合意を得る。"),
                    Run("重要鉱物", bold=True),
                    Run("の供給途絶に関する早期警戒の枠組み（Early Warning Line）を提案する。"),
                    NoteRef(1),
                ),
                anchor="0198f1c2-0000-7000-8000-00000000001b",
            ),
            Heading(1, (Run("第2　発言要領"),)),
            ListBlock(
                (
                    ListItem((Paragraph((Run("昨年12月に発表した日程を確認したい。"),)),)),
                    ListItem(
                        (
                            Paragraph((Run("専門家の派遣を提案する。"),)),
                            ListBlock((ListItem((Paragraph((Run("分析官2名"),)),)),)),
                        )
                    ),
                ),
                ordered=True,
            ),
            Paragraph(
                (Run("「一つの製錬所に我が国の工場の操業を左右させることは二度とない」と大臣は述べた。"),),
                ParagraphStyle.QUOTATION,
            ),
            Table(
                header=((Run("相手"),), (Run("立場"),)),
                rows=(((Run("英国"),), (Run("2021年法に基づく審査を実施、相互承認に前向き"),)),),
                caption="各国の審査制度",
            ),
            Paragraph((Run("相手方の関心事項を記入する。", italic=True),), ParagraphStyle.PROMPT),
            Heading(1, (Run("出典"),)),
            Paragraph((Run("『港湾日報』「輸出管理の強化で一致」2025年12月17日。"),), ParagraphStyle.SOURCE),
        ),
    )
