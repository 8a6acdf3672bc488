"""The vocabulary as a table: CSV that spreadsheets open, edit and save.

One term a row; the columns are the fields of :class:`briefer.domain.tags.Term`, and cells with several words
have them divided by `` | ``. A cell that begins like a formula is written with an apostrophe before it, so that
no spreadsheet computes it (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import fields

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import InputError

_COLUMNS = tuple(field.name for field in fields(Term))
_LISTS = frozenset({"words_en", "words_ja", "blocked"})
_NEEDED = ("kind", "key", "label_en")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DIVIDER = " | "
_LARGEST_CELL = 1_000_000


def to_csv(vocabulary: Vocabulary) -> str:
    """Return all terms as CSV with a line of column names."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for term in vocabulary.terms:
        writer.writerow([_cell(getattr(term, name)) for name in _COLUMNS])
    return target.getvalue()


def from_csv(text: str) -> tuple[Term, ...]:
    """Return the terms of a table; columns may stand in any order, unknown ones are left alone.

    Raises:
        InputError: ``table-form``, with the line and what is wrong there.
    """
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        names = [name.strip().casefold() for name in rows.fieldnames or ()]
        rows.fieldnames = names
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise InputError("table-form", line=1, detail=f"the column {missing[0]} is missing")
        terms: dict[tuple[TagKind, str], Term] = {}
        for row in rows:
            if any(value and str(value).strip() for value in row.values()):
                term = _term(row, rows.line_num)
                if (term.kind, term.key.casefold()) in terms:
                    raise InputError(
                        "table-form", line=rows.line_num, detail=f"{term.kind}:{term.key} stands there twice"
                    )
                terms[term.kind, term.key.casefold()] = term
    except csv.Error as error:
        raise InputError("table-form", line=rows.line_num, detail=error) from error
    return tuple(terms.values())


def _term(row: Mapping[str, str | None], line: int) -> Term:
    given = {name: _plain(row.get(name) or "") for name in _COLUMNS}
    for name in _NEEDED:
        if not given[name]:
            raise InputError("table-form", line=line, detail=f"{name} is empty")
    try:
        kind = TagKind(given["kind"].casefold())
    except ValueError:
        known = ", ".join(k.value for k in TagKind if k is not TagKind.FREE)
        detail = f"{given['kind']} is no kind; choose one of: {known}"
        raise InputError("table-form", line=line, detail=detail) from None
    lists = {name: _words(given.pop(name)) for name in _LISTS}
    return Term(kind, given.pop("key"), **{k: v for k, v in given.items() if k != "kind"}, **lists)  # type: ignore[arg-type]


def _cell(value: object) -> str:
    text = _DIVIDER.join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _words(cell: str) -> tuple[str, ...]:
    parts = (part.strip() for line in cell.splitlines() for part in line.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))
