"""The ``time`` elements of a page and whatever it marks as the day of publication."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from briefer.domain.dates import Dating
from briefer.domain.sources import How
from briefer.domain.spans import fold
from briefer.intake.facts.claims import Claims
from briefer.intake.facts.dating import from_metadata

_MOST = 200
_DEEP = 12
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|widget|teaser|promo|trending|popular|latest|more-|next|carousel|footer|disqus"
    r"|headline-list|river|feed",
    re.IGNORECASE,
)
_OF_PUBLICATION = re.compile(
    r"publi[sc]|entry-date|post-?date|posted|article-?date|dateline|the-time|pubdate", re.IGNORECASE
)
_OF_UPDATE = re.compile(r"updat|modif|revis", re.IGNORECASE)
_ASIDE = frozenset(["aside", "footer", "nav", "li"])


def claim_times(claims: Claims, tree: HtmlElement) -> None:
    """Claim the day of the first element that is marked as the publication's, or of the only day there is."""
    marked: list[Dating] = []
    plain: list[Dating] = []
    for count, element in enumerate(tree.iterfind(".//*[@itemprop='datePublished']")):
        if count < _MOST and element.tag != "meta" and not _elsewhere(element) and (day := _day(element)):
            marked.append(day)
    for count, element in enumerate(tree.iter("time")):
        if count >= _MOST:
            break
        if _elsewhere(element) or (day := _day(element)) is None:
            continue
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''} {_outer(element)}"
        if element.get("pubdate") is not None or _OF_PUBLICATION.search(named):
            marked.append(day)
        elif not _OF_UPDATE.search(named):
            plain.append(day)
    if marked:
        claims.add("published", marked[0], How.STATED, 0.85, "time element")
    elif plain and len({day.value for day in plain}) == 1:
        claims.add("published", plain[0], How.STATED, 0.7, "time element")


def _outer(element: HtmlElement) -> str:
    outer = element.getparent()
    return str(outer.get("class") or "") if outer is not None else ""


def _day(element: HtmlElement) -> Dating | None:
    for written in (element.get("datetime"), element.get("content"), element.text_content()):
        dating = from_metadata(fold(written)[:80]) if written else None
        if dating and len(dating.value or "") == 10:
            return dating
    return None


def _elsewhere(element: HtmlElement) -> bool:
    """Whether the element belongs to a comment, another story or a list."""
    outer: HtmlElement | None = element
    for _ in range(_DEEP):
        if outer is None or outer.tag in {"body", "main"}:
            return False
        named = f"{outer.get('id') or ''} {outer.get('class') or ''}"
        if outer.tag in _ASIDE or (outer.tag != "time" and len(named) < 200 and _ELSEWHERE.search(named)):
            return True
        outer = outer.getparent()
    return False
