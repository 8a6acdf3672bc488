"""Everything that is in a file, for tests of what an export gives away."""

from __future__ import annotations

import base64
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import pypdfium2


def everything(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file, and of everything that is packed in it."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield archive.comment
            for name in archive.namelist():
                yield name.encode()
                yield from everything(archive.read(name))
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            yield _inflated(stream)
        yield _pdf_text(data).encode()
    for packed in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
        yield from everything(base64.b64decode(packed))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    outline = [item.get_title() for item in document.get_toc()]
    return "\n".join([*pages, *outline, *document.get_metadata_dict().values()])
