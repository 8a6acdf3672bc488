"""A document into the bytes of a Word file."""

from __future__ import annotations

from briefer.assets import resources
from briefer.domain.documents import Document
from briefer.domain.exporting import USUAL, ExportOptions, NotesAt
from briefer.export.docx.body import BodyWriter
from briefer.export.docx.character_styles import CharacterStyles
from briefer.export.docx.contents import ContentsWriter
from briefer.export.docx.counters import Counters
from briefer.export.docx.house.writer import to_house_docx
from briefer.export.docx.live import live_fields
from briefer.export.docx.manifest import add_manifest
from briefer.export.docx.notes import notes_part
from briefer.export.docx.numbering import Numbering
from briefer.export.docx.outline import contents_depth, outline, targets
from briefer.export.docx.package import packed, read_parts
from briefer.export.docx.pages import PageWriter
from briefer.export.docx.pagination import paginated
from briefer.export.docx.paragraphs import ParagraphWriter
from briefer.export.docx.pictures import PictureWriter
from briefer.export.docx.properties import core, follow
from briefer.export.docx.relations import Relations
from briefer.export.docx.runs import RunWriter, Shared
from briefer.export.docx.xml import Element, parse, serialise, w
from briefer.export.frame import check_notes, opening

_DOCUMENT = "word/document.xml"
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_SETTINGS = "word/settings.xml"


def to_docx(document: Document, options: ExportOptions = USUAL) -> bytes:
    """Return ``document`` as a Word file, in the frame of the house's template where the options name one."""
    if options.template is not None:
        return to_house_docx(document, options, to_parts)
    return packed(to_parts(document, options))


def to_parts(document: Document, options: ExportOptions = USUAL) -> dict[str, bytes]:
    """Return the parts of ``document`` over Briefer's own template."""
    check_notes(document)
    kind = "endnote" if options.notes is NotesAt.END else "footnote"
    parts = read_parts(resources() / "templates" / "brief.docx")
    trees = {name: parse(parts[name]) for name in (_DOCUMENT, _NUMBERING, _STYLES, _SETTINGS)}
    relations = Relations(parts[_DOCUMENT_RELATIONS])
    entries = outline(document)
    pages = paginated(document, entries, options.notes)
    live = live_fields(document, options)
    shared = Shared(
        document.language, CharacterStyles(trees[_STYLES]), kind, targets(document, entries), live
    )
    follow(trees[_STYLES], trees[_SETTINGS], document)
    paragraphs = ParagraphWriter(RunWriter(shared, relations))
    pictures = PictureWriter(paragraphs, relations, document.language)
    counters = Counters(Numbering(trees[_NUMBERING]), trees[_STYLES], document)
    contents = ContentsWriter(paragraphs, entries, pages, depth=contents_depth(document))
    body = trees[_DOCUMENT].find(w("body"))
    assert body is not None, "the template has a body"
    _body(BodyWriter(body, paragraphs, counters, entries, contents, pictures), body, document)
    pictures.add_to(parts)
    parts |= _notes(document, shared)
    if live is not None:
        live.source_list(body)
        live.add_to(parts, relations)
    parts |= _pages(document, shared, pages.count)
    # Last, because the others add what they need to styles, numbering and relationships.
    parts |= {name: serialise(tree) for name, tree in trees.items()}
    if document.manifest is not None:
        add_manifest(parts, relations, document.manifest)
    found = relations.serialise()
    assert found is not None, "the template's document has relationships"
    parts |= {_DOCUMENT_RELATIONS: found, "docProps/core.xml": core(document)}
    return parts


def _pages(document: Document, shared: Shared, count: int) -> dict[str, bytes]:
    """Return headers and footers: of every page, and of the first."""
    writer = PageWriter(document, shared, count)
    footer = serialise(writer.footer())
    return {
        "word/header1.xml": serialise(writer.header(first=False)),
        "word/header2.xml": serialise(writer.header(first=True)),
        "word/footer1.xml": footer,
        "word/footer2.xml": footer,
    }


def _body(writer: BodyWriter, body: Element, document: Document) -> None:
    """Replace what the template's body holds; its section properties (paper, margins) stay."""
    section = body.find(w("sectPr"))
    assert section is not None, "the template has a section"
    for element in list(body):
        body.remove(element)
    writer.write_title(document.title)
    writer.write(opening(document))
    writer.write(document.blocks)
    body.append(section)


def _notes(document: Document, shared: Shared) -> dict[str, bytes]:
    if not document.notes:
        return {}
    kind = shared.note_kind
    relations = Relations()
    part = notes_part(kind, document.notes, RunWriter(shared, relations))
    parts = {f"word/{kind}s.xml": serialise(part)}
    if found := relations.serialise():
        parts[f"word/_rels/{kind}s.xml.rels"] = found
    return parts
