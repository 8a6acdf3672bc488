r"""The vocabulary as a table (CSV) that a spreadsheet program can edit.

One row a term, with the fields of :class:`Term` as columns. Words and blocked phrases stand in one cell,
separated by ``|`` or line breaks; a ``|`` that is part of a word is written ``\|``. A cell that a spreadsheet
would take for a formula is written with an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import NoReturn

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import InputError

COLUMNS = tuple(field.name for field in fields(Term))
"""The header: the names of the fields, in their order."""

_LISTS = ("words_en", "words_ja", "blocked")
_NEEDED = ("kind", "key", "label_en")
_KINDS = {str(kind): kind for kind in (TagKind.PARTNER, TagKind.RISK, TagKind.THEME)}
_KEY = re.compile(r"[^/\s][^/\n]*")
_BAR = re.compile(r"\s*(?<!\\)\|\s*|\s*\n\s*")
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = ",;\t"
_BOM = "\ufeff"


def to_csv(vocabulary: Vocabulary) -> str:
    """Return the terms as CSV with a header, lines ending in CR LF (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(_cell(term, column)) for column in COLUMNS] for term in vocabulary.terms)
    return out.getvalue()


def from_csv(text: str) -> tuple[Term, ...]:
    """Read the terms of a table; columns may stand in any order, and all but kind, key and label_en be absent.

    Cells may be separated by commas, semicolons or tabs, as the header is.

    Raises:
        InputError: ``vocabulary-table``, with the first line and column that cannot be used; nothing is
            taken over from such a table.
    """
    lines = text.removeprefix(_BOM)
    header_line = lines.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    rows = _rows(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True))
    header = _header(next(rows, (1, []))[1])
    terms: dict[tuple[TagKind, str], Term] = {}
    for line, cells in rows:
        if len(cells) > len(header):
            _refuse(line, len(header) + 1, "there are more cells than the header has columns")
        term = _term(line, dict(zip(header, cells, strict=False)))
        name = (term.kind, term.key.casefold())
        if name in terms:
            _refuse(line, "key", f"{term.kind} {term.key} stands in the table twice")
        terms[name] = term
    return tuple(terms.values())


def _cell(term: Term, column: str) -> str:
    value = getattr(term, column)
    return " | ".join(word.replace("|", r"\|") for word in value) if column in _LISTS else str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the line on which it begins."""
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse(line, 1, str(error))
        cells = [cell[1:] if _GUARDED.match(cell) else cell for cell in cells]
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = getattr(reader, "line_num", line) + 1


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    for number, name in enumerate(names, start=1):
        if name not in COLUMNS:
            _refuse(1, number, f"there is no column “{name}”; the columns are {', '.join(COLUMNS)}")
        if name in names[: number - 1]:
            _refuse(1, number, f"the column {name} stands in the header twice")
    for name in _NEEDED:
        if name not in names:
            _refuse(1, len(names) + 1, f"the column {name} is missing")
    return names


def _term(line: int, row: Mapping[str, str]) -> Term:
    plain = {column: row.get(column, "").strip() for column in COLUMNS if column not in _LISTS}
    lists = {column: _words(row.get(column, "")) for column in _LISTS}
    if plain["kind"].casefold() not in _KINDS:
        _refuse(line, "kind", f"“{plain['kind']}” is none of {', '.join(_KINDS)}")
    if not _KEY.fullmatch(plain["key"]):
        _refuse(line, "key", "a key is needed, without a slash")
    if not plain["label_en"]:
        _refuse(line, "label_en", "a label is needed")
    return Term(
        kind=_KINDS[plain["kind"].casefold()],
        key=plain["key"],
        label_en=plain["label_en"],
        label_ja=plain["label_ja"],
        words_en=lists["words_en"],
        words_ja=lists["words_ja"],
        blocked=lists["blocked"],
        definition=plain["definition"],
        group=plain["group"],
    )


def _words(cell: str) -> tuple[str, ...]:
    words = (word.strip().replace(r"\|", "|") for word in _BAR.split(cell))
    return tuple(dict.fromkeys(word for word in words if word))


def _refuse(line: int, column: str | int, detail: str) -> NoReturn:
    raise InputError("vocabulary-table", line=line, column=column, detail=detail)
