"""A document into the bytes of a Word file."""

from __future__ import annotations

from briefer.assets import resources
from briefer.domain.documents import Document, Run
from briefer.domain.exporting import USUAL, ExportOptions, NotesAt
from briefer.export.docx.body import BodyWriter
from briefer.export.docx.manifest import add_manifest
from briefer.export.docx.notes import notes_part
from briefer.export.docx.numbering import Numbering
from briefer.export.docx.package import packed, read_parts
from briefer.export.docx.pages import footer, header
from briefer.export.docx.properties import core, follow
from briefer.export.docx.relations import Relations
from briefer.export.docx.runs import RunWriter
from briefer.export.docx.xml import Element, parse, serialise, w
from briefer.export.frame import check_notes, opening

_DOCUMENT = "word/document.xml"
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_SETTINGS = "word/settings.xml"


def to_docx(document: Document, options: ExportOptions = USUAL) -> bytes:
    """Return ``document`` as a Word file."""
    check_notes(document)
    kind = "endnote" if options.notes is NotesAt.END else "footnote"
    parts = read_parts(resources() / "templates" / "brief.docx")
    trees = {name: parse(parts[name]) for name in (_DOCUMENT, _NUMBERING, _STYLES, _SETTINGS)}
    relations = Relations(parts[_DOCUMENT_RELATIONS])
    _body(trees, document, RunWriter(document.language, relations, kind))
    follow(trees[_STYLES], trees[_SETTINGS], document)
    parts |= {name: serialise(tree) for name, tree in trees.items()}
    parts |= _notes(document, kind)
    if document.manifest is not None:
        add_manifest(parts, relations, document.manifest)
    found = relations.serialise()
    assert found is not None, "the template's document has relationships"
    parts |= {
        _DOCUMENT_RELATIONS: found,
        "word/header1.xml": serialise(header(document, first=False)),
        "word/header2.xml": serialise(header(document, first=True)),
        "word/footer1.xml": serialise(footer(document)),
        "word/footer2.xml": serialise(footer(document)),
        "docProps/core.xml": core(document),
    }
    return packed(parts)


def _body(trees: dict[str, Element], document: Document, runs: RunWriter) -> None:
    """Replace what the template's body holds; its section properties (paper, margins) stay."""
    body = trees[_DOCUMENT].find(w("body"))
    assert body is not None, "the template has a body"
    section = body.find(w("sectPr"))
    assert section is not None, "the template has a section"
    for element in list(body):
        body.remove(element)
    writer = BodyWriter(body, runs, Numbering(trees[_NUMBERING]))
    if document.title:
        writer.paragraph(body, "Title", (Run(document.title),))
    writer.write(opening(document))
    writer.write(document.blocks)
    body.append(section)


def _notes(document: Document, kind: str) -> dict[str, bytes]:
    if not document.notes:
        return {}
    relations = Relations()
    part = notes_part(kind, document.notes, RunWriter(document.language, relations, kind))
    parts = {f"word/{kind}s.xml": serialise(part)}
    if found := relations.serialise():
        parts[f"word/_rels/{kind}s.xml.rels"] = found
    return parts
