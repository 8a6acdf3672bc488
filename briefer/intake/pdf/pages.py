"""Pages of PDF files as pictures, with the place of each character."""

from __future__ import annotations

import ctypes
from typing import Any

from briefer.errors import InputError
from briefer.intake.formats import format_of
from briefer.intake.pdf.characters import MOST_CHARACTERS
from briefer.intake.pdf.files import MEDIA_TYPE, Pdf, opened
from briefer.services.ports import PageImage, Taken

WIDEST = 4000
NARROWEST = 16
MOST_PIXELS = 32_000_000
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_WHITE = 0xFFFFFFFF
_Box = tuple[float, float, float, float]


def draw(taken: Taken, number: int, width: int) -> PageImage:
    """Draw page ``number`` (from 1), ``width`` pixels wide (16 to 4,000).

    A page so long that its picture would not fit into memory is drawn smaller. ``boxes`` are in the order of
    :attr:`briefer.domain.pages.Run.index`.

    Raises:
        InputError: ``input-no-pages``, ``input-password``, ``input-damaged``.
    """
    if MEDIA_TYPE not in format_of(taken).media_types:
        raise InputError("input-no-pages", name=taken.name, page=number)
    with opened(taken) as pdf:
        if not 1 <= number <= pdf.count:
            raise InputError("input-no-pages", name=taken.name, page=number)
        with pdf.page(number) as page:
            if page is None:
                raise InputError("input-no-pages", name=taken.name, page=number)
            return _drawn(pdf, page, width)


def _drawn(pdf: Pdf, page: Any, width: int) -> PageImage:
    across = max(float(pdf.pdfium.FPDF_GetPageWidthF(page)), 1e-3)
    down = max(float(pdf.pdfium.FPDF_GetPageHeightF(page)), 1e-3)
    width = min(max(width, NARROWEST), WIDEST)
    if width * width * down / across > MOST_PIXELS:
        width = max(1, int((MOST_PIXELS * across / down) ** 0.5))
    height = min(max(1, round(width * down / across)), MOST_PIXELS // width)
    with pdf.text(page) as text:
        boxes = _boxes(pdf, page, text, width, height) if text else ()
    return PageImage(width, height, _pixels(pdf, page, width, height), boxes)


def _pixels(pdf: Pdf, page: Any, width: int, height: int) -> bytes:
    """Return the page on white, three bytes a pixel in the order red, green, blue."""
    pdfium = pdf.pdfium
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        drawn = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    pixels = bytearray(width * height * 3)
    for colour in range(3):
        # Four bytes a pixel and no padding: the stride of such a bitmap is four times its width.
        pixels[colour::3] = drawn[colour::4]
    return bytes(pixels)


def _boxes(pdf: Pdf, page: Any, text: Any, width: int, height: int) -> tuple[_Box, ...]:
    pdfium = pdf.pdfium
    count = min(max(pdfium.FPDFText_CountChars(text), 0), MOST_CHARACTERS)
    view, box = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, view):
        return ()
    turned = pdfium.FPDFPage_GetRotation(page) % 4
    found: list[_Box] = []
    for index in range(count):
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            found.append(_NOWHERE)
        else:
            found.append(_placed((box.left, box.top, box.right, box.bottom), view, turned, (width, height)))
    return tuple(found)


def _placed(box: _Box, view: Any, turned: int, size: tuple[int, int]) -> _Box:
    """Turn a box of the page (y up) into pixels of its picture (y down), as the page is turned for reading."""
    wide, tall = view.right - view.left, view.top - view.bottom
    if wide <= 0 or tall <= 0:
        return _NOWHERE
    xs = sorted(((box[0] - view.left) / wide, (box[2] - view.left) / wide))
    ys = sorted(((view.top - box[1]) / tall, (view.top - box[3]) / tall))
    if turned == 1:
        xs, ys = [1 - ys[1], 1 - ys[0]], xs
    elif turned == 2:
        xs, ys = [1 - xs[1], 1 - xs[0]], [1 - ys[1], 1 - ys[0]]
    elif turned == 3:
        xs, ys = ys, [1 - xs[1], 1 - xs[0]]
    return xs[0] * size[0], ys[0] * size[1], xs[1] * size[0], ys[1] * size[1]
