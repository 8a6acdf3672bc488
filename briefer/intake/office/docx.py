"""Word files (ECMA-376, Transitional and Strict) into captures: all of the text that Word shows, in its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.office.docx_styles import PLAIN, Style, boolean, named_styles
from briefer.intake.office.heads import Properties
from briefer.intake.office.packages import Package, child, local, package_type, value
from briefer.intake.office.pieces import Parts, Piece, Role, capture, row_of
from briefer.intake.office.symbols import symbol
from briefer.services.ports import Taken

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = frozenset(
    [
        f"{_MEDIA}.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ]
)
_SPACES = re.compile(r"[\t\r\n]+")
# Deleted, moved away, a placeholder that asks for text, or no text at all.
_LEFT_OUT = frozenset(["del", "moveFrom", "instrText", "delInstrText", "delText", "rt", "binData", "fldData"])
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass
class _Run:
    """What is gathered of one paragraph."""

    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)
    strong: bool = True


class _Story:
    """Reads one part: the body, the notes, a header."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self.notes: list[tuple[Role, str]] = []
        self._fields: list[bool] = []
        self._pending: _Run | None = None
        self._inline: dict[str, Callable[[etree._Element, _Run, Style], None]] = {
            "t": self._text,
            "r": self._run,
            "sym": self._symbol,
            "fldChar": self._field,
            "sdt": self._control,
            "AlternateContent": self._alternate,
            "txbxContent": self._box,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
        }

    def blocks(self, parent: etree._Element) -> Iterator[Piece]:
        """Yield the paragraphs below ``parent``."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "sdt":
                yield from self._blocks_of_control(element)
            elif name == "AlternateContent":
                for chosen in _branches(element):
                    if found := list(self.blocks(chosen)):
                        yield from found
                        break
            elif name not in _LEFT_OUT and not name.endswith("Pr"):
                yield from self.blocks(element)

    def _blocks_of_control(self, element: etree._Element) -> Iterator[Piece]:
        content = child(element, "sdtContent")
        if content is None or _asks(element):
            return
        contents = value(child(element, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents"
        for piece in self.blocks(content):
            yield Piece(piece.text, Role.CONTENTS) if contents else piece

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        for row in _within(table, "tr"):
            if child(row, "trPr", "del") is None:
                cells = [list(self.blocks(cell)) for cell in _within(row, "tc")]
                yield from row_of(cells)

    def _paragraph(self, element: etree._Element) -> Iterator[Piece]:
        properties = child(element, "pPr")
        style = self._style(properties)
        outer = self._fields
        # A field whose end is missing must not swallow the rest of the file.
        self._fields = [True for in_result in outer if in_result]
        run, self._pending = self._pending or _Run(), None
        self._children(element, run, style)
        if child(element, "pPr", "rPr", "del") is not None:
            # Its end is deleted, so that it goes on in the next one.
            self._pending = run
            return
        text = "".join(run.text)
        if text.strip():
            yield Piece(text, style.role, style.level, run.strong)
        hidden = "".join(run.hidden)
        if hidden.strip():
            yield Piece(hidden, Role.HIDDEN)
        yield from run.boxes

    def _style(self, properties: etree._Element | None) -> Style:
        """Return the style of a paragraph, with what the paragraph itself says otherwise."""
        if properties is None:
            return self._styles.get("", PLAIN)
        style = self._styles.get(value(child(properties, "pStyle")), self._styles.get("", PLAIN))
        return style.changed(properties)

    def _children(self, parent: etree._Element, run: _Run, style: Style) -> None:
        for element in parent:
            name = local(element)
            handler = self._inline.get(name)
            if handler:
                handler(element, run, style)
            elif name in _BREAKS:
                self._put(_break(element, name), run, style)
            elif name not in _LEFT_OUT and not name.endswith("Pr"):
                self._children(element, run, style)

    def _run(self, element: etree._Element, run: _Run, style: Style) -> None:
        properties = child(element, "rPr")
        if properties is not None:
            named = self._styles.get(value(child(properties, "rStyle")), PLAIN)
            style = style.run(named).run_changed(properties)
        self._children(element, run, style)

    def _put(self, text: str, run: _Run, style: Style) -> None:
        if not all(self._fields):
            return
        if style.hidden:
            run.hidden.append(text)
            return
        run.text.append(text)
        run.strong = run.strong and (style.bold or not text.strip())

    def _text(self, element: etree._Element, run: _Run, style: Style) -> None:
        self._put(_SPACES.sub(" ", element.text or ""), run, style)

    def _symbol(self, element: etree._Element, run: _Run, style: Style) -> None:
        try:
            code = int(value(element, "char"), 16)
        except ValueError:
            return
        self._put(symbol(code, value(element, "font")), run, style)

    def _field(self, element: etree._Element, run: _Run, style: Style) -> None:
        """Follow a field: what stands before its separator is its code, what stands after it its result."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _control(self, element: etree._Element, run: _Run, style: Style) -> None:
        content = child(element, "sdtContent")
        if content is not None and not _asks(element):
            self._children(content, run, style)

    def _alternate(self, element: etree._Element, run: _Run, style: Style) -> None:
        """Read the first branch that has text: the others say the same for older programs."""
        before = len(run.text) + len(run.boxes) + len(run.hidden)
        for chosen in _branches(element):
            self._children(chosen, run, style)
            if len(run.text) + len(run.boxes) + len(run.hidden) > before:
                return

    def _box(self, element: etree._Element, run: _Run, style: Style) -> None:
        outer, self._fields = self._fields, []
        pending, self._pending = self._pending, None
        run.boxes.extend(self.blocks(element))
        self._fields, self._pending = outer, pending

    def _note(self, element: etree._Element, run: _Run, style: Style) -> None:
        role = Role.FOOTNOTE if local(element) == "footnoteReference" else Role.ENDNOTE
        self.notes.append((role, value(element, "id")))


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows or cells of a table, also those inside controls and marks of changes."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _within(element, name)


def _branches(element: etree._Element) -> list[etree._Element]:
    return [b for b in element if local(b) == "Choice"] + [b for b in element if local(b) == "Fallback"]


def _asks(control: etree._Element) -> bool:
    return boolean(child(control, "sdtPr"), "showingPlcHdr")


def _break(element: etree._Element, name: str) -> str:
    # A paragraph that is broken between pages goes on in the same sentence.
    return "" if name == "br" and value(element, "type") in {"page", "column"} else _BREAKS[name]


class _File:
    """One Word file."""

    def __init__(self, taken: Taken) -> None:
        self._package = Package(taken)
        self._taken = taken
        self._main = self._package.main
        if not self._main:
            raise InputError("input-damaged", name=taken.name, detail="its main document is missing")

    def read(self) -> Capture:
        root = self._package.xml(self._main)
        body = child(root, "body")
        if body is None:
            raise InputError("input-damaged", name=self._taken.name, detail="its main document has no body")
        parts = Parts()
        story = _Story(self._styles)
        parts.body.extend(story.blocks(body))
        parts.notes.extend(self._notes(story.notes))
        for kind in ("/header", "/footer"):
            for part in self._package.related(self._main, kind):
                parts.heads.extend(self._running(part))
        return capture(self._taken, parts, self._properties(), _MEDIA)

    @cached_property
    def _styles(self) -> dict[str, Style]:
        root = self._first("/styles")
        return {} if root is None else named_styles(root)

    def _first(self, kind: str, of: str | None = None) -> etree._Element | None:
        """Return the root of a part that the text can do without."""
        for part in self._package.related(self._main if of is None else of, kind):
            try:
                return self._package.xml(part)
            except InputError as error:
                if error.code != "input-damaged":
                    raise
        return None

    def _running(self, part: str) -> Iterator[Piece]:
        if part in self._package:
            for piece in _Story(self._styles).blocks(self._package.xml(part)):
                yield Piece(piece.text, Role.RUNNING)

    def _notes(self, wanted: list[tuple[Role, str]]) -> Iterator[Piece]:
        for role, kind, name in (
            (Role.FOOTNOTE, "/footnotes", "footnote"),
            (Role.ENDNOTE, "/endnotes", "endnote"),
        ):
            root = self._first(kind) if any(r is role for r, _ in wanted) else None
            notes = {} if root is None else {value(note, "id"): note for note in root if local(note) == name}
            for of, number in dict.fromkeys(wanted):
                if of is role and number in notes:
                    for piece in _Story(self._styles).blocks(notes[number]):
                        yield piece if piece.role is Role.HIDDEN else Piece(piece.text, role)

    def _properties(self) -> Properties:
        core = self._first("/core-properties", "")
        more = self._first("/extended-properties", "")
        stated = {local(e): " ".join((e.text or "").split()) for e in core} if core is not None else {}
        company = child(more, "Company") if more is not None else None
        return Properties(
            title=stated.get("title", ""),
            authors=tuple(n.strip() for n in stated.get("creator", "").split(";") if n.strip()),
            created=stated.get("created", ""),
            modified=stated.get("modified", ""),
            language=stated.get("language", "") or self._styles.get("", PLAIN).language,
            company=" ".join((company.text or "").split()) if company is not None else "",
        )


def _is_word(taken: Taken) -> bool:
    return package_type(taken) in _TYPES


def _read(taken: Taken) -> Capture:
    return _File(taken).read()


FORMAT = Format(
    name="Word document",
    media_types=(_MEDIA,),
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    sniff=_is_word,
    read=_read,
    limit_mb=100,
)
