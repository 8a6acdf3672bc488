"""Bytes into text: which encoding they are in, and the refusal of what is not text."""

from __future__ import annotations

import codecs
import re

from briefer.errors import InputError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([BJI]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\ufffe\uffff]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u3000-\u3002\uff01-\uff5e\s\x21-\x7e]")
_KANA = re.compile(r"[\u3040-\u30ff\u3001\u3002]")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]")
_SNIFFED = 4096
# Python's own, in which no document is written; the first two take time with the square of the length.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
# More control characters than this share of a text mean that it was never text.
_CONTROL_SHARE = 0.005


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Return the text of ``data``, its lines ended by a line feed, and the name of its encoding.

    Raises:
        InputError: ``input-empty``, ``input-encoding`` or ``input-no-text``.
    """
    if not data:
        raise InputError("input-empty", name=name)
    text, encoding = _decoded(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("input-empty", name=name)
    if len(_CONTROL.findall(text)) > max(2, len(text) * _CONTROL_SHARE):
        raise InputError("input-encoding", name=name)
    return text, encoding


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(name, data[len(bom) :], encoding), encoding
    if _ISO_2022_JP.search(data) and (text := by_charset(data, "iso2022_jp_2")) is not None:
        return text, "iso-2022-jp"
    wide = _wide(data)
    if wide and (text := by_charset(data, wide)) is not None:
        return text, wide
    if (text := by_charset(data, "utf-8")) is not None:
        return text, "utf-8"
    return _legacy(name, data)


def _legacy(name: str, data: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(data, 0, _SNIFFED) or _XML_DECLARED.search(data, 0, _SNIFFED)
    if declared and (text := by_charset(data, declared[1].decode("ascii"))) is not None:
        return text, declared[1].decode("ascii").lower()
    best = max((_japanese_share(data, e), e) for e in ("cp932", "euc_jp"))
    if best[0] > 0 and (text := by_charset(data, best[1])) is not None:
        return text, best[1]
    repaired = _nearly_utf8(data)
    if repaired is not None:
        # Whole UTF-8 but for a few broken bytes: to read it as a one-byte code page would garble the rest.
        raise InputError("input-encoding", name=name)
    from chardetng_py import detect

    guessed = detect(data, allow_utf8=False)
    return _strict(name, data, guessed), guessed.lower()


def by_charset(data: bytes, charset: str, errors: str = "strict") -> str | None:
    """Return the text of ``data`` in a charset that a document names; None where there is no such, or it does not fit."""
    try:
        return None if codecs.lookup(charset).name in _NO_CHARSETS else data.decode(charset, errors)
    except (ValueError, LookupError):  # UnicodeError; a name with NUL in it
        return None


def _strict(name: str, data: bytes, encoding: str) -> str:
    text = by_charset(data, encoding)
    if text is None:
        raise InputError("input-encoding", name=name)
    return text


def _wide(data: bytes) -> str:
    """Return the UTF-16 form that the places of NUL bytes give away, or nothing."""
    head = data[:_SNIFFED]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > half * 0.1 and odd > even * 3:
        return "utf-16-le"
    if even > half * 0.1 and even > odd * 3:
        return "utf-16-be"
    return ""


def _japanese_share(data: bytes, encoding: str) -> float:
    """Return how Japanese the text looks in ``encoding``; 0 when it is not."""
    text = by_charset(data, encoding)
    if text is None:
        return 0.0
    foreign = [ch for ch in text if ord(ch) > 0x7F]
    if not foreign:
        return 0.0
    wide = "".join(foreign)
    kana = len(_KANA.findall(wide)) / len(wide)
    known = len(_JAPANESE.findall(wide)) / len(wide)
    half = len(_HALF_KANA.findall(wide)) / len(wide)
    # Western and Cyrillic one-byte text read as cp932 turns into half-width kana or kanji without any kana.
    return known if kana > 0.1 and known > 0.8 and half < 0.1 else 0.0


def _nearly_utf8(data: bytes) -> str | None:
    """Return the text if ``data`` is UTF-8 with a few bytes broken, or None."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for ch in text if ord(ch) > 0x7F) - broken
    return text if whole > 2 * broken else None
