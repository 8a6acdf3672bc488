"""Character styles: every format of a run is one, so that a reader can change all of them in one place.

A run has one character style. What is, say, both a link and slanted has a style of its own, based on the
link's, which is written into the styles part when a document first needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefer.domain.documents import Run, RunStyle
from briefer.export.docx.xml import Element, add, w

MONOSPACED = "Courier New"
LINK_COLOUR, EDITORIAL_COLOUR, PORTION_COLOUR = "1F5A96", "5A6675", "1F3247"


@dataclass(frozen=True)
class CharacterLook:
    """One character style; ``properties`` are (element, attribute, value), as in ``("u", "val", "single")``."""

    id: str
    name: str
    properties: tuple[tuple[str, str, str], ...]
    custom: bool = False


_BOLD = (("b", "", ""), ("bCs", "", ""))
_ITALIC = (("i", "", ""), ("iCs", "", ""))
EMPHASIS = CharacterLook("Emphasis", "Emphasis", _ITALIC)
STRONG = CharacterLook("Strong", "Strong", _BOLD)
BOTH = CharacterLook("IntenseEmphasis", "Intense Emphasis", (*_BOLD, *_ITALIC))
SMALL_CAPS = CharacterLook("SmallCaps", "Small Caps", (("smallCaps", "", ""),), custom=True)
UNDERLINE = CharacterLook("Underline", "Underline", (("u", "val", "single"),), custom=True)
SUPERSCRIPT = CharacterLook("Superscript", "Superscript", (("vertAlign", "val", "superscript"),), custom=True)
SUBSCRIPT = CharacterLook("Subscript", "Subscript", (("vertAlign", "val", "subscript"),), custom=True)
CODE = CharacterLook(
    "HTMLCode",
    "HTML Code",
    (("rFonts", "ascii", MONOSPACED), ("rFonts", "hAnsi", MONOSPACED), ("rFonts", "cs", MONOSPACED)),
)
HYPERLINK = CharacterLook("Hyperlink", "Hyperlink", (("color", "val", LINK_COLOUR), ("u", "val", "single")))
EDITORIAL = CharacterLook("Editorial", "Editorial", (("color", "val", EDITORIAL_COLOUR),), custom=True)
PORTION = CharacterLook("PortionMark", "Portion Mark", (("color", "val", PORTION_COLOUR),), custom=True)
FOOTNOTE_MARK = CharacterLook(
    "FootnoteReference", "footnote reference", (("vertAlign", "val", "superscript"),)
)
ENDNOTE_MARK = CharacterLook("EndnoteReference", "endnote reference", (("vertAlign", "val", "superscript"),))

CHARACTER_LOOKS = (
    EMPHASIS, STRONG, BOTH, SMALL_CAPS, UNDERLINE, SUPERSCRIPT, SUBSCRIPT, CODE, HYPERLINK, EDITORIAL, PORTION,
    FOOTNOTE_MARK, ENDNOTE_MARK,
)  # fmt: skip
_PARTS = {RunStyle.EDITORIAL: EDITORIAL, RunStyle.PORTION: PORTION}
# The order of the elements is the schema's (CT_RPr).
_ORDER = ("rFonts", "b", "bCs", "i", "iCs", "smallCaps", "color", "u", "vertAlign")


def looks_of(run: Run, *, linked: bool, slanted: bool, strong: bool) -> tuple[CharacterLook, ...]:
    """Return the styles that a run's formats ask for, the one that the others are based on first.

    ``slanted`` and ``strong`` say whether italics and bold make sense where the run stands: there are no
    Japanese italics, and bold within a bold paragraph would be turned off (ECMA-376 part 1, 17.7.3).
    """
    italic, bold = run.italic and slanted, run.bold and strong
    found = [HYPERLINK] if linked else []
    if run.style in _PARTS:
        found.append(_PARTS[run.style])
    if run.code:
        found.append(CODE)
    if italic or bold:
        found.append(BOTH if italic and bold else EMPHASIS if italic else STRONG)
    if run.small_caps:
        found.append(SMALL_CAPS)
    if run.underline and not linked:
        found.append(UNDERLINE)
    if run.superscript or run.subscript:
        found.append(SUPERSCRIPT if run.superscript else SUBSCRIPT)
    return tuple(found)


class CharacterStyles:
    """The character styles of one file; those that its styles part lacks are added when they are used."""

    def __init__(self, part: Element) -> None:
        self._part = part
        self._known = {style.get(w("styleId")) or "" for style in part.iter(w("style"))}
        self._ids: dict[tuple[CharacterLook, ...], str] = {}

    def id(self, looks: tuple[CharacterLook, ...]) -> str:
        """Return the id of the style that has all of ``looks``, which are not none."""
        found = self._ids.get(looks)
        if found is None:
            found = "".join(look.id for look in looks)
            if found not in self._known:
                self._add(found, looks)
            self._ids[looks] = found
        return found

    def _add(self, style_id: str, looks: tuple[CharacterLook, ...]) -> None:
        first = looks[0]
        if len(looks) == 1:
            write_character_style(self._part, first)
        else:
            name = " ".join(look.name for look in looks)
            own = tuple(p for look in looks for p in look.properties)
            combined = CharacterLook(style_id, name, own, custom=True)
            write_character_style(self._part, combined, based=self.id((first,)))
        self._known.add(style_id)


def write_character_style(part: Element, look: CharacterLook, based: str = "DefaultParagraphFont") -> None:
    """Append ``look`` to the styles part; the order of the elements is the schema's (CT_Style)."""
    own = {"customStyle": "1"} if look.custom else {}
    style = add(part, "style", type="character", **own, styleId=look.id)
    add(style, "name", val=look.name)
    add(style, "basedOn", val=based)
    add(style, "uiPriority", val="20")
    if look.id not in {FOOTNOTE_MARK.id, ENDNOTE_MARK.id}:
        add(style, "qFormat")
    properties = add(style, "rPr")
    attributes: dict[str, dict[str, str]] = {}
    for name, key, value in look.properties:
        attributes.setdefault(name, {}).update({key: value} if key else {})
    for name in _ORDER:
        if name in attributes:
            add(properties, name, **attributes[name])
