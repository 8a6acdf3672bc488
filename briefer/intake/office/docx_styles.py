"""The styles of a Word file, as far as they tell what a paragraph is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from briefer.intake.office.packages import child, value
from briefer.intake.office.pieces import Role, role_of

_DEEPEST = 30
_LEVEL = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; ``level`` is that of a heading, from 1."""

    role: Role = Role.TEXT
    level: int = 0
    bold: bool = False
    hidden: bool = False
    language: str = ""

    def changed(self, properties: etree._Element) -> Style:
        """Return the style with what a paragraph's or style's properties (``pPr``) say otherwise."""
        outline = child(properties, "outlineLvl")
        style = self
        if outline is not None and _LEVEL.fullmatch(level := value(outline)):
            number = int(level) + 1
            if number <= 9 and self.role in {Role.TEXT, Role.ITEM}:
                style = replace(style, role=Role.HEADING, level=number)
            elif number > 9 and self.role is Role.HEADING:
                style = replace(style, role=Role.TEXT, level=0)
        elif self.role is Role.TEXT and child(properties, "numPr") is not None:
            style = replace(style, role=Role.ITEM)
        return style

    def run(self, named: Style) -> Style:
        """Return the style with what a character style adds."""
        return replace(self, bold=self.bold or named.bold, hidden=self.hidden or named.hidden)

    def run_changed(self, properties: etree._Element) -> Style:
        """Return the style with what a run's or style's properties (``rPr``) say otherwise."""
        bold, hidden = child(properties, "b"), child(properties, "vanish")
        if bold is None and hidden is None:
            return self
        return replace(
            self,
            bold=self.bold if bold is None else _on(bold),
            hidden=self.hidden if hidden is None else _on(hidden),
        )


PLAIN = Style()


def _on(element: etree._Element) -> bool:
    return value(element).lower() not in {"0", "false", "off", "none"}


def boolean(properties: etree._Element | None, name: str) -> bool:
    """Whether an on/off property is there and not switched off."""
    found = child(properties, name) if properties is not None else None
    return found is not None and _on(found)


def named_styles(root: etree._Element) -> dict[str, Style]:
    """Return the styles by id; that of paragraphs without one under the empty id."""
    elements = {value(e, "styleId"): e for e in root if str(e.tag).endswith("}style")}
    start = _defaults(root)
    styles: dict[str, Style] = {}
    for name in elements:
        styles[name] = _resolved(name, elements, styles, start, 0)
    for name, element in elements.items():
        if value(element, "type") == "paragraph" and value(element, "default").lower() in {
            "1",
            "true",
            "on",
        }:
            styles[""] = styles[name]
    styles.setdefault("", start)
    return styles


def _defaults(root: etree._Element) -> Style:
    properties = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = child(properties, name)
        if found is None:
            return PLAIN
        properties = found
    return replace(PLAIN, language=value(child(properties, "lang"))).run_changed(properties)


def _resolved(
    name: str, elements: dict[str, etree._Element], styles: dict[str, Style], start: Style, depth: int
) -> Style:
    if name in styles:
        return styles[name]
    element = elements.get(name)
    if element is None or depth > _DEEPEST:
        return start
    above = value(child(element, "basedOn"))
    style = _resolved(above, elements, styles, start, depth + 1)
    if value(element, "type") == "character" and not above:
        style = PLAIN
    properties, runs = child(element, "pPr"), child(element, "rPr")
    if properties is not None:
        style = style.changed(properties)
    if runs is not None:
        style = style.run_changed(runs)
    named = role_of(value(child(element, "name")))
    return replace(style, role=named[0], level=named[1]) if named else style
