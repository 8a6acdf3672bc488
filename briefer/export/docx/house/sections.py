"""Headers and footers of a house: which pages have them, and the marking where they lack it.

A section has up to three headers (ECMA-376 part 1, 17.10): for its first page where ``titlePg`` is set, for
even pages where the settings say so, and for all others. One that it does not name is that of the section before.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from briefer.export.docx.house.files import HouseFile, Part, tree_of
from briefer.export.docx.house.own import OwnFile
from briefer.export.docx.house.placing import style_of
from briefer.export.docx.xml import Element, R, add, root, w

PLACES = ("header", "footer")
_ROOTS = {"header": "hdr", "footer": "ftr"}
_MARKED_STYLES = frozenset({"Marking", "MarkingText", "Handling"})
_ID = f"{{{R}}}id"
_BEFORE_TITLE_PAGE = frozenset(
    map(
        w,
        (
            "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
            "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
        ),
    )
)  # fmt: skip


class Sections:
    """The sections of a house's document."""

    def __init__(self, house: HouseFile) -> None:
        self._house = house
        body = house.body
        if body.find(w("sectPr")) is None:
            add(body, "sectPr")
        self.properties = list(tree_of(house.document).iter(w("sectPr")))
        self._drop_wrong()
        settings = house.related("settings")
        self._even = settings is not None and tree_of(settings).find(w("evenAndOddHeaders")) is not None

    def _drop_wrong(self) -> None:
        """Drop references to what is neither header nor footer."""
        relations = self._house.document.relations
        for section in self.properties:
            for place in PLACES:
                for reference in section.findall(w(f"{place}Reference")):
                    relation = relations.get(reference.get(_ID, ""))
                    if relation is None or relation.kind != place:
                        section.remove(reference)

    @property
    def end(self) -> Element:
        """The properties of the last section, which close the body."""
        return self.properties[-1]

    def has_any(self) -> bool:
        """Whether the house has a header or footer at all."""
        return any(p.find(w(f"{place}Reference")) is not None for p in self.properties for place in PLACES)

    def text_width(self) -> int:
        """Return the width between the margins of the last section, in twentieths of a point; 0 if unknown."""
        size, margins = self.end.find(w("pgSz")), self.end.find(w("pgMar"))
        if size is None or margins is None:
            return 0
        try:
            width = int(size.get(w("w"), "0"))
            return max(width - int(margins.get(w("left"), "0")) - int(margins.get(w("right"), "0")), 0)
        except ValueError:
            return 0

    def take_own(self, own: OwnFile) -> list[Element]:
        """Give a house without headers and footers Briefer's; return their trees, whose styles are still ours."""
        section = self.properties[0]
        trees = []
        for place in reversed(PLACES):
            for kind, number in (("even", 1), ("first", 2), ("default", 1)):
                if kind == "even" and not self._even:
                    continue
                tree = deepcopy(own.tree(f"word/{place}{number}.xml"))
                self._refer(section, place, kind, tree)
                trees.append(tree)
        if section.find(w("titlePg")) is None:
            title_page = add(section, "titlePg")
            before = [e for e in section if e.tag in _BEFORE_TITLE_PAGE]
            section.insert(len(before), title_page)
        return trees

    def mark(self, own: OwnFile, marked: frozenset[str], marking: str) -> list[Element]:
        """Add what Briefer's headers and footers say of the protection to the house's; return what was added.

        ``marked`` are the names of parts that have a place of their own for the marking; there only what goes
        with it (a draft, a copy's number) is added.
        """
        added: list[Element] = []
        for place in PLACES:
            lines = _protection(own, place)
            if lines:
                for part in self._shown(place):
                    wanted = [p for p in lines if part.name not in marked or line_of(p) != marking]
                    added += _insert(tree_of(part), place, wanted)
        return added

    def _shown(self, place: str) -> list[Part]:
        """Return the parts that stand in ``place`` on some page, new empty ones where there is none."""
        found: dict[str, Part] = {}
        current: dict[str, Part] = {}
        for section in self.properties:
            for reference in section.findall(w(f"{place}Reference")):
                relation = self._house.document.relations[reference.get(_ID, "")]
                current[reference.get(w("type"), "default")] = self._house.parts[relation.target]
            for kind in self._kinds(section):
                if kind not in current:
                    current[kind] = self._refer(section, place, kind, root(_ROOTS[place]))
                found[current[kind].name] = current[kind]
        return list(found.values())

    def _kinds(self, section: Element) -> list[str]:
        title_page = section.find(w("titlePg"))
        first = title_page is not None and title_page.get(w("val"), "1") not in {"0", "false", "off"}
        return ["default", *(["first"] if first else []), *(["even"] if self._even else [])]

    def _refer(self, section: Element, place: str, kind: str, tree: Element) -> Part:
        part = Part(self._house.free_name(f"word/{place}1.xml"), place, tree)
        reference = section.makeelement(w(f"{place}Reference"), {w("type"): kind})
        reference.set(_ID, self._house.add(part))
        section.insert(0, reference)
        return part


def _protection(own: OwnFile, place: str) -> list[Element]:
    """Return the paragraphs of Briefer's header or footer that tell of the protection."""
    name = f"word/{place}1.xml"
    return [p for p in own.tree(name).findall(w("p")) if style_of(p) in _MARKED_STYLES]


def line_of(paragraph: Element) -> str:
    """Return the text of a written paragraph."""
    return "".join(t.text or "" for t in paragraph.iter(w("t")))


def _insert(tree: Element, place: str, paragraphs: Sequence[Element]) -> list[Element]:
    """Put copies at the outer edge of the page: first in a header, last in a footer."""
    copies = [deepcopy(p) for p in paragraphs]
    for number, paragraph in enumerate(copies):
        if place == "header":
            tree.insert(number, paragraph)
        else:
            tree.append(paragraph)
    return copies
