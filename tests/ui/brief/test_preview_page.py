from __future__ import annotations

from briefer.ui.brief.preview_page import preview_page

_HEAD = "<html>\n<head>\n<style>a {}</style>\n<style>b {}</style>\n</head>\n"


def _note(number: int) -> str:
    return f'<li class="note" id="note-{number}">Source {number}.</li>'


def _ref(number: int) -> str:
    return f'<sup><a href="#note-{number}" id="ref-{number}">{number}</a></sup>'


_BODY = f"""<body>
<header>
<p class="marking">OFFICIAL</p>
</header>
<main>
<h1>Title</h1>
<h2 id="one">One</h2>
<p id="a">Said.{_ref(1)}</p>
<ul>
<li id="b">Item{_ref(2)}<ul><li>below</li></ul></li>
</ul>
<h2 id="two">Two</h2>
<table><tr><td><p>Cell{_ref(3)}</p></td></tr></table>
<section role="doc-endnotes" aria-labelledby="notes">
<hr>
<h2 id="notes">Notes</h2>
<ol>
{_note(1)}
{_note(2)}
{_note(3)}
</ol>
</section>
</main>
<footer>
<p class="marking">OFFICIAL</p>
</footer>
</body>
</html>
"""


def test_notes_stand_at_the_end_of_their_section() -> None:
    html = preview_page(_HEAD + _BODY).around("", 10_000, "…")
    assert html.index(_note(1)) < html.index(_note(2)) < html.index('id="two"') < html.index(_note(3))
    assert '<ol start="3">' in html
    assert 'id="notes"' not in html
    assert html.count("OFFICIAL") == 2


def test_blocks_stay_whole_and_the_sheet_for_browsers_goes() -> None:
    page = preview_page(_HEAD + _BODY)
    assert "a {}" in page.head
    assert "b {}" not in page.head
    assert [piece.strip()[:3] for piece in page.pieces] == [
        "<p ", "<h1", "<h2", "<p ", "<ul", "<hr", "<h2", "<ta", "<hr", "<p "
    ]  # fmt: skip


def test_of_a_long_page_what_is_around_the_cursor_is_shown() -> None:
    long = "".join(f'<p id="p{number}">{"word " * 20}</p>\n' for number in range(500))
    page = preview_page(f"{_HEAD}<body>\n<main>\n{long}</main>\n</body>\n</html>\n")
    middle = page.around("p250", 2_000, "left out")
    assert 'id="p250"' in middle
    assert len(middle) < 4_000
    assert middle.count("left out") == 2
    assert page.around("p0", 2_000, "left out").count("left out") == 1
    assert 'id="p0"' in page.around("unknown", 2_000, "left out")
    assert "left out" not in page.around("p250", 1_000_000, "left out")


def test_what_is_no_page_shows_nothing() -> None:
    assert preview_page("").pieces == ()
