"""E-mails (.eml): the message as a source, its attachments each for itself.

Nearly all of a message is what somebody wrote, so all of it is body but its header, what it quotes of earlier
messages, its signature and the notices that mail systems add.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import Message
from pathlib import PurePath

from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.sources import Capture, How, Known, Reading, Segment, SegmentKind
from briefer.domain.spans import Span
from briefer.errors import InputError
from briefer.intake.encoding import by_charset, decode
from briefer.intake.format import Format
from briefer.intake.language import guess_language
from briefer.intake.mail import mime
from briefer.intake.web import guards
from briefer.services.ports import Taken

_MEDIA = "message/rfc822"
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?\S?")
_OWN_HEADERS = re.compile(
    rb"^(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To|X-Mailer):", re.IGNORECASE | re.MULTILINE
)
_HEAD = 8192
_TEXT_LIMIT = 2_000_000
_QUOTED = re.compile(r"\s*(?:>|\|\s)")
_INTRODUCES = re.compile(
    r"(?:On .{5,200} wrote:|Am .{5,200} schrieb .{0,120}:|Le .{5,200} a écrit\s?:|El .{5,200} escribió:"
    r"|Il .{5,200} ha scritto:|.{4,120}のメッセージ[:：]|.{4,160}(?:は|さんは)?書きました[:：]"
    r"|-{2,}\s?(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine|元のメッセージ).{0,80})",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:this (?:e-?mail|message).{0,80}(?:confidential|intended (?:only|solely)|privileged)"
    r"|diese e-?mail.{0,80}vertraulich|ce (?:message|courriel).{0,80}confidentiel"
    r"|本(?:メール|電子メール).{0,60}(?:機密|宛先以外))",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


def read(taken: Taken) -> Capture:
    """Make a capture of the message itself."""
    message = mime.opened(taken.name, taken.data)
    body, encoding = _body(taken.name, message)
    head = "\n".join(f"{name}: {value}" for name in _SHOWN if (value := mime.header(message, name)))
    text = f"{head}\n\n{body}".strip() if head else body
    subject = mime.header(message, "Subject")
    authors = tuple(name or address for name, address in mime.addresses(message, "From") if name or address)
    published = _dating(message)
    language, sure = guess_language(body)
    known = {
        "title": Known(How.STATED, 0.95, "Subject") if subject else Known(How.INFERRED, 0.3, "file name"),
        "kind": Known(How.STATED, 1.0, "format"),
    }
    if authors:
        known["authors"] = Known(How.STATED, 0.95, "From")
    if published.value:
        known["published"] = Known(How.STATED, 0.95, "Date")
    if language:
        known["language"] = Known(How.INFERRED, round(sure, 2), "text")
    return Capture(
        title=subject or PurePath(taken.name).stem,
        text=text,
        reading=_reading(text, len(head), subject),
        media_type=_MEDIA,
        encoding=encoding,
        kind="personal_communication",
        genre="E-mail",
        authors=authors,
        published=published,
        language=language,
        known=known,
    )


def unpack(taken: Taken) -> tuple[Taken, ...]:
    """Return the attachments; pictures that the message shows inside its text are part of its looks."""
    message = mime.opened(taken.name, taken.data)
    found = []
    for number, part in enumerate(mime.parts(message), 1):
        inline = part.get_content_disposition() != "attachment"
        name = PurePath(_file_name(part).replace("\\", "/")).name
        if inline and not (name and part.get_content_maintype() not in {"text", "image"}):
            continue
        data = part.get_payload(0).as_bytes() if _is_message(part) else mime.content(part)  # type: ignore[union-attr]
        name = name or (f"message {number}.eml" if _is_message(part) else f"part {number}")
        if data:
            found.append(Taken(f"{taken.name}/{name}", data, taken.modified))
    return tuple(found)


def _body(name: str, message: Message) -> tuple[str, str]:
    """Return the text of a message: its plain part, or that of its HTML where there is none."""
    shown = [p for p in mime.parts(message) if p.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        texts = [_text(name, p) for p in shown if p.get_content_type() == kind]
        written = [(text, encoding) for text, encoding in texts if text.strip()]
        if written:
            joined = "\n\n".join(text for text, _encoding in written)[:_TEXT_LIMIT]
            return (
                guards.text_only(guards.strip(joined).markup) if kind == "text/html" else joined
            ), written[0][1]
    return "", "utf-8"


def _text(name: str, part: Message) -> tuple[str, str]:
    data = mime.content(part)
    charset = str(part.get_content_charset() or "")
    text = (by_charset(data, charset) or "") if charset else ""
    if text or not data.strip():
        return text.replace("\r\n", "\n").replace("\r", "\n"), charset
    try:
        return decode(name, data)
    except InputError:
        return data.decode("utf-8", "replace"), "utf-8"


def _reading(text: str, head: int, subject: str) -> Reading:
    segments: list[Segment] = []
    number = 0
    for span, kind, why in (*_head_lines(text[:head], subject), *_paragraphs(text, head)):
        if kind is SegmentKind.PARAGRAPH:
            number += 1
        segments.append(Segment(span, kind, number if kind is SegmentKind.PARAGRAPH else None, why))
    return Reading(tuple(segments))


def _head_lines(head: str, subject: str) -> Iterator[tuple[Span, SegmentKind, str]]:
    at = 0
    for line in head.split("\n"):
        if line.strip():
            if subject and line == f"Subject: {subject}":
                label = len("Subject: ")
                yield Span(at, at + label - 1), SegmentKind.FURNITURE, "message header"
                yield Span(at + label, at + len(line)), SegmentKind.TITLE, ""
            else:
                kind = SegmentKind.DATELINE if line.startswith("Date: ") else SegmentKind.FURNITURE
                yield Span(at, at + len(line)), kind, "message header"
        at += len(line) + 1


def _paragraphs(text: str, start: int) -> Iterator[tuple[Span, SegmentKind, str]]:
    """Yield the body: paragraphs between empty lines, a stretch of quoted lines for itself."""
    ended = ""
    for match in _PARAGRAPH.finditer(text, start):
        for span in _stretches(match[0], match.start()):
            lines = text[span.start : span.end]
            ended = ended or _end(lines)
            quoted = bool(_QUOTED.match(lines)) or bool(_INTRODUCES.fullmatch(lines.strip()))
            why = ended or (
                "quoted message" if quoted else "notice of the mail system" if _NOTICE.search(lines) else ""
            )
            yield span, SegmentKind.FURNITURE if why else SegmentKind.PARAGRAPH, why


def _end(lines: str) -> str:
    """Return what everything from here on is: a signature, an earlier message."""
    first = lines.split("\n", 1)[0].rstrip()
    if first == "--" or lines.startswith("-- \n"):
        return "signature"
    if re.match(
        r"-{2,}\s?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|元のメッセージ)", first
    ):
        return "quoted message"
    return ""


def _stretches(paragraph: str, start: int) -> Iterator[Span]:
    at = low = start
    former: object = None
    for line in paragraph.split("\n"):
        kind = "signature" if line.rstrip() == "--" else bool(_QUOTED.match(line))
        if former not in {None, kind, "signature"}:
            yield Span(low, at - 1)
            low = at
        former = kind if former != "signature" else former
        at += len(line) + 1
    yield Span(low, at - 1)


def _dating(message: Message) -> Dating:
    when: datetime | None = mime.sent(message)
    if when is None:
        return UNDATED
    return Dating(when.date().isoformat(), mime.header(message, "Date"), Basis.EXPLICIT)


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""


def _is_message(part: Message) -> bool:
    return part.get_content_type() == _MEDIA and isinstance(part.get_payload(), list)


def _is_email(taken: Taken) -> bool:
    head = taken.data[:_HEAD]
    return bool(_HEADER_LINE.match(head)) and bool(_OWN_HEADERS.search(_first_block(head)))


def _first_block(head: bytes) -> bytes:
    lines: Iterable[bytes] = re.split(rb"\r?\n\r?\n", head, maxsplit=1)
    return next(iter(lines))


FORMAT = Format(
    name="e-mail",
    media_types=(_MEDIA,),
    suffixes=(".eml",),
    sniff=_is_email,
    read=read,
    unpack=unpack,
    limit_mb=60,
)
