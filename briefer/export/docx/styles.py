"""The styles of the template: a calm page in dark blue-grey that prints well in black.

Built-in names are used wherever Word has one, so that its navigation, its accessibility checker and screen
readers know what a paragraph is. Arial and Yu Gothic come with Office; where they are missing, programs
replace them by faces of the same width (Liberation Sans) or make (Noto Sans CJK).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefer.export.docx.character_styles import CHARACTER_LOOKS, MONOSPACED, write_character_style
from briefer.export.docx.layout import TEXT_WIDTH
from briefer.export.docx.numbering import BULLETS, NUMBERS
from briefer.export.docx.xml import Element, add, root

INK, HEAD, SOFT, RULE, SHADE = "1F3247", "2F4A66", "5A6675", "B8C4D0", "E8EDF2"
_LATIN, _EAST_ASIAN = "Arial", "Yu Gothic"
_INDENT = 357
_CONTINUED = {f"ListContinue{n if n > 1 else ''}": n for n in range(1, 6)}
LIST_ENDS = {style: f"{style}End" for style in ("ListBullet", "ListNumber", *_CONTINUED)}
"""By the styles of lists, those of a list's last line: items stand closer to each other than to what follows.

Not by ``w:contextualSpacing``, which would part a list within an item, and what continues an item, as far as it parts
the list from what follows: these are of other styles.
"""


@dataclass(frozen=True)
class Look:
    """A paragraph style; lengths are twentieths of a point, ``size`` half points."""

    id: str
    name: str
    based: str = "Normal"
    after: str = ""
    before: int = 0
    below: int = 0
    line: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    size: int = 0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    font: str = ""
    align: str = ""
    keep_next: bool = False
    outline: int | None = None
    border: tuple[str, int, int] | None = None  # side, eighths of a point, points from the text
    tabs: tuple[tuple[str, int], ...] = field(default=())
    leader: str = ""
    numbered: int = 0
    new_page: bool = False
    quick: bool = True
    tight: bool = False


LOOKS = (
    Look("Normal", "Normal", based="", below=0),
    Look("BodyText", "Body Text", below=140),
    Look("Title", "Title", after="Subtitle", before=120, below=60, line=252, size=38, colour=INK, bold=True,
         keep_next=True),
    Look("Subtitle", "Subtitle", after="BodyText", below=120, size=22, colour=SOFT,
         border=("bottom", 6, 6)),
    Look("Heading1", "heading 1", after="BodyText", before=340, below=110, line=252, size=28, colour=HEAD, bold=True,
         keep_next=True, outline=0),
    Look("Heading2", "heading 2", after="BodyText", before=240, below=90, line=252, size=24, colour=HEAD, bold=True,
         keep_next=True, outline=1),
    Look("Heading3", "heading 3", after="BodyText", before=200, below=70, line=252, size=21, colour=SOFT, bold=True,
         keep_next=True, outline=2),
    Look("AnnexHeading", "Annex Heading", based="Heading1", after="BodyText", below=110, line=252, size=28, colour=HEAD,
         bold=True, keep_next=True, outline=0, new_page=True),
    Look("TOCHeading", "TOC Heading", after="BodyText", before=240, below=110, line=252, size=28, colour=HEAD, bold=True,
         keep_next=True),
    *(
        Look(f"TOC{n}", f"toc {n}", below=60, line=252, left=(n - 1) * _INDENT, tabs=(("right", TEXT_WIDTH),),
             leader="dot", quick=False)
        for n in range(1, 4)
    ),
    Look("NumberedParagraph", "Numbered Paragraph", based="BodyText", below=140),
    Look("Quote", "Quote", after="BodyText", before=120, below=180, left=340, right=340, colour="2B3440",
         border=("left", 18, 10)),
    Look("QuoteTranslation", "Quote Translation", based="Quote", after="BodyText", below=180, left=340, right=340),
    Look("Handling", "Handling", after="BodyText", below=60, line=240, size=19),
    Look("ListBullet", "List Bullet", below=70, numbered=BULLETS),
    Look("ListNumber", "List Number", below=70, numbered=NUMBERS),
    *(
        Look(style, f"List Continue{f' {n}' if n > 1 else ''}", below=70, left=n * _INDENT, quick=False)
        for style, n in _CONTINUED.items()
    ),
    *(
        Look(end, " ".join(re.findall(r"[A-Z][a-z]+|\d", end)), based=style, below=140, quick=False)
        for style, end in LIST_ENDS.items()
    ),
    Look("TableText", "Table Text", before=30, below=30, line=252, size=19),
    Look("TableHeading", "Table Heading", based="TableText", before=30, below=30, line=252, size=19, colour=INK,
         bold=True, keep_next=True),
    Look("TableGap", "Table Gap", line=200, size=12, quick=False),
    Look("Caption", "caption", after="BodyText", before=160, below=80, size=19, colour=SOFT, bold=True,
         keep_next=True),
    Look("Figure", "Figure", after="BodyText", below=80, line=240),
    Look("FigureKey", "Figure Key", after="BodyText", below=80, line=252, size=19),
    Look("FootnoteText", "footnote text", below=40, line=240, size=17, quick=False),
    Look("EndnoteText", "endnote text", below=40, line=240, size=17, quick=False),
    Look("Header", "header", below=160, line=240, size=17, colour=SOFT, tabs=(("right", TEXT_WIDTH),), quick=False),
    Look("Footer", "footer", before=100, below=0, line=240, size=17, colour=SOFT, align="center", quick=False),
    Look("Marking", "Marking", before=40, below=60, line=240, size=24, bold=True, align="center"),
    Look("MarkingNote", "Marking Note", below=60, line=240, size=19, bold=True, align="center"),
    Look("MarkingText", "Marking Text", after="BodyText", below=160, line=240, size=19, bold=True),
    Look("Bibliography", "Bibliography", below=90, left=_INDENT, hanging=_INDENT, size=20),
    Look("Prompt", "Prompt", after="BodyText", below=140, colour=SOFT, italic=True),
    Look("HTMLPreformatted", "HTML Preformatted", below=140, line=240, left=_INDENT, size=18, font=MONOSPACED),
)  # fmt: skip


BOLD_STYLES = frozenset(look.id for look in LOOKS if look.bold)


def styles_part() -> Element:
    """Return the part of styles."""
    part = root("styles")
    _defaults(part)
    for look in LOOKS:
        _paragraph_style(part, look)
    _character_styles(part)
    _table_styles(part)
    style = add(part, "style", type="numbering", default="1", styleId="NoList")
    add(style, "name", val="No List")
    add(style, "uiPriority", val="99")
    add(style, "semiHidden")
    return part


def _defaults(part: Element) -> None:
    defaults = add(part, "docDefaults")
    run = add(add(defaults, "rPrDefault"), "rPr")
    add(run, "rFonts", ascii=_LATIN, eastAsia=_EAST_ASIAN, hAnsi=_LATIN, cs=_LATIN)
    add(run, "sz", val="21")
    add(run, "szCs", val="21")
    add(run, "lang", val="en-GB", eastAsia="ja-JP", bidi="ar-SA")
    paragraph = add(add(defaults, "pPrDefault"), "pPr")
    add(paragraph, "widowControl")
    add(paragraph, "spacing", after="0", line="276", lineRule="auto")


def _paragraph_style(part: Element, look: Look) -> None:
    """The order of the elements is the schema's (CT_Style)."""
    default = {} if look.based else {"default": "1"}
    own = {"customStyle": "1"} if look.id in _OWN else {}
    style = add(part, "style", type="paragraph", **default, **own, styleId=look.id)
    add(style, "name", val=look.name)
    if look.based:
        add(style, "basedOn", val=look.based)
    if look.after:
        add(style, "next", val=look.after)
    add(style, "uiPriority", val="9" if look.outline is not None else "10")
    if look.quick:
        add(style, "qFormat")
    _paragraph_properties(style, look)
    _run_properties(style, look)


def _paragraph_properties(style: Element, look: Look) -> None:
    """The order of the elements is the schema's (CT_PPrBase)."""
    properties = add(style, "pPr")
    if look.keep_next:
        add(properties, "keepNext")
        add(properties, "keepLines")
    if look.new_page:
        add(properties, "pageBreakBefore")
    if look.numbered:
        add(add(properties, "numPr"), "numId", val=str(look.numbered))
    if look.border:
        side, width, space = look.border
        add(add(properties, "pBdr"), side, val="single", sz=str(width), space=str(space), color=RULE)
    _places(properties, look)
    if look.align:
        add(properties, "jc", val=look.align)
    if look.outline is not None:
        add(properties, "outlineLvl", val=str(look.outline))


def _places(properties: Element, look: Look) -> None:
    """Write tabs, distances and indents."""
    if look.tabs:
        tabs = add(properties, "tabs")
        for alignment, place in look.tabs:
            leader = {"leader": look.leader} if look.leader else {}
            add(tabs, "tab", val=alignment, pos=str(place), **leader)
    if look.based:
        line = {"line": str(look.line), "lineRule": "auto"} if look.line else {}
        add(properties, "spacing", before=str(look.before), after=str(look.below), **line)
    if look.left or look.right:
        hanging = {"hanging": str(look.hanging)} if look.hanging else {}
        add(properties, "ind", left=str(look.left), right=str(look.right), **hanging)


def _run_properties(style: Element, look: Look) -> None:
    properties = add(style, "rPr")
    if look.font:
        add(properties, "rFonts", ascii=look.font, hAnsi=look.font, cs=look.font)
    if look.bold:
        add(properties, "b")
        add(properties, "bCs")
    if look.italic:
        add(properties, "i")
        add(properties, "iCs")
    if look.colour:
        add(properties, "color", val=look.colour)
    if look.size:
        add(properties, "sz", val=str(look.size))
        add(properties, "szCs", val=str(look.size))


def _character_styles(part: Element) -> None:
    style = add(part, "style", type="character", default="1", styleId="DefaultParagraphFont")
    add(style, "name", val="Default Paragraph Font")
    add(style, "uiPriority", val="1")
    add(style, "semiHidden")
    for look in CHARACTER_LOOKS:
        write_character_style(part, look)


def _table_styles(part: Element) -> None:
    style = add(part, "style", type="table", default="1", styleId="TableNormal")
    add(style, "name", val="Normal Table")
    add(style, "uiPriority", val="99")
    add(style, "semiHidden")
    _margins(add(style, "tblPr"), 0, 108)
    style = add(part, "style", type="table", customStyle="1", styleId="BriefTable")
    add(style, "name", val="Brief Table")
    add(style, "basedOn", val="TableNormal")
    add(style, "uiPriority", val="59")
    add(style, "qFormat")
    properties = add(style, "tblPr")
    borders = add(properties, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        add(borders, side, val="single", sz="4", space="0", color=RULE)
    _margins(properties, 30, 100)
    head = add(style, "tblStylePr", type="firstRow")
    cell = add(head, "tcPr")
    add(add(cell, "tcBorders"), "bottom", val="single", sz="8", space="0", color=HEAD)
    add(cell, "shd", val="clear", color="auto", fill=SHADE)


def _margins(properties: Element, vertical: int, horizontal: int) -> None:
    margins = add(properties, "tblCellMar")
    for side, width in (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal)):
        add(margins, side, w=str(width), type="dxa")


_OWN = frozenset(
    {
        "TableText",
        "TableHeading",
        "TableGap",
        "Marking",
        "MarkingText",
        "MarkingNote",
        "Prompt",
        "QuoteTranslation",
        "Handling",
        *LIST_ENDS.values(),
    }
)
