from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from briefer.domain.queries import Field
from briefer.domain.results import Facets
from briefer.services.desk import Desk
from briefer.ui.context import Context
from briefer.ui.library.facet_kinds import KINDS, counts_of, filter_label, value_label
from briefer.ui.library.facets import FacetTree
from briefer.ui.library.query_text import filters, ticked, toggled

_MANY = Facets(
    partner={"IN": 3, "DE": 2},
    publisher={f"Paper {number:03}": 400 - number for number in range(400)},
    year={"": 1, "2024": 5, "2025": 2},
    grade={"F6": 9, "B2": 1},
)


@pytest.fixture
def tree(context: Context, qtbot: QtBot) -> FacetTree:
    made = FacetTree(context)
    qtbot.addWidget(made)
    made.resize(260, 700)
    made.show()
    return made


def _group(tree: FacetTree, heading: str) -> QTreeWidgetItem:
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return next(group for group in groups if group is not None and group.text(0).startswith(heading))


def _texts(group: QTreeWidgetItem) -> list[str]:
    children = [group.child(number) for number in range(group.childCount())]
    return [child.text(0) for child in children if child is not None]


def test_every_value_finds_as_many_as_it_says(desk: Desk) -> None:
    facets = desk.find.facets("")
    checked = 0
    for kind in KINDS:
        for value, count in kind.of(facets).items():
            assert desk.find.excerpts(toggled("", kind.field, value), limit=0).total == count
            checked += 1
    assert checked > 40


def test_a_kind_with_a_tick_counts_what_its_other_values_would_find(desk: Desk) -> None:
    text = "partner:IN theme:promotion"
    counts = counts_of(desk, text)
    assert counts.partner == desk.find.facets("theme:promotion").partner
    assert counts.theme == desk.find.facets("partner:IN").theme
    assert counts.risk == desk.find.facets(text).risk


def test_kinds_are_ordered_as_people_look_for_them(tree: FacetTree) -> None:
    tree.show_facets(_MANY, frozenset())
    assert _texts(_group(tree, "Partners")) == ["India", "Germany"]
    assert _texts(_group(tree, "Years")) == ["2025", "2024", "n.d."]
    assert _texts(_group(tree, "Grades")) == ["B2", "not graded"]
    assert _group(tree, "Risks").isHidden()


def test_a_long_kind_shows_its_first_values_and_all_of_them_on_demand(tree: FacetTree, qtbot: QtBot) -> None:
    tree.show_facets(_MANY, frozenset({(Field.PUBLISHER, "paper 200")}))
    group = _group(tree, "Publishers")
    assert group.text(0).endswith("1 ticked")
    texts = _texts(group)
    assert texts[0] == "Paper 000"
    assert texts[-2:] == ["✓ Paper 200", "Show all 400…"]
    last = group.child(group.childCount() - 1)
    assert last is not None
    tree.setCurrentItem(last)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    typed = tree._fields[Field.PUBLISHER]
    qtbot.keyClicks(typed, "paper 39")
    assert _texts(group)[1:-1] == [f"Paper 39{number}" for number in range(10)]
    with qtbot.waitSignal(tree.toggled) as wanted:
        qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert wanted.args == [Field.PUBLISHER, "Paper 390"]
    qtbot.keyClick(typed, Qt.Key.Key_Down)
    assert tree.currentItem() is group.child(1)
    tree.show_facets(Facets(publisher={"Paper 000": 1}), frozenset())
    assert _texts(group) == ["Paper 000"]


def test_what_is_ticked_and_finds_nothing_can_be_taken_away(tree: FacetTree) -> None:
    tree.show_facets(Facets(), frozenset({(Field.RISK, "cyber")}))
    group = _group(tree, "Risks")
    assert not group.isHidden()
    assert _texts(group) == ["✓ Cyber threats"]


def test_folded_groups_stay_folded(tree: FacetTree, context: Context, qtbot: QtBot) -> None:
    tree.show_facets(_MANY, frozenset())
    partners = _group(tree, "Partners")
    assert partners.isExpanded()
    assert not _group(tree, "Years").isExpanded()
    tree.setCurrentItem(partners)
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    _group(tree, "Years").setExpanded(True)
    again = FacetTree(context)
    qtbot.addWidget(again)
    again.show_facets(_MANY, frozenset())
    assert not _group(again, "Partners").isExpanded()
    assert _group(again, "Years").isExpanded()


def test_the_present_row_is_kept(tree: FacetTree) -> None:
    tree.show_facets(_MANY, frozenset())
    second = _group(tree, "Partners").child(1)
    assert second is not None
    tree.setCurrentItem(second)
    tree.show_facets(_MANY, ticked("partner:DE"))
    current = tree.currentItem()
    assert current is not None
    assert current.text(0) == "✓ Germany"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('publisher:"=The Courier"', "The Courier"),
        ("publisher:courier", "publisher courier"),
        ("date:none", "date: not stated"),
        ("lang:ja", "Japanese"),
        ("lang:de", "German"),
        ("lang:xx", "xx"),
        ("used:no", "not used yet"),
        ("-used:yes", "not used in a brief"),
        ("after:2025-10", "after 2025-10"),
        ("-partner:IN", "not partner IN"),
        ("partner:CN/venue", "China (venue)"),
    ],
)
def test_labels_of_filters(context: Context, text: str, label: str) -> None:
    assert filter_label(filters(text)[0], context) == label


def test_labels_of_values(context: Context) -> None:
    assert value_label(Field.GRADE, "B2", context) == "B2"
    assert value_label(Field.PUBLISHER, "", context) == "not stated"


def test_an_empty_tree_says_what_comes_there(tree: FacetTree) -> None:
    tree.show_facets(Facets(), frozenset())
    empty = tree.viewport().grab().toImage()
    blank = tree.viewport().grab().toImage()
    blank.fill(empty.pixelColor(1, 1))
    assert empty != blank


def test_counts_have_the_room_that_they_need_and_names_the_rest(tree: FacetTree) -> None:
    tree.show_facets(Facets(risk={"cyber": 7}), frozenset())
    few = tree.header().sectionSize(1)
    tree.show_facets(Facets(risk={"cyber": 1_234_567}), frozenset())
    many = tree.header().sectionSize(1)
    assert few < many
    assert tree.fontMetrics().horizontalAdvance("1,234,567") < many
    tree.show_facets(Facets(risk={"cyber": 7}), frozenset())
    assert tree.header().sectionSize(1) == many, "nothing jumps while a search is typed"
