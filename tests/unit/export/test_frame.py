from __future__ import annotations

import pytest

from briefer.domain.documents import (
    Document,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.export.frame import (
    anchors,
    check_notes,
    colour,
    column_weights,
    followed,
    full_language,
    leads,
    opening,
    safe_link,
    short_title,
    status,
    stays_whole,
    subtitle,
)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("HTTP://example.org/%41", "HTTP://example.org/%41"),
        ('https://example.org/a b<c>"d"\\e', "https://example.org/a%20b%3Cc%3E%22d%22%5Ce"),
        ("https://例え.jp/日本", "https://xn--r8jz45g.jp/%E6%97%A5%E6%9C%AC"),
        ("https://user@例え.jp:8080/", "https://user@xn--r8jz45g.jp:8080/"),
        ("https://example.org/100%?a=%zz", "https://example.org/100%25?a=%25zz"),
        ("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        (" mailto:office@example.org ", "mailto:office@example.org"),
        ("mailto:", None),
        ("https://", None),
        ("https://[bad", None),
        ("https://example.org:port/", None),
        ("https://" + "a" * 70 + "é.org/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//example.org", None),
        ("page.html", None),
        ("", None),
        (None, None),
    ],
)
def test_links_are_whole_or_none(url: str | None, safe: str | None) -> None:
    assert safe_link(url) == safe


def test_a_short_title_ends_with_a_word() -> None:
    assert short_title(Document("Short\n title", ())) == "Short title"
    assert short_title(Document("word " * 30, ())) == "word " * 13 + "word…"
    assert short_title(Document("字" * 100, ())) == "字" * 70 + "…"


def test_the_subtitle_says_when_and_for_whom() -> None:
    assert subtitle(Document("T", (), date="2026-01-15", audience="Minister")) == "2026-01-15 · Minister"
    assert subtitle(Document("T", (), date="2026-01-15", date_text="15 January 2026")) == "15 January 2026"
    assert subtitle(Document("T", (), language="ja", date_text="1月15日", audience="次官")) == "1月15日　次官"
    assert subtitle(Document("T", ())) == ""


def test_what_the_document_opens_with_is_not_said_twice() -> None:
    marked = Document("T", (), audience="Minister", marking=Marking("OFFICIAL"))
    assert [p.style for p in opening(marked)] == [ParagraphStyle.SUBTITLE, ParagraphStyle.MARKING]
    said = (Paragraph((Run("a"),), ParagraphStyle.SUBTITLE), Paragraph((Run("b"),), ParagraphStyle.MARKING))
    assert opening(Document("T", said, audience="Minister", marking=Marking("OFFICIAL"))) == ()
    assert opening(Document("T", ())) == ()


def test_draft_copy_and_handling_stand_below_the_marking() -> None:
    document = Document(
        "T", (), draft="DRAFT", copy="Copy 1", handling=("Return it.", "\x01 "), marking=Marking("M")
    )
    said = [(p.style.value, plain_text(p.inlines)) for p in opening(document)]
    assert said == [("marking", "M"), ("marking", "DRAFT · Copy 1"), ("handling", "Return it.")]
    assert status(Document("T", (), language="ja", draft="案", copy="第2号")) == "案　第2号"


QUOTED = Paragraph((), ParagraphStyle.QUOTATION)
TRANSLATED = Paragraph((), ParagraphStyle.TRANSLATION)


@pytest.mark.parametrize(
    ("block", "after", "kept"),
    [
        (Paragraph((Run("Why?", bold=True),)), None, True),
        (Paragraph((Run("They say"), Run("："))), None, True),
        (Paragraph((Run("Why?", bold=True), Run(" So."))), None, False),
        (Paragraph((Run("Q.", bold=True), Run(" …"))), None, True),
        (Paragraph((Run("Q1", bold=True), Run(" What of it"))), None, True),
        (Paragraph((Run("問１", bold=True), Run(" …"))), None, True),
        (Paragraph((Run("Quotas", bold=True), Run(" fall."))), None, False),
        (Paragraph((Run("Will they agree?"),)), None, True),
        (Paragraph(()), TRANSLATED, False),
        (QUOTED, TRANSLATED, True),
        (TRANSLATED, TRANSLATED, True),
        (QUOTED, None, False),
    ],
)
def test_what_leads_to_the_next_block_stays_with_it(
    block: Paragraph, after: Paragraph | None, kept: bool
) -> None:
    assert leads(block, after) is kept


def _table(rows: int, text: str = "x") -> Table:
    return Table(((Run("A"),), (Run("B"),)), tuple(((Run(text),), (Run("1"),)) for _ in range(rows)))


@pytest.mark.parametrize(
    ("table", "whole"),
    [
        (_table(0), True),
        (_table(12), True),
        (_table(13), False),
        (_table(12, "several words in a cell " * 3), True),
        (_table(12, "words that need many lines of a narrow column " * 20), False),
        (_table(2, "経済" * 2_000), False),
    ],
)
def test_a_short_table_stays_on_one_page_where_it_can(table: Table, whole: bool) -> None:
    assert stays_whole(table) is whole


def test_blocks_are_told_with_what_follows() -> None:
    assert list(followed(())) == []
    assert list(followed((QUOTED, TRANSLATED))) == [(QUOTED, TRANSLATED), (TRANSLATED, None)]


def test_anchors_are_found_inside_lists() -> None:
    inner = Paragraph((), anchor="b")
    blocks = (ListBlock((ListItem((inner,)),), anchor="a"), Paragraph(()), Paragraph((), anchor="c"))
    assert list(anchors(blocks)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("tag", "full"), [("en", "en-GB"), ("EN", "en-GB"), ("ja", "ja-JP"), ("fr-CA", "fr-CA"), ("", "en-GB")]
)
def test_languages_get_a_region(tag: str, full: str) -> None:
    assert full_language(tag) == full


@pytest.mark.parametrize(
    ("value", "found"), [("#B00020", "#b00020"), ("red", "#000000"), ("#b00020;x", "#000000")]
)
def test_colours_are_hexadecimal(value: str, found: str) -> None:
    assert colour(value) == found


def marks(*numbers: int) -> Paragraph:
    return Paragraph(tuple(NoteRef(n) for n in numbers))


def test_notes_in_every_place_are_counted_in_reading_order() -> None:
    blocks = (
        marks(1),
        ListBlock((ListItem((marks(2), ListBlock((ListItem((marks(3),)),)))),)),
        Table(((NoteRef(4),),), (((NoteRef(5),),),)),
    )
    check_notes(Document("T", blocks, tuple(Note(n, ()) for n in range(1, 6))))


@pytest.mark.parametrize(
    ("referred", "defined"),
    [((1,), ()), ((), (1,)), ((1, 1), (1,)), ((2, 1), (1, 2)), ((2,), (2,)), ((1, 2), (2, 1))],
)
def test_notes_that_no_writer_could_number_are_a_bug(
    referred: tuple[int, ...], defined: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="notes referred to"):
        check_notes(Document("T", (marks(*referred),), tuple(Note(n, ()) for n in defined)))


def test_dates_stay_on_one_line_where_a_title_has_to_be_broken_anyway() -> None:
    title = "A long title of a source that no column of a page of A4 has the room for on one line, whatever is done"
    table = Table(
        tuple((Run(text),) for text in ("Source", "Partner", "Newest")),
        (tuple((Run(text),) for text in (title, "European Union", "12 September 2025")),),
    )
    source, partner, newest = column_weights(table)
    assert source > newest > partner
    # A hundredth of a narrow character is the unit, and the padding of a cell comes on top.
    assert partner > len("European Union") * 100
    assert newest > len("12 September 2025") * 100


def test_a_long_word_has_room_for_broad_letters() -> None:
    def weight(word: str) -> int:
        texts = ("A", "B"), (word, "It is said by all of them at length that this goes on and on and on " * 2)
        header, row = (tuple((Run(text),) for text in line) for line in texts)
        return column_weights(Table(header, (row,)))[0]

    assert weight("Recommendation") - weight("Recommendatio") == 100
    assert weight("Recommendatio") - weight("Recomm") > 700
