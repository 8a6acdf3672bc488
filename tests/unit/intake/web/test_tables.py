"""Tables of data inside articles, beside those that lay a page out."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from briefer.domain.sources import SegmentKind
from briefer.intake.web import tables
from tests.unit.intake.conftest import see
from tests.unit.intake.test_text import BODY, ONE, THREE, TITLE, TWO
from tests.unit.intake.web.test_html import page

TABLE = (
    "<table><caption>Freighters by town</caption><thead><tr><th>Town</th><th>2024</th><th>2025</th></tr></thead>"
    "<tbody><tr><td>Lund<br>(north)</td><td>1,200</td><td>1,310</td></tr><tr><td>Kobe</td><td></td><td>88</td></tr>"
    "</tbody></table>"
)
ROWS = ["Town\t2024\t2025", "Lund (north)\t1,200\t1,310", "Kobe\t\t88"]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_rows_of_data_are_body(place: int) -> None:
    blocks = [f"<p>{p}</p>" for p in BODY]
    blocks.insert(place, TABLE)
    seen = see(
        page(f"<article><h1>{TITLE}</h1>{''.join(blocks)}</article><footer>Write us.</footer>"), "a.html"
    )
    seen.assert_whole()
    found = [text for text in seen.body if "\t" in text]
    assert found == ROWS
    assert [text for text in seen.body if text in BODY] == BODY


def test_a_table_in_the_margin_is_not() -> None:
    seen = see(
        page(
            f"<article><h1>{TITLE}</h1><p>{ONE}</p><aside>{TABLE}</aside><p>{TWO}</p><p>{THREE}</p></article>"
        ),
        "a.html",
    )
    assert seen.body == BODY


def test_the_words_after_a_table() -> None:
    seen = see(
        page(f"<article><h1>{TITLE}</h1><p>{ONE}</p><div>{TABLE}{TWO}</div><p>{THREE}</p></article>"),
        "a.html",
    )
    assert [text for text in seen.body if text in BODY] == BODY
    assert [text for text in seen.body if "\t" in text] == ROWS
    assert TITLE in seen.of(SegmentKind.TITLE)


@pytest.mark.parametrize(
    "markup",
    [
        "<table role=presentation><tr><th>a</th><th>1</th></tr><tr><td>b</td><td>2</td></tr></table>",
        "<table><tr><td>menu</td><td>text</td></tr><tr><td>foot</td><td>notes</td></tr></table>",
        "<table><tr><th>a</th><th>1</th></tr></table>",
        "<table><tr><td><table><tr><td>1</td></tr></table></td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>",
        "<table><tr><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>",
        "<table><tr><td>1</td><td><h2>News</h2></td></tr><tr><td>2</td><td>3</td></tr></table>",
        "<table><tr><td><a href=/>1</a></td><td><a href=/>2</a></td></tr><tr><td><a href=/>3</a></td><td>4</td></tr></table>",
        f"<table><tr><td>1</td><td>{'words ' * 50}</td></tr><tr><td>2</td><td>3</td></tr></table>",
    ],
)
def test_tables_that_lay_out(markup: str) -> None:
    assert tables.rows(fragment_fromstring(markup)) == ()


def test_figures_tell_without_headings() -> None:
    table = fragment_fromstring(
        "<table><tr><td>Lund</td><td> 1 <b>2</b>0 </td></tr><tr><td></td><td></td></tr><tr><td>Kobe</td><td>7</td></tr></table>"
    )
    assert tables.rows(table) == ("Lund\t1 20", "Kobe\t7")
