from __future__ import annotations

from briefer.domain.documents import (
    Citation,
    CitedExcerpt,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from briefer.domain.prose import ProseBlock, Raw
from briefer.domain.replacing import pattern, replaced

CITED = Citation((CitedExcerpt("abcd1234"),))


def change(block: ProseBlock, wanted: str, by: str, *, case: bool = False) -> tuple[ProseBlock, int]:
    (changed,), count, _kept = replaced((block,), pattern(wanted, case=case), by)
    return changed, count


def test_words_over_a_border_of_formats_take_the_first_format() -> None:
    block = Paragraph((Run("a cab"), Run("le cut", bold=True), CITED, Run("Cable", italic=True)))
    assert change(block, "cable", "wire") == (
        Paragraph((Run("a wire"), Run(" cut", bold=True), CITED, Run("wire", italic=True))),
        2,
    )


def test_case_counts_when_asked() -> None:
    assert change(Paragraph((Run("Cable cable"),)), "cable", "x", case=True) == (
        Paragraph((Run("Cable x"),)),
        1,
    )


def test_straight_and_curly_marks_are_found_alike() -> None:
    block = Paragraph((Run("it’s 'it's' “so” \"so\""),))
    assert change(block, "it's", "x") == (Paragraph((Run("x 'x' “so” \"so\""),)), 2)
    assert change(block, "“so”", "x") == (Paragraph((Run("it’s 'it's' x x"),)), 2)


def test_nothing_is_found_across_a_citation_or_line() -> None:
    block = Paragraph((Run("ca"), CITED, Run("ble"), LineBreak(), Run("x.y")))
    assert change(block, "cable", "wire") == (block, 0)
    assert change(block, ".", "")[0] == Paragraph((Run("ca"), CITED, Run("ble"), LineBreak(), Run("xy")))


def test_lists_tables_and_raw_text_are_searched() -> None:
    below = ListBlock((ListItem((Paragraph((Run("one"),)),)),))
    block = ListBlock((ListItem((Paragraph((Run("one one"),)), below)),), ordered=True)
    changed, count = change(block, "one", "2")
    assert count == 3
    assert changed == ListBlock(
        (ListItem((Paragraph((Run("2 2"),)), ListBlock((ListItem((Paragraph((Run("2"),)),)),)))),),
        ordered=True,
    )
    assert change(Table(((Run("a"),), ()), (((Run("a"),), (Run("b"),)),)), "a", "\\1") == (
        Table(((Run("\\1"),), ()), (((Run("\\1"),), (Run("b"),)),)),
        2,
    )
    assert change(Raw("```\nab\n```"), "ab", "") == (Raw("```\n\n```"), 1)


def test_words_are_taken_away() -> None:
    assert change(Paragraph((Run("gone"), Run("stays", bold=True))), "gone", "") == (
        Paragraph((Run("stays", bold=True),)),
        1,
    )


def test_the_words_of_a_cited_quotation_stay() -> None:
    said = Run("The cable, Asha Menon said: “the cable was ")
    block = Paragraph((said, Run("cable", italic=True), Run(" of ours”. Cable "), CITED))
    changed, count, kept = replaced((block,), pattern("cable"), "wire")
    first = Run("The wire, Asha Menon said: “the cable was ")
    expected = Paragraph((first, Run("cable", italic=True), Run(" of ours”. wire "), CITED))
    assert (changed, count, kept) == ((expected,), 2, 2)
    japanese = Paragraph((Run("氏は「海底ケーブル」と述べた"), CITED))
    assert replaced((japanese,), pattern("ケーブル"), "線") == ((japanese,), 0, 1)


def test_words_in_quotation_marks_that_nothing_is_cited_for_are_replaced() -> None:
    assert change(Paragraph((Run("a “cable” term"),)), "cable", "wire") == (
        Paragraph((Run("a “wire” term"),)),
        1,
    )
