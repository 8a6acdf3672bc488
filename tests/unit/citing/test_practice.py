"""What briefs need of citations, over the styles that come along: forms, places, likeness, order, what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefer.citing import CslCiter
from briefer.domain.dates import Basis, Dating
from briefer.domain.documents import plain_text
from briefer.domain.sources import Source
from briefer.services.ports import Cite, Cited, Told
from tests.unit.factories import make_source


def news(title: str = "Ports agree on spare parts", *authors: str, **changes: Any) -> Source:
    return make_source(**{"title": title, "authors": authors, "language": "en", **changes})


def menon(**changes: Any) -> Source:
    return news(**{"authors": ("Asha Menon",), "kind": "report", "publisher": "Harbour Institute", **changes})


def notes(found: Cited) -> list[str]:
    return [plain_text(text) for text in found.citations]


def entries(found: Cited) -> list[str]:
    return [plain_text(entry.inlines) for entry in found.entries]


def each(citer: CslCiter, sources: list[Source], style: str, language: str = "en") -> Cited:
    return citer.cited([[Cite(source)] for source in sources], style=style, language=language)


FULL = "Asha Menon, Ports Agree on Spare Parts (Harbour Institute, 2025)"


@pytest.mark.parametrize(
    ("style", "again", "elsewhere", "later"),
    [
        ("chicago-notes", "Menon, Ports Agree on Spare Parts, 3.", "Menon, Ports Agree on Spare Parts, 9.", "Menon, Ports Agree on Spare Parts, 4."),
        ("oscola", "ibid.", "ibid 9.", "Menon (n 1) 4."),
        ("bluebook", "Id.", "Id. at 9.", "Menon, supra note 1 at 4."),
        ("mhra", "Menon, Ports Agree on Spare Parts, p. 3.", "Menon, Ports Agree on Spare Parts, p. 9.", "Menon, Ports Agree on Spare Parts, p. 4."),
    ],
)  # fmt: skip
def test_first_ibid_and_subsequent(
    citer: CslCiter, style: str, again: str, elsewhere: str, later: str
) -> None:
    one, other = menon(), news("Another thing")
    cites = [Cite(one, "3"), Cite(one, "3"), Cite(one, "9"), Cite(other), Cite(one, "4")]
    found = notes(citer.cited([[cite] for cite in cites], style=style, language="en"))
    assert found[0].startswith("Asha Menon, ")
    assert "2025" in found[0]
    assert (found[1], found[2], found[4]) == (again, elsewhere, later)


@pytest.mark.parametrize(
    ("language", "places"),
    [
        ("en-GB", ["3", "3–4", "para. 7", "paras 7–9", "sect. 2"]),
        ("en-US", ["3", "3–4", "para. 7", "paras. 7–9", "sec. 2"]),
        ("ja", ["3", "3–4", "段落 7", "段落 7–9", "節 2"]),
    ],
)
def test_places_in_each_language(citer: CslCiter, language: str, places: list[str]) -> None:
    source = menon()
    wanted = [("3", "page"), ("3-4", "page"), ("7", "paragraph"), ("7-9", "paragraph"), ("2", "section")]
    clusters = [[Cite(source, *where)] for where in wanted]
    _first, *found = notes(citer.cited([clusters[0], *clusters], style="chicago-notes", language=language))
    assert found == [f"Menon, Ports Agree on Spare Parts, {place}." for place in places]


@pytest.mark.parametrize(
    ("style", "language", "texts"),
    [
        ("sist02", "en", ["(1, p. 3)", "(1, pp. 3-4)", "(1, para. 7)", "(1, secs. 2, 3)", "(1, 9)"]),
        ("sist02", "ja", ["(1、3頁)", "(1、3-4頁)", "(1、第7段落)", "(1、第2, 3節)", "(1, 9)"]),
        ("nlm", "en", ["(1, p. 3)", "(1, pp. 3-4)", "(1, para. 7)", "(1, secs. 2, 3)", "(1, 9)"]),
    ],
)
def test_styles_without_places_give_them_too(
    citer: CslCiter, style: str, language: str, texts: list[str]
) -> None:
    source = menon()
    wanted = [("3", "page"), ("3-4", "page"), ("7", "paragraph"), ("2, 3", "section"), ("9", "verse")]
    found = citer.cited([[Cite(source, *where)] for where in wanted], style=style, language=language)
    assert notes(found) == texts


def test_a_style_that_closes_each_cite_goes_on_with_a_sentence(citer: CslCiter) -> None:
    source = news("港の話", "山田太郎", publisher="港湾新聞")
    found = citer.cited([[Cite(source, "3", "paragraph")], [Cite(source)]], style="tokyo-law", language="ja")
    assert notes(found) == [
        "山田太郎 「港の話」 港湾新聞 (2025)。第3段落。",
        "山田太郎 「港の話」 港湾新聞 (2025)。",
    ]


def test_prefixes_suffixes_and_several_sources_in_one_note(citer: CslCiter) -> None:
    cluster = [
        Cite(menon(), "3", prefix="see", suffix="emphasis added"),
        Cite(news("Another thing", "Ken Sato"), "2", "paragraph", prefix="but compare"),
        Cite(news("A third")),
    ]
    (note,) = notes(citer.cited([cluster], style="chicago-notes", language="en"))
    assert note == (
        f"See {FULL}, 3, emphasis added; but compare Ken Sato, “Another Thing,” Example Times, December 17, 2025, "
        "para. 2; “A Third,” Example Times, December 17, 2025."
    )
    (text,) = notes(citer.cited([cluster[:2]], style="apa", language="en"))
    # APA sorts the cites of one citation, unless words stand before them.
    assert text == "(see Menon, 2025, p. 3, emphasis added; but compare Sato, 2025, para. 2)"
    (law,) = notes(citer.cited([cluster], style="oscola", language="en"))
    assert law.count("; ") == 2


@pytest.mark.parametrize("style", ["apa", "harvard", "chicago-author-date", "iso690"])
def test_works_of_one_author_and_year_are_told_apart(citer: CslCiter, style: str) -> None:
    sources = [news(title, "Asha Menon") for title in ("First", "Second", "Third")]
    found = each(citer, sources, style)
    assert ["2025a" in notes(found)[0], "2025b" in notes(found)[1], "2025c" in notes(found)[2]] == [True] * 3
    assert all(f"2025{letter}" in entry for letter, entry in zip("abc", entries(found), strict=True))


def test_authors_of_one_family_name_are_told_apart(citer: CslCiter) -> None:
    sources = [news("One", "Asha Menon"), news("Two", "Ravi Menon")]
    assert notes(each(citer, sources, "apa")) == ["(A. Menon, 2025)", "(R. Menon, 2025)"]


def test_works_of_one_title_are_told_apart_in_short_notes(citer: CslCiter) -> None:
    twins = [news("The same title", "Asha Menon", published=day) for day in ("2025-01-02", "2024-03-04")]
    clusters = [[Cite(source)] for source in (*twins, *twins)]
    found = notes(citer.cited(clusters, style="chicago-notes", language="en"))
    assert found[2:] == [
        "Menon, “The Same Title,” January 2, 2025.",
        "Menon, “The Same Title,” March 4, 2024.",
    ]
    law = notes(citer.cited([*clusters, clusters[0]], style="oscola", language="en"))
    assert law[3:] == ["Menon (n 2).", "Menon (n 1)."]


@pytest.mark.parametrize(
    ("style", "order"),
    [
        ("chicago-notes", ["Abe", "Menon", "Zweig"]),
        ("apa", ["Abe", "Menon", "Zweig"]),
        ("oscola", ["Abe", "Menon", "Zweig"]),
        ("ieee", ["Zweig", "Abe", "Menon"]),
        ("sist02", ["Zweig", "Abe", "Menon"]),
        ("nlm", ["Zweig", "Abe", "Menon"]),
    ],
)
def test_the_list_is_sorted_as_the_style_says(citer: CslCiter, style: str, order: list[str]) -> None:
    sources = [news("One", "Ann Zweig"), news("Two", "Ken Abe"), news("Three", "Asha Menon")]
    found = entries(each(citer, sources, style))
    assert [next(name for name in order if name in entry) for entry in found] == order


@pytest.mark.parametrize("language", ["en-GB", "en-US", "ja"])
def test_japanese_sources_are_sorted_by_their_readings(citer: CslCiter, language: str) -> None:
    read = {"東郷": "とうごう", "安倍": "あべ", "一宮": "いちのみや"}
    sources = [news("題", name, language="ja", extra={"reading": kana}) for name, kana in read.items()]
    found = entries(each(citer, sources, "chicago-notes", language))
    assert [entry[:2] for entry in found] == ["安倍", "一宮", "東郷"]


def test_dashes_for_the_author_above_do_not_reach_over_headings(citer: CslCiter) -> None:
    press = [news(title, "Asha Menon") for title in ("First", "Second")]
    sources = [*press, menon(title="A report")]
    told = Told(by_type=True)
    found = citer.cited([], sources, style="mla", language="en", told=told)
    assert [entry[:12] for entry in entries(found)] == ["Menon, Asha.", "———. “Second", "Menon, Asha."]
    assert [entry.source for entry in found.entries] == sources


def test_groups_hold_what_the_style_has_no_entry_for(citer: CslCiter) -> None:
    treaty = news("Treaty of the ports", kind="treaty")
    call = news("A call", "Ken Sato", kind="personal_communication")
    sources = [news("Late", "Ann Zweig"), call, treaty]
    for style in ("apa", "bluebook", "chicago-notes"):
        found = citer.cited([], sources, style=style, language="en", told=Told(by_type=True))
        assert {e.source.id for e in found.entries[:2]} == {call.id, treaty.id}, style
        assert found.entries[2].source.id == sources[0].id
    assert citer.cited([], [], style="apa", language="en", told=Told(by_type=True)).entries == ()


UNDATED = "Undated words"


@pytest.mark.parametrize(
    ("style", "note"),
    [
        ("chicago-notes", "“Undated Words,” Example Times, n.d."),
        ("apa", "(“Undated Words,” n.d.)"),
        ("harvard", "(Example Times, no date)"),
        ("oscola", "‘Undated Words’ Example Times."),
    ],
)
@pytest.mark.parametrize("words", [None, "13 hours ago", "昨日", "3日前"])
def test_no_date_and_words_that_are_none(citer: CslCiter, style: str, note: str, words: str | None) -> None:
    source = replace(news(UNDATED), published=Dating(None, words, Basis.UNKNOWN))
    assert notes(each(citer, [source], style)) == [note]


@pytest.mark.parametrize("words", ["03/04/2025", "Spring 2025", "令和七年春"])
def test_words_that_are_a_date_stay_as_they_are(citer: CslCiter, words: str) -> None:
    source = replace(news(UNDATED), published=Dating(None, words, Basis.UNKNOWN))
    for language in ("en", "ja"):
        (note,) = notes(each(citer, [source], "chicago-notes", language))
        assert words in note
        assert f"{words}年" not in note
    dated = notes(each(citer, [news()], "chicago-notes", "ja"))
    assert "2025年12月17日" in dated[0]


def test_the_day_of_an_event_dates_what_was_made_for_it_and_nothing_else(citer: CslCiter) -> None:
    held = Dating("2025-12-11", "2025-12-11", Basis.EXPLICIT)
    for kind, date in (
        ("speech", "December 11, 2025"),
        ("treaty", "December 11, 2025"),
        ("article-newspaper", "n.d."),
    ):
        source = replace(news(kind=kind, event=held), published=Dating())
        (note,) = notes(each(citer, [source], "chicago-notes"))
        assert date in note, kind
    both = notes(each(citer, [news(event=held)], "chicago-notes"))
    assert "December 11" not in both[0]
    assert "December 17" in both[0]


def test_nobody_and_nothing_named(citer: CslCiter) -> None:
    sources = [
        news("No author"),
        news("No publisher", "Asha Menon", publisher=None),
        news("Neither", publisher=None),
        news("Anonymous words", "Anonymous"),
    ]
    assert notes(each(citer, sources, "chicago-notes")) == [
        "“No Author,” Example Times, December 17, 2025.",
        "Asha Menon, “No Publisher,” December 17, 2025.",
        "“Neither,” December 17, 2025.",
        "Anonymous, “Anonymous Words,” Example Times, December 17, 2025.",
    ]
    for style in (known.name for known in citer.styles()):
        texts = " ".join(entries(each(citer, sources, style)))
        assert all(title.casefold() in texts.casefold() for title in ("no author", "neither")), style
        assert "None" not in texts
        assert "undefined" not in texts


def test_two_sources_with_one_key_stay_two(citer: CslCiter) -> None:
    extra = {"citation-key": "menon2025", "id": "menon2025"}
    sources = [news(title, "Asha Menon", extra=extra) for title in ("First", "Second")]
    found = each(citer, sources, "apa")
    assert notes(found) == ["(Menon, 2025a)", "(Menon, 2025b)"]
    assert len(found.entries) == 2


TITLES = [
    "<script>alert(1)</script>",
    "a < b & c > d &amp; &lt;x&gt;",
    "</span></div>",
    "<i>never closed",
    "]]> <!-- x --> <?php ?>",
    '="x" onload="y',
    "\ud800 alone \udfff",
    "👩‍👩‍👧 family \u202eright to left\u202c",
    "“nested ‘quotes” wrong’",
    "{{ field }} $\\sum$ `code` [@x] *stars*",
    "\x00\x08\x0b",
]


@pytest.mark.parametrize("style", ["chicago-notes", "oscola", "apa", "ieee", "sist02", "bluebook", "mla"])
def test_markup_in_titles_breaks_nothing(citer: CslCiter, style: str) -> None:
    sources = [news(title, f"{title} Menon", publisher=title) for title in TITLES]
    found = each(citer, sources, style)
    texts = notes(found) + entries(found)
    assert len(texts) == 2 * len(TITLES)
    assert not any("\x00" in text or "\ud800" in text for text in texts)
    listed = " ".join(entries(found))
    assert "script>" in listed.casefold()
    assert "a < b" in listed.casefold()
    assert "family" in listed
    if style != "bluebook":
        assert all(text.strip() for text in texts)
