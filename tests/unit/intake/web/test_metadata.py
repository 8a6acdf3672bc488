"""What a page states and shows of itself, and which of it is believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, How
from briefer.intake.web.html import read_html
from tests.unit.intake.test_text import BODY, TITLE
from tests.unit.intake.web.test_html import ARTICLE, page

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY)


def read(body: str = ARTICLE, head: str = "", html: str = '<html lang="en">') -> Capture:
    return read_html(page(body, head, html), "utf-8", NOW)


def ld(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(**names: str) -> str:
    return "".join(f'<meta property="{n.replace("_", ":", 1)}" content="{v}">' for n, v in names.items())


def test_each_fact_tells_how_it_became_known() -> None:
    capture = read(
        head=ld(
            **{"@type": "NewsArticle"},
            headline=TITLE,
            author=[{"name": "Ada Winterbourne"}],
            datePublished="2024-02-04T07:30:00+09:00",
        )
        + meta(og_title=f"{TITLE} | Coast Gazette", og_site_name="Coast Gazette")
        + '<link rel="canonical" href="https://example.org/2024/02/04/pilots">'
    )
    known = capture.known
    assert (known["title"].how, known["title"].where) == (How.WRITTEN, "heading of the page")
    assert (known["published"].how, known["published"].where) == (How.STATED, "JSON-LD datePublished")
    assert (known["authors"].how, known["authors"].where) == (How.STATED, "JSON-LD author")
    assert (known["publisher"].how, known["publisher"].where) == (How.STATED, "og:site_name")
    assert (known["url"].how, known["url"].where) == (How.STATED, "canonical link")
    assert (known["kind"].how, known["kind"].where) == (How.STATED, "JSON-LD type")
    assert (known["language"].how, capture.language) == (How.INFERRED, "en")
    assert all(0 < k.confidence <= 1 for k in known.values())
    assert known["published"].confidence > 0.9
    assert "event" not in known
    assert "wire" not in known


def test_what_nothing_tells_stays_unknown() -> None:
    capture = read()
    assert (capture.publisher, capture.authors, capture.url, capture.rights, capture.wire) == (
        None,
        (),
        None,
        None,
        None,
    )
    assert capture.published.value is None
    assert {"publisher", "authors", "published", "url", "rights"}.isdisjoint(capture.known)


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} - Coast Gazette</title>",
        f"<title>Coast Gazette: news</title>{meta(og_title='Opinion | ' + TITLE)}",
        meta(og_title=TITLE[:40] + "…"),
        meta(og_title=TITLE.upper()),
        ld(**{"@type": "NewsArticle"}, headline=f"{TITLE} &amp;mdash; Coast Gazette"),
    ],
)
def test_the_title_is_the_one_that_the_page_shows(head: str) -> None:
    capture = read(head=head)
    assert capture.title == TITLE
    assert capture.known["title"].how in {How.WRITTEN, How.STATED}


def test_a_heading_that_names_the_site_is_no_title() -> None:
    capture = read(
        f"<h1>Coast Gazette</h1><article><div>{TITLE}</div>{PARAGRAPHS}</article>",
        f"<title>{TITLE} | Coast Gazette</title>",
    )
    assert (capture.title, capture.publisher) == (TITLE, "Coast Gazette")


def test_a_stroke_inside_the_title_stays() -> None:
    title = "Harbour towns share pilots — and not everybody is glad"
    capture = read(
        f"<article>{PARAGRAPHS}</article>", meta(og_title=f"{title} - Gazette", og_site_name="Gazette")
    )
    assert capture.title == title


def test_other_stories_in_json_ld_are_not_this_one() -> None:
    others = [
        {"@type": "NewsArticle", "headline": f"Something else, number {n}", "datePublished": "2023-01-01"}
        for n in range(3)
    ]
    capture = read(head=meta(og_title=TITLE) + ld(**{"@graph": others}))
    assert (capture.title, capture.published.value) == (TITLE, None)


@pytest.mark.parametrize(
    ("stated", "shown", "value", "how"),
    [
        # A moment in UTC, shown in the evening of the day before, or on the next morning.
        ("2024-02-05T02:30:00Z", "February 4, 2024 9:30 pm", "2024-02-04", How.WRITTEN),
        ("2024-02-04T22:30:00+00:00", "2024年2月5日 7時30分", "2024-02-05", How.WRITTEN),
        # Another zone's own day is the day to cite, and a header's date of today is not the article's.
        ("2024-02-05T02:30:00+09:00", "February 4, 2024", "2024-02-05", How.STATED),
        ("2024-02-04T02:30:00Z", "February 5, 2024", "2024-02-04", How.STATED),
        ("2024-02-04T02:30:00Z", "February 20, 2024", "2024-02-04", How.STATED),
        ("2024-02-04", "Updated February 20, 2024", "2024-02-04", How.STATED),
    ],
)
def test_time_zones_never_shift_the_day(stated: str, shown: str, value: str, how: How) -> None:
    body = f"<article><h1>{TITLE}</h1><p>{shown}</p>{PARAGRAPHS}</article>"
    capture = read(body, meta(article_published_time=stated))
    assert (capture.published.value, capture.known["published"].how) == (value, how)


@pytest.mark.parametrize("nothing", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "soon", ""])
def test_dates_that_programs_put_for_none(nothing: str) -> None:
    assert read(head=meta(article_published_time=nothing)).published.value is None


def test_a_day_ahead_of_the_capture_is_hardly_believed() -> None:
    ahead = read(head=meta(article_published_time="2027-01-01"))
    assert (ahead.published.value, ahead.known["published"].confidence) == ("2027-01-01", 0.4)
    other = read(head=meta(article_published_time="2027-01-01", og_pubdate="2024-02-04"))
    assert other.published.value == "2024-02-04"


def test_a_change_is_no_publication() -> None:
    assert (
        read(head=meta(article_modified_time="2024-02-04", og_updated_time="2024-02-04")).published.value
        is None
    )
    capture = read(f"<article><h1>{TITLE}</h1><p>Updated: 4 February 2024</p>{PARAGRAPHS}</article>")
    assert (capture.published.value, capture.published.basis) == ("2024-02-04", Basis.INFERRED)
    assert capture.known["published"].confidence < 0.5


def test_the_day_in_the_address_is_inferred_and_bears_out_what_is_written() -> None:
    link = '<link rel="canonical" href="https://example.org/2024/02/04/pilots">'
    alone = read(head=link)
    assert (alone.published.value, alone.published.basis) == ("2024-02-04", Basis.INFERRED)
    assert alone.known["published"].where == "address"
    dated = f"<article><h1>{TITLE}</h1><p>February 4, 2024</p>{PARAGRAPHS}</article>"
    with_address, without = read(dated, link), read(dated)
    assert with_address.known["published"].confidence > without.known["published"].confidence
    month = read(head='<link rel="canonical" href="https://example.org/2024/02/pilots">')
    assert month.published.value == "2024-02"


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ('<time datetime="2024-02-04T10:00:00Z">2 days ago</time>', "2024-02-04"),
        (
            '<time class="published" datetime="2024-02-04">Sunday</time><time datetime="2024-02-09"></time>',
            "2024-02-04",
        ),
        ('<span itemprop="datePublished">4 February 2024</span>', "2024-02-04"),
        ('<time datetime="2024-02-04"></time><time datetime="2024-02-05"></time>', None),
        ('<div class="comments"><time itemprop="datePublished" datetime="2024-02-04"></time></div>', None),
        ('<time class="updated" datetime="2024-02-04"></time>', None),
    ],
)
def test_time_elements(element: str, value: str | None) -> None:
    assert read(f"<article><h1>{TITLE}</h1>{element}{PARAGRAPHS}</article>").published.value == value


@pytest.mark.parametrize(
    ("html", "link", "beside", "value"),
    [
        ("<html>", "", "", "2024"),
        ('<html lang="en-US">', "", "", "2024-03-04"),
        ('<html lang="en-GB">', "", "", "2024-04-03"),
        ("<html>", "https://example.co.uk/a", "", "2024-04-03"),
        ("<html>", "https://example.gov/a", "", "2024-03-04"),
        # Of 4 March and 3 April 2024 the one was a Monday, the other a Wednesday.
        ("<html>", "", "Monday, ", "2024-03-04"),
        ("<html>", "", "Wed ", "2024-04-03"),
    ],
)
def test_the_order_of_a_numeric_date(html: str, link: str, beside: str, value: str) -> None:
    body = f"<article><h1>{TITLE}</h1><p>{beside}03/04/2024</p>{PARAGRAPHS}</article>"
    capture = read(body, f'<link rel="canonical" href="{link}">' if link else "", html)
    assert (capture.published.value, capture.published.as_written) == (value, "03/04/2024")
    if value == "2024":
        assert capture.known["published"].confidence < 0.6


def test_the_order_of_other_dates_on_the_page_decides() -> None:
    body = f"<article><h1>{TITLE}</h1><p>03/04/2024</p>{PARAGRAPHS}</article><footer>Last week: 27/03/2024</footer>"
    assert read(body, html="<html>").published.value == "2024-04-03"


def test_a_weekday_that_does_not_fit_lowers_the_confidence() -> None:
    right = read(f"<article><h1>{TITLE}</h1><p>Sunday, 4 February 2024</p>{PARAGRAPHS}</article>")
    wrong = read(f"<article><h1>{TITLE}</h1><p>Tuesday, 4 February 2024</p>{PARAGRAPHS}</article>")
    assert right.published.value == wrong.published.value == "2024-02-04"
    assert wrong.known["published"].confidence < 0.5 < right.known["published"].confidence


def test_names_of_the_site() -> None:
    assert read(head=meta(og_site_name="https://www.example.org")).publisher is None
    assert read(head=meta(og_site_name="Coast Gazette | All about harbours")).publisher == "Coast Gazette"
    plain = meta(og_site_name="coastgazette") + ld(
        **{"@type": "NewsArticle"}, headline=TITLE, publisher={"name": "COAST GAZETTE"}
    )
    assert read(head=plain).publisher == "COAST GAZETTE"


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("By Ada Winterbourne and Tom Okoro", ("Ada Winterbourne", "Tom Okoro")),
        ("Analysis by Ada Winterbourne, Harbour editor", ("Ada Winterbourne",)),
        ("Winterbourne, Ada", ("Winterbourne, Ada",)),
        ("admin", ()),
        ("https://example.org/ada", ()),
        ("Coast Gazette", ()),
    ],
)
def test_names_of_authors(stated: str, authors: tuple[str, ...]) -> None:
    head = meta(og_site_name="Coast Gazette") + f'<meta name="author" content="{stated}">'
    assert read(head=head).authors == authors


def test_an_agency_is_no_author_but_the_wire() -> None:
    capture = read(head=meta(og_site_name="Coast Gazette") + '<meta name="author" content="Reuters">')
    assert (capture.publisher, capture.wire, capture.authors) == ("Coast Gazette", "Reuters", ())
    head = ld(**{"@type": "NewsArticle"}, headline=TITLE, publisher={"name": "Associated Press"})
    capture = read(head=meta(og_site_name="Coast Gazette") + head)
    assert (capture.publisher, capture.wire) == ("Coast Gazette", "Associated Press")
    capture = read(head=meta(og_site_name="Reuters") + '<meta name="author" content="Reuters">')
    assert (capture.publisher, capture.wire) == ("Reuters", None)


def test_the_source_organisation() -> None:
    head = ld(
        **{"@type": "NewsArticle"},
        headline=TITLE,
        sourceOrganization={"name": "Kyodo News"},
        publisher={"name": "Coast Gazette"},
    )
    capture = read(head=head)
    assert (capture.publisher, capture.container, capture.wire) == ("Coast Gazette", None, "Kyodo News")


@pytest.mark.parametrize(
    ("comment", "url", "day"),
    [
        (
            "<!-- saved from url=(0027)https://example.org/pilots -->",
            "https://example.org/pilots",
            None,
        ),
        (
            (
                "<!--\n Page saved with SingleFile \n url: https://example.org/pilots \n"
                " saved date: Tue Feb 06 2024 09:10:11 GMT+0900 (JST)\n-->"
            ),
            "https://example.org/pilots",
            "2024-02-06",
        ),
        (
            "<!-- saved from url=(0070)https://web.archive.org/web/20240206123456/https://example.org/pilots -->",
            "https://example.org/pilots",
            "2024-02-06",
        ),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
    ],
)
def test_saved_pages_tell_where_they_are_from(comment: str, url: str | None, day: str | None) -> None:
    capture = read_html(comment + page(ARTICLE), "utf-8", NOW)
    assert (capture.url, capture.accessed) == (url, day)
    if "archive.org" in comment:
        assert capture.extra["archive"] == "Internet Archive"
        assert "web.archive.org" in str(capture.extra["archive_location"])


def test_addresses_are_made_whole_or_refused() -> None:
    base = '<base href="https://example.org/news/"><link rel="canonical" href="/pilots">'
    assert read(head=base).url == "https://example.org/pilots"
    assert read(head='<link rel="canonical" href="/pilots">').url is None
    assert read(head='<link rel="canonical" href="file:///srv/pilots.html">').url is None
    assert read(head=meta(og_url="javascript:alert(1)")).url is None


@pytest.mark.parametrize(
    ("head", "kind", "genre"),
    [
        (ld(**{"@type": "OpinionNewsArticle"}, headline=TITLE), "article-newspaper", "Opinion"),
        (ld(**{"@type": "https://schema.org/BlogPosting"}, headline=TITLE), "post-weblog", ""),
        (ld(**{"@type": "ScholarlyArticle"}, headline=TITLE), "article-journal", ""),
        ('<meta name="citation_technical_report_institution" content="Port Board">', "report", ""),
        (meta(og_type="article"), "article-newspaper", ""),
        ("", "webpage", ""),
    ],
)
def test_kinds_that_a_page_states(head: str, kind: str, genre: str) -> None:
    capture = read(head=head)
    assert (capture.kind, capture.genre) == (kind, genre)


@pytest.mark.parametrize(
    ("foot", "rights"),
    [
        (
            "<footer>About us Contact © 2024 Coast Gazette. All rights reserved. | Terms</footer>",
            "© 2024 Coast Gazette. All rights reserved.",
        ),
        ("<footer><p>無断転載を禁じます。</p></footer>", "無断転載を禁じます。"),
        (
            "<footer><p>This work is licensed under CC BY-SA 4.0.</p></footer>",
            "This work is licensed under CC BY-SA 4.0.",
        ),
        ("<footer><p>Photo © 2024 Ada Winterbourne</p></footer>", None),
        ("<footer><p>Write to the editors.</p></footer>", None),
    ],
)
def test_notices_of_rights(foot: str, rights: str | None) -> None:
    assert read(ARTICLE + foot).rights == rights


def test_a_stated_licence() -> None:
    licence = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
    assert read(ARTICLE + licence).rights == "CC BY 4.0"
    assert read(head='<meta name="dcterms.rights" content="Port Board 2024">').rights == "Port Board 2024"


@pytest.mark.parametrize(
    ("saved", "day"), [("09:10:11", "2024-02-05"), ("99:99:99", "2026-02-28"), ("", "2026-02-28")]
)
def test_days_from_now_count_from_the_saving(saved: str, day: str) -> None:
    comment = f"<!--\n Page saved with SingleFile \n url: https://example.org/pilots \n saved date: Tue Feb 06 2024 {saved} GMT+0900 (JST)\n-->"
    ago = f"<article><h1>{TITLE}</h1><p>1 day ago</p>{PARAGRAPHS}</article>"
    capture = read_html(comment + page(ago), "utf-8", NOW)
    assert capture.published.value == day
    assert capture.accessed == "2024-02-06"
