from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.addresses import key

PAGE = "example.org/ports/strike"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/ports/strike",
        "http://example.org/ports/strike/",
        "HTTPS://www.Example.ORG:443/ports/strike",
        "http://example.org:80/ports/strike#comments",
        "  https://example.org./ports/strike\n",
        "https://reader:secret@example.org/ports/strike",
        "https://example.org/ports/strike?utm_source=mail&UTM_Campaign=x&fbclid=1&gclid=2&mc_cid=3",
        "https://example.org/ports/strike?at_medium=RSS&ns_mchannel=social&_ga=1.2&CMP=share_btn_tw",
        "https://example.org/ports/str%69ke",
        "https://example.org/ports/strike/index.html",
        "https://m.example.org/ports/strike",
        "https://amp.example.org/ports/strike/",
        "https://example.org/ports/strike/amp/",
        "https://example.org/ports/strike.amp",
        "https://example.org/ports/strike?amp=1&outputType=amp&amp",
        "www.example.org/ports/strike",
        "https://web.archive.org/web/20251217101112/https://www.example.org/ports/strike",
        "web.archive.org/web/2025id_/http:/example.org/ports/strike/",
        "https://web.archive.org/web/https://example.org/ports/strike",
        "https://web.archive.org/web/2025*/https://example.org/ports/strike",
        "https://web.archive.org/web/20251217/https://archive.ph/2025.12.17-101112/https://example.org/ports/strike",
        "https://archive.today/newest/http://example.org/ports/strike",
        "https://www.google.co.uk/amp/s/www.example.org/ports/strike",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/ports/strike",
    ],
)
def test_one_page(url: str) -> None:
    assert key(url) == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/Ports/strike",
        "https://example.org/ports/strike?page=2",
        "https://example.org/ports/strike?ref=weekly",
        "https://example.org/ports/strike?amp=20",
        "https://example.org/ports/strike#!/2",
        "https://example.org:8080/ports/strike",
        "https://example.com/ports/strike",
        "https://news.example.org/ports/strike",
        "https://example.org/ports/strike/camp",
        "https://example.org/ports",
        "https://example.org",
        "https://web.archive.org/details/ports/strike",
    ],
)
def test_other_pages(url: str) -> None:
    assert key(url) not in {PAGE, ""}


def test_the_order_of_parameters_says_nothing() -> None:
    assert key("https://example.org/a?b=1&c=2") == key("http://example.org/a/?c=2&utm_id=3&b=1")
    assert key("https://example.org/a?b=1&b=2") != key("https://example.org/a?b=1")


def test_what_marks_a_device_is_no_domain() -> None:
    assert key("https://m.com/a") == "m.com/a"
    assert key("https://en.m.wikipedia.org/wiki/Lithium") == key("https://en.wikipedia.org/wiki/Lithium")


def test_names_in_other_scripts() -> None:
    assert key("https://例え.jp/記事") == key("http://xn--r8jz45g.jp/%E8%A8%98%E4%BA%8B") != ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "ftp://example.org/a",
        "mailto:desk@example.org",
        "https://./a",
        "https://",
        "https:///path",
        "https://[half/a",
        "https://example.org:port/",
        "https://a..b\u00fc/",
        "https://example.org/\ud800",
        "file:///C:/a.html",
    ],
)
def test_what_is_no_address(url: str) -> None:
    assert key(url) == ""


@given(st.text(max_size=40) | st.text("htps/.?&=#%a[]@2é:", max_size=30).map("https://".__add__))
def test_any_text_gives_a_key_that_can_be_stored(url: str) -> None:
    found = key(url)
    assert found.encode().decode() == found
    assert key(f"  {url}\n") == found
