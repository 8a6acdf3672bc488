"""Fields of a template: content controls by their tag or title, and ``{{ name }}`` in the text.

A name in braces may be cut over several runs, as word processors do while one types; the first of them gives
the filled text its look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.templates import MARKING, TEXT_FIELDS, TemplateField, field_of, is_block_field
from briefer.export.docx.house.cleaning import drop, unwrap
from briefer.export.docx.house.files import TEXT_KINDS, HouseFile, Part, tree_of
from briefer.export.docx.xml import Element, w

BRACES = re.compile(r"\{\{\s*([^{}\n\t]{1,80}?)\s*\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACES = {
    "document": "body",
    "header": "header",
    "footer": "footer",
    "footnotes": "notes",
    "endnotes": "notes",
}
_TEXT = frozenset({w("t"), w("tab"), w("br"), w("cr")})
# Controls that hold no text of their own choosing.
_OTHER_CONTROLS = ("picture", "group", "docPartObj", "docPartList", "citation", "bibliography", "equation")
_CHECK = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"


def fields_in(house: HouseFile) -> tuple[TemplateField, ...]:
    """Return the fields of a template, each once: the body's in their order, then the others.

    Controls whose names are no field's are somebody else's.
    """
    found: dict[TemplateField, None] = {}
    for kind in ("document", "header", "footer", "footnotes", "endnotes"):
        for part in house.of_kind(kind):
            named = {control.element: control.name for control in controls(tree_of(part))}
            for element in tree_of(part).iter(w("sdt"), w("p")):
                if element in named:
                    found[TemplateField(named[element], control=True, place=_PLACES[kind])] = None
                elif element.tag == w("p"):
                    for match in BRACES.finditer(Line(element).text):
                        found[TemplateField(field_of(match[1]), place=_PLACES[kind])] = None
    return tuple(found)


def marked_parts(house: HouseFile) -> frozenset[str]:
    """Return the names of the parts that have a place for the marking."""
    return frozenset(
        part.name
        for part in house.of_kind(*TEXT_KINDS)
        if any(control.name == MARKING for control in controls(tree_of(part)))
        or any(
            field_of(match[1]) == MARKING
            for paragraph in tree_of(part).iter(w("p"))
            for match in BRACES.finditer(Line(paragraph).text)
        )
    )


@dataclass(frozen=True)
class Control:
    """A content control that stands for a field."""

    name: str
    element: Element


def controls(tree: Element) -> Iterator[Control]:
    """Yield the content controls whose tag or title is the name of a field."""
    for element in list(tree.iter(w("sdt"))):
        properties = element.find(w("sdtPr"))
        if properties is None or _holds_no_text(properties):
            continue
        for key in ("tag", "alias"):
            named = properties.find(w(key))
            name = field_of(named.get(w("val"), "")) if named is not None else ""
            if name in TEXT_FIELDS or is_block_field(name):
                yield Control(name, element)
                break


def _holds_no_text(properties: Element) -> bool:
    return properties.find(_CHECK) is not None or any(
        properties.find(w(kind)) is not None for kind in _OTHER_CONTROLS
    )


class Line:
    """The text of a paragraph's own runs, and where each stretch of it stands; text boxes have their own."""

    def __init__(self, paragraph: Element) -> None:
        self._pieces: list[tuple[int, Element]] = []
        text = []
        place = 0
        for element in paragraph.iter(*_TEXT):
            if _paragraph_of(element) is not paragraph:
                continue
            piece = (element.text or "") if element.tag == w("t") else "\n"
            self._pieces.append((place, element))
            text.append(piece)
            place += len(piece)
        self.text = "".join(text)

    def replace(self, start: int, end: int, value: str) -> None:
        """Put ``value`` in the place of a stretch of text; its line breaks become breaks."""
        touched = [
            (place, element)
            for place, element in self._pieces
            if element.tag == w("t") and place < end and place + len(element.text or "") > start
        ]
        first_place, first = touched[0]
        before = (first.text or "")[: start - first_place]
        last_place, last = touched[-1]
        after = (last.text or "")[end - last_place :]
        for _place, element in touched[1:]:
            _set(element, "")
        if first is last:
            _set_lines(first, before + value + after)
        else:
            _set_lines(first, before + value)
            _set(last, after)


def _paragraph_of(element: Element) -> Element | None:
    return next((e for e in element.iterancestors() if e.tag == w("p")), None)


def _set(element: Element, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")


def _set_lines(element: Element, text: str) -> None:
    """Set the text of an element; each further line comes after a break in the same run."""
    first, *rest = text.split("\n")
    _set(element, first)
    for line in reversed(rest):
        more = etree.Element(w("t"))
        _set(more, line)
        element.addnext(more)
        element.addnext(etree.Element(w("br")))


def fill_texts(house: HouseFile, values: Mapping[str, str]) -> None:
    """Fill all fields that take a line of text; ``values`` has the name of each that the brief can tell.

    A field that the brief has nothing for is emptied; a name that is no field's stays as it is.
    """
    safe = {name: xml_safe(values.get(name, "")) for name in TEXT_FIELDS}
    for part in house.of_kind(*TEXT_KINDS):
        for control in controls(tree_of(part)):
            if control.name in safe:
                _fill_control(control.element, safe[control.name])
        for paragraph in list(tree_of(part).iter(w("p"))):
            _fill_paragraph(paragraph, safe)


def _fill_paragraph(paragraph: Element, values: Mapping[str, str]) -> None:
    line = Line(paragraph)
    for match in reversed(list(BRACES.finditer(line.text))):
        name = field_of(match[1])
        if name in values:
            # Later stretches are done already, so the earlier ones stand where they did.
            line.replace(match.start(), match.end(), values[name])


def _fill_control(control: Element, value: str) -> None:
    """Put one line of text into a content control, in the look of what it held."""
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    if properties is None or content is None:
        return
    for name in ("showingPlcHdr", "temporary"):
        for element in properties.findall(w(name)):
            properties.remove(element)
    for element in properties.findall(w("date")):
        element.attrib.pop(w("fullDate"), "")
    for element in properties.findall(w("text")):
        if "\n" in value:
            element.set(w("multiLine"), "1")
    home = _home(content)
    run = _first_run(home)
    for child in [c for c in home if c.tag != w("pPr")]:
        home.remove(child)
    text = etree.SubElement(run, w("t"))
    home.append(run)
    _set_lines(text, value)


def _home(content: Element) -> Element:
    """Return what takes the text: the first paragraph, those beside it gone, or the content itself."""
    first = next(content.iter(w("p")), None)
    if first is None:
        return content
    for paragraph in list(first.itersiblings(w("p"))):
        drop(paragraph)
    return first


def _first_run(home: Element) -> Element:
    """Return a new run in the look of the first one; the look of a prompt is nobody's text."""
    run = etree.Element(w("r"))
    first = next(home.iter(w("r")), None)
    look = first.find(w("rPr")) if first is not None else None
    if look is not None:
        style = look.find(w("rStyle"))
        if style is not None and style.get(w("val"), "").casefold().startswith("placeholder"):
            look.remove(style)
        run.append(look)
    return run


@dataclass(frozen=True)
class Place:
    """A place for blocks: they are put before ``element``, which is then taken out, or left where ``kept``."""

    name: str
    element: Element
    kept: bool


def block_places(house: HouseFile) -> list[Place]:
    """Return the places of the body for blocks, in order, their names gone from the text.

    In headers, footers, notes and text boxes, where no blocks can stand, the fields are emptied.
    """
    for part in house.of_kind(*TEXT_KINDS):
        for control in controls(tree_of(part)):
            if is_block_field(control.name):
                _open_control(control)
    found = []
    for part in house.of_kind(*TEXT_KINDS):
        for paragraph in list(tree_of(part).iter(w("p"))):
            found += _places_in(part, paragraph)
    return found


def _open_control(control: Control) -> None:
    """Turn a control for blocks into a field in braces in its place; many blocks want no control around them."""
    content = control.element.find(w("sdtContent"))
    if content is None:
        return
    _fill_control(control.element, f"{{{{{control.name}}}}}")
    unwrap_control(control.element)


def unwrap_control(control: Element) -> None:
    """Put what a control holds in its place."""
    content = control.find(w("sdtContent"))
    for child in [c for c in control if c is not content]:
        control.remove(child)
    if content is not None:
        unwrap(content)
    unwrap(control)


def _places_in(part: Part, paragraph: Element) -> list[Place]:
    line = Line(paragraph)
    named = [(m, field_of(m[1])) for m in BRACES.finditer(line.text) if is_block_field(field_of(m[1]))]
    for match, _name in reversed(named):
        line.replace(match.start(), match.end(), "")
    if part.kind != "document" or any(e.tag == w("txbxContent") for e in paragraph.iterancestors()):
        return []
    if not named:
        return []
    ends_section = paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
    kept = ends_section or bool(Line(paragraph).text.strip()) or _draws(paragraph)
    if kept and not ends_section:
        # The words around the field come first, and the blocks follow.
        after = etree.Element(w("p"))
        paragraph.addnext(after)
        paragraph, kept = after, False
    return [Place(name, paragraph, kept) for _match, name in named]


def _draws(paragraph: Element) -> bool:
    return any(e.tag in {w("drawing"), w("pict"), w("fldChar"), w("br")} for e in paragraph.iter())
