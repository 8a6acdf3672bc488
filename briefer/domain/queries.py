"""What a search asks for: the tree that the query language is parsed into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

QUOTATION_MARKS = str.maketrans("“”„「」", '"""""')
"""What stands for a quotation mark in a query, for :meth:`str.translate`."""


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
