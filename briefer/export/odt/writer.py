"""A document into the bytes of an OpenDocument text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

from briefer.domain.documents import Document, Run, Table
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.export.frame import check_notes, full_language, opening
from briefer.export.odt.body import BodyWriter, picture_name
from briefer.export.odt.inlines import InlineWriter
from briefer.export.odt.pages import add_pages
from briefer.export.odt.styles import HEAD, RULE, SHADE, styles_root
from briefer.export.odt.xml import Element, add, root, serialise

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can tell
_UNIX = 3
_PERMISSIONS = 0o644 << 16


def to_odt(document: Document, options: ExportOptions = USUAL) -> bytes:
    """Return ``document`` as an OpenDocument text."""
    check_notes(document)
    inlines = InlineWriter(document, options.notes)
    content = root("office:document-content")
    automatic = add(content, "office:automatic-styles")
    body = add(add(content, "office:body"), "office:text")
    writer = BodyWriter(document, inlines, options.notes)
    if document.title:
        writer.paragraph(body, "Title", (Run(document.title),))
    writer.write(body, opening(document))
    writer.write(body, document.blocks)
    if document.blocks and isinstance(document.blocks[-1], Table):
        # Programs put an empty paragraph behind a table at the end, which may need a page of its own.
        writer.paragraph(body, "After_20_Table", ())
    _table_styles(automatic, writer.widths)
    pages = root("office:document-styles")
    add_pages(pages, document, inlines)
    styles = styles_root(document, inlines.languages)
    styles.extend(pages)
    parts = {
        "content.xml": serialise(content),
        "styles.xml": serialise(styles),
        "meta.xml": serialise(_meta(document)),
    }
    pictures = {picture_name(n): picture.png for n, picture in enumerate(writer.pictures, 1)}
    return _packed(parts | pictures)


def _table_styles(automatic: Element, widths: Iterable[int]) -> None:
    def style(name: str, family: str, properties: dict[str, str]) -> None:
        element = add(automatic, "style:style", {"style:name": name, "style:family": family})
        add(element, f"style:{family}-properties", properties)

    whole = {"style:rel-width": "100%", "table:align": "margins", "fo:margin-bottom": "9pt"}
    style("Table", "table", whole | {"style:may-break-between-rows": "true"})
    style("Table_20_Whole", "table", whole | {"style:may-break-between-rows": "false"})
    for width in sorted(widths):
        style(f"Column{width}", "table-column", {"style:rel-column-width": f"{width}*"})
    style("Row", "table-row", {"fo:keep-together": "always"})
    bare = dict.fromkeys((f"fo:border-{side}" for side in ("left", "right", "top")), "none")
    bare |= {"fo:padding": "3pt", "fo:padding-top": "1.4pt", "fo:padding-bottom": "1.4pt"}
    rule = {"fo:border-bottom": f"0.5pt solid {RULE}"}
    head = {"fo:border-bottom": f"1pt solid {HEAD}", "fo:background-color": SHADE}
    style("Cell", "table-cell", bare | rule)
    style("Head", "table-cell", bare | head)


def _meta(document: Document) -> Element:
    part = root("office:document-meta")
    meta = add(part, "office:meta")
    if document.title:
        add(meta, "dc:title", text=document.title)
    if document.author:
        add(meta, "meta:initial-creator", text=document.author)
        add(meta, "dc:creator", text=document.author)
    try:
        moment = datetime.fromisoformat(document.modified)
    except ValueError:
        moment = None
    if moment:
        told = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        for name in ("meta:creation-date", "dc:date"):
            add(meta, name, text=told.strftime("%Y-%m-%dT%H:%M:%SZ"))
    add(meta, "dc:language", text=full_language(document.language))
    return part


def _packed(parts: dict[str, bytes]) -> bytes:
    """The type comes first and uncompressed, so that a file is known by its first bytes (ODF 1.3 part 2, 3.3)."""
    types = {".xml": "text/xml", ".png": "image/png"}
    manifest = root("manifest:manifest")
    add(manifest, "manifest:file-entry", {"manifest:full-path": "/", "manifest:media-type": _MIMETYPE})
    for name in sorted(parts):
        kind = types[name[name.rindex(".") :]]
        add(manifest, "manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind})
    entries = [("mimetype", _MIMETYPE.encode()), *sorted(parts.items())]
    entries.append(("META-INF/manifest.xml", serialise(manifest)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = _UNIX
            info.external_attr = _PERMISSIONS
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return buffer.getvalue()
