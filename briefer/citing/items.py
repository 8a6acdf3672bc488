"""Sources and cites as the citation processor takes them.

The conventions of the style win for all that CSL has variables for. What was reproduced elsewhere names its
publisher as the periodical, and the place of reproduction in words beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from briefer.citing.short_titles import short_title
from briefer.citing.wording import clean
from briefer.domain.characters import has_cjk
from briefer.domain.csl import csl_of
from briefer.domain.hashing import text_sha256
from briefer.domain.kana import reading_of
from briefer.domain.source_groups import source_group
from briefer.domain.sources import Source
from briefer.services.ports import Cite

GROUP: Final = "briefer-group"
"""Variable of items that names their :class:`briefer.domain.source_groups.SourceGroup`."""

READINGS: Final = "ja-Hrkt"
"""BCP 47 tag of the readings by which Japanese sources are sorted."""

# In these the container is the work that the text is part of, not a place where it was reproduced.
_PARTS: Final = frozenset(
    {"article-journal", "chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
_PERIODICALS: Final = frozenset(
    {"article", "article-magazine", "article-newspaper", "broadcast", "post", "post-weblog", "webpage"}
)
# In quotation marks only as part of something: without a name of that, styles set the title like a book's.
_ARTICLES: Final = frozenset({"article", "article-magazine", "article-newspaper", "post-weblog"})
_LEGAL: Final = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
# CSL's event is what a work was made for; the day that a newspaper writes about is no date of the newspaper's.
_WITH_EVENTS: Final = frozenset(
    {"document", "event", "hearing", "interview", "paper-conference", "performance", "speech", "treaty"}
)
# Words that give a date to whoever reads the citation; «13 hours ago» does not.
_DATE: Final = re.compile(r"\d{4}|\d\s*[./月-]\s*\d|(?:昭和|平成|令和)")
_OPENING: Final = frozenset(",.;:!?)]}、。；：）」』”’")


@dataclass(frozen=True)
class CitedSource:
    """A source with its item; ``container`` is where it was reproduced, or empty."""

    source: Source
    item: dict[str, Any]
    container: str

    @cached_property
    def id(self) -> str:
        """The id of the item, another one for each state of the source."""
        return str(self.item["id"])


def cited_source(source: Source, *, numeric: bool = False) -> CitedSource:
    """Return the source with its CSL-JSON item, for a style that cites by numbers or another one."""
    source = replace(source, authors=tuple(author for author in source.authors if clean(author)))
    container, publisher = clean(source.container), clean(source.publisher)
    reproduced = container if container != publisher and source.kind not in _PARTS else ""
    item: dict[str, Any] = {key: _cleaned(value) for key, value in csl_of(source).items()}
    item.pop("custom", None)
    if source.kind not in _WITH_EVENTS:
        item.pop("event-date", None)
    if not source.published.value and not _DATE.search(source.published.as_written or ""):
        item.pop("issued", None)
    if "issued" not in item and "event-date" in item:
        # A speech is dated by the day it was held, a treaty or statement by that of its signature.
        item["issued"] = item.pop("event-date")
    if reproduced and publisher:
        item["container-title"] = publisher
    if source.kind in _PERIODICALS and item.get("container-title") == publisher:
        item.pop("publisher", None)
    if [clean(author) for author in source.authors] == [publisher]:
        item.pop("publisher", None)
    if not publisher and reproduced and source.kind in _PERIODICALS:
        # The only name that the text bears; saying twice where it stood would help nobody.
        reproduced = ""
    _shorten_title(item, source)
    _quote_title(item, source, numeric=numeric)
    if url := item.get("URL"):
        item["URL"] = str(url).replace('"', "%22").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    if reading := clean(reading_of(source)):
        _read_as(item, reading)
    item[GROUP] = source_group(source).value
    return CitedSource(source, _identified(item, source), reproduced)


def _quote_title(item: dict[str, Any], source: Source, *, numeric: bool) -> None:
    """Give an article without a periodical a type whose title stands in quotation marks.

    Some styles tell no date of a document, others not of a web page that there is none. Styles by numbers, which set
    all titles alike, tell neither of web pages: they keep the type.
    """
    if not numeric and source.kind in _ARTICLES and not item.get("container-title"):
        item["type"] = "webpage" if "issued" in item else "document"


def _shorten_title(item: dict[str, Any], source: Source) -> None:
    """Give an item a short title where it has none."""
    named = item.get("title-short") or item.get("shortTitle") or source.kind in _LEGAL
    if not named and (short := short_title(str(item.get("title", "")))):
        item["title-short"] = short


def spelled_out(cited: CitedSource) -> CitedSource:
    """Return the source without a short title that Briefer made: another source has the same."""
    csl = csl_of(cited.source)
    if "title-short" in csl or "title-short" not in cited.item:
        return cited
    item = {key: value for key, value in cited.item.items() if key != "title-short"}
    return replace(cited, item=_identified(item, cited.source))


def _identified(item: dict[str, Any], source: Source) -> dict[str, Any]:
    """Return an item with an id of its own for each state of the source."""
    item = item | {"id": source.id}
    written = json.dumps(item, sort_keys=True, ensure_ascii=True)
    return item | {"id": f"{source.id}-{text_sha256(written)[:12]}"}


def cite_item(
    cite: Cite,
    item_id: str,
    *,
    capital: bool,
    place: str = "",
    added: tuple[str, ...] = (),
    closing: str = "",
) -> dict[str, object]:
    """Return a cite as the processor takes it.

    ``capital`` is whether it begins a note; ``place`` is the locator in words, for styles that have none;
    ``added`` are words that follow it, warnings in brackets first; ``closing`` is the full stop that the style
    sets behind each cite, so that what follows has to be a sentence by itself.
    """
    found: dict[str, object] = {"id": item_id}
    if (locator := clean(cite.locator)) and not place:
        found |= {"locator": locator, "label": cite.label}
    if prefix := clean(cite.prefix):
        prefix = prefix[:1].upper() + prefix[1:] if capital else prefix
        found["prefix"] = prefix if has_cjk(prefix[-1]) else f"{prefix} "
    suffix = _joined(place, clean(cite.suffix).lstrip(" ,、"), *added)
    if suffix:
        found["suffix"] = suffix.lstrip(" ,、") + closing if closing else suffix
    return found


def _joined(*words: str) -> str:
    """Return what follows a cite: commas before words, blanks before brackets."""
    text = ""
    for part in words:
        if not part:
            continue
        if part[0] in _OPENING or part[0] == "（":
            text += part
        elif part[0] == "(":
            text += f" {part}"
        else:
            text += f"、{part}" if has_cjk(part[-1]) else f", {part}"
    return text


def _cleaned(value: object) -> object:
    """Return plain data with every text on one line, and without what XML forbids."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return value


def _read_as(item: dict[str, Any], reading: str) -> None:
    """Sort ``item`` by ``reading``: that of its first author, or of its title where nobody is named."""
    if item.get("author"):
        first = item["author"][0]
        first["multi"] = {"_key": {READINGS: {"literal": reading}}}
    else:
        item["multi"] = {"_keys": {"title": {READINGS: reading}}}
