"""What a search asks for: the tree that the query language is parsed into."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from briefer.domain.dates import beginning_with, ending_with, read_typed

AS_ASCII = str.maketrans("“”„‟「」『』〝〞〟\u3000", '"""""""""""' + " ") | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
}
"""How a query is taken apart, for :meth:`str.translate`: a Japanese keyboard gives signs of the language in full width.

Each character stays in its place, and words and values are taken from what was written.
"""
VALUE = r'"(?:[^"]|"")*"|[^\s"()]*'
"""The pattern of a field's value in such a query; of a quotation mark inside of others two are written."""


class Field(StrEnum):
    """The fields of the query language (CLI contract)."""

    PARTNER = "partner"
    RISK = "risk"
    THEME = "theme"
    FREE = "free"
    SOURCE = "source"
    PUBLISHER = "publisher"
    SPEAKER = "speaker"
    LANG = "lang"
    KIND = "kind"
    GRADE = "grade"
    AFTER = "after"
    BEFORE = "before"
    DATE = "date"
    USED = "used"
    IN = "in"


@dataclass(frozen=True)
class Words:
    """One word, a prefix (``word*``) or a phrase, to be found in the text."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Match:
    """``field:value``. Values are as written: ``DE``, ``CN/source-of-risk``, ``2025-10``, ``B2``, ``no``."""

    field: Field
    value: str


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    term: Node


@dataclass(frozen=True)
class And:
    """All of these; without terms it is everything."""

    terms: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Or:
    """At least one of these."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, order=True)
class Hint:
    """What was passed over or looks wrong in a query's text, and where (from 1)."""

    column: int
    detail: str


Node = Words | Match | Not | And | Or
EVERYTHING = And()


_NAMED = frozenset({Field.FREE, Field.PUBLISHER})
DATED = frozenset({Field.AFTER, Field.BEFORE, Field.DATE})
"""The fields that ask for a date; what :func:`meant` gives of one is EDTF, where it can be read as a date."""
_EXACTLY = "="


def value_in(written: str) -> str:
    """Return the value of a ``field:value`` as it was written, without the marks around it and doubled ones inside."""
    plain = written.translate(AS_ASCII)
    start = plain.index(":") + 1
    if plain[start : start + 1] != '"':
        return written[start:].strip()
    end = len(plain) - plain.endswith('"', start + 1)
    inside = re.finditer(r'""|.', plain[start + 1 : end], re.DOTALL)
    return "".join(written[start + 1 + one.start()] for one in inside).strip()


def meant(field: Field, value: str) -> str:
    """Return the value that a field asks for: a date as EDTF, others in the usual width, but for names as written."""
    if field is Field.PUBLISHER and unicodedata.normalize("NFKC", value[:1]) == _EXACTLY:
        return f"{_EXACTLY}{value[1:]}"
    if field in _NAMED:
        return value
    plain = unicodedata.normalize("NFKC", value)
    return "..".join(map(_day, plain.split(".."))) if field in DATED else plain


def _day(written: str) -> str:
    return read_typed(written).value or written


def widest(field: Field, value: str) -> str:
    """Return the same time as a date field asks for, in the coarsest words: «2025» for ``2025-01-01..2025-12-31``.

    A source of which only the year is known lies wholly in it, however its ends are written.
    """
    first, dots, last = value.partition("..")
    if field is not Field.DATE:
        return beginning_with(value)
    if not dots:
        return value
    first, last = beginning_with(first), ending_with(last)
    return first if first == last != "" else f"{first}..{last}"


def both(*nodes: Node) -> Node:
    """Return the conjunction of ``nodes``, flattened; of one node, itself."""
    terms = tuple(t for n in nodes for t in (n.terms if isinstance(n, And) else (n,)))
    return terms[0] if len(terms) == 1 else And(terms)


def words_in(node: Node) -> tuple[Words, ...]:
    """Return the words that a hit contains (not the negated ones), for snippets and highlights."""
    if isinstance(node, Words):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(w for t in node.terms for w in words_in(t))
    return ()


def certain_words(node: Node) -> tuple[Words, ...]:
    """Return the words that every hit contains."""
    if isinstance(node, And):
        return tuple(w for t in node.terms for w in certain_words(t))
    return (node,) if isinstance(node, Words) else ()


def as_typed(query: Node, text: str) -> Node:
    """Return the query with its last word as a beginning of words, while that is still being typed."""
    if isinstance(query, And) and query.terms:
        return And((*query.terms[:-1], as_typed(query.terms[-1], text)))
    if isinstance(query, Words) and text.endswith(query.text) and " " not in query.text:
        return Words(query.text, prefix=True)
    return query
