from __future__ import annotations

import itertools
import textwrap
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, How, SegmentKind
from briefer.domain.spans import Span, fold
from briefer.errors import InputError
from briefer.intake.pdf import characters as pdf_characters
from briefer.intake.pdf import reader as pdf
from briefer.intake.pdf.files import opened
from briefer.services.ports import Taken
from tests.unit.intake.conftest import CHANGED, Seen, captured
from tests.unit.intake.pdf_files import Text, column, lines, stream, written
from tests.unit.intake.pdf_files import pdf as made

FIRST = (
    "The two governments agreed on Tuesday to compare their lists of critical minerals before the spring, and to"
    " share early warnings of shortages with each other."
)
SECOND = (
    "Companies had asked for such an exchange for several years, since each of them had to find out for itself"
    " what was running short and who could help."
)
THIRD = "Ports on both sides of the sea will be asked as well, and so will the companies that run them."
LONG = (
    "Nothing in the text says which of the minerals are on the lists and neither side would name them, though"
    " officials pointed to the reports that both of them had published in the course of the year and that had been"
    " debated at length in the committees of the two parliaments, where the members had asked for figures that"
    " nobody was able or willing to give them at that time, or later."
)


def broken(*paragraphs: str, width: int = 66) -> list[str]:
    """Break paragraphs into lines of at most so many characters, as a typewriter would."""
    return [row for paragraph in paragraphs for row in textwrap.wrap(paragraph, width)]


def prose(x: float, y: float, *paragraphs: str, width: int = 66) -> list[Text]:
    """Set paragraphs below each other without gaps, in type of which each letter is six points wide."""
    return lines(x, y, broken(*paragraphs, width=width), font="C")


def taken(data: bytes, name: str = "note.pdf", password: str | None = None) -> Taken:
    return Taken(name, data, CHANGED, password=password)


def see(*pages: Sequence[Text], **options: object) -> Seen:
    found = Seen(captured(taken(made(*pages, **options))))  # type: ignore[arg-type]
    found.assert_whole()
    return found


def characters(data: bytes, page: int) -> str:
    """Return the characters of a page as PDFium itself counts them."""
    with opened(taken(data)) as file, file.page(page) as handle, file.text(handle) as text:
        return "".join(
            chr(pdfium.FPDFText_GetUnicode(text, i)) for i in range(pdfium.FPDFText_CountChars(text))
        )


def assert_placed(capture: Capture, data: bytes) -> None:
    """Every run's stretch of the text equals the page's characters at its place."""
    pages = {run.page for run in capture.pages.runs}
    texts = {page: characters(data, page) for page in pages}
    for run in capture.pages.runs:
        assert (
            capture.text[run.start : run.end] == texts[run.page][run.index : run.index + run.end - run.start]
        )


# Paragraphs -----------------------------------------------------------------------------------------------


def test_lines_become_paragraphs_by_their_gaps() -> None:
    seen = see([*prose(60, 780, FIRST), *prose(60, 720, SECOND)])
    assert seen.body == [FIRST, SECOND]


def test_lines_become_paragraphs_by_their_indents() -> None:
    rows = [
        row for text in (FIRST, SECOND, LONG, FIRST) for row in textwrap.wrap(text, 66, initial_indent="   ")
    ]
    page = [Text(60 + 18 * row.startswith(" "), 780 - 12 * i, row.strip(), "C") for i, row in enumerate(rows)]
    assert see(page).body == [FIRST, SECOND, LONG, FIRST]


def test_lines_become_paragraphs_by_the_end_of_the_last_line() -> None:
    assert see(prose(60, 780, LONG, FIRST)).body == [LONG, FIRST]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    rows = broken(FIRST, LONG, SECOND, width=38)
    page = [*lines(60, 780, rows[:8], font="C"), *lines(320, 780, rows[8:], font="C")]
    assert see(page).body == [FIRST, LONG, SECOND]


def test_columns_that_the_file_writes_by_turns_are_read_one_after_the_other() -> None:
    left, right = broken(LONG, width=38), broken(FIRST, SECOND, width=38)
    page = [
        t for i, rows in enumerate(itertools.zip_longest(left, right)) for t in _level(780 - 12 * i, rows)
    ]
    assert see(page).body == [LONG, FIRST, SECOND]


def _level(y: float, rows: Sequence[str | None]) -> list[Text]:
    return [Text(60 + 260 * i, y, row, "C") for i, row in enumerate(rows) if row]


def test_a_paragraph_goes_on_over_the_page_and_the_running_heads_come_after_it() -> None:
    def page(number: int, rows: Sequence[str]) -> list[Text]:
        head, foot = Text(60, 810, "Bulletin of trade"), Text(290, 30, str(number))
        return [head, *lines(60, 780, rows, font="C"), foot]

    rows = broken(FIRST, LONG, SECOND)
    seen = see(page(1, rows[:6]), page(2, rows[6:]), page(3, broken(THIRD)))
    assert seen.body == [FIRST, LONG, SECOND, THIRD]
    assert seen.of(SegmentKind.FURNITURE) == [
        "Bulletin of trade",
        "1",
        "Bulletin of trade",
        "2",
        "Bulletin of trade",
        "3",
    ]
    assert {seen.why("Bulletin"), seen.why("1")} == {"running head", "page number"}


def test_headings_that_count_on_at_the_top_of_pages_are_no_running_heads() -> None:
    pages = [[Text(60, 780, f"Section {n}", "B", 14), *prose(60, 750, LONG)] for n in (3, 5)]
    assert see(*pages).of(SegmentKind.HEADING)[-1] == "Section 5"


def test_the_same_short_last_line_on_two_pages_is_no_running_foot() -> None:
    pages = [[*prose(60, 780, LONG), Text(60, 708, "by the end of the year.", "C")] for _ in range(2)]
    assert "by the end of the year." in see(*pages).capture.text
    assert not see(*pages).of(SegmentKind.FURNITURE)


def test_heads_that_change_stand_where_the_others_do() -> None:
    heads = ["The year", "The year", "The year", "The year", "Outlook"]
    texts = ["", "At first ", "So far ", "By most accounts ", "For now "]
    seen = see(*([Text(60, 810, h), *prose(60, 770, t + LONG)] for h, t in zip(heads, texts, strict=True)))
    assert seen.why("Outlook") == "running head"


def test_a_lonely_page_number_is_told_by_the_room_around_it() -> None:
    assert see([*prose(60, 780, LONG), Text(290, 40, "1")]).why("1") == "page number"


def test_text_across_the_page_is_furniture() -> None:
    seen = see([*prose(60, 780, LONG), Text(30, 300, "Draft not for circulation", turned=True)])
    assert seen.why("Draft") == "set across the page"


def test_a_page_that_lies_on_its_side_is_read_as_any_other() -> None:
    rows = [Text(60 + 12 * i, 60, row, "C", turned=True) for i, row in enumerate(broken(LONG, FIRST))]
    assert see(rows, extra=b"/Rotate 90").body == [LONG, FIRST]


def test_lists_keep_their_items_apart() -> None:
    text = "an exchange of lists that both sides would keep up to date, and open to others"
    rows = broken(text, width=63)
    items = [
        Text(60, 740, "•"),
        *lines(74, 740, rows, font="C"),
        Text(60, 716, "•"),
        *lines(74, 716, ["a stockpile"], font="C"),
    ]
    seen = see([*prose(60, 780, FIRST), *items])
    assert seen.body[1:] == [f"• {text}", "• a stockpile"]


def test_cells_of_a_table_are_paragraphs_of_their_own() -> None:
    rows = [("Country", "Measure"), ("Finland", "Stockpile"), ("Japan", "Screening"), ("India", "Tariffs")]
    cells = [
        t for i, (a, b) in enumerate(rows) for t in (Text(60, 600 - 14 * i, a), Text(100, 600 - 14 * i, b))
    ]
    seen = see([*prose(60, 780, LONG), *cells])
    assert seen.body[1:] == [cell for row in rows for cell in row]


def test_small_type_at_the_foot_comes_after_the_page_and_its_marks_leave_the_sentences() -> None:
    mark = Text(235, 760, "1", size=6)
    note = [Text(60, 60, "1", size=6), *lines(64, 57, ["See the report of both ministries."], size=7.5)]
    seen = see([*prose(60, 780, FIRST), mark, *note], prose(60, 780, SECOND))
    assert FIRST in seen.body
    assert "1 See the report of both ministries." in seen.body
    assert seen.why("1 See") == "note"


def test_a_raised_figure_without_a_note_stays() -> None:
    seen = see(
        [
            Text(60, 780, "A surface of 10"),
            Text(121, 784, "6", size=6),
            Text(126, 780, "square metres was sealed off for it."),
        ]
    )
    assert "106" in seen.capture.text


def test_characters_so_far_off_that_they_have_no_height_are_read() -> None:
    seen = see(
        [Text(68, -5e8, "A word and more"), Text(90, -5e8, "x", size=4), Text(150, -5e8, "日本", font="H")]
    )
    assert seen.capture.text == "A word and more\n\nx\n\n日本"


def test_captions_are_told_by_their_words() -> None:
    seen = see([*prose(60, 780, LONG), *lines(60, 640, ["Figure 2: Imports of minerals by origin"], size=8)])
    assert seen.of(SegmentKind.CAPTION) == ["Figure 2: Imports of minerals by origin"]


# Hyphens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("the expected re-", "organisation of the ports was post-", "reorganisation"),
        ("a strategy for the Indo-", "Pacific that would cover most post-", "Indo-Pacific"),
        ("an agreement that is long-", "term and that would cover post-", "long-term"),
        ("in the financial year 2025-", "26 the ministry wants to be post-", "2025-26"),
        ("die Ein- und die Aus-", "fuhr von Erzen wurde oft ver-", "Ausfuhr"),
    ],
)
def test_hyphens_at_the_end_of_lines_are_taken_away_or_kept(before: str, after: str, word: str) -> None:
    text = see(
        lines(60, 780, [f"Officials from both countries said that {before}", after, "poned again."])
    ).capture.text
    assert word in fold(text)


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    rows = [
        "The two sides want to co-operate more closely and hope that they co-",
        "operate on ports as well.",
    ]
    assert "they co-operate on" in see(lines(60, 780, rows)).capture.text


def test_a_hyphen_before_and_stays() -> None:
    rows = ["Minister und Abgeordnete sprachen lange über Ein-", "und Ausfuhr von Erzen."]
    assert "Ein- und Ausfuhr" in see(lines(60, 780, rows)).capture.text


# Japanese -------------------------------------------------------------------------------------------------

VERTICAL = ["政府は経済安全保障のための新しい仕組みを導入", "すると発表した。"]


def test_vertical_japanese_is_read_from_right_to_left() -> None:
    seen = see(column(500, 780, [*VERTICAL, "企業の側には不安もある。"]))
    assert seen.body == ["".join(VERTICAL), "企業の側には不安もある。"]


def test_horizontal_japanese_is_joined_without_blanks() -> None:
    rows = ["政府は重要鉱物の供給網を点検する新しい仕組みを来年の春までに", "導入すると発表した。"]
    assert see(lines(60, 780, rows, 18, "H", 11)).body == ["".join(rows)]


def test_ruby_is_kept_beside_the_text() -> None:
    rows = ["政府は経済安全保障の仕組みを導入すると発表した。", "企業は歓迎している。"]
    seen = see([*lines(60, 780, rows, 20, "H", 12), *lines(96, 791, ["けいざい"], font="H", size=6)])
    assert "".join(seen.body) == "".join(rows)
    assert seen.why("けいざい") == "ruby"


# Places ---------------------------------------------------------------------------------------------------


def test_every_run_is_what_stands_on_the_page() -> None:
    pages = [
        [
            *lines(60, 780, [*broken(FIRST)[:2], "and an inter-", "national list."], font="C"),
            *lines(60, 500, VERTICAL, 20, "H", 12),
        ],
        [*prose(60, 780, LONG, SECOND), Text(290, 30, "2")],
    ]
    data = made(*pages)
    capture = captured(taken(data))
    assert_placed(capture, data)
    at = capture.text.index("international")
    assert [place.count for place in capture.pages.places(Span(at, at + 13))] == [5, 8]


def _is_no_page_number(line: str) -> bool:
    # A line that is Roman figures alone («c») may be the page's number, which is none of its text.
    return bool(line.strip()) and not set(line) <= set("cd-.,•’ ")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text("abc déÉß-.,•’ ", min_size=1, max_size=30).filter(_is_no_page_number),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_words_are_placed_and_none_is_lost(pages: list[list[str]]) -> None:
    data = made(*(lines(60, 780, rows, step=14) for rows in pages))
    capture = pdf.read(taken(data))
    assert_placed(capture, data)
    letters = sorted(c for page in pages for row in page for c in row if c.isalnum())
    assert sorted(c for c in capture.text if c.isalnum()) == letters


def test_page_labels_are_those_of_the_document() -> None:
    labels = b"/PageLabels<</Nums[0<</S/r>>1<</S/D/St 1>>]>>"
    capture = captured(taken(made(prose(60, 780, LONG), prose(60, 780, FIRST), labels=labels)))
    assert capture.pages.labels == ("i", "1")


# Facts ----------------------------------------------------------------------------------------------------

TITLE = Text(60, 790, "Critical minerals after the summit", "B", 18)


def test_the_title_is_the_largest_type() -> None:
    seen = see([TITLE, *prose(60, 750, LONG)], info={"Title": "Microsoft Word - draft_v3.docx"})
    assert seen.capture.title == TITLE.words
    assert seen.of(SegmentKind.TITLE) == [TITLE.words]
    assert seen.capture.known["title"].how is How.WRITTEN


def test_the_head_tells_date_and_author_and_the_file_s_own_date_is_no_more_than_a_hint() -> None:
    head = [TITLE, Text(60, 770, "By Jane Example"), Text(60, 756, "3 March 2025")]
    capture = see([*head, *prose(60, 730, LONG)], info={"CreationDate": "D:20250722101500Z"}).capture
    assert (capture.published.value, capture.published.basis) == ("2025-03-03", Basis.EXPLICIT)
    assert capture.authors == ("Jane Example",)
    bare = see([TITLE, *prose(60, 730, LONG)], info={"CreationDate": "D:20250722101500Z"}).capture
    assert (bare.published.value, bare.published.certain) == ("2025-07-22", False)
    assert bare.known["published"].confidence < 0.5


def test_a_broken_date_of_making_says_nothing() -> None:
    assert see([*prose(60, 730, LONG)], info={"CreationDate": "D:20259999"}).capture.published.value is None


def test_a_printed_web_page_is_read_as_one() -> None:
    def page(number: int, rows: Sequence[Text]) -> list[Text]:
        foot = [Text(40, 20, "https://news.example.org/a/minerals"), Text(540, 20, f"{number}/2")]
        return [Text(40, 820, "7/24/25, 10:00 AM"), *rows, *foot]

    story = [TITLE, *prose(60, 750, FIRST), *prose(60, 700, LONG), *prose(60, 610, SECOND)]
    more = [
        Text(60, 780, "Related articles"),
        Text(60, 760, "A minister resigns"),
        Text(60, 740, "Ports on strike"),
    ]
    seen = see(page(1, story), page(2, more))
    assert seen.capture.url == "https://news.example.org/a/minerals"
    assert seen.body == [FIRST, LONG, SECOND]


# What cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reason"), [(None, "needs its password"), ("wrong", "password is wrong")]
)
def test_a_locked_file_asks_for_its_password(password: str | None, reason: str) -> None:
    data = made(prose(60, 780, LONG), password="open sesame")
    with pytest.raises(InputError, match=reason) as caught:
        pdf.read(taken(data, password=password))
    assert caught.value.code == "input-password"
    assert pdf.read(taken(data, password="open sesame")).text == LONG


def test_a_file_that_forbids_copying_but_opens_is_read() -> None:
    assert pdf.read(taken(made(prose(60, 780, LONG), password=""))).text == LONG


def test_pages_without_text_say_so_and_keep_their_labels() -> None:
    capture = captured(taken(made([], []), "Scan of a treaty.pdf"))
    assert (capture.text, capture.unreadable) == ("", pdf.PICTURES)
    assert (capture.title, capture.pages.labels) == ("Scan of a treaty", ("1", "2"))


def test_pages_that_are_copies_of_each_other_are_read() -> None:
    seen = see([Text(60, 780, "Agreed text")], [Text(60, 780, "Agreed text")])
    assert seen.capture.text == "Agreed text\n\nAgreed text"


def test_nothing_but_page_numbers_is_no_text() -> None:
    numbers = [[Text(290, 30, str(n))] for n in (1, 2, 3)]
    assert captured(taken(made(*numbers))).unreadable == pdf.PICTURES


def test_characters_without_meaning_say_so() -> None:
    encoding = b"/Encoding<</Differences[97/g1/g2/g3]>>/ToUnicode 9 0 R>>"
    cmap = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <61> <7a> <e000> endbfrange"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Odd" + encoding
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    content = stream(b"BT /F 12 Tf 50 700 Td (abcdefgh) Tj ET")
    catalogue = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    data = written([*catalogue, page, content, font, b"null", b"null", b"null", stream(cmap)])
    assert captured(taken(data)).unreadable == pdf.MEANINGLESS


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 9, made(prose(60, 780, LONG))[:300]]
)
def test_damaged_files_are_one_clear_line(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        captured(taken(data))
    assert caught.value.code == "input-damaged"


def test_a_file_cut_short_behind_its_pages_is_read() -> None:
    data = made(prose(60, 780, LONG))
    assert captured(taken(data[: data.index(b"startxref")])).text == LONG


def test_a_file_without_pages_is_damaged() -> None:
    data = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    with pytest.raises(InputError) as caught:
        captured(taken(data))
    assert caught.value.code == "input-damaged"


def test_a_damaged_page_leaves_the_others() -> None:
    data = made(prose(60, 780, FIRST), prose(60, 780, LONG)).replace(
        b"/Type/Page/Parent", b"/Type/Pxge/Parent", 1
    )
    assert LONG in captured(taken(data)).text


def test_the_pages_beyond_the_most_are_not_read_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    capture = captured(taken(made(prose(60, 780, FIRST), prose(60, 780, SECOND), prose(60, 780, LONG))))
    assert LONG not in capture.text
    assert capture.flags == ("only the first 2 of 3 pages were read",)
    assert len(capture.pages.labels) == 3


def test_a_page_of_too_many_characters_keeps_the_order_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_characters, "MOST_CHARACTERS", 250)
    data = made(prose(60, 780, LONG, FIRST), prose(60, 780, SECOND))
    capture = captured(taken(data))
    assert [capture.text[s.span.start : s.span.end] for s in capture.reading.segments] == [
        *broken(LONG, FIRST),
        SECOND,
    ]
    assert_placed(capture, data)


def test_a_stream_that_grows_without_bounds_costs_no_more_than_it_holds() -> None:
    packed = zlib.compressobj(9)
    blanks = b"".join(packed.compress(b" " * 1_000_000) for _ in range(40)) + packed.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    catalogue = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    data = written([*catalogue, page, stream(blanks, b"/Filter/FlateDecode")])
    assert captured(taken(data)).unreadable == pdf.PICTURES


def test_times_of_capture_do_not_reach_into_the_text() -> None:
    data = made(prose(60, 780, LONG))
    later = Taken("note.pdf", data, datetime(2026, 1, 1, tzinfo=UTC))
    assert captured(later).text == captured(taken(data)).text
