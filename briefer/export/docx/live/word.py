"""Word's own sources: the References tab lists them, and its fields cite them (ECMA-376 part 1, 22.6)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from briefer.domain.characters import xml_safe
from briefer.domain.documents import CitationText, CiteItem, Document
from briefer.export.docx.custom_xml import add_custom_xml
from briefer.export.docx.fields import begin_field, end_field
from briefer.export.docx.live.lists import source_paragraphs
from briefer.export.docx.live.sources import NAMESPACE, source_element, tag_of
from briefer.export.docx.relations import Relations
from briefer.export.docx.returned_text import CITATION_TAG
from briefer.export.docx.xml import Element, add, w
from briefer.export.frame import full_language

_LANGUAGES = {"en-GB": 2057, "en-US": 1033, "ja-JP": 1041}  # MS-LCID
_FIRST_ID = 100_000  # content controls of templates have ids of their own
_ABBREVIATED = {"paragraph": "para.", "section": "sec.", "chapter": "ch.", "line": "l.", "figure": "fig."}


class WordSources:
    """Makes the citations of one document Word's."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._works = {work.id: work.csl for work in document.works}
        self._language = _LANGUAGES.get(full_language(document.language), 2057)
        self._controls = 0

    def citation(self, parent: Element, citation: CitationText, write: Callable[[Element], None]) -> None:
        """Append a content control with the field of the citation."""
        items = [item for item in citation.items if item.work in self._works]
        if not items:
            write(parent)
            return
        control, properties = self._control(f"{CITATION_TAG}{citation.id}")
        add(properties, "citation")
        content = add(control, "sdtContent")
        first, *more = (_switches(item) for item in items)
        code = [f"CITATION {tag_of(items[0].work)}", *first, rf"\l {self._language}"]
        for item, switches in zip(items[1:], more, strict=True):
            code += [rf"\m {tag_of(item.work)}", *switches]
        begin_field(content, " ".join(code))
        write(content)
        end_field(content)
        parent.append(control)

    def source_list(self, body: Element) -> None:
        """Put the source list into the content control that Word keeps it in."""
        paragraphs = source_paragraphs(body)
        if not paragraphs:
            return
        control, properties = self._control("")
        add(properties, "bibliography")
        paragraphs[0].addprevious(control)
        add(control, "sdtContent").extend(paragraphs)
        opening = etree.Element(w("p"))
        begin_field(opening, "BIBLIOGRAPHY")
        paragraphs[0][1:1] = list(opening)
        end_field(paragraphs[-1])

    def add_to(self, parts: dict[str, bytes], relations: Relations) -> None:
        """Add the list of sources that Word's fields refer to."""
        root = etree.Element(f"{{{NAMESPACE}}}Sources", nsmap={"b": NAMESPACE})
        for work, csl in self._works.items():
            root.append(source_element(work, csl))
        add_custom_xml(parts, relations, root, NAMESPACE)

    def _control(self, tag: str) -> tuple[Element, Element]:
        self._controls += 1
        control = etree.Element(w("sdt"))
        properties = add(control, "sdtPr")
        if tag:
            add(properties, "tag", val=tag)
        add(properties, "id", val=str(_FIRST_ID + self._controls))
        return control, properties


def _switches(item: CiteItem) -> list[str]:
    """Return the switches of one work in a field: the page, what stands before and after.

    Word knows no other places than pages; they are told behind the work.
    """
    found = []
    after = item.suffix.strip()
    if item.locator and item.label == "page":
        found.append(rf"\p {_quoted(item.locator)}")
    elif item.locator:
        place = f", {_ABBREVIATED.get(item.label, item.label)} {item.locator}"
        after = f"{place}, {after}" if after and after[0].isalnum() else place + after
    if before := item.prefix.strip():
        found.append(rf"\f {_quoted(f'{before} ')}")
    if after:
        found.append(rf"\s {_quoted(after if not after[0].isalnum() else f', {after}')}")
    return found


def _quoted(text: str) -> str:
    escaped = xml_safe(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
