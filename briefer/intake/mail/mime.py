"""MIME messages (RFC 5322, 2045 to 2047) opened under guard: what e-mails and saved web archives are made of.

Headers are decoded one by one when they are asked for, and only so much of each: the parser of the standard
library takes half a minute over twenty thousand encoded words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from briefer.errors import InputError
from briefer.intake.encoding import by_charset

_LONGEST_HEADER = 4_096
_LONGEST_HEAD = 262_144
_MOST_MARKS = 10_000
_MOST_BOUNDARIES = 500
_MOST_PARTS = 2_000
_DEEPEST = 60
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MARK = re.compile(rb"^--", re.MULTILINE)
_ENCODED = re.compile(r"=\?[^?]{1,60}\?[bqBQ]\?[^?]{0,200}\?=")
_MOST_ENCODED = 60
_SPACE = re.compile(r"\s+")


def opened(name: str, data: bytes) -> Message:
    """Return a message's tree of parts.

    Raises:
        InputError: ``input-damaged``, for what is no message or was made to exhaust its reader.
    """
    end = _HEAD_END.search(data, 0, _LONGEST_HEAD)
    if end is None and len(data) > _LONGEST_HEAD:
        raise InputError("input-damaged", name=name, detail="its header is endless")
    # Counted on the bytes, because the parser would already suffer from them.
    if _exceeds(_MARK, data, _MOST_MARKS) or _exceeds(_BOUNDARY, data, _MOST_BOUNDARIES):
        raise InputError("input-damaged", name=name, detail="it has too many parts")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        depth = _depth(message)
    except (RecursionError, MessageError, ValueError, LookupError) as error:
        raise InputError("input-damaged", name=name, detail="its parts cannot be told apart") from error
    if depth > _DEEPEST:
        raise InputError("input-damaged", name=name, detail="its parts are nested too deep")
    return message


def parts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, in order; a message inside the message is one of them."""
    todo = [message]
    seen = 0
    while todo and seen < _MOST_PARTS:
        part = todo.pop(0)
        seen += 1
        inside = part.get_payload()
        if isinstance(inside, list) and (part is message or part.get_content_maintype() == "multipart"):
            todo = [p for p in inside if isinstance(p, Message)] + todo
        else:
            yield part


def content(part: Message) -> bytes:
    """Return what a part holds, decoded."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def header(message: Message, name: str) -> str:
    """Return a header as people read it, in one line; nothing where there is none."""
    value = str(message.get(name, ""))[:_LONGEST_HEADER]
    if len(_ENCODED.findall(value)) > _MOST_ENCODED:
        return _SPACE.sub(" ", value).strip()
    try:
        pieces = decode_header(value)
        text = "".join(_decoded(piece, charset) for piece, charset in pieces)
    except (HeaderParseError, ValueError, LookupError):
        text = value
    return _SPACE.sub(" ", text.replace("\ufffd", "")).strip()


def addresses(message: Message, name: str) -> tuple[tuple[str, str], ...]:
    """Return the people of a header as pairs of name and address; the name may be empty."""
    try:
        found = getaddresses([header(message, name)])
    except RecursionError:  # comments in each other name nobody
        return ()
    return tuple((person.strip(" '\""), address) for person, address in found)


def sent(message: Message) -> datetime | None:
    """Return the time of the Date header with the zone that it gives, or None."""
    written = header(message, "Date")
    try:
        found = parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    text = by_charset(piece, charset or "utf-8", "replace")
    return piece.decode("utf-8", "replace") if text is None else text


def _depth(message: Message) -> int:
    deepest = 0
    todo = [(message, 1)]
    while todo:
        part, depth = todo.pop()
        deepest = max(deepest, depth)
        inside = part.get_payload()
        if isinstance(inside, list):
            todo += [(p, depth + 1) for p in inside if isinstance(p, Message)]
    return deepest


def _exceeds(pattern: re.Pattern[bytes], data: bytes, most: int) -> bool:
    return any(count >= most for count, _match in enumerate(pattern.finditer(data), 1))
