"""Saved web archives (.mhtml, .mht; RFC 2557): the page that was saved, with the address that it came from."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from briefer.domain.sources import Capture, How, Known
from briefer.errors import InputError
from briefer.intake.encoding import by_charset, decode
from briefer.intake.format import Format
from briefer.intake.mail import mime
from briefer.intake.web.html import read_html
from briefer.services.ports import Taken

_HEAD = 8192
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:snapshot-content-location:|from:\s*<?saved by)|type\s*=\s*\"?text/html",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"https?://\S{1,2000}")


def read(taken: Taken) -> Capture:
    """Make a capture of the page itself, as if it had been saved as HTML."""
    message = mime.opened(taken.name, taken.data)
    page = _page(message)
    if page is None:
        raise InputError("input-no-text", name=taken.name)
    data = mime.content(page)
    charset = str(page.get_content_charset() or "")
    text, encoding = _decoded(taken.name, data, charset)
    saved = mime.sent(message)
    # The day on which the page was saved is closer to what it says than that of a copied file.
    capture = read_html(text, encoding, saved or taken.modified)
    address = _address(message, page)
    known = dict(capture.known)
    if saved and capture.accessed is None:
        capture = replace(capture, accessed=saved.date().isoformat())
        known["accessed"] = Known(How.STATED, 0.95, "Date header")
    if address and capture.url is None:
        known["url"] = Known(How.STATED, 0.95, "Content-Location")
    return replace(capture, media_type="multipart/related", url=capture.url or address, known=known)


def _page(message: Message) -> Message | None:
    """Return the part that is the page: the one named by ``start``, else the first HTML."""
    pages = [p for p in mime.parts(message) if p.get_content_type() in {"text/html", "application/xhtml+xml"}]
    start = str(message.get_param("start", "") or "").strip("<>")
    named = (p for p in pages if start and str(p.get("Content-ID", "")).strip("<> ") == start)
    return next(named, None) or next(iter(pages), None)


def _decoded(name: str, data: bytes, charset: str) -> tuple[str, str]:
    text = by_charset(data, charset) if charset else None
    if text is not None:
        return text.replace("\r\n", "\n").replace("\r", "\n"), charset.lower()
    return decode(name, data)


def _address(message: Message, page: Message) -> str | None:
    for part, name in ((message, "Snapshot-Content-Location"), (page, "Content-Location")):
        match = _ADDRESS.fullmatch(mime.header(part, name).replace(" ", ""))
        if match:
            return match[0]
    return None


def _is_archive(taken: Taken) -> bool:
    head = taken.data[:_HEAD]
    return bool(_RELATED.search(head)) and bool(_SAVED.search(head))


FORMAT = Format(
    name="web archive",
    media_types=("multipart/related", "application/x-mimearchive"),
    suffixes=(".mhtml", ".mht"),
    sniff=_is_archive,
    read=read,
    limit_mb=100,
)
