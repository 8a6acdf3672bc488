"""What the elements of the brief refer to follows them into the house's file: links, pictures, bookmarks, data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefer.export.docx.house.files import HouseFile, Part, Relation, relate, tree_of
from briefer.export.docx.house.ids import free
from briefer.export.docx.house.own import DOCUMENT, OwnFile, target_of
from briefer.export.docx.layout import TEXT_WIDTH
from briefer.export.docx.xml import Element, R, w

_RELATED = f"{{{R}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU = 635  # English metric units in a twentieth of a point
# The house has its own of these, or they are carried over element by element.
_HOUSES_OWN = frozenset(
    {"styles", "settings", "numbering", "fontTable", "theme", "header", "footer", "footnotes", "endnotes"}
)


def carry_relations(house: HouseFile, own: OwnFile, elements: Iterable[Element]) -> None:
    """Give the house's document all that the written one leads to, and ``elements`` the new ids."""
    ids = {}
    for element in own.relations(DOCUMENT):
        namespace, _slash, kind = element.get("Type", "").rpartition("/")
        if namespace == R and kind not in _HOUSES_OWN:
            ids[element.get("Id", "")] = relate(house.document, _carried(house, own, DOCUMENT, element))
    renamed(elements, ids)


def carry_links(part: Part, relations: Iterable[Element], elements: Iterable[Element]) -> None:
    """Give ``part`` the links of a written part, and ``elements`` the new ids."""
    ids = {}
    for element in relations:
        kind = element.get("Type", "").rpartition("/")[2]
        ids[element.get("Id", "")] = relate(part, Relation(kind, element.get("Target", ""), external=True))
    renamed(elements, ids)


def renamed(elements: Iterable[Element], ids: dict[str, str]) -> None:
    """Put new relationship ids in the place of old ones."""
    for root in elements:
        for element in root.iter():
            for name in [n for n in element.attrib if str(n).startswith(_RELATED)]:
                old = str(element.attrib[name])
                element.set(name, ids.get(old, old))


def _carried(house: HouseFile, own: OwnFile, source: str, element: Element) -> Relation:
    """Return the relationship in the house, the part that it leads to being carried over with its own."""
    kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    name = target_of(source, target)
    part = Part(house.free_name(name), kind, data=own.parts[name], media_type=_type(own, name))
    house.parts[part.name] = part
    for inner in own.relations(name):
        part.relations[inner.get("Id", "")] = _carried(house, own, name, inner)
    return Relation(kind, part.name)


def _type(own: OwnFile, name: str) -> str:
    suffix = name.rpartition(".")[2]
    return own.media_types.get(name) or own.media_types.get(f".{suffix}", "application/xml")


def renumber_bookmarks(house: HouseFile, elements: Sequence[Element]) -> None:
    """Give the brief's bookmarks ids that are free; a bookmark of the house with the name of one of them goes."""
    tree = tree_of(house.document)
    names = {m.get(w("name")) for e in elements for m in e.iter(w("bookmarkStart"))}
    twice = {m.get(w("id")) for m in tree.iter(w("bookmarkStart")) if m.get(w("name")) in names}
    for mark in list(tree.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        if mark.get(w("id")) in twice:
            mark.getparent().remove(mark)  # type: ignore[union-attr]  # no bookmark is the root
    fresh = free(m.get(w("id")) for m in tree.iter(w("bookmarkStart"), w("bookmarkEnd")))
    ids: dict[str, str] = {}
    for root in elements:
        for mark in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
            old = mark.get(w("id"), "")
            if old not in ids:
                ids[old] = next(fresh)
            mark.set(w("id"), ids[old])


def renumber_drawings(house: HouseFile, elements: Iterable[Element]) -> None:
    """Give the brief's pictures ids that no drawing of the house has."""
    taken = [e.get("id") for part in house.parts.values() if part.tree is not None
             for e in part.tree.iter(f"{_DRAWING}docPr")]  # fmt: skip
    fresh = free(taken)
    for root in elements:
        for drawing in root.iter(f"{_DRAWING}docPr"):
            drawing.set("id", next(fresh))


def fit(elements: Iterable[Element], styles: Iterable[Element], width: int) -> None:
    """Fit tables, pictures and stops to the text of the house, ``width`` twentieths of a point wide."""
    if not width or width == TEXT_WIDTH:
        return
    for root in elements:
        for column in root.iter(w("gridCol")):
            column.set(w("w"), str(int(column.get(w("w"), "0")) * width // TEXT_WIDTH))
        for cell in root.iter(w("tcW")):
            if cell.get(w("type")) == "dxa":
                cell.set(w("w"), str(int(cell.get(w("w"), "0")) * width // TEXT_WIDTH))
        for extent in root.iter(f"{_DRAWING}extent"):
            _shrink(extent, width * _EMU)
    for style in styles:
        for tab in style.iter(w("tab")):
            if tab.get(w("pos")) == str(TEXT_WIDTH):
                tab.set(w("pos"), str(width))


def _shrink(extent: Element, most: int) -> None:
    """Make a picture narrower where it is wider than the text, and less high with it."""
    across = int(extent.get("cx", "0"))
    if across <= most:
        return
    drawing = extent.getparent()
    sizes = list(drawing.iter(f"{_MAIN}ext")) if drawing is not None else []
    for size in (extent, *(size for size in sizes if size.get("cx"))):
        for side in ("cx", "cy"):
            size.set(side, str(int(size.get(side, "0")) * most // across))


def detached(elements: Iterable[Element]) -> list[Element]:
    """Return the elements, out of the tree that they are in."""
    found = list(elements)
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return found
