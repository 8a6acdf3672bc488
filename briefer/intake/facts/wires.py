"""Which news agency a text came from: told by its dateline, its byline, or the mark at its end."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from briefer.domain.sources import How
from briefer.intake.facts.claims import Claims
from briefer.intake.pasted.words import load

_DATELINE = 140
_MARK = 60
_PLACE = r"[A-ZÀ-Ý][\w.'’-]*(?:[ /-][A-ZÀ-Ý][\w.'’-]*){0,4}(?:,\s[A-ZÀ-Ý][\w. ]{1,20})?"
_DAY = r"(?:,?\s(?:\d{1,2}\.?\s\w{3,9}\.?|\w{3,9}\.?\s\d{1,2})(?:,?\s\d{4})?)?"
# An agency that the list does not have, by the word in its name that says what it is.
_UNLISTED = re.compile(
    rf"^(?:{_PLACE}|[A-ZÀ-Ý][A-ZÀ-Ý .,'’-]{{2,40}}?){_DAY}\s?"
    r"[(](?P<name>[A-ZÀ-Ý][\w.’'&-]*(?: [\w.’'&-]+){0,4} (?:News Agency|Press Agency|News Service|Newswire|Wire Service|Agency))"
    r"[)]\s?(?:--|[-–—―:])"
    r"|^[\[［【〔（(](?:[^\]］】〕）)]{1,12}[\s　＝=・])?(?P<wide>[^\]］】〕）)\s　＝=・]{2,12}通信社?)[\]］】〕）)]"
)


@functools.cache
def _agencies() -> dict[str, str]:
    """Return the shown name of each agency by each way of writing it."""
    return {
        written: name for name, forms in load("agencies")["agencies"].items() for written in (name, *forms)
    }


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, _agencies()), key=len, reverse=True))
    opening = re.compile(
        # TOKYO, Dec. 17 (Reuters) -   |   (ANSA) - ROMA, 17 DIC -   |   [ロイター] or 【共同】 at the start
        rf"^(?:{_PLACE}{_DAY}\s?)?[(（](?P<a>{names})(?:[/／][^)）]{{1,40}})?[)）]\s?(?:--|[-–—―:：.])"
        rf"|^[A-ZÀ-Ý][A-ZÀ-Ý .,'’-]+{_DAY}\s?[(（](?P<f>{names})[)）]\s"
        rf"|^(?P<b>{names})\s(?:--|[-–—])\s"
        rf"|^[\[［【〔（(]?[^\]］】〕\s]{{0,12}}[\s　]?(?:\d{{1,2}}日)?[\s　]?(?P<c>{names})[\]］】〕）)]"
        rf"|^[A-ZÀ-Ý][A-ZÀ-Ý .,'’-]{{2,40}}(?:,\s[^,]{{2,20}})?\s[-–—]\s(?P<d>{names})\s[-–—]\s"
        rf"|^【[^】]{{1,20}}[＝=・\s　](?P<e>{names})】"
    )
    closing = re.compile(rf"(?:^|[.。!?”」\s])[\[［【〔（(](?:c\)\s?)?(?P<a>{names})[\]］】〕）)]\s*$")
    alone = re.compile(
        rf"^(?:(?:by|source|from|via|von|par|出典|提供|配信)\s?[:：]?\s*)?(?P<a>{names})$", re.IGNORECASE
    )
    return opening, closing, alone


def agency(name: str | None) -> str | None:
    """Return the shown name of the agency that ``name`` is, or None."""
    match = _patterns()[2].match(name.strip()) if name else None
    return _named(match) if match else None


def _named(match: re.Match[str]) -> str | None:
    written = next(group for group in match.groupdict().values() if group)
    known = _agencies().get(written)
    # A byline may be in capitals; two or three letters of small case are words of some language.
    return known or (_folded().get(written.casefold()) if len(written) > 4 else None)


@functools.cache
def _folded() -> dict[str, str]:
    return {written.casefold(): name for written, name in _agencies().items()}


def claim_wire(claims: Claims, body: Sequence[str], notices: Sequence[str]) -> None:
    """Claim the agency of a text. ``notices`` are bylines and notices of rights, outside the body."""
    opening, closing, _ = _patterns()
    for paragraph in body[:2]:
        match = opening.match(paragraph[:_DATELINE])
        if match and (name := _named(match)):
            claims.add("wire", name, How.WRITTEN, 0.9, "dateline")
        elif match := _UNLISTED.match(paragraph[:_DATELINE]):
            claims.add("wire", match["name"] or match["wide"], How.WRITTEN, 0.7, "dateline")
    for paragraph in body[-2:]:
        match = closing.search(paragraph[-_MARK:])
        if match and (name := _named(match)):
            claims.add("wire", name, How.WRITTEN, 0.9, "end of the text")
    for notice in notices:
        for part in re.split(r",\s|\s[|·•]\s|\s+[-–—]\s+", notice):
            if name := agency(part):
                claims.add("wire", name, How.WRITTEN, 0.75, "byline")
