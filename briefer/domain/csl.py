"""Sources as CSL-JSON and back, by the data model of CSL 1.0.2 (``csl-data.json`` of citationstyles.org).

A date that is not sure is marked ``circa``; what CSL has no variable for goes into its ``custom`` object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from briefer.domain.dates import UNDATED, Basis, Dating, is_edtf
from briefer.domain.names import joined_name, split_name, words_of
from briefer.domain.sources import Source

TYPES = words_of(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection"
    " dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview"
    " legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent"
    " performance periodical personal_communication post post-weblog regulation report review review-book"
    " software song speech standard thesis treaty webpage"
)
"""Values of ``type``."""

NAMES = words_of(
    "author chair collection-editor compiler composer container-author contributor curator director editor"
    " editorial-director executive-producer guest host illustrator interviewer narrator organizer"
    " original-author performer producer recipient reviewed-author script-writer series-creator"
    " translator"
)
"""Variables that hold a list of names."""

NAME_PARTS = words_of(
    "family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering literal"
    " parse-names"
)
"""Keys of a name."""

DATES = words_of("accessed available-date event-date issued original-date submitted")
"""Variables that hold a date."""

DATE_PARTS = words_of("date-parts season circa literal raw")
"""Keys of a date."""

TEXTS = words_of(
    "abstract annote archive archive_collection archive_location archive-place authority call-number"
    " citation-key citation-label collection-title container-title container-title-short dimensions division"
    " DOI event event-title event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language"
    " medium note original-publisher original-publisher-place original-title part-title PMCID PMID publisher"
    " publisher-place references reviewed-genre reviewed-title scale shortTitle source status title"
    " title-short URL version volume-title volume-title-short year-suffix"
)
"""Variables that hold text."""

NUMBERS = words_of(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number"
    " number-of-pages number-of-volumes page page-first part-number printing-number section"
    " supplement-number volume"
)
"""Variables that hold text or a number."""

_IN_CONTAINERS = words_of(
    "article article-journal article-magazine article-newspaper broadcast chapter entry entry-dictionary"
    " entry-encyclopedia post post-weblog review review-book webpage"
)
_FIELDS = words_of(
    "id type title author publisher container-title issued event-date accessed URL language genre"
    " original-publisher"
)
_OURS = ("issued-as-written", "event-as-written", "rights")
_PRIVATE = words_of("abstract annote categories custom keyword note")
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASON_MONTHS = frozenset(("21", "22", "23", "24"))
_UNSURE = re.compile(r"[?~%]")


def csl_of(source: Source) -> dict[str, object]:
    """Return the source as a CSL-JSON item that the schema of CSL 1.0.2 accepts."""
    kind = source.kind if source.kind in TYPES else "document"
    container = source.container or (source.publisher if kind in _IN_CONTAINERS else None)
    accessed = source.accessed if source.accessed and is_edtf(source.accessed) else None
    found: dict[str, object] = {
        "id": source.id,
        "type": kind,
        "title": source.title,
        "author": [split_name(name) for name in source.authors],
        "publisher": source.publisher,
        "container-title": container,
        "original-publisher": source.wire,
        "issued": _date_of(source.published),
        "event-date": _date_of(source.event),
        "accessed": _date_of(Dating(accessed, None, Basis.EXPLICIT)) if accessed else None,
        "URL": source.url,
        "language": source.language,
        "genre": source.genre,
    }
    csl = {key: value for key, value in found.items() if value}
    extra, custom = _sorted_out(source.extra)
    written = (source.published.as_written, source.event.as_written, source.rights)
    custom |= {key: value for key, value in zip(_OURS, written, strict=True) if value}
    return {**extra, **csl, **({"custom": custom} if custom else {})}


def public_csl_of(source: Source) -> dict[str, object]:
    """Return the source as an item that may leave the library: without what people noted for themselves."""
    return {key: value for key, value in csl_of(source).items() if key not in _PRIVATE}


def _sorted_out(extra: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the variables that the schema accepts, and the rest, which goes into ``custom``."""
    kept: dict[str, object] = {}
    custom: dict[str, object] = {}
    for key, value in extra.items():
        if key == "custom" and isinstance(value, Mapping):
            custom |= {k: v for k, v in value.items() if k not in _OURS}
        elif not faults({"id": "", "type": "document", key: value}):
            kept[key] = value
        elif key not in {"id", "type"}:
            custom[key] = value
    return kept, custom


def _date_of(dating: Dating) -> dict[str, object] | None:
    if dating.value is None:
        # As literal text: a processor would make a day of "03/04/2025" if it were given as ``raw``.
        return {"literal": dating.as_written} if dating.as_written else None
    parts: dict[str, object] = {"date-parts": [[int(part) for part in dating.value.split("-")]]}
    return parts if dating.certain else parts | {"circa": True}


def faults(csl: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the schema would refuse in an item, each as ``variable: reason``."""
    found = [f"{key}: missing" for key in ("id", "type") if key not in csl]
    for key, value in csl.items():
        if reason := _fault(key, value):
            found.append(f"{key}: {reason}")
    return tuple(found)


def _fault(key: str, value: object) -> str:
    if key in TEXTS:
        good = isinstance(value, str)
    elif key in NUMBERS or key == "id":
        good = _plain(value)
    elif key == "type":
        good = isinstance(value, str) and value in TYPES
    elif key in NAMES:
        good = isinstance(value, list) and all(_is_name(name) for name in value)
    elif key in DATES:
        good = _is_date(value)
    elif key == "categories":
        good = isinstance(value, list) and all(isinstance(v, str) for v in value)
    elif key == "custom":
        good = isinstance(value, dict)
    else:
        return "no such variable"
    return "" if good else "wrong form"


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _is_name(value: object) -> bool:
    loose = {"comma-suffix", "static-ordering", "parse-names"}
    return isinstance(value, dict) and all(
        key in NAME_PARTS and isinstance(part, str | int | float if key in loose else str)
        for key, part in value.items()
    )


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return bool(re.search(r"[0-9,%~X?./-]", value))
    if not isinstance(value, dict) or not DATE_PARTS.issuperset(value):
        return False
    parts = value.get("date-parts", [[1]])
    good = isinstance(parts, list) and 1 <= len(parts) <= 2
    good = good and all(isinstance(p, list) and 1 <= len(p) <= 3 and all(map(_plain, p)) for p in parts)
    return good and all(isinstance(value.get(key, ""), str) for key in ("literal", "raw"))


def source_from_csl(csl: Mapping[str, object], **fixed: object) -> Source:
    """Make a source of a CSL-JSON item; ``fixed`` are the fields that the item does not decide."""
    return msgspec.convert({**fields_from_csl(csl), **fixed}, type=Source)


def fields_from_csl(csl: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that sources and captures share, from a CSL-JSON item.

    Variables without a field of their own are kept in ``extra``. What has the wrong form is passed over.
    """
    container = _text(csl, "container-title")
    publisher = _text(csl, "publisher") or container
    custom = csl.get("custom")
    ours = custom if isinstance(custom, Mapping) else {}
    accessed = date_from_csl(csl.get("accessed"))
    kind = _text(csl, "type") or "article-newspaper"
    return {
        "title": _text(csl, "title") or "Untitled",
        "kind": kind if kind in TYPES else "document",
        "authors": _authors(csl.get("author")),
        "publisher": publisher,
        "container": container if container != publisher else None,
        "wire": _text(csl, "original-publisher"),
        "published": date_from_csl(csl.get("issued"), _text(ours, "issued-as-written")),
        "event": date_from_csl(csl.get("event-date"), _text(ours, "event-as-written")),
        "accessed": accessed.value,
        "url": _text(csl, "URL"),
        "language": _language(csl),
        "genre": _text(csl, "genre") or "",
        "rights": _text(ours, "rights"),
        "extra": _extra(csl),
    }


def _extra(csl: Mapping[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in csl.items() if key not in _FIELDS}
    custom = kept.get("custom")
    if isinstance(custom, Mapping):
        kept["custom"] = {key: value for key, value in custom.items() if key not in _OURS}
        if not kept["custom"]:
            del kept["custom"]
    return kept


def _text(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _language(csl: Mapping[str, object]) -> str:
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", _text(csl, "language") or "")
    return match[0].lower() if match else ""


def _authors(value: object) -> tuple[str, ...]:
    people = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return tuple(name for person in people if isinstance(person, Mapping) and (name := joined_name(person)))


def date_from_csl(value: object, as_written: str | None = None) -> Dating:
    """Return a date of CSL-JSON. Of a range, what both ends share is the value; a season gives its year.

    ``as_written`` is how the source wrote it, where that is known from elsewhere.
    """
    if value is None:
        return UNDATED
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return UNDATED
    words = value.get("raw") or value.get("literal")
    written = words.strip() if isinstance(words, str) and words.strip() else None
    days = list(_days(value.get("date-parts"))) or list(_days_of_words(written))
    shared = _shared(days)
    if not days:
        return Dating(None, as_written or written) if as_written or written else UNDATED
    season = _season(value.get("season"))
    words_of_days = f"{season} {days[0][:4]}" if season else "/".join(days)
    unsure = value.get("circa") not in (None, False, 0, "", "0") or bool(written and _UNSURE.search(written))
    basis = Basis.INFERRED if unsure else Basis.EXPLICIT
    return Dating(shared, as_written or written or words_of_days, basis if shared else Basis.UNKNOWN)


def _days(parts: object) -> Iterator[str]:
    """Yield the EDTF values of ``date-parts``; months from 13 on are seasons, of which the year is kept."""
    for part in parts if isinstance(parts, list) else ():
        numbers = [str(n).strip() for n in part[:3]] if isinstance(part, list) else []
        if len(numbers) > 1 and numbers[1] in _SEASON_MONTHS:
            numbers = numbers[:1]
        edtf = "-".join(n.zfill(4 if i == 0 else 2) for i, n in enumerate(numbers))
        if not is_edtf(edtf):
            return
        yield edtf


def _days_of_words(written: str | None) -> Iterator[str]:
    ends = [_UNSURE.sub("", end.strip()) for end in (written or "").split("/")]
    if len(ends) <= 2 and all(is_edtf(end) for end in ends):
        yield from ends


def _shared(days: Sequence[str]) -> str | None:
    """Return the most exact value that covers all of ``days``, or None when their years differ."""
    if not days:
        return None
    shared: list[str] = []
    for column in zip(*(day.split("-") for day in days), strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return "-".join(shared) or None


def _season(value: object) -> str:
    number = str(value or "")
    return _SEASONS[int(number[-1]) - 1] if re.fullmatch(r"2?[1-4]", number) else ""
