"""Reading an exported Word file that came back: others have worked on it, with any program."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import chain

from briefer.domain.manifests import Manifest
from briefer.domain.returned import Returned, ReturnedDocument, ReturnedNote
from briefer.errors import InputError
from briefer.export.docx.manifest import manifest_among
from briefer.export.docx.returned_text import StoryReader, Stretch, texts
from briefer.export.docx.xml import Element, R, W, w
from briefer.packages import Package, is_zip, parse

_KINDS = ("footnote", "endnote")
# What «Strict Open XML» names otherwise; all else is the same.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
}
_CHANGES = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))


def read_returned(name: str, data: bytes) -> ReturnedDocument:
    """Return what the Word file of these bytes says now.

    Raises:
        InputError: ``verify-no-manifest``, ``input-damaged``, ``input-locked``, ``input-unsafe``.
    """
    if not is_zip(data):
        raise InputError("verify-no-manifest", name=name)
    package = Package(name, data)
    main = package.main
    related = (part for part in package.related(main, "/customXml") if part in package)
    manifest = manifest_among(map(package.xml, related))
    if manifest is None:
        raise InputError("verify-no-manifest", name=name)
    return _Reader(package, main).document(manifest)


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._document = self._xml(main)
        self._notes: list[ReturnedNote] = []
        self._defined = {kind: self._notes_of(kind) for kind in _KINDS}

    def document(self, manifest: Manifest) -> ReturnedDocument:
        headings = self._headings()
        found = [s for body in self._document.iter(w("body")) for s in StoryReader().read(body)]
        paragraphs = tuple(self._paragraph(stretch, headings) for stretch in found)
        return ReturnedDocument(
            manifest=manifest,
            paragraphs=paragraphs,
            notes=tuple(self._notes),
            headers=tuple(self._stories("header")),
            footers=tuple(self._stories("footer")),
            tracked=self._tracked(),
            comments=sum(1 for root in self._related("/comments") for _ in root.iter(w("comment"))),
        )

    def _xml(self, part: str) -> Element:
        data = self._package.read(part)
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        return parse(data, self._package.name, part)

    def _related(self, kind: str) -> Iterator[Element]:
        for part in self._package.related(self._main, kind):
            if part in self._package:
                yield self._xml(part)

    def _notes_of(self, kind: str) -> dict[str, Element]:
        return {
            note.get(w("id")) or "": note
            for root in self._related(f"/{kind}s")
            for note in root.iter(w(kind))
            if note.get(w("type")) in {None, "normal"}
        }

    def _headings(self) -> frozenset[str]:
        """Return the ids of the styles of headings; programs in other languages keep the name, not the id."""
        return frozenset(
            style.get(w("styleId")) or ""
            for root in self._related("/styles")
            for style in root.iter(w("style"))
            for name in style.iterchildren(w("name"))
            if (name.get(w("val")) or "").casefold().startswith("heading ")
        )

    def _paragraph(self, stretch: Stretch, headings: frozenset[str]) -> Returned:
        numbers = []
        for kind, identity, accepted in stretch.notes:
            note = self._defined[kind].get(identity)
            if note is not None:
                self._notes.append(_note(note, accepted=accepted))
                numbers.append(len(self._notes))
        return Returned(
            text="".join(stretch.text),
            before="".join(stretch.before),
            bookmarks=tuple(stretch.bookmarks),
            heading=stretch.style in headings,
            notes=tuple(numbers),
            citations=tuple(stretch.citations),
        )

    def _stories(self, kind: str) -> Iterator[tuple[str, ...]]:
        """Yield the texts of the headers or footers that pages show; nothing in one where pages show none."""
        used: dict[str, None] = {}
        shown = {"default": "", "first": "", "even": ""}
        for section in self._document.iter(w("sectPr")):
            if next(section.iterancestors(w("sectPrChange")), None) is not None:
                continue
            for reference in section.iter(w(f"{kind}Reference")):
                shown[reference.get(w("type")) or "default"] = reference.get(f"{{{R}}}id") or ""
            wanted = ["default"]
            if _on(section.find(w("titlePg"))):
                wanted.append("first")
            if self._even():
                wanted.append("even")
            used |= dict.fromkeys(shown[place] for place in wanted)
        parts = self._targets()
        for identity in used:
            part = parts.get(identity, "")
            if part in self._package:
                stretches = StoryReader().read(self._xml(part))
                yield tuple("".join(stretch.text) for stretch in stretches)
            else:
                yield ()

    def _even(self) -> bool:
        return any(_on(root.find(w("evenAndOddHeaders"))) for root in self._related("/settings"))

    def _targets(self) -> dict[str, str]:
        folder, base = posixpath.split(self._main)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        return {
            item.get("Id") or "": posixpath.normpath(
                posixpath.join("/", folder, item.get("Target") or "")
            ).lstrip("/")
            for item in self._xml(relations).iter("{*}Relationship")
            if item.get("TargetMode") != "External"
        }

    def _tracked(self) -> int:
        roots = chain((self._document,), *(self._related(f"/{kind}s") for kind in _KINDS))
        return sum(1 for root in roots for _ in root.iter(*_CHANGES))


def _note(note: Element, *, accepted: bool) -> ReturnedNote:
    stretches = StoryReader().read(note)
    text, before = texts(stretches)
    citations = tuple(citation for stretch in stretches for citation in stretch.citations)
    return ReturnedNote(text if accepted else "", before, citations)


def _on(element: Element | None) -> bool:
    """Whether a switch of the schema is there and not off (ST_OnOff)."""
    return element is not None and element.get(w("val")) not in {"0", "false", "off"}
