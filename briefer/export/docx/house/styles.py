"""Styles of a house in the roles that Briefer's play; where the house has none, Briefer's are added to its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from briefer.domain.templates import Casting, Role, StyleKind, TemplateStyle, cast
from briefer.export.docx.xml import Element, add, w

ROLES: Mapping[str, Role] = {
    "Title": Role.TITLE,
    "Subtitle": Role.SUBTITLE,
    "Heading1": Role.HEADING_1,
    "Heading2": Role.HEADING_2,
    "Heading3": Role.HEADING_3,
    "AnnexHeading": Role.ANNEX_HEADING,
    "BodyText": Role.BODY,
    "NumberedParagraph": Role.NUMBERED_PARAGRAPH,
    "Quote": Role.QUOTATION,
    "QuoteTranslation": Role.TRANSLATION,
    "ListBullet": Role.BULLET,
    "ListNumber": Role.NUMBERED,
    "ListContinue": Role.CONTINUED,
    "Bibliography": Role.SOURCE,
    "BriefTable": Role.TABLE,
    "TableText": Role.TABLE_TEXT,
    "TableHeading": Role.TABLE_HEADING,
    "Caption": Role.CAPTION,
    "FootnoteText": Role.FOOTNOTE,
    "FootnoteReference": Role.FOOTNOTE_MARK,
    "EndnoteText": Role.ENDNOTE,
    "EndnoteReference": Role.ENDNOTE_MARK,
    "Marking": Role.MARKING,
    "MarkingText": Role.MARKING_TEXT,
    "Handling": Role.HANDLING,
    "Prompt": Role.PROMPT,
    "HTMLPreformatted": Role.CODE,
    "HTMLCode": Role.CODE_TEXT,
    "Hyperlink": Role.LINK,
    "Header": Role.HEADER,
    "Footer": Role.FOOTER,
    "TOCHeading": Role.CONTENTS_HEADING,
    "TOC1": Role.CONTENTS_1,
    "TOC2": Role.CONTENTS_2,
    "TOC3": Role.CONTENTS_3,
}
"""The roles of Briefer's own styles, by their ids."""

_HEADINGS = {"Heading1": 0, "Heading2": 1, "Heading3": 2}
_KEEPS = f"{w('pPr')}/{w('keepNext')}"
_USES = ("pStyle", "rStyle", "tblStyle")
_LINKS = ("basedOn", "next", "link")
# Of paragraph properties, what comes after the outline level in the schema (CT_PPrBase).
_AFTER_OUTLINE = frozenset(map(w, ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")))
_AFTER_NUMBERS = frozenset(
    map(
        w,
        (
            "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
            "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
            "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
            "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
        ),
    )
)  # fmt: skip


def styles_in(part: Element) -> tuple[TemplateStyle, ...]:
    """Return the styles of a styles part that can play a role, in its order."""
    found = []
    # Some programs never say which styles are the house's; then all that are not the word processor's may be.
    telling = any(_on(style.get(w("customStyle"))) for style in part.iter(w("style")))
    for style in part.iter(w("style")):
        kind, name = style.get(w("type"), "paragraph"), _name(style)
        if kind in set(StyleKind) and name:
            default = _on(style.get(w("default")))
            custom = _on(style.get(w("customStyle"))) or not telling
            found.append(TemplateStyle(style.get(w("styleId"), ""), name, StyleKind(kind), default, custom))
    return tuple(found)


def _on(value: str | None) -> bool:
    return (value or "").casefold() in {"1", "true", "on"}


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return name.get(w("val"), "") if name is not None else ""


class HouseStyles:
    """Tells for each of Briefer's styles which one stands for it in the house's file; what lacks is added there."""

    def __init__(self, part: Element, own: Element, chosen: Iterable[tuple[str, str]]) -> None:
        self.part = part
        self._own = {style.get(w("styleId"), ""): style for style in own.iter(w("style"))}
        self._there = {style.get(w("styleId"), ""): style for style in part.iter(w("style"))}
        styles = styles_in(part)
        self._by_name = {(style.kind.value, style.name.casefold()): style.id for style in reversed(styles)}
        self._defaults = {style.kind.value: style.id for style in reversed(styles) if style.default}
        self._cast = _ids(styles, cast(styles, chosen))
        self._ids: dict[str, str] = {}
        self._parting: dict[str, bool] = {}
        self.added: list[Element] = []
        """What was added, in the order of its need."""

    def id(self, own_id: str) -> str:
        """Return the id that one of Briefer's styles goes by in the house's file."""
        if own_id not in self._ids:
            found = self._found(own_id)
            self._ids[own_id] = found if found is not None else self._added(own_id)
        return self._ids[own_id]

    def is_added(self, own_id: str) -> bool:
        """Whether Briefer's own style was added for want of one."""
        return any(style.get(w("styleId")) == self.id(own_id) for style in self.added)

    def named(self, name: str) -> str | None:
        """Return the id of the house's paragraph style of that name, or None."""
        return self._by_name.get((StyleKind.PARAGRAPH.value, name.casefold()))

    def chain(self, style_id: str) -> Iterator[Element]:
        """Yield a style of the house and those that it is based on."""
        seen: set[str] = set()
        while style_id in self._there and style_id not in seen:
            seen.add(style_id)
            style = self._there[style_id]
            yield style
            based = style.find(w("basedOn"))
            style_id = based.get(w("val"), "") if based is not None else ""

    def apply(self, elements: Iterable[Element]) -> None:
        """Give the house's styles to all that is in ``elements``."""
        for element in elements:
            for use in element.iter(*map(w, _USES)):
                own_id = use.get(w("val"), "")
                use.set(w("val"), self.id(own_id))
                if use.tag == w("pStyle") and self._parts_from_the_next(own_id):
                    _keep(use)

    def _parts_from_the_next(self, own_id: str) -> bool:
        """Whether Briefer's style holds a paragraph to the next, and the house's for it does not."""
        if own_id not in self._parting:
            own = self._own.get(own_id)
            keeps = own is not None and own.find(_KEEPS) is not None
            held = any(style.find(_KEEPS) is not None for style in self.chain(self.id(own_id)))
            self._parting[own_id] = keeps and not held
        return self._parting[own_id]

    def _found(self, own_id: str) -> str | None:
        role = ROLES.get(own_id)
        if role is not None and self._cast.get(role):
            return self._as_heading(own_id, self._cast[role])
        style = self._own.get(own_id)
        if style is None:
            return own_id
        kind = style.get(w("type"), "")
        if _on(style.get(w("default"))) and kind in self._defaults:
            return self._defaults[kind]
        # A role without a style is one that nobody in the house plays, or that a person gave to Briefer's.
        return None if role is not None else self._by_name.get((kind, _name(style).casefold()))

    def _as_heading(self, own_id: str, found: str) -> str:
        """Let a heading of the house be one for navigation and screen readers too."""
        if own_id in _HEADINGS and not any(
            style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None for style in self.chain(found)
        ):
            properties = _properties(self._there[found])
            level = add(properties, "outlineLvl", val=str(_HEADINGS[own_id]))
            _order(properties, level, _AFTER_OUTLINE)
        return found

    def _added(self, own_id: str) -> str:
        style = deepcopy(self._own[own_id])
        style_id, name = self._free(own_id, style)
        self._ids[own_id] = style_id
        style.set(w("styleId"), style_id)
        style.find(w("name")).set(w("val"), name)  # type: ignore[union-attr]  # a written style has a name
        style.attrib.pop(w("default"), "")
        self._there[style_id] = style
        self.part.append(style)
        self.added.append(style)
        for link in [e for tag in _LINKS for e in style.findall(w(tag))]:
            wanted = link.get(w("val"), "")
            if link.tag == w("next") and wanted not in self._ids and self._found(wanted) is None:
                style.remove(link)  # what would follow is not worth a style that nothing uses
            else:
                link.set(w("val"), self.id(wanted))
        return style_id

    def _free(self, own_id: str, style: Element) -> tuple[str, str]:
        """Return an id and a name that no style of the house has."""
        names = {name for _kind, name in self._by_name}
        style_id, name = own_id, _name(style)
        if name.casefold() in names:
            name = f"Briefer {name}"
            style.set(w("customStyle"), "1")
        if style_id in self._there:
            style_id = f"Briefer{own_id}"
        self._by_name[style.get(w("type"), ""), name.casefold()] = style_id
        return style_id, name

    def count(self, counted: Mapping[str, Element]) -> None:
        """Have paragraphs of some styles of the house counted as ``w:numPr`` says; what is based on them is not."""
        for style_id, numbers in counted.items():
            self._number(self._there[style_id], numbers)
        for style in self._there.values():
            based = style.find(w("basedOn"))
            numbers_above = counted.get(based.get(w("val"), "")) if based is not None else None
            if numbers_above is not None and numbers_of(style) is None:
                none = deepcopy(numbers_above)
                for element in none:
                    element.set(w("val"), "0")
                self._number(style, none)

    def _number(self, style: Element, numbers: Element) -> None:
        properties = _properties(style)
        properties.append(numbers)
        _order(properties, numbers, _AFTER_NUMBERS)


def _keep(use: Element) -> None:
    """Hold the paragraph of a ``w:pStyle`` to the next one."""
    after = use.getnext()
    if after is None or after.tag != w("keepNext"):
        use.addnext(use.makeelement(w("keepNext")))


def numbers_of(style: Element) -> Element | None:
    """Return what a style is counted by, or None."""
    return style.find(f"{w('pPr')}/{w('numPr')}")


def _ids(styles: Iterable[TemplateStyle], castings: Iterable[Casting]) -> dict[Role, str]:
    ids = {(style.kind, style.name): style.id for style in reversed(tuple(styles))}
    return {c.role: ids[c.role.kind, c.style] for c in castings if c.style is not None}


def _properties(style: Element) -> Element:
    """Return the paragraph properties of a style, new ones where it has none (CT_Style: before run properties)."""
    found = style.find(w("pPr"))
    if found is None:
        found = add(style, "pPr")
        later = {w(name) for name in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")}
        _order(style, found, frozenset(later))
    return found


def _order(parent: Element, element: Element, later: frozenset[str]) -> None:
    """Move a child before the first of those that the schema wants after it."""
    follower = next((child for child in parent if child.tag in later and child is not element), None)
    if follower is not None:
        follower.addprevious(element)
