"""What a source's notice of rights says of passing its words on, in English and Japanese."""

from __future__ import annotations

import re
from functools import lru_cache

_ACT = r"re-?produc(?:e|ed|ing|tion)\b|(?:re-?)?(?:distribut(?:e|ed|ing|ion)|publi(?:sh|shed|shing|cation)|transmit(?:ted|ting)?|circulat(?:e|ed|ion))\b|cop(?:y|ied|ying)\b"
_LEAVE = r"permission|consent|authori[sz]ation|approval"
_CLAUSE = re.compile(r"[.;!\n。；！]+")
# That something is not needed, or not forbidden.
_FREE = re.compile(
    rf"\b(?:no|not|without|nor)\b(?: (?:any|further|prior|other))?(?: (?:need|requir|restrict|limit|prohibit|forbid)\w*|(?: \w+)? restrictions?\b)"
    rf"|\bno(?: \w+)? (?:{_LEAVE})|\bneeds? no(?:t|\b)"
    rf"|\b(?:may|can)(?! ?not) (?!only)(?:be |freely )*(?:\w+ (?:and|or) )?(?:{_ACT})(?!.*\b(?:only|except|unless)\b)",
    re.IGNORECASE,
)
_NOTHING_MAY = re.compile(
    rf"\b(?:no|none|nothing|neither)\b(?!-).{{0,40}}\bmay\b.{{0,80}}\b(?:{_ACT})", re.IGNORECASE
)
_FORBIDDEN = re.compile(
    rf"\ball rights reserved\b|\b(?:no|none|nothing|not|never|don[’']t|cannot)\b(?!-).{{0,80}}\b(?:{_ACT})"
    rf"|\b(?:{_ACT}).{{0,80}}\b(?:prohibited|forbidden|(?:not|un)\s?(?:permitted|allowed|authori[sz]ed)|unlawful|illegal|restricted)\b"
    rf"|\b(?:prohibits?|forbids?|unauthori[sz]ed|unlawful|illegal)\b.{{0,40}}\b(?:{_ACT})"
    rf"|\b(?:without|only with|only by|requires?|subject to)\b.{{0,60}}\b(?:{_LEAVE})",
    re.IGNORECASE,
)
_ACT_JA = "転載|複製|再配布|配布|複写|転用|再利用"
_FREE_JA = re.compile(
    rf"(?:禁(?:止|じ)|制限)[^、]{{0,6}}(?:ない|ません|なし)|許[可諾](?:は|が)?(?:不要|必要(?:あり|な))|(?:{_ACT_JA})[^、]{{0,6}}(?:自由|(?<![不許])可(?!否)|でき(?!ま?せん|ない))"
)
_FORBIDDEN_JA = re.compile(
    rf"禁無断|無断.{{0,12}}(?:{_ACT_JA}|使用|利用|引用)"
    rf"|(?:{_ACT_JA}).{{0,16}}(?:禁|不可|できま?せん|できない|お断り|遠慮|認め(?:ない|ま?せん|られ)|許[可諾]が必要|しないで)"
)


@lru_cache(maxsize=1024)
def forbids(notice: str) -> bool:
    """Whether a notice forbids to pass on what it stands on, in one of its clauses."""
    return any(_forbids(clause) for clause in _CLAUSE.split(notice))


def _forbids(clause: str) -> bool:
    if _NOTHING_MAY.search(clause):
        return True
    english = _FORBIDDEN.search(clause) and not _FREE.search(clause)
    return bool(english or (_FORBIDDEN_JA.search(clause) and not _FREE_JA.search(clause)))
