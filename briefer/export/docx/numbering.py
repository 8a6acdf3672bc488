"""What counts by itself: lists, headings, annexes and paragraphs, each by a definition of its own.

Definitions that every file has (bullets and numbers, which the list styles use) come with the template; the others
are added by the document that needs them. A list that begins anew is a new use of a definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from briefer.domain.documents import HeadingNumbering
from briefer.export.docx.xml import Element, add, w
from briefer.export.list_signs import ENGLISH, ENGLISH_BELOW, JAPANESE, JAPANESE_BELOW, Signs

BULLETS = 1
NUMBERS = 2
LEVELS = 9
_BULLETS = "•–▪"
_INDENT = 357  # twentieths of a point: 6.3 mm a level
PARAGRAPH_INDENT = 510  # of numbered paragraphs
_HIGHEST = 32767


@dataclass(frozen=True)
class Level:
    """One level of a definition; ``left`` and ``hanging`` are twentieths of a point."""

    format: str
    text: str
    left: int
    hanging: int
    style: str = ""
    font: str = ""


@dataclass(frozen=True)
class Definition:
    """How something counts, level by level; ``kind`` is the schema's ST_MultiLevelType."""

    levels: tuple[Level, ...]
    kind: str = "multilevel"


def _list(
    formats: tuple[tuple[str, str], ...],
    style: str = "",
    *,
    font: str = "",
    kind: str = "multilevel",
    step: int = _INDENT,
    base: int = 0,
) -> Definition:
    """Return a list whose levels take ``formats`` (format, and text around the number) in turn.

    ``style`` is counted on the first level; each level stands ``step`` further in than the last, from ``base``.
    """
    levels = []
    for level in range(LEVELS):
        number_format, text = formats[level % len(formats)]
        named = style if level == 0 else ""
        left = base + step * (level + 1)
        hanging = 0 if number_format == "none" else step
        levels.append(Level(number_format, text.format(f"%{level + 1}"), left, hanging, named, font))
    return Definition(tuple(levels), kind)


def _formats(signs: Signs) -> tuple[tuple[str, str], ...]:
    return tuple((sign.count.value, f"{sign.before}{{}}{sign.after}") for sign in signs.levels)


_SIGNS = tuple(("bullet", sign) for sign in _BULLETS)
BULLET_LIST = _list(_SIGNS, "ListBullet", font="Arial", kind="hybridMultilevel")
NUMBER_LIST = _list(_formats(ENGLISH), "ListNumber")


@dataclass(frozen=True)
class Lists:
    """The lists of a kind of document; ``continued`` sets what follows in an item under its text.

    Without ``bullets`` and ``continued`` those of the styles are right.
    """

    numbers: Definition
    bullets: Definition | None = None
    continued: Definition | None = None


_WIDE = 567  # marks of up to three characters of full width
_JAPANESE_BULLETS = _list(_SIGNS, font="Arial", step=_WIDE)
_JAPANESE_CONTINUED = _list((("none", ""),), step=_WIDE)
LISTS = {
    ENGLISH: Lists(NUMBER_LIST),
    # Below the text of numbered paragraphs.
    ENGLISH_BELOW: Lists(
        _list(_formats(ENGLISH_BELOW), base=PARAGRAPH_INDENT),
        _list(_SIGNS, font="Arial", base=PARAGRAPH_INDENT),
        _list((("none", ""),), base=PARAGRAPH_INDENT),
    ),
    **{
        signs: Lists(_list(_formats(signs), step=_WIDE), _JAPANESE_BULLETS, _JAPANESE_CONTINUED)
        for signs in (JAPANESE, JAPANESE_BELOW)
    },
}
HEADINGS = {
    HeadingNumbering.DECIMAL: Definition(
        (
            Level("decimal", "%1", 567, 567, "Heading1"),
            Level("decimal", "%1.%2", 680, 680, "Heading2"),
            Level("decimal", "%1.%2.%3", 794, 794, "Heading3"),
        )
    ),
    HeadingNumbering.JAPANESE: Definition(
        (
            Level("decimal", "第%1", 794, 794, "Heading1"),
            Level("decimal", "%2", 567, 567, "Heading2"),
            Level("decimal", "(%3)", 567, 567, "Heading3"),
        )
    ),
}
# What takes a heading out of the list that its style counts it in; list 0 would say so, but not to every validator.
UNNUMBERED = Definition((Level("none", "", 0, 0),))
ANNEXES = Definition((Level("upperLetter", "Annex %1", 1361, 1361, "AnnexHeading"),))
JAPANESE_ANNEXES = Definition((Level("decimal", "別添%1", 1134, 1134, "AnnexHeading"),))
PARAGRAPHS = Definition((Level("decimal", "%1.", PARAGRAPH_INDENT, PARAGRAPH_INDENT),))
JAPANESE_PARAGRAPHS = Definition((Level("decimal", "%1", PARAGRAPH_INDENT, PARAGRAPH_INDENT),))


class Numbering:
    """Adds definitions and lists to the numbering part."""

    def __init__(self, part: Element) -> None:
        self._part = part
        self._next = _highest(part, "num", "numId") + 1
        self._next_definition = _highest(part, "abstractNum", "abstractNumId") + 1
        self._known = {NUMBER_LIST: NUMBERS, BULLET_LIST: BULLETS}

    def restarted(self, definition: Definition, level: int = 0, start: int = 1) -> int:
        """Return the id of a new list of ``definition`` that counts from ``start`` at ``level`` (from 0)."""
        element, number = self._list(definition)
        first = str(min(max(start, 0), _HIGHEST))
        add(add(element, "lvlOverride", ilvl=str(level)), "startOverride", val=first)
        return number

    def linked(self, definition: Definition, styles: Element) -> int:
        """Return the id of the list that the paragraph styles of ``definition``'s levels are counted in."""
        _element, number = self._list(definition)
        for index, level in enumerate(definition.levels):
            for style in styles.iter(w("style")):
                if style.get(w("styleId")) == level.style:
                    _count(style, number, index)
        return number

    def _list(self, definition: Definition) -> tuple[Element, int]:
        number = self._next
        self._next += 1
        element = add(self._part, "num", numId=str(number))
        add(element, "abstractNumId", val=str(self._definition(definition)))
        return element, number

    def _definition(self, definition: Definition) -> int:
        found = self._known.get(definition)
        if found is None:
            found = self._known[definition] = self._next_definition
            self._next_definition += 1
            element = abstract(self._part, found, definition)
            first = self._part.find(w("num"))
            assert first is not None, "the list that wants the definition is there"
            first.addprevious(element)  # the schema's order: definitions before lists
        return found


def _highest(part: Element, name: str, attribute: str) -> int:
    return max((int(e.get(w(attribute)) or 0) for e in part.iter(w(name))), default=0)


def _count(style: Element, number: int, level: int) -> None:
    """Make a style's paragraphs count; the order of the elements is the schema's (CT_PPrBase)."""
    properties = style.find(w("pPr"))
    assert properties is not None, "every paragraph style of the template has properties"
    place = add(properties, "numPr")
    if level:
        add(place, "ilvl", val=str(level))
    add(place, "numId", val=str(number))
    before = [e for e in properties if e.tag in _before_numbers()]
    properties.insert(len(before), place)


@cache
def _before_numbers() -> frozenset[str]:
    names = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    return frozenset(w(name) for name in names)


def definitions(part: Element) -> None:
    """Write the two definitions of the template and a list of each, which the list styles use."""
    for number, definition in ((BULLETS, BULLET_LIST), (NUMBERS, NUMBER_LIST)):
        abstract(part, number, definition)
    for number in (BULLETS, NUMBERS):
        add(add(part, "num", numId=str(number)), "abstractNumId", val=str(number))


def abstract(part: Element, number: int, definition: Definition) -> Element:
    """Append a definition to the numbering part."""
    element = add(part, "abstractNum", abstractNumId=str(number))
    add(element, "multiLevelType", val=definition.kind)
    for index, level in enumerate(definition.levels):
        _level(element, index, level)
    return element


def _level(parent: Element, index: int, level: Level) -> None:
    """The order of the elements is the schema's (CT_Lvl)."""
    element = add(parent, "lvl", ilvl=str(index))
    add(element, "start", val="1")
    add(element, "numFmt", val=level.format)
    if level.style:
        add(element, "pStyle", val=level.style)
    if level.format == "none":
        add(element, "suff", val="nothing")  # a tab otherwise, although there is no number before it
    add(element, "lvlText", val=level.text)
    add(element, "lvlJc", val="left")
    first = {"hanging": str(level.hanging)} if level.hanging else {"firstLine": "0"}
    indent = {"left": str(level.left), **first}
    add(add(element, "pPr"), "ind", **indent)
    if level.font:
        fonts = {"ascii": level.font, "hAnsi": level.font, "cs": level.font, "hint": "default"}
        add(add(element, "rPr"), "rFonts", **fonts)
