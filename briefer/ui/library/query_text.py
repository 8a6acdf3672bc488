"""The filters in the text of a query: found for the chips and ticks, added and taken out by clicks.

Ticks of one field are joined by OR, in brackets of their own; fields by AND. The text is the one truth: what is ticked
is what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefer.domain.queries import AS_ASCII, Field, meant, value_in
from briefer.domain.tags import Tag, TagKind, parse_tag
from briefer.errors import UsageError

_PIECE = re.compile(
    rf"""(?P<filter>(?P<minus>-?)(?P<field>{"|".join(Field)}):(?P<value>"(?:[^"]|"")*(?:"|$)|[^\s"()]*))"""
    r"""|(?P<open>-?\()|(?P<close>\))|(?P<or>OR(?=[\s()]|$))|(?P<words>-?"[^"]*(?:"|$)|[^\s"()]+)""",
    re.IGNORECASE,
)
_TAG_FIELDS = {Field(kind.value) for kind in TagKind}
_EXACTLY = "="


@dataclass(frozen=True)
class Filter:
    """One ``field:value`` of a query, and where it stands in the text."""

    start: int
    end: int
    field: Field
    value: str
    negated: bool = False

    @property
    def tag(self) -> Tag | None:
        """The tag that it asks for, or None for other fields and for a field without a value."""
        if self.field not in _TAG_FIELDS or not self.value or self.negated:
            return None
        try:
            return parse_tag(f"{self.field}:{self.value}")
        except UsageError:
            return None


@dataclass(frozen=True)
class _Piece:
    """A filter, a word or phrase, a bracket, an OR."""

    kind: str
    text: str
    start: int = 0
    filter: Filter | None = None


_OR, _OPEN, _CLOSE = _Piece("or", "OR"), _Piece("open", "("), _Piece("close", ")")


@dataclass
class _Part:
    """What stands beside the other parts of a query: one filter or word, or a bracket with what is in it.

    ``ticks`` are its values where it is filters of one field, ``field``, joined by OR.
    """

    pieces: list[_Piece]
    field: Field | None = None
    ticks: tuple[Filter, ...] = ()


def filters(text: str) -> tuple[Filter, ...]:
    """Return the filters of a query, in order; words and phrases are none."""
    return tuple(piece.filter for piece in _pieces(text) if piece.filter)


def ticked(text: str) -> frozenset[tuple[Field, str]]:
    """Return what counts as ticked: filters that every hit must fit, or of which it must fit one of a field.

    Values are casefolded, roles of partners left out.
    """
    found = (tick for part in _parts(text) for tick in part.ticks)
    return frozenset((tick.field, _compared(tick.field, tick.value)) for tick in found)


def without(text: str, taken: Filter) -> str:
    """Return the query without one filter; an OR and brackets that are left with nothing to join go too."""
    return _joined(_tidy([piece for piece in _pieces(text) if piece.filter != taken]))


def without_field(text: str, field_: Field) -> str:
    """Return the query without what is ticked of one field."""
    return _whole(part for part in _parts(text) if part.field is not field_)


def toggled(text: str, field_: Field, value: str) -> str:
    """Return the query with ``value`` ticked, or no longer ticked.

    A new filter goes before the words, so that the last word can go on being typed.
    """
    parts = _parts(text)
    own = [part for part in parts if part.field is field_]
    ticks = (tick for part in reversed(own) for tick in reversed(part.ticks))
    present = [tick for tick in ticks if _compared(field_, tick.value) == value.casefold()]
    if present:
        # From the end, so that the places of the others stay what they were.
        for tick in present:
            text = without(text, tick)
        return text
    added = _Piece("filter", written(field_, value))
    if own:
        inside = [piece for piece in own[-1].pieces if piece.kind == "filter"]
        joined = [piece for one in (*inside, added) for piece in (one, _OR)][:-1]
        own[-1].pieces = [_OPEN, *joined, _CLOSE]
    else:
        words = next((n for n, part in enumerate(parts) if part.field is None), len(parts))
        parts.insert(words, _Part([added]))
    return _whole(parts) + (" " if text.endswith(" ") and parts[-1].field is None else "")


def narrowed(text: str, *added: str) -> str:
    """Return the query with filters that every hit must fit as well, before the rest."""
    return _whole([*(_Part([_Piece("filter", one)]) for one in added), *_parts(text)])


def written(field_: Field, value: str) -> str:
    """Return the filter for a value as facets count it: a publisher by the whole name, '' for not stated."""
    if field_ is Field.PUBLISHER:
        value = f"{_EXACTLY}{value}"
    elif not value and field_ not in _TAG_FIELDS:
        value = "none"
    plain = value.translate(AS_ASCII)
    if not re.search(r'[\s()"]', plain):
        return f"{field_}:{value}"
    doubled = (char * 2 if sign == '"' else char for char, sign in zip(value, plain, strict=True))
    return f'{field_}:"{"".join(doubled)}"'


def asked_tags(text: str) -> tuple[Tag, ...]:
    """Return the tags that a query asks for, each once."""
    return tuple(dict.fromkeys(f.tag for f in filters(text) if f.tag is not None))


def _compared(field_: Field, value: str) -> str:
    if field_ is Field.PARTNER:
        value = value.partition("/")[0]
    if field_ in {Field.DATE, Field.LANG} and value.casefold() == "none":
        return ""
    return value.removeprefix(_EXACTLY if field_ is Field.PUBLISHER else "").casefold()


def _pieces(text: str) -> list[_Piece]:
    plain = text.translate(AS_ASCII)
    found = []
    for match in _PIECE.finditer(plain):
        kind, filter_ = str(match.lastgroup), None
        written_ = text[match.start() : match.end()]
        if match["filter"]:
            kind, field_ = "filter", Field(match["field"].lower())
            value = meant(field_, value_in(written_))
            filter_ = Filter(match.start(), match.end(), field_, value, bool(match["minus"]))
        elif kind == "or" and match[0] != "OR":
            kind = "words"
        shown = written_ if kind in {"filter", "words"} else match[0]
        found.append(_Piece(kind, shown, match.start(), filter_))
    return found


def _parts(text: str) -> list[_Part]:
    """Return the parts of a query that are joined by AND; one that has an OR outside brackets is one part."""
    pieces, depth = _pieces(text), 0
    parts: list[_Part] = []
    for piece in pieces:
        if depth == 0 and piece.kind == "or":
            whole = [p for p in pieces if p.kind != "close"] if _unbalanced(pieces) else pieces
            return [_part([_OPEN, *whole, _CLOSE])]
        if depth == 0 and piece.kind == "close":
            continue
        if depth:
            parts[-1].pieces.append(piece)
        else:
            parts.append(_Part([piece]))
        depth += (piece.kind == "open") - (piece.kind == "close")
    if depth:
        parts[-1].pieces += [_CLOSE] * depth
    return [_part(part.pieces) for part in parts]


def _unbalanced(pieces: Sequence[_Piece]) -> bool:
    kinds = [piece.kind for piece in pieces]
    return kinds.count("open") != kinds.count("close")


def _part(pieces: list[_Piece]) -> _Part:
    inner = pieces[1:-1] if pieces[0] == _OPEN or pieces[0].text == "(" else pieces
    ticks = [piece.filter for piece in inner[::2] if piece.filter and not piece.filter.negated]
    joined = len(inner) % 2 == 1 and all(piece.kind == "or" for piece in inner[1::2])
    fields = {tick.field for tick in ticks}
    if joined and len(ticks) == len(inner[::2]) and len(fields) == 1 and all(t.value for t in ticks):
        return _Part(pieces, fields.pop(), tuple(ticks))
    return _Part(pieces)


def _whole(parts: Iterable[_Part]) -> str:
    return _joined([piece for part in parts for piece in part.pieces])


def _joined(pieces: Sequence[_Piece]) -> str:
    text = ""
    for piece in pieces:
        close = piece.kind == "close" or not text or text.endswith("(")
        text += piece.text if close else f" {piece.text}"
    return text


def _tidy(pieces: list[_Piece]) -> list[_Piece]:
    """Take out each OR that has nothing on one side, and brackets around nothing or one thing."""
    kinds = ["open", *(piece.kind for piece in pieces), "close"]
    for at, piece in enumerate(pieces):
        before, after = kinds[at], kinds[at + 2]
        if piece.kind == "or" and (before in {"open", "or"} or after == "close"):
            return _tidy(pieces[:at] + pieces[at + 1 :])
        if piece.kind == "open" and after == "close":
            return _tidy(pieces[:at] + pieces[at + 2 :])
        alone = piece.text == "(" and after in {"filter", "words"} and kinds[at + 3 : at + 4] == ["close"]
        if alone and at + 2 < len(pieces):
            return _tidy([*pieces[:at], pieces[at + 1], *pieces[at + 3 :]])
    return pieces
