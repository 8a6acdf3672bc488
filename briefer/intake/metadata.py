"""What a page states about itself for machines: JSON-LD, meta elements, title."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from briefer.domain.dates import UNDATED, Dating
from briefer.domain.spans import fold
from briefer.intake.dating import from_metadata

_LARGEST = 1_000_000
_MOST_NODES = 2000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|PressRelease)$")
_CONTROL = re.compile(r"[\x00-\x1f]")
_TITLE_CUT = re.compile(r"\s+[|–—:·»-]\s+|\s?[｜]\s?")
_TAG = re.compile(r"<[^<>]{0,200}>")
_URL_NAME = re.compile(r"^(?:https?:)?//|^www\.|@")
_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title")
_SITES = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "application-name")
_AUTHORS = (
    "citation_author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
)
_DATES = (
    "article:published_time",
    "og:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publishdate",
    "date",
)


@dataclass(frozen=True)
class Stated:
    """What a page says of itself; None and empty where it says nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    container: str | None = None
    published: Dating = UNDATED
    url: str | None = None
    language: str = ""
    news: bool = False


def read_metadata(tree: HtmlElement, json_ld: Iterable[str]) -> Stated:
    """Return what the page states, JSON-LD before meta elements before the title element."""
    metas = _metas(tree)
    article = next((n for n in _nodes(json_ld) if _is_article(n)), {})
    heading = _only_heading(tree)
    page = _text(tree.findtext(".//title"))
    site = _first(metas, _SITES)
    named = _name(article.get("publisher"))
    title = _text(article.get("headline")) or _first(metas, _TITLES) or heading
    title, suffix = _without_site(title, page, heading, site or named)
    publisher = site or named or suffix
    origin = _name(article.get("sourceOrganization"))
    reproduced = origin and publisher and origin.casefold() != publisher.casefold()
    return Stated(
        title=title,
        authors=_authors(article.get("author")) or _meta_authors(metas),
        publisher=origin if reproduced else publisher,
        container=publisher if reproduced else None,
        published=_date(article, metas),
        url=_url(tree, metas),
        language=_language(tree, article, metas),
        news=bool(article) or metas.get("og:type") == ["article"],
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = _text(meta.get("content"))
        if name and content and len(found) < _MOST_NODES:
            found.setdefault(name, []).append(content)
    return found


def _first(metas: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    return next((metas[n][0] for n in names if n in metas), None)


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return fold(_TAG.sub("", html.unescape(value))[:1000]) or None


def _nodes(sources: Iterable[str]) -> Iterator[Mapping[str, object]]:
    """Yield the objects of the page's JSON-LD, articles inside graphs included."""
    for source in sources:
        if len(source) > _LARGEST:
            continue
        try:
            # Line breaks inside strings are common in the wild.
            todo: list[object] = [json.loads(_CONTROL.sub(" ", source))]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while todo and seen < _MOST_NODES:
            node = todo.pop(0)
            seen += 1
            if isinstance(node, list):
                todo += node
            elif isinstance(node, dict):
                yield node
                todo += [node[k] for k in ("@graph", "mainEntity", "itemListElement") if k in node]


def _is_article(node: Mapping[str, object]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    name = _text(value)
    return name if name and not _URL_NAME.search(name) else None


def _authors(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return _persons(name for v in values if (name := _name(v)))


def _meta_authors(metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    values = next((metas[n] for n in _AUTHORS if n in metas), [])
    return _persons(v for v in values if not _URL_NAME.search(v))


def _persons(found: Iterable[str]) -> tuple[str, ...]:
    names: list[str] = []
    for text in found:
        cleaned = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
        parts = re.split(r"\s+and\s+|\s*;\s*|、|，", cleaned) if len(cleaned) < 200 else []
        for part in (p.strip(" ,.") for p in parts):
            if 2 <= len(part) <= 80 and part not in names:
                names.append(part)
    return tuple(names[:10])


def _date(article: Mapping[str, object], metas: Mapping[str, list[str]]) -> Dating:
    written = article.get("datePublished")
    dating = from_metadata(written) if isinstance(written, str) else UNDATED
    for name in _DATES:
        if dating.value is None and name in metas:
            dating = from_metadata(metas[name][0])
    return dating if dating.value else UNDATED


def _url(tree: HtmlElement, metas: Mapping[str, list[str]]) -> str | None:
    for link in tree.iter("link"):
        href = (link.get("href") or "").strip()
        if (link.get("rel") or "").lower() == "canonical" and href.startswith(("http://", "https://")):
            return href[:2000]
    url = _first(metas, ("og:url",))
    return url if url and url.startswith(("http://", "https://")) else None


def _language(tree: HtmlElement, article: Mapping[str, object], metas: Mapping[str, list[str]]) -> str:
    stated = (
        tree.get("lang")
        or article.get("inLanguage")
        or _first(metas, ("og:locale", "content-language", "language"))
    )
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", stated) if isinstance(stated, str) else None
    return match[0].lower() if match else ""


def _only_heading(tree: HtmlElement) -> str | None:
    texts = [text for h in tree.iter("h1") if (text := _text(h.text_content()))]
    return texts[0] if len(set(texts)) == 1 else None


def _without_site(
    title: str | None, page: str | None, heading: str | None, site: str | None
) -> tuple[str | None, str | None]:
    """Return the title without the site's name, and the name when only the title element gives it.

    A title element "title | site" names the site only if its first part stands on the page by itself.
    """
    parts = _TITLE_CUT.split(page) if page else []
    known = title or heading
    suffix = None
    if page and known and page.startswith(known) and len(parts) > 1 and len(page) > len(known) + 3:
        rest = page[len(known) :].strip(" |–—:·»｜-")
        suffix = rest if 2 < len(rest) <= 60 and rest == parts[-1].strip() else None
    if title is None and page:
        title = page
    if title and site:
        for part in _TITLE_CUT.split(title)[1:]:
            if part.casefold().strip() == site.casefold():
                title = title[: title.rfind(part)].rstrip(" |–—:·»｜-")
    return title, suffix
