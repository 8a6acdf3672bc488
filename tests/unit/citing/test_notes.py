from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.citing import NotesCiter
from briefer.domain.characters import xml_safe
from briefer.domain.dates import Basis, Dating
from briefer.domain.documents import Inlines, Run, plain_text
from briefer.domain.sources import Source
from briefer.errors import UsageError
from briefer.services.ports import Cite
from tests.unit.factories import make_source

STYLE = "chicago-notes"
CITER = NotesCiter()
INFERRED = Dating("2025-12", "last month", Basis.INFERRED)


def article(published: Dating | None = None, **changes: Any) -> Source:
    values: dict[str, Any] = {"title": "Chips", "authors": ("Anna Müller",), "publisher": "Example Times"}
    source = make_source(**{**values, **changes})
    return source if published is None else replace(source, published=published)


def note_runs(*cites: Cite, language: str = "en-GB") -> Inlines:
    (note,) = CITER.notes([cites], style=STYLE, language=language)
    return note


def note(source: Source, language: str = "en-GB", **around: str) -> str:
    return plain_text(note_runs(Cite(source, **around), language=language))


def entries(*sources: Source, language: str = "en-GB") -> list[str]:
    return [plain_text(entry) for entry in CITER.bibliography(sources, style=STYLE, language=language)]


def entry(source: Source, language: str = "en-GB") -> str:
    (text,) = entries(source, language=language)
    return text


def styled(runs: Inlines) -> list[tuple[str, bool, str | None]]:
    return [(run.text, run.italic, run.language) for run in runs if isinstance(run, Run)]


def test_a_note_on_an_article() -> None:
    assert note(article()) == "Anna Müller, “Chips,” Example Times, December 17, 2025."
    assert note(article(), "ja") == "Anna Müller「Chips」『Example Times』2025年12月17日。"


def test_an_entry_of_the_source_list() -> None:
    assert entry(article()) == "Anna Müller. “Chips.” Example Times, December 17, 2025."
    assert entry(article(), "ja-JP") == "Anna Müller「Chips」『Example Times』2025年12月17日。"


def test_a_report_leads_with_its_publisher_where_nobody_signed_it() -> None:
    report = article(kind="report", authors=())
    assert note(report) == "Example Times, Chips, December 17, 2025."
    assert entry(report) == "Example Times. Chips. December 17, 2025."
    assert note(report, "ja") == "Example Times『Chips』2025年12月17日。"


def test_an_unsigned_article_is_found_under_its_publisher_in_the_source_list() -> None:
    assert note(article(authors=())) == "“Chips,” Example Times, December 17, 2025."
    assert entry(article(authors=())) == "Example Times. “Chips.” December 17, 2025."
    assert entry(article(authors=()), "ja") == "『Example Times』「Chips」2025年12月17日。"


@pytest.mark.parametrize("kind", ["article-newspaper", "report"])
def test_a_publisher_that_is_the_author_is_named_once(kind: str) -> None:
    own = article(authors=("Example Times",), kind=kind)
    assert note(own).count("Example Times") == 1
    assert entry(own).count("Example Times") == 1


def test_titles_of_books_and_names_of_periodicals_are_italic() -> None:
    assert ("Example Times", True, None) in styled(note_runs(Cite(article())))
    report = styled(note_runs(Cite(article(kind="report"))))
    assert [text for text, italic, _ in report if italic] == ["Chips"]


@pytest.mark.parametrize("published", ["2025-12-17", None])
@pytest.mark.parametrize("kind", ["article-newspaper", "report", "webpage"])
def test_missing_data_are_said_to_be_missing(kind: str, published: str | None) -> None:
    bare = article(authors=(), publisher=None, kind=kind, published=Dating(published, None, Basis.EXPLICIT))
    date, tag = ("December 17, 2025.", "2025年12月17日") if published else ("n.d.", "日付不明")
    assert note(bare).endswith(f"publisher not stated, {date}")
    assert entry(bare).endswith(f"Publisher not stated, {date}")
    for text in (note(bare, "ja"), entry(bare, "ja")):
        assert f"発行者不明、{tag}" in text


@pytest.mark.parametrize("authors", [("",), (" \n",), ("\x01",)])
def test_a_blank_author_is_none(authors: tuple[str, ...]) -> None:
    for publisher in ("Example Times", None):
        blank, unsigned = (article(authors=a, publisher=publisher) for a in (authors, ()))
        for language in ("en", "ja"):
            assert note(blank, language) == note(unsigned, language)
            assert entry(blank, language) == entry(unsigned, language)


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        ("2025", "2025", "2025年"),
        ("2025-12", "December 2025", "2025年12月"),
        ("2025-01-07", "January 7, 2025", "2025年1月7日"),
        ("2025-02-30", "2025-02-30", "2025-02-30"),
        ("Heisei 5", "Heisei 5", "Heisei 5"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(value: str, english: str, japanese: str) -> None:
    certain = article(published=Dating(value, value, Basis.EXPLICIT))
    assert note(certain).endswith(f"Example Times, {english}.")
    assert note(certain, "ja").endswith(f"『Example Times』{japanese}。")


@pytest.mark.parametrize("basis", [Basis.INFERRED, Basis.RELATIVE, Basis.UNKNOWN])
def test_a_date_that_is_not_written_out_stands_in_brackets(basis: Basis) -> None:
    inferred = article(published=Dating("2025-12", "last month", basis))
    assert note(inferred).endswith("Example Times, [December 2025].")
    assert entry(inferred).endswith("Example Times, [December 2025].")
    assert "［2025年12月］" in note(inferred, "ja")
    assert "［2025年12月］" in entry(inferred, "ja")


def test_a_container_is_named_unless_it_is_the_publisher() -> None:
    taken = article(container="Portal")
    assert note(taken, locator="para. 3").endswith("2025, reproduced on Portal, para. 3.")
    assert entry(taken).endswith("2025. Reproduced on Portal.")
    assert note(taken, "ja").endswith("日（Portalに転載）。")
    own = article(container=" Example  Times")
    assert note(own) == note(article())
    assert note(own, "ja") == note(article(), "ja")
    assert entry(own) == entry(article())


def test_an_address_is_a_link_and_says_when_it_was_read() -> None:
    page = article(url="https://example.org/a", accessed="2026-01-02")
    assert note(page).endswith("2025, accessed January 2, 2026, https://example.org/a.")
    assert entry(page).endswith("2025. Accessed January 2, 2026. https://example.org/a.")
    assert note(page, "ja").endswith("日、https://example.org/a（2026年1月2日閲覧）。")
    runs = [run for run in note_runs(Cite(page)) if isinstance(run, Run)]
    assert [(run.text, run.link) for run in runs if run.link] == [("https://example.org/a",) * 2]


def test_an_address_that_no_browser_should_open_is_text() -> None:
    runs = note_runs(Cite(article(url="javascript:alert(1)")))
    assert "javascript:alert(1)" in plain_text(runs)
    assert not any(run.link for run in runs if isinstance(run, Run))


def test_without_an_address_nothing_was_accessed() -> None:
    assert note(article(accessed="2026-01-02")) == note(article())


def test_locator_prefix_and_suffix() -> None:
    around = {"locator": "para. 3", "prefix": "see", "suffix": "emphasis added"}
    assert note(article(), **around) == (
        "See Anna Müller, “Chips,” Example Times, December 17, 2025, para. 3, emphasis added."
    )


@pytest.mark.parametrize(("prefix", "shown"), [("参照", "参照"), ("see", "see ")])
def test_around_a_japanese_note(prefix: str, shown: str) -> None:
    text = note(article(), "ja", prefix=prefix, locator="第3段落", suffix="強調は引用者")
    assert text == f"{shown}Anna Müller「Chips」『Example Times』2025年12月17日、第3段落、強調は引用者。"


def test_only_the_first_prefix_of_a_note_is_capitalised() -> None:
    cites = Cite(article(), prefix="see"), Cite(article(title="Tools"), prefix="but cf.")
    assert plain_text(note_runs(*cites)) == (
        "See Anna Müller, “Chips,” Example Times, December 17, 2025; "
        "but cf. Anna Müller, “Tools,” Example Times, December 17, 2025."
    )


def test_several_sources_in_a_japanese_note() -> None:
    text = plain_text(note_runs(Cite(article()), Cite(article(title="Tools")), language="ja"))
    assert text.count("；") == 1
    assert text.count("。") == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_note_is_in_full(language: str) -> None:
    source = article()
    first, second, third = CITER.notes([[Cite(source)]] * 3, style=STYLE, language=language)
    assert first == second == third
    assert "Example Times" in plain_text(first)


def test_notes_keep_their_order_and_an_empty_one_its_place() -> None:
    found = CITER.notes([[Cite(article())], [], [Cite(article(title="Tools"))]], style=STYLE, language="en")
    assert ["Chips" in plain_text(n) for n in found] == [True, False, False]
    assert found[1] == ()
    assert "Tools" in plain_text(found[2])


@pytest.mark.parametrize(
    ("flags", "english", "japanese"),
    [
        (("ai-written",), "AI-written", "AIによる執筆"),
        (("AI assisted",), "AI-assisted", "AIを利用して執筆"),
        (("withdrawn", "ai_written"), "withdrawn; AI-written", "撤回済み、AIによる執筆"),
        (("superseded",), "superseded", "改訂版あり"),
        (("Superseded by: Paper 9",), "superseded by Paper 9", "Paper 9に改訂"),
        (("superseded by",), "superseded", "改訂版あり"),
    ],
)
def test_flags_that_warn_the_reader(flags: tuple[str, ...], english: str, japanese: str) -> None:
    source = article(flags=(*flags, "to-read"))
    assert note(source, locator="p. 3").endswith(f"2025, p. 3 ({english}).")
    assert entry(source).endswith(f"2025 ({english}).")
    assert note(source, "ja").endswith(f"日（{japanese}）。")
    assert entry(source, "ja").endswith(f"日（{japanese}）。")


def test_flags_that_only_matter_in_the_library_are_left_out() -> None:
    assert note(article(flags=("to-read",))) == note(article())


@pytest.mark.parametrize(
    ("authors", "in_note", "in_entry"),
    [
        (("A",), "A, ", "A. "),
        (("A", "B"), "A and B, ", "A and B. "),
        (("A", "B", "C"), "A, B, and C, ", "A, B, and C. "),
        (("A", "B", "C", "D"), "A et al., ", "A, B, C, and D. "),
        (tuple("ABCDEFGHIJK"), "A et al., ", "A et al. "),
        (("J. Smith Jr.",), "J. Smith Jr., ", "J. Smith Jr. "),
    ],
)
def test_authors(authors: tuple[str, ...], in_note: str, in_entry: str) -> None:
    source = article(authors=authors)
    assert note(source).startswith(f"{in_note}“Chips")
    assert entry(source).startswith(f"{in_entry}“Chips")
    assert note(source, "ja").startswith("、".join(authors) + "「")


@pytest.mark.parametrize(
    ("title", "in_note", "in_entry"),
    [
        ("Will it?", "“Will it?” Example", "“Will it?” Example"),
        ("Done.", "“Done,” Example", "“Done.” Example"),
        ('He said "no"', "“He said ‘no,’” Example", "“He said ‘no.’” Example"),
        ("“Stop!”", "“‘Stop!’” Example", "“‘Stop!’” Example"),
        ("...", "“...,” Example", "“...” Example"),
    ],
)
def test_punctuation_of_titles_is_not_doubled(title: str, in_note: str, in_entry: str) -> None:
    assert in_note in note(article(title=title))
    assert in_entry in entry(article(title=title))


@pytest.mark.parametrize("kind", ["article-newspaper", "report", "webpage"])
@pytest.mark.parametrize("publisher", ["Acme Inc.", "Yahoo!", "Who?", None])
@pytest.mark.parametrize("title", ["Chips", "Chips?", "Chips.", "“Chips”"])
def test_no_two_marks_meet(kind: str, publisher: str | None, title: str) -> None:
    source = article(kind=kind, publisher=publisher, title=title, flags=("withdrawn",), url="https://x.org/")
    for text in (note(source), entry(source), note(article(title=title)), entry(article(title=title))):
        assert not re.search(r"[?!][.,]|,,|\.\.|,\.| ,| \.", text.replace("Inc.,", "Inc")), text


@pytest.mark.parametrize("suffix", ["Yes.", "Yes,", ", yes", "is it?", "“yes.”"])
def test_a_suffix_brings_no_second_mark(suffix: str) -> None:
    assert not re.search(r"[.?!]”?\.|,,|,\.|, ,", note(article(), suffix=suffix))


def test_a_japanese_suffix_brings_no_second_mark() -> None:
    assert note(article(), "ja", suffix="、強調は引用者。").endswith("日、強調は引用者。")


def test_brackets_within_japanese_titles_change_kind() -> None:
    assert "「『安全』の時代」" in note(article(title="「安全」の時代"), "ja")
    assert "『「安全」の時代』" in note(article(title="『安全』の時代", kind="report"), "ja")


def test_japanese_within_an_english_note_is_marked() -> None:
    runs = styled(note_runs(Cite(article(publisher="読売新聞"))))
    assert ("読売新聞", True, "ja") in runs
    assert all(language is None for text, _, language in runs if text.isascii())
    japanese = styled(note_runs(Cite(article(publisher="読売新聞")), language="ja"))
    assert all(language is None for _, _, language in japanese)


def test_what_xml_forbids_is_dropped_and_space_is_folded() -> None:
    source = article(title="Ch\x00i\x0bps\n and\tmore\ufffe", publisher="Ex\x1bample")
    assert note(source, prefix="\x02see", locator="p.\x03 3", suffix="so\x04") == (
        "See Anna Müller, “Chips and more,” Example, December 17, 2025, p. 3, so."
    )


@pytest.mark.parametrize("style", ["", "apa", "Chicago-Notes"])
def test_an_unknown_style_is_refused(style: str) -> None:
    with pytest.raises(UsageError, match="chicago-notes") as notes:
        CITER.notes([], style=style, language="en")
    with pytest.raises(UsageError) as bibliography:
        CITER.bibliography([], style=style, language="en")
    assert notes.value.code == bibliography.value.code == "style-unknown"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_style_that_there_is_works(language: str) -> None:
    assert CITER.styles()
    for style in CITER.styles():
        assert all(CITER.notes([[Cite(article())]], style=style, language=language))
        assert all(CITER.bibliography([article()], style=style, language=language))


def test_the_source_list_is_sorted_by_author_or_publisher_then_title_then_date() -> None:
    titles = {
        "1": article(authors=("adams",), title="Zinc"),
        "2": article(authors=("Baker",), title="An apple"),
        "3": article(authors=("Baker",), title="Chips", published=Dating("2024", "2024", Basis.EXPLICIT)),
        "4": article(authors=("Baker",), title="Chips", published=Dating("2025", "2025", Basis.EXPLICIT)),
        "5": article(authors=(), publisher="The Courier"),
        "6": article(authors=(), publisher=None, title="The Dam"),
        "7": article(authors=(), publisher="Echo"),
    }
    expected = [entry(source) for source in titles.values()]
    assert entries(*titles.values()) == expected
    assert entries(*reversed(titles.values())) == expected


def test_each_source_is_listed_once() -> None:
    source, other = article(), article(title="Tools")
    assert entries(source, other, source) == entries(other, source)
    assert len(entries(source, other, source)) == 2


words = st.text(st.characters(exclude_categories=()), max_size=12)
sources = st.builds(
    article,
    title=words,
    authors=st.lists(words, max_size=4).map(tuple),
    publisher=st.none() | words,
    container=st.none() | words,
    url=st.none() | words,
    accessed=st.none() | words,
    kind=st.sampled_from(["article-newspaper", "report", "webpage"]),
    published=st.sampled_from([Dating(), INFERRED, Dating("2025", "2025", Basis.EXPLICIT)]),
    flags=st.lists(words | st.sampled_from(["ai-written", "superseded by x"]), max_size=2).map(tuple),
)


@given(st.builds(Cite, sources, words, words, words), st.sampled_from(["en", "ja"]))
def test_whatever_a_source_says_its_note_is_complete_and_fit_for_xml(cite: Cite, language: str) -> None:
    date = {"en": ("n.d.", "[December 2025]", "2025"), "ja": ("日付不明", "［2025年12月］", "2025年")}
    at = {None: 0, "2025-12": 1, "2025": 2}[cite.source.published.value]
    for text in (plain_text(note_runs(cite, language=language)), entry(cite.source, language)):
        assert text == xml_safe(text)
        assert "\n" not in text
        assert date[language][at] in text
        if not xml_safe(cite.source.publisher or "").strip():
            assert re.search("発行者不明" if language == "ja" else "(?i)publisher not stated", text)
