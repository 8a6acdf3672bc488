from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefer import assets
from briefer.domain.sources import SegmentKind
from briefer.intake.pasted import reading
from briefer.intake.pasted.line_features import features
from briefer.intake.pasted.line_model import Forest, LineModel, line_model
from briefer.intake.pasted.lines import Judged, judge, split
from briefer.intake.pasted.reading import read_lines, rough_reading
from briefer.intake.pasted.zones import Zone, find_zone

THEN = datetime(2025, 7, 24, tzinfo=UTC)
PAGE = """Hafenblatt
Startseite
Politik
Anmelden

Vier Häfen teilen sich künftig ihre Lotsen

Von Greta Ahlers

Vier Hafenstädte an der Nordküste wollen die Lotsen, die große Frachter in den Hafen bringen, künftig gemeinsam \
beschäftigen. Das teilten die Bürgermeister nach einer Sitzung am Abend mit.

Die Frachter sind schneller gewachsen, als die Städte neue Lotsen ausbilden konnten. Zwei Schiffe mussten im \
vergangenen Monat neunzehn Stunden vor Anker warten, weil niemand Dienst hatte.

„Lieber teilen wir uns einen Lotsen, als ein Schiff zu verlieren“, sagte die Bürgermeisterin der kleinsten Stadt.

Mehr zum Thema
Fähren stehen den zweiten Tag still
Museum öffnet neuen Flügel
Newsletter abonnieren
© 2025 Hafenblatt
"""


def test_forest_adds_up_what_its_trees_say() -> None:
    forest = Forest(0.5, ([0, 1.0, -1.0, [1, 0.5, 2.0, 4.0]], 0.25))
    assert forest.log_odds([[1.0, 1.5, 2.0], [0.0, 0.5, 0.6]], 3) == [-0.25, 2.75, 4.75]


def test_place_is_the_stretch_with_the_greatest_sum() -> None:
    model = _model(place=[_column("like prose"), 0.5, -1.0, 2.0], inside=1.0)
    judged, zone, title = _rough()
    found, kept = model.revise(judged, zone, title)
    texts = [item.line.text for item in judged]
    assert texts[found.first].startswith("Vier Hafenstädte")
    assert texts[found.last].startswith("„Lieber")
    assert kept == [True if found.first <= i <= found.last else None for i in range(len(judged))]


def test_nothing_below_a_heading_of_other_articles_is_taken_in() -> None:
    judged, zone, title = _rough()
    found, _ = _model(place=2.0, inside=1.0).revise(judged, zone, title)
    assert judged[zone.cut].line.text == "Mehr zum Thema"
    assert found == Zone(0, zone.cut - 1, zone.cut)


def test_between_its_thresholds_the_model_leaves_a_line_to_the_rules() -> None:
    judged, zone, title = _rough()
    found, kept = _model(place=2.0, inside=-0.1).revise(judged, zone, title)
    assert set(kept[found.first : found.last + 1]) == {None}
    _, kept = _model(place=2.0, inside=-1.0).revise(judged, zone, title)
    assert set(kept[found.first : found.last + 1]) == {False}


def test_model_of_other_features_is_refused() -> None:
    judged, zone, title = _rough()
    with pytest.raises(AssertionError, match="other features"):
        LineModel(("weight",), Forest(0.0, ()), Forest(0.0, ())).revise(judged, zone, title)


def test_every_feature_has_a_value_for_every_line() -> None:
    judged, zone, title = _rough()
    names, columns = features(judged, zone, title)
    assert len(names) == len(set(names)) == len(columns)
    assert {len(column) for column in columns} == {len(judged)}


def test_shipped_model_is_of_these_features() -> None:
    judged, zone, title = _rough()
    assert line_model().names == features(judged, zone, title)[0]
    assert (assets.resources() / "intake" / "line_model.json").stat().st_size < 200_000


def test_one_line_alone() -> None:
    judged = [
        judge(line)
        for line in split("Vier Hafenstädte an der Nordküste wollen ihre Lotsen teilen, sagten sie am Abend.")
    ]
    zone = find_zone(judged)
    assert zone == Zone(0, 0, 1)
    _, columns = features(judged, zone, None)
    assert {len(column) for column in columns} == {1}


def test_another_model_can_read() -> None:
    lines = list(split(PAGE))
    ours = read_lines(lines, THEN).reading
    assert [PAGE[s.span.start :][:4] for s in ours.body()] == ["Vier", "Die ", "„Lie"]
    none = read_lines(
        lines, THEN, model=_model(place=[_column("like prose"), 0.5, -1.0, 2.0], inside=-1.0)
    ).reading
    assert list(none.body()) == []
    assert {s.why for s in none.segments if s.kind is SegmentKind.FURNITURE} >= {
        "outside the article",
        "menu",
    }


def test_what_is_no_page_is_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = _model(place=-1.0, inside=-1.0)
    assert list(read_lines(list(split(PAGE)), THEN, model=nothing).reading.body()) == []
    monkeypatch.setattr(reading, "MOST_MODELLED", 5)
    assert len(list(read_lines(list(split(PAGE)), THEN, model=nothing).reading.body())) == 3


def test_rough_reading_leaves_the_lines_as_they_were() -> None:
    judged = [judge(line) for line in split(PAGE)]
    zone = find_zone(judged)
    assert zone is not None
    rough = rough_reading(judged, zone, THEN)
    assert rough.title == "Vier Häfen teilen sich künftig ihre Lotsen"
    assert any(item.body for item in rough.lines)
    assert not any(item.body for item in judged)


def _rough() -> tuple[tuple[Judged, ...], Zone, str | None]:
    judged = [judge(line) for line in split(PAGE)]
    zone = find_zone(judged)
    assert zone is not None
    rough = rough_reading(judged, zone, THEN)
    return rough.lines, zone, rough.title


def _column(name: str) -> int:
    judged, zone, title = _rough()
    return features(judged, zone, title)[0].index(name)


def _model(place: object, inside: object) -> LineModel:
    judged, zone, title = _rough()
    names = features(judged, zone, title)[0]
    return LineModel(names, Forest(0.0, (place,)), Forest(0.0, (inside,)))  # type: ignore[arg-type]
