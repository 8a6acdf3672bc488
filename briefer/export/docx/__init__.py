"""Word documents: a clean template's package, with body, notes and pages written over it.

The body and the notes are written with bare lxml: it is several times faster than an object for each
paragraph, and most of what a brief needs (notes, fields, bookmarks, languages) has no such object anyway.
"""

from __future__ import annotations

from briefer.export.docx.writer import to_docx

__all__ = ["to_docx"]
