from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefer.domain.excerpts import Excerpt
from briefer.domain.pages import Pages, Run
from briefer.domain.sources import Source
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.ports import Taken
from tests.unit.factories import untold
from tests.unit.services.conftest import PORT_ARTICLE, taken

LATER = datetime(2026, 3, 1, tzinfo=UTC)


def captured_again(desk: Desk, source: Source, text: str) -> None:
    (result,) = desk.importing.import_taken(
        [Taken("again.txt", text.encode(), LATER)], into=source.id
    ).results
    assert result.snapshot_id


def marked(desk: Desk, source: Source) -> dict[str, Excerpt]:
    quotes = {
        "exact": "after a year in which deliveries were late",
        "normalised": "“We cannot wait eight months for a gearbox,” said Asha Menon",
        "fuzzy": "The semiconductor shortage has made matters worse, and the supply chain for sensors remains fragile",
    }
    return {how: desk.curate.mark_quote(source.id, quote)[0] for how, quote in quotes.items()}


NEWER = (
    PORT_ARTICLE.replace("“We cannot wait", '"We cannot wait')
    .replace("gearbox,”", 'gearbox,"')
    .replace("has made matters worse, and the supply chain", "has made things worse, and the supply chain")
    .replace(
        "The semiconductor shortage",
        "A third crane will be shared by the ports from the month of May on.\n\nThe semiconductor shortage",
    )
)


def test_excerpts_stay_and_are_offered_their_new_places(desk: Desk, port: Source) -> None:
    excerpts = marked(desk, port)
    captured_again(desk, port, NEWER)
    offers = {o.excerpt.id: o for o in desk.recapture.offers(port.id)}
    assert set(offers) == {e.id for e in excerpts.values()}
    for how, excerpt in excerpts.items():
        place = offers[excerpt.id].place
        assert place
        assert place.method == how
    assert offers[excerpts["fuzzy"].id].quote.startswith("The semiconductor shortage has made things worse")
    assert set(desk.collect.source(port.id).excerpts) == set(excerpts.values())


def test_excerpts_are_carried_marked_and_brought_back(desk: Desk, port: Source) -> None:
    excerpts = marked(desk, port)
    captured_again(desk, port, NEWER)
    change = desk.recapture.carry(desk.recapture.offers(port.id))
    view = desk.collect.source(port.id)
    assert {e.anchored for e in view.excerpts} == {"exact", "normalised", "fuzzy"}
    assert all(e.snapshot_id == view.snapshot.id for e in view.excerpts)
    assert desk.recapture.offers(port.id) == ()
    assert not desk.review.doctor()
    assert change.inverse
    change.inverse()
    assert set(desk.collect.source(port.id).excerpts) == set(excerpts.values())


def test_what_is_gone_is_offered_no_place(desk: Desk, port: Source) -> None:
    marked(desk, port)
    captured_again(
        desk, port, "Weather\n\nIt will rain in the north tomorrow, and on the day after in the south."
    )
    offers = desk.recapture.offers(port.id)
    assert [o.place for o in offers] == [None, None, None]
    assert [o.quote for o in offers] == ["", "", ""]
    assert desk.recapture.carry(offers).ids == ()


def test_differences_between_two_captures(desk: Desk, port: Source) -> None:
    captured_again(desk, port, NEWER)
    newer, older = desk.recapture.snapshots(port.id)
    found = desk.recapture.differences(older.id, newer.id)
    assert {"added", "changed", "same"} <= {str(d.kind) for d in found}
    same = desk.recapture.differences(older.id, older.id)
    assert {str(d.kind) for d in same} == {"same"}


def test_the_text_of_an_attachment_is_typed_in(desk: Desk, port: Source) -> None:
    change = desk.recapture.type_in(port.id, "First paragraph.\n\nSecond paragraph.")
    view = desk.collect.source(port.id)
    assert [view.snapshot.quote(s.span) for s in view.snapshot.reading.body()] == [
        "First paragraph.",
        "Second paragraph.",
    ]
    assert view.snapshot.tool == "typed in"
    assert desk.collect.original(port.id) == PORT_ARTICLE.encode()
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).snapshot.text == PORT_ARTICLE
    with pytest.raises(InputError, match="empty"):
        desk.recapture.type_in(port.id, " \n")


def test_excerpts_of_an_older_capture_are_still_checked_and_exported(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "after a year in which deliveries were late")
    captured_again(desk, port, NEWER)
    assert not desk.review.doctor()
    assert desk.collect.source(port.id).excerpts == (excerpt,)
    assert taken(PORT_ARTICLE).data == desk.collect.original(port.id, excerpt.snapshot_id)


def test_typed_text_does_not_stand_on_the_pages_of_what_was_read(desk: Desk, port: Source) -> None:
    untold(desk.library)
    with desk.library.write() as work:
        snapshot = work.sources.snapshot(port.id)
        assert snapshot
        pages = Pages(("i", "ii"), (Run(0, len(snapshot.text), 1, 0),))
        work.sources.add_snapshot(replace(snapshot, id="paged", pages=pages), b"paged")
    desk.recapture.type_in(port.id, "One line.")
    assert desk.collect.source(port.id).snapshot.pages == Pages(("i", "ii"))
    excerpt, _ = desk.curate.mark_quote(port.id, "One line.")
    assert excerpt.page is None
    assert not desk.review.doctor()
