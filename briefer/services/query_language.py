"""The query language of the search field and of ``briefer search`` (docs/user-guide.md lists it).

A small grammar parsed by Lark into the tree of `domain.queries`; whatever does not parse is reported with
the place where it goes wrong.
"""

from __future__ import annotations

import re

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from briefer.domain.dates import is_edtf
from briefer.domain.excerpts import ExcerptKind
from briefer.domain.queries import EVERYTHING, Field, Match, Node, Not, Or, Words, both
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
    MATCH.5: /(?:{_FIELDS}):(?:"[^"]*"|[^\s"()]*)/i
    PHRASE.4: /"[^"]*"/
    PREFIX.3: /[^\s"()\-*][^\s"()*]*\*/
    WORD: /[^\s"()\-][^\s"()]*/
    %ignore /\s+/
"""
_QUOTES = str.maketrans("“”„「」", '"""""')
_TAG_FIELDS = frozenset({Field.PARTNER, Field.RISK, Field.THEME, Field.FREE})


@v_args(inline=True)
class _Tree(Transformer[Token, Node]):
    def start(self, node: Node = EVERYTHING) -> Node:
        return node

    def either(self, *nodes: Node) -> Node:
        return Or(tuple(n for n in nodes if not isinstance(n, Token)))

    def all(self, *nodes: Node) -> Node:
        return both(*nodes)

    def negated(self, node: Node) -> Node:
        return Not(node)

    def word(self, token: Token) -> Node:
        return Words(str(token))

    def prefix(self, token: Token) -> Node:
        return Words(str(token)[:-1], prefix=True)

    def phrase(self, token: Token) -> Node:
        text = str(token).strip('"').strip()
        return Words(text) if text else EVERYTHING

    def match(self, token: Token) -> Node:
        name, _colon, value = str(token).partition(":")
        field, text = Field(name.lower()), value.strip('"').strip()
        if not text and field not in _TAG_FIELDS:
            return EVERYTHING
        detail = _objection(field, text)
        if detail:
            raise _Objection(token.column or 1, detail)
        return Match(field, text)


class _Objection(Exception):
    def __init__(self, column: int, detail: str) -> None:
        super().__init__(detail)
        self.column = column
        self.detail = detail


_PARSER = Lark(_GRAMMAR, parser="lalr", propagate_positions=True)


def parse_query(text: str) -> Node:
    """Read a query. An empty one is everything; ``theme:`` alone is «bears any theme».

    Raises:
        UsageError: ``query-form`` with ``column`` (from 1) and ``detail``.
    """
    plain = text.translate(_QUOTES)
    if plain.count('"') % 2:
        plain += '"'
    try:
        return _Tree().transform(_PARSER.parse(plain))
    except VisitError as error:
        if not isinstance(error.orig_exc, _Objection):
            raise
        raise _error(error.orig_exc.column, error.orig_exc.detail) from None
    except UnexpectedInput as error:
        at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        column = len(plain) + 1 if at_end else max(1, error.column)
        detail = (
            "something is missing at the end" if at_end else f"“{plain[column - 1 :][:20]}” does not fit here"
        )
        raise _error(column, detail) from None


def _error(column: int, detail: str) -> UsageError:
    return UsageError("query-form", column=column, detail=detail)


def _objection(field: Field, value: str) -> str:
    """Return what is wrong with a field's value, or nothing."""
    if field in {Field.AFTER, Field.BEFORE} and not is_edtf(value):
        return f"{field}: takes a date such as 2025, 2025-10 or 2025-10-31"
    if field is Field.USED and value not in {"yes", "no"}:
        return "used: takes yes or no"
    if field is Field.KIND and value not in set(ExcerptKind):
        return "kind: takes quotation or fact"
    if field is Field.GRADE and not re.fullmatch(r"[A-Fa-f]?[1-6]?", value):
        return "grade: takes a letter A to F, a figure 1 to 6, or both, such as B2"
    role = value.partition("/")[2]
    if field is Field.PARTNER and role and role not in set(Role):
        return f"the role is one of {', '.join(Role)}"
    return ""
