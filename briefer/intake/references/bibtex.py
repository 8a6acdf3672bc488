"""BibTeX and BibLaTeX lists of references (.bib)."""

from __future__ import annotations

import contextlib
import functools
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.references import records as references
from briefer.services.ports import Taken

if TYPE_CHECKING:
    from bibtexparser.library import Library

_LIST, _RECORD = "application/x-bibtex", "application/x-bibtex-entry"
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:%[^\n]*\n\s*)*@[A-Za-z]{3,20}\s*[{(][^@]{0,2000}?[,}=]")
_LATEX = re.compile(r"[\\{$]")
_BRACE = re.compile(r"[{}]")
# Each accent around an accent doubles what comes out, and a character costs twenty microseconds: deeper or longer is
# no LaTeX that anybody wrote.
_DEEPEST_LATEX, _LONGEST_LATEX = 8, 50_000
_BRACED = re.compile(r"\{([^{}]*)\}")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "legislation": "legislation",
    "manual": "book",
    "mastersthesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
# BibLaTeX's name of a field and BibTeX's, the surer first; from its manual (Kime, Wemheuer, Lehman), 2.2.
_FIELDS = {
    "title": ("title",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "edition": ("edition",),
    "DOI": ("doi",),
    "URL": ("url",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "language": ("langid", "language"),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "note": ("note", "annotation"),
    "genre": ("type",),
}
_AS_WRITTEN = frozenset({"URL", "DOI", "ISBN", "ISSN"})
_MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def unpack(taken: Taken) -> tuple[Taken, ...]:
    """Return the entries, each with the abbreviations (``@string``) that it uses."""
    return references.records(taken, _entries(references.text_of(taken)), _RECORD)


def read(taken: Taken) -> Capture:
    """Make a capture of one entry.

    Raises:
        InputError: ``input-damaged``.
    """
    library = _parsed(taken.data.decode("utf-8", "replace"))
    if not library.entries:
        raise InputError("input-damaged", name=taken.name, detail="the entry's braces do not match")
    entry = library.entries[0]
    strings = {s.key.casefold(): _unquoted(s.value) for s in library.strings}
    values = {f.key.casefold(): _expanded(str(f.value), strings) for f in entry.fields if f.value is not None}
    return references.capture_of(taken, _csl(entry.entry_type.casefold(), entry.key, values), "BibTeX")


def _parsed(text: str) -> Library:
    from bibtexparser.entrypoint import parse_string

    # What it has to say of broken entries is told in the entry's own refusal.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return parse_string(text, parse_stack=[])


def _entries(text: str) -> Iterator[tuple[str, str]]:
    library = _parsed(text)
    strings = {s.key.casefold(): str(s.raw) for s in library.strings}
    for block in (*library.entries, *library.failed_blocks):
        raw = str(block.raw)
        if raw.lstrip().casefold().startswith(("@comment", "@preamble", "@string")):
            continue
        used = [line for key, line in strings.items() if re.search(rf"\b{re.escape(key)}\b", raw.casefold())]
        yield str(getattr(block, "key", "") or raw.strip()[:40]), "\n".join([*used, raw])


def _expanded(value: str, strings: Mapping[str, str]) -> str:
    """Return a field's value with its abbreviations spelt out and its pieces joined."""
    pieces = re.split(r"\s#\s", value) if "#" in value and value[:1] != "{" else [value]
    return "".join(strings.get(piece.strip().casefold(), _unquoted(piece)) for piece in pieces)


def _unquoted(value: str) -> str:
    value = value.strip()
    pairs = (("{", "}"), ('"', '"'))
    return value[1:-1] if len(value) > 1 and (value[0], value[-1]) in pairs else value


def _csl(kind: str, key: str, values: Mapping[str, str]) -> dict[str, object]:
    csl: dict[str, object] = {
        "id": key,
        "type": _TYPES.get(kind, "webpage" if "url" in values else "document"),
    }
    for variable, names in _FIELDS.items():
        value = next((values[name] for name in names if values.get(name)), "")
        if value:
            csl[variable] = value.strip() if variable in _AS_WRITTEN else decoded(value)
    for variable in ("author", "editor"):
        if values.get(variable):
            csl[variable] = [_name(name) for name in _AND.split(values[variable]) if name.strip()]
    if issued := _issued(values):
        csl["issued"] = issued
    if values.get("urldate"):
        csl["accessed"] = references.date_of(values["urldate"])
    return csl


def _name(written: str) -> dict[str, str]:
    braced = _BRACED.fullmatch(written.strip())
    if written.strip().casefold() == "others":
        return {"literal": "others"}
    return {"literal": decoded(braced[1])} if braced else references.name_of(decoded(written))


def _issued(values: Mapping[str, str]) -> dict[str, object] | None:
    if values.get("date"):
        return references.date_of(decoded(values["date"]))
    year = decoded(values.get("year", ""))
    if not re.fullmatch(r"\d{4}", year):
        return {"raw": year} if year else None
    written = decoded(values.get("month", "")).strip().casefold()
    month = int(written) if references.is_number(written) else _MONTHS.get(written[:3], 0)
    day = decoded(values.get("day", "")).strip()
    parts = [int(year)]
    if 1 <= month <= 12:
        parts.append(month)
        if references.is_number(day) and 1 <= int(day) <= 31:
            parts.append(int(day))
    return {"date-parts": [parts]}


def decoded(value: str) -> str:
    """Return a value without LaTeX; one without any of its signs stays as it is (decoding is slow)."""
    if _LATEX.search(value) and len(value) <= _LONGEST_LATEX and _depth(value) <= _DEEPEST_LATEX:
        with contextlib.suppress(RecursionError):  # environments in each other
            value = _converter()(value)
    return " ".join(value.split())


def _depth(value: str) -> int:
    """Return how deep the braces of a value are nested."""
    steps = (1 if brace == "{" else -1 for brace in _BRACE.findall(value))
    return max(accumulate(steps), default=0)


@functools.cache
def _converter() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    convert: Callable[[str], str] = LatexNodes2Text(math_mode="verbatim", keep_comments=True).latex_to_text
    return convert


def _is_list(taken: Taken) -> bool:
    return bool(_FIRST.match(taken.data[:8192]))


FORMAT = Format(
    name="BibTeX",
    media_types=(_LIST,),
    suffixes=(".bib", ".bibtex"),
    sniff=_is_list,
    unpack=unpack,
)
ENTRY = Format(name="BibTeX", media_types=(_RECORD,), suffixes=(), read=read)
