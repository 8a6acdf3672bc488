from __future__ import annotations

import pytest

from tests.unit.domain.checks.conftest import Bench


@pytest.mark.parametrize(
    ("claim", "needs"),
    [
        ("Trade rose by 40 per cent.", True),
        ("It rose by 4 %.", True),
        ("They met on 3 March.", True),
        ("They met in May 2025.", True),
        ("The talks were led by Asha Menon.", True),
        ("山田外相が述べた。", True),
        ("会談は３月２日。", True),
        ("We should agree to meet again.", False),
        ("Minister, you may wish to ask about ports.", False),
    ],
)
def test_what_needs_a_source(bench: Bench, claim: str, needs: bool) -> None:
    bench.section(f">{bench.excerpt()}", claim)
    assert ("no-source" in bench.rules()) is needs


@pytest.mark.parametrize(
    ("kind", "text", "needs"),
    [
        ("objectives", "Agree a joint list of strategic materials by March.", False),
        ("objectives", "- A joint list by 10 March 2027\n- Agreement on 12 projects", False),
        ("ask", "That you agree to sign before 3 March.", False),
        ("ask", "Ask Minister Menon whether the list is ready by March.", False),
        ("ask", "重要鉱物の共通リストについて３月までに合意する。", False),
        ("objectives", "令和9年3月までの署名を働きかける。", False),
        ("say", "Press for a reply by 3 March.", False),
        ("say", "- Ask for 12 more places.", False),
        ("background", "Agree a joint list of strategic materials by March.", True),
        ("say", "Our trade doubled in 2025.", True),
        ("say", "We will send a reply by 3 March.", True),
        ("say", "- We would welcome a named contact for minerals by March.", False),
        ("background", "We look forward to the visit on 3 March.", False),
        ("say", "We would note that China banned exports in 2025.", True),
        ("say", "We hope that exports, which fell by 20 per cent, recover.", True),
        ("say", "We would welcome what Asha Menon proposed.", True),
        ("say", "年内に2回の協議を開催したいと考える。", False),
        ("say", "3月までに回答いただくようお願いする。", False),
        ("say", "首相は3月までに合意したい。", True),
        ("say", "輸出が2割減ったため、3月までに合意したい。", True),
        ("objectives", "Exports rose by 40 per cent in 2025.", True),
        ("objectives", "Agree a list, because exports fell by 40 per cent.", True),
        ("objectives", "Trade increased by 40 per cent.", True),
        ("ask", "The list was agreed on 3 December 2026.", True),
        ("ask", "Recall “the free flow of goods” in the text.", True),
        ("ask", "貿易額は40%増加した。", True),
        ("objectives", "輸出が3割減ったことを踏まえ、協議を求める。", True),
    ],
)
def test_what_is_wanted_needs_no_source_but_what_it_states(
    bench: Bench, kind: str, text: str, *, needs: bool
) -> None:
    bench.section(f">{bench.excerpt()}")
    bench.section(text, kind=kind)
    assert ("no-source" in bench.rules()) is needs


def test_a_key_message_should_not_rest_on_one_origin(bench: Bench) -> None:
    first, second = bench.excerpt(), bench.excerpt(bench.source(title="Another"))
    bench.section(f"Ask for more [@{first}].", kind="say")
    assert bench.rules() == ["single-source"]
    bench.sections.clear()
    bench.section(f"Ask for more [@{first}; @{second}].", kind="say")
    bench.section(f"It is so [@{first}].")
    assert bench.rules() == []


def test_each_key_message_on_one_source_is_told_at_its_place(bench: Bench) -> None:
    first = bench.excerpt(bench.source(None))
    sections = [bench.section(f"{text} [@{first}].", kind="say") for text in ("Ask for more", "Ask again")]
    found = [f for f in bench.found() if f.check == "single-source"]
    assert [f.block for f in found] == [section.blocks[0].id for section in sections]
    assert [f.message.partition(" rests on ")[0] for f in found] == [
        "The key message “Ask for more”",
        "The key message “Ask again”",
    ]
    assert bench.rules().count("undated") == 1, "that is of the source, and told once"


def test_a_key_message_is_named_by_its_first_words_without_marks(bench: Bench) -> None:
    one = bench.excerpt(bench.source(title="Quay to be lengthened"))
    bench.section(
        f"- **The harbour** of Nordhavn, [@{one}] which is deep, will be open to all ships.", kind="say"
    )
    (found,) = (f for f in bench.found() if f.check == "single-source")
    assert found.message == (
        "The key message “The harbour of Nordhavn, which is deep,…” rests on “Quay to be lengthened” alone."
    )


def test_a_japanese_key_message_is_named_by_its_first_letters(bench: Bench) -> None:
    one = bench.excerpt(bench.source(title="埠頭の延長"))
    bench.section(f"・ 北の埠頭を三分の一延ばし、{'航路を浚渫し、' * 9}大型船を迎える [@{one}]。", kind="say")
    (found,) = (f for f in bench.found() if f.check == "single-source")
    assert found.message.startswith("The key message “北の埠頭を三分の一延ばし、航路を浚渫し、")
    assert "…” rests on “埠頭の延長” alone." in found.message


def test_outlets_that_carry_one_text_do_not_confirm_each_other(bench: Bench) -> None:
    one = bench.excerpt(bench.source(publisher="Morning Post", story="s"))
    other = bench.excerpt(bench.source(publisher="Evening Post", story="s"))
    bench.section(f"It is so [@{one}; @{other}].")
    (found,) = bench.found()
    assert (found.check, found.message) == (
        "circular",
        "2 sources carry one text: Evening Post, Morning Post.",
    )
    wired = [bench.excerpt(bench.source(wire="Example Wire", publisher=p)) for p in ("A", "B")]
    bench.section(f"And so is this [@{wired[0]}; @{wired[1]}].")
    assert bench.rules() == ["circular", "circular"]
    bench.sections.clear()
    bench.section(f">{one}", f">{other}", f">{wired[0]}")
    assert bench.rules() == ["circular"], "side by side, too"


def test_an_official_statement_that_exists_should_be_cited(bench: Bench) -> None:
    press = bench.excerpt()
    section = bench.section(f">{press}")
    statement = bench.source(title="Joint statement of ministers", genre="Joint statement", kind="document")
    bench.official[section.id] = (statement,)
    (found,) = bench.found()
    assert found.check == "no-primary"
    assert "“Joint statement of ministers”" in found.message
    bench.sections.clear()
    bench.section(f">{press}", f">{bench.excerpt(statement)}")
    assert bench.rules() == []
