"""What the readers of lists of references share: one record, as CSL-JSON, into a capture.

Each record of a list is a source of its own, known by its own bytes: the same list imported again doubles
nothing, and a grown list brings only what is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from briefer.domain.csl import date_from_csl, fields_from_csl
from briefer.domain.dates import UNDATED, Basis
from briefer.domain.readings import paragraphs
from briefer.domain.sources import FACTS, Capture, How, Known
from briefer.errors import InputError
from briefer.intake.encoding import decode
from briefer.intake.facts.dating import find_dates
from briefer.intake.facts.published import either
from briefer.intake.web import guards
from briefer.services.ports import Taken

MOST_RECORDS = 20_000
NO_TEXT = "only the reference is there, without a text"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\]+")
_LONGEST_NUMBER = 4
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,200}>")


def text_of(taken: Taken) -> str:
    """Return a list's text."""
    text, _encoding = decode(taken.name, taken.data)
    return text


def record(taken: Taken, key: str, text: str, media_type: str) -> Taken:
    """Return one record of a list as a file of its own, named after its key."""
    shown = _UNPRINTABLE.sub(" ", key).strip()[:80]
    return Taken(f"{taken.name}#{shown}", text.encode("utf-8", "surrogatepass"), taken.modified, media_type)


def records(taken: Taken, found: Iterable[tuple[str, str]], media_type: str) -> tuple[Taken, ...]:
    """Return the records of a list, given as pairs of key and text.

    Raises:
        InputError: ``input-damaged``, for a list without records or with too many.
    """
    made = tuple(record(taken, key, text, media_type) for key, text in found)
    if not made:
        raise InputError("input-damaged", name=taken.name, detail="it holds no reference")
    if len(made) > MOST_RECORDS:
        detail = f"it holds more than {MOST_RECORDS:,} references"
        raise InputError("input-damaged", name=taken.name, detail=detail)
    return made


def capture_of(taken: Taken, csl: Mapping[str, object], where: str) -> Capture:
    """Return the capture of a record: its facts, and its abstract as the text where it has one."""
    given = dict(csl)
    text = plain(str(given.pop("abstract", "") or ""))
    fields = fields_from_csl(given)
    known = {
        name: Known(How.STATED, 0.95, where) for name in FACTS if fields[name] and fields[name] != UNDATED
    }
    for name, variable in (("published", "issued"), ("event", "event-date"), ("accessed", "accessed")):
        known |= _in_words(fields, name, given.get(variable), where)
    if given.get("type") != fields["kind"]:
        known["kind"] = Known(How.INFERRED, 0.3, "the record has no type")
    title = str(fields.pop("title"))
    if not given.get("title"):
        title = PurePath(taken.name).name
        known["title"] = Known(How.INFERRED, 0.1, "file name")
    return Capture(
        title=title,
        text=text,
        reading=paragraphs(text),
        media_type=taken.media_type,
        encoding="utf-8",
        unreadable="" if text else NO_TEXT,
        known=known,
        **fields,  # type: ignore[arg-type]
    )


def _in_words(fields: dict[str, object], name: str, value: object, where: str) -> dict[str, Known]:
    """Put a date that the record gives in words ("3 Feb 2020") into its field; return how it became known."""
    dating = date_from_csl(value)
    found = find_dates(dating.as_written or "") if dating.value is None else ()
    if not found or found[0].dating.value is None:
        return {}
    written = replace(dating, value=found[0].dating.value, basis=Basis.EXPLICIT)
    days = either(found[0].dating.as_written or "")
    fields[name] = written.value if name == "accessed" else written
    return {name: Known(How.STATED, 0.3 if days else 0.9, f"{where}, {days}" if days else where)}


def plain(text: str) -> str:
    """Return a field's text without markup, as reference managers leave it in titles and abstracts."""
    return guards.text_only(guards.strip(text).markup) if _TAGS.search(text) else text.strip()


def name_of(text: str) -> dict[str, str]:
    """Return a CSL name of "Family, Given" or "Given Family"; of one word, a name that is not divided."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and family and given:
        return {"family": family, "given": given}
    words = text.split()
    if len(words) == 1 or not text.isascii():
        return {"literal": text.strip()}
    return {"family": words[-1], "given": " ".join(words[:-1])}


def is_number(text: str) -> bool:
    """Whether a text is a whole number that a date can hold (Python refuses to read one of thousands of digits)."""
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def date_of(text: str) -> dict[str, object]:
    """Return a CSL date of ``2025``, ``2025-12-17``, ``2025/12/17/`` or of words."""
    parts = [part for part in re.split(r"[-/]", text.strip()) if part.strip()]
    numbers = [int(part) for part in parts[:3] if is_number(part)]
    if numbers and len(numbers) == len(parts[:3]) and 1000 <= numbers[0] <= 9999:
        while len(numbers) > 1 and numbers[-1] == 0:
            numbers.pop()
        return {"date-parts": [numbers], "raw": text.strip()}
    return {"raw": text.strip()}
