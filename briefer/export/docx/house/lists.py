"""Lists: those of the house where it has them, and Briefer's definitions, with fresh ids, where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from briefer.export.docx.house.ids import free
from briefer.export.docx.house.styles import HouseStyles, numbers_of
from briefer.export.docx.xml import Element, add, w

_LISTS = ("ListBullet", "ListNumber")
_DEEPER = {"ListBullet": "List Bullet {}", "ListNumber": "List Number {}"}
_COUNTED = ("Heading1", "Heading2", "Heading3")


class Lists:
    """Carries lists over into the numbering part of a house."""

    def __init__(self, part: Element, own: Element, styles: HouseStyles) -> None:
        self._part = part
        self._styles = styles
        self._own_lists = {n.get(w("numId"), ""): n for n in own.iter(w("num"))}
        self._own_definitions = {d.get(w("abstractNumId"), ""): d for d in own.iter(w("abstractNum"))}
        self._lists: dict[str, str] = {}
        self._definitions: dict[str, str] = {}
        self._numbers = {n.get(w("numId"), ""): n for n in part.iter(w("num"))}
        self._free = free(self._numbers)
        self._house_definitions = {d.get(w("abstractNumId"), ""): d for d in part.iter(w("abstractNum"))}
        self._free_definition = free(self._house_definitions)
        self._found: dict[tuple[str, int], tuple[str, int, str] | None] = {}

    def apply(self, elements: Iterable[Element]) -> None:
        """Count the paragraphs in ``elements`` by the house's lists; their styles are still Briefer's."""
        for element in elements:
            for paragraph in element.iter(w("p")):
                numbers = paragraph.find(f"{w('pPr')}/{w('numPr')}")
                if numbers is not None:
                    self._apply(paragraph, numbers)

    def apply_styles(self, own: Element) -> None:
        """Count what Briefer's added styles count; and headings, where the house does not number its own."""
        for style in self._styles.added:
            numbers = numbers_of(style)
            if numbers is not None:
                _set(numbers, self._list(_value(numbers, "numId")))
        counted = {}
        for style in own.iter(w("style")):
            own_id, numbers = style.get(w("styleId"), ""), numbers_of(style)
            if own_id not in _COUNTED or numbers is None or self._styles.is_added(own_id):
                continue
            house_id = self._styles.id(own_id)
            if all(numbers_of(one) is None for one in self._styles.chain(house_id)):
                counted[house_id] = deepcopy(numbers)
                _set(counted[house_id], self._list(_value(numbers, "numId")))
        self._styles.count(counted)

    def _apply(self, paragraph: Element, numbers: Element) -> None:
        own_id, level = _value(numbers, "numId"), _level(numbers)
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style_id = style.get(w("val"), "") if style is not None else ""
        if own_id == "0":
            return
        if style is not None and style_id in _LISTS and not self._styles.is_added(style_id):
            if (style_id, level) not in self._found:
                self._found[style_id, level] = self._of_house(style_id, level)
            found = self._found[style_id, level]
            if found is not None:
                house_list, house_level, house_style = found
                if style_id == "ListNumber":
                    house_list = self._restarted(house_list, house_level, own_id, level)
                _set(numbers, house_list, house_level)
                if house_style:
                    style.set(w("val"), house_style)
                return
        _set(numbers, self._list(own_id), level)

    def _of_house(self, own_style: str, level: int) -> tuple[str, int, str] | None:
        """Return the house's list for a level of a list, the level in it, and the style if it is another one."""
        found = self._counted_by(self._styles.id(own_style))
        if level == 0 and found is not None:
            return (*found, "")
        deeper = self._styles.named(_DEEPER[own_style].format(level + 1))
        counted = self._counted_by(deeper) if deeper else None
        if deeper and counted is not None:
            return (*counted, deeper)
        if found is not None and self._has_level(found[0], level):
            return found[0], level, ""
        return None

    def _counted_by(self, style_id: str) -> tuple[str, int] | None:
        """Return the list and the level that a style of the house is counted by, or None."""
        for style in self._styles.chain(style_id):
            numbers = numbers_of(style)
            if numbers is not None and _value(numbers, "numId"):
                number, level = _value(numbers, "numId"), _level(numbers)
                return (number, level) if self._has_level(number, level) else None
        return None

    def _has_level(self, number: str, level: int) -> bool:
        definition = self._definition_of(number)
        return definition is not None and any(
            one.get(w("ilvl")) == str(level) for one in definition.findall(w("lvl"))
        )

    def _definition_of(self, number: str) -> Element | None:
        """Return the definition of a list of the house; some are kept with a list style."""
        one = self._numbers.get(number)
        found = self._house_definitions.get(_value(one, "abstractNumId")) if one is not None else None
        linked = _value(found, "numStyleLink") if found is not None else ""
        if linked:
            definitions = self._house_definitions.values()
            return next((d for d in definitions if _value(d, "styleLink") == linked), None)
        return found

    def _restarted(self, house_list: str, house_level: int, own_id: str, level: int) -> str:
        """Return the id of a new use of the house's list, one for each use of Briefer's."""
        key = f"{own_id} {level} {house_list}"
        if key not in self._lists:
            number = self._lists[key] = self._new(_value(self._numbers[house_list], "abstractNumId"))
            override = add(self._numbers[number], "lvlOverride", ilvl=str(house_level))
            add(override, "startOverride", val=self._start(own_id, level))
        return self._lists[key]

    def _start(self, own_id: str, level: int) -> str:
        for override in self._own_lists[own_id].findall(w("lvlOverride")):
            if override.get(w("ilvl")) == str(level):
                return _value(override, "startOverride") or "1"
        return "1"

    def _list(self, own_id: str) -> str:
        """Return the id in the house of one of Briefer's lists."""
        if own_id not in self._lists:
            own = self._own_lists[own_id]
            number = self._lists[own_id] = self._new(self._definition(_value(own, "abstractNumId")))
            for override in own.findall(w("lvlOverride")):
                self._numbers[number].append(deepcopy(override))
        return self._lists[own_id]

    def _new(self, definition: str) -> str:
        number = next(self._free)
        element = self._numbers[number] = add(self._part, "num", numId=number)
        add(element, "abstractNumId", val=definition)
        cleanup = self._part.find(w("numIdMacAtCleanup"))
        if cleanup is not None:
            cleanup.addprevious(element)
        return number

    def _definition(self, own_id: str) -> str:
        if own_id not in self._definitions:
            number = self._definitions[own_id] = next(self._free_definition)
            element = deepcopy(self._own_definitions[own_id])
            element.set(w("abstractNumId"), number)
            for linked in [e for level in element.findall(w("lvl")) for e in level.findall(w("pStyle"))]:
                self._link(linked)
            self._insert(element)
        return self._definitions[own_id]

    def _link(self, linked: Element) -> None:
        """Keep the link from a level to its style where that style is counted by it."""
        own_id = linked.get(w("val"), "")
        house_id = self._styles.id(own_id)
        counts_itself = any(numbers_of(one) is not None for one in self._styles.chain(house_id))
        if self._styles.is_added(own_id) or (own_id in _COUNTED and not counts_itself):
            linked.set(w("val"), house_id)
        else:
            linked.getparent().remove(linked)  # type: ignore[union-attr]  # it was found in its level

    def _insert(self, definition: Element) -> None:
        """Put a definition after the others: the schema wants them before all lists."""
        later = (w("num"), w("numIdMacAtCleanup"))
        first = next((e for e in self._part if e.tag in later), None)
        if first is None:
            self._part.append(definition)
        else:
            first.addprevious(definition)


def _level(numbers: Element) -> int:
    text = _value(numbers, "ilvl")
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _value(element: Element, name: str) -> str:
    found = element.find(w(name))
    return found.get(w("val"), "") if found is not None else ""


def _set(numbers: Element, number: str, level: int | None = None) -> None:
    for name, value in (("ilvl", level), ("numId", number)):
        element = numbers.find(w(name))
        if element is not None and value is not None:
            element.set(w("val"), str(value))
