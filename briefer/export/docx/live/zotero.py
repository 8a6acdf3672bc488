"""Fields that the Word plug-in of Zotero takes over.

What it looks for was read from files that it had written: the codes of its fields, and its preferences as custom
properties. Sources that the reader's Zotero does not have are taken from the data in the field.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.citation_styles import SHORT_NAMES
from briefer.domain.documents import CitationText, CiteItem, Document, plain_text
from briefer.domain.exporting import NotesAt
from briefer.domain.hashing import text_sha256
from briefer.export.docx.custom_properties import add_custom_properties
from briefer.export.docx.fields import begin_field, end_field
from briefer.export.docx.live.lists import source_paragraphs
from briefer.export.docx.relations import Relations
from briefer.export.docx.xml import Element, w
from briefer.export.frame import full_language

_KEYS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"  # the characters of Zotero's keys
_LONGEST = 255  # of a custom property, as Zotero cuts its preferences
_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_STYLES = "http://www.zotero.org/styles/"
_STOPS = ".,;:!?)]、。；：）」』"


class ZoteroFields:
    """Makes the citations of one document Zotero's."""

    def __init__(self, document: Document, notes: NotesAt) -> None:
        self._document = document
        self._works = {work.id: work.csl for work in document.works}
        self._notes = {
            i.id: note.number for note in document.notes for i in note.inlines if isinstance(i, CitationText)
        }
        self._endnotes = notes is NotesAt.END
        self._cited: set[str] = set()
        self._listed = False

    def citation(self, parent: Element, citation: CitationText, write: Callable[[Element], None]) -> None:
        """Append a field with the citation; what is shown is what Zotero takes for unchanged."""
        items = [item for item in citation.items if item.work in self._works]
        if not items:
            write(parent)
            return
        self._cited.update(item.work for item in items)
        shown = xml_safe(plain_text(citation.inlines))
        code = {
            "citationID": citation.id,
            "properties": {
                "formattedCitation": shown,
                "plainCitation": shown,
                "noteIndex": self._notes.get(citation.id, 0),
            },
            "citationItems": [self._item(item) for item in items],
            "schema": _SCHEMA,
        }
        begin_field(parent, f"ADDIN ZOTERO_ITEM CSL_CITATION {_json(code)}")
        write(parent)
        end_field(parent)

    def _item(self, item: CiteItem) -> dict[str, object]:
        key = zotero_key(item.work)
        found: dict[str, object] = {
            "id": key,
            "uris": [item_uri(item.work)],
            "itemData": {**self._works[item.work], "id": key},
        }
        if item.locator:
            found |= {"locator": item.locator, "label": item.label}
        if prefix := item.prefix.strip():
            found["prefix"] = prefix
        if suffix := item.suffix.strip():
            found["suffix"] = suffix if suffix[0] in _STOPS else f", {suffix}"
        return found

    def source_list(self, body: Element) -> None:
        """Put the source list into a field."""
        paragraphs = source_paragraphs(body)
        if not paragraphs:
            return
        self._listed = True
        uncited = [[item_uri(work)] for work in self._works if work not in self._cited]
        code = _json({"uncited": uncited, "omitted": [], "custom": []})
        opening = etree.Element(w("p"))
        begin_field(opening, f"ADDIN ZOTERO_BIBL {code} CSL_BIBLIOGRAPHY")
        at = 1 if paragraphs[0].find(w("pPr")) is not None else 0
        paragraphs[0][at:at] = list(opening)
        end_field(paragraphs[-1])

    def add_to(self, parts: dict[str, bytes], relations: Relations) -> None:
        """Add the preferences: session, style, language, and where the notes stand."""
        del relations
        document = self._document
        data = etree.Element("data", {"data-version": "3", "zotero-version": "7.0.0"})
        etree.SubElement(data, "session", {"id": _word(f"session {document.identifier}", 8)})
        style = {
            "id": _STYLES + style_name(document.style),
            "locale": full_language(document.language),
            "hasBibliography": "1" if self._listed else "0",
            "bibliographyStyleHasBeenSet": "0",
        }
        etree.SubElement(data, "style", style)
        preferences = etree.SubElement(data, "prefs")
        noted = ("2" if self._endnotes else "1") if self._notes else "0"
        for name, value in (("fieldType", "Field"), ("noteType", noted)):
            etree.SubElement(preferences, "pref", {"name": name, "value": value})
        text = etree.tostring(data, encoding="unicode")
        pieces = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
        named = {f"ZOTERO_PREF_{number}": piece for number, piece in enumerate(pieces, 1)}
        add_custom_properties(parts, named)


def style_name(style: str) -> str:
    """Return the name that a style has in the repository of styles; of a file the name without its suffix."""
    name = PurePath(style).stem if style.casefold().endswith(".csl") else style
    return SHORT_NAMES.get(name, name)


def item_uri(work: str) -> str:
    """Return the address of a work in a local library of Zotero's, the same in every file."""
    return f"http://zotero.org/users/local/{_word('library', 8)}/items/{zotero_key(work)}"


def zotero_key(work: str) -> str:
    """Return the key of a work: eight of the characters that Zotero uses."""
    return _word(f"item {work}", 8)


def _word(seed: str, length: int) -> str:
    digest = bytes.fromhex(text_sha256(f"briefer {seed}"))
    return "".join(_KEYS[byte % len(_KEYS)] for byte in digest[:length])


def _json(value: object) -> str:
    return xml_safe(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
