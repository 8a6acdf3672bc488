"""PDF files as PDFium holds them: opened, read for their properties, and let go again.

PDFium is one C library for the whole process and not made for threads: whoever uses it holds its lock.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefer.errors import InputError
from briefer.intake.pdf.guards import refuse_endless
from briefer.services.ports import Taken

MOST_PAGES = 3000
MEDIA_TYPE = "application/pdf"
_LOCK = threading.RLock()
_HEAD = 1024
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_LONGEST_LABEL = 40
_ZERO = "\x00"


@dataclass(frozen=True)
class Pdf:
    """An open PDF: PDFium's bindings, its handle of the document, and how many pages there are."""

    pdfium: Any
    handle: Any
    count: int

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """Give the handle of page ``number`` (from 1); None for one that is damaged."""
        page = self.pdfium.FPDF_LoadPage(self.handle, number - 1)
        try:
            yield page or None
        finally:
            if page:
                self.pdfium.FPDF_ClosePage(page)

    @contextmanager
    def text(self, page: Any) -> Iterator[Any]:
        """Give the handle of a page's text; None for one that has none."""
        text = self.pdfium.FPDFText_LoadPage(page)
        try:
            yield text or None
        finally:
            if text:
                self.pdfium.FPDFText_ClosePage(text)

    def property(self, name: str) -> str:
        """Return an entry of the document's information (``Title``, ``Author`` …), or nothing."""

        def get(buffer: Any, size: int) -> int:
            return int(self.pdfium.FPDF_GetMetaText(self.handle, name.encode("ascii"), buffer, size))

        return " ".join(_utf16(get).split())

    def created(self) -> str | None:
        """Return the day on which the file says that it was made, as EDTF."""
        match = _DATE.match(self.property("CreationDate"))
        if match is None:
            return None
        with suppress(ValueError):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        return None

    def labels(self) -> tuple[str, ...]:
        """Return what the pages are called: the labels of the document, else their numbers."""
        return tuple(self._label(number) or str(number) for number in range(1, self.count + 1))

    def _label(self, number: int) -> str:
        def get(buffer: Any, size: int) -> int:
            return int(self.pdfium.FPDF_GetPageLabel(self.handle, number - 1, buffer, size))

        return _utf16(get).strip()[:_LONGEST_LABEL]


def _utf16(get: Any) -> str:
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(buffer, size)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip(_ZERO)


@contextmanager
def opened(taken: Taken) -> Iterator[Pdf]:
    """Open a PDF; it is closed again when the context ends.

    Raises:
        InputError: ``input-password`` where it needs another password than was given, ``input-damaged``,
            ``input-unsafe``.
    """
    import pypdfium2.raw as pdfium

    refuse_endless(taken)

    with _LOCK:
        data = (ctypes.c_char * len(taken.data)).from_buffer_copy(taken.data)
        handle = _load(pdfium, taken, data)
        try:
            count = pdfium.FPDF_GetPageCount(handle)
            if count < 1:
                raise InputError("input-damaged", name=taken.name, detail="it has no pages")
            yield Pdf(pdfium, handle, count)
        finally:
            pdfium.FPDF_CloseDocument(handle)


def _load(pdfium: Any, taken: Taken, data: Any) -> Any:
    password = taken.password.encode("utf-8") if taken.password else None
    handle = pdfium.FPDF_LoadMemDocument64(data, len(taken.data), password)
    if handle:
        return handle
    code = pdfium.FPDF_GetLastError()
    if code == pdfium.FPDF_ERR_PASSWORD:
        detail = "the password is wrong" if taken.password else "it needs its password"
        raise InputError("input-password", name=taken.name, detail=detail)
    if code == pdfium.FPDF_ERR_SECURITY:
        raise InputError("input-damaged", name=taken.name, detail="its encryption is of an unknown kind")
    raise InputError("input-damaged", name=taken.name, detail="no PDF can be read from it")


def is_pdf(taken: Taken) -> bool:
    """Whether the bytes have the signature of a PDF near their beginning, where readers look for it."""
    return b"%PDF-" in taken.data[:_HEAD]
