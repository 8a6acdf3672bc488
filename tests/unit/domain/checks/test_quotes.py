from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, BlockKind
from briefer.domain.spans import Span
from tests.unit.domain.checks.conftest import Bench

SAID = "The ministers met in Port Louis on Tuesday, and they agreed on a “common register” of spare parts."


def test_a_shortened_quotation_must_show_what_is_gone(bench: Bench) -> None:
    own = bench.excerpt(text=SAID)
    block = Block("b", BlockKind.QUOTATION, excerpt_id=own, shown="The ministers met […] and they agreed")
    bench.section(block)
    assert bench.rules() == []
    bench.sections.clear()
    bench.section(replace(block, shown="The ministers met and they agreed"))
    assert bench.rules() == ["quote-hidden-edit"]


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("They agreed: “on a “common register” of spare parts.”", []),
        ("“The ministers met in Port Louis on Tuesday,” it says", []),
        ("They “agreed on a […] of spare parts” there", []),
        ("They “agreed on a “common ｒegister” of spare parts” there", ["quote-normalised"]),
        ("They “agreed on a joint register of spare parts” there", ["quote-altered"]),
        ('They “agreed on a "common register" of spare parts” there', []),
        ("They “agreed on a ‘common register’ of spare parts” there", ["quote-altered"]),
        ("It says that “the ministers met in Port Louis”", []),
        ("“They agreed on a “common register” of spare parts,” it says", []),
        ("It says that “the Ministers met in Port Louis”", ["quote-altered"]),
        ("It was “a success”", []),
    ],
)
def test_quotations_typed_into_prose_are_held_against_what_is_cited(
    bench: Bench, typed: str, rules: list[str]
) -> None:
    own = bench.excerpt(text=SAID)
    bench.section(f"{typed} [@{own}].")
    assert bench.rules() == rules


def cut(bench: Bench, quote: str, text: str = SAID) -> str:
    """Add an excerpt of older making, which holds part of a text, and return its id."""
    own = bench.excerpt(text=text)
    start = text.index(quote)
    bench.excerpts[own] = replace(bench.excerpts[own], span=Span(start, start + len(quote)), quote=quote)
    return own


@pytest.mark.parametrize(
    ("quote", "where"),
    [
        ("inisters met in Port Louis on", "begins"),
        ("The ministers met in Po", "ends"),
        ("inisters met in Po", "begins and ends"),
    ],
)
def test_an_excerpt_that_cuts_a_word_is_told(bench: Bench, quote: str, where: str) -> None:
    own = cut(bench, quote)
    bench.section(f">{own}")
    (found,) = (f for f in bench.found() if f.check == "quote-cut")
    assert f"{where} inside a word" in found.message


def test_an_excerpt_within_japanese_cuts_nothing(bench: Bench) -> None:
    own = cut(bench, "導体の供給", "両国は半導体の供給網を話した。")
    bench.section(f">{own}")
    assert bench.rules() == []


def test_japanese_quotations_too(bench: Bench) -> None:
    own = bench.excerpt(text="両国は半導体の供給網について、来年の春までに新しい協議の場を設けると発表した。")
    bench.section(f"両国は「来年の春までに新しい協議の場を設ける」とした[@{own}]。")
    assert bench.rules() == []
    bench.section(f"両国は「来年の夏までに新しい協議の場を設ける」とした[@{own}]。")
    assert bench.rules() == ["quote-altered"]


def test_quotation_marks_without_any_citation_are_a_claim_without_source(bench: Bench) -> None:
    own = bench.excerpt(text=SAID)
    bench.section(f">{own}", "They agreed on “something else entirely”.")
    assert bench.rules() == ["no-source"]


@pytest.mark.parametrize("said", ["It's the ministers' own plan", "It’s the ministers’ own plan"])
@pytest.mark.parametrize("typed", ["“it's the ministers' […] plan”", "“It’s the ministers’ own plan.”"])
def test_straight_and_curly_apostrophes_are_the_same_words(bench: Bench, said: str, typed: str) -> None:
    own = bench.excerpt(text=f"{said} for the port. And it's the ministers' new plan.")
    bench.section(f"They said: {typed} [@{own}].")
    assert bench.rules() == []


PLAIN = "India will widen its chip programme next year, and output at the first line rose by 12 per cent."


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        # Marks of other countries and of keyboards.
        ("They will ‘widen its steel programme’ soon", ["quote-altered"]),
        ("They will ‘widen its chip programme’ soon", []),
        ("They will 'widen its steel programme' soon", ["quote-altered"]),
        ("They will 'widen its chip programme' soon", []),
        ("They will «widen its steel programme» soon", ["quote-altered"]),
        ("They will « widen its chip programme » soon", []),
        ("They will »widen its steel programme« soon", ["quote-altered"]),
        ("They will „widen its steel programme“ soon", ["quote-altered"]),
        ("They will „widen its chip programme” soon", []),
        ("They will &quot;widen its steel programme&quot; soon", ["quote-altered"]),
        ("They will &quot;widen its chip programme&quot; soon", []),
        # Apostrophes are no marks.
        ("The minister's plan and the ministers' plan and rock 'n' roll of the '90s don't count", []),
        ("The minister’s plan and the ministers’ plan of the ‘90s and the workers’ share don’t count", []),
        ("It’s a plan to ‘widen its chip programme’ that the ministers’ staff don’t like", []),
        ("It's a plan to 'widen its steel programme' that they don't like", ["quote-altered"]),
        # Lines that are broken softly.
        ('They will "widen its steel\nprogramme next year" soon', ["quote-altered"]),
        ('They will "widen its chip\nprogramme next year" soon', []),
        ('A screen of 12" and one of 15" were shown', []),
        # Short ones: with a figure or a word of saying they quote, else they may be terms.
        ("The output “fell by 12”", ["quote-altered"]),
        ("The output “rose by 12”", []),
        ("The minister called it “dead”", ["quote-altered"]),
        ("The minister called it a “programme”", []),
        ("It is “dead”, the minister said", ["quote-altered"]),
        ("The “greyzone-activities” go on", []),
        ("The so-called “semiconductor self-reliance mission” goes on", []),
        ("The “semiconductor self-reliance mission” goes on", ["quote-altered"]),
        ("The “big push” goes on", []),
        # Emphasis that was added is told of, or is asked about.
        ("“India will **not** widen its chip programme”", ["quote-altered"]),
        ("“India will **widen** its chip programme”", ["quote-normalised"]),
        ("“India will _widen_ its chip programme”", ["quote-normalised"]),
        ("“India will widen \\[…\\] its steel programme”", ["quote-altered"]),
    ],
)
def test_marks_of_all_kinds_and_short_quotations(bench: Bench, typed: str, rules: list[str]) -> None:
    own = bench.excerpt(text=PLAIN)
    bench.section(f"{typed} [@{own}].")
    assert bench.rules() == rules


@pytest.mark.parametrize("note", ["emphasis added", "p. 3, my emphasis", "italics ours", "強調筆者"])
def test_emphasis_that_the_citation_tells_of_is_no_change(bench: Bench, note: str) -> None:
    own = bench.excerpt(text=PLAIN)
    bench.section(f"“India will **widen** its chip programme” [@{own}, {note}].")
    assert bench.rules() == []
    bench.sections.clear()
    bench.section(f"“India will **widen** its steel programme” [@{own}, {note}].")
    assert bench.rules() == ["quote-altered"]


@pytest.mark.parametrize("word", ["chip", "steel"])
@pytest.mark.parametrize(
    "frame",
    [
        "> India will widen its {} programme next year. [{}]",
        "> India will widen its {} programme\n> next year.\n>\n> [{}]",
        "> India will widen its {} programme\nnext year.\n>\n> — The Paper [{}]",
        "The paper says [{1}]:\n\n> India will widen its {0} programme next year.",
        "The paper says [{1}]:\n> India will widen its {0} programme next year.",
        "> “India will widen its {} programme next year.”\n\nSo says the paper [{}].",
        "> India will widen its {} programme\n>\n> and output at the first line rose by 12 per cent.\n\nSee [{}].",
    ],
)
def test_block_quotations_are_held_against_what_is_cited_in_them_or_beside_them(
    bench: Bench, frame: str, word: str
) -> None:
    own = bench.excerpt(text=PLAIN)
    bench.section(Block("b", BlockKind.PROSE, frame.format(word, f"@{own}")))
    assert bench.rules() == ([] if word == "chip" else ["quote-altered"])


def test_a_block_quotation_is_not_held_against_what_is_cited_elsewhere(bench: Bench) -> None:
    own = bench.excerpt(text=PLAIN)
    bench.section(f"So it is [@{own}].\n\nWe go on.\n\n> We shall ask them again.")
    assert bench.rules() == []


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("報道は「12パーセント減」とする", ["quote-altered"]),
        ("報道は「12パーセント増」とする", []),
        ("報道は「生産は減った」と述べた", ["quote-altered"]),
        ("報道は「生産は12」と述べた", []),
        ("報道は「生産は減った。」と", ["quote-altered"]),
        ("「供給網強化」という考えを示した", []),
        ("いわゆる「グレーゾーン」が広がる", []),
        ("「補足」と述べた", []),
    ],
)
def test_short_japanese_quotations(bench: Bench, typed: str, rules: list[str]) -> None:
    own = bench.excerpt(text="生産は12パーセント増えた。")
    bench.section(f"{typed}[@{own}]。")
    assert bench.rules() == rules


def test_the_title_of_what_is_cited_may_stand_in_marks(bench: Bench) -> None:
    own = bench.excerpt(bench.source(title="Chip plan grows again in the west"), PLAIN)
    bench.section(f"Under “Chip plan grows again” the paper tells of it [@{own}].")
    assert bench.rules() == []


@pytest.mark.parametrize(
    ("said", "typed", "rules"),
    [
        ("供給が止まることはない", "「供給が止まることはある」{}", ["quote-altered"]),
        ("供給が止まることはない", "「供給が止まることはない」{}", []),
        ("供給が止まることはない", "「供給が　止まることはない」{}", ["quote-normalised"]),
        ("供給が止まることはない", "大臣の発言は「輸出が止まることはない」{}。", ["quote-altered"]),
        ("供給が止まることはない", "「供給を止まることはない」（大臣）{}", ["quote-altered"]),
        (
            "供給が止まることはない",
            "大臣は「供給が止まることはある」として慎重な姿勢を示した{}。",
            ["quote-altered"],
        ),
        ("輸出を規制する", "- 「輸出を規制しない」{}", ["quote-altered"]),
        (
            "対話を続ける用意がある",
            "大使は「対話を続ける用意がない」との考えを示した{}。",
            ["quote-altered"],
        ),
        ("対話を続ける用意がある", "大使は「対話を続ける用意がある」との考えを示した{}。", []),
        ("対話を続ける用意がある", "大使は「交渉は終わった」との考えを示した{}。", ["quote-altered"]),
        # Own words at a distance, terms and titles are nobody's.
        ("対話を続ける用意がある", "この地域で「静かな競争は続く」{}。", []),
        ("対話を続ける用意がある", "「戦略的な互恵関係」の枠組み{}。", []),
        ("自由で開かれた海洋", "「自由に開かれた海を守る」という構想{}。", []),
        ("自由で開かれた海洋", "いわゆる「自由に開かれた海洋は」{}。", []),
        ("自由で開かれた海洋", "「自由に開かれた海洋」の理念{}。", []),
    ],
)
def test_a_short_japanese_sentence_that_is_nearly_the_sources_must_be_the_sources(
    bench: Bench, said: str, typed: str, rules: list[str]
) -> None:
    own = bench.excerpt(text=f"大臣は、{said}と語った。")
    bench.section(typed.format(f"[@{own}]"))
    assert bench.rules() == rules


def test_the_title_of_what_is_cited_is_no_quotation_of_it(bench: Bench) -> None:
    own = bench.excerpt(bench.source(title="供給が止まることはある"), "供給が止まることはない。")
    bench.section(f"「供給が止まることはある」[@{own}]")
    assert bench.rules() == []


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        (
            "The com\u00admission will not re\u00adlease any names.",
            "“The commission will not release any names.”",
        ),
        (
            "The commission will not release any names.",
            "“The com\u200bmission will not release\u200d any names.”",
        ),
        ("政府は供給\u200b網を強化する方針を固めた。", "「政府は供給網を強化する方針を固めた」"),
        ("政府は供給網を強化する方針を固めた。", "「政府は供\u00ad給網を\ufeff強化する方針を固めた」"),
    ],
)
def test_what_nobody_sees_is_no_alteration(bench: Bench, said: str, typed: str) -> None:
    own = bench.excerpt(text=said)
    bench.section(f"{typed} [@{own}]")
    assert bench.rules() == ["quote-normalised"]
