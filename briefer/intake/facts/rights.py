"""Notices of rights as a page writes them, and its own word that a machine wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.domain.sources import How, SegmentKind
from briefer.domain.spans import fold
from briefer.intake.facts.claims import Claims
from briefer.intake.pasted.lines import Judged
from briefer.intake.pasted.words import furniture, key

_LONGEST = 400
_SENTENCE = re.compile(r"(?<=[.。!])\s+(?=[A-ZÀ-Ý©])|(?<=。)")
_STRONG = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|kaikki oikeudet pidätetään"
    r"|無断(?:転載|複製|使用|引用|転用|利用)|禁無断転載|転載(?:を|は)?(?:禁|お断り)|creative commons|\bCC[ -]BY(?:-[A-Z]{2})*"
    r"|may not be (?:published|reproduced|republished)|open government licen[cs]e|公共データ利用規約|政府標準利用規約",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|ⓒ|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}|[A-Z\u3040-\u9fff])|\d{4}\s*©", re.IGNORECASE
)
_MARK = re.compile(r"(?:\bcopyright\s*)?(?:©|ⓒ|\(c\)\s*(?=\d{4}|[A-Z]))|\bcopyright\b", re.IGNORECASE)
_STROKES = re.compile(r"\s+[|｜]\s+")
_OF_A_PICTURE = re.compile(
    r"\b(?:photo|image|picture|foto|bild|getty|shutterstock)\b|写真|画像", re.IGNORECASE
)
_NOT_OUTSIDE = frozenset({SegmentKind.EMBEDDED, SegmentKind.CAPTION, SegmentKind.TITLE})
_NOTICE = re.compile(
    r"^(?:\W*(?:this|the) (?:article|story|text|content|report|summary|translation|page)\b.{0,60}"
    r"\b(?:written|generated|produced|created|drafted|translated|summari[sz]ed)\b"
    r"|\W*(?:reported|written|generated|produced|created) (?:by|with)\b|\W*(?:この|本)(?:記事|文章|要約|翻訳)|\W*※)",
    re.IGNORECASE,
)
_SHORT = 160
_BELOW = 6


def claim_rights(claims: Claims, lines: Sequence[Judged]) -> None:
    """Claim the notice that stands on the page outside the article and what is embedded: the fullest one."""
    best: tuple[int, int, str] | None = None
    for number, item in enumerate(lines):
        text = fold(item.line.text)
        if item.body or item.kind in _NOT_OUTSIDE or item.line.weight > 3 * _LONGEST:
            continue
        notice = _notice(text)
        rank = 2 * bool(_STRONG.search(notice)) + bool(_COPYRIGHT.search(notice)) if notice else 0
        if rank and (best is None or (rank, number) > best[:2]):
            best = (rank, number, notice)
    if best:
        claims.add("rights", best[2], How.WRITTEN, 0.6 + 0.1 * best[0], "notice on the page")


def _notice(text: str) -> str:
    """Return the sentences of a line that are a notice, or nothing."""
    parts = [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]
    told = [bool((_STRONG.search(p) or _COPYRIGHT.search(p)) and not _OF_A_PICTURE.search(p)) for p in parts]
    if not any(told):
        return ""
    first, last = told.index(True), len(told) - told[::-1].index(True)
    notice = " ".join(parts[first:last])
    mark = _MARK.search(notice)
    if mark and not _STRONG.search(notice[: mark.start()]):
        # What runs into the notice from a list of links before it is no part of it.
        notice = notice[mark.start() :]
    pieces = _STROKES.split(notice)
    told = [bool(_STRONG.search(p) or _COPYRIGHT.search(p)) for p in pieces]
    if any(told) and not told[-1]:
        notice = " | ".join(pieces[: len(told) - told[::-1].index(True)])
    return notice[:_LONGEST]


def written_by_machine(lines: Sequence[Judged]) -> bool:
    """Whether the article's own lines, or the notice right below them, say that a machine wrote it.

    The labels of other articles below it do not count, nor does what an article about such texts tells or quotes.
    """
    last = max((i for i, item in enumerate(lines) if item.body), default=-1)
    for i, item in enumerate(lines[: last + 1]):
        if item.kind is SegmentKind.TITLE or item.kind is SegmentKind.EMBEDDED:
            continue
        text = item.line.text
        quoted = i > 0 and lines[i - 1].line.text.endswith((":", "："))
        if furniture().machine_notice(text) or (furniture().machine_speaks(text) and not quoted):
            return True
        short = item.line.weight < _SHORT
        if short and furniture().ai.search(key(text)) and (not item.body or _label(text)):
            return True
    return _noticed_below(lines[last + 1 : last + 1 + _BELOW])


def _label(text: str) -> bool:
    return bool(_NOTICE.match(text)) and not furniture().told.search(key(text))


def _noticed_below(lines: Sequence[Judged]) -> bool:
    for item in lines:
        if item.kind is SegmentKind.EMBEDDED or furniture().stop_heading(item.line.text):
            return False
        if furniture().machine_notice(item.line.text):
            return True
    return False
