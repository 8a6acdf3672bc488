"""What something else than Briefer has changed behind the search index's back can be worked on, and searches stay true."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from briefer.app import LibraryOpener
from briefer.domain.editing import add_block
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.intake import Intake
from briefer.services.changes import Change
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from tests.unit.services.conftest import CABLE_ARTICLE, PORT_ARTICLE, imported, taken
from tests.unit.services.test_outside import outside

IN = parse_tag("partner:IN")
QUOTE = "We cannot wait eight months"
LONG = "words that were never there " * 40

FORGED = {
    "title": "UPDATE sources SET title = '{}'",
    "publisher": "UPDATE sources SET publisher = '{}'",
    "container": "UPDATE sources SET container = '{}'",
    "authors": """UPDATE sources SET authors = '["{}"]'""",
    "published": "UPDATE sources SET published = '2001-01-01'",
    "language": "UPDATE sources SET language = 'xx'",
    "grade": "UPDATE sources SET reliability = 'A'",
    "url": "UPDATE sources SET url = 'https://example.org/{}'",
    "digest": "UPDATE sources SET text_digest = '{}'",
    "text": "UPDATE snapshots SET text = replace(text, 'Navapur', 'Karwar!')",
    "reading": "UPDATE snapshots SET reading = replace(reading, '\"paragraph\"', '\"heading\"')",
    "comment": "UPDATE excerpts SET comment = '{}'",
    "speaker": "UPDATE excerpts SET speaker = '{}'",
    "translation": "UPDATE excerpts SET translation = '{}'",
    "kind": "UPDATE excerpts SET kind = 'fact'",
    "credibility": "UPDATE excerpts SET credibility = '1'",
    "tags": "UPDATE excerpt_tags SET tag_number = (SELECT max(number) FROM tags)",
    "a tag's name": "UPDATE tags SET key = 'J' || number, folded = 'j' || number",
}
AS_LONG = {
    "UPDATE sources SET title = replace(title, 'spare', 'space')",
    "UPDATE sources SET title = replace(title, 'spare', 'parts')",
}


def titled(desk: Desk, port: Source) -> Change:
    return desk.collect.change_source(replace(desk.collect.source(port.id).source, title="Gearboxes"))


def noted(desk: Desk, port: Source) -> Change:
    (excerpt,) = desk.collect.source(port.id).excerpts
    return desk.curate.annotate(replace(excerpt, comment="Checked."))


def tagged(desk: Desk, port: Source) -> Change:
    (excerpt,) = desk.collect.source(port.id).excerpts
    return desk.curate.tag([excerpt.id], [parse_tag("risk:cyber")])


def without_excerpt(desk: Desk, port: Source) -> Change:
    (excerpt,) = desk.collect.source(port.id).excerpts
    return desk.curate.remove_excerpts([excerpt.id])


def without_source(desk: Desk, port: Source) -> Change:
    return desk.collect.remove_source(port.id)


def typed(desk: Desk, port: Source) -> Change:
    return desk.recapture.type_in(port.id, PORT_ARTICLE.replace("cranes", "lifts"))


def joined(desk: Desk, port: Source) -> Change:
    return desk.collect.join([port.id, imported(desk, taken(CABLE_ARTICLE, "cable.txt")).id])


WORK = (titled, noted, tagged, without_excerpt, without_source, typed, joined)


def done_and_undone(desk: Desk, port: Source, work: Callable[[Desk, Source], Change]) -> None:
    change = work(desk, port)
    assert change.inverse is not None
    change.inverse()


def of_index(desk: Desk) -> list[str]:
    return [p for p in desk.review.doctor() if "index" in p and "its text was another" not in p]


def of_index_opened_again(desk: Desk) -> list[str]:
    with closing(LibraryOpener(Intake).open(desk.library.path)) as again:
        return of_index(again)


@pytest.mark.parametrize("words", ["", LONG], ids=["a word", "many words"])
@pytest.mark.parametrize("field", FORGED)
def test_a_forged_field_is_worked_on_and_searches_are_true_again(
    desk: Desk, port: Source, field: str, words: str
) -> None:
    desk.curate.mark_quote(port.id, QUOTE, tags=[IN])
    for number, work in enumerate(WORK):
        outside(desk, FORGED[field].format(words or number))
        done_and_undone(desk, port, work)
    assert of_index_opened_again(desk) == []


@pytest.mark.parametrize("work", [titled, noted])
@pytest.mark.parametrize("statement", AS_LONG)
def test_as_many_other_words_are_found_where_they_are_changed(
    desk: Desk, port: Source, statement: str, work: Callable[[Desk, Source], Change]
) -> None:
    desk.curate.mark_quote(port.id, QUOTE, tags=[IN])
    outside(desk, statement)
    assert desk.find.index_is_sound()
    done_and_undone(desk, port, work)
    assert not desk.find.index_is_sound()
    assert of_index_opened_again(desk) == []


def test_what_nobody_has_forged_is_not_made_anew(desk: Desk, port: Source) -> None:
    desk.curate.mark_quote(port.id, QUOTE, tags=[IN])
    for work in WORK:
        done_and_undone(desk, port, work)
    assert desk.find.index_is_sound()
    assert of_index(desk) == []


def test_a_brief_that_was_changed_in_the_trash_is_told_when_it_is_back(desk: Desk, port: Source) -> None:
    desk.curate.mark_quote(port.id, QUOTE, tags=[IN])
    brief, _ = desk.compose.create(NewBrief("one-page-note", title="Ports"))
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Type", lambda b: add_block(b, section, prose("Ports are busy.")))
    thrown = desk.compose.remove(brief.id)
    assert thrown.inverse
    again = thrown.inverse()
    assert again.inverse
    assert desk.review.doctor() == ()
    thrown = again.inverse()
    outside(desk, "UPDATE trash SET content = replace(content, 'are busy', 'are idle')")
    assert thrown.inverse
    thrown.inverse()
    (problem,) = desk.review.doctor()
    assert "nobody has confirmed it" in problem
    assert desk.review.confirm([brief.id], "Compared.")[0] == ("Ports",)
    assert desk.review.doctor() == ()
