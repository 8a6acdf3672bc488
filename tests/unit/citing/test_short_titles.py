"""Titles in a few words, and how later notes use them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.citing import CslCiter
from briefer.citing.short_titles import short_title
from briefer.domain.documents import plain_text
from briefer.services.ports import Cite
from tests.unit.citing.test_citer import STYLE, article

LONG = "Harbours Back Common Rules on Spare Parts; Ministers Seek to Avoid Long Waits for Single Makers"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (LONG, "Harbours Back Common Rules"),
        ("The harbour’s new cranes in the north: moving boxes in a time of storms", "Harbour’s new cranes"),
        ("Harbour relations in a changing world – the next steps", "Harbour relations"),
        ("Who owns the cranes? A study of ports", "Who owns the cranes"),
        ("Ports agree on spare parts", ""),
        ("Germany widens its chip export controls", ""),
        ("Two harbour towns build seven new cranes together", "Two harbour towns build"),
        ("Harbour and Sea to ramp up crane building", "Harbour and Sea"),
        ("Ports", ""),
        ("", ""),
        ("Report: ships stand in the harbour again", ""),
        ("Why the “new great contest over ports and cables” matters", ""),
        ("a common market of harbours in the north", "Common market of harbours"),
        (
            "港湾の安全の確保に関する基本的な考え方―官民の協力について",
            "港湾の安全の確保に関する基本的な考え方",
        ),
        ("港湾の安全―官民の協力", ""),
        ("港湾の「安全：協力」の確保に関する基本的な考え方について", ""),
        ("港湾の安全の確保に関する基本的な考え方と官民の協力について", ""),
    ],
)
def test_a_long_title_is_cut_to_its_first_key_words(title: str, short: str) -> None:
    assert short_title(title) == short


@given(st.text("aA the of: –“”（）港―、.", max_size=60))
def test_a_short_title_is_shorter_and_of_the_words_of_the_title(title: str) -> None:
    short = short_title(title)
    assert len(short) < len(title) or not short
    assert short.casefold() in " ".join(title.split()).casefold() or short.casefold() in title.casefold()


@pytest.mark.parametrize(
    ("style", "later"),
    [
        (STYLE, "Example Times, ‘Harbours Back Common Rules’, para. 4."),
        ("mhra", "‘Harbours Back Common Rules’, para. 4."),
        ("apa", "(‘Harbours Back Common Rules’, 2025, para. 4)"),
    ],
)
def test_later_citations_are_short(citer: CslCiter, style: str, later: str) -> None:
    source = article(title=LONG, authors=())
    clusters = [[Cite(source, n, "paragraph")] for n in "34"]
    found = citer.cited(clusters, style=style, language="en-GB")
    first, second = map(plain_text, found.citations)
    assert second == later
    assert LONG in first or style == "apa"
    assert LONG in plain_text(found.entries[0].inlines)


def test_two_sources_that_begin_alike_keep_their_titles(citer: CslCiter) -> None:
    one, other = (
        article(id=end, title=f"Harbours back common rules on {end} parts") for end in ("new", "old")
    )
    clusters = [[Cite(source)] for source in (one, other, one, other)]
    texts = [plain_text(text) for text in citer.cited(clusters, style=STYLE, language="en").citations]
    assert "on New Parts" in texts[2]
    assert "on Old Parts" in texts[3]
    alone = [plain_text(text) for text in citer.cited(clusters[::2], style=STYLE, language="en").citations]
    assert alone[1] == "Müller and Sato, “Harbours Back Common Rules.”"


@pytest.mark.parametrize("name", ["title-short", "shortTitle"])
def test_a_short_title_of_the_source_goes_before(citer: CslCiter, name: str) -> None:
    source = article(title=LONG, extra={name: "Common Rules"})
    clusters = [[Cite(source)], [Cite(source)], [Cite(article(id="b", title=LONG))]]
    found = citer.cited(clusters, style=STYLE, language="en").citations
    assert plain_text(found[1]) == "Müller and Sato, “Common Rules.”"


def test_laws_and_treaties_keep_their_names(citer: CslCiter) -> None:
    treaty = article(
        kind="treaty", title="Treaty on the Common Use of All Harbours in the North Sea", authors=()
    )
    found = citer.cited([[Cite(treaty)], [Cite(treaty)]], style=STYLE, language="en").citations
    assert "All Harbours in the North Sea" in plain_text(found[1])


@pytest.mark.parametrize("url", ["https://example.org/a", None])
def test_an_article_without_a_periodical_stands_in_quotation_marks(citer: CslCiter, url: str | None) -> None:
    source = article(publisher=None, authors=(), url=url)
    (note,) = citer.cited([[Cite(source)]], style=STYLE, language="en").citations
    assert plain_text(note).startswith("“Germany Widens Its Chip Export Controls,” December 17, 2025")
    (entry,) = citer.cited([], [source], style="ieee", language="en").entries
    assert "Dec. 17, 2025" in plain_text(entry.inlines)
