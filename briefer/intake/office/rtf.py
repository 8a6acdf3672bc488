r"""Rich Text Format (specification 1.9.1) into captures.

An own reader, because the libraries that there are give one string without styles, notes and properties, and
mix hidden text and bullets into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.office.heads import Properties
from briefer.intake.office.pieces import Parts, Piece, Role, capture, role_of
from briefer.intake.office.rtf_bytes import CodePages
from briefer.intake.office.rtf_flow import BODY, Flow, State, joined
from briefer.intake.office.symbols import symbol
from briefer.services.ports import Taken

_MEDIA = "application/rtf"
_SIGNATURE = b"{\\rtf"
MOST_DEPTH = 1_000
MOST_MARKS = 5_000_000
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:'[0-9a-fA-F]{2})(?:\\'[0-9a-fA-F]{2})*)|(.))|([{}])|([^\\{}]+)",
    re.DOTALL,
)
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "nestcell": "\t",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\t": "\t"}
_ESCAPED = frozenset([b"\\", b"{", b"}"])
_RUNNING = frozenset([a + b for a in ("header", "footer") for b in ("", "l", "r", "f")])
_SILENT = frozenset(["skip", "shape", "fonttbl", "info"])
_DATES = frozenset(["creatim", "revtim"])
_INFO = frozenset(["title", "author", "company", "creatim", "revtim"])
# Groups of text that is not shown: pictures, codes of fields, bullets, entries of indexes, separators of notes.
_SKIPPED = frozenset(
    [
        "pict", "colortbl", "filetbl", "listtext", "pntext", "pntxta", "pntxtb", "nonshppict", "shprslt", "objdata",
        "fldinst", "xe", "tc", "bkmkstart", "bkmkend", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
        "annotation", "atnid", "atnauthor", "listtable", "listoverridetable", "revtbl", "template", "doccomm",
        "subject", "keywords", "operator", "manager", "category", "comment", "hlinkbase", "vern", "falt",
    ]
)  # fmt: skip


class _Reader:
    """Reads one file, token by token; nothing recurses, so that nesting costs no more than its length."""

    def __init__(self, taken: Taken) -> None:
        self._name = taken.name
        self._now = State(Flow())
        self._stack: list[State] = []
        self._parts = Parts()
        self._pages = CodePages()
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._default_font: int | None = None
        self._entry = 0
        self._entry_name: list[str] = []
        self._styles: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._info: dict[str, list[str]] = {}
        self._date: dict[str, int] = {}
        self._words: dict[str, Callable[[str, int | None], None]] = {
            **dict.fromkeys(("par", "sect", "nestrow"), self._end_paragraph),
            **dict.fromkeys(("cell", "row"), self._end_cell),
            **dict.fromkeys(("pard", "plain", "s", "outlinelevel", "intbl"), self._paragraph_property),
            **dict.fromkeys(("b", "v", "deleted", "f", "uc"), self._character_property),
            **dict.fromkeys(("ansi", "mac", "pc", "pca", "ansicpg", "deff"), self._document_property),
            **dict.fromkeys(("fcharset", "cpg"), self._font_property),
            **dict.fromkeys(("yr", "mo", "dy"), self._date_part),
            **dict.fromkeys(_INFO, self._open_info),
            **dict.fromkeys((*_RUNNING, "footnote", "shptxt", "dptxbxtext"), self._open_flow),
            **dict.fromkeys(("fonttbl", "stylesheet", "info", "shpinst", "do"), self._open_table),
            "u": self._unicode,
            "ftnalt": self._endnote,
        }

    def read(self, data: bytes) -> tuple[Parts, Properties]:
        """Return the paragraphs and the properties.

        Raises:
            InputError: ``input-damaged`` for a file that stops short, ``input-unsafe``.
        """
        at: int | None = 0
        while at is not None:
            at = self._tokens(data, at)
            if not self._stack:
                return self._parts, self._properties()
        raise InputError("input-damaged", name=self._name, detail="it ends in the middle")

    def _tokens(self, data: bytes, start: int) -> int | None:
        """Read until the end of the document, or past binary data; return where to go on, if anywhere."""
        for match in _TOKEN.finditer(data, start):
            word, number, hexes, mark, brace, text = match.groups()
            if text is not None:
                self._take(text.translate(None, b"\r\n\x00"))
            elif brace is not None:
                self._brace(brace)
                if not self._stack:
                    return None
            elif word == b"bin":
                return match.end() + max(0, int(number or 0))
            elif word is not None:
                self._control(word.decode("ascii"), None if number is None else int(number))
            elif hexes is not None:
                self._take(bytes.fromhex(hexes.translate(None, b"\\'").decode("ascii")))
            else:
                self._symbol(mark)
        return None

    def _take(self, data: bytes) -> None:
        """Take in bytes of text, but for those that stand for a character that was given in Unicode."""
        if self._skip:
            data, self._skip = data[self._skip :], max(0, self._skip - len(data))
        if self._now.destination not in _SILENT:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            self._put(self._pages.decode(data, self._now.font))

    def _put(self, text: str) -> None:
        now = self._now
        if now.destination == BODY:
            if now.hidden:
                now.flow.hidden.append(text)
            elif not now.deleted:
                now.flow.text.append(text)
                now.flow.strong = now.flow.strong and (now.bold or not text.strip())
        elif now.destination == "stylesheet":
            self._entry_name.append(text)
        elif now.destination in _INFO:
            self._info.setdefault(now.destination, []).append(text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == b"{":
            if len(self._stack) >= MOST_DEPTH:
                raise InputError("input-unsafe", name=self._name, detail="its groups are nested too deeply")
            self._stack.append(self._now)
            self._now = self._now.inner()
        elif self._stack:
            closed, self._now = self._now, self._stack.pop()
            self._close(closed)

    def _close(self, closed: State) -> None:
        if closed.destination == "stylesheet" and self._entry_name:
            self._styles[self._entry] = joined(self._entry_name).strip(" ;")
            self._entry, self._entry_name = 0, []
        elif closed.destination in _DATES and closed.destination != self._now.destination:
            self._info[closed.destination] = [_iso(self._date)]
            self._date = {}
        if closed.flow is self._now.flow and self._stack:
            return
        self._end(closed)
        closed.flow.end_row()
        pieces, role = closed.flow.pieces, closed.flow.role
        if role in {Role.FOOTNOTE, Role.ENDNOTE}:
            self._parts.notes += [p if p.role is Role.HIDDEN else Piece(p.text, role) for p in pieces]
        elif role is Role.RUNNING:
            self._parts.heads += [Piece(piece.text, role) for piece in pieces]
        elif self._stack:
            self._now.flow.boxes += pieces
        else:
            self._parts.body += pieces

    def _symbol(self, mark: bytes) -> None:
        if mark in _ESCAPED:
            # Not apart from what is around it: the backslash is the second byte of some Japanese characters.
            self._take(mark)
            return
        self._flush()
        if mark == b"*":
            self._starred = True
        elif mark in {b"\n", b"\r"}:
            self._control("par", None)
        elif mark in _SYMBOLS:
            self._put(_SYMBOLS[mark])

    def _control(self, word: str, number: int | None) -> None:
        self._flush()
        self._skip = 0
        starred, self._starred = self._starred, False
        now = self._now
        if now.destination == "skip" or (now.destination == "shape" and word not in {"shptxt", "dptxbxtext"}):
            return
        handler = self._words.get(word)
        if handler:
            handler(word, number)
        elif word in _SKIPPED or (starred and word != "ud"):
            now.flow.item = now.flow.item or word in {"listtext", "pntext"}
            now.destination = "skip"
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])

    def _unicode(self, word: str, number: int | None) -> None:
        code = (number or 0) & 0xFFFF
        self._put(symbol(code, "symbol") if 0xF000 <= code < 0xF100 else chr(code))
        self._skip = self._now.fallback

    def _end_paragraph(self, word: str, number: int | None) -> None:
        if self._now.destination == BODY:
            self._end(self._now)

    def _end_cell(self, word: str, number: int | None) -> None:
        if self._now.destination != BODY:
            return
        flow = self._now.flow
        if word == "cell" or flow.text:
            self._now.in_table = True
            self._end(self._now)
            flow.end_cell()
        if word == "row":
            flow.end_row()

    def _end(self, state: State) -> None:
        """Finish a paragraph."""
        role, level = self._role(state)
        state.flow.end_paragraph(role, level, in_table=state.in_table)

    def _role(self, state: State) -> tuple[Role, int]:
        named = role_of(self._styles.get(state.style, ""))
        level = self._levels.get(state.style) if state.outline is None else state.outline
        if named is None and level is not None and 0 <= level < 9:
            return Role.HEADING, level + 1
        return named or (Role.ITEM if state.flow.item else Role.TEXT, 0)

    def _paragraph_property(self, word: str, number: int | None) -> None:
        now = self._now
        if word == "pard":
            now.style, now.outline, now.in_table = 0, None, False
        elif word == "plain":
            now.bold = now.hidden = now.deleted = False
            now.font = self._default_font
        elif word == "intbl":
            now.in_table = number != 0
        elif now.destination == "stylesheet":
            if word == "s":
                self._entry = number or 0
            elif number is not None:
                self._levels[self._entry] = number
        elif word == "s":
            now.style = number or 0
        else:
            now.outline = number

    def _character_property(self, word: str, number: int | None) -> None:
        now, on = self._now, number != 0
        if word == "b":
            now.bold = on
        elif word == "v":
            now.hidden = on
        elif word == "deleted":
            now.deleted = on
        elif word == "f":
            now.font = number
        else:
            now.fallback = max(0, 1 if number is None else number)

    def _document_property(self, word: str, number: int | None) -> None:
        if word == "deff":
            self._default_font = self._now.font = number
        else:
            self._pages.set_document(word, number)

    def _font_property(self, word: str, number: int | None) -> None:
        if self._now.destination == "fonttbl" and self._now.font is not None:
            self._pages.set_font(self._now.font, word, number)

    def _date_part(self, word: str, number: int | None) -> None:
        if self._now.destination in _DATES and number is not None:
            self._date[word] = number

    def _open_info(self, word: str, number: int | None) -> None:
        if self._now.destination == "info":
            self._now.destination = word
            self._info.pop(word, None)

    def _open_table(self, word: str, number: int | None) -> None:
        self._now.destination = "shape" if word in {"shpinst", "do"} else word

    def _open_flow(self, word: str, number: int | None) -> None:
        role = Role.RUNNING if word in _RUNNING else Role.FOOTNOTE if word == "footnote" else Role.TEXT
        self._now = replace(
            self._now, flow=Flow(role), destination=BODY, in_table=False, style=0, outline=None
        )

    def _endnote(self, word: str, number: int | None) -> None:
        if self._now.flow.role is Role.FOOTNOTE:
            self._now.flow.role = Role.ENDNOTE

    def _properties(self) -> Properties:
        stated = {name: joined(texts).strip() for name, texts in self._info.items()}
        return Properties(
            title=stated.get("title", ""),
            authors=tuple(name.strip() for name in stated.get("author", "").split(";") if name.strip()),
            created=stated.get("creatim", ""),
            modified=stated.get("revtim", ""),
            company=stated.get("company", ""),
        )


def _iso(parts: dict[str, int]) -> str:
    try:
        return date(parts["yr"], parts.get("mo", 1), parts.get("dy", 1)).isoformat()
    except (KeyError, OverflowError, ValueError):
        return ""


def _is_rtf(taken: Taken) -> bool:
    return taken.data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_SIGNATURE)


def _read(taken: Taken) -> Capture:
    data = taken.data
    if not _is_rtf(taken):
        raise InputError("input-damaged", name=taken.name, detail="it does not begin as Rich Text does")
    if data.count(b"{") + data.count(b"\\") - data.count(b"\\'") > MOST_MARKS:
        raise InputError("input-unsafe", name=taken.name, detail="it has millions of marks")
    parts, properties = _Reader(taken).read(data[data.index(_SIGNATURE) :])
    return capture(taken, parts, properties, _MEDIA)


FORMAT = Format(
    name="Rich Text",
    media_types=(_MEDIA, "text/rtf"),
    suffixes=(".rtf",),
    sniff=_is_rtf,
    read=_read,
    limit_mb=100,
)
