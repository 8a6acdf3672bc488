"""PDF files made by hand: text at given places in fonts that every reader knows, nothing embedded."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

A4 = (595, 842)
FONTS = {
    "F": b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    "B": b"<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>",
    "C": b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    "H": b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UTF16-H/DescendantFonts[%d 0 R]>>",
    "V": b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UTF16-V/DescendantFonts[%d 0 R]>>",
}
_CID = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/DW2[880 -1000]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor %d 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass(frozen=True)
class Text:
    """Words at a place: ``x`` to the right and ``y`` up from the page's lower left corner, in points."""

    x: float
    y: float
    words: str
    font: str = "F"
    size: float = 10
    turned: bool = False

    def drawn(self) -> bytes:
        matrix = (
            b"0 1 -1 0 %.2f %.2f Tm" % (self.x, self.y)
            if self.turned
            else b"1 0 0 1 %.2f %.2f Tm" % (self.x, self.y)
        )
        return b"BT /%s %.2f Tf %s <%s> Tj ET" % (
            self.font.encode(),
            self.size,
            matrix,
            self._encoded().hex().encode(),
        )

    def _encoded(self) -> bytes:
        return self.words.encode("utf-16-be" if self.font in {"H", "V"} else "cp1252")


def lines(
    x: float, y: float, rows: Iterable[str], step: float = 12, font: str = "F", size: float = 10
) -> list[Text]:
    """Return rows of text below each other."""
    return [Text(x, y - i * step, row, font, size) for i, row in enumerate(rows)]


def column(x: float, y: float, rows: Iterable[str], step: float = 18, size: float = 12) -> list[Text]:
    """Return vertical lines from right to left."""
    return [Text(x - i * step, y, row, "V", size) for i, row in enumerate(rows)]


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n" % (extra, len(data)) + data + b"\nendstream"


def flate(data: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(data), b"/Filter/FlateDecode" + extra)


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of objects, of which the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        len(out),
    )
    return out + head + table + tail


def pdf(
    *pages: Sequence[Text],
    info: dict[str, str] | None = None,
    size: tuple[float, float] = A4,
    extra: bytes = b"",
    labels: bytes = b"",
    password: str | None = None,
    drawings: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF of pages of text.

    ``extra`` goes into each page's dictionary, ``labels`` into the catalogue; ``drawings`` are form XObjects
    /X0, /X1 …, drawn on every page. With a ``password`` the file is encrypted (RC4, 40 bits; ISO 32000-1, 7.6); an empty
    one opens by itself, with printing and copying forbidden.
    """
    first_page = 5 + len(FONTS) + len(drawings)
    font = {name: 3 + i for i, name in enumerate(FONTS)}
    cid = 3 + len(FONTS)
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % labels]
    kids = b" ".join(b"%d 0 R" % (first_page + 2 * i) for i in range(len(pages)))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)))
    objects += [code % cid if b"%d" in code else code for code in FONTS.values()]
    objects += [_CID % (cid + 1), _DESCRIPTOR]
    objects += [form.replace(b"SELF", b"%d 0 R" % (cid + 2 + i)) for i, form in enumerate(drawings)]
    names = b"".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in font.items())
    forms = b"".join(b"/X%d %d 0 R" % (i, cid + 2 + i) for i in range(len(drawings)))
    lock = None if password is None else _Lock(password)
    for i, page in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R/Resources<</Font<<%s>>/XObject<<%s>>>>%s>>"
            % (*size, first_page + 2 * i + 1, names, forms, extra)
        )
        content = b"\n".join(item.drawn() for item in page)
        content += b"".join(b"\n/X%d Do" % i for i in range(len(drawings)))
        objects.append(stream(lock.locked(first_page + 2 * i + 1, content) if lock else content))
    trailer = b""
    if info:
        entries = b"".join(
            b"/%s<%s>" % (name.encode(), ("\ufeff" + value).encode("utf-16-be").hex().encode())
            for name, value in info.items()
        )
        objects.append(b"<<%s>>" % entries)
        trailer = b"/Info %d 0 R" % len(objects)
    if lock:
        objects.append(lock.dictionary())
        trailer += b"/Encrypt %d 0 R/ID[<%s><%s>]" % (
            len(objects),
            lock.id.hex().encode(),
            lock.id.hex().encode(),
        )
    return written(objects, trailer)


class _Lock:
    """The standard security handler of revision 2."""

    id = b"0123456789abcdef"
    permissions = -44

    def __init__(self, password: str) -> None:
        word = (password.encode() + _PAD)[:32]
        self.owner = _rc4(hashlib.md5(word).digest()[:5], word)
        flags = self.permissions.to_bytes(4, "little", signed=True)
        self.key = hashlib.md5(word + self.owner + flags + self.id).digest()[:5]

    def locked(self, number: int, data: bytes) -> bytes:
        key = hashlib.md5(self.key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10]
        return _rc4(key, data)

    def dictionary(self) -> bytes:
        user = _rc4(self.key, _PAD)
        return b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (
            self.owner.hex().encode(),
            user.hex().encode(),
            self.permissions,
        )


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
