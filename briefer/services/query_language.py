"""The query language of the search field and of ``briefer search`` (docs/user-guide.md lists it).

A small grammar parsed by Lark into the tree of `domain.queries`. What does not fit is passed over and told with
its place; a value that a field cannot have is refused with its place, because the rest would mislead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from briefer.domain.dates import Fault, is_edtf, read_typed, why_not
from briefer.domain.excerpts import ExcerptKind
from briefer.domain.prepared import sought
from briefer.domain.queries import (
    AS_ASCII,
    DATED,
    EVERYTHING,
    VALUE,
    Field,
    Hint,
    Match,
    Node,
    Not,
    Or,
    Words,
    both,
    meant,
    value_in,
)
from briefer.domain.tags import Role
from briefer.errors import UsageError

_FIELDS = "|".join(Field)
_GRAMMAR = rf"""
    start: either?
    ?either: all (OR all)*
    all: unary+
    ?unary: "-" atom -> negated
          | atom
    ?atom: MATCH -> match
         | PHRASE -> phrase
         | PREFIX -> prefix
         | WORD -> word
         | "(" either ")"
    OR.6: /OR(?=[\s(]|$)/
    MATCH.5: /(?:{_FIELDS}):(?:{VALUE})/i
    PHRASE.4: /"[^"]*"/
    PREFIX.3: /[^\s"()\-*][^\s"()*]*\*/
    WORD: /[^\s"()\-][^\s"()]*/
    %ignore /\s+/
"""
_TAG_FIELDS = frozenset({Field.PARTNER, Field.RISK, Field.THEME, Field.FREE})
_DEEPEST = 40
_MOST_HINTS = 10
_MOST_SHOWN = 20
# So long a query is no longer one that somebody wrote; without an end it would keep the program busy for seconds.
_LONGEST = 20_000
_PASSED = "it is passed over"
_REST_PASSED = "the rest is passed over"
_NO_TERM = frozenset(" \t\n\r\u3000)-")
_ENDS = frozenset(' \t\n\r)("')
# What other programs call a field; an address has two strokes after its colon.
_NO_FIELD = re.compile(r"([A-Za-z]{3,}):(?!//)(?=.)")
_MEANT = {
    "title": "source:",
    "author": "source: or speaker:",
    "country": "partner:",
    "tag": "free:",
    "year": "date:",
    "since": "after:",
    "until": "before:",
    "language": "lang:",
    "outlet": "publisher:",
    "site": "publisher:",
    "brief": "in:",
    "body": "the word alone",
    "text": "the word alone",
    "quote": "the word alone",
}
_PIECE = re.compile(
    rf"""(?P<match>(?:{_FIELDS}):(?:{VALUE}))|(?P<phrase>"[^"]*")|(?P<open>\()|(?P<close>\))"""
    r"""|(?P<operator>(?:OR|AND|NOT)(?=[\s()]|$))|(?P<minus>-)|(?P<word>[^\s"()*]*\*+|[^\s"()*]+)""",
    re.IGNORECASE,
)


@v_args(inline=True)
class _Tree(Transformer[Token, Node]):
    """Makes the nodes while Lark parses: a tree first, and nodes of that, takes nearly twice as long."""

    written = ""

    def start(self, node: Node = EVERYTHING) -> Node:
        return node

    def either(self, *nodes: Node) -> Node:
        return Or(tuple(n for n in nodes if not isinstance(n, Token)))

    def all(self, *nodes: Node) -> Node:
        return both(*nodes)

    def negated(self, node: Node) -> Node:
        return Not(node)

    def word(self, token: Token) -> Node:
        return Words(self._of(token))

    def prefix(self, token: Token) -> Node:
        return Words(self._of(token)[:-1], prefix=True)

    def phrase(self, token: Token) -> Node:
        text = self._of(token)[1:-1].strip()
        return Words(text) if text else EVERYTHING

    def match(self, token: Token) -> Node:
        field, text = _asked(token, self._of(token))
        if not text and field not in _TAG_FIELDS:
            return EVERYTHING
        detail = _objection(field, text)
        if detail:
            raise _Objection(token.column or 1, detail)
        return Match(field, text)

    def _of(self, token: Token) -> str:
        return self.written[token.start_pos : token.end_pos]


class _Objection(Exception):
    def __init__(self, column: int, detail: str) -> None:
        super().__init__(detail)
        self.column = column
        self.detail = detail


_TREE = _Tree()
_PARSER = Lark(_GRAMMAR, parser="lalr", transformer=_TREE)
_parsing = Lock()  # the tree keeps what was written


@dataclass(frozen=True)
class Asked:
    """A field of a query as it was written, and its place (from 1)."""

    column: int
    field: Field
    value: str


@dataclass(frozen=True)
class QueryText:
    """A query as it was read: its tree, what was passed over in it, its fields in order.

    ``words`` are the words and phrases as they were written, with their places (from 1).
    """

    node: Node
    hints: tuple[Hint, ...] = ()
    asked: tuple[Asked, ...] = ()
    words: tuple[tuple[int, str], ...] = ()


def parse_query(text: str) -> Node:
    """Read a query. An empty one is everything; ``theme:`` alone is «bears any theme».

    Raises:
        UsageError: ``query-form`` with ``column`` (from 1) and ``detail``, for a value that its field cannot
            have. What only does not fit (a bracket without its other, an operator alone) is passed over.
    """
    return read_query(text).node


@lru_cache(maxsize=16)  # a page and its counts are asked for one after the other
def read_query(text: str) -> QueryText:
    """Read a query, and tell what was passed over in it. Raises as :func:`parse_query`."""
    written = _read_of(text)
    repair = _Repair(written)
    if len(text) > len(written):
        repair.hints.append(
            Hint(len(written) + 1, f"a search has {_LONGEST:,} characters at most; {_REST_PASSED}")
        )
    try:
        node = _parsed(repair)
    except _Objection as objection:
        raise _error(objection.column, objection.detail) from None
    except UnexpectedInput as error:
        column = min(max(1, error.column), len(written) + 1)
        raise _error(column, f"“{written[column - 1 :][:20]}” does not fit here") from None
    hints = tuple(sorted(repair.hints)[:_MOST_HINTS])
    return QueryText(node, hints, tuple(repair.asked), tuple(repair.words))


def _parsed(repair: _Repair) -> Node:
    with _parsing:
        _TREE.written = repair.written
        return cast("Node", _PARSER.parse(repair.text))


class _Repair:
    """Blanks out what does not fit in a query, so that every other character keeps its place."""

    def __init__(self, written: str) -> None:
        self.hints: list[Hint] = []
        self.asked: list[Asked] = []
        self.words: list[tuple[int, str]] = []
        plain = written.translate(AS_ASCII)
        self.written = written
        if plain.count('"') % 2:
            self._tell(plain.rindex('"'), "this quotation is not closed; it goes to the end")
            plain += '"'
            self.written += '"'
        self._chars = list(plain)
        self._kept: list[tuple[str, int, int]] = []
        self._open: list[int] = []
        self._too_deep = 0
        for piece in _PIECE.finditer(plain):
            self._take(str(piece.lastgroup), piece)
        self._end()
        while self._kept and self._kept[-1][0] == "open":
            self._drop(f"nothing is in this bracket; {_PASSED}")
            self._open.pop()
            self._end()
        for at in self._open:
            self._tell(at, "this bracket is not closed; it goes to the end")
        self.text = "".join(self._chars) + ")" * len(self._open)

    def _take(self, kind: str, piece: re.Match[str]) -> None:
        last = self._kept[-1][0] if self._kept else "open"
        self._kept.append((kind, piece.start(), len(piece[0])))
        if kind == "operator":
            self._operate(piece[0], last)
        elif kind == "minus" and (piece.end() == len(self._chars) or self._chars[piece.end()] in _NO_TERM):
            self._drop(f"nothing follows “-”; {_PASSED}")
        elif kind == "open":
            self._begin(piece.start())
        elif kind == "close":
            self._close(piece.start())
        elif kind in {"word", "phrase"}:
            self.words.append((piece.start() + 1, self.written[piece.start() : piece.end()]))
            self._tell_if_mute(piece)
            if kind == "word":
                self._tell_if_meant_otherwise(piece)
        elif kind == "match":
            field, value = _asked(piece[0], self.written[piece.start() : piece.end()])
            self.asked.append(Asked(piece.start() + 1, field, value))
            self._tell_if_swapped(piece.start(), field, value)

    def _operate(self, written: str, last: str) -> None:
        _, at, length = self._kept[-1]
        if not written.isupper() or last == "minus":
            self._kept[-1] = ("word", at, length)
        elif written == "OR" and last not in {"open", "or"}:
            self._kept[-1] = ("or", at, length)
        elif written == "NOT":
            # What others mean by it is the contrary of what is found without it.
            self._kept[-1] = ("word", at, length)
            self._tell(at, "“NOT” is looked for as a word; “-” before a word leaves it out")
        else:
            between = "“OR” stands between two words" if written == "OR" else "a blank is “and” already"
            self._drop(f"{between}; {_PASSED}")

    def _tell_if_mute(self, piece: re.Match[str]) -> None:
        """Tell of what is not looked for: the index holds letters and digits."""
        marks = int(piece.lastgroup == "phrase")
        shown = self.written[piece.start() + marks : piece.end() - marks].strip()
        if shown and not sought(Words(shown))[0]:
            self._tell(piece.start(), f"“{shown[:_MOST_SHOWN]}” has no letter and no digit; {_PASSED}")

    def _tell_if_swapped(self, at: int, field: Field, value: str) -> None:
        """Tell of a range that ends before it begins."""
        first, _, last = value.partition("..")
        if field is Field.DATE and is_edtf(first) and is_edtf(last):
            length = min(len(first), len(last))
            if first[:length] > last[:length]:
                self._tell(at, f"{last} is before {first}; date:{last}..{first} is perhaps meant")

    def _tell_if_meant_otherwise(self, piece: re.Match[str]) -> None:
        """Tell of a word that looks like a field, and of a ``*`` that is not at the end."""
        if (
            piece[0].endswith("*")
            and piece.end() < len(self._chars)
            and self._chars[piece.end()] not in _ENDS
        ):
            self._tell(
                piece.end() - 1,
                "“*” stands for the rest of a word; what follows is looked for as another one",
            )
        field = _NO_FIELD.match(piece[0])
        if field:
            meant = _MEANT.get(field[1].casefold())
            looked = f"; {meant} is perhaps meant" if meant else ""
            self._tell(piece.start(), f"“{field[0]}” is no field, and is looked for as a word{looked}")

    def _begin(self, at: int) -> None:
        if len(self._open) < _DEEPEST:
            self._open.append(at)
        else:
            self._too_deep += 1
            self._drop(f"brackets go {_DEEPEST} deep at most; {_PASSED}")
            self._end_of_minus()

    def _close(self, at: int) -> None:
        if self._too_deep or not self._open:
            self._drop("" if self._too_deep else f"this bracket closes nothing; {_PASSED}")
            self._too_deep = max(self._too_deep - 1, 0)
            return
        self._kept.pop()
        self._end()
        self._open.pop()
        if self._kept[-1][0] == "open":
            self._drop("")
            self._chars[at] = " "
            self._end_of_minus()
        else:
            self._kept.append(("close", at, 1))

    def _end(self) -> None:
        while self._kept and self._kept[-1][0] in {"or", "minus"}:
            self._drop(f"nothing follows this; {_PASSED}")

    def _end_of_minus(self) -> None:
        while self._kept and self._kept[-1][0] == "minus":
            self._drop(f"nothing follows “-”; {_PASSED}")

    def _drop(self, detail: str) -> None:
        _, at, length = self._kept.pop()
        self._chars[at : at + length] = " " * length
        if detail:
            self._tell(at, detail)

    def _tell(self, at: int, detail: str) -> None:
        self.hints.append(Hint(at + 1, detail))


def _read_of(text: str) -> str:
    """Return as much of a query as is read: whole words, where it is too long."""
    cut = text[:_LONGEST]
    if len(text) == len(cut) or text[_LONGEST].isspace():
        return cut
    blank = max(cut.rfind(" "), cut.rfind("\u3000"), cut.rfind("\n"))
    return cut[: blank + 1] if blank > 0 else cut


def _asked(plain: str, written: str) -> tuple[Field, str]:
    """Return a field and the value that it asks for, of what was written and of the same as it was taken apart."""
    field = Field(plain.partition(":")[0].lower())
    return field, meant(field, value_in(written))


def _error(column: int, detail: str) -> UsageError:
    return UsageError("query-form", column=column, detail=detail)


def _objection(field: Field, value: str) -> str:
    """Return what is wrong with a field's value, or nothing."""
    if field in DATED:
        return _objection_to_date(field, value)
    if field is Field.USED and value.lower() not in {"yes", "no"}:
        return "used: takes yes or no"
    if field is Field.KIND and value.lower() not in set(ExcerptKind):
        return "kind: takes quotation or fact"
    if field is Field.GRADE and not re.fullmatch(r"[A-Fa-f]?[1-6]?", value):
        return "grade: takes a letter A to F, a figure 1 to 6, or both, such as B2"
    role = value.partition("/")[2]
    if field is Field.PARTNER and role and role not in set(Role):
        return f"the role is one of {', '.join(Role)}"
    return ""


def _objection_to_date(field: Field, value: str) -> str:
    if field is Field.DATE and value.lower() == "none":
        return ""
    ends = value.split("..", 1) if field is Field.DATE else [value]
    wrong = [(end, typed) for end in ends if end and (typed := read_typed(end)).fault]
    if not wrong:
        return ""
    end, typed = wrong[0]
    if typed.fault is not Fault.SHAPE:
        return f"{field}:{end}: {why_not(typed)}"
    if field is Field.DATE:
        return "date: takes a date such as 2025 or 2025-10, or two of them, such as 2025-01..2025-06, or none"
    return f'{field}: takes a date such as 2025, 2025-10, 2025-10-31 or "31 October 2025"'
