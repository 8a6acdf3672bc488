"""The agency that a text is credited to, where nobody has noted it: in its authors, its publisher, or marks in the text.

Agencies are known by the names that a list gives them (``resources/intake/agencies.json``); each way of writing one
leads to the name that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefer.domain.sources import Source

Agencies = Mapping[str, str]
"""The shown name of each agency by each way of writing it."""

_OPENING, _CLOSING = 200, 60
_CREDIT = re.compile(
    r"[\[［【〔（(](?:[^\]］】〕）()(]{0,12}[=＝・])?(?P<name>[^\]］】〕）()(]{2,40})[\]］】〕）)]"
)
_DATELINE = re.compile(r"\s?(?:--|[-–—―:：])")
_BY = re.compile(
    r"^(?:by|source|from|via|出典|提供|配信)\s?[:：]?\s*|\s*(?:staff|correspondents?|特約|記者)$",
    re.IGNORECASE,
)
_END = re.compile(r"[\s.。]*")


def credited(text: str, agencies: Agencies) -> str:
    """Return the agency in brackets where a text begins or ends: «TOKYO (Reuters) —», 【共同】, (AFP=時事); empty for none.

    At the beginning letters of Latin script are an agency before a dash alone: «(AP)» is Andhra Pradesh, too.
    """
    for match in _CREDIT.finditer(text, 0, _OPENING):
        name = agencies.get(match["name"].strip())
        if name and (not match["name"].isascii() or _DATELINE.match(text, match.end())):
            return name
    for match in _CREDIT.finditer(text, max(len(text) - _CLOSING, 0)):
        name = agencies.get(match["name"].strip())
        if name and _END.fullmatch(text, match.end()):
            return name
    return ""


def agency_of(source: Source, agencies: Agencies) -> str:
    """Return the agency that a source is noted to come from, is, or has among its authors; empty for none."""
    if source.wire:
        return agencies.get(source.wire) or _noted(source.wire, agencies)
    names = filter(None, (source.publisher, *source.authors))
    found = (
        agencies.get(name) or agencies.get(_BY.sub("", name)) or _in_brackets(name, agencies)
        for name in names
    )
    return next(filter(None, found), "")


def _noted(wire: str, agencies: Agencies) -> str:
    """Return the agency that a person has noted in small or large letters; itself where the list has none."""
    typed = wire.strip()
    return next(
        (shown for written, shown in agencies.items() if written.casefold() == typed.casefold()), typed
    )


def _in_brackets(author: str, agencies: Agencies) -> str:
    """Return the agency beside an author's name: «Jane Doe (Reuters)»."""
    match = _CREDIT.search(author)
    return agencies.get(match["name"].strip(), "") if match else ""
