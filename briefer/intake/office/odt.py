"""OpenDocument texts (ISO 26300), zipped or as one flat XML file, into captures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.office.heads import Properties
from briefer.intake.office.packages import Package, child, local, package_type, value
from briefer.intake.office.pieces import Parts, Piece, Role, capture, role_of, row_of
from briefer.packages import parse
from briefer.services.ports import Taken

_MEDIA = "application/vnd.oasis.opendocument.text"
_TYPES = frozenset([_MEDIA, f"{_MEDIA}-template", f"{_MEDIA}-master"])
_MANIFEST = "META-INF/manifest.xml"
_FLAT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:(?:<!--.{0,2000}?-->|<!DOCTYPE[^>]*>)\s*)*<office:document\s", re.DOTALL
)
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_DEEPEST = 30
# Deleted text, remarks, readings of characters, forms, and what is declared rather than shown.
_LEFT_OUT = frozenset(
    [
        "tracked-changes",
        "annotation",
        "annotation-end",
        "ruby-text",
        "note-citation",
        "forms",
        "script",
        "event-listeners",
        "object",
        "title",
        "desc",
        "list-style",
        "soft-page-break",
        "covered-table-cell",
        "hidden-text",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "dde-connection-decls",
    ]
)
_INDEXES = frozenset(["table-of-content", "illustration-index", "table-index", "object-index", "user-index"])


@dataclass(frozen=True)
class _Style:
    role: Role = Role.TEXT
    level: int = 0
    bold: bool = False
    hidden: bool = False


_PLAIN = _Style()


@dataclass
class _Gathered:
    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)
    strong: bool = True


class _Styles:
    """The styles of paragraphs, spans and sections, by name."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._found: dict[tuple[str, str], _Style] = {}
        for root in roots:
            for group in root:
                if local(group) in {"styles", "automatic-styles"}:
                    for element in group:
                        if local(element) == "style":
                            key = (value(element, "family"), value(element, "name"))
                            self._elements[key] = element

    def of(self, family: str, name: str, depth: int = 0) -> _Style:
        """Return what a style says, with what those above it say."""
        key = (family, name)
        if key in self._found:
            return self._found[key]
        element = self._elements.get(key)
        if element is None or depth > _DEEPEST:
            return _PLAIN
        above = value(element, "parent-style-name")
        style = self.of(family, above, depth + 1) if above else _PLAIN
        text = child(element, "text-properties")
        if weight := value(text, "font-weight"):
            style = replace(style, bold=weight in {"bold", "600", "700", "800", "900"})
        if display := value(text, "display"):
            style = replace(style, hidden=display == "none")
        if value(child(element, "section-properties"), "display") == "none":
            style = replace(style, hidden=True)
        if named := role_of((value(element, "display-name") or name).replace("_20_", " ")):
            style = replace(style, role=named[0], level=named[1])
        self._found[key] = style
        return style


class _Story:
    """Reads the body, a note or a header."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self.notes: list[Piece] = []

    def blocks(self, parent: etree._Element, role: Role = Role.TEXT) -> Iterator[Piece]:
        """Yield the paragraphs below ``parent``; ``role`` is that of those without one of their own."""
        for element in parent:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, role)
            elif name == "table":
                yield from self._table(element)
            elif name in _INDEXES:
                entries = child(element, "index-body")
                for piece in () if entries is None else self.blocks(entries):
                    yield replace(piece, role=Role.CONTENTS)
            elif name in {"list", "numbered-paragraph"}:
                yield from self.blocks(element, Role.ITEM)
            elif name == "section":
                yield from self._section(element, role)
            elif name == "frame":
                yield from self._frame(element)
            elif name not in _LEFT_OUT and not name.endswith("-source"):
                yield from self.blocks(element, role)

    def _section(self, element: etree._Element, role: Role) -> Iterator[Piece]:
        style = self._styles.of("section", value(element, "style-name"))
        hidden = style.hidden or value(element, "display") in {"none", "condition"}
        for piece in self.blocks(element, role):
            yield replace(piece, role=Role.HIDDEN) if hidden else piece

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        for row in _within(table, "table-row"):
            yield from row_of([list(self.blocks(cell)) for cell in _within(row, "table-cell")])

    def _frame(self, element: etree._Element) -> Iterator[Piece]:
        """Read the first content of a frame: the others stand for it where it cannot be shown."""
        content = next((c for c in element if local(c) not in _LEFT_OUT), None)
        if content is not None:
            yield from self.blocks(content)

    def _paragraph(self, element: etree._Element, role: Role) -> Iterator[Piece]:
        style = self._styles.of("paragraph", value(element, "style-name"))
        gathered = _Gathered()
        self._children(element, gathered, style)
        heading = local(element) == "h"
        level = value(element, "outline-level")
        text = "".join(gathered.text)
        if text.strip():
            own = Role.HEADING if heading else style.role if style.role is not Role.TEXT else role
            number = int(level) if heading and level.isdecimal() and len(level) < 3 else style.level
            yield Piece(text, own, number, gathered.strong)
        if hidden := "".join(gathered.hidden).strip():
            yield Piece(hidden, Role.HIDDEN)
        yield from gathered.after

    def _children(self, parent: etree._Element, gathered: _Gathered, style: _Style) -> None:
        self._put(parent.text, gathered, style)
        for element in parent:
            self._inline(element, gathered, style)
            self._put(element.tail, gathered, style)

    def _inline(self, element: etree._Element, gathered: _Gathered, style: _Style) -> None:
        name = local(element)
        if name == "s":
            count = value(element, "c")
            # The number stands in the file, so that it could be any.
            spaces = int(count) if count.isdecimal() and len(count) < 4 else 1
            self._put("\u0020" * min(spaces, _MOST_SPACES), gathered, style, folded=False)
        elif name in {"tab", "line-break"}:
            self._put("\t" if name == "tab" else "\n", gathered, style, folded=False)
        elif name == "span":
            named = self._styles.of("text", value(element, "style-name"))
            both = replace(style, bold=style.bold or named.bold, hidden=style.hidden or named.hidden)
            self._children(element, gathered, both)
        elif name == "note":
            self._note(element)
        elif name in {"frame", "custom-shape", "text-box", "rect", "g"}:
            gathered.after.extend(self._frame(element) if name == "frame" else self.blocks(element))
        elif name in {"hidden-text", "hidden-paragraph"}:
            gathered.hidden.append(value(element, "string-value") or "".join(map(str, element.itertext())))
        elif name not in _LEFT_OUT:
            self._children(element, gathered, style)

    def _put(self, text: str | None, gathered: _Gathered, style: _Style, *, folded: bool = True) -> None:
        if not text:
            return
        shown = _SPACES.sub(" ", text) if folded else text
        if style.hidden:
            gathered.hidden.append(shown)
            return
        if folded and gathered.text and gathered.text[-1].endswith(" "):
            shown = shown.removeprefix(" ")
        gathered.text.append(shown)
        gathered.strong = gathered.strong and (style.bold or not shown.strip())

    def _note(self, element: etree._Element) -> None:
        role = Role.ENDNOTE if value(element, "note-class") == "endnote" else Role.FOOTNOTE
        body = child(element, "note-body")
        for piece in () if body is None else list(self.blocks(body)):
            self.notes.append(piece if piece.role is Role.HIDDEN else Piece(piece.text, role))


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows or cells of a table, also those that are grouped."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in {"table-header-rows", "table-rows", "table-row-group", "table-columns"}:
            yield from _within(element, name)


def _capture(taken: Taken, roots: list[etree._Element]) -> Capture:
    """Make the capture of a text whose body, styles and properties stand in ``roots``."""
    styles = _Styles(roots)
    story = _Story(styles)
    body = next((found for root in roots if (found := child(root, "body", "text")) is not None), None)
    if body is None:
        raise InputError("input-damaged", name=taken.name, detail="it has no text body")
    parts = Parts(body=list(story.blocks(body)), notes=story.notes, heads=_running(roots, styles))
    meta = next((found for root in roots if (found := child(root, "meta")) is not None), None)
    return capture(taken, parts, _properties(meta), _MEDIA)


def _running(roots: list[etree._Element], styles: _Styles) -> list[Piece]:
    found: list[Piece] = []
    for root in roots:
        masters = child(root, "master-styles")
        pages = () if masters is None else masters
        for part in (part for page in pages for part in page if local(part).startswith(("header", "footer"))):
            found += [Piece(piece.text, Role.RUNNING) for piece in _Story(styles).blocks(part)]
    return found


def _properties(meta: etree._Element | None) -> Properties:
    stated = {local(e): " ".join((e.text or "").split()) for e in meta} if meta is not None else {}
    author = stated.get("initial-creator") or stated.get("creator", "")
    return Properties(
        title=stated.get("title", ""),
        authors=(author,) if author else (),
        created=stated.get("creation-date", ""),
        modified=stated.get("date", ""),
        language=stated.get("language", ""),
    )


def _is_odt(taken: Taken) -> bool:
    if package_type(taken) in _TYPES:
        return True
    return bool(_FLAT.match(taken.data[:4096])) and _MEDIA.encode() in taken.data[:20_000]


def _read(taken: Taken) -> Capture:
    if _FLAT.match(taken.data[:4096]):
        return _capture(taken, [parse(taken.data, taken.name, "content")])
    package = Package(taken)
    if "encrypted-package" in package or (
        _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST)
    ):
        raise InputError("input-locked", name=taken.name)
    return _capture(taken, [package.xml("content.xml"), *_optional(package, ("styles.xml", "meta.xml"))])


def _optional(package: Package, names: Iterable[str]) -> Iterator[etree._Element]:
    for name in names:
        try:
            yield package.xml(name)
        except InputError as error:
            # The text can do without its styles and properties.
            if error.code != "input-damaged":
                raise


FORMAT = Format(
    name="OpenDocument text",
    media_types=(_MEDIA,),
    suffixes=(".odt", ".ott", ".fodt"),
    sniff=_is_odt,
    read=_read,
    limit_mb=100,
)
