from __future__ import annotations

import subprocess
import sys
import time

import pytest

from briefer.domain.sources import SegmentKind
from briefer.intake.web import guards
from tests.unit.intake.conftest import see
from tests.unit.intake.test_text import BODY, ONE, TITLE

PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY)


def page(body: str, head: str = "", html: str = '<html lang="en">') -> str:
    return f"<!DOCTYPE html>{html}<head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


ARTICLE = f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>"


def test_blocks_and_regions() -> None:
    seen = see(
        page(
            "<nav><ul><li><a href=/a>Harbour</a></li><li><a href=/b>Inland</a></li></ul></nav>"
            f"{ARTICLE}<footer><p>Write to the editors.</p></footer>"
        ),
        "page.html",
    )
    seen.assert_whole()
    assert seen.body == BODY
    assert seen.of(SegmentKind.TITLE) == [TITLE]
    assert seen.why("Inland") == "menu"
    assert seen.why("Write") == "foot of the page"
    assert seen.capture.media_type == "text/html"
    assert seen.capture.kind == "webpage"


def test_html_is_known_without_its_suffix() -> None:
    assert see(page(ARTICLE), "saved").body == BODY
    assert see(page(ARTICLE), "saved.txt").body == BODY


def test_subheadings_captions_and_scripts() -> None:
    seen = see(
        page(
            f"<article><h1>{TITLE}</h1><figure><img src=x><figcaption>The outer pier in winter</figcaption></figure>"
            f"<p>{BODY[0]}</p><p>{BODY[1]}</p><h2>What was agreed</h2><p>{BODY[2]}</p><p>{ONE}</p></article>"
            "<script>var menu = '<p>not text</p>'</script><style>p {}</style>"
        ),
        "page.html",
    )
    assert "What was agreed" in seen.of(SegmentKind.HEADING)
    assert seen.of(SegmentKind.CAPTION) == ["The outer pier in winter"]
    assert "not text" not in seen.capture.text


def test_line_breaks_stay() -> None:
    seen = see(
        page(f"<article><h1>{TITLE}</h1>{PARAGRAPHS}<p>Harbour office<br>Pier 3</p></article>"), "page.html"
    )
    assert "Harbour office\nPier 3" in seen.capture.text


def test_json_ld() -> None:
    data = (
        '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "' + TITLE + '",'
        '"author": [{"name": "Ada Winterbourne"}, {"name": "Tom Okoro"}], "publisher": {"name": "Coast Gazette"},'
        '"datePublished": "2024-02-04T07:30:00+09:00", "inLanguage": "en"}]}'
    )
    seen = see(page(ARTICLE, f'<script type="application/ld+json">{data}</script>'), "page.html")
    capture = seen.capture
    assert (capture.title, capture.authors, capture.publisher) == (
        TITLE,
        ("Ada Winterbourne", "Tom Okoro"),
        "Coast Gazette",
    )
    assert (capture.published.value, capture.published.as_written) == (
        "2024-02-04",
        "2024-02-04T07:30:00+09:00",
    )
    assert capture.kind == "article-newspaper"


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '{"@type": "NewsArticle", "author": [[1]], "publisher": 3}', "null", '"x"']
)
def test_broken_json_ld_is_passed_over(data: str) -> None:
    seen = see(page(ARTICLE, f'<script type="application/ld+json">{data}</script>'), "page.html")
    assert seen.capture.publisher is None
    assert seen.body == BODY


def test_meta_elements() -> None:
    head = (
        f'<meta property="og:title" content="{TITLE} | Coast Gazette"><meta property="og:site_name" content="Coast Gazette">'
        '<meta name="author" content="By Ada Winterbourne"><meta property="article:published_time" content="2024-02-04">'
        '<link rel="canonical" href="https://example.org/pilots">'
    )
    capture = see(page(ARTICLE, head), "page.html").capture
    assert (capture.title, capture.publisher, capture.authors) == (
        TITLE,
        "Coast Gazette",
        ("Ada Winterbourne",),
    )
    assert (capture.published.value, capture.url) == ("2024-02-04", "https://example.org/pilots")


def test_title_element_names_the_site() -> None:
    capture = see(page(ARTICLE, f"<title>{TITLE} | Coast Gazette</title>"), "page.html").capture
    assert (capture.title, capture.publisher) == (TITLE, "Coast Gazette")


def test_wire_copy_names_both() -> None:
    data = '{"@type": "NewsArticle", "sourceOrganization": {"name": "Wire Agency"}, "publisher": {"name": "Coast Gazette"}}'
    capture = see(page(ARTICLE, f'<script type="application/ld+json">{data}</script>'), "page.html").capture
    assert (capture.publisher, capture.container) == ("Wire Agency", "Coast Gazette")


def test_of_an_ambiguous_date_only_the_year_is_known() -> None:
    capture = see(
        page(f"<article><h1>{TITLE}</h1><p>03/04/2024</p>{PARAGRAPHS}</article>"), "page.html"
    ).capture
    assert (capture.published.value, capture.published.as_written) == ("2024", "03/04/2024")


def test_page_without_article_is_read_by_the_rules() -> None:
    seen = see(
        "<html><body><div>Pilots wanted</div><div>Call the harbour office</div></body></html>", "page.html"
    )
    seen.assert_whole()
    assert seen.body


def test_hidden_text_is_not_visible() -> None:
    seen = see(page(ARTICLE + '<div style="display: none">secret</div><p hidden>secret</p>'), "page.html")
    assert "secret" not in seen.capture.text


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    seen = see(f"{bomb}<html><body>{ARTICLE}<p>&b; &x;</p></body></html>", "page.html")
    assert "lollol" not in seen.capture.text
    assert "root:" not in seen.capture.text


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 200_000,
        "<p>" * 60_000,
        "<a href=x>a</a>" * 40_000,
        "<b" * 300_000,
        "<!--" * 100_000,
        "<script>" * 50_000,
        "<table><tr><td>" * 20_000,
        "&amp;" * 400_000,
        '<img src="data:image/png;base64,' + "A" * 11_000_000 + '">',
        "<!DOCTYPE " * 50_000,
        "<" * 500_000,
        "<svg>" * 50_000,
    ],
    ids=[
        "deep",
        "paragraphs",
        "links",
        "unclosed",
        "comments",
        "scripts",
        "tables",
        "entities",
        "data",
        "doctype",
        "angles",
        "svg",
    ],
)
def test_bombs_do_not_hold_the_program_up(bomb: str) -> None:
    began = time.monotonic()
    seen = see(page(f"{ARTICLE}{bomb}"), "page.html")
    assert ONE in seen.capture.text
    # Minutes or gigabytes without the guards; the bound is wide, because this machine may be busy.
    assert time.monotonic() - began < 60


def test_scanner_keeps_the_text_around() -> None:
    stripped = guards.strip(  # noqa: B005 - not a string's strip
        'a<SCRIPT type="application/ld+json">{"x": 1}</Script >b<!-- c -->d<style>e</style><scripted>f'
    )
    assert stripped.markup == "abd<scripted>f"
    assert stripped.json_ld == ('{"x": 1}',)
    assert stripped.harmless


def test_extractor_connects_nowhere_and_is_loaded_late() -> None:
    # The extractor's own libraries try on import whether this machine can bind an IPv6 address; no more.
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit('a connection was tried')\n"
        "for name in ('connect', 'connect_ex', 'sendto', 'listen'): setattr(socket.socket, name, refuse)\n"
        "socket.getaddrinfo = socket.create_connection = socket.gethostbyname = refuse\n"
        "from briefer.intake.web import html\n"
        "import sys; assert 'trafilatura' not in sys.modules\n"
        "page = '<html><body><article><p>' + 'words of a page. ' * 50 + '</p></article></body></html>'\n"
        "assert 'words' in html.extract(page)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
