"""The bytes of RTF texts into characters: code pages of the document and of its fonts."""

from __future__ import annotations

import codecs
import re

from briefer.intake.office.symbols import symbol

DEFAULT = "cp1252"
_ANSI = 0
_ANY = 1
_SYMBOL = 2
# The \fcharset numbers of the Rich Text Format specification 1.9.1.
_CHARSETS = {
    _ANSI: DEFAULT, 77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_DOCUMENT = {"ansi": DEFAULT, "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_MULTIBYTE = frozenset(["cp932", "cp936", "gbk", "cp949", "cp950", "big5"])
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")


class CodePages:
    """Which code page holds where in one document."""

    def __init__(self) -> None:
        self._document = DEFAULT
        self._charsets: dict[int, int] = {}
        self._pages: dict[int, str] = {}

    def set_document(self, word: str, number: int | None) -> None:
        """Take in ``ansi``, ``mac``, ``pc``, ``pca`` or ``ansicpg`` with its number."""
        if word == "ansicpg":
            self._document = _codec(number) or self._document
        else:
            self._document = _DOCUMENT[word]

    def set_font(self, font: int, word: str, number: int | None) -> None:
        """Take in ``fcharset`` or ``cpg`` of a font."""
        if word == "fcharset" and number is not None:
            self._charsets[font] = number
        elif word == "cpg" and (codec := _codec(number)):
            self._pages[font] = codec

    def decode(self, data: bytes, font: int | None) -> str:
        """Return the characters of ``data`` as the font has them."""
        charset = self._charsets.get(font) if font is not None else None
        if charset == _SYMBOL:
            return "".join(symbol(0xF000 + byte, "symbol") for byte in data)
        if data.isascii():
            return data.decode("ascii")
        for codec in (self._of(font, charset, data), self._document):
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
        return data.decode(DEFAULT, "replace")

    def _of(self, font: int | None, charset: int | None, data: bytes) -> str:
        if font is not None and font in self._pages:
            return self._pages[font]
        if charset is None or charset == _ANY:
            return self._document
        if charset == _ANSI and self._document in _MULTIBYTE and _TWO_HIGH.search(data):
            # Writers that know no other charset state the Western one for every font.
            return self._document
        return _CHARSETS.get(charset, self._document)


def _codec(number: int | None) -> str | None:
    name = {65001: "utf-8", 10000: "mac_roman", 10001: "shift_jis"}.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
