"""The formats that can be written, by the suffix of the target."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from briefer.atomic import write_bytes
from briefer.domain.documents import Document
from briefer.domain.exporting import USUAL, ExportOptions
from briefer.domain.pieces import Pieces
from briefer.errors import UsageError

_SUFFIXES = (".docx", ".pdf", ".html", ".odt", ".md", ".txt")


class Writers:
    """Writes documents as Word, PDF and OpenDocument files, HTML pages, Markdown and plain text."""

    def suffixes(self) -> tuple[str, ...]:
        """Return the suffixes that can be written, the dot included."""
        return _SUFFIXES

    def write(
        self,
        document: Document,
        target: Path,
        options: ExportOptions = USUAL,
        ready: Callable[[str], None] = lambda _sha256: None,
    ) -> None:
        """Write ``document`` in the format of the target's suffix.

        ``ready`` is called with the SHA-256 of the file when it is written, before it stands at ``target``.
        HTML and Markdown have no pages, and always put the notes at their end; plain text has none.

        Raises:
            UsageError: ``export-format``.
            InputError: ``export-unwritable``; ``pdf-no-japanese``, ``pdf-no-glyph`` for fonts that a PDF lacks.
        """
        data = self._rendered(document, target, options)
        write_bytes(target, data, lambda: ready(sha256(data).hexdigest()))

    def pieces(self, document: Document, former: Pieces | None = None) -> Pieces:
        """Return the document in pieces, for the preview; what is as in ``former`` is not written again."""
        from briefer.export.html import to_pieces

        return to_pieces(document, former)

    def _rendered(self, document: Document, target: Path, options: ExportOptions) -> bytes:
        # Each format is imported when it is wanted: the preview needs no lxml.
        match target.suffix.lower():
            case ".docx":
                from briefer.export.docx import to_docx

                return to_docx(document, options)
            case ".pdf":
                from briefer.export.pdf import to_pdf

                return to_pdf(document, options)
            case ".odt":
                from briefer.export.odt import to_odt

                return to_odt(document, options)
            case ".html":
                from briefer.export.html import to_html

                return to_html(document).encode()
            case ".md":
                from briefer.export.markdown import to_markdown

                return to_markdown(document).encode()
            case ".txt":
                from briefer.export.text import to_text

                return to_text(document).encode()
            case _:
                raise UsageError("export-format", name=target.name, known=", ".join(_SUFFIXES))
