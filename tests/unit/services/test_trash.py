"""Deleting puts things into the trash; they come back exactly, or it is said what cannot and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain import editing
from briefer.domain.record import Act
from briefer.domain.sources import Source
from briefer.domain.spans import find_quote
from briefer.domain.tags import TagKind, Term, parse_tag
from briefer.domain.trash import Trashed, TrashKind
from briefer.errors import InputError
from briefer.intake import Intake
from briefer.services.changes import Change
from briefer.services.compose import NewBrief, quotation
from briefer.services.desk import Desk
from briefer.services.trash import Restored
from tests.unit.services.conftest import PORT_ARTICLE, imported, taken

BOREDOM = Term(TagKind.RISK, "boredom", "Boredom", words_en=("dull",))


def undone(change: Change) -> Change:
    assert change.inverse
    return change.inverse()


def kinds(desk: Desk) -> list[TrashKind]:
    return [one.kind for one in desk.trash.all()]


def restored(desk: Desk, *chosen: Trashed) -> Restored:
    return desk.trash.restore([one.id for one in chosen])


def labels(things: Sequence[Trashed]) -> list[str]:
    return [one.label for one in things]


def test_a_source_comes_back_with_everything(desk: Desk, port: Source) -> None:
    desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[parse_tag("partner:IN")])
    before = desk.collect.source(port.id)
    original = desk.collect.original(port.id)
    desk.record.sign_as("Asha Menon")
    desk.collect.remove_source(port.id)
    (one,) = desk.trash.all()
    assert (one.kind, one.thing, one.label, one.who) == (
        TrashKind.SOURCE,
        port.id,
        port.title,
        "Asha Menon",
    )
    assert one.holds == {"captures": 1, "excerpts": 1}
    assert desk.find.excerpts("cranes").total == 0
    done = restored(desk, one)
    assert (done.back, done.left, done.notes) == ((one,), (), ())
    assert desk.collect.source(port.id) == before
    assert desk.collect.original(port.id) == original
    assert desk.trash.all() == ()
    assert desk.review.doctor() == ()


def test_captures_come_back_in_their_order(desk: Desk, port: Source) -> None:
    desk.recapture.type_in(port.id, "Typed paragraph.")
    before = desk.collect.source(port.id).snapshots
    undone(desk.collect.remove_source(port.id))
    assert desk.collect.source(port.id).snapshots == before


def test_undo_takes_out_of_the_trash_and_redo_puts_in_again(desk: Desk, port: Source) -> None:
    removed = desk.collect.remove_source(port.id)
    back = undone(removed)
    assert kinds(desk) == []
    again = undone(back)
    assert kinds(desk) == [TrashKind.SOURCE]
    undone(again)
    assert desk.collect.source(port.id).source == port
    acts = [e.kind for e in desk.record.of(port.id)]
    assert acts == [Act.IMPORT, Act.TRASH, Act.RESTORE, Act.TRASH, Act.RESTORE]


def test_the_trash_survives_restarts(desk: Desk, port: Source, library: Path) -> None:
    desk.collect.remove_source(port.id)
    desk.close()
    again = LibraryOpener(Intake).open(library)
    (one,) = again.trash.all()
    restored(again, one)
    assert again.collect.source(port.id).source == port
    again.close()


def test_an_excerpt_comes_back_with_its_tags(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes", tags=[parse_tag("partner:IN")])
    desk.curate.remove_excerpts([excerpt.id])
    (one,) = desk.trash.all()
    assert (one.label, one.source_id) == (excerpt.quote, port.id)
    restored(desk, one)
    assert desk.collect.source(port.id).excerpts == (excerpt,)


def test_an_excerpt_waits_for_its_source(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    desk.curate.remove_excerpts([excerpt.id])
    desk.collect.remove_source(port.id)
    source, alone = desk.trash.all()
    assert f"its source “{port.title}” is in the trash itself" in desk.trash.stuck(alone)
    ((left, why),) = restored(desk, alone).left
    assert left == alone
    assert "put that back first" in why
    assert labels(restored(desk, alone, source).back) == [port.title, excerpt.quote]
    assert desk.collect.source(port.id).excerpts == (excerpt,)


def test_an_excerpt_whose_source_is_gone_for_good_says_so(desk: Desk, port: Source) -> None:
    excerpt, change = desk.curate.mark_quote(port.id, "spare parts for cranes")
    removed = undone(change)
    desk.collect.remove_source(port.id)
    source, alone = desk.trash.all()
    named = desk.trash.emptying([source.id])
    assert (named.gone, named.stranded) == ((source,), (alone,))
    desk.trash.empty(named.gone)
    assert desk.trash.stuck(alone) == "its source is gone for good"
    with pytest.raises(InputError, match="stays in the trash: its source is gone for good"):
        undone(removed)
    assert desk.trash.all() == (alone,)
    assert excerpt.quote == alone.label


def test_an_excerpt_whose_passage_was_set_aside_says_so(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    desk.curate.remove_excerpts([excerpt.id])
    snapshot = desk.collect.source(port.id).snapshot
    line = find_quote(snapshot.text, "Port operators in India agreed on Tuesday")
    assert line
    aside = desk.collect.turn(port.id, line, body=False)
    (one,) = desk.trash.all()
    ((_, why),) = restored(desk, one).left
    assert why.startswith("the passage is not part of the article")
    undone(aside)
    assert restored(desk, one).left == ()


def test_an_excerpt_gets_the_number_that_its_paragraph_has_now(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "supply chain for sensors")
    assert excerpt.paragraph
    desk.curate.remove_excerpts([excerpt.id])
    snapshot = desk.collect.source(port.id).snapshot
    line = find_quote(snapshot.text, "Port operators in India agreed on Tuesday")
    assert line
    desk.collect.turn(port.id, line, body=False)
    restored(desk, *desk.trash.all())
    assert desk.collect.source(port.id).excerpts == (replace(excerpt, paragraph=excerpt.paragraph - 1),)


def test_what_a_brief_cites_stays(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: editing.add_block(b, section, quotation(excerpt.id)))
    with pytest.raises(InputError, match="1 of the briefs here"):
        desk.collect.remove_source(port.id)
    with pytest.raises(InputError, match="1 of the briefs here"):
        desk.curate.remove_excerpts([excerpt.id])
    assert desk.trash.all() == ()
    assert desk.find.excerpts("cranes").total == 1


def test_a_brief_comes_back_with_its_versions_and_says_what_it_misses(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "spare parts for cranes")
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: editing.add_block(b, section, quotation(excerpt.id)))
    desk.compose.save_version(brief.id, "First")
    before, versions = desk.compose.brief(brief.id), desk.compose.versions(brief.id)
    desk.compose.remove(brief.id)
    desk.curate.remove_excerpts([excerpt.id])
    passage, gone = desk.trash.all()
    assert (gone.kind, gone.holds) == (TrashKind.BRIEF, {"versions": 1})
    done = restored(desk, gone)
    assert done.notes == (
        "“Ports”: 1 of the excerpts that it cites are not in the library, 1 of them in the trash",
    )
    assert (desk.compose.brief(brief.id), desk.compose.versions(brief.id)) == (before, versions)
    restored(desk, passage)
    assert desk.publish.document(brief.id).works


def test_a_term_comes_back_to_its_place(desk: Desk) -> None:
    desk.terms.put([BOREDOM, replace(BOREDOM, key="tedium")])
    before = desk.terms.vocabulary()
    desk.terms.remove(TagKind.RISK, "boredom")
    (one,) = desk.trash.all()
    assert (one.thing, one.label) == ("risk:boredom", "Boredom")
    restored(desk, one)
    assert desk.terms.vocabulary() == before


def test_a_term_that_was_made_anew_is_not_overwritten(desk: Desk) -> None:
    desk.terms.put([BOREDOM])
    desk.terms.remove(TagKind.RISK, "boredom")
    desk.terms.put([replace(BOREDOM, label_en="Tedium")])
    ((_, why),) = restored(desk, *desk.trash.all()).left
    assert why == "the vocabulary has a risk boredom again"
    with pytest.raises(InputError, match="no risk nothing"):
        desk.terms.remove(TagKind.RISK, "nothing")


def test_what_an_undone_edit_of_the_vocabulary_takes_away_is_in_the_trash(desk: Desk) -> None:
    change = desk.terms.put([BOREDOM])
    back = undone(change)
    assert kinds(desk) == [TrashKind.TERM]
    undone(back)
    assert kinds(desk) == []
    assert desk.terms.vocabulary().find(TagKind.RISK, "boredom") == BOREDOM


def test_an_undone_capture_is_in_the_trash(desk: Desk, port: Source) -> None:
    change = desk.recapture.type_in(port.id, "Typed paragraph.")
    typed = desk.collect.source(port.id).snapshot
    undone(change)
    (one,) = desk.trash.all()
    assert (one.kind, one.thing, one.source_id) == (TrashKind.CAPTURE, typed.id, port.id)
    assert restored(desk, one).notes == ()
    assert desk.collect.source(port.id).snapshot == typed


def test_a_capture_on_which_excerpts_stand_stays(desk: Desk, port: Source) -> None:
    change = desk.recapture.type_in(port.id, "Typed paragraph.")
    desk.curate.mark_quote(port.id, "Typed paragraph.")
    with pytest.raises(InputError, match="excerpts stand on that capture"):
        undone(change)
    assert desk.trash.all() == ()


def test_an_older_capture_that_comes_back_is_told_of(desk: Desk, port: Source) -> None:
    first = desk.recapture.type_in(port.id, "Typed paragraph.")
    undone(first)
    desk.recapture.type_in(port.id, "Typed again.")
    (note,) = restored(desk, *desk.trash.all()).notes
    assert "counts as the latest now" in note


def test_a_capture_waits_for_its_source(desk: Desk, port: Source) -> None:
    undone(desk.recapture.type_in(port.id, "Typed paragraph."))
    desk.collect.remove_source(port.id)
    _, capture = desk.trash.all()
    ((_, why),) = restored(desk, capture).left
    assert "is in the trash itself" in why


def test_confirmed_suggestions_go_and_come_back(desk: Desk, port: Source) -> None:
    view = desk.collect.source(port.id)
    change = desk.curate.confirm(port.id, view.suggestions)
    made = desk.collect.source(port.id).excerpts
    assert made
    back = undone(change)
    assert desk.collect.source(port.id).excerpts == ()
    assert set(kinds(desk)) == {TrashKind.EXCERPT}
    undone(back)
    assert desk.collect.source(port.id).excerpts == made
    assert desk.trash.all() == ()


def test_what_is_imported_again_is_told_to_be_in_the_trash(desk: Desk, port: Source) -> None:
    desk.collect.remove_source(port.id)
    (result,) = desk.importing.import_taken([taken(PORT_ARTICLE)]).results
    assert result.source
    assert result.reason == f"an earlier capture of it, “{port.title}”, is in the trash"
    (note,) = restored(desk, *desk.trash.all()).notes
    assert "the same bytes are in the library" in note
    assert desk.review.doctor() == ()


def test_a_whole_import_that_is_taken_back_is_in_the_trash(desk: Desk) -> None:
    report = desk.importing.import_taken([taken(PORT_ARTICLE), taken("Cables\n\nA cable was cut.", "b.txt")])
    desk.importing.take_back(report)
    assert len(desk.trash.all()) == 2
    assert desk.collect.sources() == ()


def test_emptying_names_what_goes_and_nothing_else_goes(desk: Desk, port: Source) -> None:
    other = imported(desk, taken("Cables\n\nA cable was cut.", "b.txt"))
    desk.collect.remove_source(port.id)
    named = desk.trash.emptying()
    desk.collect.remove_source(other.id)
    desk.trash.empty(named.gone)
    assert labels(desk.trash.all()) == [other.title]
    (entry,) = desk.record.entries(desk.record.numbers([Act.DELETION]))
    assert (entry.id, entry.label, entry.facts["captures"]) == (port.id, port.title, 1)
    with pytest.raises(InputError, match="not in the trash any more"):
        desk.trash.empty(named.gone)
    with pytest.raises(InputError, match="not in the trash any more"):
        desk.trash.restore([named.gone[0].id])
    assert desk.review.doctor() == ()


def test_many_excerpts_go_and_come_back_together(desk: Desk, port: Source) -> None:
    words = ["spare parts", "gearbox", "semiconductor shortage", "supply chain for sensors"]
    made = [desk.curate.mark_quote(port.id, quote)[0] for quote in words]
    before = desk.collect.source(port.id).excerpts
    change = desk.curate.remove_excerpts([e.id for e in made])
    assert desk.collect.source(port.id).excerpts == ()
    assert len(desk.trash.all()) == 4
    undone(change)
    assert desk.collect.source(port.id).excerpts == before
