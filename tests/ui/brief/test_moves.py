from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer.domain.briefs import Block, BlockKind, Brief, Section
from briefer.ui.brief import moves
from briefer.ui.brief.moves import Place, RowKey, RowKind

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _brief(*sections: tuple[str, int, str]) -> Brief:
    made = tuple(
        Section(name, name, level=level, blocks=tuple(Block(b, BlockKind.PROSE) for b in blocks))
        for name, level, blocks in sections
    )
    return Brief("brief", "meeting-brief", "Title", _NOW, _NOW, sections=made)


def _shape(brief: Brief) -> list[str]:
    return [f"{s.heading}{s.level}:{''.join(b.id for b in s.blocks)}" for s in brief.sections]


BRIEF = _brief(("A", 1, "pq"), ("B", 1, ""), ("C", 2, "r"), ("D", 1, "s"))


def test_a_block_moves_within_its_section_and_over_its_borders() -> None:
    assert _shape(moves.move_block_by(BRIEF, "q", -1))[0] == "A1:qp"
    assert _shape(moves.move_block_by(BRIEF, "q", 1)) == ["A1:p", "B1:q", "C2:r", "D1:s"]
    assert _shape(moves.move_block_by(BRIEF, "s", -1))[2:] == ["C2:rs", "D1:"]
    assert moves.move_block_by(BRIEF, "p", -1) == BRIEF
    assert moves.move_block_by(BRIEF, "s", 1) == BRIEF


def test_a_block_is_dropped_where_the_mark_was() -> None:
    assert _shape(moves.move_block_to(BRIEF, "p", Place("A", 2)))[0] == "A1:qp"
    assert _shape(moves.move_block_to(BRIEF, "p", Place("A", 0))) == _shape(BRIEF)
    assert _shape(moves.move_block_to(BRIEF, "p", Place("C", 0)))[2] == "C2:pr"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (RowKey(RowKind.HEADING, "A"), Place("A", 0)),
        (RowKey(RowKind.HEADING, "B"), Place("A", 2)),
        (RowKey(RowKind.PROSE, "q"), Place("A", 1)),
        (RowKey(RowKind.EMPTY, "B"), Place("B", 0)),
        (None, Place("D", 1)),
    ],
)
def test_a_drop_before_a_row_means_a_place(row: RowKey | None, place: Place) -> None:
    assert moves.place_before_row(BRIEF, row) == place


def test_sections_move_past_whole_families() -> None:
    assert [s.heading for s in moves.move_section_by(BRIEF, "D", -1).sections] == ["A", "D", "B", "C"]
    assert [s.heading for s in moves.move_section_by(BRIEF, "A", 1).sections] == ["B", "C", "A", "D"]
    assert moves.move_section_by(BRIEF, "A", -1) == BRIEF
    assert moves.move_section_by(BRIEF, "D", 1) == BRIEF


def test_sections_are_indented_one_level_below_the_one_above() -> None:
    deeper = moves.indent_section(BRIEF, "B", 1)
    assert [s.level for s in deeper.sections] == [1, 2, 3, 1]
    assert moves.indent_section(deeper, "B", 1) == deeper
    assert moves.indent_section(BRIEF, "A", 1) == BRIEF
    assert moves.indent_section(BRIEF, "A", -1) == BRIEF
    assert [s.level for s in moves.indent_section(BRIEF, "C", -1).sections] == [1, 1, 1, 1]


def test_rows_of_empty_and_generated_sections() -> None:
    brief = Brief("b", "f", "t", _NOW, _NOW, sections=(Section("x", "X"), Section("y", "Y", type="sources")))
    assert [k.kind for k in moves.rows_of(brief)] == [
        RowKind.HEADING,
        RowKind.EMPTY,
        RowKind.HEADING,
        RowKind.GENERATED,
    ]
