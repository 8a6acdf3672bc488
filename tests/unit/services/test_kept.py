"""What the preview keeps from one time to the next is never seen: each page equals the one that is made from nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from briefer.domain import editing
from briefer.domain.briefs import Brief, Lane
from briefer.domain.excerpts import Annotation
from briefer.domain.pieces import Pieces
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, new_section, prose, quotation
from briefer.services.desk import Desk
from briefer.services.kept import Proof

_QUOTES = (
    "We cannot wait eight months for a gearbox",
    "The semiconductor shortage has made matters worse",
    "the supply chain for sensors remains fragile",
)
_LEVELS = ("", "uk-gscp/official", "uk-gscp/secret", "us-classified/secret")


@pytest.fixture
def brief(desk: Desk, port: Source, cable: Source) -> Brief:
    for quote in _QUOTES:
        desk.curate.mark_quote(port.id, quote, Annotation(), [parse_tag("partner:IN")])
    desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=[parse_tag("partner:IN")])
    return desk.compose.create(NewBrief("meeting-brief", (parse_tag("partner:IN"),)))[0]


class _Writing:
    """Changes a brief, or what it cites, at random; ``brief`` is as it stands."""

    def __init__(self, desk: Desk, brief: Brief, chance: random.Random) -> None:
        self._desk = desk
        self.brief = brief
        self._chance = chance
        self._ids = [hit.excerpt.id for hit in desk.find.excerpts("").hits]

    def change(self) -> None:
        """Do something, mostly to the text."""
        in_text = [self._write, self._write, self._add, self._remove, self._move, self._turn, self._sections]
        elsewhere = [self._mark, self._language, self._excerpt, self._source, self._title]
        self._chance.choice([*in_text, *in_text, *elsewhere])()

    def _text(self) -> str:
        ids, number = self._chance.choices(self._ids, k=2), self._chance.randrange(1000)
        return self._chance.choice(
            [
                f"Point {number}.",
                f"Point {number} [@{ids[0]}].",
                f"**Said** [see @{ids[0]}, p. 3; @{ids[1]}] and again [@{ids[0]}], and more {number}.",
                f"- one [@{ids[0]}]\n- two\n\nAfter the list [@0000-gone].",
                f"1. # A heading in a list\n\n## Heading {number}\n\nSee [the background](#background).",
                f"| a [@{ids[0]}] | b |\n|---|---|\n| c | d [@{ids[1]}] |",
                "",
            ]
        )

    def _some(self) -> str | None:
        blocks = [block.id for _section, block in self.brief.blocks()]
        return self._chance.choice(blocks) if blocks else None

    def _edit(self, edit: Callable[[Brief, str], Brief]) -> None:
        if (block := self._some()) is not None:
            self.brief = edit(self.brief, block)

    def _write(self) -> None:
        texts = [block.id for _section, block in self.brief.blocks() if not block.excerpt_id]
        if texts:
            self.brief = editing.write_prose(self.brief, self._chance.choice(texts), self._text())

    def _add(self) -> None:
        section, ids = self._chance.choice(self.brief.sections), [*self._ids, "0000-gone"]
        new = self._chance.choice([prose(self._text()), quotation(self._chance.choice(ids))])
        self.brief = editing.add_block(self.brief, section.id, new)

    def _remove(self) -> None:
        self._edit(editing.remove_block)

    def _move(self) -> None:
        section = self._chance.choice(self.brief.sections)
        self._edit(lambda brief, block: editing.move_block(brief, block, section.id, 0))

    def _turn(self) -> None:
        lane = self._chance.choice(list(Lane))
        self._edit(lambda brief, block: editing.set_lane(brief, block, lane))

    def _sections(self) -> None:
        one, other = self._chance.choices(self.brief.sections, k=2)
        retyped = replace(one, type=other.type, heading=f"On {other.heading}")
        sections = tuple(retyped if section is one else section for section in self.brief.sections)
        self.brief = self._chance.choice(
            [
                editing.move_section(self.brief, one.id, self.brief.sections.index(other)),
                replace(self.brief, sections=sections),
                editing.add_section(self.brief, new_section("Another")),
            ]
        )

    def _mark(self) -> None:
        marking = self._chance.choice(_LEVELS)
        self.brief = replace(self.brief, marking=marking)
        self._edit(lambda brief, block: editing.mark(brief, block, marking))

    def _language(self) -> None:
        self.brief = replace(self.brief, language=self._chance.choice(["en", "ja"]))

    def _title(self) -> None:
        self.brief = replace(self.brief, title=f"Title {self._chance.random()}")

    def _excerpt(self) -> None:
        wanted = self._chance.choice(self._ids)
        (excerpt,) = (h.excerpt for h in self._desk.find.excerpts("").hits if h.excerpt.id == wanted)
        changes: list[dict[str, str]] = [{"speaker": "A. Menon"}, {"speaker": ""}, {"translation": "So"}]
        self._desk.curate.annotate(replace(excerpt, **self._chance.choice(changes)))  # type: ignore[arg-type]

    def _source(self) -> None:
        source = self._chance.choice([hit.source for hit in self._desk.find.excerpts("").hits])
        flags = self._chance.choice([(), ("withdrawn",)])
        title = f"{source.title[:20]} {self._chance.randrange(3)}"
        self._desk.collect.change_source(replace(source, title=title, flags=flags))


def _afresh(desk: Desk, brief: Brief) -> Pieces:
    """Return the page as a program shows it that has just been started."""
    desk.publish.close()
    return desk.publish.pieces(brief)


@pytest.mark.parametrize("seed", range(3))
def test_a_page_that_was_kept_up_to_date_is_the_page_made_from_nothing(
    desk: Desk, brief: Brief, seed: int
) -> None:
    writing, proof = _Writing(desk, brief, random.Random(seed)), Proof()
    for number in range(50):
        writing.change()
        kept = desk.publish.pieces(writing.brief, proof)
        if number % 10 == 9:
            assert kept == _afresh(desk, writing.brief)
        else:
            assert kept == desk.publish.pieces(writing.brief)


def test_what_did_not_change_is_not_made_anew(desk: Desk, brief: Brief) -> None:
    section, ids = brief.sections[0].id, brief.excerpt_ids()
    texts = [prose(f"Text {n} [@{ids[0]}]." if n % 2 else f"Text {n}.") for n in range(20)]
    brief, proof = editing.add_blocks(brief, section, texts), Proof()
    before = desk.publish.pieces(brief, proof)
    after = desk.publish.pieces(editing.write_prose(brief, texts[10].id, "Another."), proof)
    known = {id(piece) for piece in before.pieces}
    new = [piece for piece in after.pieces if id(piece) not in known and piece.made_of]
    assert [piece.places for piece in new] == [(texts[10].id,)]
    assert {id(note) for note in after.notes} == {id(note) for note in before.notes}
