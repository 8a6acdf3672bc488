"""The formats that can be taken in, and which of them a file is of: told by its bytes first, then by its name.

One module a format: it has a constant ``FORMAT`` that is listed in :func:`all_formats`, and imports heavy
libraries only when it reads.
"""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.services.ports import Taken


@cache
def all_formats() -> tuple[Format, ...]:
    """Return the formats, those with the surest signature first."""
    from briefer.intake import archive, attachment, bulk, markdown, text
    from briefer.intake.mail import eml
    from briefer.intake.office import docx, odt, rtf
    from briefer.intake.pdf import reader as pdf
    from briefer.intake.references import bibtex, csl_json, ris, zotero_rdf
    from briefer.intake.web import html, mhtml

    return (
        pdf.FORMAT,
        docx.FORMAT,
        odt.FORMAT,
        rtf.FORMAT,
        attachment.FORMAT,
        attachment.TABLES,
        attachment.PICTURES,
        archive.FORMAT,
        bulk.FORMAT,
        zotero_rdf.FORMAT,
        zotero_rdf.ITEM,
        csl_json.FORMAT,
        csl_json.ITEM,
        ris.FORMAT,
        ris.RECORD,
        bibtex.FORMAT,
        bibtex.ENTRY,
        mhtml.FORMAT,
        eml.FORMAT,
        html.FORMAT,
        markdown.FORMAT,
        text.FORMAT,
    )


def format_of(taken: Taken) -> Format:
    """Return the format of a file.

    Raises:
        InputError: ``input-empty``, ``input-format``, ``input-too-large``.
    """
    if not taken.data:
        raise InputError("input-empty", name=taken.name)
    found = _stated(taken) or _sniffed(taken) or _named(taken)
    if found is None:
        detail = PurePath(taken.name).suffix.lower() or "of this file"
        raise InputError("input-format", name=taken.name, detail=detail)
    if len(taken.data) > found.limit_mb * 1_000_000:
        raise InputError("input-too-large", name=taken.name, limit=found.limit_mb)
    return found


@cache
def folder_suffixes() -> frozenset[str]:
    """Return the suffixes of the files that are taken in with the folder they lie in."""
    return frozenset(suffix for f in all_formats() if f.in_folders for suffix in f.suffixes if suffix)


def recognised(head: Taken) -> bool:
    """Whether the first bytes of a file tell a format whose files are taken in with their folder."""
    found = _sniffed(head)
    return found is not None and found.in_folders


def _stated(taken: Taken) -> Format | None:
    return next((f for f in all_formats() if taken.media_type in f.media_types), None)


def _sniffed(taken: Taken) -> Format | None:
    return next((f for f in all_formats() if f.sniff and f.sniff(taken)), None)


def _named(taken: Taken) -> Format | None:
    suffix = PurePath(taken.name).suffix.lower()
    return next((f for f in all_formats() if suffix in f.suffixes), None)
