from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, BlockKind
from briefer.domain.checks import check_brief, remedy
from briefer.domain.checks.likelihood import YARDSTICKS
from briefer.domain.findings import Level
from briefer.domain.forms import YARDSTICKS as CHOICES
from briefer.domain.forms import SectionForm
from briefer.domain.markings import MarkingLevel, MarkingScheme
from briefer.domain.tags import TagKind, Term, Vocabulary
from tests.unit.domain.checks.conftest import FORM, Bench


def test_a_form_may_choose_every_yardstick_there_is() -> None:
    assert set(CHOICES) == set(YARDSTICKS)


@pytest.mark.parametrize(
    ("yardstick", "text", "rules"),
    [
        ("", "It is likely, with high confidence, that they agree.", ["confidence-likelihood"]),
        ("", "It is likely. We have high confidence in this.", []),
        ("", "It is highly likely. Another is very likely.", ["yardsticks-mixed"]),
        ("", "It is highly likely. Another is unlikely.", []),
        ("icd-203", "It is highly likely.", ["yardstick-other"]),
        ("phia", "There is a realistic possibility.", []),
        ("phia", "There is almost no chance.", ["yardstick-other"]),
        ("phia", "It is quite likely.", ["yardstick-other"]),
        ("icd-203", "Perhaps they agree.", ["yardstick-other"]),
        ("", "Perhaps they agree.", []),
        ("phia", "Remote work on a remote island is common.", []),
        ("phia", "The chance of a strike is remote.", ["yardstick-other"]),
        ("icd-203", "A remote possibility remains.", []),
        ("phia", "He called it “very likely”.", ["no-source"]),
        ("", "Our confidence is low that they will probably agree.", ["confidence-likelihood"]),
        ("", "確度は高いが、可能性は低い。", ["confidence-likelihood"]),
        ("", "Confidence-building measures are likely to help.", []),
        ("", "With high confidence, we call it “likely”.", ["no-source"]),
    ],
)
def test_words_of_likelihood(bench: Bench, yardstick: str, text: str, rules: list[str]) -> None:
    bench.form = replace(FORM, yardstick=yardstick)
    bench.section(f">{bench.excerpt()}", text)
    assert bench.rules() == rules


@pytest.mark.parametrize(
    ("yardstick", "text", "rules"),
    [
        ("", "«It is highly likely», one reads. We find it very likely.", []),
        ("", "He said ‘it is highly likely’. We find it very likely.", []),
        ("", "He said 'it is highly likely'. We find it very likely.", []),
        ("", "We find it „highly likely“ there. It is very likely here.", []),
        ("", "「highly likely」と『very likely』", []),
        ("", "“It is\nhighly likely. It may come.” We find it very likely.", []),
        ("", "> It is highly likely.\n\nWe find it very likely.", []),
        ("", "We find it ‘highly likely’. It is very likely, the ministers’ staff hold; highly likely.", ["yardsticks-mixed"]),
        ("", "“One opens and never ends.\n\nHighly likely. Very likely.", ["yardsticks-mixed"]),
        ("", "“It is likely.” We have high confidence in them.", []),
        ("", "It is likely to be “soon.” We have high confidence.", []),
        ("", "An even chance exists. A realistic possibility.", ["yardsticks-mixed"]),
        ("", "Roughly even odds. A realistic possibility.", ["yardsticks-mixed"]),
        ("phia", "There is an even chance of it.", ["yardstick-other"]),
        ("icd-203", "There is an even chance of it.", []),
        ("", "Even chances were missed. A realistic possibility.", []),
    ],
)  # fmt: skip
def test_words_of_likelihood_in_quotations_are_of_others(
    bench: Bench, yardstick: str, text: str, rules: list[str]
) -> None:
    bench.form = replace(FORM, yardstick=yardstick)
    bench.section(f">{bench.excerpt()}", text)
    of_words = {"confidence-likelihood", "yardsticks-mixed", "yardstick-other"}
    assert [rule for rule in bench.rules() if rule in of_words] == rules


def test_what_a_form_asks_for_must_be_there(bench: Bench) -> None:
    bench.form = replace(
        FORM,
        page_budget=1,
        sections=(
            SectionForm("say", "Points to make", required=True),
            SectionForm("background", "Heading 1", word_limit=9, starter_en="Begin here."),
        ),
    )
    bench.section(f">{bench.excerpt()}", "Begin here.")
    found = {f.check: f.message for f in bench.found()}
    assert found == {
        "starter-left": "“Heading 1” still has the text that the form began it with.",
        "empty-section": "“Points to make” is missing; the form asks for it.",
        "word-limit": "“Heading 1” has 13 words; the form allows 9.",
    }
    bench.section("word " * 1200)
    assert "page-budget" in bench.rules()


def test_a_renamed_section_keeps_its_limit(bench: Bench) -> None:
    facts, history = SectionForm("background", "Facts", word_limit=3), SectionForm("background", "History")
    bench.form = replace(FORM, sections=(facts, history))
    bench.section("Four words are here.", heading="What we know")
    bench.section("Four words are here.", heading="History")
    assert [f.section for f in bench.found() if f.check == "word-limit"] == ["section-1"]


def test_headings_skip_no_level_and_lead_to_something(bench: Bench) -> None:
    own = bench.excerpt()
    bench.section(f">{own}", level=1)
    bench.section("They raise the following:", level=3)
    assert bench.rules() == ["heading-order", "parted"]


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        (("# One\n\ntext\n\n#### Two",), ["heading-order"]),
        (("# One\n\ntext\n\n## Two\n\n### Three\n\n# Four",), []),
        (("They raise the following:", ""), ["parted"]),
        (("They raise the following:", "## Other\n\ntext"), ["parted"]),
        (("They raise the following:", "- one thing"), []),
        (("**They raise the following:**",), ["parted"]),
        (("They raise the following —",), ["parted"]),
    ],
)
def test_headings_and_lead_ins_within_a_section(
    bench: Bench, texts: tuple[str, ...], rules: list[str]
) -> None:
    bench.section(f">{bench.excerpt()}", level=1)
    bench.section(*texts, level=1)
    assert bench.rules() == rules


@pytest.mark.parametrize(
    ("text", "empty"), [("- ", True), ("&nbsp;", True), ("<!-- to do -->", True), ("- One.", False)]
)
def test_what_shows_nothing_fills_no_section(bench: Bench, text: str, *, empty: bool) -> None:
    bench.form = replace(FORM, sections=(SectionForm("background", "Background", required=True),))
    bench.section(text)
    bench.section(f">{bench.excerpt()}", kind="other")
    assert ("empty-section" in bench.rules()) is empty


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Talks on the USA", True),
        ("アメリカとの会談", True),
        ("Bank of America", False),
        ("Talks on usage", False),
    ],
)
def test_a_title_may_name_a_partner_by_another_name(bench: Bench, title: str, *, named: bool) -> None:
    bench.subjects = "partner:IN"
    bench.changes["title"] = title
    bench.section(f">{bench.excerpt()}")
    terms = (
        Term(TagKind.PARTNER, "IN", "India", "インド"),
        Term(TagKind.PARTNER, "US", "United States", "米国", blocked=("Bank of America",), group="country"),
    )
    material = replace(bench.material(), vocabulary=Vocabulary(terms))
    assert ("title-partner" in [f.check for f in check_brief(material)]) is named


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("Talks with India, 15 January 2026", []),
        ("Talks with Türkiye", ["title-partner"]),
        ("Talks with Türkiye and India", []),
        ("Talks on 2026-01-16", ["title-date"]),
        ("Talks, January 16, 2026", ["title-date"]),
        ("Talks, 16 January", ["title-date"]),
        ("Talks, 15 January", []),
        ("Talks, 14-15 January 2026", []),
        ("Talks on 15 January 2026, after those of 3 December 2025", []),
        ("Talks, 14 January to 16 January", []),
        ("Talks, 16 January to 18 January", ["title-date", "title-date"]),
        ("Talks, 30 December 2025 – 20 January 2026", []),
        ("Talks, 16/01/2026", ["title-date"]),
        ("Talks, 15/01/2026", []),
        ("Talks, February 2026", ["title-date"]),
        ("Talks, January 2026", []),
        ("2月の会談", ["title-date"]),
        ("1月の会談", []),
        ("Talks with Turkiye", ["title-partner"]),
        ("令和8年1月15日の会談", []),
        ("令和8年1月16日の会談", ["title-date"]),
        ("2026年1月15日の会談", []),
        ("2026年1月16日の会談", ["title-date"]),
        ("Talks", []),
    ],
)
def test_the_title_names_the_partner_and_day_of_the_brief(bench: Bench, title: str, rules: list[str]) -> None:
    bench.subjects = "partner:IN"
    bench.changes["title"] = title
    bench.section(f">{bench.excerpt()}")
    assert bench.rules() == rules


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Germany and the Federal Republic of Germany agree.", "Germany, Federal Republic of Germany"),
        ("The Federal Republic of Germany agrees.", ""),
        ("Germany agrees, as “the Federal Republic of Germany” said.", ""),
        ("India and the Republic of India agree.", "India, Republic of India"),
        ("The United States and America agree.", "United States, America"),
        ("The United States and Latin America agree.", ""),
        ("China and the Republic of China (Taiwan) agree.", ""),
        ("Germany, Berlin and the Germans agree.", ""),
        ("North Macedonia agrees, and Macedonia will follow.", "North Macedonia, Macedonia"),
        ("North Macedonia agrees.", ""),
        ("North Macedonia agrees with the region of Central Macedonia.", ""),
    ],
)
def test_formal_names_are_names_too(bench: Bench, text: str, names: str) -> None:
    bench.section(f">{bench.excerpt()}", text)
    terms = (
        Term(TagKind.PARTNER, "DE", "Germany", words_en=("Germany", "Germans", "Federal Republic of Germany", "Berlin"), group="country"),
        Term(TagKind.PARTNER, "IN", "India", words_en=("India",), group="country"),
        Term(TagKind.PARTNER, "CN", "China", words_en=("China",), blocked=("Republic of China (Taiwan)",), group="country"),
        Term(TagKind.PARTNER, "US", "United States", words_en=("America",), blocked=("Latin America",), group="country"),
        Term(TagKind.PARTNER, "MK", "North Macedonia", words_en=("North Macedonia",), group="country"),
    )  # fmt: skip
    material = replace(bench.material(), vocabulary=Vocabulary(terms))
    found = [f.message for f in check_brief(material) if f.check == "spelled-twice"]
    assert found == ([f"One partner, two names: {names}."] if names else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ドイツとドイツ連邦共和国は合意した。", True),
        ("ドイツ連邦共和国は合意した。", False),
        ("ドイツは「ドイツ連邦共和国」という。", False),
    ],
)
def test_formal_names_in_japanese(bench: Bench, text: str, *, found: bool) -> None:
    bench.changes["language"] = "ja"
    bench.section(f">{bench.excerpt()}", text)
    term = Term(TagKind.PARTNER, "DE", "Germany", "ドイツ", words_ja=("ドイツ",), group="country")
    material = replace(bench.material(), vocabulary=Vocabulary((term,)))
    assert ("spelled-twice" in [f.check for f in check_brief(material)]) is found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The UK agreed. Britain signed.", "Britain, UK"),
        ("Britain's ports, the U.K.'s ships.", "Britain, U.K."),
        ("The UK agreed. The United Kingdom signed.", ""),
        ("The United Kingdom agreed. Britain signed, and so did the UK.", "United Kingdom, Britain"),
        ("Britain agreed. UK Export Finance pays.", ""),
        ("Britain agreed, ‘the UK signed’.", ""),
        ("Britain agreed, 'the UK signed'.", ""),
        ("Britain agreed.\n\n> The UK signed.", ""),
        ("America agreed. The US signed.", "America, US"),
        ("“America First” costs US$ 3.", ""),
        ("America First does not help the US to sell.", ""),
        ("America pays in US dollars.", ""),
    ],
)
def test_an_abbreviation_beside_another_name_than_its_own(bench: Bench, text: str, names: str) -> None:
    bench.section(f">{bench.excerpt()}", text)
    terms = (
        Term(TagKind.PARTNER, "GB", "United Kingdom", words_en=("UK", "Britain"), group="country"),
        Term(TagKind.PARTNER, "US", "United States", words_en=("US", "America"), group="country"),
    )
    material = replace(bench.material(), vocabulary=Vocabulary(terms))
    found = [f for f in check_brief(material) if f.check == "spelled-twice"]
    assert [f.message for f in found] == ([f"One partner, two names: {names}."] if names else [])
    mends = [remedy(one, material) is not None for one in found]
    assert mends == ([names == "United Kingdom, Britain"] if names else []), (
        "an abbreviation cannot stand everywhere"
    )


def test_one_partner_has_one_name(bench: Bench) -> None:
    own = bench.excerpt()
    bench.section(f">{own}", "We meet Türkiye. The Turkish side is in Ankara.")
    assert bench.rules() == []
    bench.section("We know Turkiye well.")
    (found,) = bench.found()
    assert (found.check, found.message) == ("spelled-twice", "One partner, two names: Türkiye, Turkiye.")
    bench.sections.clear()
    bench.section(f">{own}", "We met Türkiye, which was Turkey.")
    assert bench.rules() == ["spelled-twice"]


def test_long_extracts_of_what_must_not_be_passed_on(bench: Bench) -> None:
    long = bench.excerpt(bench.source(rights="No part may be reproduced."), "word " * 100 + "end")
    bench.section(f">{long}")
    (found,) = bench.found()
    assert (found.check, "101 words" in found.message) == ("rights", True)
    bench.sections.clear()
    bench.section(f">{bench.excerpt(bench.source(rights='CC BY 4.0'), 'word ' * 100 + 'end')}")
    bench.section(f">{bench.excerpt(bench.source(rights='No part may be reproduced.'))}")
    assert bench.rules() == []


def test_a_brief_without_marking_says_so(bench: Bench) -> None:
    bench.changes["marking"] = ""
    bench.section(f">{bench.excerpt()}")
    assert bench.rules() == ["no-marking"]


def test_a_marking_of_no_scheme_is_told(bench: Bench) -> None:
    bench.section(f">{bench.excerpt()}")
    bench.changes["marking"] = "official"
    assert bench.rules() == [], "it is the one level of that label"
    bench.changes["marking"] = "House only"
    (found,) = bench.found()
    assert (found.check, found.level, found.message) == (
        "marking-unknown",
        Level.AMBER,
        "The marking «House only» belongs to no scheme.",
    )
    double = MarkingScheme("us", "United States", (MarkingLevel("s", "SECRET", 3),))
    bench.schemes = (*bench.schemes, double)
    bench.changes["marking"] = "secret"
    (found,) = bench.found()
    assert found.message == (
        "«secret» is a marking of several schemes, and does not say whose: United Kingdom; United States."
    )


def test_a_brief_bears_at_least_the_marking_of_what_is_in_it(bench: Bench) -> None:
    secret = bench.excerpt(marking="uk/secret")
    section = bench.section(f">{secret}", heading="Ports")
    (found,) = bench.found()
    assert (found.check, found.block) == ("marking-below", section.blocks[0].id)
    assert found.message == (
        "The brief must bear at least SECRET, because of an excerpt of “Germany widens its chip export controls”."
    )
    bench.changes["marking"] = "uk/secret"
    assert bench.rules() == []
    bench.section(Block("p", BlockKind.PROSE, "As agreed.", marking="tlp/red"), heading="Next")
    (found,) = bench.found()
    assert found.check == "markings-mixed"
    assert "a text under “Next” (tlp/red)" in found.message


@pytest.mark.parametrize(
    ("kind", "text", "messages"),
    [
        ("qa", "**Q1.** Why?\n\n**Q2.** Why not?\n\n**A2.** Because.", ["has a question without an answer."]),
        ("background", "**Q1.** Why?\n\n**Q2.** Why not?\n\nBecause.", ["has a question without an answer."]),
        ("qa", "**Q1.** Why?\n\nBecause.\n\n**Q2.** Why not?\n**A2.** Because.", []),
        ("qa", "**Q1.** Why? Because.\n\n**Q2.** Why not? Because.", []),
        ("qa", "**Q1.** Explain it.\n\n**Q2. Why not?**\n\nBecause.", ["has a question without an answer."]),
        ("qa", "**問1** なぜか。\n\n**問2** どのように。\n\n**答2** こうである。", ["has a question without an answer."]),
        ("qa", "**Q.** Why?", ["ends with a line that leads to what does not follow."]),
        ("qa", "It is so.\n\n**Q.** Why?", ["ends with a line that leads to what does not follow."]),
        ("background", "**Q1** Exports rose.\n\n**Q2** Exports fell.", []),
        ("background", "**Q1 2026 results** were good.\n\n**Quad** partners agree.", []),
        ("background", "**Quad summit**", []),
        ("background", "**問題** は残る。", []),
        ("qa", "**Q1.**\n\n**Q2.**", []),
    ],
)  # fmt: skip
def test_questions_have_answers(bench: Bench, kind: str, text: str, messages: list[str]) -> None:
    bench.section(text, kind=kind, heading="Q&A")
    found = [f.message for f in bench.found() if f.check == "parted"]
    assert found == [f"“Q&A” {message}" for message in messages]


def test_a_quotation_answers_a_question(bench: Bench) -> None:
    bench.section("**Q1.** Why?", f">{bench.excerpt()}", "**Q2.** Why not?", "Because.", kind="qa")
    bench.section("**Q1.** Why?", "**Q2.** Why not?", "Because.", kind="qa")
    assert [(f.section, f.block[-1]) for f in bench.found() if f.check == "parted"] == [("section-2", "0")]


TITLED = Vocabulary(
    (
        Term(TagKind.PARTNER, "CN", "China", "中国", ("China", "Chinese"), ("中国", "日中両国")),
        Term(
            TagKind.PARTNER,
            "DE",
            "Germany",
            "ドイツ",
            ("Germany", "German", "Germans", "Berlin"),
            ("日独", "訪独"),
        ),
        Term(TagKind.PARTNER, "Europe", "Europe", "欧州", (), ("日欧",), group="region"),
        Term(
            TagKind.PARTNER, "FR", "France", "フランス", ("France", "French", "Paris"), ("日仏",), ("日仏教",)
        ),
        Term(TagKind.PARTNER, "IN", "India", "インド", ("India", "Indian", "New Delhi"), ("日印", "米印")),
        Term(TagKind.PARTNER, "KR", "South Korea", "韓国", ("South Korean", "Korean"), ("日韓", "日中韓")),
        Term(TagKind.PARTNER, "Quad", "Quad", "クアッド", ("Quad",), ("日米豪印",)),
        Term(TagKind.PARTNER, "US", "United States", "米国", ("American",), ("日米", "日米韓")),
    )
)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("日韓外相会談", "South Korea"),
        ("第3回日独首脳会談", "Germany"),
        ("日韓（局長級）", "South Korea"),
        ("日中外相会談", "China"),
        ("日米韓防衛相会談", "South Korea"),
        ("日印外相会談", ""),
        ("日米印首脳会合（クアッド）", ""),
        ("日米印首脳会合", ""),
        ("クアッド首脳会合", "Quad"),
        ("日中の過ごし方", ""),
        ("日仏教界の交流", ""),
        ("1月15日韓国外相との会談", "South Korea"),
        ("1月15日独立行政法人との会談", ""),
        ("日本の立場", ""),
        ("日欧首脳協議", ""),
        ("Bilateral with the German Minister", "Germany"),
        ("Call on the French Embassy", "France"),
        ("Meeting with the South Korean Deputy Foreign Minister", "South Korea"),
        ("Meeting with the American delegation", "United States"),
        ("Meeting with the Latin American delegation", ""),
        ("Meeting with the Indian Trade Minister", ""),
        ("Indian visit to Germany", ""),
        ("Talks on the Paris Climate Minister", ""),
        ("German cars and their price", ""),
    ],
)
def test_whom_a_title_names(bench: Bench, title: str, named: str) -> None:
    bench.subjects = "partner:IN"
    bench.changes["title"] = title
    bench.section(f">{bench.excerpt()}")
    found = [
        f.message
        for f in check_brief(replace(bench.material(), vocabulary=TITLED))
        if f.check == "title-partner"
    ]
    assert found == ([f"The title names {named}; the brief is for India."] if named else [])
