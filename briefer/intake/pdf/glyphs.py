"""What PDFium tells of the single characters of a page."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from functools import cached_property
from typing import Any

from briefer.intake.pdf.lines import HYPHEN, has_cjk

# A number may be the mark of a note when it follows a letter or one of these at once, or begins the line.
_BEFORE_MARK = frozenset("\n.,;:!?)]”’\"'」』。、）")
_FIGURES = re.compile(r"\d{1,3}(?:,\d{1,3})*")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-w[6-9]\b", re.IGNORECASE)
_RADICALS = re.compile(r"[\u2e80-\u2fd5]")
_RAISED_BY = 0.15

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a character on its page, in points, y up."""


class Glyphs:
    """The characters of one page: their text, boxes, sizes and fonts."""

    def __init__(self, pdfium: Any, text_page: Any) -> None:
        self._pdfium, self._page = pdfium, text_page
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._rect_there, self._matrix_there = ctypes.byref(self._rect), ctypes.byref(self._matrix)
        self._boxes: dict[int, Box] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._corners = tuple(ctypes.c_double() for _ in range(4))
        self._fonts: dict[int, tuple[str, bool]] = {}

    @cached_property
    def text(self) -> str:
        """Return the page's characters, as many as PDFium counts."""
        count = self._pdfium.FPDFText_CountChars(self._page)
        if count < 1:
            return ""
        buffer = (ctypes.c_ushort * (count * 2 + 1))()
        length = self._pdfium.FPDFText_GetText(self._page, 0, count, buffer) - 1
        text = bytes(buffer)[: 2 * max(length, 0)].decode("utf-16-le", errors="replace")
        if len(text) != count or "\x00" in text:
            codes = (self._pdfium.FPDFText_GetUnicode(self._page, i) for i in range(count))
            text = "".join(_character(code) for code in codes)
        return _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)

    @cached_property
    def _cjk(self) -> bool:
        return has_cjk(self.text)

    def _box(self, index: int) -> Box:
        box = self._boxes.get(index)
        if box is None:
            self._pdfium.FPDFText_GetLooseCharBox(self._page, index, self._rect_there)
            rect = self._rect
            box = self._boxes[index] = rect.left, rect.bottom, rect.right, rect.top
        return box

    def _upright(self, index: int) -> bool:
        # Letters that stand upright and run to the left are Arabic or Hebrew.
        self._pdfium.FPDFText_GetMatrix(self._page, index, self._matrix_there)
        return bool(self._matrix.a > 0)

    def _other_object(self, last: int, index: int) -> bool:
        """Whether two characters come from different text objects, as the cells of a table do."""
        first = self._pdfium.FPDFText_GetTextObject(self._page, last)
        second = self._pdfium.FPDFText_GetTextObject(self._page, index)
        return ctypes.cast(first, ctypes.c_void_p).value != ctypes.cast(second, ctypes.c_void_p).value

    @cached_property
    def _marks(self) -> frozenset[int]:
        """Return which figures of the page are drawn small and raised though their font is as large."""
        found: set[int] = set()
        left, right, bottom, top = self._corners
        for match in _FIGURES.finditer(self.text):
            index = match.start()
            before = self.text[index - 1] if index else "\n"
            if before in _BEFORE_MARK or before.isalpha():
                self._pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
                self._pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
                if bottom.value - self._y.value > _RAISED_BY * self._size(index):
                    found.update(range(index, match.end()))
        return frozenset(found)

    def _generated(self, index: int) -> bool:
        return bool(self._pdfium.FPDFText_IsGenerated(self._page, index) == 1)

    def _size(self, index: int) -> float:
        """Return the size of a character in points, as it is printed."""
        self._pdfium.FPDFText_GetMatrix(self._page, index, self._matrix_there)
        scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        return float(self._pdfium.FPDFText_GetFontSize(self._page, index) * scale) or 1.0

    def _font(self, index: int) -> tuple[str, bool]:
        """Return the name of a character's font, and whether it is bold."""
        item = self._pdfium.FPDFText_GetTextObject(self._page, index)
        font = self._pdfium.FPDFTextObj_GetFont(item) if item else None
        if not font:
            return "", False
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(128)
            self._pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            name = buffer.value.decode("utf-8", errors="replace").split("+", 1)[-1]
            self._fonts[key] = name, bool(_BOLD.search(name))
        return self._fonts[key]


def _character(code: int) -> str:
    if code == 2:
        return HYPHEN
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
