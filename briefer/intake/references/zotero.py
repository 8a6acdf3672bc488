"""Items of Zotero's data model into CSL-JSON (field and type names: Zotero's schema, its CSL mappings)."""

from __future__ import annotations

from collections.abc import Mapping

from briefer.intake.references.records import date_of, plain

NO_REFERENCES = frozenset({"attachment", "note", "annotation"})
"""Item types that belong to another item."""

TYPES = {
    "artwork": "graphic",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "document": "document",
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "forumPost": "post",
    "hearing": "hearing",
    "interview": "interview",
    "journalArticle": "article-journal",
    "letter": "personal_communication",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "broadcast",
    "preprint": "article",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "tvBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}
_FIELDS = {
    "title": ("title", "caseName", "nameOfAct", "subject"),
    "container-title": (
        "publicationTitle",
        "bookTitle",
        "proceedingsTitle",
        "websiteTitle",
        "blogTitle",
        "forumTitle",
        "encyclopediaTitle",
        "dictionaryTitle",
        "programTitle",
    ),
    "publisher": ("publisher", "institution", "university", "organization"),
    "publisher-place": ("place",),
    "collection-title": ("series", "seriesTitle", "reportType"),
    "volume": ("volume",),
    "issue": ("issue",),
    "page": ("pages",),
    "edition": ("edition",),
    "number": ("reportNumber", "number", "billNumber"),
    "DOI": ("DOI",),
    "URL": ("url",),
    "ISBN": ("ISBN",),
    "ISSN": ("ISSN",),
    "language": ("language",),
    "abstract": ("abstractNote",),
    "title-short": ("shortTitle",),
    "genre": ("genre", "websiteType", "thesisType", "manuscriptType"),
    "archive": ("archive",),
    "note": ("extra",),
}
_ROLES = {
    "author": "author",
    "presenter": "author",
    "interviewee": "author",
    "director": "author",
    "inventor": "author",
    "sponsor": "author",
    "editor": "editor",
    "seriesEditor": "collection-editor",
    "translator": "translator",
    "interviewer": "interviewer",
    "recipient": "recipient",
}


def csl_of_item(item: Mapping[str, object]) -> dict[str, object]:
    """Return a Zotero item as CSL-JSON; what has the wrong form is passed over."""
    csl: dict[str, object] = {"type": TYPES.get(str(item.get("itemType", "")), "document")}
    if key := item.get("citationKey") or item.get("key"):
        csl["id"] = str(key)
    for variable, names in _FIELDS.items():
        value = next((v for name in names if isinstance(v := item.get(name), str) and v.strip()), "")
        if value:
            csl[variable] = plain(value)
    people = item.get("creators")
    for person in people if isinstance(people, list) else ():
        role = _ROLES.get(str(person.get("creatorType", "author"))) if isinstance(person, Mapping) else None
        name = creator(person) if role else {}
        if role and name:
            named = csl.setdefault(role, [])
            assert isinstance(named, list), "only names are stored under roles"
            named.append(name)
    for variable, field in (("issued", "date"), ("accessed", "accessDate")):
        written = item.get(field)
        if isinstance(written, str) and written.strip():
            # The time of the access says nothing of the source.
            csl[variable] = date_of(written[:10] if field == "accessDate" else written)
    return csl


def creator(person: Mapping[str, object]) -> dict[str, str]:
    """Return a CSL name of a Zotero creator; empty where it has none."""
    if person.get("name"):
        return {"literal": str(person["name"])}
    parts = {"family": str(person.get("lastName") or ""), "given": str(person.get("firstName") or "")}
    return {part: name.strip() for part, name in parts.items() if name.strip()}
