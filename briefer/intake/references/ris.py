"""RIS lists of references (.ris), as reference managers and databases exchange them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.references import records as references
from briefer.services.ports import Taken

_LIST, _RECORD = "application/x-research-info-systems", "application/x-ris-record"
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\d+\.?\s*\n)?TY {1,2}- [A-Z]")
_RECORDS = re.compile(r"^TY {1,2}- .*?(?=^ER {1,2}-|^TY {1,2}- |\Z)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
# From the RIS format's specification (Research Information Systems, 2001 and 2011).
_TYPES = {
    "ABST": "article",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "ICOMM": "personal_communication",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "LEGAL": "legislation",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SPEECH": "speech",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
    "WEB": "webpage",
}
_FIELDS = {
    "title": ("TI", "T1", "CT"),
    "container-title": ("JO", "JF", "T2", "BT", "JA"),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "volume": ("VL",),
    "issue": ("IS",),
    "edition": ("ET",),
    "DOI": ("DO",),
    "URL": ("UR", "LK"),
    "ISSN": ("SN",),
    "language": ("LA",),
    "abstract": ("AB", "N2"),
    "collection-title": ("T3",),
    "note": ("N1",),
}


def unpack(taken: Taken) -> tuple[Taken, ...]:
    """Return the records, from TY to ER."""
    return references.records(taken, _records(references.text_of(taken)), _RECORD)


def read(taken: Taken) -> Capture:
    """Make a capture of one record. Raises InputError ``input-damaged``."""
    values = _values(taken.data.decode("utf-8", "replace"))
    if "TY" not in values:
        raise InputError("input-damaged", name=taken.name, detail="it does not begin with TY")
    csl: dict[str, object] = {"type": _TYPES.get(values["TY"][0].upper(), "document")}
    if "ID" in values:
        csl["id"] = values["ID"][0]
    csl |= {variable: value for variable, tags in _FIELDS.items() if (value := _first(values, tags))}
    for variable, tags in (("author", ("AU", "A1")), ("editor", ("ED", "A2"))):
        names = [name for tag in tags for name in values.get(tag, ()) if name]
        if names:
            csl[variable] = [references.name_of(name) for name in names]
    if "KW" in values:
        csl["keyword"] = ", ".join(values["KW"])
    if pages := "-".join(values[tag][0] for tag in ("SP", "EP") if tag in values):
        csl["page"] = pages
    for variable, stated in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        if written := _first(values, stated):
            csl[variable] = references.date_of(written)
    return references.capture_of(taken, csl, "RIS")


def _first(values: Mapping[str, list[str]], tags: Iterable[str]) -> str:
    return next((values[tag][0] for tag in tags if tag in values), "")


def _records(text: str) -> Iterator[tuple[str, str]]:
    for number, match in enumerate(_RECORDS.finditer(text), 1):
        values = _values(match[0])
        yield _first(values, ("ID", "TI", "T1")) or str(number), match[0].rstrip() + "\nER  - \n"


def _values(text: str) -> Mapping[str, list[str]]:
    """Return the values by tag; a line without a tag goes on with the value above it."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in text.splitlines():
        match = _LINE.match(line)
        if match:
            last = match[1]
            if match[2].strip():
                found.setdefault(last, []).append(match[2].strip())
        elif line.strip() and last in found:
            found[last][-1] += f" {line.strip()}"
    return found


def _is_list(taken: Taken) -> bool:
    return bool(_FIRST.match(taken.data[:200]))


FORMAT = Format(name="RIS", media_types=(_LIST,), suffixes=(".ris",), sniff=_is_list, unpack=unpack)
RECORD = Format(name="RIS", media_types=(_RECORD,), suffixes=(), read=read)
