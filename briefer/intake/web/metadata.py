"""What a page states about itself for machines: JSON-LD, meta elements, title."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from briefer.domain.sources import How
from briefer.intake.facts.claims import Claims, letters, tidy
from briefer.intake.facts.dating import from_metadata
from briefer.intake.facts.kinds import schema_kind
from briefer.intake.facts.origins import Origin, archived, web_address
from briefer.intake.facts.times import claim_times
from briefer.intake.facts.titles import Stated, alike, claim_title, without_site
from briefer.intake.facts.wires import agency

_LARGEST = 1_000_000
_MOST_NODES = 2000
_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|Report|LiveBlogPosting|PressRelease|ClaimReview|SocialMediaPosting|ScholarlyArticle)$"
)
_CONTROL = re.compile(r"[\x00-\x1f]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_URL_NAME = re.compile(r"^(?:https?:)?//|^www\.|@|^[\w-]+(?:\.[\w-]+)*\.(?:html?|php)$")
_NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "webmaster",
        "guest",
        "author",
        "user",
        "root",
        "unknown",
        "none",
        "staff",
        "editor",
        "n/a",
    ]
)
_TITLES = (
    ("citation_title", 0.88), ("og:title", 0.8), ("dc.title", 0.75), ("dcterms.title", 0.75), ("twitter:title", 0.7),
    ("parsely-title", 0.7), ("sailthru.title", 0.7),
)  # fmt: skip
_SITES = (
    ("citation_publisher", 0.9), ("og:site_name", 0.88), ("dc.publisher", 0.8), ("dcterms.publisher", 0.8),
    ("application-name", 0.6), ("publisher", 0.55), ("apple-mobile-web-app-title", 0.4),
)  # fmt: skip
_AUTHORS = (
    "citation_author", "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl",
)  # fmt: skip
_DATES = (
    ("article:published_time", 0.9), ("article:published", 0.9), ("article.published", 0.88), ("datepublished", 0.88),
    ("og:published_time", 0.88), ("citation_publication_date", 0.88), ("citation_online_date", 0.85),
    ("citation_date", 0.85), ("dcterms.issued", 0.85), ("dc.date.issued", 0.85), ("parsely-pub-date", 0.85),
    ("rnews:datepublished", 0.85), ("sailthru.date", 0.85), ("og:pubdate", 0.85), ("pubdate", 0.85), ("pdate", 0.85),
    ("article_date_original", 0.85), ("dcsext.articlefirstpublished", 0.85), ("publish-date", 0.85),
    ("publishdate", 0.85), ("publish_date", 0.85), ("publication_date", 0.85), ("published", 0.8),
    ("cxenseparse:recs:publishtime", 0.8), ("bt:pubdate", 0.8), ("dc.date", 0.75), ("dcterms.date", 0.75),
    ("dc.date.created", 0.7), ("dcterms.created", 0.7), ("date", 0.7), ("datecreated", 0.6),
)  # fmt: skip
_RIGHTS = ("dcterms.rights", "dc.rights", "copyright", "rights")
_PAPERS = (
    ("citation_journal_title", "article-journal"), ("citation_conference_title", "paper-conference"),
    ("citation_technical_report_institution", "report"), ("citation_dissertation_institution", "thesis"),
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What a page states: its claims, the region of its language ("US"), and variables of CSL beyond the fields."""

    claims: Claims
    region: str = ""
    extra: dict[str, object] = field(default_factory=dict)


def read_metadata(
    tree: HtmlElement, json_ld: Iterable[str], origin: Origin, shown: Mapping[str, str]
) -> Page:
    """Return what the page states. ``shown`` are the texts of its blocks by their letters."""
    claims = Claims()
    metas = _metas(tree)
    nodes = list(_nodes(json_ld))
    page = _text(tree.findtext(".//title"))
    article = _own_article(nodes, [t for t in (_first(metas, ("og:title",)), page) if t])
    extra = _claim_address(claims, tree, metas, article, origin)
    sites = _claim_publisher(claims, metas, article, nodes)
    headings = [text for h in tree.iter("h1") if (text := _text(h.text_content()))]
    stated, suffix = _titles(metas, article, page, sites, shown)
    claim_title(claims, stated, headings, shown)
    if suffix:
        claims.add("publisher", suffix, How.STATED, 0.7, "title of the page")
    _claim_authors(claims, metas, article)
    _claim_dates(claims, metas, article, nodes)
    claim_times(claims, tree)
    _claim_rights(claims, tree, metas, article)
    _claim_kind(claims, metas, article)
    language, region = _language(tree, article, metas)
    claims.add("language", language, How.STATED, 0.7, "lang")
    return Page(claims, region, extra)


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
    # Twice, since some pages escape what is escaped already.
    return tidy(_TAG.sub("", html.unescape(html.unescape(value[:4000])))[:1000]) or None


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


def _types(node: Mapping[str, object]) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [k.rpartition("/")[2] for k in kinds if isinstance(k, str)]


def _own_article(nodes: Sequence[Mapping[str, object]], titles: Sequence[str]) -> Mapping[str, object]:
    """Return the article that the page is about: of several, the one whose headline is the page's title."""
    found = [n for n in nodes if any(_ARTICLE.search(kind) for kind in _types(n))]
    if not found:
        return {}
    scores = [max((alike(_text(n.get("headline")) or "", t) for t in titles), default=0.0) for n in found]
    best = max(scores)
    if best == 0.0:
        plain = [n for n in found if "ClaimReview" not in _types(n)]
        # Several strangers: a list of other stories.
        return (plain or found)[0] if len(plain or found) == 1 or not titles else {}
    return found[scores.index(best)]


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    name = _text(value)
    return name if name and not _URL_NAME.search(name) and len(name) <= 120 else None


def _claim_publisher(
    claims: Claims,
    metas: Mapping[str, list[str]],
    article: Mapping[str, object],
    nodes: Sequence[Mapping[str, object]],
) -> list[str]:
    """Claim who publishes the page and whom it has the text from; return all names of the site."""
    found = [(name, _site_name(metas[name][0]), sure) for name, sure in _SITES if name in metas]
    sites = [(where, site, sure) for where, site, sure in found if site and not _URL_NAME.search(site)]
    named = _name(article.get("publisher"))
    site = next((site for where, site, _ in sites if where == "og:site_name"), None)
    if named and site and letters(named) != letters(site) and (wire := agency(named)):
        claims.add("wire", wire, How.STATED, 0.85, "JSON-LD publisher")
    else:
        claims.add("publisher", named, How.STATED, 0.86, "JSON-LD publisher")
    for where, name, sure in sites:
        # Without a capital, or of two letters, it is the site's name for a part of itself ("usatoday", "U.S.").
        plain = name == name.lower() and name.isascii()
        claims.add("publisher", name, How.STATED, sure - 0.25 * (plain or len(letters(name)) < 3), where)
    origin = _name(article.get("sourceOrganization"))
    publisher = site or named
    if origin and publisher and letters(origin) != letters(publisher):
        if wire := agency(origin):
            claims.add("wire", wire, How.STATED, 0.9, "JSON-LD sourceOrganization")
        else:
            claims.drop("publisher")
            claims.add("publisher", origin, How.STATED, 0.85, "JSON-LD sourceOrganization")
            claims.add(
                "container", publisher, How.STATED, 0.85, "og:site_name" if site else "JSON-LD publisher"
            )
    own = [_name(n) for n in nodes if "WebSite" in _types(n) or "Organization" in _types(n)]
    whole = [metas["og:site_name"][0]] if "og:site_name" in metas else []
    return [name for name in (named, *(s for _, s, _ in sites), *own, *whole) if name]


def _site_name(name: str) -> str:
    """Return a site's name without the motto that follows it."""
    parts = re.split(r"\s+[|–—-]\s+|\s?[｜]\s?", name)
    return parts[0] if len(parts) > 1 and len(parts[0]) > 2 else name


def _titles(
    metas: Mapping[str, list[str]],
    article: Mapping[str, object],
    page: str | None,
    sites: Sequence[str],
    shown: Mapping[str, str],
) -> tuple[list[Stated], str | None]:
    """Return the stated titles without the site's name, and the name that only the title element gives."""
    raw = [("JSON-LD headline", _text(article.get("headline")) or _text(article.get("name")), 0.82)]
    raw += [(name, metas[name][0], sure) for name, sure in _TITLES if name in metas]
    raw.append(("title of the page", page, 0.6))
    suffix = None
    stated: list[Stated] = []
    for where, text, sure in raw:
        if text:
            title, cut = without_site(text, sites, shown)
            suffix = cut if where == "title of the page" else suffix
            if letters(title):
                stated.append(Stated(title, where, sure))
    return stated, suffix


def _claim_authors(claims: Claims, metas: Mapping[str, list[str]], article: Mapping[str, object]) -> None:
    value = article.get("author")
    values = value if isinstance(value, list) else [value]
    _claim_names(claims, (n for v in values if (n := _name(v))), 0.9, "JSON-LD author")
    for name in _AUTHORS:
        if name in metas:
            stated = (v for v in metas[name] if not _URL_NAME.search(v))
            _claim_names(claims, stated, 0.85 if name != "byl" else 0.8, name)


def _claim_names(claims: Claims, found: Iterable[str], sure: float, where: str) -> None:
    """Claim authors; an agency among them is where the text came from, and the site itself is no author."""
    publishers = {letters(str(claim.value)) for claim in claims.of("publisher")}
    names: list[str] = []
    for name in persons(found):
        if wire := agency(name):
            claims.add("wire", wire, How.STATED, sure - 0.1, where)
        elif letters(name) not in publishers:
            names.append(name)
    claims.add("authors", tuple(names[:10]), How.STATED, sure, where)


def persons(found: Iterable[str]) -> list[str]:
    """Return the names in bylines, without "By" and what follows a comma in them (an office, a paper)."""
    names: list[str] = []
    for text in found:
        cleaned = re.sub(
            r"^(?:(?:analysis|opinion|review|story|text|words)\s+)?by\s+", "", text, flags=re.IGNORECASE
        )
        parts = (
            re.split(r"\s+(?:and|und|et)\s+|\s*;\s*|、|，|\s+\|\s+", cleaned) if len(cleaned) < 200 else []
        )
        for part in (_without_office(p).strip(" ,.") for p in parts):
            if 2 <= len(part) <= 80 and part.casefold() not in _NOBODY and part not in names:
                names.append(part)
    return names


def _without_office(name: str) -> str:
    head, comma, tail = name.partition(",")
    # "Winterbourne, Ada" has one word before the comma; "Ada Winterbourne, Staff writer" has two.
    return head if comma and " " in head.strip() and tail.strip() else name


def _claim_dates(
    claims: Claims,
    metas: Mapping[str, list[str]],
    article: Mapping[str, object],
    nodes: Sequence[Mapping[str, object]],
) -> None:
    pages = [n for n in nodes if n is not article and "WebPage" in _types(n)]
    stated = [(article.get("datePublished"), 0.93, "JSON-LD datePublished")]
    stated += [(n.get("datePublished"), 0.85, "JSON-LD datePublished") for n in pages]
    stated += [(metas[name][0], sure, name) for name, sure in _DATES if name in metas]
    for written, sure, where in stated:
        dating = from_metadata(written) if isinstance(written, str) else None
        if dating and dating.value:
            claims.add(
                "published", dating, How.STATED, sure * (0.9 if len(dating.value) < 10 else 1.0), where
            )


def _claim_address(
    claims: Claims,
    tree: HtmlElement,
    metas: Mapping[str, list[str]],
    article: Mapping[str, object],
    origin: Origin,
) -> dict[str, object]:
    """Claim the page's address and the day of its saving; return what a web archive adds."""
    base = next((web_address(b.get("href")) for b in tree.iter("base")), None) or origin.url
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    canonical = next((url for link in links if (url := web_address(link.get("href"), base))), None)
    entity = article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    kept = next((a for url in (origin.url, base, canonical) if url and (a := archived(url))), None)
    for url, sure, where in (
        (canonical, 0.95, "canonical link"),
        (web_address(_first(metas, ("og:url",)), base), 0.9, "og:url"),
        (origin.url, 0.9, "comment of the saved page"),
        (kept.url if kept else None, 0.85, "address in the archive"),
        (web_address(entity if isinstance(entity, str) else None), 0.8, "JSON-LD"),
        (web_address(_text(article.get("url"))), 0.75, "JSON-LD"),
    ):
        inner = archived(url) if url else None
        claims.add("url", inner.url if inner else url, How.STATED, sure, where)
    day = origin.day or (kept.day if kept else None)
    claims.add(
        "accessed",
        day,
        How.STATED,
        0.95,
        "comment of the saved page" if origin.day else "address in the archive",
    )
    address = next((url for url in (origin.url, base, canonical) if url and archived(url)), None)
    return {"archive": kept.archive, "archive_location": address} if kept else {}


def _claim_rights(
    claims: Claims, tree: HtmlElement, metas: Mapping[str, list[str]], article: Mapping[str, object]
) -> None:
    claims.add("rights", _text(article.get("copyrightNotice")), How.STATED, 0.85, "JSON-LD copyrightNotice")
    licence = next((a for a in tree.iter("link", "a") if (a.get("rel") or "").lower() == "license"), None)
    if licence is not None:
        words = _text(licence.text_content()) or licence.get("title") or licence.get("href")
        claims.add("rights", words and words[:400], How.STATED, 0.8, "licence link")
    named = next((name for name in _RIGHTS if name in metas), None)
    if named and not _URL_NAME.search(metas[named][0]):
        claims.add("rights", metas[named][0][:400], How.STATED, 0.75, named)


def _claim_kind(claims: Claims, metas: Mapping[str, list[str]], article: Mapping[str, object]) -> None:
    for name, kind in _PAPERS:
        if name in metas:
            claims.add("kind", (kind, ""), How.STATED, 0.9, name)
    if found := schema_kind(_types(article)):
        claims.add("kind", found, How.STATED, 0.7, "JSON-LD type")
    elif metas.get("og:type", [""])[0].lower() in {"article", "news.article"}:
        claims.add("kind", ("article-newspaper", ""), How.STATED, 0.6, "og:type")
    else:
        claims.add("kind", ("webpage", ""), How.INFERRED, 0.6, "a web page")


def _language(
    tree: HtmlElement, article: Mapping[str, object], metas: Mapping[str, list[str]]
) -> tuple[str, str]:
    """Return the language of the page and its region, or nothing for either."""
    places = (tree.get("lang"), tree.get("xml:lang"), article.get("inLanguage"))
    stated = [v for v in (*places, _first(metas, ("og:locale", "content-language", "language"))) if v]
    matches = [
        re.match(r"([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])", v) for v in stated if isinstance(v, str)
    ]
    known = [m for m in matches if m]
    language = known[0][1].lower() if known else ""
    region = next((m[2].upper() for m in known if m[2] and m[1].lower() == language), "")
    return language, region
