"""CSL-JSON as the sources of Word's bibliography (ECMA-376 part 1, 22.6.2).

What Word has no field for stays in the manifest and in the citation's own text.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.hashing import text_sha256
from briefer.export.docx.xml import Element

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"

_KINDS = {
    "article-journal": "JournalArticle",
    "article-magazine": "ArticleInAPeriodical",
    "article-newspaper": "ArticleInAPeriodical",
    "book": "Book",
    "broadcast": "SoundRecording",
    "chapter": "BookSection",
    "entry": "BookSection",
    "entry-dictionary": "BookSection",
    "entry-encyclopedia": "BookSection",
    "figure": "Art",
    "graphic": "Art",
    "interview": "Interview",
    "legal_case": "Case",
    "motion_picture": "Film",
    "pamphlet": "Book",
    "paper-conference": "ConferenceProceedings",
    "patent": "Patent",
    "performance": "Performance",
    "post": "InternetSite",
    "post-weblog": "InternetSite",
    "report": "Report",
    "song": "SoundRecording",
    "thesis": "Report",
    "webpage": "InternetSite",
}
_CONTAINERS = {
    "ArticleInAPeriodical": "PeriodicalTitle",
    "BookSection": "BookTitle",
    "ConferenceProceedings": "ConferenceName",
    "DocumentFromInternetSite": "InternetSiteTitle",
    "InternetSite": "InternetSiteTitle",
    "JournalArticle": "JournalName",
}
_TEXTS = {
    "title": "Title",
    "title-short": "ShortTitle",
    "publisher": "Publisher",
    "publisher-place": "City",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "edition": "Edition",
    "number-of-volumes": "NumberVolumes",
    "medium": "Medium",
    "URL": "URL",
    "version": "Version",
}
_NUMBERS = ("ISBN", "ISSN", "DOI", "number")
_ROLES = {"author": "Author", "editor": "Editor", "translator": "Translator", "interviewer": "Interviewer"}
_DATES = {"issued": "", "accessed": "Accessed"}


def tag_of(work: str) -> str:
    """Return the tag by which fields refer to a work, the same in every file."""
    return f"B{text_sha256(work)[:12]}"


def source_element(work: str, csl: Mapping[str, object]) -> Element:
    """Return a work as Word's source."""
    kind = _KINDS.get(str(csl.get("type")), "DocumentFromInternetSite" if csl.get("URL") else "Misc")
    source = etree.Element(f"{{{NAMESPACE}}}Source", nsmap={"b": NAMESPACE})
    _add(source, "Tag", tag_of(work))
    _add(source, "SourceType", kind)
    _add(source, "Guid", f"{{{str(uuid.uuid5(uuid.NAMESPACE_OID, tag_of(work))).upper()}}}")
    _people(source, csl)
    for name, element in _fields(kind, csl):
        _add(source, element, name)
    return source


def _fields(kind: str, csl: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a source with the names of their elements."""
    for variable, suffix in _DATES.items():
        for part, name in zip(_date_parts(csl.get(variable)), ("Year", "Month", "Day"), strict=False):
            yield part, f"{name}{suffix}"
    for variable, element in _TEXTS.items():
        yield _text(csl.get(variable)), element
    yield _text(csl.get("container-title")), _CONTAINERS.get(kind, "PublicationTitle")
    yield next((_text(csl[name]) for name in _NUMBERS if csl.get(name)), ""), "StandardNumber"
    yield _text(csl.get("genre")), "ThesisType" if kind == "Report" else "Type"


def _date_parts(date: object) -> list[str]:
    """Return year, month and day as far as they are known; words for a date that is only written."""
    if not isinstance(date, Mapping):
        return []
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return [str(part) for part in parts[0][:3]]
    return [_text(date.get("literal") or date.get("raw"))]


def _people(source: Element, csl: Mapping[str, object]) -> None:
    """Append the names in their roles: a body alone is corporate, Word cannot mix it with persons."""
    found = {element: names for role, element in _ROLES.items() if (names := _names(csl.get(role)))}
    if not found:
        return
    people = etree.SubElement(source, f"{{{NAMESPACE}}}Author")
    for element, names in found.items():
        role = etree.SubElement(people, f"{{{NAMESPACE}}}{element}")
        if len(names) == 1 and not names[0][1]:
            _add(role, "Corporate", names[0][0])
            continue
        listed = etree.SubElement(role, f"{{{NAMESPACE}}}NameList")
        for family, given in names:
            person = etree.SubElement(listed, f"{{{NAMESPACE}}}Person")
            _add(person, "Last", family)
            _add(person, "First", given)


def _names(names: object) -> list[tuple[str, str]]:
    """Return family and given names; of a body its whole name and nothing."""
    found = []
    for name in names if isinstance(names, list) else ():
        if isinstance(name, Mapping):
            particle, family = _text(name.get("non-dropping-particle")), _text(name.get("family"))
            whole = " ".join(filter(None, (particle, family))) or _text(name.get("literal"))
            given = " ".join(filter(None, (_text(name.get("given")), _text(name.get("suffix")))))
            if whole or given:
                found.append((whole or given, given if whole else ""))
    return found


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text


def _text(value: object) -> str:
    return xml_safe(str(value)).strip() if isinstance(value, str | int | float) else ""
