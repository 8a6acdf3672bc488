"""styles.xml: a calm page in dark blue-grey, of the same look as the Word file's.

Names are LibreOffice's own where it has them, so that its navigator and style lists know what a paragraph is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from briefer.domain.characters import is_japanese
from briefer.domain.documents import Document, HeadingNumbering, Marking
from briefer.export.frame import colour, full_language
from briefer.export.list_signs import Count, Sign, Signs, signs_of
from briefer.export.odt.inlines import language_parts
from briefer.export.odt.xml import Element, add, root

LEFTWARD = "_20_Leftward"
"""What the name of a style ends in whose paragraphs run to the left."""

LEADING = "_20_Leading"
"""What the name of a style ends in whose paragraphs stay with the next one."""

PARAGRAPHS = "Numbered_20_Paragraphs"
TEXT_WIDTH_PT = 459.0
HEAD, RULE, SHADE = "#2f4a66", "#b8c4d0", "#e8edf2"
_INK, _SOFT, _BLUE = "#1f3247", "#5a6675", "#1f5a96"
_LATIN, _ASIAN, _FIXED = "Arial", "Yu Gothic", "Courier New"
_FAMILIES = {
    _LATIN: "Arial, 'Liberation Sans', sans-serif",
    _ASIAN: "'Yu Gothic', 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif",
    _FIXED: "'Courier New', 'Liberation Mono', monospace",
}
_ALIGNMENTS = {"left": "start", "center": "center", "right": "end"}
_DEEPEST = 9
# ODF writes kana as LibreOffice names the counter; other programs take figures for what they do not know.
_FORMATS = {Count.FIGURES: "1", Count.LETTERS: "a", Count.ROMAN: "i", Count.KANA: "ア, イ, ウ, ..."}
_PARAGRAPH_SIGN = Sign(Count.FIGURES, after=".")
_INDENT_CM = 0.63


@dataclass(frozen=True)
class Look:
    """A paragraph style; lengths in points, ``line`` in per cent."""

    name: str
    parent: str = "Standard"
    above: float = 0
    below: float = 0
    left: float = 0
    right: float = 0
    indent: float = 0
    size: float = 0
    tone: str = ""
    bold: bool = False
    italic: bool = False
    font: str = ""
    keep: bool = False
    level: int = 0
    more: tuple[tuple[str, str], ...] = field(default=())
    tab: tuple[str, str] = ("", "")
    following: str = ""


_BODY = "Text_20_body"
LIST_ENDS = {style: f"{style}_20_End" for style in ("List_20_Bullet", "List_20_Number", "List_20_Contents")}
"""By the styles of lists, those of a list's last line: items stand closer to each other than to what follows."""

# Of two rooms that meet, Word takes the larger one, and ODF's readers take both: what stands above is less than in Word.
_LOOKS = (
    Look(_BODY, below=7),
    Look("Title", above=6, below=3, size=19, tone=_INK, bold=True, keep=True, following="Subtitle"),
    Look("Subtitle", below=6, size=11, tone=_SOFT, following=_BODY,
         more=(("fo:border-bottom", f"0.5pt solid {RULE}"), ("fo:padding-bottom", "5pt"))),
    Look("Heading", above=5, below=4.5, tone=HEAD, bold=True, keep=True, following=_BODY),
    Look("Heading_20_1", "Heading", above=10, below=5.5, size=14, tone=HEAD, bold=True, keep=True, level=1),
    Look("Heading_20_2", "Heading", above=5, below=4.5, size=12, tone=HEAD, bold=True, keep=True, level=2),
    Look("Heading_20_3", "Heading", above=3, below=3.5, size=10.5, tone=_SOFT, bold=True, keep=True, level=3),
    Look("Annex_20_Heading", "Heading_20_1", above=0, below=5.5, size=14, tone=HEAD, bold=True, keep=True, level=1,
         more=(("fo:break-before", "page"),)),
    Look("Quotations", above=0, below=9, left=17, right=17,
         more=(("fo:border-left", f"2.2pt solid {RULE}"), ("fo:padding-left", "9pt"))),
    Look("Translation", above=0, below=9, left=17, right=17,
         more=(("fo:border-left", f"0.7pt dashed {RULE}"), ("fo:padding-left", "9pt"))),
    Look("List_20_Bullet", below=3.5),
    Look("List_20_Number", below=3.5),
    Look("List_20_Contents", below=3.5),
    *(Look(end, style, below=7) for style, end in LIST_ENDS.items()),
    Look("Bibliography", below=4.5, left=17.85, indent=-17.85, size=10),
    Look("Prompt", below=7, tone=_SOFT, italic=True),
    Look("Handling", below=3, size=9.5),
    Look("Marking_20_Text", below=8, size=9.5, bold=True),
    Look("Marking", above=2, below=3, size=12, bold=True),
    Look("Status", below=2, size=9.5, bold=True),
    Look("Preformatted_20_Text", below=7, left=17.85, size=9, font=_FIXED),
    Look("Caption", above=2, below=4, size=9.5, tone=_SOFT, bold=True, keep=True),
    Look("Picture", below=7),
    Look("Table_20_Contents", above=1.5, below=1.5, size=9.5),
    Look("Table_20_Heading", "Table_20_Contents", above=1.5, below=1.5, size=9.5, tone=_INK, bold=True, keep=True),
    Look("After_20_Table", size=2),
    Look("Footnote", below=2, left=14, indent=-14, size=8.5),
    Look("Endnote", below=2, left=14, indent=-14, size=8.5),
    Look("Header", size=8.5, tone=_SOFT, tab=("right", f"{TEXT_WIDTH_PT:g}pt")),
    Look("Footer", size=8.5, tone=_SOFT, more=(("fo:text-align", "center"),)),
    Look("Contents_20_Heading", above=5, below=4.5, size=14, tone=HEAD, bold=True, keep=True),
    *(
        Look(f"Contents_20_{n}", left=14 * (n - 1), below=2, tab=("right", f"{TEXT_WIDTH_PT - 14 * (n - 1):g}pt"))
        for n in (1, 2, 3)
    ),
)  # fmt: skip
_WITH_LEADER = frozenset({"Contents_20_1", "Contents_20_2", "Contents_20_3"})
_CHARACTERS: dict[str, dict[str, str]] = {
    "Small_20_Capitals": {"fo:font-variant": "small-caps"},
    "Superscript": {"style:text-position": "super 58%"},
    "Subscript": {"style:text-position": "sub 58%"},
    "Underlined": {"style:text-underline-style": "solid", "style:text-underline-width": "auto"},
    "Source_20_Text": {"style:font-name": _FIXED},
    "Editorial": {"fo:color": _SOFT},
    "Internet_20_link": {
        "fo:color": _BLUE,
        "style:text-underline-style": "solid",
        "style:text-underline-width": "auto",
    },
    "Index_20_Link": {},
    "Footnote_20_Symbol": {},
    "Footnote_20_anchor": {"style:text-position": "super 58%"},
    "Endnote_20_Symbol": {},
    "Endnote_20_anchor": {"style:text-position": "super 58%"},
}


def styles_root(document: Document, languages: Iterable[str]) -> Element:
    """Return styles.xml without its pages; ``languages`` are those that runs are marked with."""
    part = root("office:document-styles")
    faces = add(part, "office:font-face-decls")
    for name, families in _FAMILIES.items():
        add(faces, "style:font-face", {"style:name": name, "svg:font-family": families})
    styles = add(part, "office:styles")
    _defaults(styles, document)
    japanese = is_japanese(document.language)
    for look in _LOOKS:
        _paragraph_style(styles, look, upright=japanese, marking=document.marking)
    for name, properties in _CHARACTERS.items():
        _character_style(styles, name, properties)
    _character_style(styles, "Strong_20_Emphasis", _weight())
    _character_style(styles, "Portion_20_Mark", _weight())
    _character_style(styles, "Emphasis", {} if japanese else _slant())
    for tag in sorted(languages):
        _character_style(styles, f"Language_20_{tag}", _language(tag))
    _outline_style(styles, document.numbering)
    _lists(styles, signs_of(document))
    for kind in ("footnote", "endnote"):
        name = kind.capitalize()
        place = {"text:footnotes-position": "page"} if kind == "footnote" else {}
        configuration = {
            "text:note-class": kind,
            "text:citation-style-name": f"{name}_20_Symbol",
            "text:citation-body-style-name": f"{name}_20_anchor",
            "text:default-style-name": name,
            "style:num-format": "1",
            "text:start-value": "0",
            "text:start-numbering-at": "document",
        }
        add(styles, "text:notes-configuration", configuration | place)
    return part


def _weight() -> dict[str, str]:
    return dict.fromkeys(("fo:font-weight", "style:font-weight-asian", "style:font-weight-complex"), "bold")


def _slant() -> dict[str, str]:
    """Japanese type has no italics; slanting it makes it hard to read."""
    return {"fo:font-style": "italic", "style:font-style-complex": "italic"}


def _size(points: float) -> dict[str, str]:
    names = ("fo:font-size", "style:font-size-asian", "style:font-size-complex")
    return dict.fromkeys(names, f"{points:g}pt")


def _language(tag: str) -> dict[str, str]:
    """Return the properties for every script: which one a character belongs to, the reader decides."""
    found = language_parts(tag)
    assert found is not None, "only tags that can be told get a style"
    language, country = found
    return {
        f"{prefix}{name}{suffix}": value
        for prefix, suffix in (("fo:", ""), ("style:", "-asian"), ("style:", "-complex"))
        for name, value in (("language", language), ("country", country))
    }


def _defaults(styles: Element, document: Document) -> None:
    default = add(styles, "style:default-style", {"style:family": "paragraph"})
    add(
        default,
        "style:paragraph-properties",
        {"style:writing-mode": "page", "style:tab-stop-distance": "1.25cm"},
    )
    language, country = language_parts(full_language(document.language)) or ("en", "GB")
    eastern = language in {"ja", "zh", "ko"}
    add(
        default,
        "style:text-properties",
        {
            "style:font-name": _LATIN,
            "style:font-name-asian": _ASIAN,
            "style:font-name-complex": _LATIN,
            **_size(10.5),
            "fo:color": "#000000",
            "fo:language": "en" if eastern else language,
            "fo:country": "GB" if eastern else country,
            "style:language-asian": language if eastern else "ja",
            "style:country-asian": country if eastern else "JP",
            "style:language-complex": "ar",
            "style:country-complex": "SA",
        },
    )
    add(add(styles, "style:default-style", {"style:family": "table"}), "style:table-properties")
    add(add(styles, "style:default-style", {"style:family": "table-row"}), "style:table-row-properties")
    standard = add(styles, "style:style", {"style:name": "Standard", "style:family": "paragraph"})
    add(
        standard,
        "style:paragraph-properties",
        {"fo:line-height": "115%", "fo:orphans": "2", "fo:widows": "2"},
    )


def _paragraph_style(styles: Element, look: Look, *, upright: bool, marking: Marking | None) -> None:
    for suffix in ("", LEFTWARD, LEADING):
        attributes = {
            "style:name": f"{look.name}{suffix}",
            "style:display-name": f"{look.name}{suffix}".replace("_20_", " "),
            "style:family": "paragraph",
            "style:parent-style-name": look.name if suffix else look.parent,
        }
        if look.following:
            attributes["style:next-style-name"] = look.following
        if look.level and not suffix:
            attributes["style:default-outline-level"] = str(look.level)
        style = add(styles, "style:style", attributes)
        if suffix:
            turned = {"style:writing-mode": "rl-tb", "fo:text-align": "right"}
            kept = {"fo:keep-with-next": "always"}
            add(style, "style:paragraph-properties", turned if suffix == LEFTWARD else kept)
            continue
        _paragraph_properties(style, look, marking)
        text = _text_properties(look, upright=upright, marking=marking)
        if text:
            add(style, "style:text-properties", text)


def _paragraph_properties(style: Element, look: Look, marking: Marking | None) -> None:
    properties = {
        "fo:margin-top": f"{look.above:g}pt",
        "fo:margin-bottom": f"{look.below:g}pt",
        "fo:margin-left": f"{look.left:g}pt",
        "fo:margin-right": f"{look.right:g}pt",
        "fo:text-indent": f"{look.indent:g}pt",
        **dict(look.more),
    }
    if look.keep:
        properties |= {"fo:keep-with-next": "always", "fo:keep-together": "always"}
    if look.name in {"Marking", "Status"}:
        align = marking.align if marking else "right"
        properties["fo:text-align"] = _ALIGNMENTS.get(align, "center")
    element = add(style, "style:paragraph-properties", properties)
    if look.tab[0]:
        kind, place = look.tab
        leader = (
            {"style:leader-style": "dotted", "style:leader-text": "."} if look.name in _WITH_LEADER else {}
        )
        stops = add(element, "style:tab-stops")
        add(stops, "style:tab-stop", {"style:type": kind, "style:position": place, **leader})


def _text_properties(look: Look, *, upright: bool, marking: Marking | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if look.font:
        found["style:font-name"] = look.font
    if look.tone:
        found["fo:color"] = look.tone
    if look.size:
        found |= _size(look.size)
    if look.bold:
        found |= _weight()
    if look.italic and not upright:
        found |= _slant()
    if marking and look.name in {"Marking", "Marking_20_Text"}:
        found["fo:color"] = colour(marking.colour)
    if marking and look.name == "Marking":
        found |= _size(marking.size_pt)
        if not marking.bold:
            found = {name: value for name, value in found.items() if value != "bold"}
        if marking.ground and marking.on_ground:
            found |= {"fo:color": colour(marking.on_ground), "fo:background-color": colour(marking.ground)}
    return found


def _character_style(styles: Element, name: str, properties: dict[str, str]) -> None:
    attributes = {
        "style:name": name,
        "style:display-name": name.replace("_20_", " "),
        "style:family": "text",
    }
    add(add(styles, "style:style", attributes), "style:text-properties", properties)


# --- what counts ---------------------------------------------------------------------------------------------------


def _outline_style(styles: Element, numbering: HeadingNumbering) -> None:
    outline = add(styles, "text:outline-style", {"style:name": "Outline"})
    for level in range(1, 11):
        attributes = {"text:level": str(level), "style:num-format": ""}
        if numbering is HeadingNumbering.DECIMAL and level <= 3:
            attributes |= {"style:num-format": "1", "text:display-levels": str(level)}
        elif numbering is HeadingNumbering.JAPANESE and level <= 3:
            before, after = (("第", ""), ("", ""), ("(", ")"))[level - 1]
            attributes |= {"style:num-format": "1", "style:num-prefix": before, "style:num-suffix": after}
        element = add(outline, "text:outline-level-style", attributes)
        _label(element, followed="space" if attributes["style:num-format"] else "nothing")


def _lists(styles: Element, signs: Signs) -> None:
    for name in ("Bullets", "Numbers", PARAGRAPHS):
        display = name.replace("_20_", " ")
        listed = add(styles, "text:list-style", {"style:name": name, "style:display-name": display})
        for level in range(1, _DEEPEST + 1):
            if name == "Bullets":
                bullet = {"text:level": str(level), "text:bullet-char": "•–▪"[(level - 1) % 3]}
                element = add(listed, "text:list-level-style-bullet", bullet)
            else:
                # Numbered paragraphs count by figures; their lists go by the signs.
                sign = _PARAGRAPH_SIGN if name == PARAGRAPHS else signs.at(level - 1)
                number = {
                    "text:level": str(level),
                    "style:num-format": _FORMATS[sign.count],
                    "style:num-prefix": sign.before,
                    "style:num-suffix": sign.after,
                }
                element = add(listed, "text:list-level-style-number", number)
            hang = 1.0 if name == PARAGRAPHS else _INDENT_CM
            _label(element, indent=hang * level, hang=hang)


def _label(element: Element, *, indent: float = 0, hang: float = 0, followed: str = "listtab") -> None:
    mode = {"text:list-level-position-and-space-mode": "label-alignment"}
    place = {"text:label-followed-by": followed}
    if indent:
        place |= {
            "text:list-tab-stop-position": f"{indent:g}cm",
            "fo:text-indent": f"{-hang:g}cm",
            "fo:margin-left": f"{indent:g}cm",
        }
    add(add(element, "style:list-level-properties", mode), "style:list-level-label-alignment", place)
