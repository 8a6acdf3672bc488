"""Faults of Word files that neither the schema nor a program that opens them shows.

Each finding is one sentence that names the part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from briefer.export.docx.xml import Element, w

W3C_DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CODE = re.compile(r"^\s*(PAGE|PAGEREF|NUMPAGES|REF|TOC|ADDIN|HYPERLINK|CITATION)\b")
PARAGRAPH_FORMATS = {w(name) for name in ("pStyle", "keepNext", "numPr", "bidi")}
RUN_FORMATS = {w(name) for name in ("rStyle", "rFonts", "rtl", "lang")}
PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WIDEST = 9184 * 635  # the text's width in English metric units
REFERENCE_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def lint(parts: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with the parts of a Word file."""
    trees = {
        name: etree.fromstring(data) for name, data in parts.items() if not name.startswith("word/media/")
    }
    return [
        finding
        for name, tree in sorted(trees.items())
        if name.startswith("word/") and name.endswith(".xml")
        for finding in (f"{name}: {text}" for text in _part(name, tree, trees))
    ] + [
        *_notes(trees),
        *_styles(trees),
        *_numbers(trees),
        *_core(trees["docProps/core.xml"]),
        *_media(parts, trees),
    ]


def _part(name: str, tree: Element, trees: Mapping[str, Element]) -> Iterator[str]:
    yield from _fields(tree)
    yield from _bookmarks(tree)
    yield from _links(name, tree, trees)
    yield from _controls(tree)
    if name not in {"word/styles.xml", "word/numbering.xml", "word/settings.xml"}:
        yield from _direct_formats(tree)


def _fields(tree: Element) -> Iterator[str]:
    """Fields may span paragraphs (a table of contents does), but not parts, and not notes."""
    depth = 0
    for element in tree.iter(w("fldChar"), w("instrText"), w("t")):
        kind = element.get(w("fldCharType"))
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth < 0:
            yield "a field ends that did not begin"
            depth = 0
        if element.tag == w("instrText"):
            if not depth:
                yield "a field code outside a field"
            yield from _leads(element.text or "", tree)
        if element.tag == w("t") and not depth and CODE.match(element.text or ""):
            yield f"a field code as text: {element.text}"
    if depth > 0:
        yield "a field does not end"
    yield from _anchored(tree)


def _leads(code: str, tree: Element) -> Iterator[str]:
    found = re.match(r"\s*(?:PAGEREF|REF|NOTEREF) (\S+)", code)
    if found and found[1] not in _names(tree):
        yield f"a field leads to {found[1]}, which is not there"


def _anchored(tree: Element) -> Iterator[str]:
    for link in tree.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor is not None and anchor not in _names(tree):
            yield f"a link leads to {anchor}, which is not there"


def _names(tree: Element) -> set[str]:
    return {mark.get(w("name")) or "" for mark in tree.iter(w("bookmarkStart"))}


def _bookmarks(tree: Element) -> Iterator[str]:
    starts = [mark.get(w("id")) for mark in tree.iter(w("bookmarkStart"))]
    ends = [mark.get(w("id")) for mark in tree.iter(w("bookmarkEnd"))]
    names = [mark.get(w("name")) or "" for mark in tree.iter(w("bookmarkStart"))]
    yield from (f"bookmark id {mark} twice" for mark, count in Counter(starts).items() if count > 1)
    yield from (f"bookmark {name} twice" for name, count in Counter(names).items() if count > 1)
    yield from (f"bookmark name {name}" for name in names if not re.fullmatch(r"_b_\w{1,37}|_Toc\d{8}", name))
    yield from (f"bookmark {mark} not closed" for mark in starts if mark not in ends)
    yield from (f"bookmark {mark} not opened" for mark in ends if mark not in starts)


def _links(name: str, tree: Element, trees: Mapping[str, Element]) -> Iterator[str]:
    folder, _slash, file = name.rpartition("/")
    relations = trees.get(f"{folder}/_rels/{file}.rels")
    known = {relation.get("Id") for relation in relations} if relations is not None else set()
    for element in tree.iter():
        wanted = element.get(REFERENCE_ID)
        if wanted is not None and wanted not in known:
            yield f"relationship {wanted} missing"
    yield from (
        "a link without text"
        for link in tree.iter(w("hyperlink"))
        if not etree.tostring(link, method="text", encoding="unicode")
    )


def _controls(tree: Element) -> Iterator[str]:
    ids = [mark.get(w("val")) for mark in tree.iterfind(f".//{w('sdtPr')}/{w('id')}")]
    yield from (f"content control id {mark} twice" for mark, count in Counter(ids).items() if count > 1)


def _direct_formats(tree: Element) -> Iterator[str]:
    for properties in tree.iter(w("pPr"), w("rPr")):
        allowed = PARAGRAPH_FORMATS if properties.tag == w("pPr") else RUN_FORMATS
        for child in properties:
            if child.tag not in allowed:
                yield f"direct format {etree.QName(child).localname}"
            if child.tag == w("rFonts") and set(child.attrib) != {w("hint")}:
                yield "a font set directly"


def _notes(trees: Mapping[str, Element]) -> Iterator[str]:
    body = trees["word/document.xml"]
    for kind in ("footnote", "endnote"):
        notes = [note for note in trees[f"word/{kind}s.xml"] if note.get(w("type")) is None]
        defined = [note.get(w("id")) for note in notes]
        referred = [mark.get(w("id")) for mark in body.iter(w(f"{kind}Reference"))]
        if defined != referred:
            yield f"{kind}s defined {defined}, referred to {referred}"
        yield from (
            f"{kind} {n.get(w('id'))} is empty"
            for n in notes
            if not etree.tostring(n, method="text", encoding="unicode").strip()
        )
        yield from (
            f"{kind} {n.get(w('id'))} has no mark" for n in notes if n.find(f".//{w(kind + 'Ref')}") is None
        )
        yield from (f"{kind} id {mark} is too large" for mark in defined if int(mark or 0) >= 32767)


def _styles(trees: Mapping[str, Element]) -> Iterator[str]:
    defined = {style.get(w("styleId")) for style in trees["word/styles.xml"].iter(w("style"))}
    for name, tree in sorted(trees.items()):
        for use in tree.iter(w("pStyle"), w("rStyle"), w("tblStyle"), w("basedOn"), w("next")):
            if use.get(w("val")) not in defined:
                yield f"{name}: style {use.get(w('val'))} missing"


def _numbers(trees: Mapping[str, Element]) -> Iterator[str]:
    lists = [number.get(w("numId")) for number in trees["word/numbering.xml"].iter(w("num"))]
    yield from (f"list {number} twice" for number, count in Counter(lists).items() if count > 1)
    for use in trees["word/document.xml"].iter(w("numId")):
        if use.get(w("val")) not in lists:
            yield f"list {use.get(w('val'))} missing"


def _core(core: Element) -> Iterator[str]:
    for element in core:
        name = etree.QName(element).localname
        if name in {"created", "modified"}:
            if not W3C_DAY.fullmatch(element.text or ""):
                yield f"core property {name}: {element.text}"
            else:
                datetime.fromisoformat(element.text or "")
        if name == "lastModifiedBy" or "python-docx" in (element.text or ""):
            yield f"core property {name} tells of a person or a tool"


def _media(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    """Pictures are there, of a known kind, named once each, and fit between the margins."""
    files = {name for name in parts if name.startswith("word/media/")}
    related = {
        f"word/{relation.get('Target')}"
        for relation in trees["word/_rels/document.xml.rels"]
        if (relation.get("Type") or "").endswith("/image")
    }
    if files != related:
        yield f"pictures {sorted(files)}, related {sorted(related)}"
    kinds = {element.get("Extension") for element in trees["[Content_Types].xml"]}
    yield from (f"{name} is of no kind" for name in files if name.rpartition(".")[2] not in kinds)
    marks = [mark.get("id") for mark in trees["word/document.xml"].iter(f"{PLACE}docPr")]
    yield from (f"picture id {mark} twice" for mark, count in Counter(marks).items() if count > 1)
    for extent in trees["word/document.xml"].iter(f"{PLACE}extent"):
        if int(extent.get("cx") or 0) > WIDEST:
            yield "a picture is wider than the text"
