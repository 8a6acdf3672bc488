"""Citations and source lists that reference managers know: fields of Zotero, or Word's own sources."""

from __future__ import annotations

from briefer.domain.documents import Document
from briefer.domain.exporting import ExportOptions, Live
from briefer.export.docx.live.port import LiveFields


def live_fields(document: Document, options: ExportOptions) -> LiveFields | None:
    """Return what makes citations live as the options want it, None for plain text."""
    # Each is imported when it is wanted, which is seldom.
    match options.live:
        case Live.ZOTERO:
            from briefer.export.docx.live.zotero import ZoteroFields

            return ZoteroFields(document, options.notes)
        case Live.WORD:
            from briefer.export.docx.live.word import WordSources

            return WordSources(document)
        case Live.NONE:
            return None


__all__ = ["LiveFields", "live_fields"]
