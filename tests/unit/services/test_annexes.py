"""The annex on what the library holds."""

from __future__ import annotations

from datetime import date

import pytest

from briefer.domain.documents import Paragraph, Table, plain_text
from briefer.domain.results import CoverageCell
from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.services.annexes import library_coverage

TODAY = date(2026, 3, 1)
VOCABULARY = Vocabulary(
    (
        Term(TagKind.PARTNER, "IN", "India", "インド"),
        Term(TagKind.RISK, "cyber", "Cyber threats", "サイバー"),
        Term(TagKind.RISK, "coercion", "Coercion", "威圧"),
    )
)
CELLS = (
    CoverageCell("IN", "coercion", 2, "2025-11-01"),
    CoverageCell("IN", "cyber", 5, "2026-01-10"),
    CoverageCell("ZZ", "unknown", 9, None),
)


@pytest.mark.parametrize(
    ("language", "heading", "header"),
    [
        ("en", "Coverage by partner and risk", ["Partner", "Cyber threats", "Coercion", "unknown"]),
        ("ja", "相手国・リスク別の収集状況", ["相手国・機関", "サイバー", "威圧", "unknown"]),
    ],
)
def test_partners_go_down_and_risks_across_in_the_language_of_the_brief(
    language: str, heading: str, header: list[str]
) -> None:
    named, (note, table) = library_coverage(CELLS, VOCABULARY, language, TODAY)
    assert named == heading
    assert isinstance(note, Paragraph)
    assert "90" in plain_text(note.inlines)
    assert isinstance(table, Table)
    assert [plain_text(cell) for cell in table.header] == header
    assert [[plain_text(cell) for cell in row][1:] for row in table.rows] == [
        ["–", "–", "○ 9"],
        ["5", "○ 2", "–"],
    ]


def test_a_long_list_is_cut_and_says_so() -> None:
    cells = [CoverageCell(f"P{n}", "cyber", n + 1, None) for n in range(45)]
    _heading, (_note, table, more) = library_coverage(cells, VOCABULARY, "en", TODAY)
    assert isinstance(table, Table)
    assert len(table.rows) == 40
    assert isinstance(more, Paragraph)
    assert plain_text(more.inlines) == "5 further partners are left out."
