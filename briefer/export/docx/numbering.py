"""Lists that count: one definition of bullets and one of numbers, and a list of its own for each use."""

from __future__ import annotations

from briefer.export.docx.xml import Element, add

BULLETS = 1
NUMBERS = 2
LEVELS = 9
_BULLETS = "•–▪"
_NUMBER_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_INDENT = 357  # twentieths of a point: 6.3 mm a level


class Numbering:
    """Adds lists to the numbering part."""

    def __init__(self, part: Element) -> None:
        self._part = part
        self._next = NUMBERS + 1

    def restarted(self, level: int, start: int) -> int:
        """Return the id of a new numbered list that counts from ``start`` at ``level`` (from 0)."""
        number = self._next
        self._next += 1
        element = add(self._part, "num", numId=str(number))
        add(element, "abstractNumId", val=str(NUMBERS))
        add(add(element, "lvlOverride", ilvl=str(level)), "startOverride", val=str(start))
        return number


def definitions(part: Element) -> None:
    """Write the two definitions and a list of each, which the list styles use."""
    for number in (BULLETS, NUMBERS):
        abstract = add(part, "abstractNum", abstractNumId=str(number))
        add(abstract, "multiLevelType", val="hybridMultilevel" if number == BULLETS else "multilevel")
        for level in range(LEVELS):
            _level(abstract, level, bullets=number == BULLETS)
    for number in (BULLETS, NUMBERS):
        add(add(part, "num", numId=str(number)), "abstractNumId", val=str(number))


def _level(abstract: Element, level: int, *, bullets: bool) -> None:
    element = add(abstract, "lvl", ilvl=str(level))
    add(element, "start", val="1")
    add(element, "numFmt", val="bullet" if bullets else _NUMBER_FORMATS[level % 3])
    if level == 0:
        add(element, "pStyle", val="ListBullet" if bullets else "ListNumber")
    add(element, "lvlText", val=_BULLETS[level % 3] if bullets else f"%{level + 1}.")
    add(element, "lvlJc", val="left")
    indent = {"left": str(_INDENT * (level + 1)), "hanging": str(_INDENT)}
    add(add(element, "pPr"), "ind", **indent)
    if bullets:
        add(add(element, "rPr"), "rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", hint="default")
