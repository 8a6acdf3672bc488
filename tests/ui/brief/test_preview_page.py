from __future__ import annotations

from dataclasses import replace

from briefer.domain.pieces import Piece, Pieces
from briefer.ui.brief.preview_page import preview_page

_PAGE = Pieces(
    "en",
    "p {}",
    (
        Piece("<p>OFFICIAL</p>"),
        Piece('<h2 id="one">One</h2>', ("one",), opens=True),
        Piece('<p id="a">Said.</p>', ("a",), (1,)),
        Piece('<ul>\n<li id="b">Item</li>\n</ul>', ("b",), (2,)),
        Piece('<h2 id="two">Two</h2>', ("two",), opens=True),
        Piece("<table></table>", (), (3,)),
    ),
    (Piece("<p>OFFICIAL</p>"),),
    tuple(Piece(f'<li class="note" id="note-{n}">Source {n}.</li>') for n in (1, 2, 3)),
)


def _long(count: int) -> Pieces:
    pieces = (Piece(f'<p id="p{n}">{"word " * 20}</p>', (f"p{n}",)) for n in range(count))
    return Pieces("en", "", tuple(pieces))


def test_notes_stand_at_the_end_of_their_section() -> None:
    html = "\n".join(preview_page(_PAGE).around("", 10_000, "…"))
    places = [html.index(text) for text in ("Source 1.", "Source 2.", 'id="two"', "<table>", "Source 3.")]
    assert places == sorted(places)
    assert '<ol start="3">' in html
    assert html.count("OFFICIAL") == 2
    assert html.endswith("<p>OFFICIAL</p>")


def test_of_a_long_page_what_is_around_the_cursor_is_shown() -> None:
    page = preview_page(_long(500))
    middle = "".join(page.around("p250", 2_000, "left out"))
    assert 'id="p250"' in middle
    assert len(middle) < 4_000
    assert middle.count("left out") == 2
    assert "".join(page.around("p0", 2_000, "left out")).count("left out") == 1
    assert 'id="p0"' in "".join(page.around("unknown", 2_000, "left out"))
    assert "left out" not in "".join(page.around("p250", 1_000_000, "left out"))


def test_a_change_is_in_one_part_or_two() -> None:
    page = _long(500)
    former = preview_page(page).around("", 1_000_000, "…")
    assert 30 < len(former) < 200
    assert max(len(part) for part in former) < 18 * 140
    pieces = list(page.pieces)
    pieces[250] = replace(pieces[250], html="<p>Other</p>")
    assert (
        len(set(preview_page(replace(page, pieces=tuple(pieces))).around("", 1_000_000, "…")) - set(former))
        <= 2
    )
    pieces.insert(100, Piece("<p>New</p>"))
    assert (
        len(set(preview_page(replace(page, pieces=tuple(pieces))).around("", 1_000_000, "…")) - set(former))
        <= 5
    )


def test_what_is_no_page_shows_nothing() -> None:
    assert preview_page(Pieces()).around("", 1_000, "…") == ()
